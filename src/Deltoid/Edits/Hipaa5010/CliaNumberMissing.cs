using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Edits.Hipaa5010;

/// <summary>A test done in the office needs the office's CLIA number.</summary>
public sealed class CliaNumberMissing : Edit
{
    public override FindingInfo Info { get; } = new("HIP0012", "clia-number-missing", Severity.Error, Outcome.Rejection, Cited.Claims("ch. 16, §70.2; REF*X4"),
        "{0} is a laboratory test, and the claim has no CLIA number", "INJ-085 DN-21", Remedy.Chart("Add the office's CLIA number (box 23)"), [new("CO-16", "MA120"), new("CO-B7")]);

    public override CodeGroups All => Group.WaivedTest;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (claim.IsDraft || claim.IsFacilityClaim || !claim.Claim[ClaimText.Clia].IsEmpty) return;
        foreach (var i in claim.LinesIn(Group.WaivedTest)) { Report(claim, findings, Info, i, Field.Clia, CodeAt(claim, i)); return; }
    }
}
