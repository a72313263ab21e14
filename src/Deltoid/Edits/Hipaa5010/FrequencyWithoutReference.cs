using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Edits.Hipaa5010;

/// <summary>A replacement or void names the claim it replaces, in words the payer knows.</summary>
internal sealed class FrequencyWithoutReference : Edit
{
    static readonly FindingInfo NoReference = new()
    {
        Id = "HIP0008", Name = "frequency-without-reference", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Citation = Cited.Guide("CLM05-3, REF*F8"),
        Message = "a claim of frequency {0} names no earlier claim",
        Rules = "INJ-130", Fix = Remedy.Chart("Add the payer's claim number of the claim that this one replaces"),
        Predicts = [new("CO-16", "M47")],
    };

    static readonly FindingInfo Medicare = new()
    {
        Id = "HIP0021", Name = "replacement-to-medicare", Severity = Severity.Warning, Outcome = Outcome.Rejection,
        Citation = Cited.Claims("ch. 1, §70; ch. 34"),
        Message = "Medicare Part B takes no replacement claims (frequency {0}): ask for a "
            + "reopening, or send a new claim if the first was unprocessable",
        Rules = "INJ-130", Fix = Remedy.Show("Ask for a reopening"),
    };

    public override FindingInfo Info => NoReference;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [NoReference, Medicare];

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (claim.Claim.Frequency is not ('7' or '8')) return;
        if (claim.Claim[ClaimText.OriginalReference].IsEmpty)
            Report(claim, findings, NoReference, Field.Frequency, Arg.Count(claim.Claim.Frequency - '0'));
        if (!claim.IsFacilityClaim && claim.Payer.Kind == PayerKind.Medicare)
            Report(claim, findings, Medicare, Field.Frequency, Arg.Count(claim.Claim.Frequency - '0'));
    }
}
