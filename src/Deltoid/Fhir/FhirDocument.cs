using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Fhir;

/// <summary>Writes what Deltoid reads and says as FHIR, by what it is.</summary>
internal static class FhirDocument
{
    /// <param name="utf8">Encounter or claim JSON, the result of <c>code</c>, an answer of <c>remit</c>, or an 835 as
    /// JSON.</param>
    /// <param name="today">The day on which the resource is made.</param>
    /// <exception cref="InputException">It is none of these, or does not read.</exception>
    public static void Write(ReadOnlyMemory<byte> utf8, DateOnly today, Utf8JsonWriter json)
    {
        var root = FhirTree.Read(utf8).Root;
        if (!root["claim"u8]["lines"u8].IsNone && root["payments"u8].IsNone) WriteClaim(root["claim"u8], today, json);
        else if (PaidClaims.IsOf(root)) PaymentResources.Write(PaidClaims.Read(root), today, json);
        else if (!root["lines"u8].IsNone || !root["subscriber"u8].IsNone) WriteClaim(root, today, json);
        else if (!root["serviceDate"u8].IsNone) BundleWriter.Write(utf8, json);
        else
            throw new InputException("", "this is no encounter, no claim and no answer to a claim",
                "give encounter JSON, claim JSON, the result of code, or the answer of remit");
    }

    static void WriteClaim(FhirNode node, DateOnly today, Utf8JsonWriter json)
    {
        var claim = new Claim();
        ClaimJson.Read(node.Raw.ToArray(), claim);
        ClaimResource.Write(claim, today, json);
    }
}
