using System.CommandLine;
using Deltoid.Batch;
using Deltoid.Remits;
using Deltoid.Reports;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary><c>deltoid report underpayments</c>: expected against paid, the sum of twelve months.</summary>
static class UnderpaymentsCommand
{
    sealed record Options(string[] Files, string Claims, string Contracts, string? Terms);

    public static Command Create(Terminal terminal)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Remittances (835) of up to twelve months, in any order", Arity = ArgumentArity.OneOrMore
        };
        var claims = Beside("--claims", "The claims as they were sent: 837 or claim JSON", required: true);
        var contracts = Beside("--contracts", "What payers agreed to pay, by payer id or name: dated rows, as JSON",
            required: true);
        var terms = Beside("--terms", "The kind of plan and other terms by payer id or name, as JSON", required: false);
        var json = new Option<bool>("--json") { Description = "One JSON object" };
        var csv = new Option<bool>("--csv") { Description = "A row for each line, for a spreadsheet" };
        var command = new Command("underpayments",
            "Hold what was paid against contracts: too little and too much by payer and cause, on one page")
        {
            files, claims, contracts, terms, json, csv
        };
        command.Demand(result => OneForm.Of(result, json, csv));
        command.SetAction(parse =>
        {
            var form = parse.GetValue(json) ? Form.Json : parse.GetValue(csv) ? Form.Csv : Form.Text;
            using var output = new ReportOutput(terminal, form);
            return Run(terminal, new(parse.GetValue(files)!, parse.GetValue(claims)!, parse.GetValue(contracts)!,
                parse.GetValue(terms)), form, output);
        });
        return command;
    }

    static Option<string?> Beside(string name, string says, bool required) =>
        new(name) { Description = says, HelpName = "FILE", Required = required };

    static int Run(Terminal terminal, Options options, Form form, ReportOutput output)
    {
        var exit = Exit.Clean;
        var remits = new RemitFiles(terminal, form, output, "error");
        if (!remits.Open(options.Claims, null, null, options.Terms, options.Contracts, ref exit)) return exit;
        var surveyed = Array.ConvertAll(options.Files, file => remits.Survey(file, ref exit));
        remits.Judge();
        var ledger = new PriceLedger();
        for (var i = 0; i < surveyed.Length; i++)
        {
            terminal.Stop.ThrowIfCancellationRequested();
            switch (surveyed[i])
            {
                case { Refusal: { } e }: output.PutError(options.Files[i], e); break;
                case { Remittance: { } file }: remits.Price(file, surveyed[i].Input!, ledger, ref exit); break;
                default:
                    output.PutError(options.Files[i], new InputException("", "this is no 835",
                        "give remittances as the payer sent them"));
                    exit = Exit.Worse(exit, Exit.Unreadable);
                    break;
            }
        }
        var kept = surveyed.Sum(static f =>
            f.Remittance?.Sets.Count(static s => s is { IsRead: true, Verdict: RemitVerdict.Quarantine }) ?? 0);
        var report = new UnderpaymentReport(ledger, terminal.Book, kept);
        output.Put(report.Write, report.Write, report.ToCsv);
        return exit;
    }
}
