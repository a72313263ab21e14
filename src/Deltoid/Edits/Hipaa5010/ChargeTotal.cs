using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.Hipaa5010;

/// <summary>The claim's charge is the sum of its lines, each of which has one.</summary>
internal sealed class ChargeTotal : Edit
{
    static readonly FindingInfo Total = new()
    {
        Id = "HIP0007", Name = "charge-total", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Citation = Cited.Guide("CLM02 and SV102"),
        Message = "the claim charges {0}, but its lines add up to {1}",
        Rules = "INJ-127", Fix = Remedy.Clerical("Change the claim's charge to {1}"), Predicts = [new("CO-16", "M54")],
    };

    static readonly FindingInfo Missing = new()
    {
        Id = "HIP0013", Name = "line-without-charge", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Citation = Cited.Guide("loop 2400 SV102"),
        Message = "line {line} ({0}) has no charge",
        Rules = "INJ-127", Fix = Remedy.Chart("Add the charge"), Predicts = [new("CO-16", "M79")],
    };

    static readonly FindingInfo Negative = new()
    {
        Id = "HIP0018", Name = "negative-charge", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Citation = Cited.Guide("loop 2400 SV102"),
        Message = "the charge of line {line} is below zero",
        Rules = "INJ-127", Fix = Remedy.Chart("Write the charge without a minus"), Predicts = [new("CO-16", "M79")],
    };

    public override FindingInfo Info => Total;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Total, Missing, Negative];

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (claim.IsDraft || claim.Count == 0) return;
        var (sum, complete) = (Money.Zero, true);
        for (var i = 0; i < claim.Count; i++)
        {
            if (claim.Line(i).Charge is not { } charge)
            {
                complete = false;
                if (claim.Line(i).IsWithoutService) continue;
                Report(claim, findings, Missing, i, Field.Charge, CodeAt(claim, i),
                    first: Supply(claim, i, Field.Charge));
                continue;
            }
            if (charge < Money.Zero)
                Report(claim, findings, Negative, i, Field.Charge, first: Supply(claim, i, Field.Charge));
            sum += charge;
        }
        if (complete && !claim.Claim.IsSumUnknown && claim.Claim.Charge is { } total && total != sum)
            Report(claim, findings, Total, Field.Charge, Arg.Of(total), Arg.Of(sum),
                new(ChangeOp.Replace, Place.OfClaim(Field.Charge), Arg.Of(sum)));
    }
}
