using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.X12.Guides;

/// <summary>
/// The names of transaction sets and versions that are known but not read (<c>Guides/known-sets.tsv</c>), for messages.
/// </summary>
static class KnownSets
{
    /// <param name="Set">ST01; empty for any.</param>
    /// <param name="Version">How ST03 or GS08 begins; empty for any.</param>
    /// <param name="Read">Another version of the set that is read; empty where none is.</param>
    readonly record struct Row(string Set, string Version, string Name, string Read);

    static readonly Lazy<Row[]> All = new(static () =>
    {
        var found = new List<Row>();
        for (var rows = new Rows("known-sets.tsv", GuideLibrary.TextOf("known-sets")); rows.Next();)
            found.Add(new(rows[0].ToString(), rows[1].ToString(), rows[2].ToString(), rows[3].ToString()));
        return [.. found];
    });

    /// <summary>The first row of a set and version; rows of a version stand before those of any.</summary>
    public static int Find(string set, string version) => Array.FindIndex(All.Value,
        r => (r.Set.Length == 0 || r.Set == set) && version.StartsWith(r.Version, StringComparison.Ordinal));

    public static bool IsOtherVersion(int row) => All.Value[row].Read.Length > 0;

    public static Arg Name(int row) => new(ArgKind.Set, row);

    /// <summary>What is read instead, or what to do.</summary>
    public static Arg Instead(int row) => new(ArgKind.Set, row, 1);

    public static string NameOf(Arg arg) => arg.Value < 0 || arg.Value >= All.Value.Length ? ""
        : arg.Extra == 0 ? All.Value[(int)arg.Value].Name : All.Value[(int)arg.Value].Read;
}
