using Deltoid.Binding;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.Hipaa5010;

/// <summary>A facility's claim names who was in charge of the care; a claim of ambulance trips alone need not.</summary>
internal sealed class AttendingProviderMissing : Edit
{
    public override FindingInfo Info { get; } = new()
    {
        Id = "HIP0035", Name = "attending-provider-missing", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Snip = 7, Citation = Cited.Guide("837I loop 2310A"),
        Message = "the claim does not name the attending provider (FL 76)",
        Rules = "INJ-132", Fix = Remedy.Chart("Add the attending provider, with the NPI (FL 76)"),
        Predicts = [new("CO-16", "N253")],
    };

    public override CodeGroups All => Group.Institutional;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (claim.IsDraft || claim.Claim.Has(Party.Attending)) return;
        for (var i = 0; i < claim.Count; i++)
            if (!IsTrip(claim.Line(i).RevenueCode))
            {
                Report(claim, findings, Info, Field.RenderingNpi);
                return;
            }
    }

    /// <summary>Revenue codes 0540 to 0549.</summary>
    static bool IsTrip(Code revenue) => revenue.Length == 4 && revenue[0] == '0' && revenue[1] == '5' && revenue[2] == '4';
}
