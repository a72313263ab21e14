using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.CodeSets;

/// <summary>Modifiers that the book does not have, or not on the line's day.</summary>
internal sealed class UnknownModifier : Edit
{
    static readonly FindingInfo Unknown = new()
    {
        Id = "BND0020", Name = "unknown-modifier", Severity = Severity.Warning, Snip = 5,
        Citation = Cited.Hcpcs("modifiers; CPT App. A"),
        Message = "modifier {0} on {1} is not in this code book, so it was not checked",
        Rules = "INJ-156", Fix = Remedy.Chart("Check the modifier"), Predicts = [new("CO-182", "N517")],
    };

    static readonly FindingInfo Retired = new()
    {
        Id = "BND0021", Name = "retired-modifier", Severity = Severity.Error, Outcome = Outcome.Denial, Snip = 5,
        Citation = Cited.Hcpcs("modifiers"),
        Message = "modifier {0} on {1} is not in force on this day",
        Rules = "INJ-156 INJ-105", Fix = Remedy.Chart("Use the modifier in force on the service date"),
        Predicts = [new("CO-182", "N517"), new("CO-4", "N823")],
    };

    public override FindingInfo Info => Unknown;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Unknown, Retired];

    public override void Check(BoundClaim claim, FindingList findings)
    {
        for (var i = 0; i < claim.Count; i++)
        {
            var modifiers = claim.ModifiersOf(i);
            if (modifiers.IsEmpty) continue;
            for (var m = 0; m < modifiers.Count; m++)
            {
                if (claim.Memory.IsInForce(modifiers[m], claim.Day(i))) continue;
                if (!claim.Book.ModifierRows.TryGet(modifiers[m].Packed, out var rows) || rows.Count == 0)
                    Report(claim, findings, Unknown, i, Field.Modifiers, Arg.Of(modifiers[m]), CodeAt(claim, i));
                else if (InForce(rows.Span, claim.Day(i)) is { } days) claim.Memory.KeepInForce(modifiers[m], days);
                else
                    Report(claim, findings, Retired, i, Field.Modifiers, Arg.Of(modifiers[m]), CodeAt(claim, i),
                        first: RemoveModifier(claim, i, modifiers[m]));
            }
        }
    }

    /// <summary>The days of the row that has this one; null where none has.</summary>
    static DateRange? InForce(ReadOnlySpan<ModifierRow> rows, DateOnly day)
    {
        foreach (ref readonly var row in rows)
            if (row.Dates.Contains(day)) return row.Dates;
        return null;
    }
}
