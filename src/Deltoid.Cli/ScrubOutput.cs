using System.Buffers;
using System.Text.Json;
using Deltoid.Books;
using Deltoid.Codes;
using Deltoid.Edits;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary>How the findings of <c>scrub</c> are asked for.</summary>
enum ScrubForm { Text, Json, JsonLines, Sarif }

/// <summary>
/// Puts together what <c>scrub</c> writes: what stands before the first item, the items as they come, what stands behind the last.
/// One claim is an object in JSON, several are a list; so the first waits for the second, or for the end.
/// </summary>
sealed class ScrubOutput(Terminal terminal, Stream target, ScrubForm form, bool full, bool trace) : IDisposable
{
    readonly ArrayBufferWriter<byte> buffer = new();
    byte[]? first;
    long items;

    public long Written { get; private set; }

    /// <summary>Several inputs: a list in JSON whatever comes, and each item says its file.</summary>
    public bool Several { get; set; }

    /// <summary>A writer for the claims of a file; each worker has its own.</summary>
    public ScrubWriter Writer(string file, bool many) => form switch
    {
        ScrubForm.Json => new ScrubJson(Terminal.Book, Several ? file : null, full: true, trace, indented: true),
        ScrubForm.JsonLines when full || trace => new ScrubJson(Terminal.Book, null, full, trace, indented: false),
        ScrubForm.JsonLines => new ScrubLines(Terminal.Book),
        ScrubForm.Sarif => new ScrubSarif(Terminal.Book, file),
        _ => new ScrubText(Terminal.Book, terminal.Color, many),
    };

    public void Begin()
    {
        if (form == ScrubForm.Sarif) ScrubSarif.WriteHead(buffer, typeof(ScrubOutput).Assembly.GetName().Version!.ToString(3));
        if (form == ScrubForm.JsonLines) WriteCatalogue();
        Flush();
    }

    /// <summary>Goes on where an earlier run stopped.</summary>
    public void GoOn(long written, long itemsWritten) => (Written, items) = (written, itemsWritten);

    /// <summary>Writes items, each of which begins with the separator of its form.</summary>
    public void Put(ReadOnlyMemory<byte> text, long count)
    {
        if (count == 0) return;
        if (form == ScrubForm.Json && items == 0 && count == 1 && !Several && first is null) { first = text[2..].ToArray(); items = 1; return; }
        if (form == ScrubForm.Json && (items == 0 || first is not null)) Write("[\n"u8);
        if (first is not null) Write(first);
        var separator = form is ScrubForm.Json or ScrubForm.Sarif && items == 0 ? 2 : 0;
        first = null;
        items += count;
        Write(text.Span[separator..]);
    }

    /// <summary>Puts one item that is made here.</summary>
    public void Put(Func<IBufferWriter<byte>, int> write)
    {
        buffer.ResetWrittenCount();
        var count = write(buffer);
        Put(buffer.WrittenMemory, count);
        buffer.ResetWrittenCount();
        target.Flush();
    }

    /// <summary>An input that cannot be read: in its place, and for people on standard error.</summary>
    public void PutError(string file, InputException error)
    {
        if (form is ScrubForm.Json or ScrubForm.JsonLines) Put(to => WriteError(file, error, to));
        else
        {
            terminal.Error.WriteLine($"{file}: {error.Message}{(error.At.Length > 0 ? $" (at {error.At})" : "")}");
            terminal.Error.WriteLine($"  try: {error.Try}");
        }
    }

    int WriteError(string file, InputException error, IBufferWriter<byte> to)
    {
        if (form == ScrubForm.Json) to.Write(",\n"u8);
        using (var json = ResultJson.Writer(to, form == ScrubForm.Json)) ResultJson.WriteError(file, error, json);
        if (form == ScrubForm.JsonLines) to.Write("\n"u8);
        return 1;
    }

    /// <summary>The run was stopped: the output stays open-ended, and another run goes on with it.</summary>
    public void Abandon() => abandoned = true;

    bool abandoned;

    public void Dispose()
    {
        if (abandoned) return;
        if (form == ScrubForm.Sarif) Write(ScrubSarif.Foot);
        if (form == ScrubForm.Json && first is not null) { Write(first); Write("\n"u8); }
        else if (form == ScrubForm.Json) Write(items == 0 ? "[]\n"u8 : "\n]\n"u8);
        target.Flush();
    }

    void Write(ReadOnlySpan<byte> text)
    {
        target.Write(text);
        Written += text.Length;
    }

    void Flush()
    {
        Write(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
    }

    /// <summary>What all findings of an id have in common, once.</summary>
    void WriteCatalogue()
    {
        using (var json = ResultJson.Writer(buffer, indented: false))
        {
            json.WriteStartObject();
            json.WriteString("deltoid"u8, ResultJson.Version);
            json.WriteString("codeBook"u8, Terminal.Book.Version);
            json.WriteStartObject("catalogue"u8);
            foreach (var info in FindingHelp.OfClaims(Shipped.Edits)) WriteInfo(info, json);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        buffer.Write("\n"u8);
    }

    static void WriteInfo(Findings.FindingInfo info, Utf8JsonWriter json)
    {
        json.WriteStartObject(info.Id);
        json.WriteString("name"u8, info.Name);
        json.WriteString("rules"u8, info.Rules);
        ResultJson.WritePredictions(info, json);
        ResultJson.WriteCitation(info.Citation, json);
        json.WriteString("page"u8, (Shipped.Edits.Find(info.Id)?.Info.Name ?? info.Name) + ".md");
        json.WriteEndObject();
    }
}
