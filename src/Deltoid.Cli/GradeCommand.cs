using System.CommandLine;
using System.Text;
using Deltoid.Reports;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary><c>deltoid grade</c>: whether what the edits said came true on the remittances.</summary>
static class GradeCommand
{
    public static Command Create(Terminal terminal)
    {
        var claims = new Argument<string>("CLAIMS")
        {
            Description = "The claims as sent: an 837 file, claim JSON or claim notation; - reads standard input"
        };
        var answers = new Argument<string[]>("835")
        {
            Description = "The remittances: 835 files, or the JSON that 'deltoid read' writes; "
                + "more 837 files may stand between them",
            Arity = ArgumentArity.OneOrMore
        };
        var json = new Option<bool>("--json") { Description = "One JSON object" };
        var (rules, propose) = (RuleFiles.Option(), new Option<string?>("--propose")
        {
            Description = "Write the proposed payer rules to this file, for 'deltoid rules'", HelpName = "FILE"
        });
        var command = new Command("grade",
            "Show which warnings came true: what each finding predicted, and what the payers answered")
        {
            claims, answers, json, rules, propose
        };
        command.Demand(result =>
        {
            string?[] inputs = [result.GetValue(claims), .. result.GetValue(answers) ?? []];
            RuleFiles.Check(result, rules, inputs);
            if (OutputFile.FaultOf(result.GetValue(propose), [.. inputs, .. result.GetValue(rules) ?? []]) is { } fault)
                result.AddError(fault.Replace("--output", "--propose", StringComparison.Ordinal));
        });
        command.SetAction(parse =>
        {
            var form = parse.GetValue(json) ? Form.Json : Form.Text;
            if (!RuleFiles.TryUse(terminal, parse.GetValue(rules)!, out var refused)) return refused;
            using var output = new ReportOutput(terminal, form);
            var (cohort, exit) = (new Cohort(), Exit.Clean);
            foreach (var file in parse.GetValue(answers)!.Prepend(parse.GetValue(claims)!))
                exit = Exit.Worse(exit, CohortFiles.Read(terminal, file, cohort, output));
            var grader = new Grader(terminal.Book, new(terminal.Edits));
            grader.AddAll(cohort);
            var report = new GradeReport(grader, cohort, terminal.Book);
            output.Put(report.Write, report.Write);
            if (parse.GetValue(propose) is { } target) Propose(terminal, report.ProposedRules, target);
            return exit;
        });
        return command;
    }

    static void Propose(Terminal terminal, string rules, string target)
    {
        if (rules.Length == 0)
        {
            terminal.Error.WriteLine($"deltoid: no rule is proposed, so {target} is not written");
            return;
        }
        OutputFile.WriteAll(target, Encoding.UTF8.GetBytes(rules));
    }
}
