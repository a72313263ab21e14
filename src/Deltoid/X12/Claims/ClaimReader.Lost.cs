using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Claims;

/// <summary>
/// Claims that begin where they have no place: they are read as far as they go and reported, so that no claim is lost.
/// </summary>
internal sealed partial class ClaimReader
{
    static readonly ulong ClaimStart = SegmentReader.PackOf("CLM");

    int claimLoop, lineLoop;
    bool isForced; // the segment begins a claim that has no place here
    bool hasService; // the line has its SV1 or SV2

    /// <summary>
    /// Why the claim that was read last is not read whole: it has no level, or services without lines. Null where
    /// nothing of it is lost.
    /// </summary>
    public Finding? Unread { get; private set; }

    /// <summary>The row of the next segment; one that begins a claim is read as that wherever it is.</summary>
    int Place()
    {
        isForced = false;
        if (reader.InEnvelope) return -1;
        if (Segment.Id != ClaimStart || reader.Walk.MayHold(claimLoop)) return reader.Place();
        isForced = true;
        return reader.Walk.Force(Segment, claimLoop);
    }

    /// <summary>
    /// A line whose LX is missing, which was reported, is read like any other; written again, the claim would have it.
    /// </summary>
    void SupplyLine()
    {
        AddLine(lineNumber + 1);
        if (findings.Count > 0 && findings.Span[^1].Info == X12Findings.SegmentMissing)
            findings.SetLine(findings.Count - 1, claim.Lines[^1].Number, Field.Lines);
        if (findings.Count > 0) Unread ??= findings.Span[^1];
    }

    /// <summary>Reports why the claim is not read whole.</summary>
    void Lose(FindingInfo info, int row)
    {
        reader.Report(info, row);
        if (findings.Count > 0) Unread ??= findings.Span[^1];
    }

    /// <summary>
    /// Whether the line has a service already: a second one would take the place of the first, and stays with the
    /// segments.
    /// </summary>
    bool IsServiceAgain(ref ServiceLine line)
    {
        if (!hasService)
        {
            (hasService, line.IsWithoutService) = (true, false);
            return false;
        }
        if (findings.Count > 0) Unread ??= findings.Span[^1]; // it was reported as one too many
        return true;
    }
}
