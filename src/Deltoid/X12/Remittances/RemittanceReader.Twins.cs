using Deltoid.Answers;
using Deltoid.Values;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Remittances;

/// <summary>
/// Segments that stand twice, to the letter, one after the other. Two services or adjustments may be alike; where the
/// sums come right only without the second, it is one too many, and that is the one fault.
/// </summary>
internal sealed partial class RemittanceReader
{
    /// <summary>Adjustments (CAS) that repeat the one before them.</summary>
    /// <param name="Adjusted">What they add, in cents; <paramref name="Share"/> of it is the patient's.</param>
    record struct Twin(Spot Spot, long Adjusted, long Share);

    bool isTwin; // the segment is the one before it once more
    Twin ofClaim, ofLine;
    (Spot Spot, int Line) twinService; // the line's index

    void BeginTwins() => (ofClaim, ofLine, twinService) = (default, default, default);

    /// <summary>An adjustment stands twice.</summary>
    void NoteTwin(int row)
    {
        ref var twin = ref Faults.Line > 0 ? ref ofLine : ref ofClaim;
        if (twin.Spot.Ordinal == 0) twin.Spot = Here(row);
        var isShare = CodeAt(1) == Adjustment.Patient;
        for (var element = 3; element <= Math.Min(Segment.Elements, 19); element += 3)
        {
            if (!Money.TryParse(Segment[element], out var amount) || amount.Cents is > MostCents or < -MostCents)
                continue;
            twin.Adjusted += amount.Cents;
            if (isShare) twin.Share += amount.Cents;
        }
    }

    /// <summary>
    /// Judges an adjustment that stands twice, once the line or claim it is of is complete: it explains what is left
    /// over, or the two should have been one segment.
    /// </summary>
    /// <param name="left">What is left over of the line or claim, in cents.</param>
    /// <returns>What it adds where it is one too many; else 0.</returns>
    long TakeTwin(ref Twin twin, long left)
    {
        var (spot, adjusted, share) = twin;
        twin = default;
        if (spot.Ordinal == 0) return 0;
        var explains = !isUnknown && left != 0 && left == -adjusted;
        Report(explains ? X12Findings.SegmentAgain : X12Findings.AdjustmentsSplit, spot, explains ? 0 : 1);
        if (!explains) return 0;
        patientShare -= share;
        return adjusted;
    }

    /// <summary>
    /// A service that stands twice where the claim's charge is that of its lines without it. What the first of the two
    /// does not have is then no fault.
    /// </summary>
    void JudgeRepeated(long charge)
    {
        var (spot, index) = twinService;
        if (spot.Ordinal == 0 || lineCharges == charge) return;
        ref readonly var line = ref claim.Lines[index];
        var (own, paid) = (line.Charge?.Cents ?? 0, line.Paid?.Cents ?? 0);
        if (lineCharges - own != charge) return;
        for (var i = Faults.Target.Count - 1; i >= 0; i--)
            if (Faults.Target[i] is var found && found.Source.Segment >= spot.Ordinal - 1
                && found.Source.Segment <= spot.Ordinal
                && (found.Info == RemittanceFindings.LineBalance || found.Info == X12Findings.SegmentAsked))
                Faults.Target.RemoveAt(i);
        lineCharges -= own;
        lineLeft -= own - paid;
        Report(X12Findings.SegmentAgain, spot, 0);
    }

    /// <summary>A segment of the claim is not where it belongs: what its sums are is not known.</summary>
    bool IsBroken()
    {
        brokenAt = 0;
        foreach (ref readonly var finding in findings.Span)
            if (finding.Info == X12Findings.OutOfSequence || finding.Info == X12Findings.SegmentMissing)
                brokenAt = Math.Max(brokenAt, finding.Source.Segment);
        return brokenAt > 0;
    }

    int brokenAt; // the last such segment of the claim before: it may be the next one's
}
