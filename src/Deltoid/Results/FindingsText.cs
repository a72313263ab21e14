using System.Buffers;
using System.Globalization;
using System.Text;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>
/// Pages for people. Of a file of many claims, only those with findings are shown; the rest are counted.
/// </summary>
public sealed class FindingsText(CodeBook book, bool color, bool many) : FindingsWriter
{
    /// <inheritdoc/>
    public override int Write(Claim claim, FindingList findings, IBufferWriter<byte> target)
    {
        if (many && findings.Count == 0) return 0;
        var id = claim[ClaimText.Id].IsEmpty ? "claim without an id" : "claim " + Shown.Of(claim.Text(ClaimText.Id));
        void Put(string text) => Encoding.UTF8.GetBytes(text, target);
        Put(findings.Count == 0 ? $"{id}: no findings\n" : $"{id}:\n");
        ResultText.WriteFindings(claim, findings, book, Put, color);
        return 1;
    }

    /// <inheritdoc/>
    public override int Write(in SourcePlace set, FindingList findings, IBufferWriter<byte> target)
    {
        if (findings.Count == 0) return 0;
        void Put(string text) => Encoding.UTF8.GetBytes(text, target);
        Put(Heading(set));
        ResultText.WriteFindings(NoClaim, findings, book, Put, color);
        return 1;
    }

    /// <summary>
    /// <c>transaction set 1:</c>; group and interchange only where they are not the first of the file.
    /// </summary>
    static string Heading(in SourcePlace at)
    {
        if (at.Interchange == 0) return "file:\n";
        var interchange = string.Create(CultureInfo.InvariantCulture, $"interchange {at.Interchange}");
        if (at.Set == 0) return interchange + ":\n";
        var set = string.Create(CultureInfo.InvariantCulture, $"transaction set {at.Set}");
        if (at.Interchange > 1)
            return string.Create(CultureInfo.InvariantCulture, $"{set} of group {at.Group}, {interchange}:\n");
        return at.Group > 1
            ? string.Create(CultureInfo.InvariantCulture, $"{set} of group {at.Group}:\n")
            : set + ":\n";
    }
}
