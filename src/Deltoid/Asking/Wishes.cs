using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>What somebody wants done to a claim or a record that must not be done: an act on a thing, and why.</summary>
/// <param name="Name">The feature <c>wish:name</c> that it gives.</param>
/// <param name="Acts">Names of wish-words.tsv: what is to be done.</param>
/// <param name="Things">To what; empty: to anything.</param>
/// <param name="With">What else must be said: an aim, an untruth; empty: the act is wrong by itself. A name with a
/// &gt; counts only after the act.</param>
/// <param name="Unless">What makes it honest, such as a slip that is put right.</param>
internal sealed record WishRow(string Name, string[] Acts, string[] Things, string[] With, string[] Unless)
{
    /// <summary>How far before its thing an act may stand.</summary>
    const int Reach = 8;

    /// <summary>A row without an act is what is wished by its words as a whole (<see cref="WishWeights"/>).</summary>
    public bool IsWeighed => Acts.Length == 0;

    public bool Holds(WishText text)
    {
        var words = text.Words;
        if (Array.Exists(Unless, name => text.Find(name).Count > 0)) return false;
        foreach (var act in Acts)
            foreach (var (from, end) in text.Find(act))
                if ((!WishWords.Shipped.Is("(noun)", act) || IsDone(words, from, end))
                    && (Things.Length == 0
                        || Array.Exists(Things, thing => IsReached(text.Find(thing), words, from, end)))
                    && (With.Length == 0 || Array.Exists(With, name => IsSaid(name, text, end))))
                    return true;
        return false;
    }

    /// <summary>Whether one of its things is named, or it has none.</summary>
    public bool IsNamed(WishText text) => Things.Length == 0
        || Array.Exists(Things, thing => text.Find(thing).Count > 0);

    /// <summary>Whether an aim or an untruth is said; one that ends in &gt; counts only after the act.</summary>
    static bool IsSaid(string name, WishText text, int end) => name[^1] == '>'
        ? text.Find(name[..^1]).Exists(found => found.From >= end) : text.Find(name).Count > 0;

    static bool IsDone(string[] words, int from, int end) =>
        end - from > 1 || ((from == 0 || !WishWords.Shipped.Is("(determiner)", words[from - 1]))
            && (end == words.Length || !WishWords.Shipped.Is("(report)", words[end])));

    /// <summary>The thing follows its act, or stands before one that is said of it: "can times be changed".</summary>
    static bool IsReached(List<(int From, int End)> things, string[] words, int from, int end)
    {
        var isBack = WishWords.Shipped.Is("(predicate)", words[from])
            || PointsBack(words, from, Math.Min(words.Length, end + 3));
        foreach (var (thing, last) in things)
            if ((thing >= from && thing - end < Reach) || (isBack && last <= from && from - last < Reach)) return true;
        return false;
    }

    /// <summary>The act is on what was named before: "write it off", "with one that pays", "inventarlo".</summary>
    static bool PointsBack(string[] words, int from, int end)
    {
        for (var i = from; i < end; i++)
            if (words[i] is "it" or "them" or "one" or "ones" or "those"
                || (i == from && words[i].Length > 6 && (words[i].EndsWith("lo", StringComparison.Ordinal)
                    || words[i].EndsWith("la", StringComparison.Ordinal))))
                return true;
        return false;
    }
}

/// <summary>The words of a question; each name of wish-words.tsv is looked for once.</summary>
internal sealed class WishText(string[] words)
{
    readonly Dictionary<string, List<(int From, int End)>> found = new(StringComparer.Ordinal);

    public string[] Words => words;

    public string Joined { get; } = string.Join(' ', words);

    public List<(int From, int End)> Find(string name) => found.TryGetValue(name, out var places) ? places
        : found[name] = WishWords.Shipped.Find(name, words);
}

/// <summary>The rows of wishes.tsv.</summary>
internal static class Wishes
{
    /// <summary>A thing of a record or a claim is named, whatever is to be done to it.</summary>
    const string Touched = "touched";

    /// <summary>To set the rules aside: never honest.</summary>
    const string Orders = "orders";

    static readonly Lazy<List<WishRow>> shipped = new(static () =>
    {
        var all = new List<WishRow>();
        var rows = ShippedRows.Open("asking/wishes.tsv");
        int wish = rows.Column("wish"), act = rows.Column("act"), thing = rows.Column("thing"),
            with = rows.Column("with"), unless = rows.Column("unless");
        while (rows.Next())
            all.Add(new(new(rows[wish]), List(rows[act]), List(rows[thing]), List(rows[with]), List(rows[unless])));
        return all;
    });

    public static IReadOnlyList<WishRow> All => shipped.Value;

    static string[] List(ReadOnlySpan<char> cell) =>
        new string(cell).Split('|', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>
    /// Adds <c>wish:name</c> for each that the text has; for one that is known only by the weight of its words the
    /// first whose thing is named, or <c>wish-likely</c> where the weight is small.
    /// </summary>
    public static void Mark(WishText text, CodeBook book, HashSet<string> features)
    {
        if (Stances.Of(text) is { Length: > 0 } asks)
        {
            features.Add(asks.Contains(':', StringComparison.Ordinal) ? asks : "asks:" + asks);
            if (All.Any(row => row.Name == Orders && row.Holds(text))) features.Add("wish:" + Orders);
            return;
        }
        var (points, isFound) = (WishWeights.Shipped.Of(text, book), false);
        foreach (var row in All)
        {
            if (row.IsWeighed || (points <= WishWeights.Honest && row.Name != Orders) || !row.Holds(text)) continue;
            features.Add("wish:" + row.Name);
            isFound |= row.Name != Touched;
        }
        if (points >= WishWeights.Likely) features.Add("wish-likely");
        if (points >= WishWeights.Sure && !isFound)
            features.Add("wish:" + All.First(row => row.IsWeighed && row.IsNamed(text)).Name);
    }
}
