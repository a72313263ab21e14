using Deltoid.Values;

namespace Deltoid.Rules;

/// <summary>Which list of a remittance a code is of.</summary>
internal enum ReasonKind : byte { Group, Carc, Rarc }

/// <summary>A code of a remittance: who bears an adjustment, why it was made, or a remark on it.</summary>
/// <param name="Label">Our own, at most 70 characters.</param>
/// <param name="Meaning">What it means for an injection claim.</param>
/// <param name="Do">What to do about it.</param>
/// <param name="Denial">The row of the denials that says more; empty when there is none.</param>
internal sealed record Reason(string Code, ReasonKind Kind, string Label, string Meaning, string Do, string Denial,
    DateRange Dates);

/// <summary>
/// Groups, adjustment reasons and remarks that injection and outpatient claims meet. Immutable; one is shared.
/// </summary>
internal sealed class ReasonCodes
{
    static readonly Lazy<ReasonCodes> shipped = new(static () => new());

    readonly List<Reason> all = [];
    readonly Dictionary<(ReasonKind, string), Reason> byCode = [];

    ReasonCodes()
    {
        var rows = ShippedRows.Open("rules/reasons.tsv");
        int code = rows.Column("code"), kind = rows.Column("kind"), label = rows.Column("label"),
            meaning = rows.Column("meaning"), action = rows.Column("do");
        int denial = rows.Column("denial"), from = rows.Column("from"), thru = rows.Column("thru");
        while (rows.Next())
        {
            var of = rows[kind] switch { "group" => ReasonKind.Group, "carc" => ReasonKind.Carc,
                "rarc" => ReasonKind.Rarc, _ => throw rows.Wrong(kind, "is not a kind") };
            var row = new Reason(new(rows[code]), of, new(rows[label]), new(rows[meaning]), new(rows[action]),
                new(rows[denial]), rows.Dates(from, thru));
            all.Add(row);
            byCode.Add((of, row.Code), row);
        }
    }

    public static ReasonCodes Shipped => shipped.Value;

    public IReadOnlyList<Reason> All => all;

    /// <summary>A group by its two letters: <c>CO</c>; null when it is none.</summary>
    public Reason? Group(string code) => Find(ReasonKind.Group, code);

    /// <summary>An adjustment reason, <c>97</c> or <c>B7</c>; null when it has no row here.</summary>
    public Reason? Carc(string code) => Find(ReasonKind.Carc, code);

    /// <summary>A remark, <c>N115</c>; null when it has no row here.</summary>
    public Reason? Rarc(string code) => Find(ReasonKind.Rarc, code);

    Reason? Find(ReasonKind kind, string code) => byCode.GetValueOrDefault((kind, code.ToUpperInvariant()));
}
