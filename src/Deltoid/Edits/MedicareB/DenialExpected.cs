using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.MedicareB;

/// <summary>Liability modifiers that decide the claim before anyone reads it.</summary>
internal sealed class DenialExpected : Edit
{
    static readonly FindingInfo Expected = new()
    {
        Id = "MCB0150", Name = "denial-expected", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Citation = Cited.Claims("ch. 30, §50; ch. 23, §20.9.1"),
        Message = "GZ on {0} denies the line without review, and the patient owes nothing",
        Rules = "INJ-147", Fix = Remedy.Chart("Use GA if a signed notice is on file"), Predicts = [new("CO-50")],
    };

    static readonly FindingInfo Contradiction = new()
    {
        Id = "MCB0151", Name = "liability-modifiers-contradict", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Claims("ch. 30, §50; ch. 23, §20.9.1"),
        Message = "{0} has both GZ and GA: a notice cannot be on file and missing",
        Rules = "INJ-147", Fix = Remedy.Chart("Keep the modifier that the record supports"),
        Predicts = [new("CO-4", "N519")],
    };

    public override FindingInfo Info => Expected;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Expected, Contradiction];

    public override void Check(BoundClaim claim, FindingList findings)
    {
        for (var i = 0; i < claim.Count; i++)
        {
            var modifiers = claim.ModifiersOf(i);
            if (modifiers.IsEmpty || !modifiers.Has(Modifier.GZ)) continue;
            Report(claim, findings, modifiers.Has(Modifier.GA) ? Contradiction : Expected, i, Field.Modifiers,
                CodeAt(claim, i));
        }
    }
}
