using System.Text.Json;
using Deltoid.Values;

namespace Deltoid.Fhir;

/// <summary>The visit, what was given and what else was done.</summary>
internal sealed partial class BundleWriter
{
    /// <summary>Fields of an encounter that other resources hold.</summary>
    static readonly string[] Elsewhere = ["serviceDate", "payer", "patient", "provider", "diagnoses", "visits", "visit",
        "procedures", "administrations", "history", "placeOfService"];

    void WriteEncounter(FhirNode root)
    {
        json.WriteString("resourceType", "Encounter");
        json.WriteString("status", "finished");
        json.WriteStartObject("class");
        json.WriteString("system", FhirSystems.ActCode);
        json.WriteString("code", "AMB");
        json.WriteEndObject();
        WriteVisits(root);
        WriteReference("subject", PatientAt);
        WriteParticipants(root["provider"u8]);
        json.WriteStartObject("period");
        json.WriteString("start", day.Iso());
        json.WriteEndObject();
        WriteRanks(root["diagnoses"u8]);
        json.WriteStartArray("location");
        json.WriteStartObject();
        WriteReference("location", LocationAt);
        json.WriteEndObject();
        json.WriteEndArray();
        if (Npi(root["provider"u8]["billing"u8]) is { Length: > 0 } billing) WriteNpi("serviceProvider", billing);
        var own = new OwnFields(this);
        foreach (var field in root.Children)
            if (!Elsewhere.Contains(field.Name)) own.Add(field);
        if (PlainPlace(root["placeOfService"u8]).Length == 0) own.Add(root["placeOfService"u8]);
        if (!IsPlainHistory(root["history"u8])) own.Add(root["history"u8]);
        if (!root["diagnoses"u8].Items.All(static d => IsPlainCode(d.Peek()))) own.Add(root["diagnoses"u8]);
        foreach (var field in root["provider"u8].Children)
            if (field.IsNamed("role"u8) || field.IsNamed("supervision"u8) || Npi(field).Length == 0)
                own.Add(field, "provider." + field.Name);
        own.Write();
    }

    static string Npi(FhirNode node) => IsPlainCode(node.Peek()) ? node.Peek() : "";

    void WriteParticipants(FhirNode provider)
    {
        var people = new[] { ("PPRF", Npi(provider["rendering"u8])), ("SPRF", Npi(provider["supervising"u8])) }
            .Where(static p => p.Item2.Length > 0).ToList();
        if (people.Count == 0) return;
        json.WriteStartArray("participant");
        foreach (var (type, npi) in people)
        {
            json.WriteStartObject();
            json.WriteStartArray("type");
            json.WriteStartObject();
            json.Coding((FhirSystems.ParticipationType, type));
            json.WriteEndObject();
            json.WriteEndArray();
            WriteNpi("individual", npi);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Visits are types of the Encounter; what they have beside their code is of ours.</summary>
    void WriteVisits(FhirNode root)
    {
        var visits = root["visits"u8].Items.ToList();
        if (root["visit"u8].Kind == JsonTokenType.StartObject) visits.Add(root["visit"u8]);
        if (visits.Count == 0) return;
        json.WriteStartArray("type");
        foreach (var visit in visits)
        {
            json.WriteStartObject();
            var own = new OwnFields(this);
            var code = visit["code"u8].Peek();
            if (IsPlainCode(code)) json.Coding((FhirSystems.OfProcedure(code), code));
            else json.WriteString("text", "visit");
            foreach (var field in visit.Children)
                if (!field.IsNamed("code"u8) || !IsPlainCode(code)) own.Add(field);
            own.Write();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    void WriteRanks(FhirNode diagnoses)
    {
        if (!diagnoses.Items.Any(static d => IsPlainCode(d.Peek()))) return;
        json.WriteStartArray("diagnosis");
        var rank = 1;
        foreach (var text in diagnoses.Items.Select(static d => d.Peek()).Where(IsPlainCode))
        {
            json.WriteStartObject();
            WriteReference("condition", FirstCondition + conditions.IndexOf(text));
            json.WriteNumber("rank", rank++);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Conditions as reasons; false where a diagnosis cannot be a code of FHIR.</summary>
    bool WriteReasons(FhirNode diagnoses)
    {
        if (!diagnoses.Items.Any() || !diagnoses.Items.All(static d => IsPlainCode(d.Peek()))) return false;
        json.WriteStartArray("reasonReference");
        foreach (var diagnosis in diagnoses.Items)
        {
            json.WriteStartObject();
            json.WriteString("reference", Address(FirstCondition + conditions.IndexOf(diagnosis.Peek())));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        return true;
    }

    void WriteProcedure(FhirNode procedure)
    {
        WriteProcedureHead(procedure);
        WriteReference("encounter", EncounterAt);
        json.WriteString("performedDateTime", day.Iso());
        var own = new OwnFields(this);
        var hasReasons = WriteReasons(procedure["diagnoses"u8]);
        foreach (var field in procedure.Children)
            if (field.IsNamed("site"u8) && !string.IsNullOrWhiteSpace(field.Peek()))
            {
                json.WriteStartArray("bodySite");
                json.WriteStartObject();
                json.WriteString("text", field.Peek());
                json.WriteEndObject();
                json.WriteEndArray();
            }
            else if (field.IsNamed("diagnoses"u8) ? !hasReasons
                : !field.IsNamed("code"u8) || !IsPlainCode(field.Peek()))
                own.Add(field);
        own.Write();
    }

    void WriteProcedureHead(FhirNode procedure)
    {
        json.WriteString("resourceType", "Procedure");
        json.WriteString("status", "completed");
        if (IsPlainCode(procedure["code"u8].Peek()))
            json.Concept("code", FhirSystems.OfProcedure(procedure["code"u8].Peek()), procedure["code"u8].Peek());
        WriteReference("subject", PatientAt);
    }

    /// <summary>An earlier service, of this patient and of no visit here.</summary>
    void WriteEarlier(FhirNode earlier)
    {
        WriteProcedureHead(earlier);
        Days.TryRead(earlier["date"u8].Peek(), out var when);
        json.WriteString("performedDateTime", when.Iso());
        if (Npi(earlier["provider"u8]) is { Length: > 0 } npi)
        {
            json.WriteStartArray("performer");
            json.WriteStartObject();
            WriteNpi("actor", npi);
            json.WriteEndObject();
            json.WriteEndArray();
        }
        json.WriteStartArray("extension");
        json.WriteStartObject();
        json.WriteString("url", FhirSystems.Own + "history");
        json.WriteBoolean("valueBoolean", true);
        json.WriteEndObject();
        var units = earlier["units"u8];
        if (units.Kind is JsonTokenType.Number or JsonTokenType.String && !string.IsNullOrWhiteSpace(units.Peek()))
        {
            json.WriteStartObject();
            json.WriteString("url", FhirSystems.Own + FhirSystems.OwnJson + "units");
            json.WriteString("valueString", System.Text.Encoding.UTF8.GetString(units.Raw));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
