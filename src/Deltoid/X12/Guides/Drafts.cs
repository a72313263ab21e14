using Deltoid.Findings;

namespace Deltoid.X12.Guides;

/// <summary>
/// Makes findings that are reported only later, if at all: the place of a fault is known here, whether it is one only
/// when more has been read.
/// </summary>
sealed class Drafts(SetReader reader)
{
    readonly FindingList drawn = new();

    /// <summary>A finding about the current segment, one of the context too.</summary>
    public Finding Of(FindingInfo info, int row, int element = 0)
    {
        var faults = reader.Faults;
        var (target, quiet, line) = (faults.Target, faults.Quiet, faults.Line);
        drawn.Clear();
        (faults.Target, faults.Quiet, faults.Line) = (drawn, false, 0);
        reader.Report(info, row, element);
        (faults.Target, faults.Quiet, faults.Line) = (target, quiet, line);
        return drawn.Count > 0 ? drawn[0] : default; // none of a segment that is cut off
    }

    /// <summary>A finding about an earlier segment.</summary>
    /// <param name="at">Where it begins in the buffer.</param>
    /// <param name="ordinal">Its place in the set, from ST = 1.</param>
    public Finding At(FindingInfo info, SegmentRow row, int at, int ordinal, int element, int ofLine)
    {
        var faults = reader.Faults;
        var (target, line) = (faults.Target, faults.Line);
        drawn.Clear();
        (faults.Target, faults.Line) = (drawn, ofLine);
        faults.Report(info, row.Row, row.Id, row.Loop, at, element, ordinal: ordinal);
        (faults.Target, faults.Line) = (target, line);
        return drawn.Count > 0 ? drawn[0] : default;
    }
}
