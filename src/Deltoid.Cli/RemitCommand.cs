using System.CommandLine;
using Deltoid.Batch;
using Deltoid.Remits;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary>
/// <c>deltoid remit</c>: why claims were denied and what to do, and what to post. Nothing is changed.
/// </summary>
static class RemitCommand
{
    sealed record Options(string[] Files, Form Form, string FailOn, string? Claims, string? Charts, string? Record,
        string? Terms, string? Contracts, string[] Earlier);

    public static Command Create(Terminal terminal)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Remittances (835), acknowledgments (999, TA1, 277CA), or denied claims as JSON, one in a file (.json) or one on each line "
                + "(.jsonl); - reads standard input",
            Arity = ArgumentArity.OneOrMore
        };
        var json = new Option<bool>("--json") { Description = "One JSON object, or a list of several" };
        var jsonl = new Option<bool>("--jsonl") { Description = "One line of JSON for each, in order" };
        var claims = Beside("--claims", "The claims as they were sent: 837 or claim JSON");
        var charts = Beside("--charts", "The charts: encounters as JSON, a list or one on each line");
        var record = Beside("--record", "What else is known: facts by claim id, as JSON");
        var terms = Beside("--terms", "Limits of contracts and manuals by payer id or name, as JSON");
        var contracts = Beside("--contracts", "What payers agreed to pay, by payer id or name: dated rows, as JSON");
        var earlier = new Option<string[]>("--earlier")
        {
            Description = "Remittances that were received before", HelpName = "FILE",
            AllowMultipleArgumentsPerToken = true
        };
        var failOn = FailOn.Create();
        var command = new Command("remit", "Say why claims were denied or rejected, what to do about it, and what to post")
        {
            files, claims, charts, record, terms, contracts, earlier, json, jsonl, failOn
        };
        command.Demand(result => OneForm.Of(result, json, jsonl));
        command.SetAction(parse =>
        {
            var form = parse.GetValue(jsonl) ? Form.JsonLines : parse.GetValue(json) ? Form.Json : Form.Text;
            using var output = new ItemOutput(terminal, terminal.Out, form);
            return Run(terminal, new(parse.GetValue(files)!, form, parse.GetValue(failOn)!, parse.GetValue(claims),
                parse.GetValue(charts), parse.GetValue(record), parse.GetValue(terms),
                parse.GetValue(contracts), parse.GetValue(earlier) ?? []),
                output);
        });
        return command;
    }

    static Option<string?> Beside(string name, string says) => new(name) { Description = says, HelpName = "FILE" };

    static int Run(Terminal terminal, Options options, ItemOutput output)
    {
        var exit = Exit.Clean;
        var remits = new RemitFiles(terminal, options.Form, output, options.FailOn);
        if (!remits.Open(options.Claims, options.Charts, options.Record, options.Terms, options.Contracts,
            ref exit)) return exit;
        foreach (var file in options.Earlier) remits.SurveyEarlier(file, ref exit);
        var surveyed = Array.ConvertAll(options.Files, file => remits.Survey(file, ref exit));
        remits.Judge();
        output.Several |= options.Files.Length > 1;
        var resolver = new Resolver(terminal.Book);
        for (var i = 0; i < options.Files.Length; i++)
        {
            terminal.Stop.ThrowIfCancellationRequested();
            switch (surveyed[i])
            {
                case { Refusal: { } e }: output.PutError(options.Files[i], e); break;
                case { Remittance: { } file }: remits.Answer(file, surveyed[i].Input!, ref exit); break;
                case { Acknowledgments: { } answers }: remits.Answer(options.Files[i], answers, ref exit); break;
                case { Cases: { } cases }: Resolve(terminal, resolver, options.Files[i], cases, options.Form, output,
                    ref exit); break;
            }
        }
        remits.Finish();
        return exit;
    }

    static void Resolve(Terminal terminal, Resolver resolver, string file, byte[] bytes, Form form, ItemOutput output,
        ref int exit)
    {
        var cases = CasesOf(bytes, file);
        output.Several |= cases.Count > 1;
        foreach (var text in cases)
        {
            terminal.Stop.ThrowIfCancellationRequested();
            var read = Exit.Clean;
            output.TryRead(file, ref read, () =>
            {
                var of = resolver.Resolve(DeniedClaimJson.Read(text));
                if (form == Form.Text) ResolutionPage.Write(of, new TextPage(terminal.Write, terminal.Color));
                else output.PutObject(writer => ResolutionJson.Write(of, writer));
            });
            if (read != Exit.Clean)
                exit = Exit.Worse(exit, read == Exit.Unreadable && cases.Count > 1 ? Exit.PartlyRefused : read);
        }
    }

    /// <summary>The cases of a file: one, or one on each line.</summary>
    static List<ReadOnlyMemory<byte>> CasesOf(byte[] bytes, string file) =>
        file.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) ? JsonParts.Each(bytes) : [bytes];
}
