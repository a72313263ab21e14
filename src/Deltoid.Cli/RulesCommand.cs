using System.CommandLine;
using Deltoid.Binding;
using Deltoid.Charting;
using Deltoid.PayerRules;
using Deltoid.Reports;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary><c>deltoid rules</c>: payer rules that a practice writes itself, tested before they are used.</summary>
static class RulesCommand
{
    public static Command Create(Terminal terminal) =>
        new("rules", "Test, explain and try out payer rules of your own")
        {
            Test(terminal), Explain(terminal), BackTest(terminal),
        };

    static Argument<string> RulesFile() =>
        new("RULES") { Description = "A file of payer rules; - reads standard input" };

    static Command Test(Terminal terminal)
    {
        var files = new Argument<string[]>("RULES")
        {
            Description = "Files of payer rules; - reads standard input", Arity = ArgumentArity.OneOrMore
        };
        var json = new Option<bool>("--json") { Description = "One JSON object" };
        var command = new Command("test", "Check files of rules, and run the cases of each rule") { files, json };
        command.SetAction(parse =>
        {
            if (!RuleFiles.TryRead(terminal, parse.GetValue(files)!, out var rules, out var exit)) return exit;
            var trial = new RuleTrial(rules, terminal.Book);
            var faults = rules.SelectMany(trial.FaultsOf).ToList();
            if (parse.GetValue(json)) WriteJson(terminal, rules, faults);
            else WriteText(terminal, rules, faults);
            terminal.Flush();
            return faults.Count == 0 ? Exit.Clean : Exit.Found;
        });
        return command;
    }

    static void WriteText(Terminal terminal, List<PayerRule> rules, List<RuleFault> faults)
    {
        foreach (var fault in faults) terminal.WriteLine($"line {fault.Line}: {fault.Words}");
        terminal.WriteLine($"{Summary.Count(rules.Count, "rule")}, "
            + $"{Summary.Count(rules.Sum(static r => r.Cases.Count), "case")}, {faults.Count} failed");
    }

    static void WriteJson(Terminal terminal, List<PayerRule> rules, List<RuleFault> faults)
    {
        using (var json = ResultJson.Writer(terminal.Buffer, indented: true))
        {
            json.WriteStartObject();
            json.WriteString("deltoid"u8, ResultJson.Version);
            json.WriteString("codeBook"u8, terminal.Book.Version);
            json.WriteNumber("rules"u8, rules.Count);
            json.WriteNumber("cases"u8, rules.Sum(static r => r.Cases.Count));
            json.WriteStartArray("failed"u8);
            foreach (var fault in faults)
            {
                json.WriteStartObject();
                json.WriteString("id"u8, fault.Rule.Info.Id);
                json.WriteNumber("line"u8, fault.Line);
                json.WriteString("message"u8, fault.Words);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        terminal.WriteLine();
    }

    static Command Explain(Terminal terminal)
    {
        var file = RulesFile();
        var on = new Argument<string?>("ON")
        {
            Description = "A claim (JSON or notation) or a visit (encounter JSON): why each rule fires on it or not",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("explain", "Show the page of each rule, or why each fires on a claim or visit")
        {
            file, on
        };
        command.Demand(result =>
        {
            if (result.GetValue(file) == "-" && result.GetValue(on) == "-")
                result.AddError("standard input is the rules or the claim, not both");
        });
        command.SetAction(parse =>
        {
            if (!RuleFiles.TryRead(terminal, [parse.GetValue(file)!], out var rules, out var exit)) return exit;
            var page = new TextPage(terminal.Write, terminal.Color);
            if (parse.GetValue(on) is { } named) exit = ExplainOn(terminal, rules, named, page);
            else
                foreach (var rule in rules)
                {
                    if (rule != rules[0]) page.Line();
                    RulePage.Of(rule).Write(page);
                }
            terminal.Flush();
            return exit;
        });
        return command;
    }

    static int ExplainOn(Terminal terminal, List<PayerRule> rules, string file, TextPage page)
    {
        using var output = new ItemOutput(terminal, terminal.Out, Form.Text);
        var exit = Exit.Clean;
        output.TryRead(file, ref exit, () =>
        {
            var (trial, bytes, isFirst) = (new RuleTrial(rules, terminal.Book), terminal.Read(file), true);
            foreach (var claim in All(trial, bytes, file))
                foreach (var rule in rules)
                {
                    if (!isFirst) page.Line();
                    isFirst = false;
                    RulePage.Write(rule, claim, page);
                }
        });
        return exit;
    }

    /// <summary>The claims of a file, or of its visits with their charts; one at a time.</summary>
    static IEnumerable<BoundClaim> All(RuleTrial trial, byte[] bytes, string file)
    {
        if (InputKind.Of(bytes) == InputKind.Visit)
        {
            foreach (var (visit, error) in EncounterJson.ReadAll(bytes, file))
                yield return visit is null ? throw error! : trial.Of(visit);
            yield break;
        }
        if (InputKind.Of(bytes) is { } kind && kind != InputKind.Claim)
            throw new InputException("", $"this is {kind.Words}", "give a claim (JSON or notation) or a visit");
        foreach (var (claim, error) in ClaimFile.Read(bytes))
            yield return claim is null ? throw error! : trial.Of(claim);
    }

    static Command BackTest(Terminal terminal)
    {
        var file = RulesFile();
        var claims = new Argument<string>("CLAIMS")
        {
            Description = "The claims as sent: an 837 file, claim JSON or claim notation"
        };
        var answers = new Argument<string[]>("835")
        {
            Description = "The remittances: 835 files, or the JSON that 'deltoid read' writes",
            Arity = ArgumentArity.OneOrMore
        };
        var json = new Option<bool>("--json") { Description = "One JSON object" };
        var command = new Command("backtest",
            "Show what each rule would have said of claims that were answered, and what came back")
        {
            file, claims, answers, json
        };
        command.SetAction(parse =>
        {
            if (!RuleFiles.TryRead(terminal, [parse.GetValue(file)!], out var rules, out var exit)) return exit;
            using var output = new ReportOutput(terminal, parse.GetValue(json) ? Form.Json : Form.Text);
            var cohort = new Cohort();
            foreach (var from in parse.GetValue(answers)!.Prepend(parse.GetValue(claims)!))
                exit = Exit.Worse(exit, CohortFiles.Read(terminal, from, cohort, output));
            var grader = new Grader(terminal.Book, new(PayerRuleEdit.WithShipped(rules)));
            grader.AddAll(cohort);
            var report = new RuleReport(rules, grader, cohort, terminal.Book);
            output.Put(report.Write, report.Write);
            return exit;
        });
        return command;
    }
}
