using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Edits;
using Deltoid.Findings;
using Deltoid.Results;

namespace Deltoid.Cli;

/// <summary>Writes what <c>scrub</c> found, claim by claim.</summary>
sealed class ScrubSink : IDisposable
{
    readonly Terminal terminal;
    readonly Form form;
    readonly bool full;
    readonly bool trace;

    public ScrubSink(Terminal terminal, Form form, bool full, bool trace)
    {
        (this.terminal, this.form, this.full, this.trace) = (terminal, form, full, trace);
        Results = new(terminal, form);
        if (form == Form.JsonLines) Results.WriteObject(WriteCatalogue);
    }

    public ResultSink Results { get; }

    public void Write(string file, Claim claim, FindingList findings)
    {
        if (form == Form.Text) WriteText(file, claim, findings);
        else Results.WriteObject(json => WriteClaim(file, claim, findings, json));
    }

    void WriteClaim(string file, Claim claim, FindingList findings, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (form == Form.Json)
        {
            json.WriteString("deltoid"u8, ResultJson.Version);
            json.WriteString("codeBook"u8, Terminal.Book.Version);
            if (Results.Several) json.WriteString("file"u8, file);
        }
        json.WriteString("claim"u8, claim.Text(ClaimText.Id));
        ResultJson.WriteFindings(findings, claim, Terminal.Book, json, full);
        if (trace) WriteTrace(claim, json);
        json.WriteEndObject();
    }

    static void WriteTrace(Claim claim, Utf8JsonWriter json)
    {
        json.WriteStartArray("trace"u8);
        foreach (ref readonly var line in claim.Lines)
        {
            json.WriteStartObject();
            json.WriteNumber("line"u8, line.Number);
            json.WriteString("code"u8, line.Code.ToString());
            var bound = Terminal.Book.TryCode(line.Code, line.Date, out var row);
            if (bound) json.WriteString("row"u8, row.Dates.ToString()); else json.WriteNull("row"u8);
            json.WriteStartArray("groups"u8);
            foreach (var bit in Enum.GetValues<GroupBit>()) if (bound && row.Groups.Has(CodeGroups.Of(bit))) json.WriteStringValue(bit.ToString());
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>What all findings of an id have in common, once.</summary>
    static void WriteCatalogue(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("deltoid"u8, ResultJson.Version);
        json.WriteString("codeBook"u8, Terminal.Book.Version);
        json.WriteStartObject("catalogue"u8);
        foreach (var edit in Shipped.Edits.Edits)
            foreach (var info in edit.Infos)
            {
                json.WriteStartObject(info.Id);
                json.WriteString("name"u8, info.Name);
                json.WriteString("rules"u8, info.Rules);
                ResultJson.WritePredictions(info, json);
                ResultJson.WriteCitation(info.Citation, json);
                json.WriteString("page"u8, edit.Info.Name + ".md");
                json.WriteEndObject();
            }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    void WriteText(string file, Claim claim, FindingList findings)
    {
        var id = claim[ClaimText.Id].IsEmpty ? "claim" : "claim " + claim.Text(ClaimText.Id);
        if (Results.Several) terminal.WriteLine($"=== {file}");
        terminal.WriteLine(findings.Count == 0 ? $"{id}: no findings" : $"{id}:");
        ResultText.WriteFindings(claim, findings, Terminal.Book, terminal.Write, terminal.Color);
        terminal.Flush();
    }

    public void Dispose() => Results.Dispose();
}
