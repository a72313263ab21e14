using System.CommandLine;
using System.Globalization;
using Deltoid.Adjudication;
using Deltoid.Batch;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.Values;
using Deltoid.X12.Acknowledgments;
using Deltoid.X12.Envelope;

namespace Deltoid.Cli;

/// <summary>
/// <c>deltoid payer</c>: a payer to practise with. It answers 837 files with 999, 277CA and 835, and says in a
/// manifest what it decided, what it planted, and why.
/// </summary>
static class PayerCommand
{
    sealed record Options(string[] Files, long Seed, PracticeRates Rates, string Output, string? State,
        string? Appeals);

    public static Command Create(Terminal terminal)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Claims as 837, professional or institutional; none, if only --appeals are to be answered",
            Arity = ArgumentArity.ZeroOrMore
        };
        var seed = new Option<long>("--seed")
        {
            Description = "A number that decides all that is left to chance; the same number gives the same files",
            HelpName = "N", DefaultValueFactory = static _ => 1
        };
        var profile = new Option<string>("--profile")
        {
            Description = "How the payer pays and how often it errs, in percent: late=0,doubled=12.5; all=0 for no "
                + "errors at all. Names: " + string.Join(", ", PracticeRates.All.Select(static r =>
                    string.Create(CultureInfo.InvariantCulture, $"{r.Name} ({r.Usual})"))),
            HelpName = "NAME=PERCENT", DefaultValueFactory = static _ => ""
        };
        var output = new Option<string>("--output")
        {
            Description = "The folder for the answers and manifest.json", HelpName = "FOLDER",
            DefaultValueFactory = static _ => "payer-answers"
        };
        var state = new Option<string?>("--state")
        {
            Description = "The payer's books: read if the file is there, and written back, so that the next run "
                + "answers corrected claims, voids and appeals", HelpName = "FILE"
        };
        var appeals = new Option<string?>("--appeals")
        {
            Description = "Appeals, reopenings and records as JSON: "
                + "[{ \"claim\": \"P001\", \"payerControl\": \"PC00000101\", \"kind\": \"appeal\" }]", HelpName = "FILE"
        };
        var command = new Command("payer", "Practise with a payer: it answers claims with 999, 277CA and 835 files")
        {
            files, seed, profile, output, state, appeals
        };
        command.Demand(result =>
        {
            if ((result.GetValue(files) ?? []).Length == 0 && result.GetValue(appeals) is null)
                result.AddError("Give an 837 file, or --appeals with --state");
            if (result.GetValue(appeals) is not null && result.GetValue(state) is null)
                result.AddError("--appeals needs --state: the payer has to know the claims");
            if (OutputFile.FaultOf(result.GetValue(state), result.GetValue(files) ?? []) is not null)
                result.AddError("--state is one of the files that are read: give another file");
        });
        command.SetAction(parse =>
        {
            var rates = new PracticeRates();
            if (rates.Take(parse.GetValue(profile)!) is { } fault) return terminal.Refuse("--profile: " + fault);
            return Run(terminal, new(parse.GetValue(files)!, parse.GetValue(seed), rates, parse.GetValue(output)!,
                parse.GetValue(state), parse.GetValue(appeals)));
        });
        return command;
    }

    static int Run(Terminal terminal, Options options)
    {
        var (exit, reading) = (Exit.Clean, "");
        try
        {
            var books = options.State is { } state && File.Exists(state)
                ? PayerBooksJson.Read(terminal.Read(reading = state))
                : new PayerBooks();
            var appeals = options.Appeals is { } asked ? AppealJson.Read(terminal.Read(reading = asked)) : [];
            var (claims, refused, answers) = (new List<Claim>(), new List<string>(), new List<PayerFile>());
            foreach (var file in options.Files)
            {
                reading = file;
                Take(terminal, file, books, claims, refused, answers);
            }
            var payer = new PracticePayer(terminal.Book, options.Seed, options.Rates, books);
            answers.AddRange(payer.Answer(claims, appeals));
            Write(options, answers, ManifestJson.Write(terminal.Book.Version, options.Seed, options.Rates, books,
                answers, refused, payer.Decisions), books);
            Tell(terminal, options, books, payer.Decisions, answers, refused.Count);
        }
        catch (InputException e)
        {
            terminal.Tell(reading, e);
            exit = Exit.Unreadable;
        }
        catch (Exception e) when (e is (IOException or UnauthorizedAccessException) and not OutputException)
        {
            terminal.Error.WriteLine($"{reading}: cannot be read; look at the path and its rights");
            exit = Exit.Unreadable;
        }
        return exit;
    }

    /// <summary>Acknowledges a file, and takes the claims of the sets that are accepted.</summary>
    static void Take(Terminal terminal, string file, PayerBooks books, List<Claim> claims, List<string> refused,
        List<PayerFile> answers)
    {
        var bytes = terminal.Read(file);
        var (source, found, read) = (new ClaimSource(new MemoryStream(bytes)), new FindingList(), new List<Claim>());
        var bad = new HashSet<(int, int, int)>();
        while (source.Read(found) is { } claim)
        {
            read.Add(claim.Detach());
            Mark(bad, claim.Source, found);
        }
        foreach (var (place, others) in source.Others) Mark(bad, place, others);
        if (read.Count == 0)
            throw new InputException("", "no claims are in it", "give an 837 file, such as 'deltoid emit' writes");
        var day = read.Max(static c => c.Made);
        if (day < books.Day) day = books.Day;
        var control = books.NextEnvelope++;
        var acknowledger = new Acknowledger(new EnvelopeTerms
        {
            Day = day, Time = new(8, 0), InterchangeControl = control, GroupControl = control
        });
        using var written = new MemoryStream();
        new CheckRun(new BlockSource(new MemoryStream(bytes)), terminal.Book, acknowledger, null, (_, _) =>
        {
            written.Write(acknowledger.Written);
            acknowledger.Clear();
        }).Run(terminal.Stop);
        answers.Add(new(
            string.Create(CultureInfo.InvariantCulture, $"999-{books.Round + 1:00}-{answers.Count + 1:000}.999"),
            "999", "", written.ToArray()));
        foreach (var claim in read)
        {
            var at = claim.Source;
            if (bad.Contains((at.Interchange, 0, 0)) || bad.Contains((at.Interchange, at.Group, 0))
                || bad.Contains((at.Interchange, at.Group, at.Set)))
                refused.Add(claim.Text(ClaimText.Id));
            else claims.Add(claim);
        }
    }

    /// <summary>The sets that a finding has the 999 reject: one, all of its group, or of its interchange.</summary>
    static void Mark(HashSet<(int, int, int)> bad, in SourcePlace at, FindingList found)
    {
        foreach (ref readonly var finding in found.Span)
            switch (AckCodes.Of(finding).Level)
            {
                case AckLevel.None: break;
                case AckLevel.Interchange: bad.Add((at.Interchange, 0, 0)); break;
                case AckLevel.Group: bad.Add((at.Interchange, at.Group, 0)); break;
                default: bad.Add((at.Interchange, at.Group, at.Set)); break;
            }
    }

    static void Write(Options options, List<PayerFile> answers, byte[] manifest, PayerBooks books)
    {
        try { Directory.CreateDirectory(options.Output); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { throw new OutputException(e); }
        foreach (var file in answers) OutputFile.WriteAll(Path.Combine(options.Output, file.Name), file.Bytes);
        OutputFile.WriteAll(Path.Combine(options.Output, "manifest.json"), manifest);
        if (options.State is { } state) OutputFile.WriteAll(state, PayerBooksJson.Write(books));
    }

    static void Tell(Terminal terminal, Options options, PayerBooks books, IReadOnlyList<Decision> decisions,
        List<PayerFile> answers, int refused)
    {
        var counts = decisions.GroupBy(static d => d.What)
            .Select(static g => string.Create(CultureInfo.InvariantCulture, $"{g.Count():N0} {g.Key}"));
        var totals = books.Totals();
        terminal.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"round {books.Round}: {string.Join(", ", counts)}{(refused > 0 ? $", {refused} refused by 999" : "")}"));
        terminal.WriteLine($"books: charge ${totals.Charge}, paid ${totals.Paid}, contractual ${totals.Contractual}, "
            + $"patient ${totals.Patient}, denied ${totals.Denied}, interest ${books.Interest}");
        terminal.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{answers.Count:N0} files and manifest.json are in {options.Output}"));
        terminal.Flush();
    }
}
