using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.Ncci;

/// <summary>59 and an X modifier say the same thing twice, and neither belongs on a visit.</summary>
internal sealed class BothDistinctModifiers : Edit
{
    static readonly FindingInfo Both = new()
    {
        Id = "NCC0030", Name = "both-distinct-modifiers", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Ncci("ch. I §E"),
        Message = "{0} has both 59 and {1}, which mean the same; the X modifier is more exact",
        Rules = "INJ-140 C-10", Fix = Remedy.Chart("Remove 59 from line {line}"), Predicts = [new("CO-4", "N519")],
    };

    static readonly FindingInfo OnVisit = new()
    {
        Id = "NCC0031", Name = "distinct-modifier-on-visit", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Ncci("ch. I §E"),
        Message = "{1} does not belong on the visit {0}: a separate visit carries 25",
        Rules = "INJ-140", Fix = Remedy.Chart("Replace {1} by 25 if the visit has its own note"),
        Predicts = [new("CO-4", "N519")],
    };

    public override FindingInfo Info => Both;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Both, OnVisit];

    public override void Check(BoundClaim claim, FindingList findings)
    {
        for (var i = 0; i < claim.Count; i++)
        {
            var modifiers = claim.ModifiersOf(i);
            if (modifiers.IsEmpty || modifiers.Distinct is not { IsNone: false } distinct) continue;
            if (claim.Is(i, Group.Visit))
                Report(claim, findings, OnVisit, i, Field.Modifiers, CodeAt(claim, i), Arg.Of(distinct),
                    first: AddModifier(claim, i, Modifier.M25));
            else if (modifiers.Has(Modifier.M59) && modifiers.Without(Modifier.M59).Distinct is { IsNone: false } exact)
                Report(claim, findings, Both, i, Field.Modifiers, CodeAt(claim, i), Arg.Of(exact),
                    first: RemoveModifier(claim, i, Modifier.M59));
        }
    }
}
