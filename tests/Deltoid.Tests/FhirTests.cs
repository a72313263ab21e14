using System.Buffers;
using System.Text;
using Deltoid.Books;
using Deltoid.Charting;
using Deltoid.Codes;
using Deltoid.Encounters;
using Deltoid.Fhir;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>Encounters to FHIR and back, and what is not in FHIR's Bundles for us.</summary>
public sealed class FhirTests
{
    static readonly CodeBook Book = StarterBook.Open();

    internal static byte[] Written(string encounter)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = ResultJson.Writer(text, indented: true))
            BundleWriter.Write(Encoding.UTF8.GetBytes(encounter), json);
        return text.WrittenSpan.ToArray();
    }

    static string Coded(ReadOnlyMemory<byte> encounter)
    {
        var text = new ArrayBufferWriter<byte>();
        var visit = CodedVisit.Of(EncounterJson.Read(encounter, ""), Book, new Scrubber(Edits.Shipped.Edits));
        using (var json = ResultJson.Writer(text, indented: true)) ResultJson.Write(visit, json);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    static void ComesBack(string encounter)
    {
        var bundle = Written(encounter);
        var read = BundleReader.Read(bundle);
        Assert.Equal(Coded(Encoding.UTF8.GetBytes(encounter)), Coded(read.Encounter));
        Assert.Empty(read.Notes);
    }

    /// <summary>Each object of an encounter with every field that its table has.</summary>
    [Fact]
    public void Every_field_comes_back()
    {
        ComesBack(EncounterJsonTests.Everything);
        var again = BundleReader.Read(Written(EncounterJsonTests.Everything)).Encounter;
        Assert.Equal(FieldsOf(Encoding.UTF8.GetBytes(EncounterJsonTests.Everything)), FieldsOf(again));
    }

    /// <summary>The pointers of all values.</summary>
    static List<string> FieldsOf(byte[] encounter)
    {
        var paths = new List<string>();
        var open = new Stack<FhirNode>([FhirTree.Read(encounter).Root]);
        while (open.TryPop(out var node))
        {
            // the two ways to write an amount are one field
            if (!node.Children.Any() || node.Name is "containerAmount" or "concentration" or "dose")
                paths.Add(node.Path);
            else foreach (var child in node.Children) open.Push(child);
        }
        return [.. paths.Order()];
    }

    /// <summary>Values of each field, among them some that are charted and not understood.</summary>
    static readonly Dictionary<string, string[]> Tried = new()
    {
        ["encounter.placeOfService"] = ["\"11\"", "\"22\"", "\"office\""],
        ["encounter.setting"] = ["\"professional\"", "\"facility\"", "\"?\""],
        ["encounter.offCampus"] = ["\"excepted\""],
        ["encounter.diagnoses"] = ["[\"D51.0\"]", "[\"E11.9\", \"I10\"]", "[\"not a code\", \"I10\"]", "[]"],
        ["encounter.counseling"] = ["true", "\"yes\"", "false"],
        ["encounter.vascularAccesses"] = ["2", "\"2\""],
        ["encounter.priorAuthorization"] = ["\"A-1\""],
        ["encounter.history"] = ["""[ { "date": "2026-01-05", "code": "96372" } ]""",
            """[ { "date": "2026-01-05", "code": "96372", "units": 2, "provider": "1234567893" }, { "code": "J3420" } ]""",
            """[ { "date": "2026-03-02", "code": "96372", "units": 3 } ]"""],
        ["encounter.billing"] = ["""{ "id": "P1", "subscriber": { "name": "Doe", "first": "A" } }"""],
        ["payer.kind"] = ["\"medicare\"", "\"Part B\"", "\"commercial\"", "\"?\""], ["payer.id"] = ["\"PAY1\""],
        ["payer.state"] = ["\"IL\""], ["payer.locality"] = ["\"06102-16\"", "\"Chicago\""],
        ["patient.birthDate"] = ["\"1958-04-09\""], ["patient.sex"] = ["\"F\"", "\"male\"", "\"X\"", "\"?\""],
        ["patient.established"] = ["true", "false", "\"no\""],
        ["provider.supervision"] = ["\"on-site\""], ["provider.role"] = ["\"ma\"", "\"RN\""],
        ["provider.billing"] = ["\"1234567893\""], ["provider.rendering"] = ["\"1245319599\"", "\"12 3\""],
        ["provider.supervising"] = ["\"1497758544\""],
        ["visits.code"] = ["\"99213\"", "\"G0439\"", "\"\"", "\"a visit\""], ["visits.separateNote"] = ["true", "false"],
        ["visits.placeOfService"] = ["\"02\""], ["visits.diagnoses"] = ["[\"I10\"]"], ["visits.modifiers"] = ["[\"95\"]"],
        ["visits.minutes"] = ["20", "\"20 min\""],
        ["procedures.code"] = ["\"20610\"", "\"G0260\"", "\"knee\"", "\"a b\""], ["procedures.site"] = ["\"right knee\""],
        ["procedures.units"] = ["2", "1.5"], ["procedures.diagnoses"] = ["[\"M17.11\"]", "[\"a b\"]"],
        ["procedures.modifiers"] = ["[\"RT\"]"],
        ["administrations.id"] = ["\"a1\""], ["administrations.drug"] = ["\"B12\"", "\"Toradol\"", "\"\\u0042\\n\""],
        ["administrations.hcpcs"] = ["\"J1885\"", "\"90686\"", "\"J 1\""],
        ["administrations.dose"] = ["\"1,000 mcg\"", "\"30 mg/1 mL\"", "\"600 mg/900 mg\"", "\"some\"",
            """{ "value": 0.3, "unit": "mg" }""", "\"1.2 million units\"", "\"2 vials\"", "\"0.5 mL\""],
        ["administrations.route"] = ["\"IM\"", "\"iv push\"", "\"under the skin\"", "\"intravitreal\""],
        ["administrations.site"] = ["\"left deltoid\"", "\"\""], ["administrations.container"] = ["\"single-dose\"", "\"vial?\""],
        ["administrations.containerAmount"] = ["\"60 mg\"", "\"600 mg/900 mg\"", """{ "value": "60", "unit": "mg" }"""],
        ["administrations.ndc"] = ["\"00517-0031-25\"", "\"0 1\""], ["administrations.lot"] = ["\"X1\"", "\"a b\""],
        ["administrations.expires"] = ["\"2027-02\"", "\"2027-02-28\"", "\"20270228\""],
        ["administrations.purpose"] = ["\"therapeutic\"", "\"vaccine\"", "\"?\""], ["administrations.source"] = ["\"stock\"", "\"vfc\""],
        ["administrations.diagnoses"] = ["[\"D51.0\"]", "[\"x y\"]", "[]"],
        ["administrations.start"] = ["\"09:00\"", "\"9:05 AM\""], ["administrations.stop"] = ["\"10:15\""],
        ["administrations.minutes"] = ["75", "\"75 min\""],
        ["administrations.discarded"] = ["\"none\"", "0", "\"15 mg\"", """{ "value": 15, "unit": "mg" }"""],
        ["administrations.given"] = ["false", "true", "\"no\""], ["administrations.syringe"] = ["\"s1\""],
        ["administrations.splitDose"] = ["true"], ["administrations.target"] = ["\"right knee\""],
        ["administrations.muscles"] = ["3", "\"three\""], ["administrations.lesions"] = ["2"],
        ["administrations.lastGiven"] = ["\"2026-01-05\""],
        ["administrations.concentration"] = ["\"30 mg/mL\"", "\"1000 mcg/1 mL\"", "\"1%\"", "\"1:1000\"", "\"30 mg per mL\"",
            """{ "value": 30, "unit": "mg", "per": "mL" }"""],
        ["administrations.volume"] = ["\"1 mL\"", """{ "value": 1, "unit": "mL" }"""],
        ["administrations.order"] = ["true", "\"standing order\"", "{}", """{ "by": "Dr. A", "on": "2026-01-05" }""",
            """{ "by": true, "standing": true }""", """{ "on": "2026-01-05", "standing": "no" }"""],
        ["administrations.performer"] = ["\"J. Doe, RN\"", "true", """{ "role": "ma", "name": "A" }"""],
        ["administrations.needle"] = ["\"23G\"", "true"], ["administrations.observed"] = ["15"],
        ["administrations.response"] = ["\"well\"", "true"], ["administrations.instructions"] = ["\"in writing\""],
        ["administrations.consent"] = ["true"], ["administrations.indication"] = ["\"low B12\"", "true"],
        ["administrations.whyNotOral"] = ["\"malabsorption\"", """{ "reason": [1, null, "a\"b"] }"""],
        ["administrations.witness"] = ["\"RN\""], ["administrations.checked"] = ["true"],
        ["administrations.doseConfirmed"] = ["true"], ["administrations.guidance"] = ["\"ultrasound\""],
        ["administrations.notice"] = ["\"signed\""],
    };

    static string AnyObject(Random random, string part) => "{" + string.Join(", ", Tried.Keys
        .Where(k => k.StartsWith(part + ".", StringComparison.Ordinal) && random.Next(3) > 0)
        .Select(k => $"\"{k[(part.Length + 1)..]}\": {Tried[k][random.Next(Tried[k].Length)]}")) + "}";

    internal static string AnyEncounter(Random random)
    {
        string List(string part) => "[" + string.Join(", ", Enumerable.Range(0, random.Next(3))
            .Select(_ => AnyObject(random, part))) + "]";
        return AnyObject(random, "encounter")[..^1].TrimEnd() is var own && own.Length > 1
            ? $"{own}, {Rest()}" : $"{{ {Rest()}";
        string Rest() => $$"""
            "serviceDate": "2026-03-02", "payer": {{AnyObject(random, "payer")}},
            "patient": {{AnyObject(random, "patient")}}, "provider": {{AnyObject(random, "provider")}},
            "visits": {{List("visits")}}, "procedures": {{List("procedures")}},
            "administrations": {{List("administrations")}} }
            """;
    }

    [Fact]
    public void Any_encounter_comes_back_and_is_coded_the_same()
    {
        var faults = new List<string>();
        for (var seed = 0; seed < 400 && faults.Count < 5; seed++)
        {
            var encounter = AnyEncounter(new Random(seed));
            try { ComesBack(encounter); }
            catch (Exception e) when (e is Xunit.Sdk.XunitException or InputException)
            {
                faults.Add($"seed {seed}: {encounter}\n{e.Message}");
            }
        }
        Assert.True(faults.Count == 0, string.Join("\n\n", faults));
    }

    /// <summary>The values above are of every field of the encounter, and the page has a row for each.</summary>
    [Fact]
    public void Every_field_is_tried_and_has_a_row_on_the_page()
    {
        var page = Repository.Read("docs/encounter-fhir.md");
        var open = new Queue<(string Prefix, JsonType Type)>([("encounter", EncounterJson.EncounterType)]);
        var fields = new List<string>();
        while (open.TryDequeue(out var next))
            foreach (var field in next.Type.Fields!.Fields)
            {
                var of = field.Type.Kind == JsonKind.List ? field.Type.Of[0] : field.Type;
                if (of.Kind == JsonKind.Object && field.Name is "payer" or "patient" or "provider" or "visits"
                    or "procedures" or "administrations")
                    open.Enqueue((field.Name, of));
                else if (field.Name is not ("serviceDate" or "visit")) fields.Add($"{next.Prefix}.{field.Name}");
            }
        Assert.Equal(fields.Order(), Tried.Keys.Order());
        Assert.All(fields, f => Assert.Contains(f[(f.IndexOf('.') + 1)..], page));
    }
}
