using Deltoid.Asking;
using Deltoid.Batch;
using Deltoid.Binding;
using Deltoid.Charting;
using Deltoid.Cli;
using Deltoid.Codes;
using Deltoid.Edits;
using Deltoid.Findings;
using Deltoid.Notes;
using Deltoid.Results;
using Deltoid.Values;
using Deltoid.X12.Envelope;

namespace Deltoid.Browser;

/// <summary>
/// What the engine answers in a browser: a row for each command. An answer is the text that the command line writes for
/// the same input with <c>--json</c>.
/// </summary>
sealed class Commands
{
    readonly CodeBook book;
    readonly Lazy<NoteReader> notes;
    readonly Scrubber scrubber = new(Shipped.Edits);
    readonly Dictionary<string, Func<Asked, string>> rows;

    public Commands(CodeBook book)
    {
        this.book = book;
        notes = new(() => new(book));
        rows = new(StringComparer.Ordinal)
        {
            ["about"] = _ => AnswerJson.About(book),
            ["code"] = asked => Read(asked, Code),
            ["scrub"] = asked => Read(asked, Scrub),
            ["read-note"] = asked => Read(asked, ReadNote),
            ["ask"] = asked => Read(asked, Ask),
            ["explain"] = asked => AnswerJson.Explained(book, asked.Text("what"), asked.Day(book)),
            ["find"] = asked => AnswerJson.Found(book, asked.Text("what"), asked.Day(book)),
        };
    }

    /// <summary>Answers a command; what cannot be read is an object with <c>error</c>.</summary>
    public string Run(string command, string asked)
    {
        try
        {
            return rows.TryGetValue(command, out var row) ? row(Asked.Read(asked))
                : throw new InputException("", "there is no such command", $"one of {string.Join(", ", rows.Keys)}");
        }
        catch (InputException error) { return AnswerJson.Error("-", error); }
    }

    static string Read(Asked asked, Action<Asked, Items> read)
    {
        var items = new Items();
        try { read(asked, items); }
        catch (InputException error) { items.PutError(asked.File, error); }
        return items.ToString();
    }

    /// <summary>As <c>deltoid code</c>.</summary>
    void Code(Asked asked, Items items)
    {
        var input = asked.Input;
        if (InputKind.Of(input) is { } kind && kind != InputKind.Visit) throw kind.WrongFor(asked.File, "code");
        var readings = EncounterJson.ReadAll(input, asked.File);
        items.Several = readings.Count > 1;
        foreach (var (encounter, fault) in readings)
            if (encounter is null) items.PutError(asked.File, fault!);
            else
            {
                var visit = CodedVisit.Of(encounter, book, scrubber);
                items.Put(json => ResultJson.Write(visit, json, items.Several ? asked.File : null));
            }
    }

    /// <summary>As <c>deltoid read-note</c>.</summary>
    void ReadNote(Asked asked, Items items)
    {
        var note = asked.Text("text");
        if (string.IsNullOrWhiteSpace(note))
            throw new InputException(asked.File, "there is no text in it", "give a file with the words of the note");
        var reading = notes.Value.Read(note[0] == '\uFEFF' ? note[1..] : note);
        items.Put(json => NoteJson.Write(reading, json, asked.File));
    }

    /// <summary>As <c>deltoid ask</c>.</summary>
    void Ask(Asked asked, Items items)
    {
        var question = asked.Text("text");
        if (string.IsNullOrWhiteSpace(question))
            throw new InputException("", "there is no question", "ask in your own words");
        var reply = Assistant.Answer(question, book, asked.Day(book));
        items.Put(json => ReplyJson.Write(json, reply, book, null));
    }

    /// <summary>As <c>deltoid scrub</c>; with <c>encounter</c> a claim is judged by its chart too.</summary>
    void Scrub(Asked asked, Items items)
    {
        var input = asked.Input;
        var seen = input.AsSpan().StartsWith("\uFEFF"u8) ? input.AsSpan(3) : input;
        if (OtherFormat.Of(asked.File, seen) is { } other) throw other;
        var history = asked.Bytes("history") is { } past ? EncounterJson.ReadHistory(past) : null;
        if (!seen.TrimStart(" \t\r\n"u8).StartsWith("ISA"u8)) ScrubClaims(asked, input, history, items);
        else if (!IsaReader.IsIn(seen))
            throw new InputException("ISA", "the ISA segment does not read: it has not 16 elements",
                "give the file as it was sent");
        else ScrubX12(input, asked.File, history, items);
    }

    void ScrubClaims(Asked asked, byte[] input, PatientHistory? history, Items items)
    {
        var claims = ClaimFile.Read(asked.File, new MemoryStream(input, writable: false), "scrub");
        var chart = asked.Bytes("encounter") is { } json ? EncounterJson.Read(json, "") : null;
        items.Several = claims.Count > 1;
        var writer = Writer(items.Several ? asked.File : null);
        var (payers, findings) = (new ClaimPayers(book), new FindingList());
        foreach (var (claim, error) in claims)
        {
            if (claim is null)
            {
                items.PutError(asked.File, error!);
                continue;
            }
            findings.Clear();
            scrubber.Check(claim, book, payers.Of(claim), history, chart, findings);
            items.Put(to => writer.Write(claim, findings, to));
        }
    }

    /// <summary>The blocks of the file one after the other: a browser's worker has one thread.</summary>
    void ScrubX12(byte[] input, string file, PatientHistory? history, Items items)
    {
        if (InputKind.Of(input) == InputKind.Answer || input.AsSpan().IndexOf("837"u8) < 0)
            throw InputKind.Answer.WrongFor(file, "scrub");
        var source = new BlockSource(new MemoryStream(input, writable: false));
        var worker = new ScrubWorker(book, history, Writer(null));
        var made = new ScrubbedBlock();
        while (source.Next() is { } block)
        {
            worker.Scrub(block, made);
            source.Return(block);
            items.Put(made.Text.WrittenSpan, made.Totals.Items);
            made.Text.ResetWrittenCount();
            made.Totals.Clear();
        }
    }

    FindingsJson Writer(string? file) => new(book, file, full: true, trace: false, indented: true);
}
