using System.CommandLine;
using System.Text;
using Deltoid.Reports;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary><c>deltoid report</c>: the figures of a month from its files.</summary>
static class ReportCommand
{
    public static Command Create(Terminal terminal)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Claims and answers in any order: 837, 835, 277CA and 999 files, claim JSON; "
                + "- reads standard input",
            Arity = ArgumentArity.OneOrMore
        };
        var json = new Option<bool>("--json") { Description = "One JSON object" };
        var csv = new Option<bool>("--csv") { Description = "All figures as rows, for a spreadsheet" };
        var letter = new Option<bool>("--letter")
        {
            Description = "A page of sentences: what was lost, why, what to change, what changed since last month"
        };
        var xlsx = new Option<string?>("--xlsx") { Description = "Also write a workbook", HelpName = "FILE" };
        var html = new Option<string?>("--html")
        {
            Description = "Also write a page with plots and their tables", HelpName = "FILE"
        };
        var costs = new Option<string?>("--costs")
        {
            Description = "What drugs cost you, by package and day: rows ndc,from,thru,cost,quantity,unit. "
                + "It makes the drug margin", HelpName = "FILE"
        };
        var asOf = new Option<DateOnly?>("--as-of")
        {
            Description = "The day on which what is open is counted; if not given, the last day of the files",
            HelpName = "2026-08-31",
            CustomParser = static result =>
            {
                if (Days.TryRead(result.Tokens[0].Value, out var day)) return day;
                result.AddError("--as-of is a day such as 2026-08-31");
                return default;
            },
        };
        var command = new Command("report", "Show the figures of a month: denials, days, dollars, from its files")
        {
            files, json, csv, letter, xlsx, html, costs, asOf
        };
        command.Subcommands.Add(UnderpaymentsCommand.Create(terminal));
        command.Demand(result =>
        {
            OneForm.Of(result, json, csv, letter);
            foreach (var option in (Option<string?>[])[xlsx, html])
                if (OutputFile.FaultOf(result.GetValue(option), result.GetValue(files) ?? []) is { } fault)
                    result.AddError(fault.Replace("--output", option.Name, StringComparison.Ordinal));
        });
        command.SetAction(parse =>
        {
            var form = parse.GetValue(json) ? Form.Json : parse.GetValue(csv) ? Form.Csv : Form.Text;
            using var output = new ReportOutput(terminal, form);
            var (cohort, exit) = (new Cohort(), Exit.Clean);
            foreach (var file in parse.GetValue(files)!)
                exit = Exit.Worse(exit, CohortFiles.Read(terminal, file, cohort, output));
            var figures = new Figures(cohort, terminal.Book, parse.GetValue(asOf) ?? default,
                parse.GetValue(costs) is { } priced ? CostsOf(terminal, priced) : null);
            var report = new FigureReport(figures, terminal.Book);
            if (parse.GetValue(letter)) MonthLetter.Write(figures, new TextPage(terminal.Write, terminal.Color));
            else output.Put(report.Write, report.Write, report.ToCsv);
            if (parse.GetValue(xlsx) is { } book) OutputFile.WriteAll(book, report.ToXlsx());
            if (parse.GetValue(html) is { } page) OutputFile.WriteAll(page, Encoding.UTF8.GetBytes(report.ToHtml()));
            return exit;
        });
        return command;
    }

    static DrugCosts CostsOf(Terminal terminal, string file) =>
        DrugCosts.Read(Encoding.UTF8.GetString(terminal.Read(file)));
}
