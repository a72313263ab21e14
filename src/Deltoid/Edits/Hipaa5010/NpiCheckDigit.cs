using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Edits.Hipaa5010;

/// <summary>Every NPI on the claim has ten digits, the last of which is its check digit.</summary>
internal sealed class NpiCheckDigit : Edit
{
    static readonly FindingInfo Wrong = new()
    {
        Id = "HIP0002", Name = "npi-check-digit", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Citation = Cited.Law("45 CFR 162.406"),
        Message = "an NPI has ten digits, but the check digit does not fit: a digit was mistyped",
        Rules = "INJ-127 DN-20", Fix = Remedy.Chart("Correct the NPI from the registry (NPPES)"),
        Predicts = [new("CO-16", "N257", "N290")],
    };

    static readonly FindingInfo Malformed = new()
    {
        Id = "HIP0031", Name = "npi-malformed", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Citation = Cited.Law("45 CFR 162.406"),
        Message = "an NPI does not have ten digits",
        Rules = "INJ-127 DN-20", Fix = Remedy.Chart("Write the ten digits of the NPI"),
        Predicts = [new("CO-16", "N257", "N290")],
    };

    static readonly (Party Party, Field Field)[] Holders =
        [(Party.Billing, Field.BillingNpi), (Party.Rendering, Field.RenderingNpi),
            (Party.Supervising, Field.SupervisingNpi), (Party.Ordering, Field.Order), (Party.Referring, Field.Order),
            (Party.ServiceFacility, Field.PlaceOfService), (Party.Attending, Field.RenderingNpi)];

    public override FindingInfo Info => Wrong;

    public override IReadOnlyList<FindingInfo> Infos { get; } = [Wrong, Malformed];

    static bool IsTenDigits(ReadOnlySpan<byte> text) =>
        text.Length == 10 && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (claim.IsDraft) return;
        foreach (var (party, field) in Holders)
            if (claim.Claim[party, PartyField.Npi] is { IsEmpty: false } npi && !Npi.TryParse(npi, out _))
                Report(claim, findings, IsTenDigits(npi) ? Wrong : Malformed, field);
    }
}
