using System.CommandLine;
using System.Text;
using Deltoid.Codes;
using Deltoid.Results;

namespace Deltoid.Cli;

/// <summary><c>deltoid codes diff</c>: what changed from one code book to another.</summary>
static class DiffCommand
{
    public static Command Create(Terminal terminal)
    {
        var (before, after) = Books();
        var date = ExplainCommand.DateOption();
        date.Description = "The day to compare the books on; if not given, each book's own release";
        var codes = new Option<string[]>("--codes")
        {
            Description = "Only codes that begin with this", HelpName = "PREFIX", AllowMultipleArgumentsPerToken = true
        };
        var all = new Option<bool>("--all") { Description = "Show everything, not only the first of each kind" };
        var json = new Option<bool>("--json") { Description = "One JSON object, complete" };
        var csv = new Option<bool>("--csv") { Description = "One row for each change, for a spreadsheet" };
        var html = new Option<string?>("--html")
        {
            Description = "Also write a page with a chart and its tables", HelpName = "FILE",
        };
        var command = new Command("diff", "Show what changed from one code book to another")
        {
            before, after, date, codes, all, json, csv, html,
        };
        command.Demand(result =>
        {
            OneForm.Of(result, json, csv);
            if (OutputFile.FaultOf(result.GetValue(html)) is { } fault)
                result.AddError(fault.Replace("--output", "--html", StringComparison.Ordinal));
        });
        command.SetAction(parse =>
        {
            string[] prefixes =
                [.. (parse.GetValue(codes) ?? []).Select(static p =>
                        p.Replace(".", "", StringComparison.Ordinal).ToUpperInvariant())];
            var (one, two) = (parse.GetValue(before)!, parse.GetValue(after)!);
            var report = new DiffReport(new BookDiff(Terminal.Open(one), Terminal.Open(two), parse.GetValue(date),
                    prefixes), one, two);
            if (parse.GetValue(html) is { } file)
                OutputFile.WriteAll(file, Encoding.UTF8.GetBytes(report.ToHtml(parse.GetValue(all))));
            if (parse.GetValue(csv)) terminal.Write(report.ToCsv());
            else if (!parse.GetValue(json))
                report.Write(new TextPage(terminal.Write, terminal.Color), parse.GetValue(all));
            else
            {
                using (var writer = ResultJson.Writer(terminal.Buffer, indented: true)) report.Write(writer);
                terminal.WriteLine();
            }
            terminal.Flush();
            return Exit.Clean;
        });
        return command;
    }

    /// <summary>The two books of a comparison.</summary>
    public static (Argument<string> Before, Argument<string> After) Books() =>
        (new("BEFORE")
            {
                Description = "The earlier book: starter, a book's file, a folder of books, or the "
                    + "folder as it was known on a day (BOOKS@2026-07-01)"
            }, new("AFTER") { Description = "The later book" });
}
