using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Rules;

/// <summary>One rule in our own words: what holds, on whose authority, when, and how it is known.</summary>
/// <param name="Id"><c>INJ-072</c>, <c>D-03</c>, <c>DN-2</c>, <c>C-09</c>: frozen, findings and questions name
/// it.</param>
/// <param name="Line">One plain sentence, at most 160 characters.</param>
/// <param name="Source">The document it rests on.</param>
/// <param name="Section">The place in the document; empty where the document is the place.</param>
/// <param name="Evidence">The files in which it was read, by their ids; <c>K</c> for expert judgement.</param>
/// <param name="More">What its family adds, by column: the weight of an element, what to do about a denial.</param>
internal sealed record Rule(string Id, string Line, SourceRow Source, string Section, DateRange Dates, string Evidence,
    IReadOnlyList<(string Column, string Text)> More)
{
    /// <summary>Some of it is expert judgement: believed to rest on the authority, and not read again there.</summary>
    public bool IsExpert => Evidence == "K" || Evidence.EndsWith(" K", StringComparison.Ordinal);

    /// <summary>A short citation: <c>NCCI manual XI-B-8</c>.</summary>
    public string Cited => string.Join(' ', new[] { Source.Short, Section }.Where(static part => part.Length > 0));

    /// <summary>The text of a column of its family; empty when the family has no such column.</summary>
    public string this[string column] => More.FirstOrDefault(each => each.Column == column).Text ?? "";
}
