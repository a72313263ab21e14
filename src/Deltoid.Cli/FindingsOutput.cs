using System.Buffers;
using System.Text.Json;
using Deltoid.Batch;
using Deltoid.Edits;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary>What <c>scrub</c> and <c>check</c> write: findings, with what all of an id have in common written once.</summary>
sealed class FindingsOutput(Terminal terminal, Stream target, Form form, bool full, bool trace) : ItemOutput(terminal, target, form)
{
    int reports;

    /// <summary>A writer for the claims of a file; each worker has its own.</summary>
    public FindingsWriter Writer(string file, bool many) => Form switch
    {
        Form.Json => new FindingsJson(Book, Several ? file : null, full: true, trace, indented: true),
        Form.JsonLines when full || trace => new FindingsJson(Book, null, full, trace, indented: false),
        Form.JsonLines => new FindingsLines(Book),
        Form.Sarif => new FindingsSarif(Book, file),
        Form.Report => new FindingsReport(Book, CheckEdits.TypeOf),
        _ => new FindingsText(Book, Color, many),
    };

    public void Begin()
    {
        if (Form == Form.Sarif) FindingsSarif.WriteHead(Buffer, typeof(FindingsOutput).Assembly.GetName().Version!.ToString(3));
        if (Form == Form.JsonLines) WriteCatalogue();
        Flush();
    }

    /// <summary>Goes on where an earlier run stopped.</summary>
    public void GoOn(long written, long itemsWritten) => (Written, Items) = (written, itemsWritten);

    /// <summary>Begins the report of a file.</summary>
    public void BeginReport(string file)
    {
        Items = 0;
        WriteBetween();
        using (var json = ResultJson.Writer(Buffer, indented: false))
        {
            json.WriteStartObject();
            json.WriteString("deltoid"u8, ResultJson.Version);
            json.WriteString("codeBook"u8, Book.Version);
            json.WriteString("file"u8, file);
            json.WriteStartArray("findings"u8);
        }
        Buffer.Write("\n"u8);
        Flush();
    }

    void WriteBetween() => Write(reports++ > 0 ? ",\n"u8 : Several ? "[\n"u8 : default);

    /// <summary>Ends it with other members.</summary>
    public void EndReport(Action<Utf8JsonWriter> write)
    {
        using (var json = ResultJson.Writer(Buffer, indented: false))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        var members = Buffer.WrittenSpan[1..].ToArray();
        Buffer.ResetWrittenCount();
        Write("\n],\n"u8);
        Write(members);
    }

    public override void PutError(string file, InputException error)
    {
        if (Form != Form.Report) { base.PutError(file, error); return; }
        WriteBetween();
        using (var json = ResultJson.Writer(Buffer, indented: true)) ResultJson.WriteError(file, error, json);
        Flush();
    }

    protected override void Close()
    {
        if (Form == Form.Sarif) Write(FindingsSarif.Foot);
        if (Form == Form.Report) Write(Several ? "\n]\n"u8 : "\n"u8);
        base.Close();
    }

    /// <summary>What all findings of an id have in common, once.</summary>
    void WriteCatalogue()
    {
        using (var json = ResultJson.Writer(Buffer, indented: false))
        {
            json.WriteStartObject();
            json.WriteString("deltoid"u8, ResultJson.Version);
            json.WriteString("codeBook"u8, Book.Version);
            json.WriteStartObject("catalogue"u8);
            foreach (var info in FindingHelp.OfClaims(Shipped.Edits)) WriteInfo(info, json);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        Buffer.Write("\n"u8);
    }

    static void WriteInfo(Deltoid.Findings.FindingInfo info, Utf8JsonWriter json)
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
