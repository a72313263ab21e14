using System.Text.Json;

namespace Deltoid.Fhir;

/// <summary>
/// Writes what payers answered: for each claim a ClaimResponse and an ExplanationOfBenefit, in one Bundle. What the
/// answer does not know is marked as absent.
/// </summary>
internal sealed class PaymentResources
{
    readonly Utf8JsonWriter json;
    readonly DateOnly today;

    PaymentResources(Utf8JsonWriter json, DateOnly today) => (this.json, this.today) = (json, today);

    public static void Write(List<PaidClaim> claims, DateOnly today, Utf8JsonWriter json)
    {
        var writer = new PaymentResources(json, today);
        json.WriteStartObject();
        json.WriteString("resourceType", "Bundle");
        json.WriteString("type", "collection");
        json.WriteStartArray("entry");
        var number = 0;
        foreach (var claim in claims)
        {
            writer.Entry(++number, () => writer.WriteResponse(claim));
            writer.Entry(++number, () => writer.WriteBenefit(claim));
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    void Entry(int number, Action write)
    {
        json.WriteStartObject();
        json.WriteString("fullUrl", string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"urn:uuid:00000000-0000-8000-8000-{number:x12}"));
        json.WriteStartObject("resource");
        write();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    void WriteResponse(PaidClaim claim)
    {
        json.WriteString("resourceType", "ClaimResponse");
        WriteHead(claim);
        Named("insurer", "", claim.PayerName);
        Named("request", claim.Id, "");
        json.WriteString("outcome", "complete");
        if (claim.Says.Length > 0) json.WriteString("disposition", claim.Says);
        WriteItems(claim, isBenefit: false);
        WriteAmounts("adjudication", claim.Reasons, "", "", "");
        WriteTotals(claim);
        if (claim.Paid.Length > 0) WritePayment(claim, withDate: claim.Produced);
    }

    void WriteBenefit(PaidClaim claim)
    {
        json.WriteString("resourceType", "ExplanationOfBenefit");
        WriteHead(claim);
        Named("insurer", "", claim.PayerName);
        Named("provider", claim.PayeeNpi, "", FhirSystems.Npi);
        json.WriteString("outcome", "complete");
        if (claim.Says.Length > 0) json.WriteString("disposition", claim.Says);
        json.WriteStartArray("insurance");
        json.WriteStartObject();
        json.WriteBoolean("focal", true);
        Named("coverage", claim.MemberId, "");
        json.WriteEndObject();
        json.WriteEndArray();
        WriteItems(claim, isBenefit: true);
        WriteAmounts("adjudication", claim.Reasons, "", "", "");
        WriteTotals(claim);
        if (claim.Paid.Length > 0) WritePayment(claim, withDate: "");
    }

    void WriteHead(PaidClaim claim)
    {
        if (claim.PayerControl.Length > 0)
        {
            json.WriteStartArray("identifier");
            json.WriteStartObject();
            json.WriteString("value", claim.PayerControl);
            json.WriteEndObject();
            json.WriteEndArray();
        }
        json.WriteString("status", "active");
        json.Concept("type", FhirSystems.ClaimType, "professional");
        json.WriteString("use", "claim");
        Named("patient", claim.MemberId, "");
        json.WriteString("created", claim.Produced.Length > 0 ? claim.Produced : Values.Days.Iso(today));
    }

    void WriteItems(PaidClaim claim, bool isBenefit)
    {
        if (claim.Items.Count == 0) return;
        json.WriteStartArray("item");
        foreach (var item in claim.Items)
        {
            json.WriteStartObject();
            json.WriteNumber(isBenefit ? "sequence" : "itemSequence", item.Number);
            if (isBenefit) WriteService(item);
            WriteAmounts("adjudication", item.Reasons, item.Charge, item.Paid, item.Allowed,
                isRequired: !isBenefit);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    void WriteService(PaidItem item)
    {
        json.WriteStartObject("productOrService");
        if (item.Code.Length == 0) json.Absent();
        else json.Coding((FhirSystems.OfProcedure(item.Code), item.Code));
        json.WriteEndObject();
        if (item.Modifiers.Count == 0) return;
        json.WriteStartArray("modifier");
        foreach (var modifier in item.Modifiers)
        {
            json.WriteStartObject();
            json.Coding((modifier.All(char.IsAsciiDigit) ? FhirSystems.Cpt : FhirSystems.Hcpcs, modifier));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Amounts by their category, and what was taken off with its reason.</summary>
    void WriteAmounts(string name, List<PaidReason> reasons, string charge, string paid, string allowed,
        bool isRequired = false)
    {
        var amounts = new[] { ("submitted", charge), ("eligible", allowed), ("benefit", paid) }
            .Where(static a => a.Item2.Length > 0).ToList();
        if (amounts.Count + reasons.Count == 0 && !isRequired) return;
        json.WriteStartArray(name);
        foreach (var (category, amount) in amounts)
        {
            json.WriteStartObject();
            json.Concept("category", FhirSystems.Adjudication, category);
            json.Dollars("amount", amount);
            json.WriteEndObject();
        }
        foreach (var reason in reasons) WriteReason(reason);
        if (amounts.Count + reasons.Count == 0)
        {
            json.WriteStartObject();
            json.Concept("category", FhirSystems.Adjudication, "benefit");
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    void WriteReason(PaidReason reason)
    {
        json.WriteStartObject();
        if (reason.Group.Length > 0) json.Concept("category", FhirSystems.Group, reason.Group);
        else json.Concept("category", FhirSystems.Adjudication, "benefit");
        if (reason.Reason.Length > 0) json.Concept("reason", FhirSystems.Carc, reason.Reason);
        if (reason.Amount.Length > 0) json.Dollars("amount", reason.Amount);
        json.WriteEndObject();
    }

    void WriteTotals(PaidClaim claim)
    {
        var totals = new[] { ("submitted", claim.Charge), ("benefit", claim.Paid), ("copay", claim.PatientOwes) }
            .Where(static t => t.Item2.Length > 0).ToList();
        if (totals.Count == 0) return;
        json.WriteStartArray("total");
        foreach (var (category, amount) in totals)
        {
            json.WriteStartObject();
            json.Concept("category", FhirSystems.Adjudication, category);
            json.Dollars("amount", amount);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    void WritePayment(PaidClaim claim, string withDate)
    {
        json.WriteStartObject("payment");
        json.Concept("type", "http://terminology.hl7.org/CodeSystem/ex-paymenttype", "complete");
        if (withDate.Length > 0) json.WriteString("date", withDate);
        json.Dollars("amount", claim.Paid);
        if (claim.Trace.Length > 0)
        {
            json.WriteStartObject("identifier");
            json.WriteString("value", claim.Trace);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    void Named(string name, string id, string display, string system = "")
    {
        json.WriteStartObject(name);
        if (id.Length + display.Length == 0) json.Absent();
        if (id.Length > 0)
        {
            json.WriteStartObject("identifier");
            if (system.Length > 0) json.WriteString("system", system);
            json.WriteString("value", id);
            json.WriteEndObject();
        }
        if (display.Length > 0) json.WriteString("display", display);
        json.WriteEndObject();
    }
}
