using System.Text.Json;
using Deltoid.Cli;
using Deltoid.Findings;
using Deltoid.PayerRules;
using Deltoid.Results;

namespace Deltoid.Tests;

/// <summary>The commands that read payer rules, and what they do to other commands.</summary>
public sealed class PayerRuleCommandTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("deltoid").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static string Example => Path.Combine(Repository.Root, "examples", "payer.rules");

    string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    string Claim => Write("claim.txt", "payer commercial  payerid EXAMPLE1  dos 2026-04-02  pos 11  dx M81.0\n"
        + "1  96372  x1   dx A\n2  J0897-JZ  x60  dx A\n");

    [Fact]
    public void The_example_passes_and_the_page_shows_a_rule_of_it()
    {
        var (exit, output, error) = CommandLine.Run("rules", "test", Example);
        Assert.Equal((Exit.Clean, "3 rules, 8 cases, 0 failed\n", ""), (exit, output, error));
        var page = Repository.Read("docs", "payer-rules.md");
        var from = page.IndexOf("rule      OWN0001", StringComparison.Ordinal);
        var shown = page[from..page.IndexOf("```", from, StringComparison.Ordinal)];
        Assert.Contains(shown, File.ReadAllText(Example).ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_case_that_fails_is_named_with_its_line()
    {
        const string Rules = PayerRuleTests.Head + "when payer is 60054\nand code is 96372\n"
            + "case fires\n  payerid 60054 dos 2026-03-02\n  1 96372 x1\n"
            + "case quiet\n  payerid 60054 dos 2026-03-02\n  1 96372 x1\n"
            + "case fires\n  payerid 60055 dos 2026-03-02\n  1 96372 x1\n";
        var (exit, output, _) = CommandLine.RunWith(Rules, "rules", "test", "-");
        Assert.Equal(Exit.Found, exit);
        Assert.Equal("line 14: OWN0001: the rule fires on this case, and should be quiet\n"
            + "line 17: OWN0001: the rule is quiet on this case, and should fire\n"
            + "line 1: OWN0001: no quiet case is a near miss, on which all but one of the conditions and dates hold\n"
            + "1 rule, 3 cases, 3 failed\n", output);
        using var json = JsonDocument.Parse(CommandLine.RunWith(Rules, "rules", "test", "-", "--json").Out);
        Assert.Equal([14, 17, 1], json.RootElement.GetProperty("failed").EnumerateArray()
            .Select(static f => f.GetProperty("line").GetInt32()));
    }

    /// <summary>A day outside the dates, and one condition that is not met, are near misses; two are none.</summary>
    [Theory]
    [InlineData("payerid 60054 dos 2025-12-31", true)]
    [InlineData("payerid 60055 dos 2026-03-02", true)]
    [InlineData("payerid 60055 dos 2025-12-31", false)]
    public void A_near_miss_is_due(string quiet, bool isNear)
    {
        var rules = PayerRuleTests.Head + "when payer is 60054\nand code is 96372\n"
            + "case fires\n  payerid 60054 dos 2026-03-02\n  1 96372 x1\n" + $"case quiet\n  {quiet}\n  1 96372 x1\n";
        Assert.Equal(isNear ? Exit.Clean : Exit.Found, CommandLine.RunWith(rules, "rules", "test", "-").Exit);
    }

    [Fact]
    public void Explained_on_a_claim_it_says_what_is_not_known()
    {
        var rules = PayerRuleTests.Head
            + "when code is 96372\nand administrations.route is im or diagnosis is D51\nand age over 3\n"
            + PayerRuleTests.Cases;
        var claim = Write("bare.txt", "dos 2026-03-02\n1 96372 x1\n2 J3420 x1\n");
        var (exit, output, _) = CommandLine.RunWith(rules, "rules", "explain", "-", claim);
        Assert.Equal(Exit.Clean, exit);
        Assert.Equal("OWN0001  needs-authorization\n  line 1  96372: quiet, since something is not known\n"
            + "    yes          code is 96372\n"
            + "    not known    administrations.route is im or diagnosis is D51 (no chart was given:\n"
            + "                 administrations.route; the claim does not say: diagnosis)\n"
            + "    not known    age over 3 (the claim does not say: age)\n"
            + "  line 2  J3420: quiet\n    no           code is 96372\n", output[..(output.IndexOf("no           code",
                StringComparison.Ordinal) + "no           code is 96372\n".Length)]);
        Assert.Contains("- administrations.route is im or diagnosis is D51",
            CommandLine.RunWith(rules, "rules", "explain", "-").Out, StringComparison.Ordinal);
    }

    /// <summary>A rule's finding in every form, in the counts, in the exit code and among what is asked for.</summary>
    [Fact]
    public void Its_finding_is_like_any_other()
    {
        string[] Scrub(params string[] more) => ["scrub", Claim, "--rules", Example, .. more];
        var text = CommandLine.Run(Scrub());
        Assert.Equal(Exit.Found, text.Exit);
        Assert.Contains("This payer wants an authorization for this drug in the office", text.Out,
            StringComparison.Ordinal);
        Assert.Equal(Exit.Clean, CommandLine.Run(Scrub("--ignore", "OWN0001,HIP", "--fail-on", "error")).Exit);
        Assert.Equal(Exit.Found, CommandLine.Run(Scrub("--select", "OWN0002", "--fail-on", "warning")).Exit);
        Assert.Contains(",2,J0897,OWN0001,needs-authorization,error,denial,", CommandLine.Run(Scrub("--csv")).Out,
            StringComparison.Ordinal);
        Assert.Contains("OWN0001  needs-authorization", CommandLine.Run(Scrub("--statistics")).Out,
            StringComparison.Ordinal);
        using var sarif = JsonDocument.Parse(CommandLine.Run(Scrub("--sarif", "--select", "OWN")).Out);
        var run = sarif.RootElement.GetProperty("runs")[0];
        Assert.Contains("OWN0002", run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray()
            .Select(static r => r.GetProperty("id").GetString()));
        Assert.Equal(["OWN0001", "OWN0002"], run.GetProperty("results").EnumerateArray()
            .Select(static r => r.GetProperty("ruleId").GetString()));
        using var json = JsonDocument.Parse(CommandLine.Run(Scrub("--json", "--select", "OWN0001")).Out);
        var finding = json.RootElement.GetProperty("findings")[0];
        Assert.Equal(("OWN0001", 2, "priorAuthorization"), (finding.GetProperty("id").GetString(),
            finding.GetProperty("line").GetInt32(), finding.GetProperty("field").GetString()));
        var catalogue = CommandLine.Run(Scrub("--jsonl")).Out.Split('\n')[0];
        Assert.Contains("\"OWN0003\":{\"name\":\"b12-needs-a-reason\"", catalogue, StringComparison.Ordinal);
    }

    [Fact]
    public void A_visit_is_asked_when_it_is_coded()
    {
        var visit = Write("visit.json", PayerRuleTests.Visit);
        var rules = PayerRuleTests.Head + "when code is J3420\nand administrations.lot is missing\n"
            + PayerRuleTests.Cases;
        var with = CommandLine.RunWith(rules, "code", visit, "--rules", "-");
        Assert.DoesNotContain("OWN0001", CommandLine.Run("code", visit).Out, StringComparison.Ordinal);
        Assert.Contains("OWN0001", with.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_shows_its_page()
    {
        var (exit, output, _) = CommandLine.Run("explain", "OWN0003", "--rules", Example);
        Assert.Equal(Exit.Clean, exit);
        Assert.Contains("- not (diagnosis is D51 E53.8 or administrations.whyNotOral is given)", output,
            StringComparison.Ordinal);
        Assert.Equal(Exit.Usage, CommandLine.Run("explain", "OWN0003").Exit);
    }

    /// <summary>No id and no name of ours, and none of another file, can be that of a rule.</summary>
    [Fact]
    public void Ids_and_names_are_its_own()
    {
        Assert.DoesNotContain(FindingHelp.All(Deltoid.Edits.Shipped.Edits),
            static i => i.Id.StartsWith(PayerRule.Prefix, StringComparison.Ordinal));
        var text = File.ReadAllText(Example);
        var ours = Write("ours.rules", text.Replace("ndc-for-every-drug", "ndc-missing", StringComparison.Ordinal));
        (string[] Files, int Line)[] clashes = [(["--rules", Example, "--rules", Example], 6), (["--rules", ours], 27)];
        foreach (var (files, line) in clashes)
        {
            var (exit, output, error) = CommandLine.Run(["scrub", Claim, .. files]);
            Assert.Equal((Exit.Unreadable, ""), (exit, output));
            Assert.Contains($"(at line {line}, column 6)\n  try: use another number", error, StringComparison.Ordinal);
        }
    }

    /// <summary>A file that does not read stops the run: no claim is judged without its rules.</summary>
    [Fact]
    public void Nothing_is_scrubbed_without_the_rules()
    {
        var (exit, output, error) = CommandLine.RunWith("rule OWN0001 a\n", "scrub", Claim, "--rules", "-");
        Assert.Equal((Exit.Unreadable, ""), (exit, output));
        Assert.StartsWith("-: severity: the rule has none (at line 1, column 1)\n  try: add: severity warning\n", error,
            StringComparison.Ordinal);
        Assert.Equal(Exit.Io, CommandLine.Run("scrub", Claim, "--rules", "no-such-file").Exit);
        Assert.Equal(Exit.Usage, CommandLine.Run("scrub", "-", "--rules", "-").Exit);
        Assert.Equal(Exit.Usage, CommandLine.Run("scrub", Claim, "--rules", Example, "--select", "OWN0009").Exit);
        Assert.Equal(Exit.Usage, CommandLine.Run("scrub", Claim, "--select", "OWN0001").Exit);
    }

    /// <summary>What grade proposes passes its own cases, and speaks on the 20 lines it was drawn from.</summary>
    [Fact]
    public void A_proposed_rule_is_tested_and_tried_out()
    {
        var (claims, payments) = GradeTests.Year();
        var (sent, back, rules) = (Write("sent.json", claims), Path.Combine(folder, "back.835"),
            Path.Combine(folder, "new.rules"));
        File.WriteAllBytes(back, RemittanceSamples.File([.. RemittanceSamples.Head("100"), "LX*1", .. payments]));
        Assert.Equal(Exit.Clean, CommandLine.Run("grade", sent, back, "--propose", rules).Exit);
        Assert.Equal((Exit.Clean, "1 rule, 2 cases, 0 failed\n", ""), CommandLine.Run("rules", "test", rules));
        var (exit, output, _) = CommandLine.Run("rules", "backtest", rules, sent, back);
        Assert.Equal(Exit.Clean, exit);
        Assert.Equal("33 claims sent, 32 answered; 44 lines judged\n\nOWN0001  denied-197-0001\n"
            + "  spoke 20 times: 16 refused for its reason, $640.00; 0 refused for another; 4 paid or left to the\n"
            + "  patient, $160.00\n  Right: 80.0 % (58.4 to 91.9)\n"
            + "  It holds: even at the low end of the interval more than half are right.\n", output);
        using var json = JsonDocument.Parse(CommandLine.Run("rules", "backtest", rules, sent, back, "--json").Out);
        var rule = json.RootElement.GetProperty("rules")[0];
        Assert.Equal((20, 16, 0, 4, 640.00m, "holds"), (rule.GetProperty("spoke").GetInt32(),
            rule.GetProperty("true").GetInt32(), rule.GetProperty("otherReason").GetInt32(),
            rule.GetProperty("falseAlarm").GetInt32(), rule.GetProperty("refused").GetDecimal(),
            rule.GetProperty("verdict").GetString()));
        var graded = CommandLine.Run("grade", sent, back, "--rules", rules, "--json").Out;
        using var grades = JsonDocument.Parse(graded);
        Assert.Equal(16, grades.RootElement.GetProperty("findings").EnumerateArray()
            .Single(static f => f.GetProperty("id").GetString() == "OWN0001").GetProperty("true").GetInt32());
        Assert.DoesNotContain("proposedRule\": \"rule", graded, StringComparison.Ordinal);
    }

    /// <summary>Rules that come true, that do not, that are too few to say, and that no remittance can judge.</summary>
    [Theory]
    [InlineData("when payer is 05901\nand code is 96372", "denial", "does-not-hold")]
    [InlineData("when payer is 60054\nand code is 96372", "denial", "holds")]
    [InlineData("when code is 96372", "denial", "not-decided")]
    [InlineData("when code is J3420", "denial", "too-few")]
    [InlineData("when payer is 60054\nand code is 96372", "compliance", "not-for-remittances")]
    public void The_remittances_judge_a_rule(string conditions, string outcome, string verdict)
    {
        var (claims, payments) = GradeTests.Year();
        var (sent, back) = (Write("sent.json", claims), Path.Combine(folder, "back.835"));
        File.WriteAllBytes(back, RemittanceSamples.File([.. RemittanceSamples.Head("100"), "LX*1", .. payments]));
        var rules = Write("mine.rules", PayerRuleTests.Head.Replace("outcome denial", $"outcome {outcome}",
            StringComparison.Ordinal) + conditions + "\n" + PayerRuleTests.Cases);
        using var json = JsonDocument.Parse(CommandLine.Run("rules", "backtest", rules, sent, back, "--json").Out);
        Assert.Equal(verdict, json.RootElement.GetProperty("rules")[0].GetProperty("verdict").GetString());
    }

    /// <summary>
    /// Payers and lines of every shape that can be proposed: the file reads, its cases come out, and the rule speaks on
    /// the lines it was drawn from.
    /// </summary>
    [Theory]
    [InlineData("\"id\":\"AB12\",\"name\":\"PLAN\"", "\"59\"", "11")]
    [InlineData("\"id\":\"or\",\"name\":\"PLAN\"", "", "")]
    [InlineData("\"id\":\"A (B) *\",\"name\":\"PLAN\"", "\"25\",\"59\"", "22")]
    [InlineData("\"name\":\"BLUE É PLAN, (or) *\"", "\"59\"", "11")]
    [InlineData("\"name\":\"BLUE PLAN\"", "", "")]
    public void Whatever_is_proposed_reads(string payer, string modifiers, string place)
    {
        var (claims, payments) = (new List<string>(), new List<string>());
        for (var i = 0; i < 12; i++)
        {
            var at = place.Length > 0 ? $"\"placeOfService\":\"{place}\"," : "";
            claims.Add($$"""{"id":"C{{i:00}}","payer":{ {{payer}} },{{at}}"diagnoses":["D51.0"],"lines":[ """
                + $$"""{"code":"96372","modifiers":[{{modifiers}}],"units":1,"charge":40,"diagnoses":[1],"""
                + $$"""  "date":"2026-03-{{i + 1:00}}"} ] }""");
            payments.AddRange([$"CLP*C{i:00}*4*40*0**MB*ICN{i}*11*1", "NM1*QC*1*FIELD*ALAN****MI*A123456",
                $"SVC*HC:96372*40*0", $"DTM*472*202603{i + 1:00}", "CAS*CO*197*40"]);
        }
        var (sent, back, rules) = (Write("sent.json", $"[{string.Join(',', claims)}]"),
            Path.Combine(folder, "back.835"), Path.Combine(folder, "new.rules"));
        File.WriteAllBytes(back, RemittanceSamples.File([.. RemittanceSamples.Head("100"), "LX*1", .. payments]));
        CommandLine.Run("grade", sent, back, "--propose", rules);
        Assert.Equal((Exit.Clean, "1 rule, 2 cases, 0 failed\n", ""), CommandLine.Run("rules", "test", rules));
        Assert.Contains("spoke 12 times: 12 refused for its reason, $480.00",
            CommandLine.Run("rules", "backtest", rules, sent, back).Out, StringComparison.Ordinal);
    }
}
