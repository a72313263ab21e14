using System.Text;
using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Cli.Dev;

/// <summary>The complete claim, without any finding, on which the claim fences of pages are read: they state only what differs.</summary>
internal static class CleanClaim
{
    const string Lines = """
        payer medicare  dos 2026-03-02  pos 11  dx D51.0  setting professional  born 1958-04-09  sex F
        npi 1234567893  rendering 1234567893  id P001  payerid MEDICARE-B
        1  96372     x1  dx A  charge 38.00
        2  J3420-JZ  x1  dx A  charge 12.50  ndc 00517003125 ML 1
        """;

    public static Claim Make()
    {
        var claim = new Claim();
        ClaimNotation.Read(Lines, claim);
        Set(claim, Party.Billing, PartyField.Name, "EXAMPLE CLINIC");
        Set(claim, Party.Billing, PartyField.TaxId, "000000000");
        Set(claim, Party.Billing, PartyField.Address, "1 EXAMPLE ST");
        Set(claim, Party.Billing, PartyField.City, "CHICAGO");
        Set(claim, Party.Billing, PartyField.State, "IL");
        Set(claim, Party.Billing, PartyField.Zip, "606010000");
        Set(claim, Party.Subscriber, PartyField.MemberId, "EXAMPLE01");
        Set(claim, Party.Subscriber, PartyField.Name, "EXAMPLE");
        return claim;
    }

    static void Set(Claim claim, Party party, PartyField field, string text) => claim.Set(party, field, Encoding.ASCII.GetBytes(text));
}
