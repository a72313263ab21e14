using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Deltoid.Charting;
using Deltoid.Encounters;
using Deltoid.Values;

namespace Deltoid.Fhir;

/// <summary>
/// Writes encounter JSON as a Bundle of FHIR R4. What R4 has a path for stands there; every other field is an extension
/// of ours, so that <see cref="BundleReader"/> gets all of it back.
/// </summary>
internal sealed partial class BundleWriter
{
    readonly FhirTree tree;
    readonly Utf8JsonWriter json;
    readonly DateOnly day;
    readonly byte[] seed;
    readonly List<string> conditions = [];

    BundleWriter(FhirTree tree, DateOnly day, byte[] seed, Utf8JsonWriter json) =>
        (this.tree, this.day, this.seed, this.json) = (tree, day, seed, json);

    /// <summary>Writes one encounter.</summary>
    /// <param name="utf8">One object of encounter JSON.</param>
    /// <exception cref="InputException">It is no encounter.</exception>
    public static void Write(ReadOnlyMemory<byte> utf8, Utf8JsonWriter json)
    {
        var encounter = EncounterJson.Read(utf8, "");
        new BundleWriter(FhirTree.Read(utf8), encounter.ServiceDate, SHA256.HashData(utf8.Span), json).WriteBundle();
    }

    // ordinals of the entries that others point to; administrations and procedures follow the conditions
    const int PatientAt = 1, CoverageAt = 2, LocationAt = 3, EncounterAt = 4, FirstCondition = 1 << 16,
        FirstOther = 1 << 20;

    /// <summary>An address that depends on nothing but the encounter and the entry's place.</summary>
    string Address(int entry)
    {
        Span<byte> id = stackalloc byte[16];
        seed.AsSpan(0, 16).CopyTo(id);
        id[6] = (byte)(0x80 | (id[6] & 0x0F)); // version 8: made by a rule of the writer
        id[8] = (byte)(0x80 | (id[8] & 0x3F));
        (id[13], id[14], id[15]) = ((byte)(entry >> 16 & 0xFF), (byte)(entry >> 8 & 0xFF), (byte)(entry & 0xFF));
        return "urn:uuid:" + new Guid(id, bigEndian: true).ToString();
    }

    void WriteBundle()
    {
        var root = tree.Root;
        FindConditions(root);
        json.WriteStartObject();
        json.WriteString("resourceType", "Bundle");
        json.WriteString("type", "collection");
        json.WriteStartArray("entry");
        Entry(PatientAt, () => WritePatient(root["patient"u8]));
        Entry(CoverageAt, () => WriteCoverage(root["payer"u8]));
        Entry(LocationAt, () => WriteLocation(root));
        Entry(EncounterAt, () => WriteEncounter(root));
        for (var i = 0; i < conditions.Count; i++)
        {
            var code = conditions[i];
            Entry(FirstCondition + i, () => WriteCondition(code));
        }
        var next = FirstOther;
        foreach (var given in root["administrations"u8].Items) Entry(next++, () => WriteAdministration(given));
        foreach (var procedure in root["procedures"u8].Items) Entry(next++, () => WriteProcedure(procedure));
        if (IsPlainHistory(root["history"u8]))
            foreach (var earlier in root["history"u8].Items) Entry(next++, () => WriteEarlier(earlier));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    void Entry(int at, Action write)
    {
        json.WriteStartObject();
        json.WriteString("fullUrl", Address(at));
        json.WriteStartObject("resource");
        json.WriteString("id", Address(at)["urn:uuid:".Length..]); // a resource without any element is none
        write();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Every diagnosis of the visit and of what was given is one Condition.</summary>
    void FindConditions(FhirNode root)
    {
        var lists = new[] { root["diagnoses"u8] }
            .Concat(root["administrations"u8].Items.Select(static a => a["diagnoses"u8]))
            .Concat(root["procedures"u8].Items.Select(static p => p["diagnoses"u8]));
        foreach (var text in lists.SelectMany(static l => l.Items).Select(static d => d.Peek()))
            if (IsPlainCode(text) && !conditions.Contains(text)) conditions.Add(text);
    }

    /// <summary>What FHIR may hold as a code: no blanks at its ends or in it.</summary>
    static bool IsPlainCode(string text) => text.Length > 0 && !text.Any(char.IsWhiteSpace);

    void WritePatient(FhirNode patient)
    {
        json.WriteString("resourceType", "Patient");
        var own = new OwnFields(this);
        foreach (var field in patient.Children)
            if (field.IsNamed("birthDate"u8) && Days.TryRead(field.Peek(), out var born))
                json.WriteString("birthDate", born.Iso());
            else if (field.IsNamed("sex"u8) && Words.Sexes.TryRead(field.Peek(), out var sex))
                json.WriteString("gender", sex switch { Sex.Female => "female", Sex.Male => "male", _ => "other" });
            else own.Add(field);
        own.Write();
    }

    void WriteCoverage(FhirNode payer)
    {
        json.WriteString("resourceType", "Coverage");
        var own = new OwnFields(this);
        json.WriteString("status", "active");
        var id = "";
        foreach (var field in payer.Children)
            if (field.IsNamed("kind"u8) && Words.PayerKinds.TryRead(field.Peek(), out _))
                WriteConcept("type", field.Peek(), "https://nahdo.org/sopt", "payer",
                    Words.PayerKinds.WrittenFormOf(field.Peek()));
            else if (field.IsNamed("id"u8) && !string.IsNullOrWhiteSpace(field.Peek())) id = field.Peek();
            else if (!field.IsNamed("state"u8) && !field.IsNamed("locality"u8)) own.Add(field);
        WriteReference("beneficiary", PatientAt);
        json.WriteStartArray("payor");
        json.WriteStartObject();
        if (id.Length == 0) json.Absent();
        else
        {
            json.WriteStartObject("identifier");
            json.WriteString("value", id);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndArray();
        own.Write();
    }

    void WriteLocation(FhirNode root)
    {
        json.WriteString("resourceType", "Location");
        json.WriteString("status", "active");
        if (PlainPlace(root["placeOfService"u8]) is { Length: > 0 } place)
        {
            json.WriteStartArray("type");
            json.WriteStartObject();
            json.Coding((FhirSystems.Place, place));
            json.WriteEndObject();
            json.WriteEndArray();
        }
        var payer = root["payer"u8];
        if (payer["state"u8].Peek() is { Length: > 0 } state && !string.IsNullOrWhiteSpace(state))
        {
            json.WriteStartObject("address");
            json.WriteString("state", state);
            json.WriteEndObject();
        }
        var own = new OwnFields(this);
        own.Add(payer["locality"u8]);
        own.Write();
    }

    static string PlainPlace(FhirNode place) =>
        place.Peek() is { Length: 2 } text && text.All(char.IsAsciiDigit) ? text : "";

    void WriteCondition(string code)
    {
        json.WriteString("resourceType", "Condition");
        json.Concept("code", FhirSystems.Icd10, code);
        WriteReference("subject", PatientAt);
    }

    void WriteReference(string name, int entry)
    {
        json.Reference(name, Address(entry));
    }

    /// <summary>A concept with the words as charted and, where another system has one, its code.</summary>
    void WriteConcept(string name, string text, string system, string field, string word)
    {
        json.WriteStartObject(name);
        if (FhirConcepts.CodeOf(system, field, word) is { Length: > 0 } code) json.Coding((system, code));
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    void WriteNpi(string name, string npi)
    {
        json.WriteStartObject(name);
        json.WriteStartObject("identifier");
        json.WriteString("system", FhirSystems.Npi);
        json.WriteString("value", npi);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    void WriteAmount(string name, Amount amount)
    {
        json.WriteStartObject(name);
        json.WritePropertyName("value");
        json.WriteRawValue(amount.Value.ToString("0.#########", CultureInfo.InvariantCulture));
        var unit = amount.ToString();
        unit = unit[(unit.IndexOf(' ') + 1)..];
        json.WriteString("unit", unit);
        if (FhirConcepts.CodeOf(FhirSystems.Ucum, "unit", unit) is { Length: > 0 } code)
        {
            json.WriteString("system", FhirSystems.Ucum);
            json.WriteString("code", code);
        }
        json.WriteEndObject();
    }

    /// <summary>An amount of the encounter, as a text or as value and unit; false where it does not read.</summary>
    static bool TryAmount(FhirNode node, out Amount amount)
    {
        var text = node.Kind == JsonTokenType.StartObject ? $"{node["value"u8].Peek()} {node["unit"u8].Peek()}"
            : node.Peek();
        return Amount.TryParse(text, out amount);
    }
}
