using System.Buffers;
using System.Text;
using System.Text.Json;
using Deltoid.Batch;
using Deltoid.Claims;
using Deltoid.Edits;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary>
/// What <c>scrub</c> and <c>check</c> write: findings, with what all of an id have in common written once.
/// </summary>
sealed class FindingsOutput(Terminal terminal, Stream target, Form form, bool full, bool trace)
    : ItemOutput(terminal, target, form)
{
    readonly EditSet edits = terminal.Edits;

    int reports;

    /// <summary>A writer for the claims of a file; each worker has its own.</summary>
    public FindingsWriter Writer(string file, bool many) => Form switch
    {
        Form.Json => new FindingsJson(Book, Several ? file : null, full: true, trace, indented: true),
        Form.JsonLines when full || trace => new FindingsJson(Book, null, full, trace, indented: false),
        Form.JsonLines => new FindingsLines(Book),
        Form.Sarif => new FindingsSarif(Book, file),
        Form.Csv => new FindingsCsv(Book, file),
        Form.Statistics => new NoFindings(),
        Form.Report => new FindingsReport(Book),
        _ => new FindingsText(Book, Color, many),
    };

    public void Begin()
    {
        if (Form == Form.Sarif) FindingsSarif.WriteHead(Buffer, Release.Version, edits);
        if (Form == Form.JsonLines) FindingsCatalogue.Write(edits, Book, Buffer);
        if (Form == Form.Csv) Encoding.UTF8.GetBytes(FindingsCsv.Head, Buffer);
        Flush();
    }

    /// <summary>Continues where an earlier run stopped.</summary>
    public void Continue(long written, long itemsWritten) => (Written, Items) = (written, itemsWritten);

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

    /// <summary>What the run came to, in place of its findings.</summary>
    public void PutStatistics(Totals totals, bool asJson)
    {
        if (asJson)
        {
            using (var json = ResultJson.Writer(Buffer, indented: true)) Statistics.Write(totals, json);
            Buffer.Write("\n"u8);
        }
        else
            foreach (var line in Statistics.Lines(totals).Prepend(Summary.Of(totals)))
                Encoding.UTF8.GetBytes(line + "\n", Buffer);
        Flush();
    }

    /// <summary>Findings that are only counted.</summary>
    sealed class NoFindings : FindingsWriter
    {
        public override int Write(Claim claim, FindingList findings, IBufferWriter<byte> target) => 0;

        public override int Write(in SourcePlace set, FindingList findings, IBufferWriter<byte> target) => 0;
    }

    public override void PutError(string file, InputException error)
    {
        if (Form != Form.Report)
        {
            base.PutError(file, error);
            return;
        }
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
}
