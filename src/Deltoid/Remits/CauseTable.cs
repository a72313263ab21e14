using Deltoid.Answers;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>
/// The causes of denials, as rows in the order in which they are tried: for an adjustment, those that name its reason.
/// Immutable; one is shared.
/// </summary>
internal sealed class CauseTable
{
    static readonly Lazy<CauseTable> shipped = new(static () => new());

    /// <summary>What is written instead of a reason where the payer gives none.</summary>
    public const string Reversal = "reversal", OfProvider = "plb:", PaidLine = "paid", Refused = "refused",
        AnyReason = "*", AnyOfProvider = "plb:*";

    readonly List<CauseRow> all = [];
    readonly Dictionary<string, CauseRow[]> byReason = [];

    CauseTable()
    {
        var rows = ShippedRows.Open("rules/causes.tsv");
        int cause = rows.Column("cause"), name = rows.Column("case"), kind = rows.Column("kind"),
            codes = rows.Column("codes"), when = rows.Column("when"), words = rows.Column("words");
        int step = rows.Column("action"), also = rows.Column("also"), never = rows.Column("never"),
            change = rows.Column("change"), posting = rows.Column("posting");
        while (rows.Next())
        {
            if (RuleBook.Shipped.Find(rows[cause].ToString()) is null) throw rows.Wrong(cause, "is no row of denials");
            var of = Word(rows, kind, Steps.Kinds);
            NextStep? does = rows[step] is "correct" ? null : Word(rows, step, Steps.Words);
            all.Add(new(rows[cause].ToString(), rows[name].ToString(), of, Items(rows[codes], ' '),
                ConditionOf(rows, when), rows[words].ToString(), does, [.. AlsoOf(rows, also)],
                [.. PairsOf(rows[never].ToString())], Items(rows[change], ' '),
                rows[posting].IsEmpty ? PostingKind.None : Word(rows, posting, Steps.Postings)));
        }
        foreach (var reason in all.SelectMany(static r => r.Reasons).Select(static n => n.Reason).Distinct())
            byReason[reason] = [.. all.Where(r => Array.Exists(r.Reasons, n => Takes(n.Reason, reason)))];
    }

    public static CauseTable Shipped => shipped.Value;

    public IReadOnlyList<CauseRow> All => all;

    /// <summary>The rows to try for a reason, or for one of the words that are written where there is none.</summary>
    public CauseRow[] For(string reason) =>
        byReason.GetValueOrDefault(reason)
            ?? (reason.StartsWith(OfProvider, StringComparison.Ordinal) ? byReason.GetValueOrDefault(AnyOfProvider)
                : IsReason(reason) ? byReason.GetValueOrDefault(AnyReason)
                : null)
            ?? [];

    /// <summary>Whether a code of a row takes a reason: its own, or any of its kind.</summary>
    static bool Takes(string code, string reason) => code == reason
        || (code == AnyReason && IsReason(reason))
        || (code == AnyOfProvider && reason.StartsWith(OfProvider, StringComparison.Ordinal));

    /// <summary>A reason of a payer; a word of ours begins with a small letter.</summary>
    static bool IsReason(string reason) => reason.Length > 0 && !char.IsAsciiLetterLower(reason[0]);

    /// <summary>Whether a row names the adjustment.</summary>
    public static bool Names(CauseRow row, string reason, in Adjustment adjustment, Predicate<Code> hasRemark)
    {
        foreach (ref readonly var named in row.Reasons.AsSpan())
        {
            if (!Takes(named.Reason, reason)) continue;
            if (!named.Group.IsNone && named.Group != adjustment.Group) continue;
            if (named.Remarks.Length == 0 || Array.Exists(named.Remarks, hasRemark)) return true;
        }
        return false;
    }

    static string[] Items(ReadOnlySpan<char> cell, char mark)
    {
        var items = new List<string>();
        while (Rows.NextItem(ref cell, mark, out var item)) items.Add(item.ToString());
        return [.. items];
    }

    static T Word<T>(in Rows rows, int column, Vocabulary<T> words) where T : struct, Enum =>
        words.TryRead(rows[column].ToString(), out var value) ? value : throw rows.Wrong(column, $"is no {words.Name}");

    static Condition ConditionOf(in Rows rows, int column)
    {
        try { return Condition.Parse(rows[column]); }
        catch (FormatException e)
        {
            throw rows.Wrong(column, e.Message);
        }
    }

    static List<(NextStep?, string)> AlsoOf(in Rows rows, int column)
    {
        var also = new List<(NextStep?, string)>();
        foreach (var (word, when) in PairsOf(rows[column].ToString()))
            also.Add(word is "correct" ? (null, when) : Steps.Words.TryRead(word, out var step)
                ? (step, when)
                : throw rows.Wrong(column, $"{word}: no action"));
        return also;
    }

    /// <summary><c>appeal: why; write-off: why</c>.</summary>
    static IEnumerable<(string Word, string Text)> PairsOf(string cell)
    {
        foreach (var part in cell.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            yield return colon < 0 ? (part, "") : (part[..colon].Trim(), part[(colon + 1)..].Trim());
        }
    }
}
