using System.Text;
using System.Text.Json;
using Deltoid.Charting;
using Deltoid.Fhir;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>Bundles as chart systems send them, and input that is meant to harm.</summary>
public sealed class FhirForeignTests
{
    const string Nurse = """{ "reference": "Practitioner/n1" }""";

    /// <summary>A visit as a chart system of others writes it.</summary>
    internal const string Visit = """
        { "resourceType": "Bundle", "type": "searchset", "entry": [
          { "fullUrl": "https://ehr.example/fhir/Patient/p1", "resource": { "resourceType": "Patient", "id": "p1",
            "name": [ { "family": "ZZMARKER", "given": [ "Ann" ] } ], "birthDate": "1958-04-09", "gender": "female" } },
          { "fullUrl": "https://ehr.example/fhir/Coverage/c1", "resource": { "resourceType": "Coverage", "id": "c1", "status": "active",
            "type": { "coding": [ { "system": "https://nahdo.org/sopt", "code": "121" } ] }, "subscriberId": "ZZMARKER9",
            "beneficiary": { "reference": "Patient/p1" }, "payor": [ { "reference": "Organization/o1" } ] } },
          { "fullUrl": "https://ehr.example/fhir/Organization/o1", "resource": { "resourceType": "Organization", "id": "o1", "name": "Part B",
            "identifier": [ { "value": "MEDICARE-B" } ] } },
          { "fullUrl": "https://ehr.example/fhir/Location/l1", "resource": { "resourceType": "Location", "id": "l1", "status": "active",
            "type": [ { "coding": [ { "system": "https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set", "code": "11" } ] } ],
            "address": { "state": "IL" } } },
          { "fullUrl": "https://ehr.example/fhir/Practitioner/n1", "resource": { "resourceType": "Practitioner", "id": "n1",
            "qualification": [ { "code": { "text": "RN" } } ] } },
          { "fullUrl": "https://ehr.example/fhir/Practitioner/d1", "resource": { "resourceType": "Practitioner", "id": "d1",
            "identifier": [ { "system": "http://hl7.org/fhir/sid/us-npi", "value": "1245319599" } ] } },
          { "fullUrl": "https://ehr.example/fhir/Condition/x1", "resource": { "resourceType": "Condition", "id": "x1", "subject": { "reference": "Patient/p1" },
            "code": { "coding": [ { "system": "http://snomed.info/sct", "code": "84027009" }, { "system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "D51.0" } ] } } },
          { "fullUrl": "https://ehr.example/fhir/Condition/x2", "resource": { "resourceType": "Condition", "id": "x2", "subject": { "reference": "Patient/p1" },
            "code": { "coding": [ { "system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "I10" } ] } } },
          { "fullUrl": "https://ehr.example/fhir/Encounter/e1", "resource": { "resourceType": "Encounter", "id": "e1", "status": "finished",
            "class": { "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB" },
            "type": [ { "coding": [ { "system": "http://www.ama-assn.org/go/cpt", "code": "99213" } ], "text": "Established patient" } ],
            "subject": { "reference": "Patient/p1" }, "period": { "start": "2026-03-02T09:00:00-06:00" },
            "participant": [ { "type": [ { "coding": [ { "system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "code": "PPRF" } ] } ],
              "individual": { "reference": "Practitioner/d1" } } ],
            "diagnosis": [ { "condition": { "reference": "Condition/x1" }, "rank": 1 } ],
            "location": [ { "location": { "reference": "Location/l1" } } ] } },
          { "fullUrl": "https://ehr.example/fhir/MedicationAdministration/a0", "resource": { "resourceType": "MedicationAdministration", "id": "a0", "status": "completed",
            "medicationCodeableConcept": { "text": "cyanocobalamin" }, "subject": { "reference": "Patient/p1" }, "effectiveDateTime": "2026-02-02" } },
          { "fullUrl": "https://ehr.example/fhir/MedicationAdministration/a1", "resource": { "resourceType": "MedicationAdministration", "id": "a1", "status": "completed",
            "contained": [ { "resourceType": "Medication", "id": "m", "code": { "coding": [ { "system": "http://hl7.org/fhir/sid/ndc", "code": "00517-0031-25" } ], "text": "cyanocobalamin" },
              "form": { "text": "single-dose" }, "amount": { "numerator": { "value": 1000, "unit": "mcg" }, "denominator": { "value": 1 } },
              "batch": { "lotNumber": "XYZ2025", "expirationDate": "2027-03" } } ],
            "medicationReference": { "reference": "#m" }, "subject": { "reference": "Patient/p1" }, "context": { "reference": "Encounter/e1" },
            "effectivePeriod": { "start": "2026-03-02T09:10:00-06:00", "end": "2026-03-02T09:11:00-06:00" },
            "performer": [ { "actor": { "reference": "Practitioner/n1" } } ], "request": { "reference": "MedicationRequest/r1" },
            "reasonReference": [ { "reference": "Condition/x1" } ], "note": [ { "text": "ZZMARKER tolerated it" } ],
            "dosage": { "text": "1 mL IM once", "site": { "coding": [ { "system": "http://terminology.hl7.org/CodeSystem/v3-ActSite", "code": "LD" } ] },
              "route": { "coding": [ { "system": "http://snomed.info/sct", "code": "78421000", "display": "Intramuscular route" } ] },
              "dose": { "value": 1000, "system": "http://unitsofmeasure.org", "code": "ug" } } } },
          { "fullUrl": "https://ehr.example/fhir/MedicationRequest/r1", "resource": { "resourceType": "MedicationRequest", "id": "r1", "status": "active", "intent": "order",
            "medicationCodeableConcept": { "text": "cyanocobalamin" }, "subject": { "reference": "Patient/p1" }, "authoredOn": "2026-01-05", "requester": { "reference": "Practitioner/d1" } } },
          { "fullUrl": "https://ehr.example/fhir/Immunization/i1", "resource": { "resourceType": "Immunization", "id": "i1", "status": "completed",
            "vaccineCode": { "coding": [ { "system": "http://hl7.org/fhir/sid/cvx", "code": "141", "display": "influenza, seasonal" } ] },
            "patient": { "reference": "Patient/p1" }, "occurrenceDateTime": "2026-03-02", "lotNumber": "F1", "expirationDate": "2026-06-30",
            "doseQuantity": { "value": 0.5, "unit": "mL" }, "fundingSource": { "coding": [ { "code": "private" } ] } } },
          { "fullUrl": "https://ehr.example/fhir/ServiceRequest/s1", "resource": { "resourceType": "ServiceRequest", "id": "s1", "status": "active", "intent": "order",
            "code": { "coding": [ { "system": "http://www.ama-assn.org/go/cpt", "code": "20610" } ] }, "subject": { "reference": "Patient/p1" } } },
          { "fullUrl": "https://ehr.example/fhir/Procedure/q1", "resource": { "resourceType": "Procedure", "id": "q1", "status": "completed",
            "code": { "coding": [ { "system": "http://www.ama-assn.org/go/cpt", "code": "81025" } ] }, "subject": { "reference": "Patient/p1" }, "performedDateTime": "2026-03-02" } } ] }
        """;

    static ForeignVisit Read(string bundle) => BundleReader.Read(Encoding.UTF8.GetBytes(bundle));

    [Fact]
    public void A_bundle_of_a_chart_system_is_read_and_what_is_not_in_it_is_named()
    {
        var read = Read(Visit);
        var visit = JsonDocument.Parse(read.Encounter).RootElement;
        Assert.Equal("2026-03-02", visit.GetProperty("serviceDate").GetString());
        Assert.Equal("""{"state":"IL","kind":"medicare","id":"MEDICARE-B"}""", visit.GetProperty("payer").GetRawText());
        Assert.Equal("""{"birthDate":"1958-04-09","sex":"F","established":true}""",
            visit.GetProperty("patient").GetRawText());
        Assert.Equal("""["D51.0"]""", visit.GetProperty("diagnoses").GetRawText());
        Assert.Equal("""[{"code":"99213"}]""", visit.GetProperty("visits").GetRawText());
        Assert.Equal("""[{"code":"81025"}]""", visit.GetProperty("procedures").GetRawText());
        Assert.Equal("1245319599", visit.GetProperty("provider").GetProperty("rendering").GetString());
        var given = visit.GetProperty("administrations");
        Assert.Equal(2, given.GetArrayLength());
        foreach (var (field, value) in new[] { ("drug", "cyanocobalamin"), ("dose", "1000 mcg"), ("route", "im"),
            ("site", "left deltoid"), ("container", "single-dose"), ("containerAmount", "1000 mcg"),
            ("ndc", "00517-0031-25"), ("lot", "XYZ2025"), ("expires", "2027-03"), ("start", "09:10"),
            ("stop", "09:11"), ("lastGiven", "2026-02-02"), ("performer", "RN") })
            Assert.Equal(value, given[0].GetProperty(field).GetString());
        Assert.Equal("""{"by":true,"on":"2026-01-05"}""", given[0].GetProperty("order").GetRawText());
        Assert.Equal("vaccine", given[1].GetProperty("purpose").GetString());
        Assert.Equal("stock", given[1].GetProperty("source").GetString());
        // nothing is lost silently, and no value is repeated
        foreach (var at in (string[])["Bundle.entry[0].resource.name", "Bundle.entry[1].resource.subscriberId",
            "Bundle.entry[7].resource", "Bundle.entry[9].resource", "Bundle.entry[10].resource.note",
            "Bundle.entry[10].resource.dosage.text", "Bundle.entry[13].resource"])
            Assert.Contains(read.Notes, n => n.At == at);
        Assert.DoesNotContain(read.Notes, static n => n.ToString().Contains("ZZMARKER", StringComparison.Ordinal));
    }

    static void Refused(string bundle, string says) => Assert.Contains(says,
        Assert.Throws<InputException>(() => Read(bundle)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_no_visit_is_refused()
    {
        Refused("""{ "resourceType": "Patient" }""", "a resource Patient, and no Bundle");
        Refused("""{ "resourceType": "Bundle" }""", "holds no resource");
        Refused("{}", "no resource of FHIR");
        Refused("[]", "no resource of FHIR");
        Refused("null", "no resource of FHIR");
        Refused("<Bundle/>", "not JSON");
        Refused("""{ "resourceType": "Bundle", "entry": [ { "resource": { "resourceType": "Patient" } } ] }""",
            "day of the visit is missing");
        Refused("""{ "resourceType": "Bundle", "resourceType": "Bundle" }""", "comes twice");
        Refused(Visit.Replace("2026-03-02T09:00:00-06:00", "2026-03-02T03:00:00Z", StringComparison.Ordinal),
            "not sure");
    }

    [Fact]
    public void Times_in_UTC_give_minutes_and_no_clock()
    {
        var read = Read(Visit.Replace("T09:10:00-06:00", "T15:10:00Z", StringComparison.Ordinal)
            .Replace("T09:11:00-06:00", "T15:41:00Z", StringComparison.Ordinal));
        var given = JsonDocument.Parse(read.Encounter).RootElement.GetProperty("administrations")[0];
        Assert.Equal(31, given.GetProperty("minutes").GetInt32());
        Assert.False(given.TryGetProperty("start", out _));
        Assert.Contains(read.Notes, static n => n.Message.Contains("UTC", StringComparison.Ordinal));
    }

    [Fact]
    public void An_entry_in_error_and_one_that_was_not_given_are_no_shots()
    {
        var error = Read(Visit.Replace("\"id\": \"a1\", \"status\": \"completed\"",
            "\"id\": \"a1\", \"status\": \"entered-in-error\"", StringComparison.Ordinal));
        Assert.Contains(error.Notes, static n => n.Message.Contains("entered in error", StringComparison.Ordinal));
        Assert.Single(EncounterJson.Read(error.Encounter, "").Administrations);
        var held = Read(Visit.Replace("\"id\": \"a1\", \"status\": \"completed\"",
            "\"id\": \"a1\", \"status\": \"not-done\"", StringComparison.Ordinal));
        Assert.False(EncounterJson.Read(held.Encounter, "").Administrations[0].Given);
    }

    /// <summary>Depth, size, names, references in circles: an answer or a refusal.</summary>
    [Fact]
    public void Hostile_input_is_answered_or_refused()
    {
        string[] all =
        [
            new('[', 10_000), string.Concat(Enumerable.Repeat("{\"a\":", 10_000)),
            Visit.Replace("XYZ2025", new string('x', 1 << 20), StringComparison.Ordinal),
            Visit.Replace("\"#m\"", "\"#r\"", StringComparison.Ordinal),
            Visit.Replace("Practitioner/n1", "Practitioner/../../n1", StringComparison.Ordinal),
            Visit.Replace("\"value\": 1000", "\"value\": 1e999999", StringComparison.Ordinal),
            Visit.Replace("Ann", "\\ud800", StringComparison.Ordinal), "{\"resourceType\": \"Bundle\", \"entry\": 5}",
            "{\"resourceType\": \"Bundle\", \"entry\": [" + string.Join(",",
                Enumerable.Repeat("{\"resource\":{\"resourceType\":\"MedicationAdministration\",\"status\":\"completed\""
                    + ",\"effectiveDateTime\":\"2026-03-02\"}}", 20_000)) + "]}",
            "{\"resourceType\": \"Bundle\", \"entry\": [{\"resource\":{\"resourceType\":\"MedicationAdministration\","
                + "\"status\":\"completed\",\"effectiveDateTime\":\"2026-03-02\",\"contained\":["
                + string.Join(",", Enumerable.Range(0, 20_000).Select(static i =>
                    $"{{\"resourceType\":\"Condition\",\"id\":\"c{i}\"}}")) + "],\"reasonReference\":["
                + string.Join(",", Enumerable.Range(0, 20_000).Select(static i =>
                    $"{{\"reference\":\"#c{19_999 - i}\"}}")) + "]}}]}",
        ];
        foreach (var text in all)
        {
            try { Read(text); }
            catch (InputException e)
            {
                Assert.True(e.Message.Length < 300);
            }
        }
    }

    /// <summary>Bytes of a Bundle set to others: never anything but an answer or a refusal.</summary>
    [Fact]
    public void A_changed_byte_never_crashes_it()
    {
        var bundle = Encoding.UTF8.GetBytes(Visit);
        var random = new Random(5);
        for (var i = 0; i < 3_000; i++)
        {
            var changed = bundle.ToArray();
            for (var n = random.Next(1, 4); n > 0; n--)
                changed[random.Next(changed.Length)] = (byte)"\"{}[],:0a\u0000\\"[random.Next(11)];
            try { BundleReader.Read(changed); }
            catch (InputException) { }
        }
    }

    [Fact]
    public void Concepts_are_words_of_the_encounter()
    {
        foreach (var (_, code, field, word) in FhirConcepts.Rows)
            Assert.True(field switch
            {
                "route" => Words.Routes.TryRead(word, out _), "payer" => Words.PayerKinds.TryRead(word, out _),
                "unit" => Amount.UnitOf(word) != MeasureUnit.None, "site" => word.Contains(' '), _ => false,
            }, $"{field} {code} {word}");
    }
}
