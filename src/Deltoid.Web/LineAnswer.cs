using Deltoid.Asking;
using Deltoid.Codes;

namespace Deltoid.Web;

/// <summary>Where a sentence of an answer stands.</summary>
/// <param name="Path">The page of our rule; empty where there is none.</param>
public sealed record LineSource(string Section, DateOnly Date, string Url, string Rule, string Path);

/// <summary>The answer to a question in a line, as the Ask page shows it.</summary>
public sealed record LineAnswer(string Text, IReadOnlyList<(string Fact, string Why)> Asks,
    IReadOnlyList<LineSource> Sources)
{
    const int Longest = 300;

    /// <summary>The question as it is answered: longer ones are cut, as the field does.</summary>
    public static string Asked(string? question) =>
        (question ?? "").Trim() is var line && line.Length > Longest ? line[..Longest] : line;

    /// <summary>Null where nothing was asked.</summary>
    public static LineAnswer? To(string? question, CodeBook book, DateOnly today)
    {
        if (Asked(question) is not { Length: > 0 } line) return null;
        var reply = Assistant.Answer(line, book, today);
        return new(reply.Text, [.. reply.Asks.Select(static ask => (ask.Fact, ask.Why))],
            [.. reply.Citations.Select(cited => new LineSource(cited.Section, cited.Date, cited.Url, cited.Rule,
                cited.Rule.Length > 0 ? Lookup.PathOf(cited.Rule, today) : ""))]);
    }
}
