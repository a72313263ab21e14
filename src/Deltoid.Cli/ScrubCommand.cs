using System.CommandLine;
using Deltoid.Charting;
using Deltoid.Claims;
using Deltoid.Edits;
using Deltoid.Findings;
using Deltoid.Payers;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary><c>deltoid scrub</c>: what is wrong with claims. It never changes a claim, but for clerical fixes when asked.</summary>
static class ScrubCommand
{
    public static Command Create(Terminal terminal)
    {
        var files = new Argument<string[]>("FILE") { Description = "Claim JSON (one or a list) or claim notation; - reads standard input", Arity = ArgumentArity.OneOrMore };
        var json = new Option<bool>("--json") { Description = "One JSON object, or a list of them for several claims" };
        var jsonl = new Option<bool>("--jsonl") { Description = "The catalogue, then one JSON object on a line for each claim" };
        var history = new Option<string?>("--history") { Description = "The patient's earlier services, a JSON list of {date, code, units, provider}", HelpName = "FILE" };
        var trace = new Option<bool>("--trace") { Description = "Say to which row of the code book each line was bound" };
        var full = new Option<bool>("--full") { Description = "Repeat the catalogue's fields in each finding" };
        var fix = new Option<bool>("--fix") { Description = "Apply clerical fixes, report each, and write the claims to --output" };
        var output = new Option<string?>("--output") { Description = "Where --fix writes the claims", HelpName = "FILE" };
        var failOn = FailOn.Create();
        var command = new Command("scrub", "What is wrong with claims, before a payer says it") { files, json, jsonl, history, trace, full, fix, output, failOn };
        command.Validators.Add(result =>
        {
            if (result.GetValue(fix) != (result.GetValue(output) is not null)) result.AddError("--fix and --output are given together");
        });
        command.SetAction(parse =>
        {
            var form = parse.GetValue(jsonl) ? Form.JsonLines : parse.GetValue(json) ? Form.Json : Form.Text;
            using var sink = new ScrubSink(terminal, form, full: parse.GetValue(full) || form == Form.Json, trace: parse.GetValue(trace));
            var run = new Run(terminal, sink, parse.GetValue(failOn)!, parse.GetValue(fix) ? parse.GetValue(output) : null);
            return run.Scrub(parse.GetValue(files)!, parse.GetValue(history));
        });
        return command;
    }

    sealed class Run(Terminal terminal, ScrubSink sink, string failOn, string? output)
    {
        readonly Scrubber scrubber = new();
        readonly FindingList findings = new();
        readonly List<Claim> fixedClaims = [];
        int exit;

        public int Scrub(string[] files, string? historyFile)
        {
            PatientHistory? history = null;
            if (historyFile is not null && !sink.Results.TryRead(historyFile, EncounterJson.ReadHistory, ref exit, out history)) return exit;
            foreach (var file in files)
            {
                if (!sink.Results.TryRead(file, ClaimFile.Read, ref exit, out var claims)) continue;
                sink.Results.Several |= files.Length > 1 || claims.Count > 1;
                ScrubAll(file, claims, history);
            }
            if (output is not null) WriteFixed(output);
            return exit;
        }

        void ScrubAll(string file, List<(Claim? Claim, InputException? Error)> claims, PatientHistory? history)
        {
            var refused = claims.Count(c => c.Claim is null);
            if (refused > 0) exit = Exit.Worse(exit, refused == claims.Count ? Exit.Unreadable : Exit.PartlyRefused);
            foreach (var (claim, error) in claims)
            {
                if (claim is null) { sink.Results.WriteError(file, error!); continue; }
                Check(claim, history);
                if (output is not null) Fix(claim, history);
                sink.Write(file, claim, findings);
                exit = Exit.Worse(exit, FailOn.ExitOf(failOn, findings));
            }
        }

        void Check(Claim claim, PatientHistory? history)
        {
            var payer = PayerProfile.For(Terminal.Book.PayerSettings, claim.PayerKind, claim.ServiceDate, claim.Text(ClaimText.PayerId));
            findings.Clear();
            scrubber.Check(claim, Terminal.Book, payer, history, null, findings);
        }

        void Fix(Claim claim, PatientHistory? history)
        {
            var any = false;
            foreach (ref readonly var finding in findings.Span)
            {
                if (!Fixes.Apply(claim, finding)) continue;
                any = true;
                terminal.Error.WriteLine($"fixed {finding.Info.Id}{(finding.Place.Line > 0 ? $" on line {finding.Place.Line}" : "")}: {FindingText.Fix(finding)}");
            }
            if (any) Check(claim, history);
            fixedClaims.Add(claim);
        }

        void WriteFixed(string path)
        {
            using var stream = File.Create(path);
            using var json = new System.Text.Json.Utf8JsonWriter(stream, new System.Text.Json.JsonWriterOptions { Indented = true, NewLine = "\n" });
            if (fixedClaims.Count != 1) json.WriteStartArray();
            foreach (var claim in fixedClaims) ClaimJson.Write(claim, json);
            if (fixedClaims.Count != 1) json.WriteEndArray();
        }
    }
}
