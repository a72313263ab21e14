using System.Text;
using System.Text.Json;
using Deltoid.Books;
using Deltoid.Charting;
using Deltoid.Edits;
using Deltoid.Fhir;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>
/// Exports of whole charts: several visits, claims of other days, charges as Procedures, mixtures, words without codes.
/// </summary>
public sealed class FhirExportTests
{
    const string Shot = "\"id\": \"a1\", \"status\": \"completed\"", Procedure = "\"code\": \"81025\"",
        Cpt = "\"system\": \"http://www.ama-assn.org/go/cpt\", ", Funding = "\"fundingSource\": { \"coding\": [ { \"code\": "
        + "\"private\" } ] }", Dosage = "\"dosage\": { \"text\": \"1 mL IM once\", ";

    static ForeignVisit Read(string bundle, bool isPartial = false) =>
        BundleReader.Read(FhirTree.Read(Encoding.UTF8.GetBytes(bundle)), StarterBook.Open(), isPartial);

    static string With(string was, string now)
    {
        Assert.Contains(was, FhirForeignTests.Visit, StringComparison.Ordinal);
        return FhirForeignTests.Visit.Replace(was, now, StringComparison.Ordinal);
    }

    /// <summary>The visit with one more resource.</summary>
    static string And(string resource) => FhirForeignTests.Visit.Replace("\"entry\": [",
        $"\"entry\": [ {{ \"resource\": {resource} }},", StringComparison.Ordinal);

    static JsonElement Json(ForeignVisit read) => JsonDocument.Parse(read.Encounter).RootElement;

    static string Field(JsonElement one, string name) =>
        one.TryGetProperty(name, out var value) ? value.GetRawText() : "";

    static void Says(ForeignVisit read, string words) =>
        Assert.Contains(read.Notes, n => n.Message.Contains(words, StringComparison.OrdinalIgnoreCase));

    const string Other = """
        { "resourceType": "Encounter", "id": "e2", "status": "finished", "subject": { "reference": "Patient/p1" },
          "period": { "start": "2026-02-02T09:00:00-06:00" } }
        """;

    [Fact]
    public void Of_several_visits_the_one_is_read_to_which_what_was_given_points()
    {
        var read = Read(And(Other));
        Assert.Equal("2026-03-02", Json(read).GetProperty("serviceDate").GetString());
        Says(read, "Encounter is left out");
        // a diagnosis of another visit does not make it two
        Assert.Equal("2026-03-02", Json(Read(And(Other).Replace("\"id\": \"x2\", ",
            "\"id\": \"x2\", \"encounter\": { \"reference\": \"Encounter/e2\" }, ", StringComparison.Ordinal)))
            .GetProperty("serviceDate").GetString());
        Assert.Contains("several Encounters", Assert.Throws<InputException>(static () => Read(And(Other).Replace(
            "\"effectiveDateTime\": \"2026-02-02\"", "\"context\": { \"reference\": \"Encounter/e2\" }",
            StringComparison.Ordinal))).Message, StringComparison.Ordinal);
    }

    static string Claim(string more) => $$"""
        { "resourceType": "Claim", "id": "k1", "use": "claim", "provider": { "identifier": {
          "system": "http://hl7.org/fhir/sid/us-npi", "value": "1000000004" } },
          "insurance": [ { "preAuthRef": [ "PA-1" ] } ], {{more}} }
        """;

    [Theory]
    [InlineData("\"status\": \"active\", \"item\": [ { \"servicedDate\": \"2026-01-05\" } ]", false)]
    [InlineData("\"status\": \"active\", \"billablePeriod\": { \"start\": \"2026-01-05\" }", false)]
    [InlineData("\"status\": \"cancelled\", \"item\": [ { \"servicedDate\": \"2026-03-02\" } ]", false)]
    [InlineData("\"status\": \"draft\"", false)]
    [InlineData("\"status\": \"active\", \"item\": [ { \"servicedDate\": \"2026-01-05\" }, { \"servicedDate\": \"2026-03-02\" } ]", true)]
    [InlineData("\"status\": \"active\", \"item\": [ { \"servicedPeriod\": { \"start\": \"2026-03-02\" } } ]", true)]
    [InlineData("\"status\": \"active\"", true)]
    public void A_claim_of_another_day_says_nothing_of_this_visit(string more, bool isRead)
    {
        var read = Read(And(Claim(more)));
        Assert.Equal(isRead ? "\"PA-1\"" : "", Field(Json(read), "priorAuthorization"));
        Assert.Equal(isRead ? "\"1000000004\"" : "", Field(Json(read).GetProperty("provider"), "billing"));
        if (!isRead) Says(read, "Claim is left out");
    }

    /// <summary>The words of a dosage, what is coded beside them, and what is read.</summary>
    [Theory]
    [InlineData("60 mg, Intramuscular, Once", "", "60 mg", "im")]
    [InlineData("1,000 mcg SC", "", "1,000 mcg", "sc")]
    [InlineData("0.5mL IM left deltoid", "", "0.5 mL", "im")]
    [InlineData("1 mL (1,000 mcg) IM", "", "", "im")]
    [InlineData("5 mg/kg intravenous over 2 hours", "", "", "iv")]
    [InlineData("one vial as directed", "", "", "")]
    [InlineData("30 mg IM or IV", "", "30 mg", "")]
    [InlineData("60 mg, Intramuscular, Once", "\"dose\": { \"value\": 60, \"unit\": \"mg\" }", "60 mg", "im")]
    [InlineData("1 mL (60 mg) IM", "\"dose\": { \"value\": 60, \"unit\": \"mg\" }", "60 mg", "im")]
    [InlineData("5 mg/kg IV", "\"dose\": { \"value\": 400, \"unit\": \"mg\" }", "400 mg", "iv")]
    [InlineData("60 mg, Intramuscular, Once", "\"dose\": { \"value\": 30, \"unit\": \"mg\" }", "", "im")]
    [InlineData("1000 mcg IM", "\"dose\": { \"value\": 1, \"unit\": \"mg\" }", "1 mg", "im")]
    public void Words_of_a_dosage_are_read_where_they_are_clear(string text, string coded, string dose, string route)
    {
        var from = FhirForeignTests.Visit.IndexOf(Dosage, StringComparison.Ordinal);
        var end = FhirForeignTests.Visit.IndexOf("\"code\": \"ug\" } } } },", StringComparison.Ordinal);
        var read = Read(FhirForeignTests.Visit[..from] + $"\"dosage\": {{ \"text\": \"{text}\""
            + (coded.Length > 0 ? ", " + coded : "") + FhirForeignTests.Visit[(end + "\"code\": \"ug\" }".Length)..]);
        var given = Json(read).GetProperty("administrations")[0];
        Assert.Equal(dose, Field(given, "dose").Trim('"'));
        Assert.Equal(route, Field(given, "route").Trim('"'));
        if (dose.Length == 0) Says(read, "the dose, which");
    }

    /// <summary>Who paid for the dose, who the child is, and what is billed of it; null where all is left out.</summary>
    [Theory]
    [InlineData("public", "V02", "2020-04-09", "vfc")]
    [InlineData("", "V02", "2020-04-09", "vfc")]
    [InlineData("", "uninsured", "2020-04-09", "vfc")]
    [InlineData("", "V01", "2020-04-09", "")]
    [InlineData("VXC51", "V04", "2020-04-09", "vfc")]
    [InlineData("PHC70", "V01", "2020-04-09", "stock")]
    [InlineData("private", "V02", "2020-04-09", "stock")]
    [InlineData("public", "V01", "2020-04-09", "state-supplied")]
    [InlineData("VXC51", "V01", "2020-04-09", null)]
    [InlineData("", "V03", "1980-01-01", null)]
    public void Who_the_child_is_counts_where_nobody_says_who_paid(string paid, string eligible, string born,
        string? source)
    {
        var read = Read(With(Funding, (paid.Length > 0 ? $"\"fundingSource\": {{ \"coding\": [ {{ \"code\": \"{paid}\" }} ] }}, "
            : "") + "\"programEligibility\": [ { \"coding\": [ { \"system\": "
            + $"\"urn:oid:2.16.840.1.113883.12.64\", \"code\": \"{eligible}\" }} ] }} ]").Replace("1958-04-09", born,
            StringComparison.Ordinal));
        var given = Json(read).GetProperty("administrations");
        Assert.Equal(source is null ? 1 : 2, given.GetArrayLength());
        if (source is null) Says(read, "who paid for it");
        else Assert.Equal(source, Field(given[1], "source").Trim('"'));
    }

    /// <summary>A Procedure that is the charge of what was given, the visit, a drug alone.</summary>
    [Theory]
    [InlineData("96372", "", "", "coded from its administration")]
    [InlineData("90471", "", "", "coded from its administration")]
    [InlineData("99214", "", "99213 99214", "")]
    [InlineData("20610", "20610", "", "")]
    public void A_charge_beside_what_was_given_is_not_billed_twice(string code, string procedures, string visits,
        string says)
    {
        var read = Read(With(Procedure, $"\"code\": \"{code}\""));
        string Codes(string name) => string.Join(' ', Json(read).TryGetProperty(name, out var all)
            ? all.EnumerateArray().Select(static one => one.GetProperty("code").GetString()) : []);
        Assert.Equal(procedures, Codes("procedures"));
        Assert.Equal(visits.Length > 0 ? visits : "99213", Codes("visits"));
        if (says.Length > 0) Says(read, says);
    }

    [Theory, InlineData("http://terminology.hl7.org/CodeSystem/HCPCS-all-codes"),
        InlineData("http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"),
        InlineData("https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets")]
    public void The_code_of_a_drug_without_its_administration_is_named(string system)
    {
        var read = Read(With(Cpt + Procedure, $"\"system\": \"{system}\", \"code\": \"J3420\"")
            .Replace("\"status\": \"completed\",\n    \"contained\"", "\"status\": \"unknown\", \"contained\"",
                StringComparison.Ordinal).Replace(Shot, "\"id\": \"a1\", \"status\": \"unknown\"", StringComparison.Ordinal)
            .Replace("\"id\": \"i1\", \"status\": \"completed\"", "\"id\": \"i1\"", StringComparison.Ordinal));
        Assert.Equal("", Field(Json(read), "procedures"));
        Says(read, "a drug without its administration");
    }

    [Theory]
    [InlineData("0517-0031-25", "00517-0031-25")]
    [InlineData("00517003125", "00517-0031-25")]
    [InlineData("00409-3795-01", "")]
    public void One_package_may_be_written_twice(string other, string ndc) => Assert.Equal(ndc, Field(Json(Read(With(
        "\"code\": \"00517-0031-25\" }", "\"code\": \"00517-0031-25\" }, { \"system\": \"http://hl7.org/fhir/sid/ndc\", "
        + $"\"code\": \"{other}\" }}"))).GetProperty("administrations")[0], "ndc").Trim('"'));

    [Theory]
    [InlineData(Shot, Shot + ", \"statusReason\": [ { \"text\": \"Patient refused\" } ]")]
    [InlineData("\"id\": \"i1\", \"status\": \"completed\"",
        "\"id\": \"i1\", \"status\": \"completed\", \"statusReason\": { \"text\": \"parent declined\" }")]
    public void A_reason_why_it_was_not_given_contradicts_the_status(string was, string now)
    {
        var read = Read(With(was, now));
        Assert.Equal(1, Json(read).GetProperty("administrations").GetArrayLength());
        Says(read, "its reason why it was not");
    }

    [Fact]
    public void An_end_that_is_the_start_is_no_end()
    {
        var same = Read(With("\"end\": \"2026-03-02T09:11:00-06:00\"", "\"end\": \"2026-03-02T09:10:00-06:00\""));
        Assert.Equal(("\"09:10\"", ""), (Field(Json(same).GetProperty("administrations")[0], "start"),
            Field(Json(same).GetProperty("administrations")[0], "stop")));
        var utc = Read(With("\"start\": \"2026-03-02T09:10:00-06:00\", \"end\": \"2026-03-02T09:11:00-06:00\"",
            "\"start\": \"2026-03-02T15:10:00Z\", \"end\": \"2026-03-02T15:10:00Z\""));
        Assert.Equal("", Field(Json(utc).GetProperty("administrations")[0], "minutes"));
    }

    /// <summary>Who gave it and the order, where they are not in the Bundle: named, or charted where it is known to be
    /// a part.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public void What_is_pointed_to_and_missing_is_named(bool isPartial)
    {
        var read = Read(With("\"actor\": { \"reference\": \"Practitioner/n1\" }",
            "\"actor\": { \"reference\": \"Practitioner/n9\" }").Replace("\"reference\": \"MedicationRequest/r1\"",
            "\"reference\": \"MedicationRequest/r9\"", StringComparison.Ordinal)
            .Replace("\"condition\": { \"reference\": \"Condition/x1\" }", "\"condition\": { \"reference\": \"Condition/x9\" }",
                StringComparison.Ordinal), isPartial);
        var given = Json(read).GetProperty("administrations")[0];
        Assert.Equal(isPartial ? ("true", "true") : ("", ""), (Field(given, "performer"), Field(given, "order")));
        Says(read, "a diagnosis, which is not in the Bundle");
        if (isPartial) return;
        Says(read, "who gave it, which is not in the Bundle");
        Says(read, "the order, which is not in the Bundle");
    }

    [Fact]
    public void What_has_no_field_is_said_once_with_its_places()
    {
        var notes = Read(FhirForeignTests.Visit).Notes;
        var (note, places) = Assert.Single(ReadingNote.Shown(notes), static n => n.Note.Message
            == "this has no field in an encounter");
        Assert.Equal(note.At, places[0]);
        Assert.Equal(notes.Count(static n => n.Message == "this has no field in an encounter"), places.Count);
        Assert.True(places.Count > 2);
    }

    static string Mixed(string name, string dose, params (string Drug, string Of, string Per)[] parts) => With(
        "\"contained\": [ { \"resourceType\": \"Medication\", \"id\": \"m\", \"code\": { \"coding\": [ { \"system\": "
        + "\"http://hl7.org/fhir/sid/ndc\", \"code\": \"00517-0031-25\" } ], \"text\": \"cyanocobalamin\" },",
        "\"contained\": [ { \"resourceType\": \"Medication\", \"id\": \"m\", "
        + (name.Length > 0 ? $"\"code\": {{ {name} }}, " : "") + "\"ingredient\": [ " + string.Join(", ", parts.Select(p =>
            $"{{ \"itemCodeableConcept\": {{ \"text\": \"{p.Drug}\" }}, \"strength\": {{ \"numerator\": {Amount(p.Of)}, "
            + $"\"denominator\": {Amount(p.Per)} }} }}")) + " ],").Replace("\"form\": { \"text\": \"single-dose\" }, \"amount\": "
        + "{ \"numerator\": { \"value\": 1000, \"unit\": \"mcg\" }, \"denominator\": { \"value\": 1 } },", "",
        StringComparison.Ordinal).Replace("\"dose\": { \"value\": 1000, \"system\": \"http://unitsofmeasure.org\", \"code\": "
        + "\"ug\" }", $"\"dose\": {Amount(dose)}", StringComparison.Ordinal).Replace(Dosage, "\"dosage\": { ",
        StringComparison.Ordinal);

    static string Amount(string text) => $"{{ \"value\": {text.Split(' ')[0]}, \"unit\": \"{text.Split(' ')[1]}\" }}";

    static string Lines(ForeignVisit read)
    {
        var visit = CodedVisit.Of(EncounterJson.Read(read.Encounter, ""), StarterBook.Open(),
            new Scrubber(Shipped.Edits));
        var lines = new List<string>();
        foreach (ref readonly var line in visit.Claim.Lines)
            if (line.Code.ToString() is ['J', ..] or "96372") lines.Add($"{line.Code} {line.Units}");
        return string.Join(", ", lines);
    }

    /// <summary>
    /// Two drugs of one syringe, each with its strength in all that was given, are two lines and one injection.
    /// </summary>
    [Theory, InlineData("\"text\": \"B12/ketorolac\""), InlineData("")]
    public void Two_drugs_of_a_mixture_are_two_drugs_of_one_injection(string name)
    {
        var read = Read(Mixed(name, "2 mL", ("cyanocobalamin", "1000 mcg", "2 mL"), ("ketorolac", "30 mg", "2 mL")));
        Assert.Equal("96372 1, J3420 1, J1885 2", Lines(read));
        var given = Json(read).GetProperty("administrations");
        Assert.Equal(Field(given[0], "syringe"), Field(given[1], "syringe"));
    }

    /// <summary>One product of two drugs, a strength that may be a vial's, a drug that the book does not know: no two
    /// drugs.</summary>
    [Theory]
    [InlineData("\"text\": \"ampicillin-sulbactam (Unasyn)\"", "8 mL", "ampicillin", "8 mL", "sulbactam", "8 mL", 0)]
    [InlineData("", "8 mL", "ampicillin", "8 mL", "sulbactam", "8 mL", 0)]
    [InlineData("\"text\": \"Kenalog/lidocaine\"", "2 mL", "triamcinolone acetonide", "1 mL", "lidocaine 1%", "1 mL", 2)]
    [InlineData("\"text\": \"wellness mix\"", "1 mL", "taurine", "1 mL", "cyanocobalamin", "1 mL", 2)]
    [InlineData("\"coding\": [ { \"system\": \"http://hl7.org/fhir/sid/ndc\", \"code\": \"00049-0014-83\" } ]", "8 mL",
        "cyanocobalamin", "8 mL", "ketorolac", "8 mL", 0)]
    public void A_product_and_what_is_not_clear_is_no_mixture(string name, string dose, string one, string perOne,
        string two, string perTwo, int named)
    {
        var read = Read(Mixed(name, dose, (one, "2 g", perOne), (two, "1 g", perTwo)));
        Assert.Equal(2, Json(read).GetProperty("administrations").GetArrayLength()); // it, and the vaccine
        Assert.Equal("", Field(Json(read).GetProperty("administrations")[0], "syringe"));
        Assert.Equal(named, read.Notes.Count(static n => n.Message.Contains("mixture", StringComparison.Ordinal)));
    }
}
