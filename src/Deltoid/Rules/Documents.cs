using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Rules;

/// <summary>The documents that rows and rules rest on: the shipped rows of sources.tsv, without a code book.</summary>
internal static class Documents
{
    static readonly Lazy<IReadOnlyList<SourceRow>> all = new(static () =>
        SourceRow.All(ShippedRows.Open("starter/sources.tsv")));

    /// <summary>A document by its id; null when none has it.</summary>
    public static SourceRow? Find(string id) => all.Value.FirstOrDefault(source => source.Id == id);

    /// <summary>The document that a citation begins with, by its short name; null when it is none of these.</summary>
    public static SourceRow? CitedBy(string citation)
    {
        SourceRow? longest = null;
        foreach (var source in all.Value)
            if (source.Short.Length > (longest?.Short.Length ?? 0)
                && citation.StartsWith(source.Short, StringComparison.Ordinal))
                longest = source;
        return longest;
    }
}
