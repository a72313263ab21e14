using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Deltoid.Batch;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12;
using Deltoid.X12.Acknowledgments;
using Deltoid.X12.Envelope;

namespace Deltoid.Cli;

/// <summary>
/// <c>deltoid check</c>: whether X12 is as the standard and the guides want it; and the acknowledgment of it.
/// </summary>
static class CheckCommand
{
    static readonly string[] Types = ["", "syntax", "guide", "sums", "segments", "codes", "", "payer"];

    sealed record Options(string[] Files, Form Form, bool Full, string FailOn, Acknowledger? Acknowledger,
        string? Output)
    {
        /// <summary>An acknowledgment without a place of its own goes where the findings would.</summary>
        public bool ShowsFindings => Acknowledger is null || Output is not null;
    }

    public static Command Create(Terminal terminal)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = $"X12: {TransactionSets.Names}, TA1; - reads standard input", Arity = ArgumentArity.OneOrMore
        };
        var json = new Option<bool>("--json") { Description = "One JSON object for a file, a list for several files" };
        var jsonl = new Option<bool>("--jsonl")
        {
            Description =
                "The catalogue, then one line of JSON for each claim and for each transaction set with findings"
        };
        var sarif = new Option<bool>("--sarif") { Description = "SARIF 2.1.0" };
        var full = new Option<bool>("--full") { Description = "Repeat the fields of the catalogue in each finding" };
        var ack = new Option<bool>("--ack")
        {
            Description = "Write the TA1 and 999 that answer the file: to --output, or instead of the findings"
        };
        var output = new Option<string?>("--output")
        {
            Description = "Where to write the acknowledgment", HelpName = "FILE"
        };
        var control = EnvelopeOptions.Number("--control", "The first control number of the acknowledgments");
        var made = EnvelopeOptions.Made();
        var failOn = FailOn.Create();
        var command = new Command("check",
            "Check X12 files: syntax, guide, sums, segments, codes, payer (SNIP 1 to 5 and 7)")
        {
            files, json, jsonl, sarif, full, ack, output, control, made, failOn
        };
        command.Demand(result =>
        {
            var isForm = result.GetValue(json) || result.GetValue(jsonl) || result.GetValue(sarif);
            if (result.GetValue(output) is not null && !result.GetValue(ack))
                result.AddError("--output is where --ack goes");
            if (OutputFile.FaultOf(result.GetValue(output), result.GetValue(files) ?? []) is { } fault)
                result.AddError(fault);
            if (result.GetValue(ack) && isForm && result.GetValue(output) is null)
                result.AddError("--ack beside findings is given with --output");
            foreach (var option in (Option[])[control, made])
                if (!result.GetValue(ack) && result.GetResult(option) is { Implicit: false })
                    result.AddError($"{option.Name} is given with --ack");
            OneForm.Of(result, json, jsonl, sarif);
            if (EnvelopeOptions.TimeOf(result.GetValue(made), terminal.Now) is null)
                result.AddError("--made is a day and time such as 2026-03-02T09:30");
        });
        command.SetAction(parse =>
        {
            var form = parse.GetValue(jsonl) ? Form.JsonLines
                : parse.GetValue(json) ? Form.Report
                : parse.GetValue(sarif) ? Form.Sarif
                : Form.Text;
            var when = EnvelopeOptions.TimeOf(parse.GetValue(made), terminal.Now)!.Value;
            var first = parse.GetValue(control);
            var terms = new EnvelopeTerms
            {
                Day = DateOnly.FromDateTime(when), Time = TimeOnly.FromDateTime(when), InterchangeControl = first,
                GroupControl = first
            };
            return Run(terminal,
                new(parse.GetValue(files)!, form, parse.GetValue(full), parse.GetValue(failOn)!,
                    parse.GetValue(ack) ? new Acknowledger(terms) : null, parse.GetValue(output)));
        });
        return command;
    }

    static int Run(Terminal terminal, Options options)
    {
        var (exit, found) = (Exit.Clean, Exit.Clean);
        using var opened = options.Acknowledger is not null && options.Output is { } target
            ? OutputFile.Open(target)
            : null;
        var answers = options.Acknowledger is null ? null : opened?.Stream ?? terminal.Out;
        using var output = new FindingsOutput(terminal, options.ShowsFindings ? terminal.Out : Stream.Null,
            options.Form, options.Full, trace: false) { Several = options.Files.Length > 1 };
        output.Begin();
        foreach (var file in options.Files)
        {
            output.TryRead(file, ref exit, () =>
            {
                using var input = X12Input.Open(terminal, file);
                input.MustBeX12();
                found = Exit.Worse(found, Check(terminal, options, input, output, answers));
            });
        }
        if (opened is not null && exit != Exit.Interrupted && opened.Stream.Length > 0) opened.Finish();
        return Exit.Worse(exit, found);
    }

    static int Check(Terminal terminal, Options options, X12Input input, FindingsOutput output, Stream? answers)
    {
        if (options.Form == Form.Report) output.BeginReport(input.File);
        var run = new CheckRun(new BlockSource(input.Stream), terminal.Book, options.Acknowledger,
            options.ShowsFindings ? output.Writer(input.File, many: true) : null, (text, count) =>
            {
                output.Put(text, count);
                if (answers is null) return;
                OutputException.Write(answers, options.Acknowledger!.Written);
                options.Acknowledger.Clear();
            });
        run.Run(terminal.Stop);
        if (answers is not null) OutputException.Write(answers, default, flush: true);
        if (options.Form == Form.Report) output.EndReport(json => Write(run, json));
        if (options.Form == Form.Text) Tell(terminal, options, input.File, run);
        var totals = run.Totals;
        var exit = FailOn.ExitOf(options.FailOn, totals.Findings);
        return totals.Refused == 0 ? exit : Exit.Worse(exit, totals.Read == 0 ? Exit.Unreadable : Exit.PartlyRefused);
    }

    /// <summary>For people: what was read, how many findings of which type, what the acknowledgment says.</summary>
    static void Tell(Terminal terminal, Options options, string file, CheckRun run)
    {
        var sets = run.Sets.GroupBy(static s => (s.Kind, s.IsRead))
            .Select(static g => string.Create(CultureInfo.InvariantCulture,
                $"{g.Count():N0} {g.Key.Kind}{(g.Key.IsRead ? "" : " (not supported)")}"));
        terminal.Error.WriteLine($"{file}: "
            + $"{(run.Sets.Count == 0 ? "no sets" : string.Join(", ", sets))}; "
            + $"{Summary.FindingsOf(run.Totals)}");
        var types = Enumerable.Range(1, FindingInfo.MostSnip).Where(t => run.Types[t] > 0)
            .Select(t => string.Create(CultureInfo.InvariantCulture, $"{t} {Types[t]} {run.Types[t]:N0}")).ToList();
        if (types.Count > 0) terminal.Error.WriteLine("  by type: " + string.Join(", ", types));
        if (options.Acknowledger is { } ack)
            terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  acknowledged: {ack.Accepted:N0} accepted, {ack.Rejected:N0} rejected{RejectedOf(ack)}"
                    + $"{(ack.Unreported > 0 ? $"; {ack.Unreported:N0} faults were too many to tell" : "")}"));
    }

    static string RejectedOf(Acknowledger ack) => ack.RejectedInterchanges == 0 ? "" : string.Create(
        CultureInfo.InvariantCulture, $" ({Summary.Count(ack.RejectedInterchanges, "interchange")} rejected by TA1)");

    static void Write(CheckRun run, Utf8JsonWriter json)
    {
        json.WriteStartArray("sets"u8);
        foreach (var set in run.Sets)
        {
            json.WriteStartObject();
            json.WriteNumber("interchange"u8, set.Place.Interchange);
            json.WriteNumber("group"u8, set.Place.Group);
            json.WriteNumber("set"u8, set.Place.Set);
            json.WriteString("kind"u8, set.Kind);
            json.WriteString("control"u8, set.Control);
            json.WriteBoolean("read"u8, set.IsRead);
            json.WriteNumber("claims"u8, set.Claims);
            json.WriteNumber("errors"u8, set.Findings[2]);
            json.WriteNumber("warnings"u8, set.Findings[1]);
            json.WriteNumber("notes"u8, set.Findings[0]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("snip"u8);
        for (var type = 1; type <= FindingInfo.MostSnip; type++)
            if (Types[type].Length > 0) json.WriteNumber(type.ToString(CultureInfo.InvariantCulture), run.Types[type]);
        json.WriteEndObject();
    }
}
