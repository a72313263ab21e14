using Deltoid.Claims;

namespace Deltoid.Pages;

/// <summary>
/// The complete claim, without any finding, on which the claim fences of pages are read: they state only what differs.
/// </summary>
internal static class CleanClaim
{
    public const string Notation =
        """
        payer medicare  dos 2026-03-02  pos 11  dx D51.0
        setting professional  born 1958-04-09  sex F  id CLEAN1  payerid MEDICARE-B  npi 1234567893  rendering 1234567893
        attending 1234567893  admission 3  origin 1  status 01
        1  96372     x1  dx A  charge 38.00
        2  J3420-JZ  x1  dx A  charge 12.50  ndc 00517003125 ML 1
        """;

    public static Claim Make()
    {
        var claim = new Claim();
        claim.Set(Party.Billing, PartyField.Name, "CLEAN PRACTICE"u8);
        claim.Set(Party.Billing, PartyField.TaxId, "123456789"u8);
        claim.Set(Party.Subscriber, PartyField.Name, "ZZMARKER"u8);
        claim.Set(Party.Subscriber, PartyField.MemberId, "1EG4TE5MK73"u8);
        ClaimNotation.Read(Notation, claim);
        return claim;
    }

    /// <summary>The clean claim with what a notation changes; lines take $10 each when no charge is stated.</summary>
    public static Claim With(string notation)
    {
        var claim = Make();
        ClaimNotation.Read(notation, claim);
        var stated = claim.Charge is not null;
        foreach (ref readonly var line in claim.Lines) stated |= line.Charge is not null;
        if (stated || claim.Lines.Length == 0) return claim;
        foreach (ref var line in claim.EditLines()) line.Charge = new(1000);
        claim.Charge = new(1000L * claim.Lines.Length);
        return claim;
    }
}
