using System.Buffers;
using System.Globalization;
using System.Text;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>Pages for people. Of a file of many claims only those are told that have findings; the rest are counted.</summary>
public sealed class FindingsText(CodeBook book, bool color, bool many) : FindingsWriter
{
    public override int Write(Claim claim, FindingList findings, IBufferWriter<byte> target)
    {
        if (many && findings.Count == 0) return 0;
        var id = claim[ClaimText.Id].IsEmpty ? "claim without an id" : "claim " + Shown.Of(claim.Text(ClaimText.Id));
        void Put(string text) => Encoding.UTF8.GetBytes(text, target);
        Put(findings.Count == 0 ? $"{id}: no findings\n" : $"{id}:\n");
        ResultText.WriteFindings(claim, findings, book, Put, color);
        return 1;
    }

    public override int Write(in SourcePlace set, FindingList findings, IBufferWriter<byte> target)
    {
        if (findings.Count == 0) return 0;
        void Put(string text) => Encoding.UTF8.GetBytes(text, target);
        Put(set.Set > 0 ? string.Create(CultureInfo.InvariantCulture, $"set {set.Set} of group {set.Group} of interchange {set.Interchange}:\n") : set.Interchange > 0 ? string.Create(CultureInfo.InvariantCulture, $"interchange {set.Interchange}:\n") : "file:\n");
        ResultText.WriteFindings(NoClaim, findings, book, Put, color);
        return 1;
    }
}
