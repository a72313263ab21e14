using System.Text.Json;
using Deltoid.Books;
using Deltoid.Cli;

namespace Deltoid.Tests;

/// <summary>The wrong word gets the right one proposed: a command, a field, a payer, a drug, a date.</summary>
public sealed class SuggestionTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("deltoid").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    string Put(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    const string Visit =
        """{"serviceDate":"2026-03-02","placeOfService":"11","payer":{"kind":"medicare"},"diagnoses":["D51.0"],"administrations":[{"drug":"cyanocobalamin","dose":"1000 mcg","route":"IM"}]}""";

    [Theory]
    [InlineData("scrub", Visit, "this is a visit", "deltoid code ")]
    [InlineData("check", Visit, "this is a visit", "deltoid code ")]
    [InlineData("read", Visit, "this is a visit", "deltoid code ")]
    [InlineData("emit", Visit, "this is a visit, and emit takes claims", " --json > claim.json")]
    [InlineData("scrub", "[" + Visit + "]", "this is a visit", "deltoid code ")]
    [InlineData("code", "payer medicare dos 2026-03-02\n1 96372 x1", "this is a claim", "deltoid scrub ")]
    [InlineData("code", "# a comment\n1 96372 x1", "this is a claim", "deltoid scrub ")]
    [InlineData("code", """{"id":"A","frequency":"1","lines":[]}""", "this is a claim", "deltoid scrub ")]
    [InlineData("read", """{"id":"A","frequency":"1","lines":[]}""", "this is a claim", "deltoid scrub ")]
    public void The_command_that_takes_an_input_is_named(string command, string text, string what, string remedy)
    {
        var file = Put("input", text);
        var run = CommandLine.Run(command, file);
        Assert.Equal(Exit.Unreadable, run.Exit);
        Assert.Contains(what, run.Error, StringComparison.Ordinal);
        Assert.Contains(remedy, run.Error, StringComparison.Ordinal);
        Assert.Contains(file, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_837_given_to_code_is_a_claim_to_scrub_and_an_835_one_to_read()
    {
        Assert.Contains("deltoid scrub ", CommandLine.Run("code", Put("a.837", X12Samples.Faulty(1))).Error,
            StringComparison.Ordinal);
        Assert.Contains("deltoid read ", CommandLine.Run("emit", Put("b.837", X12Samples.Faulty(1))).Error,
            StringComparison.Ordinal);
        Assert.Contains($"is a visit: deltoid code ", CommandLine.Run(Put("visit.json", Visit)).Error,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scrubb", "did you mean scrub?")]
    [InlineData("validate", "did you mean check?")]
    [InlineData("find", "did you mean codes find?")]
    [InlineData("xyzzy", "there are code, scrub, check, read")]
    public void An_unknown_command_gets_the_nearest(string word, string words)
    {
        var (exit, _, error) = CommandLine.Run(word, "x");
        Assert.Equal(Exit.Usage, exit);
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.DoesNotContain("dev", error.Replace("developer", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Help_is_what_stands_alone_and_does_not_show_what_is_for_the_repository()
    {
        var (exit, output, _) = CommandLine.Run();
        Assert.Equal(Exit.Clean, exit);
        Assert.Contains("scrub", output, StringComparison.Ordinal);
        Assert.DoesNotContain("  dev", output, StringComparison.Ordinal);
        Assert.Equal(output, CommandLine.Run("help").Out);
        Assert.Equal(CommandLine.Run("--version"), CommandLine.Run("version"));
        Assert.Equal(CommandLine.Run("codes", "find", "--help"), CommandLine.Run("help", "codes", "find"));
    }

    static JsonElement Error(string encounter) =>
        JsonDocument.Parse(CommandLine.RunWith(encounter, "code", "-", "--json").Out).RootElement.GetProperty("error");

    [Theory]
    [InlineData("""{"serviceDate":"2026-03-02","administrations":[{"FIELD":"x"}]}""", "medication", "drug")]
    [InlineData("""{"serviceDate":"2026-03-02","administrations":[{"FIELD":"x"}]}""", "waste", "discarded")]
    [InlineData("""{"serviceDate":"2026-03-02","administrations":[{"FIELD":"x"}]}""", "lot_number", "lot")]
    [InlineData("""{"serviceDate":"2026-03-02","visits":[{"FIELD":true}]}""", "note", "separateNote")]
    [InlineData("""{"serviceDate":"2026-03-02","visits":[{"FIELD":"99213"}]}""", "cpt", "code")]
    [InlineData("""{"serviceDate":"2026-03-02","FIELD":"11"}""", "pos", "placeOfService")]
    [InlineData("""{"serviceDate":"2026-03-02","FIELD":[]}""", "injections", "administrations")]
    [InlineData("""{"serviceDate":"2026-03-02","FIELD":"medicare"}""", "insurance", "payer")]
    [InlineData("""{"serviceDate":"2026-03-02","FIELD":"1958-04-09"}""", "dob", "birthDate, within patient")]
    [InlineData("""{"serviceDate":"2026-03-02","FIELD":"1958-04-09"}""", "birthDate", "birthDate, within patient")]
    [InlineData("""{"serviceDate":"2026-03-02","FIELD":"IM"}""", "route", "route, within administrations")]
    [InlineData("""{"serviceDate":"2026-03-02","patient":{"FIELD":"F"}}""", "gender", "sex")]
    [InlineData("""{"FIELD":"2026-03-02"}""", "service_date", "serviceDate")]
    public void A_field_by_another_name_gets_ours(string encounter, string field, string ours)
    {
        var error = Error(encounter.Replace("FIELD", field, StringComparison.Ordinal));
        var texts = error.TryGetProperty("also", out var also) ? also.EnumerateArray().Prepend(error) : [error];
        Assert.Contains($"did you mean {ours}?", texts.Select(static e => e.GetProperty("try").GetString()));
    }

    [Fact]
    public void All_unknown_fields_are_reported_in_one_run()
    {
        var error = Error(
            """{"dos":"2026-03-02","pos":"11","injections":[{"med":"x","deep":{"a":[1,{"b":2}]}}],"payer":{"type":"medicare"}}""");
        Assert.Equal("/dos", error.GetProperty("at").GetString());
        Assert.Equal(["/pos", "/injections", "/payer/type", "/serviceDate"],
            error.GetProperty("also").EnumerateArray().Select(static e => e.GetProperty("at").GetString()));
        var (_, _, text) = CommandLine.RunWith("""{"serviceDate":"2026-03-02","pos":"11","dx":[]}""", "code", "-");
        Assert.Contains("did you mean placeOfService?", text, StringComparison.Ordinal);
        Assert.Contains("did you mean diagnoses?", text, StringComparison.Ordinal);
        var many = string.Join(',', Enumerable.Range(0, 500).Select(static i => $"\"f{i}\":1"));
        Assert.Equal(19, Error($"{{{many}}}").GetProperty("also").GetArrayLength());
        Assert.Contains("\"at\": \"/wrong\"",
            CommandLine.RunWith("""{"id":"A","lines":[],"wrong":1}""", "scrub", "-", "--json").Out,
            StringComparison.Ordinal);
        Assert.Equal(Exit.PartlyRefused,
            CommandLine.RunWith($"[{Visit},{{\"serviceDate\":\"2026-03-02\",\"dx\":[]}},{Visit}]", "code", "-",
                "--jsonl", "--fail-on", "never").Exit);
    }

    [Theory]
    [InlineData("03/02/2026", "write it as 2026-03-02, or as 2026-02-03 if the day comes first in it")]
    [InlineData("3/31/2026", "write it as 2026-03-31")]
    [InlineData("03/03/2026", "write it as 2026-03-03")]
    [InlineData("31.03.2026", "write it as 2026-03-31, if the day comes first in it")]
    [InlineData("March 2, 2026", "write it as 2026-03-02")]
    [InlineData("2026/3/2", "write it as 2026-03-02")]
    [InlineData("yesterday", "write it as 2026-03-31")]
    [InlineData("2026-02-30", "write it as 2026-03-31")]
    public void A_date_in_another_form_gets_itself_in_ours(string date, string words) =>
        Assert.Equal(words, Error($$"""{"serviceDate":"{{date}}"}""").GetProperty("try").GetString());

    [Fact]
    public void A_birth_date_is_never_repeated_and_a_year_that_is_none_is_not_missing()
    {
        Assert.Equal("write it as 2026-03-31",
            Error("""{"serviceDate":"2026-03-02","patient":{"birthDate":"04/09/1958"}}""").GetProperty("try")
                .GetString());
        Assert.Contains("the year is before 1800",
            Error("""{"serviceDate":"0001-01-01"}""").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_with_a_value_does_not_hide_the_rest()
    {
        var error = Error(
            """{"serviceDate":"03/31/2026","dob":"x","administrations":[{"medication":"x","minutes":-4,"drug":7,"waste":"0"}],"note":true}""");
        string[] at = [error.GetProperty("at").GetString()!,
            .. error.GetProperty("also").EnumerateArray().Select(static e => e.GetProperty("at").GetString()!)];
        Assert.Equal(["/serviceDate", "/dob", "/administrations/0/medication", "/administrations/0/minutes",
                "/administrations/0/drug", "/administrations/0/waste", "/note"], at);
        var cut = Error("""{"serviceDate":"03/31/2026","administrations":[{"drug":7,""");
        Assert.Equal("/serviceDate", cut.GetProperty("at").GetString());
        Assert.Contains("this is not JSON",
            cut.GetProperty("also").EnumerateArray().Last().GetProperty("message").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_835_given_to_scrub_is_one_to_read()
    {
        var file = System.Text.Encoding.UTF8.GetString(RemittanceSamples.File(RemittanceSamples.Head("0")));
        var (exit, _, error) = CommandLine.RunWith(file, "scrub", "-");
        Assert.Equal(Exit.Unreadable, exit);
        Assert.Contains("this is X12 without an 837", error, StringComparison.Ordinal);
        Assert.Contains("deltoid read -", error, StringComparison.Ordinal);
    }

    static string Coded(string encounter) =>
        CommandLine.RunWith(encounter, "code", "-").Out.ReplaceLineEndings(" ")
            .Replace("                      ", " ", StringComparison.Ordinal);

    [Theory]
    [InlineData("cyanocobalmin", "cyanocobalamin")]
    [InlineData("rocefin", "ceftriaxone")]
    [InlineData("toradal", "ketorolac")]
    [InlineData("kenolog", "triamcinolone")]
    public void A_misspelt_drug_is_not_taken_and_the_nearest_are_proposed(string drug, string near)
    {
        var text = Coded(Visit.Replace("cyanocobalamin", drug, StringComparison.Ordinal));
        Assert.Contains("[COD0001", text, StringComparison.Ordinal);
        Assert.Contains("the nearest name", text, StringComparison.Ordinal);
        Assert.Contains(near, text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_drug_that_is_near_to_none_gets_none() =>
        Assert.DoesNotContain("nearest name",
                Coded(Visit.Replace("cyanocobalamin", "qxzjvkwpyq", StringComparison.Ordinal)),
                StringComparison.Ordinal);

    [Theory]
    [InlineData("United Healthcare", "Commercial")]
    [InlineData("UHC", "Commercial")]
    [InlineData("Blue Cross Blue Shield", "Commercial")]
    [InlineData("Anthem", "Commercial")]
    [InlineData("Kaiser Permanente", "Commercial")]
    [InlineData("Humana Gold Plus", "Medicare advantage")]
    [InlineData("AARP Medicare Advantage", "Medicare advantage")]
    [InlineData("Medi-Cal", "Medicaid")]
    [InlineData("TRICARE Prime", "Tricare")]
    [InlineData("Workers' Comp", "Workers comp")]
    public void A_payer_by_the_name_that_people_use(string name, string kind) =>
        Assert.StartsWith(kind + ",", Coded(Visit.Replace("\"medicare\"", $"\"{name}\"", StringComparison.Ordinal)),
                StringComparison.Ordinal);

    [Theory]
    [InlineData("Humana")] // sells Medicare Advantage, Medicaid, and runs a TRICARE region
    [InlineData("medical")] // not Medi-Cal
    [InlineData("Zorg")]
    public void A_payer_of_several_kinds_is_asked_about(string name)
    {
        var text = Coded(Visit.Replace("\"medicare\"", $"\"{name}\"", StringComparison.Ordinal));
        Assert.Contains("payer.kind is not understood", text, StringComparison.Ordinal);
        Assert.Contains("medicare-advantage", text, StringComparison.Ordinal);
        Assert.DoesNotContain(name, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scrub", "--json", "--sarif")]
    [InlineData("scrub", "--json", "--jsonl")]
    [InlineData("check", "--json", "--sarif")]
    [InlineData("check", "--control", "7")]
    [InlineData("read", "--json", "--segments")]
    [InlineData("code", "--json", "--jsonl")]
    [InlineData("emit", "--move", "0.5,1")]
    [InlineData("emit", "--form", "cms-1500", "--production")]
    [InlineData("price", "--date", "2026-03-02", "--units", "1e308")]
    public void An_option_that_would_be_passed_over_is_refused(params string[] args)
    {
        var (exit, _, error) = CommandLine.RunWith(Visit, [args[0], "-", .. args[1..]]);
        Assert.Equal(Exit.Usage, exit);
        Assert.DoesNotContain("System.", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_of_an_input_steers_the_terminal()
    {
        const string Escape = "\u001b";
        var claim = """{"id":"A\u001b[31mB","lines":[{"code":"96372","units":1}]}""";
        using var output = new MemoryStream();
        using var error = new StringWriter();
        foreach (var args in (string[][])[["scrub", "-"], ["scrub", $"no{Escape}such"], ["explain", $"x{Escape}]0;y"],
            [$"frob{Escape}"]])
        {
            using var input = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(claim));
            App.Run(args, new Terminal(input, output, error, color: false));
        }
        Assert.DoesNotContain(Escape, System.Text.Encoding.UTF8.GetString(output.ToArray()) + error,
            StringComparison.Ordinal);
        Assert.Contains("\\u001B[31mB", System.Text.Encoding.UTF8.GetString(output.ToArray()),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Colour_goes_to_a_terminal_and_not_to_a_file()
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var (input, file) = (Put("a.837", X12Samples.Faulty(12)), Path.Combine(folder, "out"));
        App.Run(["scrub", input, "--output", file], new Terminal(Stream.Null, output, error, color: true));
        Assert.DoesNotContain('\u001b', File.ReadAllText(file));
        App.Run(["scrub", input], new Terminal(Stream.Null, output, error, color: true));
        Assert.Contains("\u001b[31m", System.Text.Encoding.UTF8.GetString(output.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_claim_in_notation_may_end_its_lines_with_carriage_returns()
    {
        const string Claim =
            "payer medicare\ndos 2026-03-02 pos 11\n# so\ndx D51.0\n1 96372 x1 dx A\n2 J3420-JZ x1 dx A\n";
        Assert.Equal(CommandLine.RunWith(Claim, "scrub", "-"),
            CommandLine.RunWith(Claim.Replace('\n', '\r'), "scrub", "-"));
        Assert.Equal(CommandLine.RunWith(Claim, "scrub", "-"),
            CommandLine.RunWith(Claim.Replace("\n", "\r\n", StringComparison.Ordinal), "scrub", "-"));
    }

    static string[] Found(string text) =>
        [.. StarterBook.Open().Search.Find(text, new(2026, 10, 1))
                .Select(static h => h.Kind == Codes.FindKind.Diagnosis ? h.Code.ToDiagnosis() : h.Code.ToString())];

    [Theory]
    [InlineData("prolia", "J0897")]
    [InlineData("humira", "J0139")]
    [InlineData("jubbonti", "Q5136")]
    [InlineData("rocefin", "J0696")]
    [InlineData("flu shot", "90656")]
    [InlineData("tetanus", "90715")]
    [InlineData("cortisone", "J3301")]
    [InlineData("steroid shot", "J3301")]
    [InlineData("b-12", "J3420")]
    [InlineData("pneumonia shot", "90677")]
    [InlineData("shingles", "90750")]
    [InlineData("birth control shot", "J1050")]
    [InlineData("allergy shot", "95115")]
    [InlineData("numbing", "J2003")]
    [InlineData("Tetanus jab", "90715")]
    [InlineData("cortisone injections", "J3301")]
    [InlineData("allergy injection", "95115")]
    [InlineData("prevnar", "90677")]
    public void Find_shows_first_what_people_mean(string text, string code) => Assert.Equal(code, Found(text)[0]);

    [Fact]
    public void Find_shows_all_that_a_phrase_may_mean_and_nothing_else()
    {
        var flu = Found("Flu Shot");
        Assert.Superset(new HashSet<string> { "90656", "90661", "90662", "90653", "90673", "G0008" }, flu.ToHashSet());
        Assert.DoesNotContain("12013", Found("b-12"));
        Assert.Superset(new HashSet<string> { "90715", "90714", "J1670" }, Found("tetanus").ToHashSet());
        var prolia = StarterBook.Open().Search.Find("prolia", new(2026, 10, 1));
        Assert.Equal(prolia.OrderBy(static h => !h.IsInForce), prolia);
    }
}
