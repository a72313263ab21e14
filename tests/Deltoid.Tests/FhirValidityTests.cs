using System.Buffers;
using System.Diagnostics;
using System.Text;
using Deltoid.Books;
using Deltoid.Charting;
using Deltoid.Fhir;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>
/// Each kind of resource that leaves is valid FHIR R4, by Firely's validator and by that of Medplum.
/// </summary>
public sealed class FhirValidityTests(FhirValidator validator) : IClassFixture<FhirValidator>
{
    static readonly DateOnly Today = new(2026, 3, 5);

    static byte[] Write(string json)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = ResultJson.Writer(text, indented: true))
            FhirDocument.Write(Encoding.UTF8.GetBytes(json), Today, writer);
        return text.WrittenSpan.ToArray();
    }

    static byte[] Outcome(Action<System.Text.Json.Utf8JsonWriter> write)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = ResultJson.Writer(text, indented: true)) write(writer);
        return text.WrittenSpan.ToArray();
    }

    static string Example(string name) => File.ReadAllText(Path.Combine(Repository.Root, "examples", name));

    static string Result(string example)
    {
        var visit = CodedVisit.Of(EncounterJson.Read(Encoding.UTF8.GetBytes(Example(example)), ""), StarterBook.Open(),
            new Scrubber(Edits.Shipped.Edits));
        return Encoding.UTF8.GetString(Outcome(json => ResultJson.Write(visit, json)));
    }

    const string Paid = """
        { "remittance": { "trace": "EFT1", "produced": "2026-02-20", "payer": { "name": "Part B" }, "payee": { "npi": "1234567893" } },
          "payments": [ { "id": "P001", "status": "1", "charge": 50.50, "paid": 12.29, "patientOwes": 3.07, "payerControl": "CM1",
            "subscriber": { "id": "1EG4TE5MK73" }, "adjustments": [ { "group": "CO", "reason": "253", "amount": 0.31 } ],
            "lines": [ { "number": 1, "procedure": { "kind": "HC", "code": "96372", "modifiers": [ "59" ] }, "charge": 38.00, "paid": 12.29, "allowed": 15.36,
              "adjustments": [ { "group": "CO", "reason": "45", "amount": 22.64 }, { "group": "PR", "reason": "2", "amount": 3.07 } ] },
              { "number": 2, "procedure": { "kind": "HC", "code": "J3420" }, "charge": 12.50, "paid": 0.00, "adjustments": [ { "group": "CO", "reason": "197", "amount": 12.50 } ] } ] } ] }
        """;

    const string Answered = """
        { "claim": "P001", "payerControl": "CM1", "kind": "denial", "rootCause": { "id": "DN-10", "words": "the number was left off the claim" }, "patientOwes": 0.00,
          "posting": [ { "line": 1, "kind": "denial-pending", "group": "CO", "reason": "197", "amount": 38.00 }, { "line": 2, "kind": "payment", "amount": 5.00 } ] }
        """;

    static List<(string Name, byte[] Resource)> All()
    {
        var all = new List<(string, byte[])>
        {
            ("everything", Write(EncounterJsonTests.Everything)),
            ("bare", Write("""{ "serviceDate": "2026-03-02" }""")),
            ("paid", Write(Paid)), ("answered", Write(Answered)),
            ("refusal", Outcome(static json => OutcomeResource.Write(new InputException("Claim.use", "no", "yes",
                new InputException("/a/b", "other", "thing")), json))),
        };
        foreach (var example in (string[])["b12-shot.json", "b12-shot-billing.json", "infliximab-premedication.json",
            "emergency-hospital.json", "child-well-visit.json", "unknown-drug.json"])
        {
            all.Add((example, Write(Example(example))));
            all.Add((example + " coded", Write(Result(example))));
        }
        for (var seed = 1000; seed < 1006; seed++)
            all.Add(($"seed {seed}", Write(FhirTests.AnyEncounter(new Random(seed)))));
        var read = ClaimReader.Read(Write(Result("infliximab-premedication.json")));
        var claim = new Claims.Claim();
        Claims.ClaimJson.Read(read.Claim, claim);
        var findings = new Findings.FindingList();
        var book = StarterBook.Open();
        new Scrubber(Edits.Shipped.Edits).Check(claim, book, new Binding.ClaimPayers(book).Of(claim), null, null,
            findings);
        all.Add(("findings", Outcome(json => OutcomeResource.Write(findings, claim, book, read.Notes, json))));
        all.Add(("no findings", Outcome(json => OutcomeResource.Write(new(), claim, book, [], json))));
        return all;
    }

    [Fact]
    public void Everything_that_leaves_is_valid_for_Firely()
    {
        var faults = All().SelectMany(r => validator.FaultsOf(r.Resource).Select(f => $"{r.Name}: {f}")).Distinct()
            .ToList();
        Assert.True(faults.Count == 0, string.Join("\n", faults.Take(40)));
        Assert.NotEmpty(validator.FaultsOf("""{ "resourceType": "Claim", "status": "active" }"""u8));
    }

    [Fact]
    public void Everything_that_leaves_is_valid_for_Medplum()
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(Repository.Root, "tests/browser/node_modules/@medplum")),
            "the packages of tests/browser are not installed (./test --install)");
        var folder = Directory.CreateTempSubdirectory("fhir-");
        try
        {
            var all = All();
            for (var i = 0; i < all.Count; i++)
                File.WriteAllBytes(Path.Combine(folder.FullName, $"{i:000}.json"), all[i].Resource);
            using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(Repository.Root,
                "tests/browser/fhir-valid.mjs"), folder.FullName]) { RedirectStandardOutput = true })!;
            var said = node.StandardOutput.ReadToEnd();
            node.WaitForExit();
            Assert.True(node.ExitCode == 0 && said.Contains($"{all.Count} valid", StringComparison.Ordinal), said);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A claim is the same after FHIR: its lines, its people, its findings.</summary>
    [Theory, InlineData("b12-shot-billing.json"), InlineData("infliximab-premedication.json")]
    [InlineData("emergency-hospital.json"), InlineData("knee-injections-both.json")]
    public void A_claim_comes_back(string example)
    {
        var coded = System.Text.Json.Nodes.JsonNode.Parse(Result(example))!["claim"]!;
        var read = ClaimReader.Read(Write(Result(example)));
        var again = System.Text.Json.Nodes.JsonNode.Parse(read.Claim)!;
        foreach (var name in (string[])["setting", "diagnoses", "priorAuthorization", "id", "charge"])
            Assert.Equal(coded[name]?.ToJsonString(), again[name]?.ToJsonString());
        foreach (var (line, i) in coded["lines"]!.AsArray().Select(static (l, i) => (l!.AsObject(), i)))
            foreach (var (name, value) in line)
                if (name is "code" or "modifiers" or "units" or "charge" or "date" or "diagnoses" && value is not null
                    && value.ToJsonString() != "[]")
                    Assert.Equal(value.ToJsonString(), again["lines"]![i]![name]?.ToJsonString());
    }
}
