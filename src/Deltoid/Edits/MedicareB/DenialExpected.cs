using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.MedicareB;

/// <summary>Liability modifiers that decide the claim before anyone reads it.</summary>
public sealed class DenialExpected : Edit
{
    static readonly FindingInfo
        Expected = new("MCB0150", "denial-expected", Severity.Warning, Outcome.Denial, Cited.Claims("ch. 30, §50; ch. 23, §20.9.1"),
            "GZ on {0} denies the line without review, and the patient owes nothing", "INJ-147", Remedy.Chart("Use GA if a signed notice is on file"), [new("CO-50")]),
        Contradiction = new("MCB0151", "liability-modifiers-contradict", Severity.Error, Outcome.Denial, Cited.Claims("ch. 30, §50; ch. 23, §20.9.1"),
            "{0} has both GZ and GA: a notice cannot be on file and missing", "INJ-147", Remedy.Chart("Keep the modifier that the record supports"), [new("CO-4", "N519")]);

    public override FindingInfo Info => Expected;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Expected, Contradiction];

    public override void Check(BoundClaim claim, FindingList findings)
    {
        for (var i = 0; i < claim.Count; i++)
        {
            var modifiers = claim.ModifiersOf(i);
            if (modifiers.IsEmpty || !modifiers.Has(Modifier.GZ)) continue;
            Report(claim, findings, modifiers.Has(Modifier.GA) ? Contradiction : Expected, i, Field.Modifiers, CodeAt(claim, i));
        }
    }
}
