using System.Buffers;
using Deltoid.Batch;
using Deltoid.Remits;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary>
/// An input of <c>remit</c> after the first look: remittances, acknowledgments, denied claims, or why it was not read.
/// </summary>
sealed record RemitFile(RemitInput? Input, SurveyedFile? Remittance, byte[]? Cases, InputException? Refusal)
{
    public List<AnsweredFile>? Acknowledgments { get; init; }
}

/// <summary>Remittances of the command line: surveyed all together, then answered one by one.</summary>
sealed class RemitFiles(Terminal terminal, Form form, ItemOutput output, string failOn)
{
    const int Workers = 2;

    readonly ArrayBufferWriter<byte> text = new(64 * 1024);
    readonly SentClaims sent = new();
    RemitRun run = null!;
    Refuser refuser = null!;
    RemitPage? page;

    /// <summary>Reads what is known beside the remittances.</summary>
    public bool Open(string? claims, string? charts, string? record, string? terms, string? contracts,
        ref int exit)
    {
        var known = new Dictionary<string, PayerTerms>(StringComparer.OrdinalIgnoreCase);
        var beside = new RemitBeside(terminal, sent, known);
        foreach (var (file, read) in new (string?, Action<string>)[]
            { (claims, beside.ReadClaims), (charts, beside.ReadCharts), (record, beside.ReadRecord),
                (terms, beside.ReadTerms), (contracts, beside.ReadContracts) })
            if (file is not null && !output.TryRead(file, ref exit, () => read(file))) return false;
        if (beside.Refused > 0) exit = Exit.Worse(exit, Exit.PartlyRefused);
        run = new(terminal.Book, sent, known, terminal.Today);
        refuser = new(terminal.Book, sent, known, terminal.Today);
        return true;
    }

    public void SurveyEarlier(string file, ref int exit) => output.TryRead(file, ref exit, () =>
    {
        var (input, _) = InputOf(file);
        if (input is null)
            throw new InputException("", "this is not X12: it does not begin with ISA",
                "give an 835 that was received");
        run.Survey(input, isEarlier: true, terminal.Stop);
    });

    /// <summary>Opens an input; remittances are read for the first time.</summary>
    public RemitFile Survey(string file, ref int exit)
    {
        try
        {
            var (input, cases) = InputOf(file);
            if (input is null) return new(null, null, cases, null);
            var read = run.Survey(input, isEarlier: false, terminal.Stop);
            if (read.Sets.Exists(static s => s.IsRead)) return new(input, read, null, null);
            if (Acknowledged(input) is { Count: > 0 } acknowledged)
                return new(null, null, null, null) { Acknowledgments = acknowledged };
            exit = Exit.Worse(exit, Exit.Unreadable);
            return new(null, null, null, new InputException("", "no 835, 999, TA1 or 277CA of version 5010 is in the file",
                "give answers as the payer sent them; 'deltoid check' says what is in this file"));
        }
        catch (InputException e)
        {
            exit = Exit.Worse(exit, Exit.Unreadable);
            return new(null, null, null, e);
        }
        catch (Exception e) when (e is (IOException and not OutputException) or UnauthorizedAccessException)
        {
            exit = Exit.Worse(exit, Exit.Io);
            return new(null, null, null, X12Input.Refusal(file, e));
        }
    }

    /// <summary>The 999, TA1 and 277CA of a file that has no remittance.</summary>
    List<AnsweredFile> Acknowledged(RemitInput input)
    {
        using var stream = input.Open();
        return AnswerSource.Read(stream, refuser, terminal.Stop);
    }

    /// <summary>Says what acknowledgments refuse.</summary>
    public void Answer(string file, List<AnsweredFile> acknowledgments, ref int exit)
    {
        var refused = new long[3];
        refused[2] = acknowledgments.Sum(static a => a.Claims.Count);
        exit = Exit.Worse(exit, FailOn.ExitOf(failOn, refused));
        output.TryRead(file, ref exit, () =>
        {
            if (form == Form.Text)
            {
                var refusals = new RefusalPage(new TextPage(terminal.Write, terminal.Color), terminal.Book);
                foreach (var acknowledgment in acknowledgments) refusals.Write(acknowledgment);
            }
            else output.PutObject(json => RefusalJson.Write(file, acknowledgments, terminal.Book, json));
        });
    }

    /// <summary>A file is opened again for the second reading; standard input is kept.</summary>
    (RemitInput? Input, byte[] Cases) InputOf(string file)
    {
        using var input = X12Input.Open(terminal, file);
        if (!input.IsX12) return (null, input.ReadAll());
        if (file != "-")
            return (new(file, () => new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1,
                FileOptions.SequentialScan)), []);
        var bytes = input.ReadAll();
        return (new(file, () => new MemoryStream(bytes, writable: false)), []);
    }

    public void Judge() => run.Judge();

    public void Answer(SurveyedFile file, RemitInput input, ref int exit)
    {
        exit = Exit.Worse(exit, ExitOf(file));
        output.TryRead(file.Name, ref exit, () =>
        {
            if (form == Form.Text) AnswerPage(file, input);
            else AnswerJson(file, input);
        });
    }

    /// <summary>Takes only what the lines of a file were paid against their contracts.</summary>
    public void Price(SurveyedFile file, RemitInput input, PriceLedger ledger, ref int exit)
    {
        exit = Exit.Worse(exit, ExitOf(file));
        output.TryRead(file.Name, ref exit, () => run.Answer(file, input, Workers, isJson: false, made =>
        {
            foreach (var entry in made.Entries)
                if (entry.Priced is { } priced) ledger.Add(priced);
        }, terminal.Stop));
    }

    int ExitOf(SurveyedFile file)
    {
        var counts = new long[3];
        foreach (var set in file.Sets)
            if (set.IsRead && set.Verdict is RemitVerdict.Quarantine or RemitVerdict.PostWithWarning)
                counts[set.Verdict == RemitVerdict.Quarantine ? 2 : 1]++;
        var found = FailOn.ExitOf(failOn, counts);
        return file.IsRefused ? Exit.Worse(found, Exit.PartlyRefused) : found;
    }

    void AnswerJson(SurveyedFile file, RemitInput input)
    {
        var json = new RemitJson(file, terminal.Book, text, form == Form.Json);
        output.BeginObject();
        json.Begin();
        run.Answer(file, input, Workers, isJson: true, made =>
        {
            foreach (var (set, start, length) in made.Claims) json.Add(set, made.Text.WrittenSpan.Slice(start, length));
            json.Flush();
            Give();
        }, terminal.Stop);
        json.End();
        Give();
        output.EndObject();
    }

    void Give()
    {
        output.AppendObject(text.WrittenSpan);
        text.ResetWrittenCount();
    }

    void AnswerPage(SurveyedFile file, RemitInput input)
    {
        page ??= new(new TextPage(terminal.Write, terminal.Color), terminal.Book);
        page.Add(file);
        run.Answer(file, input, Workers, isJson: false, made =>
        {
            foreach (var entry in made.Entries) page.Add(entry);
        }, terminal.Stop);
    }

    /// <summary>The page over all files.</summary>
    public void Finish() => page?.Write(isMatching: sent.Count > 0);
}
