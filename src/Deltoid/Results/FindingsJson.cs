using System.Buffers;
using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Findings;

namespace Deltoid.Results;

/// <summary>
/// One object for each claim, with what the catalogue says of its findings where <paramref name="full"/>; indented for
/// <c>--json</c>, a line for <c>--jsonl</c> with <c>--trace</c> or <c>--full</c>.
/// </summary>
internal sealed class FindingsJson(CodeBook book, string? file, bool full, bool trace, bool indented) : FindingsWriter
{
    public override ReadOnlySpan<byte> Between => indented ? ",\n"u8 : default;

    public override int Write(Claim claim, FindingList findings, IBufferWriter<byte> target)
    {
        target.Write(Between);
        using (var json = ResultJson.Writer(target, indented))
        {
            Begin(json);
            json.WriteString("claim"u8, claim.Text(ClaimText.Id));
            ResultJson.WriteFindings(findings, claim, book, json, full);
            if (trace) WriteTrace(claim, json);
            json.WriteEndObject();
        }
        End(target);
        return 1;
    }

    public override int Write(in SourcePlace set, FindingList findings, IBufferWriter<byte> target)
    {
        if (findings.Count == 0) return 0;
        target.Write(Between);
        using (var json = ResultJson.Writer(target, indented))
        {
            Begin(json);
            json.WriteNumber("interchange"u8, set.Interchange);
            json.WriteNumber("group"u8, set.Group);
            json.WriteNumber("set"u8, set.Set);
            ResultJson.WriteFindings(findings, NoClaim, book, json, full);
            json.WriteEndObject();
        }
        End(target);
        return 1;
    }

    void Begin(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (!indented) return;
        json.WriteString("deltoid"u8, ResultJson.Version);
        json.WriteString("codeBook"u8, book.Version);
        if (file is not null) json.WriteString("file"u8, file);
    }

    void End(IBufferWriter<byte> target)
    {
        if (!indented) target.Write("\n"u8);
    }

    void WriteTrace(Claim claim, Utf8JsonWriter json)
    {
        json.WriteStartArray("trace"u8);
        foreach (ref readonly var line in claim.Lines)
        {
            json.WriteStartObject();
            json.WriteNumber("line"u8, line.Number);
            json.WriteString("code"u8, line.Code.ToString());
            var bound = book.TryCode(line.Code, line.Date, out var row);
            if (bound) json.WriteString("row"u8, row.Dates.ToString());
            else json.WriteNull("row"u8);
            json.WriteStartArray("groups"u8);
            foreach (var bit in Enum.GetValues<GroupBit>())
                if (bound && row.Groups.Has(CodeGroups.Of(bit))) json.WriteStringValue(bit.ToString());
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
