using System.Globalization;
using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Fhir;

/// <summary>Writes a claim as a Claim of FHIR R4, with its patient, coverage and people in it.</summary>
internal sealed class ClaimResource
{
    readonly Claim claim;
    readonly Utf8JsonWriter json;

    ClaimResource(Claim claim, Utf8JsonWriter json) => (this.claim, this.json) = (claim, json);

    /// <param name="created">The day on which the resource is made.</param>
    public static void Write(Claim claim, DateOnly created, Utf8JsonWriter json) =>
        new ClaimResource(claim, json).Write(created);

    void Write(DateOnly created)
    {
        json.WriteStartObject();
        json.WriteString("resourceType", "Claim");
        json.WriteStartArray("contained");
        WritePatient();
        WriteCoverage();
        json.WriteEndArray();
        if (Text(ClaimText.Id) is { Length: > 0 } id) WriteIdentifiers("identifier", "", id);
        json.WriteString("status", "active");
        json.Concept("type", FhirSystems.ClaimType,
            claim.Setting == Setting.Facility ? "institutional" : "professional");
        json.WriteString("use", "claim");
        json.Reference("patient", "#patient");
        if (claim.ServiceDate != default)
        {
            json.WriteStartObject("billablePeriod");
            json.WriteString("start", claim.ServiceDate.Iso());
            json.WriteEndObject();
        }
        json.WriteString("created", created.Iso());
        Person("provider", Party.Billing);
        json.Concept("priority", FhirSystems.Priority, "normal");
        WriteRelated();
        WriteCareTeam();
        WriteDiagnoses();
        WriteInsurance();
        WriteLines();
        if (claim.Charge is { } charge) json.Dollars("total", charge.ToString());
        json.WriteEndObject();
    }

    string Text(ClaimText text) => claim.Text(text).Trim();

    string Text(Party party, PartyField field) => claim.Text(party, field).Trim();

    Party PatientParty => claim.Has(Party.Patient) ? Party.Patient : Party.Subscriber;

    void WritePatient()
    {
        var party = PatientParty;
        json.WriteStartObject();
        json.WriteString("resourceType", "Patient");
        json.WriteString("id", "patient");
        if (Text(party, PartyField.Name) is { Length: > 0 } name)
        {
            json.WriteStartArray("name");
            json.WriteStartObject();
            json.WriteString("family", name);
            var given = new[] { Text(party, PartyField.First), Text(party, PartyField.Middle) }
                .Where(static n => n.Length > 0).ToList();
            Texts("given", given);
            if (Text(party, PartyField.Suffix) is { Length: > 0 } suffix) Texts("suffix", [suffix]);
            json.WriteEndObject();
            json.WriteEndArray();
        }
        if (claim.Sex != Sex.None)
            json.WriteString("gender", claim.Sex switch { Sex.Female => "female", Sex.Male => "male", _ => "other" });
        if (claim.BirthDate is { } born) json.WriteString("birthDate", born.Iso());
        WriteAddress(party);
        json.WriteEndObject();
    }

    void WriteAddress(Party party)
    {
        var (line, city) = (Text(party, PartyField.Address), Text(party, PartyField.City));
        var (state, zip) = (Text(party, PartyField.State), Text(party, PartyField.Zip));
        if (line.Length + city.Length + state.Length + zip.Length == 0) return;
        json.WriteStartArray("address");
        json.WriteStartObject();
        if (line.Length > 0) Texts("line", [line]);
        if (city.Length > 0) json.WriteString("city", city);
        if (state.Length > 0) json.WriteString("state", state);
        if (zip.Length > 0) json.WriteString("postalCode", zip);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    void WriteCoverage()
    {
        json.WriteStartObject();
        json.WriteString("resourceType", "Coverage");
        json.WriteString("id", "coverage");
        json.WriteString("status", "active");
        if (claim.PayerKind != PayerKind.None)
        {
            json.WriteStartObject("type");
            json.WriteString("text", Words.PayerKinds[claim.PayerKind]);
            json.WriteEndObject();
        }
        if (Text(Party.Subscriber, PartyField.MemberId) is { Length: > 0 } member)
            json.WriteString("subscriberId", member);
        json.Reference("beneficiary", "#patient");
        json.WriteStartArray("payor");
        json.WriteStartObject();
        Named(Text(ClaimText.PayerId), "", Text(ClaimText.PayerName));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>A reference by number and name alone; where nothing is known, that says so.</summary>
    void Named(string id, string system, string name)
    {
        if (id.Length + name.Length == 0)
        {
            json.WriteStartArray("extension");
            json.WriteStartObject();
            json.WriteString("url", FhirSystems.AbsentReason);
            json.WriteString("valueCode", "unknown");
            json.WriteEndObject();
            json.WriteEndArray();
        }
        if (id.Length > 0)
        {
            json.WriteStartObject("identifier");
            if (system.Length > 0) json.WriteString("system", system);
            json.WriteString("value", id);
            json.WriteEndObject();
        }
        if (name.Length > 0) json.WriteString("display", name);
    }

    void Person(string name, Party party)
    {
        json.WriteStartObject(name);
        Named(Text(party, PartyField.Npi), FhirSystems.Npi,
            string.Join(' ', new[] { Text(party, PartyField.First), Text(party, PartyField.Name) }
                .Where(static n => n.Length > 0)));
        json.WriteEndObject();
    }

    /// <summary>The payer's number of the claim that this one replaces.</summary>
    void WriteRelated()
    {
        if (Text(ClaimText.OriginalReference) is not { Length: > 0 } original) return;
        json.WriteStartArray("related");
        json.WriteStartObject();
        json.WriteStartObject("claim");
        Named(original, "", "");
        json.WriteEndObject();
        json.Concept("relationship", "http://terminology.hl7.org/CodeSystem/ex-relatedclaimrelationship", "prior");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    static readonly (Party Party, string Role)[] Team =
        [(Party.Rendering, "primary"), (Party.Attending, "primary"), (Party.Supervising, "supervisor"),
            (Party.Ordering, "other"), (Party.Referring, "other")];

    void WriteCareTeam()
    {
        var members = Team.Where(t => claim.Has(t.Party)).ToList();
        if (members.Count == 0) return;
        json.WriteStartArray("careTeam");
        for (var i = 0; i < members.Count; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("sequence", i + 1);
            Person("provider", members[i].Party);
            json.Concept("role", FhirSystems.CareTeamRole, members[i].Role);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    void WriteDiagnoses()
    {
        if (claim.DiagnosisCount == 0) return;
        json.WriteStartArray("diagnosis");
        for (var i = 0; i < claim.DiagnosisCount; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("sequence", i + 1);
            json.Concept("diagnosisCodeableConcept", FhirSystems.Icd10, claim.Diagnoses[i].ToDiagnosis());
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    void WriteInsurance()
    {
        json.WriteStartArray("insurance");
        json.WriteStartObject();
        json.WriteNumber("sequence", 1);
        json.WriteBoolean("focal", true);
        json.Reference("coverage", "#coverage");
        if (Text(ClaimText.PriorAuthorization) is { Length: > 0 } number) Texts("preAuthRef", [number]);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    void WriteLines()
    {
        if (claim.Lines.IsEmpty) return;
        json.WriteStartArray("item");
        var sequence = 0;
        foreach (ref readonly var line in claim.Lines) WriteLine(line, ++sequence);
        json.WriteEndArray();
    }

    void WriteLine(in ServiceLine line, int sequence)
    {
        json.WriteStartObject();
        json.WriteNumber("sequence", sequence);
        if (line.Pointers.Count > 0)
        {
            json.WriteStartArray("diagnosisSequence");
            for (var i = 0; i < line.Pointers.Count; i++) json.WriteNumberValue(line.Pointers[i]);
            json.WriteEndArray();
        }
        if (!line.RevenueCode.IsNone) json.Concept("revenue", FhirSystems.Revenue, line.RevenueCode.ToString());
        WriteProduct(line);
        if (!line.Modifiers.IsEmpty)
        {
            json.WriteStartArray("modifier");
            for (var i = 0; i < line.Modifiers.Count; i++)
            {
                json.WriteStartObject();
                var modifier = line.Modifiers[i].ToString();
                json.Coding((modifier.All(char.IsAsciiDigit) ? FhirSystems.Cpt : FhirSystems.Hcpcs, modifier));
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        if (line.Date != default) json.WriteString("servicedDate", line.Date.Iso());
        var place = line.PlaceOfService.IsNone ? claim.PlaceOfService : line.PlaceOfService;
        if (!place.IsNone) json.Concept("locationCodeableConcept", FhirSystems.Place, place.ToString());
        json.WriteStartObject("quantity");
        json.WritePropertyName("value");
        json.WriteRawValue(line.Units.ToString());
        json.WriteEndObject();
        if (line.Charge is { } charge) json.Dollars("net", charge.ToString());
        WriteNdc(line);
        json.WriteEndObject();
    }

    void WriteProduct(in ServiceLine line)
    {
        json.WriteStartObject("productOrService");
        if (line.Code.IsNone) json.WriteString("text", "no code");
        else json.Coding((FhirSystems.OfProcedure(line.Code.ToString()), line.Code.ToString()));
        json.WriteEndObject();
    }

    /// <summary>The drug's NDC and its quantity are a detail of the line.</summary>
    void WriteNdc(in ServiceLine line)
    {
        if (line.Ndc.IsNone) return;
        json.WriteStartArray("detail");
        json.WriteStartObject();
        json.WriteNumber("sequence", 1);
        json.Concept("productOrService", FhirSystems.Ndc, line.Ndc.ToString());
        if (line.NdcQuantity != Quantity.Zero)
        {
            json.WriteStartObject("quantity");
            json.WritePropertyName("value");
            json.WriteRawValue(line.NdcQuantity.ToString());
            if (line.NdcUnit != NdcUnit.None) json.WriteString("unit", line.NdcUnit.ToString());
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndArray();
    }

    void WriteIdentifiers(string name, string system, string value)
    {
        json.WriteStartArray(name);
        json.WriteStartObject();
        if (system.Length > 0) json.WriteString("system", system);
        json.WriteString("value", value);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    void Texts(string name, List<string> texts)
    {
        if (texts.Count == 0) return;
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
