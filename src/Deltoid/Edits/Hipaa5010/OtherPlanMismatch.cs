using Deltoid.Binding;
using Deltoid.Claims;
using Deltoid.Findings;

namespace Deltoid.Edits.Hipaa5010;

/// <summary>
/// What box 11d says of another health plan, and the other plan that the claim carries: an 837 says it by the other
/// insured's loop alone.
/// </summary>
internal sealed class OtherPlanMismatch : Edit
{
    public override FindingInfo Info { get; } = new()
    {
        Id = "HIP0030", Name = "other-plan-mismatch", Severity = Severity.Error, Outcome = Outcome.Denial,
        Citation = Cited.Guide("loop 2320; NUCC 1500 manual, items 9 and 11d"),
        Message = "box 11d and the rest of the claim (box 9, loop 2320) disagree about another health plan",
        Rules = "DN-13",
        Fix = Remedy.Chart("Ask the patient; then correct the statement, or add or remove the other plan"),
        Predicts = [new("CO-22")],
    };

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (Is(claim.Claim)) Report(claim, findings, Info, Field.OtherPlan);
    }

    /// <summary>Another plan is stated and none is carried, or one is carried and denied.</summary>
    public static bool Is(Claim claim) =>
        claim[ClaimText.OtherPlan] is [var stated] && stated == (byte)'Y' != claim.HasOtherInsured;
}
