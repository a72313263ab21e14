using System.CommandLine;
using System.Text;
using Deltoid.Batch;
using Deltoid.Charting;
using Deltoid.Pricing;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary><c>deltoid codes impact</c>: which claims come out otherwise with another code book.</summary>
static class ImpactCommand
{
    const int UsualLimit = 50;

    public static Command Create(Terminal terminal)
    {
        var (before, after) = DiffCommand.Books();
        var files = new Argument<string[]>("FILE")
        {
            Description = "837 files, claim JSON, claim notation, or encounter JSON; - reads standard input",
            Arity = ArgumentArity.OneOrMore
        };
        var onRelease = new Option<bool>("--on-release")
        {
            Description = "Judge each claim as if its date were the release day of each book: "
                + "last quarter's claims by the next quarter's rows"
        };
        var locality = new Option<string>("--locality")
        {
            Description = "The locality to price for, by name or number; if not given, the national amount",
            DefaultValueFactory = static _ => "", HelpName = "LOCALITY"
        };
        var state = new Option<string>("--state")
        {
            Description = "The state, if two localities share a number", DefaultValueFactory = static _ => "",
            HelpName = "IL"
        };
        var limit = new Option<int>("--limit")
        {
            Description = "How many claims to list, most dollars first; all are counted",
            DefaultValueFactory = static _ => UsualLimit, HelpName = "N"
        };
        var json = new Option<bool>("--json") { Description = "One JSON object" };
        var csv = new Option<bool>("--csv")
        {
            Description = "The totals by code, payer, cause and finding, for a spreadsheet",
        };
        var html = new Option<string?>("--html")
        {
            Description = "Also write a page with a chart and its tables", HelpName = "FILE",
        };
        var command = new Command("impact", "Show which of your claims and visits change with another code book")
        {
            before, after, files, onRelease, locality, state, limit, json, csv, html,
        };
        command.Demand(result =>
        {
            OneForm.Of(result, json, csv);
            if (OutputFile.FaultOf(result.GetValue(html), result.GetValue(files) ?? []) is { } fault)
                result.AddError(fault.Replace("--output", "--html", StringComparison.Ordinal));
        });
        command.SetAction(parse =>
        {
            if (parse.GetValue(limit) < 1) return terminal.Refuse("--limit is 1 or more");
            var (old, now) = (Terminal.Open(parse.GetValue(before)!), Terminal.Open(parse.GetValue(after)!));
            if (PriceSite.Named(now, parse.GetValue(locality)!, parse.GetValue(state)!, now.Release,
                out var site) is { } fault)
                return terminal.Refuse(fault);
            var prices = new PriceTerms(site.Locality, site.State);
            var terms = parse.GetValue(onRelease) ? ImpactTerms.OnRelease(old, now, prices)
                : new(old, now, prices, null);
            var impacts = new Impacts(parse.GetValue(limit));
            var form = parse.GetValue(json) ? Form.Json : parse.GetValue(csv) ? Form.Csv : Form.Text;
            using var output = new ReportOutput(terminal, form);
            var exit = Exit.Clean;
            foreach (var file in parse.GetValue(files)!)
                exit = Exit.Worse(exit, Read(terminal, file, terms, impacts, output));
            var report = new ImpactReport(impacts, terms.Before, terms.After, terms.Days is not null);
            output.Put(report.Write, report.Write, report.ToCsv);
            if (parse.GetValue(html) is { } page) OutputFile.WriteAll(page, Encoding.UTF8.GetBytes(report.ToHtml()));
            return exit;
        });
        return command;
    }

    static int Read(Terminal terminal, string file, ImpactTerms terms, Impacts all, ReportOutput output)
    {
        var (exit, impacts) = (Exit.Clean, new Impacts(all.Most));
        output.TryRead(file, ref exit, () =>
        {
            using var input = X12Input.Open(terminal, file);
            if (input.IsX12)
            {
                ImpactRun.Run(input.Stream, file, terms, impacts, Environment.ProcessorCount, terminal.Stop);
                return;
            }
            foreach (var error in AddAll(new ImpactRun(terms, impacts), input.ReadAll(), file))
            {
                impacts.Refused++;
                output.PutError(file, error);
            }
        });
        all.Add(impacts);
        return impacts.Refused == 0
            ? exit
            : Exit.Worse(exit, impacts.Claims + impacts.Sets == 0 ? Exit.Unreadable : Exit.PartlyRefused);
    }

    /// <summary>Claims or visits of a file that is not X12; hands back why one was not read.</summary>
    static IEnumerable<InputException> AddAll(ImpactRun run, byte[] utf8, string file)
    {
        if (InputKind.Of(utf8) == InputKind.Visit)
            foreach (var (encounter, error) in EncounterJson.ReadAll(utf8, file))
            {
                if (encounter is not null) run.Add(encounter, file);
                else yield return error!;
            }
        else
            foreach (var (claim, error) in ClaimFile.Read(utf8))
            {
                if (claim is not null) run.Add(claim, file);
                else yield return error!;
            }
    }
}
