using System.Text;
using System.Text.Json;
using Deltoid.Cli;

namespace Deltoid.Tests;

/// <summary>The command line as a contract: exit codes, errors in their places, no patient in what it says.</summary>
public sealed class CliTests
{
    static readonly string Example = Repository.Read("examples", "b12.json");

    const string Marker = "ZZMARKER";

    [Theory]
    [InlineData(Exit.Clean, "--version")]
    [InlineData(Exit.Clean, "code", "--help")]
    [InlineData(Exit.Clean)]
    [InlineData(Exit.Clean, "help")]
    [InlineData(Exit.Clean, "help", "codes", "find")]
    [InlineData(Exit.Clean, "version")]
    [InlineData(Exit.Usage, "codes")]
    [InlineData(Exit.Usage, "frob")]
    [InlineData(Exit.Usage, "code")]
    [InlineData(Exit.Usage, "code", "-", "--fail-on", "sometimes")]
    [InlineData(Exit.Usage, "scrub", "-", "--fix")]
    [InlineData(Exit.Usage, "price", "96372", "--date", "2026-03-02", "--locality", "brooklin")]
    [InlineData(Exit.Usage, "price", "96372", "--date", "2027-03-02", "--locality", "chicago")]
    [InlineData(Exit.Found, "price", "96372", "00000", "--date", "2026-03-02")]
    [InlineData(Exit.Usage, "codes", "localities", "gotham")]
    [InlineData(Exit.Usage, "price", "96372", "--date", "2026-13-01")]
    [InlineData(Exit.Usage, "price", "96-372-9", "--date", "2026-03-02")]
    [InlineData(Exit.Usage, "explain", "NOTHING")]
    [InlineData(Exit.Io, "code", "no-such-file.json")]
    [InlineData(Exit.Unreadable, "code", "-")]
    public void Exit_codes(int expected, params string[] args) => Assert.Equal(expected, CommandLine.Run(args).Exit);

    [Theory]
    [InlineData("--form takes 837, 270, 276, cms-1500, cms-1500-overlay, cms-1500-text; did you mean cms-1500?", "emit",
        "-", "--form", "cms1500")]
    [InlineData("--fail-on takes error, warning, info, never", "code", "-", "--fail-on", "sometimes")]
    [InlineData("NAME takes encounter, claim, result, finding, remittance", "schema", "visit")]
    [InlineData("code needs FILE: Encounter JSON", "code")]
    [InlineData("compile needs --output BOOK", "codes", "compile", "x")]
    [InlineData("explain needs WHAT: A finding", "explain")]
    [InlineData("there is no option --jsn of code; did you mean --json?", "code", "-", "--jsn")]
    [InlineData("there is no option --paper of emit\n", "emit", "-", "--paper")]
    [InlineData("there is no option --port of serve\n", "serve", "--port", "8080")]
    [InlineData("limits does not take 'x'\n", "limits", "x")]
    [InlineData("--listen needs a value: URL\n", "serve", "--listen")]
    [InlineData("--level takes a whole number such as 4\n", "letter", "-", "--level", "x")]
    [InlineData("--level takes a whole number such as 4\n", "letter", "-", "--level", "99999999999")]
    public void A_wrong_command_line_says_what_is_right(string says, params string[] args)
    {
        var (exit, output, error) = CommandLine.Run(args);
        Assert.Equal((Exit.Usage, ""), (exit, output));
        Assert.Contains(says, error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_list_of_visits_is_said()
    {
        var (exit, output, error) = CommandLine.RunWith("[]", "code", "-");
        Assert.Equal((Exit.Clean, ""), (exit, output));
        Assert.Equal("-: the list is empty: there is no visit in it\n", error);
    }

    [Theory]
    [InlineData("", "place not charted")]
    [InlineData("\"placeOfService\": \"11\", ", "office (11)")]
    public void The_place_of_a_visit_is_said_or_that_none_is_charted(string field, string says)
    {
        var visit = $$"""{ "serviceDate": "2026-03-02", {{field}}"payer": { "kind": "medicare" } }""";
        Assert.StartsWith($"Medicare, 2026-03-02, {says}\n", CommandLine.RunWith(visit, "code", "-").Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_clean_visit_exits_with_0_and_a_fault_with_1()
    {
        Assert.Equal(Exit.Clean, CommandLine.RunWith(Example, "code", "-").Exit);
        var uncharted = Example.Replace("\"container\": \"single-dose\", ", "", StringComparison.Ordinal);
        Assert.Equal(Exit.Found, CommandLine.RunWith(uncharted, "code", "-").Exit);
        Assert.Equal(Exit.Clean, CommandLine.RunWith(uncharted, "code", "-", "--fail-on", "never").Exit);
    }

    [Fact]
    public void An_interchange_that_does_not_begin_is_refused_with_its_reason()
    {
        var (exit, output, _) = CommandLine.RunWith("ISA*00*          *", "scrub", "-", "--json");
        Assert.Equal(Exit.Unreadable, exit);
        Assert.Contains("\"at\": \"ISA\"", output, StringComparison.Ordinal);
        Assert.Contains("16 elements", output, StringComparison.Ordinal);
    }

    [Fact]
    public void One_claim_of_a_list_may_be_refused_and_the_rest_answered()
    {
        var (exit, output, _) = CommandLine.RunWith("""[{"id":"A","lines":[]},{"id":"B","lines":[],"wrong":1}]""",
            "scrub", "-", "--jsonl");
        Assert.Equal(Exit.PartlyRefused, exit);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Contains("\"catalogue\"", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"claim\":\"A\"", lines[1], StringComparison.Ordinal);
        Assert.Contains("\"/1/wrong\"", lines[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "")]
    [InlineData("{}", "/serviceDate")]
    [InlineData("""{"serviceDate":"2026-03-02","wrong":1}""", "/wrong")]
    [InlineData("""{"serviceDate":"2026-02-30"}""", "/serviceDate")]
    [InlineData("""{"serviceDate":"2026-03-02","administrations":[{"minutes":-4}]}""", "/administrations/0/minutes")]
    [InlineData("""{"serviceDate":"2026-03-02","administrations":[{"drug":7}]}""", "/administrations/0/drug")]
    [InlineData("[]garbage", "")]
    public void What_does_not_read_is_an_object_in_its_place(string input, string at)
    {
        var (exit, output, error) = CommandLine.RunWith(input, "code", "-", "--json");
        Assert.Equal(Exit.Unreadable, exit);
        using var json = JsonDocument.Parse(output);
        Assert.Equal("-", json.RootElement.GetProperty("file").GetString());
        Assert.Equal(at, json.RootElement.GetProperty("error").GetProperty("at").GetString());
        Assert.False(string.IsNullOrEmpty(json.RootElement.GetProperty("error").GetProperty("try").GetString()));
        Assert.Equal("", error);
        Assert.Equal(Exit.Unreadable, CommandLine.RunWith(input, "code", "-").Exit);
    }

    [Fact]
    public void The_result_has_the_members_of_the_interface()
    {
        using var json = JsonDocument.Parse(CommandLine.RunWith(Example.Replace("\"container\": \"single-dose\", ", "",
                StringComparison.Ordinal), "code", "-", "--json").Out);
        var root = json.RootElement;
        Assert.Equal(["deltoid", "codeBook", "claim", "lines", "findings", "documentation", "trace"],
            root.EnumerateObject().Select(p => p.Name));
        Assert.Equal(["number", "code", "modifiers", "units", "diagnoses", "from", "ndc", "expected", "expectedWhy",
                "trace"], root.GetProperty("lines")[0].EnumerateObject().Select(p => p.Name));
        var finding = root.GetProperty("findings").EnumerateArray()
            .Single(f => f.GetProperty("id").GetString() == "DRG0004");
        Assert.Equal(["key", "id", "name", "severity", "outcome", "message", "at", "line", "field", "box", "x12",
                "predicts", "also", "citation", "fix"], finding.EnumerateObject().Select(p => p.Name));
        Assert.Equal("/administrations/0/container", finding.GetProperty("at").GetString());
        Assert.Equal("24D", finding.GetProperty("box").GetString());
        Assert.StartsWith("Line 4, J3420: no container is charted", finding.GetProperty("message").GetString(),
            StringComparison.Ordinal);
        Assert.Equal(["id", "asked", "answer", "fact", "rule", "citation", "citationUrl", "at"],
            root.GetProperty("trace")[0].EnumerateObject().Select(p => p.Name));
        Assert.Contains("\"amount\": 15.88", CommandLine.RunWith(Example, "code", "-", "--json").Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Several_inputs_make_a_list_or_a_line_each_in_order()
    {
        var example = Path.Combine(Repository.Root, "examples", "b12.json");
        using var list = JsonDocument.Parse(CommandLine.RunWith("{", "code", example, "-", example, "--json").Out);
        Assert.Equal([false, true, false],
            list.RootElement.EnumerateArray().Select(e => e.TryGetProperty("error", out _)));
        var lines = CommandLine.RunWith("{", "code", example, "-", example, "--jsonl").Out
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Equal(lines[0], lines[2]);
    }

    [Fact]
    public void The_same_input_gives_the_same_bytes() =>
        Assert.Equal(CommandLine.RunWith(Example, "code", "-", "--json").Out,
            CommandLine.RunWith(Example, "code", "-", "--json").Out);

    [Fact]
    public void Ten_thousand_administrations_are_answered()
    {
        const string One =
            """{"drug":"cyanocobalamin","dose":"1000 mcg","route":"im","site":"left deltoid","container":"multi-dose"}""";
        var input = new StringBuilder(
            """{"serviceDate":"2026-03-02","placeOfService":"11","payer":{"kind":"medicare"},"diagnoses":["D51.0"],"administrations":[""");
        for (var i = 0; i < 10_000; i++) input.Append(i == 0 ? "" : ",").Append(One);
        var (exit, output, _) = CommandLine.RunWith(input.Append("]}").ToString(), "code", "-", "--jsonl");
        Assert.Equal(Exit.Found, exit);
        using var json = JsonDocument.Parse(output);
        Assert.NotEmpty(json.RootElement.GetProperty("findings").EnumerateArray());
    }

    /// <summary>
    /// A marker in every text that a chart or claim has must not come back in findings, errors or messages; the claim
    /// itself is handed through.
    /// </summary>
    [Theory]
    [InlineData("code",
        """{"serviceDate":"2026-03-02","diagnoses":["D51.0"],"administrations":[{"drug":"ZZMARKER","dose":"ZZMARKER","route":"ZZMARKER","site":"ZZMARKER","container":"ZZMARKER","ndc":"ZZMARKER","lot":"ZZMARKER"}]}""")]
    [InlineData("code", """{"serviceDate":"ZZMARKER"}""")]
    [InlineData("code", """{"ZZMARKER Doe":1}""")]
    [InlineData("code", """{"serviceDate":"2026-03-02","diagnoses":["ZZMARKER X"]}""")]
    [InlineData("scrub",
        """{"id":"A","subscriber":{"name":"ZZMARKER","memberId":"ZZMARKER"},"lines":[{"number":1,"code":"96372","units":1,"date":"ZZMARKER"}]}""")]
    [InlineData("scrub",
        """{"id":"A","subscriber":{"name":"ZZMARKER","memberId":"ZZMARKER"},"lines":[{"number":1,"code":"99999","units":1,"date":"2026-03-02","narrative":"ZZMARKER"}]}""")]
    [InlineData("scrub", "payer ZZMARKER dos 2026-03-02")]
    public void No_patient_in_findings_errors_or_messages(string command, string input)
    {
        foreach (var form in (string[])["--json", "--jsonl", ""])
        {
            var (_, output, error) = CommandLine.RunWith(input,
                form.Length > 0 ? [command, "-", form] : [command, "-"]);
            Assert.DoesNotContain(Marker, error, StringComparison.OrdinalIgnoreCase);
            if (form.Length == 0) Assert.DoesNotContain(Marker, output, StringComparison.OrdinalIgnoreCase);
            foreach (var line in form == "--jsonl" ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [])
                Assert.DoesNotContain(Marker, Told(line), StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>What a result tells, without the claim that it hands through.</summary>
    static string Told(string line)
    {
        using var json = JsonDocument.Parse(line);
        return string.Concat(json.RootElement.EnumerateObject().Where(p => p.Name != "claim")
            .Select(p => p.Value.GetRawText()));
    }

    [Fact]
    public void Clerical_fixes_are_applied_to_a_file_of_their_own()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            const string Claim =
                """{"id":"A","setting":"professional","placeOfService":"11","payer":{"kind":"medicare"},"diagnoses":["D51.0"],"charge":1.00,"lines":[{"number":1,"code":"96372","modifiers":["XS","XS"],"units":1,"charge":38.00,"date":"2026-03-02","diagnoses":[1]}]}""";
            var (_, _, error) = CommandLine.RunWith(Claim, "scrub", "-", "--json", "--fix", "--output", path);
            Assert.Contains("fixed", error, StringComparison.Ordinal);
            using var json = JsonDocument.Parse(File.ReadAllText(path));
            Assert.Equal(38.00m, json.RootElement.GetProperty("charge").GetDecimal());
        }
        finally { File.Delete(path); }
    }

    [Fact]
    public void Pages_of_codes_and_findings_tell_what_matters()
    {
        var injection = CommandLine.Run("explain", "96372").Out;
        foreach (var fact in (string[])["$13.91", "$15.36", "$15.44", "practitioner 4", "99211 (never with it)"])
            Assert.Contains(fact, injection, StringComparison.Ordinal);
        var excluded = CommandLine.Run("explain", "J0801", "--date", "2026-08-03").Out;
        foreach (var fact in (string[])["Acthar Gel by Palmetto (A53066)", "CGS (A52527)",
            "other contractors may exclude it too"])
            Assert.Contains(fact,
                string.Join(' ', excluded.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
                StringComparison.Ordinal);
        Assert.DoesNotContain("excluded", CommandLine.Run("explain", "J1885", "--date", "2026-08-03").Out,
            StringComparison.Ordinal);
        var retired = CommandLine.Run("explain", "J1030").Out;
        foreach (var fact in (string[])["thru 2024-03-31", "J1010", "one unit of J1030 (40 mg) is 40 of J1010"])
            Assert.Contains(fact, retired, StringComparison.Ordinal);
        Assert.Contains("MCB0107  nurse-visit-with-injection",
            CommandLine.Run("explain", "nurse-visit-with-injection").Out, StringComparison.Ordinal);
        Assert.Contains("J1885", CommandLine.Run("codes", "find", "toradol").Out, StringComparison.Ordinal);
    }
}
