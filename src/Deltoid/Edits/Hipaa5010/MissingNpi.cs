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
        if (!claim.IsDraft && claim.Claim[Party.Billing, PartyField.Npi].IsEmpty && !HasNumberAtPayer(claim.Claim))
            Report(claim, findings, Missing, Field.BillingNpi);
    }

    /// <summary>
    /// A provider that cannot have an NPI (a taxi, a carpenter) is known by a number of the payer's: REF G2 or LU,
    /// which of the segments before CLM loop 2010BB alone has.
    /// </summary>
    static bool HasNumberAtPayer(Claim claim)
    {
        if (!claim[Party.Billing, PartyField.Taxonomy].IsEmpty) return false; // one of those who have an NPI
        var has = false;
        foreach (ref readonly var segment in claim.Segments)
        {
            var text = claim[segment.Text];
            if (text.StartsWith("CLM"u8)) return has;
            has |= text.Length > 6 && text.StartsWith("REF"u8)
                && (text[4..6].SequenceEqual("G2"u8) || text[4..6].SequenceEqual("LU"u8));
        }
        return false;
    }
}
