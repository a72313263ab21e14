using System.CommandLine;
using Deltoid.Charting;
using Deltoid.Encounters;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary><c>deltoid code</c>: what to bill for documented encounters.</summary>
static class CodeCommand
{
    public static Command Create(Terminal terminal)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Encounter JSON, one object or a list; - reads standard input",
            Arity = ArgumentArity.OneOrMore
        };
        var json = new Option<bool>("--json") { Description = "One JSON object, or a list for several encounters" };
        var jsonl = new Option<bool>("--jsonl") { Description = "One line of JSON for each encounter, in order" };
        var both = new Option<bool>("--both")
        {
            Description = "For a visit in a facility: code the professional's claim, then the facility's"
        };
        var (rules, failOn) = (RuleFiles.Option(), FailOn.Create());
        var command = new Command("code", "Code a documented visit: lines, findings, reasons, expected payment")
        {
            files, json, jsonl, both, rules, failOn
        };
        command.Demand(result =>
        {
            OneForm.Of(result, json, jsonl);
            RuleFiles.Check(result, rules, result.GetValue(files) ?? []);
        });
        command.SetAction(parse =>
        {
            var form = parse.GetValue(jsonl) ? Form.JsonLines : parse.GetValue(json) ? Form.Json : Form.Text;
            if (!RuleFiles.TryUse(terminal, parse.GetValue(rules)!, out var exit)) return exit;
            using var output = new ItemOutput(terminal, terminal.Out, form);
            return Run(terminal, parse.GetValue(files)!, form, output, parse.GetValue(failOn)!, parse.GetValue(both));
        });
        return command;
    }

    static int Run(Terminal terminal, string[] files, Form form, ItemOutput output, string failOn, bool both)
    {
        var scrubber = new Scrubber(terminal.Edits);
        var exit = Exit.Clean;
        foreach (var file in files)
        {
            List<Reading> readings = [];
            if (!output.TryRead(file, ref exit, () => readings = Read(terminal, file))) continue;
            if (readings.Count == 0)
                terminal.Error.WriteLine($"{Shown.Of(file)}: the list is empty: there is no visit in it");
            output.Several |= files.Length > 1 || readings.Count > 1 || both;
            var refused = readings.TrueForAll(r => r.Encounter is null) ? Exit.Unreadable : Exit.PartlyRefused;
            foreach (var (encounter, fault) in readings)
            {
                if (terminal.Stop.IsCancellationRequested) return Exit.Interrupted;
                if (encounter is null)
                {
                    exit = Exit.Worse(exit, refused);
                    output.PutError(file, fault!);
                    continue;
                }
                foreach (var visit in both
                    ? CodedVisit.Both(encounter, terminal.Book, scrubber)
                    : [CodedVisit.Of(encounter, terminal.Book, scrubber)])
                {
                    if (form == Form.Text) WriteText(terminal, output.Several ? file : "", visit);
                    else output.PutObject(json => ResultJson.Write(visit, json, output.Several ? file : null));
                    exit = Exit.Worse(exit, FailOn.ExitOf(failOn, visit.Findings));
                }
            }
        }
        return exit;
    }

    static List<Reading> Read(Terminal terminal, string file)
    {
        var bytes = terminal.Read(file);
        return InputKind.Of(bytes) is { } kind && kind != InputKind.Visit
            ? throw kind.WrongFor(file, "code")
            : EncounterJson.ReadAll(bytes, file);
    }

    static void WriteText(Terminal terminal, string file, CodedVisit visit)
    {
        if (file.Length > 0) terminal.WriteLine($"=== {Shown.Of(file)}");
        ResultText.Write(visit, terminal.Write, terminal.Color);
        if (file.Length > 0) terminal.WriteLine();
        terminal.Flush();
    }
}
