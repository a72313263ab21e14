using Deltoid.Findings;

namespace Deltoid.X12;

/// <summary>Makes findings that are told only later, if at all: the place of a fault is known here, whether it is one only when more has been read.</summary>
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
        return drawn[0];
    }
}
