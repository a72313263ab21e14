using System.Text.Json;
using Deltoid.Charting;
using Deltoid.Values;

namespace Deltoid.Fhir;

/// <summary>An administration with its Medication and order in it.</summary>
internal sealed partial class BundleWriter
{
    const string RouteSystem = "http://snomed.info/sct", MedicationId = "medication", OrderId = "order";

    /// <summary>One administration: each field is taken once, and what nobody takes is an extension.</summary>
    void WriteAdministration(FhirNode given)
    {
        var taken = new HashSet<string>();
        json.WriteString("resourceType", "MedicationAdministration");
        json.WriteStartArray("contained");
        WriteMedication(given, taken);
        WriteOrder(given, taken);
        json.WriteEndArray();
        if (Text(given, "id"u8) is { Length: > 0 } id)
        {
            taken.Add("id");
            json.WriteStartArray("identifier");
            json.WriteStartObject();
            json.WriteString("value", id);
            json.WriteEndObject();
            json.WriteEndArray();
        }
        var isNotGiven = given["given"u8].Kind == JsonTokenType.False;
        if (isNotGiven) taken.Add("given");
        json.WriteString("status", isNotGiven ? "not-done" : "completed");
        if (Words.Purposes.TryRead(Text(given, "purpose"u8), out _))
        {
            taken.Add("purpose");
            WriteText("category", Text(given, "purpose"u8));
        }
        json.Reference("medicationReference", "#" + MedicationId);
        WriteReference("subject", PatientAt);
        WriteReference("context", EncounterAt);
        json.WriteString("effectiveDateTime", day.Iso());
        WritePerformer(given, taken);
        WriteIndication(given, taken);
        if (WriteReasons(given["diagnoses"u8])) taken.Add("diagnoses");
        if (taken.Contains("order")) json.Reference("request", "#" + OrderId);
        if (Text(given, "needle"u8) is { Length: > 0 } needle)
        {
            taken.Add("needle");
            WriteDisplay("device", needle);
        }
        WriteDosage(given, taken);
        var own = new OwnFields(this);
        foreach (var field in given.Children)
            if (!taken.Contains(field.Name)) own.Add(field);
        own.Write();
    }

    /// <summary>A text that says something; empty otherwise.</summary>
    static string Text(FhirNode given, ReadOnlySpan<byte> name) =>
        given[name].Kind == JsonTokenType.String && given[name].Peek() is var text && !string.IsNullOrWhiteSpace(text)
            && !text.Any(char.IsControl) ? text : "";

    void WriteText(string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    void WriteDisplay(string name, string text)
    {
        json.WriteStartArray(name);
        json.WriteStartObject();
        json.WriteString("display", text);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    void WriteMedication(FhirNode given, HashSet<string> taken)
    {
        json.WriteStartObject();
        json.WriteString("resourceType", "Medication");
        json.WriteString("id", MedicationId);
        WriteDrug(given, taken);
        if (Words.Containers.TryRead(Text(given, "container"u8), out _))
        {
            taken.Add("container");
            WriteText("form", Text(given, "container"u8));
        }
        if (TryAmount(given["containerAmount"u8], out var held))
        {
            taken.Add("containerAmount");
            json.WriteStartObject("amount");
            WriteAmount("numerator", held);
            json.WriteStartObject("denominator");
            json.WriteNumber("value", 1);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        WriteStrength(given, taken);
        WriteBatch(given, taken);
        json.WriteEndObject();
    }

    void WriteDrug(FhirNode given, HashSet<string> taken)
    {
        var (drug, hcpcs, ndc) = (Text(given, "drug"u8), Text(given, "hcpcs"u8), Text(given, "ndc"u8));
        json.WriteStartObject("code");
        var codings = new List<(string System, string Code)>();
        if (IsPlainCode(hcpcs) && taken.Add("hcpcs")) codings.Add((FhirSystems.OfProcedure(hcpcs), hcpcs));
        if (IsPlainCode(ndc) && taken.Add("ndc")) codings.Add((FhirSystems.Ndc, ndc));
        if (codings.Count > 0) json.Coding([.. codings]);
        if (drug.Length > 0 && taken.Add("drug")) json.WriteString("text", drug);
        if (codings.Count == 0 && drug.Length == 0) json.Absent();
        json.WriteEndObject();
    }

    /// <summary>The strength of a volume; one in percent or as a ratio stays a text of ours.</summary>
    void WriteStrength(FhirNode given, HashSet<string> taken)
    {
        var text = Text(given, "concentration"u8);
        var slash = text.IndexOf('/');
        if (slash < 0 || !Amount.TryParse(text.AsSpan(0, slash), out var of) || of.IsVolume) return;
        var per = text[(slash + 1)..].Trim();
        if (!Amount.TryParse(per, out var volume) && !Amount.TryParse("1 " + per, out volume)) return;
        if (!volume.IsVolume) return;
        taken.Add("concentration");
        json.WriteStartArray("ingredient");
        json.WriteStartObject();
        WriteText("itemCodeableConcept", Text(given, "drug"u8) is { Length: > 0 } drug ? drug : "drug");
        json.WriteStartObject("strength");
        WriteAmount("numerator", of);
        WriteAmount("denominator", volume);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    void WriteBatch(FhirNode given, HashSet<string> taken)
    {
        var (lot, expires) = (Text(given, "lot"u8), Text(given, "expires"u8).Trim());
        var isDay = expires.Length is 7 or 10 && expires[4] == '-';
        if (lot.Length == 0 && !isDay) return;
        json.WriteStartObject("batch");
        if (lot.Length > 0 && taken.Add("lot")) json.WriteString("lotNumber", lot);
        if (isDay && taken.Add("expires")) json.WriteString("expirationDate", expires);
        json.WriteEndObject();
    }

    /// <summary>An order of which something is known; that there is one is a flag of ours.</summary>
    void WriteOrder(FhirNode given, HashSet<string> taken)
    {
        var order = given["order"u8];
        if (order.Kind != JsonTokenType.StartObject || !order.Children.Any()) return;
        taken.Add("order");
        json.WriteStartObject();
        json.WriteString("resourceType", "MedicationRequest");
        json.WriteString("id", OrderId);
        json.WriteString("status", "active");
        json.WriteString("intent", "order");
        json.Reference("medicationReference", "#" + MedicationId);
        WriteReference("subject", PatientAt);
        var own = new OwnFields(this);
        foreach (var field in order.Children)
            if (field.IsNamed("on"u8) && Days.TryRead(field.Peek(), out var on))
                json.WriteString("authoredOn", on.Iso());
            else if (field.IsNamed("by"u8) && Text(order, "by"u8).Length > 0)
            {
                json.WriteStartObject("requester");
                json.WriteString("display", field.Peek());
                json.WriteEndObject();
            }
            else own.Add(field);
        own.Write();
        json.WriteEndObject();
    }

    void WritePerformer(FhirNode given, HashSet<string> taken)
    {
        if (Text(given, "performer"u8) is not { Length: > 0 } performer) return;
        taken.Add("performer");
        json.WriteStartArray("performer");
        json.WriteStartObject();
        json.WriteStartObject("actor");
        json.WriteString("display", performer);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    void WriteIndication(FhirNode given, HashSet<string> taken)
    {
        if (Text(given, "indication"u8) is not { Length: > 0 } indication) return;
        taken.Add("indication");
        json.WriteStartArray("reasonCode");
        json.WriteStartObject();
        json.WriteString("text", indication);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    void WriteDosage(FhirNode given, HashSet<string> taken)
    {
        var (route, site) = (Text(given, "route"u8), Text(given, "site"u8));
        var hasRoute = Words.Routes.TryRead(route, out _);
        var (text, hasDose) = ("", TryAmount(given["dose"u8], out var dose));
        if (!hasDose && CombinedAmount.TryParse(Text(given, "dose"u8), out var combined))
            (text, hasDose, dose) = (Text(given, "dose"u8), !combined.First.IsNone, combined.First);
        if (!hasRoute && site.Length == 0 && !hasDose) return;
        json.WriteStartObject("dosage");
        if (text.Length > 0 && taken.Add("dose")) json.WriteString("text", text);
        if (site.Length > 0 && taken.Add("site")) WriteText("site", site);
        if (hasRoute && taken.Add("route"))
            WriteConcept("route", route, RouteSystem, "route", Words.Routes.WrittenFormOf(route));
        if (hasDose)
        {
            taken.Add("dose");
            WriteAmount("dose", dose);
        }
        else
        {
            // R4 asks for a dose or a rate wherever there is a dosage
            json.WriteStartObject("dose");
            json.Absent();
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
