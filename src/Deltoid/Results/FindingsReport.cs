using System.Buffers;
using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Findings;

namespace Deltoid.Results;

/// <summary>
/// One object for each finding, with the claim it is of; the code that puts the pieces together says of which file they
/// are.
/// </summary>
internal sealed class FindingsReport(CodeBook book) : FindingsWriter
{
    readonly Func<Arg, string> names = ResultJson.NamesOf(book);

    public override ReadOnlySpan<byte> Between => ",\n"u8;

    public override int Write(Claim claim, FindingList findings, IBufferWriter<byte> target) =>
        Write(claim, claim.Text(ClaimText.Id), findings, target);

    public override int Write(in SourcePlace set, FindingList findings, IBufferWriter<byte> target) =>
        Write(NoClaim, null, findings, target);

    int Write(Claim claim, string? id, FindingList findings, IBufferWriter<byte> target)
    {
        var count = 0;
        var keys = new FindingKey(claim);
        for (var i = 0; i < findings.Count; i++)
        {
            if (findings[i].Under != 0) continue;
            target.Write(Between);
            using var json = ResultJson.Writer(target, indented: true);
            json.WriteStartObject();
            json.WriteNumber("snip"u8, findings[i].Info.Snip);
            json.WriteString("claim"u8, id);
            ResultJson.WriteFinding(findings, i, keys, names, json);
            json.WriteEndObject();
            count++;
        }
        return count;
    }
}
