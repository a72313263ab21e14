using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Edits.Hipaa5010;

/// <summary>The billing provider has an NPI.</summary>
internal sealed class MissingNpi : Edit
{
    static readonly FindingInfo Missing = new()
    {
        Id = "HIP0001", Name = "missing-npi", Severity = Severity.Error, Outcome = Outcome.Rejection, Snip = 7,
        Citation = Cited.Law("45 CFR 162.410; loop 2010AA NM109"),
        Message = "the billing provider has no NPI",
        Rules = "INJ-127 DN-20", Fix = Remedy.Chart("Add the billing NPI"), Predicts = [new("CO-16", "N257")],
    };

    public override FindingInfo Info => Missing;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (!claim.IsDraft && claim.Claim[Party.Billing, PartyField.Npi].IsEmpty)
            Report(claim, findings, Missing, Field.BillingNpi);
    }
}
