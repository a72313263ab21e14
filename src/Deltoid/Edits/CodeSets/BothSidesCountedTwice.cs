using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Payers;
using Deltoid.Values;

namespace Deltoid.Edits.CodeSets;

/// <summary>
/// Both sides of one procedure are one line with 50 and one unit. What also names a side, or counts the second one
/// again, contradicts that.
/// </summary>
internal sealed class BothSidesCountedTwice : Edit
{
    static readonly FindingInfo
        Counted = Row("BND0063", "both-sides-counted-twice", Cited.FeeSchedule("bilateral indicator"),
            "modifier 50 on {1} says both sides already, and the line has {0} units",
            "Bill one unit with 50; if the joint or nerve of one side was done, take 50 off", Outcome.Denial,
            "INJ-016"),
        Named = Row("BND0064", "side-beside-both-sides", Cited.Cpt("Appendix A"),
            "{1} has 50 for both sides, and {0} for one side",
            "Keep 50 alone if both sides were done, {0} alone if one was", Outcome.Rejection, "INJ-016"),
        OnOneLine = Row("BND0065", "two-sides-on-one-line", Cited.Cpt("Appendix A"),
            "{1} has LT and RT on one line, which names no side",
            "Bill both sides with 50 and one unit, or each side on a line of its own", Outcome.Rejection, "INJ-016");

    static FindingInfo Row(string id, string name, Citation citation, string message, string fix, Outcome outcome,
        string rules) => new()
    {
        Id = id, Name = name, Severity = Severity.Error, Outcome = outcome, Snip = 5, Citation = citation,
        Message = message, Rules = rules, Fix = Remedy.Chart(fix), Predicts = [new("CO-4", "N519")],
    };

    public override FindingInfo Info => Counted;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Counted, Named, OnOneLine];

    static readonly ulong Sides = Modifiers.Of(Modifier.M50, Modifier.RT, Modifier.LT).Bits;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if ((claim.ModifierBits & Sides) == 0) return;
        for (var i = 0; i < claim.Count; i++)
        {
            var modifiers = claim.ModifiersOf(i);
            var (both, right, left) = (modifiers.Has(Modifier.M50), modifiers.Has(Modifier.RT),
                modifiers.Has(Modifier.LT));
            if ((!both && !(right && left)) || claim.Is(i, Group.Unbound) || !HasSides(claim, i)) continue;
            if (both && (right || left))
                Report(claim, findings, Named, i, Field.Modifiers, Arg.Of(right ? Modifier.RT : Modifier.LT),
                    CodeAt(claim, i));
            else if (right && left) Report(claim, findings, OnOneLine, i, Field.Modifiers, b: CodeAt(claim, i));
            else if (both && claim.Payer.Kind is PayerKind.Medicare or PayerKind.MedicareAdvantage
                && claim.Line(i).Units > Quantity.One)
                Report(claim, findings, Counted, i, Field.Units, Arg.Of(claim.Line(i).Units), CodeAt(claim, i));
        }
    }

    /// <summary>The fee schedule pays the procedure on both sides.</summary>
    static bool HasSides(BoundClaim claim, int line) =>
        claim.Book.Fees.TryGet(claim.At(line).Id, claim.Day(line).DayNumber, out var fee) && fee.Bilateral is 1 or 3;
}
