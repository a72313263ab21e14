using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.Hipaa5010;

/// <summary>Every line points to a diagnosis of the claim.</summary>
internal sealed class PointerToNowhere : Edit
{
    static readonly FindingInfo Nowhere = new()
    {
        Id = "HIP0005", Name = "pointer-to-nowhere", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Citation = Cited.Guide("loop 2400 SV107"),
        Message = "line {line} points to diagnosis {0}, and the claim has {1}",
        Rules = "INJ-128 DN-15", Fix = Remedy.Chart("Point to a diagnosis of the claim"),
        Predicts = [new("CO-16", "MA63")],
    };

    static readonly FindingInfo None = new()
    {
        Id = "HIP0004", Name = "line-without-pointer", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Citation = Cited.Guide("loop 2400 SV107"),
        Message = "line {line} ({0}) points to no diagnosis",
        Rules = "INJ-128 DN-15", Fix = Remedy.Chart("Point to the diagnosis that the service was for"),
        Predicts = [new("CO-16", "M76")],
    };

    static readonly FindingInfo NoDiagnosis = new()
    {
        Id = "HIP0003", Name = "no-diagnosis", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Citation = Cited.Guide("loop 2300 HI"),
        Message = "the claim has no diagnosis",
        Rules = "INJ-128 INJ-200 DN-15", Fix = Remedy.Chart("Add the diagnoses of the visit"),
        Predicts = [new("CO-16", "M76", "MA63")],
    };

    public override FindingInfo Info => Nowhere;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Nowhere, None, NoDiagnosis];

    public override void Check(BoundClaim claim, FindingList findings)
    {
        var count = claim.Claim.DiagnosisCount;
        if (count == 0)
        {
            if (claim.Count > 0) Report(claim, findings, NoDiagnosis, Field.Diagnoses);
            return;
        }
        for (var i = 0; i < claim.Count; i++)
        {
            var pointers = claim.Line(i).Pointers;
            if (pointers.Count == 0 && !claim.IsFacilityClaim && !claim.Line(i).IsWithoutService)
                Report(claim, findings, None, i, Field.Pointers, CodeAt(claim, i),
                    first: Supply(claim, i, Field.Pointers));
            for (var p = 0; p < pointers.Count; p++)
                if (pointers[p] > count)
                    Report(claim, findings, Nowhere, i, Field.Pointers, Arg.Count(pointers[p]), Arg.Count(count));
        }
    }
}
