using System.Text;
using System.Text.Json.Nodes;
using Deltoid.Answers;
using Deltoid.Charting;
using Deltoid.Claims;
using Deltoid.Cli;
using Deltoid.Pages;
using Deltoid.Remits;
using Deltoid.Results;
using Deltoid.Values;
using Json.Schema;

namespace Deltoid.Tests;

/// <summary>
/// The published schemas, held against an independent validator (JsonSchema.Net): what we read and write conforms, what
/// we refuse does not.
/// </summary>
public sealed class SchemaTests
{
    static readonly EvaluationOptions Strict = new()
    {
        RequireFormatValidation = true, OutputFormat = OutputFormat.List
    };

    static readonly Dictionary<string,
        JsonSchema> All = Schemas.Names.ToDictionary(static n => n,
            static n => JsonSchema.FromText(SchemaFiles.SchemaOf(n)));

    static bool IsValid(string schema, JsonNode? document) => All[schema].Evaluate(document, Strict).IsValid;

    static void AssertValid(string schema, string json, string of = "")
    {
        var result = All[schema].Evaluate(JsonNode.Parse(json), Strict);
        if (result.IsValid) return;
        var errors = result.Details.Where(static d => d.HasErrors)
            .SelectMany(static d => d.Errors!.Select(e => $"{d.InstanceLocation}: {e.Value}"));
        Assert.Fail($"{of}\n{string.Join('\n', errors)}\n{json[..Math.Min(json.Length, 2000)]}");
    }

    [Fact]
    public void Each_is_a_schema_and_the_command_prints_it()
    {
        foreach (var name in Schemas.Names)
        {
            Assert.True(MetaSchemas.Draft202012.Evaluate(JsonNode.Parse(SchemaFiles.SchemaOf(name))).IsValid, name);
            Assert.Equal(SchemaFiles.SchemaOf(name), CommandLine.RunWith("", "schema", name).Out);
        }
        Assert.Equal(Exit.Usage, CommandLine.RunWith("", "schema", "nothing").Exit);
    }

    static IEnumerable<string> Examples =>
        Directory.GetFiles(Path.Combine(PageFiles.Root(), "examples"), "*.json").Order(StringComparer.Ordinal);

    static IEnumerable<(string Of, string Json)> Encounters()
    {
        foreach (var file in Examples) yield return (Path.GetFileName(file), File.ReadAllText(file));
        foreach (var one in PageFiles.Cases(PageFiles.Root()).Concat(EditPages.Pages).SelectMany(static p => p.Cases))
        {
            if (one.Kind == "encounter") yield return (one.ToString(), one.Input);
            if (one.Kind == "change") yield return (one.ToString(), Change.Apply(one.Base!.Input, one.Input));
            if (one.Beside.TryGetValue("encounter", out var chart)) yield return (one.ToString(), chart);
        }
    }

    [Fact]
    public void Every_encounter_of_the_examples_and_pages_conforms()
    {
        foreach (var (of, json) in Encounters()) AssertValid("encounter", json, of);
    }

    [Fact]
    public void Every_result_conforms_and_so_do_its_claim_and_findings()
    {
        foreach (var (of, json) in Encounters())
        {
            var result = CommandLine.RunWith(json, "code", "-", "--json").Out;
            AssertValid("result", result, of);
            var node = JsonNode.Parse(result)!;
            AssertValid("claim", node["claim"]!.ToJsonString(), of);
            foreach (var finding in node["findings"]!.AsArray()) AssertValid("finding", finding!.ToJsonString(), of);
        }
    }

    [Fact]
    public void An_input_that_cannot_be_read_gives_an_object_that_conforms() =>
        AssertValid("result", CommandLine.RunWith("{", "code", "-", "--json").Out);

    static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [Theory]
    [InlineData("--jsonl")]
    [InlineData("--jsonl", "--full")]
    [InlineData("--jsonl", "--trace")]
    public void Every_line_of_scrub_conforms(params string[] options)
    {
        foreach (var file in (string[])[X12Samples.Faulty(24), X12Samples.File(2),
            Repository.Read("examples", "two-claims.837")])
            foreach (var line in Lines(CommandLine.RunWith(file, ["scrub", "-", .. options]).Out))
                AssertValid("result", line);
    }

    [Fact]
    public void Every_claim_and_remittance_that_is_read_conforms()
    {
        foreach (var line in Lines(CommandLine.RunWith(X12Samples.Faulty(24), "read", "-", "--jsonl").Out))
            AssertValid("claim", line);
        for (var seed = 0; seed < 40; seed++)
            AssertValid("claim", Written(ClaimSamples.Random(seed, everything: true)));
    }

    static string Written(Claim claim)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = ResultJson.Writer(buffer, indented: false)) ClaimJson.Write(claim, json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    [Fact]
    public void Every_file_of_the_corpus_that_is_read_conforms()
    {
        var folder = Path.Combine(PageFiles.Root(), "..", "shared", "corpus");
        Assert.SkipUnless(Directory.Exists(folder), "the X12 corpus is not beside this clone (../shared/corpus)");
        foreach (var kind in (string[])["835-5010", "837P-5010", "837I-5010", "277CA-5010", "999-5010"])
            foreach (var file in Directory.GetFiles(Path.Combine(folder, kind)))
                foreach (var form in (string[])["--json", "--jsonl"])
                {
                    var read = CommandLine.RunWith(File.ReadAllText(file, Encoding.Latin1), "read", "-", form).Out;
                    foreach (var json in form == "--jsonl" ? Lines(read) : [read])
                        foreach (var one in JsonNode.Parse(json) is JsonArray list
                            ? list.Select(static n => n!.ToJsonString()).ToArray()
                            : [json])
                            if (one.Length > 2 && JsonNode.Parse(one)!["error"] is null)
                                AssertValid(SchemaOf(one), one, file);
                }
    }

    [Theory]
    [InlineData("270-5010", "eligibility-inquiry")]
    [InlineData("271-5010", "eligibility")]
    [InlineData("276-5010", "claim-status-inquiry")]
    [InlineData("277-5010", "claim-status-answer")]
    public void Every_question_and_answer_of_the_corpus_conforms(string kind, string schema)
    {
        var folder = Path.Combine(PageFiles.Root(), "..", "shared", "corpus");
        Assert.SkipUnless(Directory.Exists(folder), "the X12 corpus is not beside this clone (../shared/corpus)");
        foreach (var file in Directory.GetFiles(Path.Combine(folder, kind)))
            foreach (var line in Lines(CommandLine.RunWith(File.ReadAllText(file, Encoding.Latin1), "read", "-",
                "--jsonl").Out))
                AssertValid(schema, line, file);
    }

    /// <summary>The schema of what <c>read</c> wrote, by the object's first member.</summary>
    static string SchemaOf(string json) => JsonNode.Parse(json)!.AsObject().First().Key switch
    {
        "remittance" or "payment" => "remittance",
        "claimStatus" => "claim-status",
        "acknowledgment" or "interchangeAcknowledgment" => "acknowledgment",
        _ => "claim",
    };

    [Fact]
    public void Every_answer_of_the_guides_conforms()
    {
        foreach (var name in (string[])["835", "277CA", "999"])
            foreach (var root in Specimens.Of(name).Family)
            {
                var file = Encoding.Latin1.GetString(new SpecimenText(Specimens.Of(name).Guide, root).Bytes());
                foreach (var line in Lines(CommandLine.RunWith(file, "read", "-", "--jsonl").Out))
                    AssertValid(SchemaOf(line), line, name);
            }
        AssertValid("acknowledgment",
            """{"interchangeAcknowledgment":{"control":"1","day":"260310","time":"0815","verdict":"R","fault":"006"}}""");
    }

    static string Json(Action<System.Text.Json.Utf8JsonWriter> write)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = ResultJson.Writer(buffer, indented: false)) write(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A case of a page as JSON: claim, record, payments, and the day.</summary>
    static string CaseOf(string denied, DeniedClaim of)
    {
        var parts = new List<string>();
        if (of.Claim is { } claim) parts.Add($"\"claim\":{Written(claim)}");
        var chart = denied.Split('\n').FirstOrDefault(static l => l.StartsWith("chart ", StringComparison.Ordinal));
        if (chart is not null) parts.Add($"\"encounter\":{chart["chart ".Length..]}");
        var facts = denied.Split('\n').Select(static l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(static w => w is ["fact" or "not", ..]).Select(DenialNotation.FactJson);
        parts.Add($"\"record\":[{string.Join(',', facts)}]");
        if (of.Remittance is { } head) parts.Add($"\"remittance\":{Json(w => RemittanceJson.Write(head, w))}");
        if (of.Payments.Count > 0)
            parts.Add($"\"payments\":[{string.Join(',', of.Payments.Select(p =>
                Json(w => RemittanceJson.Write(p, w))))}]");
        if (of.Status is { } status)
            parts.Add($"\"claimStatus\":{Json(w => ClaimStatusJson.Write(status, w))}");
        if (of.Acknowledgment is { } group)
            parts.Add($"\"acknowledgment\":{Json(w => AcknowledgmentJson.Write(group, w))}");
        if (of.Today != default) parts.Add($"\"today\":\"{of.Today.Iso()}\"");
        return $"{{{string.Join(',', parts)}}}";
    }

    /// <summary>
    /// Every case of the pages of causes conforms as JSON and reads, and every answer to it conforms; every kind of
    /// fact is in one of them or is tried here by itself.
    /// </summary>
    [Fact]
    public void Every_denied_claim_of_the_pages_and_its_answer_conform()
    {
        var (resolver, cases) = (new Resolver(Books.StarterBook.Open()), 0);
        foreach (var page in DenialPage.All(PageFiles.Root()))
            foreach (var one in page.Cases)
            {
                var of = DenialNotation.Read(one.Denied);
                AssertValid("resolution", Json(w => ResolutionJson.Write(resolver.Resolve(of), w)), one.Name);
                if (of.InterchangeVerdict is not null) continue;
                var json = CaseOf(one.Denied, of);
                AssertValid("denied-claim", json, one.Name);
                Assert.Equal(of.Record.Count, DeniedClaimJson.Read(Encoding.UTF8.GetBytes(json)).Record.Count);
                cases++;
            }
        Assert.True(cases > 300, $"{cases} cases");
    }

    [Theory]
    [InlineData("""{"fact":"note-signed","on":"July"}""")]
    [InlineData("""{"fact":"no-such-fact"}""")]
    [InlineData("""{"fact":"note-signed","zz":1}""")]
    [InlineData("""{"on":"2026-07-06"}""")]
    [InlineData("""{"fact":"place-was","pos":"11","from":"a-guess"}""")]
    public void A_fact_that_does_not_read_does_not_conform(string fact)
    {
        var json = $$"""{"record":[{{fact}}],"payments":[{"id":"A","lines":[]}]}""";
        Assert.False(IsValid("denied-claim", JsonNode.Parse(json)));
        Assert.Throws<InputException>(() => DeniedClaimJson.Read(Encoding.UTF8.GetBytes(json)));
    }

    /// <summary>What <c>remit</c> writes of a payer's files, right and wrong ones.</summary>
    [Fact]
    public void Every_file_of_remittances_is_answered_in_its_schema()
    {
        var folder = Directory.CreateTempSubdirectory("deltoid").FullName;
        var sent = Path.Combine(folder, "sent.837");
        File.WriteAllText(sent, X12Samples.File(60));
        CommandLine.Run("payer", sent, "--output", folder, "--seed", "11", "--profile", "cent-off=50,take-back=20");
        var (files, verdicts) = (Directory.GetFiles(folder, "*.835"), new HashSet<string>());
        foreach (var claims in (bool[])[true, false])
        {
            var (_, output, error) = CommandLine.Run(["remit", .. files, .. claims ? ["--claims", sent] : (string[])[],
                "--jsonl"]);
            Assert.True(output.Length > 0, error);
            foreach (var line in Lines(output))
            {
                AssertValid("remit", line);
                foreach (var set in JsonNode.Parse(line)!["sets"]!.AsArray())
                    verdicts.Add(set!["verdict"]!.GetValue<string>());
            }
        }
        Directory.Delete(folder, recursive: true);
        Assert.Contains("quarantine", verdicts);
        Assert.Contains("post", verdicts);
    }

    /// <summary>A value of each type of JSON, none of which means anything.</summary>
    static readonly string[] Probes = ["\"zz\"", "3.5", "3", "true", "{\"zz\":1}", "[3]"];

    static bool Reads(string schema, string json)
    {
        try
        {
            if (schema is "remittance" or "claim-status" or "acknowledgment")
                ReadAnswer(JsonNode.Parse(json)!.AsObject());
            else if (schema == "encounter") EncounterJson.Read(Encoding.UTF8.GetBytes(json), "-");
            else ClaimJson.Read(Encoding.UTF8.GetBytes(json), new Claim());
            return true;
        }
        catch (InputException)
        {
            return false;
        }
    }

    /// <summary>The members of an output of <c>read</c>, each by its own reader.</summary>
    static void ReadAnswer(JsonObject output)
    {
        foreach (var (name, value) in output)
        {
            if (value is null) throw new InputException("", name, "");
            if (name == "remittance") RemittanceJson.Read(Bytes(value), new Remittance());
            else if (name == "payment") RemittanceJson.Read(Bytes(value), new ClaimPayment());
            else if (name == "claimStatus") ClaimStatusJson.Read(Bytes(value), new ClaimStatus());
            else if (name == "acknowledgment") AcknowledgmentJson.Read(Bytes(value), new Acknowledgment());
            else if (name == "interchangeAcknowledgment") AcknowledgmentJson.ReadInterchange(Bytes(value));
            else if (name == "payments" && value is JsonArray list)
                foreach (var one in list) RemittanceJson.Read(Bytes(one!), new ClaimPayment());
            else
                throw new InputException("", name, "");
        }

        static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());
    }

    /// <summary>
    /// Every object of a schema with a document that leads to it: what stands before and after its members.
    /// </summary>
    static IEnumerable<(JsonType Object, string Before, string After)> Ways(JsonType type, string before, string after,
        HashSet<string> seen)
    {
        foreach (var inner in type.Of)
            foreach (var way in Ways(inner, type.Kind == JsonKind.List ? before + "[" : before,
                type.Kind == JsonKind.List ? "]" + after : after, seen))
                yield return way;
        if (type.Kind != JsonKind.Object || !seen.Add(type.Name)) yield break;
        yield return (type, before + "{", "}" + after);
        var required = string.Concat(type.Fields!.Fields.Where(static f => f.Required)
            .Select(static f => $",\"{f.Name}\":{f.Example}"));
        foreach (var field in type.Fields.Fields)
            foreach (var way in Ways(field.Type, $"{before}{{\"{field.Name}\":", required + "}" + after, seen))
                yield return way;
    }

    [Theory]
    [InlineData("encounter")]
    [InlineData("claim")]
    [InlineData("remittance")]
    [InlineData("claim-status")]
    [InlineData("acknowledgment")]
    public void The_reader_and_the_schema_refuse_the_same(string schema)
    {
        var differ = new List<string>();
        foreach (var (one, before, after) in Ways(Schemas.TypeOf(schema), "", "", []))
        {
            string Required(JsonField? but) => string.Concat(one.Fields!.Fields.Where(f => f.Required && f != but)
                .Select(static f => $",\"{f.Name}\":{f.Example}"));
            Try(before + "\"zz\":1" + Required(null) + after, $"{one.Name}: an unknown field");
            foreach (var field in one.Fields!.Fields)
            {
                var others = Required(field);
                foreach (var probe in Probes)
                    Try($"{before}\"{field.Name}\":{probe}{others}{after}", $"{one.Name}.{field.Name} = {probe}");
                if (field.Example.Length > 0)
                    Assert.True(Try($"{before}\"{field.Name}\":{field.Example}{others}{after}",
                            $"{one.Name}.{field.Name} = its example"), field.Name);
                if (!field.Required && one.Fields.IsReadBack)
                    Assert.True(Try($"{before}\"{field.Name}\":null{others}{after}", $"{one.Name}.{field.Name} = null"),
                        field.Name);
            }
        }
        Assert.Empty(differ);

        bool Try(string json, string what)
        {
            var (reads, valid) = (Reads(schema, json), IsValid(schema, JsonNode.Parse(json)));
            if (reads != valid)
                differ.Add($"{what}: the reader {(reads ? "takes" : "refuses")} it, the "
                    + $"schema {(valid ? "takes" : "refuses")} it");
            return reads;
        }
    }

    [Fact]
    public void Every_field_of_every_reader_is_described()
    {
        foreach (var name in Schemas.Names)
            foreach (var one in FieldTable.Objects(Schemas.TypeOf(name)))
            {
                Assert.NotEmpty(one.Fields!.Fields);
                Assert.All(one.Fields.Fields,
                    f => Assert.True(f.Says.EndsWith('.') && f.Says.Length > 3, $"{one.Name}.{f.Name}"));
            }
    }

    [Fact]
    public void The_example_of_the_page_codes_without_a_finding()
    {
        var page = Repository.Read("docs", "encounter.md");
        var start = page.IndexOf("```json\n", StringComparison.Ordinal) + "```json\n".Length;
        var visit = page[start..page.IndexOf("```", start, StringComparison.Ordinal)];
        var (exit, coded, _) = CommandLine.RunWith(visit, "code", "-", "--json", "--fail-on", "warning");
        Assert.Equal(Exit.Clean, exit);
        Assert.Equal(2, JsonNode.Parse(coded)!["lines"]!.AsArray().Count);
    }

    [Fact]
    public void Every_object_of_an_encounter_has_its_table_in_the_documentation()
    {
        var page = Repository.Read("docs", "encounter.md");
        foreach (var one in FieldTable.Objects(Schemas.TypeOf("encounter")))
            Assert.Contains($"<!-- fields encounter/{one.Name} -->", page, StringComparison.Ordinal);
    }
}
