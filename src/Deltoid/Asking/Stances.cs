using System.Text.RegularExpressions;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>A question that wishes for nothing, although it has the words of a wish.</summary>
/// <param name="Asks">The feature <c>asks:name</c> that it gives.</param>
/// <param name="Said">How it is asked.</param>
/// <param name="Unless">What chooses a value, or what is to be written.</param>
/// <param name="Never">Names of wish-words.tsv: what says that it is not so.</param>
internal sealed record StanceRow(string Asks, Regex Said, Regex Unless, string[] Never)
{
    public bool Holds(WishText text) => Said.IsMatch(text.Joined) && !Unless.IsMatch(text.Joined)
        && !Array.Exists(Never, name => text.Find(name).Count > 0);
}

/// <summary>
/// The rows of stances.tsv: a report of what others say with "is that so", how what was done is charted, what a record
/// elsewhere says already. They are known by what is wanted, not by the weight of their words.
/// </summary>
internal static class Stances
{
    static readonly Lazy<List<StanceRow>> shipped = new(static () =>
    {
        var all = new List<StanceRow>();
        var rows = ShippedRows.Open("asking/stances.tsv");
        int asks = rows.Column("asks"), said = rows.Column("said"), unless = rows.Column("unless"),
            never = rows.Column("never");
        while (rows.Next())
            all.Add(new(new(rows[asks]), Read(rows[said]), Read(rows[unless]),
                new string(rows[never]).Split('|', StringSplitOptions.RemoveEmptyEntries)));
        return all;
    });

    /// <summary>No pattern of ours needs so long; a question that was made to be slow is no honest one.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    public static IReadOnlyList<StanceRow> All => shipped.Value;

    static Regex Read(ReadOnlySpan<char> pattern) => new(new(pattern), RegexOptions.CultureInvariant, Longest);

    /// <summary>All whole words, so that none is taken for a slip of another.</summary>
    public static IEnumerable<string> Words => All.SelectMany(static row => WholeWord.Matches(row.Said.ToString()))
        .Select(static match => match.Value);

    static readonly Regex WholeWord = new(@"(?<![\\a-z])[a-z]{5,}(?![a-z\\])");

    /// <summary>What is asked; empty where a question may be a wish.</summary>
    public static string Of(WishText text)
    {
        try { return shipped.Value.Find(row => row.Holds(text))?.Asks ?? ""; }
        catch (RegexMatchTimeoutException) { return ""; }
    }
}
