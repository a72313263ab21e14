using System.CommandLine;
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
        var command = new Command("grade",
            "Show which warnings came true: what each finding predicted, and what the payers answered")
        {
            claims, answers, json
        };
        command.SetAction(parse =>
        {
            var form = parse.GetValue(json) ? Form.Json : Form.Text;
            using var output = new ReportOutput(terminal, form);
            var (cohort, exit) = (new Cohort(), Exit.Clean);
            foreach (var file in parse.GetValue(answers)!.Prepend(parse.GetValue(claims)!))
                exit = Exit.Worse(exit, CohortFiles.Read(terminal, file, cohort, output));
            var grader = new Grader(terminal.Book);
            grader.AddAll(cohort);
            var report = new GradeReport(grader, cohort, terminal.Book);
            output.Put(report.Write, report.Write);
            return exit;
        });
        return command;
    }
}
