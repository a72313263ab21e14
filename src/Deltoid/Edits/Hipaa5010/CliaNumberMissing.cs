using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Edits.Hipaa5010;

/// <summary>A test done in the office needs the office's CLIA number.</summary>
internal sealed class CliaNumberMissing : Edit
{
    public override FindingInfo Info { get; } = new()
    {
        Id = "HIP0012", Name = "clia-number-missing", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Citation = Cited.Claims("ch. 16, §70.2; REF*X4"),
        Message = "{0} is a laboratory test, and the claim has no CLIA number",
        Rules = "INJ-085 DN-21", Fix = Remedy.Chart("Add the office's CLIA number (box 23)"),
        Predicts = [new("CO-16", "MA120"), new("CO-B7")],
    };

    public override CodeGroups All => Group.WaivedTest;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (claim.IsDraft || claim.IsFacilityClaim || !claim.Claim[ClaimText.Clia].IsEmpty) return;
        foreach (var i in claim.LinesIn(Group.WaivedTest))
        {
            Report(claim, findings, Info, i, Field.Clia, CodeAt(claim, i));
            return;
        }
    }
}
