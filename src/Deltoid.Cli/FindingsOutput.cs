using System.Buffers;
using System.Text.Json;
using Deltoid.Batch;
using Deltoid.Books;
using Deltoid.Codes;
using Deltoid.Edits;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary>How findings are asked for: claim by claim, or (<c>Report</c>) as one list of each file.</summary>
enum FindingsForm { Text, Json, JsonLines, Sarif, Report }

/// <summary>
/// Puts together what <c>scrub</c> and <c>check</c> write: what stands before the first item, the items as they come, what stands behind the last.
/// One claim is an object in JSON, several are a list; so the first waits for the second, or for the end.
/// </summary>
sealed class FindingsOutput(Terminal terminal, Stream target, FindingsForm form, bool full, bool trace) : IDisposable
{
    readonly ArrayBufferWriter<byte> buffer = new();
    byte[]? first;
    long items;

    public long Written { get; private set; }

    /// <summary>Several inputs: a list in JSON whatever comes, and each item says its file.</summary>
    public bool Several { get; set; }

    /// <summary>A writer for the claims of a file; each worker has its own.</summary>
    public FindingsWriter Writer(string file, bool many) => form switch
    {
        FindingsForm.Json => new FindingsJson(Terminal.Book, Several ? file : null, full: true, trace, indented: true),
        FindingsForm.JsonLines when full || trace => new FindingsJson(Terminal.Book, null, full, trace, indented: false),
        FindingsForm.JsonLines => new FindingsLines(Terminal.Book),
        FindingsForm.Sarif => new FindingsSarif(Terminal.Book, file),
        FindingsForm.Report => new FindingsReport(Terminal.Book, CheckEdits.TypeOf),
        _ => new FindingsText(Terminal.Book, terminal.Color, many),
    };

    public void Begin()
    {
        if (form == FindingsForm.Sarif) FindingsSarif.WriteHead(buffer, typeof(FindingsOutput).Assembly.GetName().Version!.ToString(3));
        if (form == FindingsForm.JsonLines) WriteCatalogue();
        Flush();
    }

    /// <summary>Goes on where an earlier run stopped.</summary>
    public void GoOn(long written, long itemsWritten) => (Written, items) = (written, itemsWritten);

    /// <summary>Writes items, each of which begins with the separator of its form.</summary>
    public void Put(ReadOnlyMemory<byte> text, long count)
    {
        if (count == 0) return;
        if (form == FindingsForm.Json && items == 0 && count == 1 && !Several && first is null) { first = text[2..].ToArray(); items = 1; return; }
        if (form == FindingsForm.Json && (items == 0 || first is not null)) Write("[\n"u8);
        if (first is not null) Write(first);
        var separator = form is FindingsForm.Json or FindingsForm.Sarif or FindingsForm.Report && items == 0 ? 2 : 0;
        first = null;
        items += count;
        Write(text.Span[separator..]);
    }

    /// <summary>Begins the report of a file.</summary>
    public void BeginReport(string file)
    {
        items = 0;
        Write(reports++ > 0 ? ",\n"u8 : Several ? "[\n"u8 : default);
        using (var json = ResultJson.Writer(buffer, indented: false))
        {
            json.WriteStartObject();
            json.WriteString("deltoid"u8, ResultJson.Version);
            json.WriteString("codeBook"u8, Terminal.Book.Version);
            json.WriteString("file"u8, file);
            json.WriteStartArray("findings"u8);
        }
        buffer.Write("\n"u8);
        Flush();
    }

    /// <summary>Ends it with other members.</summary>
    public void EndReport(Action<Utf8JsonWriter> write)
    {
        using (var json = ResultJson.Writer(buffer, indented: false))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        var members = buffer.WrittenSpan.ToArray();
        buffer.ResetWrittenCount();
        Write("\n],\n"u8);
        Write(members.AsSpan(1));
    }

    int reports;

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
        if (form is FindingsForm.Json or FindingsForm.JsonLines) Put(to => WriteError(file, error, to));
        else if (form == FindingsForm.Report)
        {
            Write(reports++ > 0 ? ",\n"u8 : Several ? "[\n"u8 : default);
            WriteError(file, error, buffer);
            Flush();
        }
        else
        {
            terminal.Error.WriteLine($"{file}: {error.Message}{(error.At.Length > 0 ? $" (at {error.At})" : "")}");
            terminal.Error.WriteLine($"  try: {error.Try}");
        }
    }

    int WriteError(string file, InputException error, IBufferWriter<byte> to)
    {
        if (form == FindingsForm.Json) to.Write(",\n"u8);
        using (var json = ResultJson.Writer(to, form == FindingsForm.Json)) ResultJson.WriteError(file, error, json);
        if (form == FindingsForm.JsonLines) to.Write("\n"u8);
        return 1;
    }

    /// <summary>The run was stopped: the output stays open-ended, and another run goes on with it.</summary>
    public void Abandon() => abandoned = true;

    bool abandoned;

    public void Dispose()
    {
        if (abandoned) return;
        if (form == FindingsForm.Sarif) Write(FindingsSarif.Foot);
        if (form == FindingsForm.Report) Write(Several ? "\n]\n"u8 : "\n"u8);
        if (form == FindingsForm.Json && first is not null) { Write(first); Write("\n"u8); }
        else if (form == FindingsForm.Json) Write(items == 0 ? "[]\n"u8 : "\n]\n"u8);
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
