using Deltoid.Findings;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Envelope;

/// <summary>
/// Segments of a set whose terminator is missing. SE counts them, and they cannot be counted as they stand: the
/// difference is no fault of its own.
/// </summary>
sealed class JoinedSegments
{
    int count;

    /// <summary>Begins a set.</summary>
    public void Begin() => count = 0;

    /// <summary>Takes what was found in the set.</summary>
    public void Take(FindingList found)
    {
        foreach (ref readonly var finding in found.Span)
            if (finding.Info == X12Findings.NoTerminator) count++;
    }

    /// <summary>Takes back, of what was found at the end of the set, a count that they explain.</summary>
    public void Settle(FindingList ofEnd)
    {
        for (var i = ofEnd.Count - 1; i >= 0 && count > 0; i--)
            if (ofEnd[i] is var found && found.Info == X12Findings.SegmentCount
                && found.D.Value - found.A.Value == count)
                ofEnd.RemoveAt(i);
    }
}
