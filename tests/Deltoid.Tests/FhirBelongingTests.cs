using System.Text;
using Deltoid.Charting;
using Deltoid.Encounters;
using Deltoid.Fhir;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>
/// What of a Bundle belongs to the visit: not what is another patient's, of another day or visit, only reported, not
/// given, or in doubt. Each is named.
/// </summary>
public sealed class FhirBelongingTests
{
    const string Shot = "\"id\": \"a1\", \"status\": \"completed\"", Vaccine = "\"id\": \"i1\", \"status\": \"completed\"",
        OfShot = "\"subject\": { \"reference\": \"Patient/p1\" }, \"context\": { \"reference\": \"Encounter/e1\" }",
        OfVaccine = "\"patient\": { \"reference\": \"Patient/p1\" }, \"occurrenceDateTime\": \"2026-03-02\"",
        OfProcedure = "\"subject\": { \"reference\": \"Patient/p1\" }, \"performedDateTime\": \"2026-03-02\"",
        Condition = "\"id\": \"x1\", ";

    static ForeignVisit Read(string bundle) => BundleReader.Read(Encoding.UTF8.GetBytes(bundle));

    static Encounter Visit(ForeignVisit read) => EncounterJson.Read(read.Encounter, "");

    static string With(string was, string now)
    {
        Assert.Contains(was, FhirForeignTests.Visit, StringComparison.Ordinal);
        return FhirForeignTests.Visit.Replace(was, now, StringComparison.Ordinal);
    }

    static string Sure(string status) => Condition + "\"verificationStatus\": { \"coding\": [ { \"code\": \"" + status
        + "\" } ] }, ";

    /// <summary>What is changed in a visit with a shot, a vaccine, a procedure and a diagnosis, and what is left.</summary>
    [Theory]
    [InlineData(OfShot, "\"subject\": { \"reference\": \"Patient/p2\" }", "another patient", 1, 1, 1)]
    [InlineData(OfShot, "\"subject\": { \"reference\": \"https://ehr.example/fhir/Patient/p2\" }", "another patient",
        1, 1, 1)]
    [InlineData(OfVaccine, "\"patient\": { \"reference\": \"Patient/p2\" }", "another patient", 1, 1, 1)]
    [InlineData(OfProcedure, "\"subject\": { \"reference\": \"Patient/p2\" }", "another patient", 2, 0, 1)]
    [InlineData(Condition + "\"subject\": { \"reference\": \"Patient/p1\" }",
        Condition + "\"subject\": { \"reference\": \"Patient/p2\" }", "another patient", 2, 1, 0)]
    [InlineData("\"context\": { \"reference\": \"Encounter/e1\" }", "\"context\": { \"reference\": \"Encounter/e9\" }",
        "another visit", 1, 1, 1)]
    [InlineData("\"context\": { \"reference\": \"Encounter/e1\" }",
        "\"context\": { \"reference\": \"https://other.example/fhir/Encounter/e1\" }", "another visit", 1, 1, 1)]
    [InlineData("\"context\": { \"reference\": \"Encounter/e1\" }",
        "\"context\": { \"reference\": \"EpisodeOfCare/e7\" }", "", 2, 1, 1)]
    [InlineData("\"start\": \"2026-03-02T09:10:00-06:00\", \"end\": \"2026-03-02T09:11:00-06:00\"",
        "\"start\": \"2026-09-01T09:10:00-06:00\"", "another day", 1, 1, 1)]
    [InlineData(OfProcedure, "\"performedDateTime\": \"2026-03-09\"", "another day", 2, 0, 1)]
    [InlineData(OfProcedure, "\"encounter\": { \"reference\": \"Encounter/e9\" }", "another visit", 2, 0, 1)]
    [InlineData(OfVaccine, "\"occurrenceDateTime\": \"2026-03-02\", \"primarySource\": false", "reported, and not given",
        1, 1, 1)]
    [InlineData("\"code\": \"141\"", "\"code\": \"998\"", "no vaccine was given", 1, 1, 1)]
    [InlineData(Vaccine, "\"id\": \"i1\"", "does not say that it was given", 1, 1, 1)]
    [InlineData(Shot, "\"id\": \"a1\", \"status\": \"on-hold\"", "does not say that it was given", 1, 1, 1)]
    [InlineData(Shot, "\"id\": \"a1\", \"status\": \"in-progress\"", "does not say that it was given", 1, 1, 1)]
    [InlineData(Shot, "\"id\": \"a1\", \"status\": \"stopped\"", "went in before it was stopped", 2, 1, 1)]
    [InlineData(Shot, Shot + ", \"modifierExtension\": [ { \"url\": \"https://x\", \"valueBoolean\": true } ]",
        "changes what it means", 1, 1, 1)]
    [InlineData("\"end\": \"2026-03-02T09:11:00-06:00\"", "\"end\": \"2026-03-02T09:01:00-06:00\"", "when it ended", 2, 1,
        1)]
    [InlineData("\"value\": 1000, \"system\"", "\"value\": 1000, \"unit\": \"mg\", \"system\"", "unit and code differ", 2,
        1, 1)]
    [InlineData("\"display\": \"Intramuscular route\"", "\"display\": \"Intravenous\"", "route is not understood", 2, 1, 1)]
    [InlineData("\"code\": \"78421000\", \"display\": \"Intramuscular route\"", "\"display\": \"by a dart\"",
        "route is not understood", 2, 1, 1)]
    [InlineData("\"medicationReference\": { \"reference\": \"#m\" }",
        "\"medicationReference\": { \"reference\": \"Medication/none\" }", "the drug is not understood", 2, 1, 1)]
    [InlineData("\"medicationReference\": { \"reference\": \"#m\" }",
        "\"medicationReference\": { \"reference\": \"#m\" }, \"medicationCodeableConcept\": { \"text\": \"ketorolac\" }",
        "said twice", 2, 1, 1)]
    [InlineData("\"code\": \"00517-0031-25\" }", "\"code\": \"00517-0031-25\" }, { \"system\": "
        + "\"http://hl7.org/fhir/sid/ndc\", \"code\": \"00409-3795-01\" }", "which NDC", 2, 1, 1)]
    [InlineData("\"code\": \"D51.0\" }", "\"code\": \"D51.0\" }, { \"system\": "
        + "\"http://hl7.org/fhir/sid/icd-10-cm\", \"code\": \"E53.8\" }", "which of its codes", 2, 1, 0)]
    [InlineData("\"code\": \"AMB\"", "\"code\": \"AMB\"", "", 2, 1, 1)]
    public void What_is_not_of_this_visit_is_left_out_and_named(string was, string now, string says, int given,
        int procedures, int diagnoses)
    {
        var read = Read(With(was, now));
        var visit = Visit(read);
        Assert.Equal((given, procedures, diagnoses),
            (visit.Administrations.Count, visit.Procedures.Count, visit.Diagnoses.Count));
        if (says.Length > 0)
            Assert.Contains(read.Notes, n => n.Message.Contains(says, StringComparison.OrdinalIgnoreCase));
    }

    [Theory, InlineData("refuted", 0), InlineData("entered-in-error", 0), InlineData("differential", 0),
        InlineData("provisional", 0), InlineData("unconfirmed", 0), InlineData("confirmed", 1)]
    public void A_diagnosis_in_doubt_is_none(string status, int diagnoses) =>
        Assert.Equal(diagnoses, Visit(Read(With(Condition, Sure(status)))).Diagnoses.Count);

    [Fact]
    public void A_visit_of_another_patient_is_refused() => Assert.Contains("another patient",
        Assert.Throws<InputException>(static () => Read(With(
            "\"subject\": { \"reference\": \"Patient/p1\" }, \"period\"",
            "\"subject\": { \"reference\": \"Patient/p2\" }, \"period\""))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_stopped_dose_is_not_the_dose_of_the_order() =>
        Assert.True(Visit(Read(With(Shot, "\"id\": \"a1\", \"status\": \"stopped\""))).Administrations[0].Dose.IsNone);

    [Fact]
    public void A_resource_that_comes_twice_is_one()
    {
        var from = FhirForeignTests.Visit.IndexOf("{ \"fullUrl\": \"https://ehr.example/fhir/MedicationAdministration/a1",
            StringComparison.Ordinal);
        var shot = FhirForeignTests.Visit[from..FhirForeignTests.Visit.IndexOf("{ \"fullUrl\": \"https://ehr.example/fhir/"
            + "MedicationRequest/r1", StringComparison.Ordinal)];
        var read = Read(FhirForeignTests.Visit.Insert(from, shot));
        Assert.Equal(2, Visit(read).Administrations.Count);
        Assert.Contains(read.Notes, static n => n.Message.Contains("has it already", StringComparison.Ordinal));
    }

    [Theory, InlineData("\"end\": \"2025-12-31\"", true), InlineData("\"start\": \"2026-04-01\"", true),
        InlineData("\"start\": \"2026-01-01\", \"end\": \"2026-12-31\"", false)]
    public void A_coverage_that_is_not_in_force_does_not_pay(string period, bool isOut)
    {
        var read = Read(With("\"id\": \"c1\", \"status\": \"active\"",
            $"\"id\": \"c1\", \"status\": \"active\", \"period\": {{ {period} }}"));
        Assert.Equal(isOut ? PayerKind.None : PayerKind.Medicare, Visit(read).PayerKind);
        Assert.Equal(isOut, read.Notes.Exists(static n => n.Message.Contains("not in force", StringComparison.Ordinal)));
    }

    /// <summary>Public money pays for a child's vaccine (VFC, through 18) and for some of adults, of other programs.
    /// </summary>
    [Theory, InlineData("2020-04-09", "vfc"), InlineData("2007-03-03", "vfc"), InlineData("2007-03-02", null),
        InlineData("1958-04-09", null), InlineData("9990-01-01", "vfc")]
    public void Public_funding_is_the_childrens_program_for_children_alone(string born, string? source)
    {
        var bundle = With("\"code\": \"private\"", "\"code\": \"public\"").Replace("1958-04-09", born,
            StringComparison.Ordinal);
        using var read = System.Text.Json.JsonDocument.Parse(Read(bundle).Encounter);
        Assert.Equal(source, read.RootElement.GetProperty("administrations")[1].TryGetProperty("source", out var said)
            ? said.GetString() : null);
    }

    [Theory, InlineData("EMER", true), InlineData("IMP", true), InlineData("AMB", false)]
    public void A_visit_in_a_hospital_without_its_place_is_named(string kind, bool isNamed)
    {
        var read = Read(With("\"code\": \"AMB\"", $"\"code\": \"{kind}\"").Replace(
            "\"code\": \"11\" } ] } ],", "\"code\": \"\" } ] } ],", StringComparison.Ordinal));
        Assert.Equal(isNamed, read.Notes.Exists(static n =>
            n.Message.Contains("where the visit was", StringComparison.Ordinal)));
    }
}
