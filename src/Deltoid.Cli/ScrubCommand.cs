using System.CommandLine;
using System.CommandLine.Parsing;
using Deltoid.Batch;
using Deltoid.Binding;
using Deltoid.Charting;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary>
/// <c>deltoid scrub</c>: what is wrong with claims. It never changes a claim, except for clerical fixes when asked.
/// </summary>
static class ScrubCommand
{
    /// <summary>Claims from which on a run sums up what was found most often.</summary>
    const int FewClaims = 10, MostFrequent = 10;

    sealed record Options(string[] Files, Form Form, string? History, bool Trace, bool Full, string? Output,
        bool Resume, bool Progress, string FailOn)
    {
        /// <summary>Statistics, which are no form of findings, as JSON.</summary>
        public bool AsJson { get; init; }

        /// <summary>The kinds of findings that are asked for; all when null.</summary>
        public Func<FindingInfo, bool>? Keeps { get; init; }

        /// <summary>The same in words.</summary>
        public string Asked { get; init; } = "";

        /// <summary>Files of payer rules.</summary>
        public string[] Rules { get; init; } = [];

        /// <summary>What a run that continues must have in common with the one before.</summary>
        public string Terms(Terminal terminal) =>
            $"{Release.Build} {terminal.Book.Version} {Form} full={Full} trace={Trace} {Asked} "
            + $"history={(History is null ? "none" : Print(terminal, History))}"
            + string.Concat(Rules.Select(file => $" rules={Print(terminal, file)}"));

        static string Print(Terminal terminal, string file)
        {
            var print = new Fingerprint();
            try { print.Add(terminal.Read(file)); }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return "unreadable";
            } // the run itself says so
            return print.Value.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    public static Command Create(Terminal terminal)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "837 files, claim JSON (one or a list) or claim notation; - reads standard input",
            Arity = ArgumentArity.OneOrMore
        };
        var json = new Option<bool>("--json") { Description = "One JSON object, or a list for several claims" };
        var jsonl = new Option<bool>("--jsonl") { Description = "The catalogue, then one line of JSON for each claim" };
        var sarif = new Option<bool>("--sarif") { Description = "SARIF 2.1.0" };
        var csv = new Option<bool>("--csv") { Description = "One row for each finding, for a spreadsheet" };
        var statistics = new Option<bool>("--statistics")
        {
            Description =
                "Instead of the findings: how many of each kind, and the claims by kind of payer; also with --json"
        };
        var kinds = new KindFilter();
        var history = new Option<string?>("--history")
        {
            Description = "A file with the patient's earlier services: a JSON list of {date, code, units, provider}",
            HelpName = "FILE"
        };
        var trace = new Option<bool>("--trace")
        {
            Description = "Show which row of the code book was used for each line"
        };
        var full = new Option<bool>("--full") { Description = "Repeat the fields of the catalogue in each finding" };
        var fix = new Option<bool>("--fix")
        {
            Description =
                "Apply clerical fixes, report each, and write the claims to --output in the format that they had"
        };
        var output = new Option<string?>("--output")
        {
            Description = "Where to write the findings; with --fix, where to write the claims", HelpName = "FILE"
        };
        var resume = new Option<bool>("--resume") { Description = "Continue an --output that was stopped" };
        var progress = new Option<bool>("--progress")
        {
            Description = "Report progress, even if standard error is not a terminal",
        };
        var (rules, failOn) = (RuleFiles.Option(), FailOn.Create());
        var command = new Command("scrub", "Find what is wrong with claims before a payer does")
        {
            files, json, jsonl, sarif, csv, statistics, history, trace, full, fix, output, resume, progress,
            rules, failOn,
        };
        kinds.AddTo(command);
        command.Demand(result =>
        {
            CheckOutput(result, files, history, output, fix, resume);
            RuleFiles.Check(result, rules, [.. result.GetValue(files) ?? [], result.GetValue(history)], output);
            OneForm.Of(result, json, jsonl, sarif, csv);
            OneForm.Of(result, statistics, jsonl, sarif, csv);
        });
        command.SetAction(parse =>
        {
            var form = parse.GetValue(statistics) ? Form.Statistics : FormOf(parse, json, jsonl, sarif, csv);
            var options = new Options(parse.GetValue(files)!, form, parse.GetValue(history), parse.GetValue(trace),
                parse.GetValue(full), parse.GetValue(output), parse.GetValue(resume), parse.GetValue(progress),
                parse.GetValue(failOn)!)
            {
                AsJson = parse.GetValue(json), Keeps = kinds.Of(parse), Asked = kinds.Words(parse),
                Rules = parse.GetValue(rules)!,
            };
            if (!RuleFiles.TryUse(terminal, options.Rules, out var exit)) return exit;
            return kinds.FaultOf(parse, terminal.Edits) is { } fault ? terminal.Refuse(fault)
                : options.Output is null || parse.GetValue(fix) ? ToTerminal(terminal, options, parse.GetValue(fix))
                : ToFile(terminal, options);
        });
        return command;
    }

    static Form FormOf(ParseResult parse, Option<bool> json, Option<bool> jsonl, Option<bool> sarif,
        Option<bool> csv) =>
        parse.GetValue(jsonl) ? Form.JsonLines
            : parse.GetValue(json) ? Form.Json
            : parse.GetValue(sarif) ? Form.Sarif
            : parse.GetValue(csv) ? Form.Csv
            : Form.Text;

    /// <summary>Which inputs and outputs can be given together.</summary>
    static void CheckOutput(CommandResult result, Argument<string[]> files, Option<string?> history,
        Option<string?> output, Option<bool> fix, Option<bool> resume)
    {
        var (inputs, past) = (result.GetValue(files) ?? [], result.GetValue(history));
        var (target, fixes, resumes) = (result.GetValue(output), result.GetValue(fix), result.GetValue(resume));
        if (fixes && target is null) result.AddError("--fix is given with --output");
        if (resumes && (target is null || fixes))
            result.AddError("--resume is given with --output, and not with --fix");
        if (OutputFile.FaultOf(target, [.. inputs, past]) is { } fault) result.AddError(fault);
        if (past == "-" && inputs.Contains("-"))
            result.AddError("standard input is the claims or the --history, not both");
        if (past == "-" && target is not null && !fixes)
            result.AddError(
                "--history is a file when findings go to --output, so that --resume can ask for the same again");
        if (resumes && inputs.Length != 1) result.AddError("--resume continues with one file");
    }

    static int ToTerminal(Terminal terminal, Options options, bool fixes)
    {
        terminal.Interruption = () =>
            fixes
                ? $"interrupted: {options.Output} is as it was before"
                : "interrupted: the output is only a part; with --output FILE a run can be continued by --resume";
        using var fixedClaims = fixes ? new FixedClaims(terminal, options.Output!) : null;
        using var output = new FindingsOutput(terminal, terminal.Out, options.Form, options.Full, options.Trace)
        {
            Several = options.Files.Length > 1
        };
        output.Begin();
        return new Run(terminal, output, options, null, fixedClaims).All(null);
    }

    /// <summary>Findings go to a file, with a journal beside it from which a run that was stopped continues.</summary>
    static int ToFile(Terminal terminal, Options options)
    {
        using var file = OutputFile.Open(options.Output!, continues: options.Resume);
        if (file.IsDevice) return ToDevice(terminal, options, file);
        var journal = new Journal(file.Target, options.Terms(terminal), terminal.Edits);
        terminal.Interruption = () => journal.Exists
            ? $"interrupted: what is done so far is kept in {file.Partial}; give "
                + $"the same command with --resume to continue"
            : $"interrupted: {options.Output} is as it was before";
        try { return ToFile(terminal, options, file, journal); }
        catch (InputException e)
        {
            terminal.Tell("deltoid", e);
            return Exit.Usage;
        }
        finally { file.IsKept = journal.Exists; }
    }

    static int ToDevice(Terminal terminal, Options options, OutputFile file) => options.Resume
        ? terminal.Refuse($"{options.Output} is a device or a pipe, and no run to it can be resumed")
        : Scrub(terminal, options, file, null, null).Exit;

    static int ToFile(Terminal terminal, Options options, OutputFile file, Journal journal)
    {
        var earlier = options.Resume ? journal.Read() : null;
        if (options.Resume && earlier is null && !file.IsBegun && File.Exists(file.Target))
            throw new InputException("", $"{options.Output} is finished: there is nothing to resume",
                "run without --resume to write it again");
        if (earlier is null) journal.Remove(); // one of a run before says nothing of what is written now
        if (earlier is not null && file.Stream.Length < earlier.Written)
            throw new InputException("", $"{file.Partial} is shorter than its journal says",
                "run without --resume to begin again");
        file.Stream.SetLength(earlier?.Written ?? 0);
        file.Stream.Seek(0, SeekOrigin.End);
        var run = Scrub(terminal, options, file, journal, earlier);
        if (run.IsAnswered)
        {
            file.Finish();
            journal.Remove();
        }
        else if (earlier is null && run.Exit != Exit.Interrupted) journal.Remove();
        return run.Exit;
    }

    static (int Exit, bool IsAnswered) Scrub(Terminal terminal, Options options, OutputFile file, Journal? journal,
        Journal.Entry? earlier)
    {
        using var output = new FindingsOutput(terminal, file.Stream, options.Form, options.Full, options.Trace)
        {
            Several = options.Files.Length > 1,
        };
        if (earlier is null) output.Begin();
        else output.Continue(earlier.Written, earlier.Totals.Items);
        var run = new Run(terminal, output, options, journal, null);
        var exit = run.All(earlier);
        if (exit is Exit.Interrupted or Exit.Usage || !run.IsAnswered)
        {
            output.Abandon();
            return (exit, false);
        }
        return (exit, true);
    }

    sealed class Run(Terminal terminal, FindingsOutput output, Options options, Journal? journal,
        FixedClaims? fixedClaims)
    {
        readonly Scrubber scrubber = new(terminal.Edits);
        readonly FindingList findings = new();
        readonly Totals all = new();
        int exit;

        /// <summary>At least one input was read: there is something to say.</summary>
        public bool IsAnswered { get; private set; }

        public int All(Journal.Entry? earlier)
        {
            PatientHistory? history = null;
            if (options.History is { } historyFile
                && !TryRead(historyFile, () => history = EncounterJson.ReadHistory(terminal.Read(historyFile))))
                return exit;
            foreach (var file in options.Files)
            {
                var (before, said) = (exit, output.Answers);
                exit = Exit.Clean;
                if (earlier is null) TryRead(file, () => Scrub(file, history, null));
                else Continue(file, history, earlier);
                IsAnswered |= exit is Exit.Clean or Exit.Found or Exit.PartlyRefused || output.Answers > said;
                exit = Exit.Worse(before, exit);
                if (exit == Exit.Interrupted) return exit;
            }
            fixedClaims?.Finish();
            if (options.Form == Form.Statistics) output.PutStatistics(all, options.AsJson);
            if (options.Form == Form.Text && all.Claims > FewClaims)
                foreach (var line in Statistics.Lines(all, MostFrequent)) terminal.Error.WriteLine(line);
            return exit;
        }

        bool TryRead(string file, Action read) => output.TryRead(file, ref exit, read);

        /// <summary>Continues an earlier run; what it wrote stays as it is when the input cannot be read or is
        /// another.</summary>
        void Continue(string file, PatientHistory? history, Journal.Entry earlier) => TryRead(file, () =>
        {
            try { Scrub(file, history, earlier); }
            catch (InputException e)
            {
                terminal.Tell("deltoid", e);
                exit = Exit.Usage;
            }
            catch (Exception e) when (e is (IOException and not OutputException) or UnauthorizedAccessException)
            {
                terminal.Tell(file, X12Input.Refusal(file, e));
                exit = Exit.Io;
            }
        });

        void Scrub(string file, PatientHistory? history, Journal.Entry? earlier)
        {
            using var input = X12Input.Open(terminal, file);
            if (!input.IsX12 && earlier is not null) throw BlockSource.OtherInput();
            if (!input.IsX12)
            {
                var read = ClaimFile.Read(file, input.Stream, "scrub");
                if (read.Count == 0)
                    terminal.Error.WriteLine($"{Shown.Of(file)}: the list is empty: there is no claim in it");
                ScrubAll(file, read, history);
                return;
            }
            if (fixedClaims is not null)
            {
                ScrubOneByOne(input, history);
                return;
            }
            var totals = new ScrubStream(terminal, output, history, journal, options.Keeps)
                .Run(input, earlier, options.Progress, terminal.Stop);
            Count(totals);
            if (totals.Read == 0 && input.Kind == InputKind.Answer)
                terminal.Tell(file, InputKind.Answer.WrongFor(file, "scrub"));
            if (options.Form == Form.Text) terminal.Error.WriteLine(Summary.Of(totals));
        }

        void Count(Totals totals)
        {
            all.Add(totals);
            exit = Exit.Worse(exit, FailOn.ExitOf(options.FailOn, totals.Findings));
            if (totals.Refused > 0) exit = Exit.Worse(exit, totals.Read == 0 ? Exit.Unreadable : Exit.PartlyRefused);
        }

        void ScrubAll(string file, List<FiledClaim> claims, PatientHistory? history)
        {
            var refused = claims.Count(c => c.Claim is null);
            if (refused > 0) exit = Exit.Worse(exit, refused == claims.Count ? Exit.Unreadable : Exit.PartlyRefused);
            output.Several |= claims.Count > 1;
            var writer = output.Writer(file, many: false);
            foreach (var (claim, error) in claims)
            {
                if (claim is null)
                {
                    output.PutError(file, error!);
                    continue;
                }
                findings.Clear();
                Check(claim, history);
                if (fixedClaims is not null) Fix(claim, history, NoFindings);
                all.Count(claim, findings);
                output.Put(to => writer.Write(claim, findings, to));
                exit = Exit.Worse(exit, FailOn.ExitOf(options.FailOn, findings));
            }
        }

        /// <summary>Claims of an 837 that are to be written again with their fixes.</summary>
        void ScrubOneByOne(X12Input input, PatientHistory? history)
        {
            var totals = new Totals();
            var writer = output.Writer(input.File, many: true);
            var claims = new ClaimSource(input.Stream);
            var read = new FindingList();
            while (claims.Read(read) is { } claim)
            {
                findings.Clear();
                findings.AddAll(read);
                Check(claim, history);
                Fix(claim, history, read);
                totals.Count(claim, findings);
                output.Put(to => writer.Write(claim, findings, to));
            }
            (totals.Read, totals.Refused) = (claims.Sets, claims.Refused);
            foreach (var (place, list) in claims.Others)
            {
                totals.Count(list);
                output.Put(to => writer.Write(place, list, to));
            }
            Count(totals);
        }

        ClaimPayers? payers;

        void Check(Claim claim, PatientHistory? history)
        {
            scrubber.Check(claim, terminal.Book, (payers ??= new(terminal.Book)).Of(claim), history, null, findings);
            if (options.Keeps is not null) findings.Keep(options.Keeps);
        }

        static readonly FindingList NoFindings = new();

        /// <param name="read">What was found in reading the claim, which no fix changes.</param>
        void Fix(Claim claim, PatientHistory? history, FindingList read)
        {
            if (fixedClaims!.Apply(claim, findings))
            {
                findings.Clear();
                findings.AddAll(read);
                Check(claim, history);
            }
            fixedClaims.Add(claim);
        }
    }
}
