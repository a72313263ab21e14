using Deltoid.Answers;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Acknowledgments;

/// <summary>Whether the verdicts of a 999 agree with each other.</summary>
internal sealed partial class AcknowledgmentReader
{
    static readonly Code SegmentsAtFault = Code.Of("5"), GuideFaults = Code.Of("I5"), CountDiffers = Code.Of("5"),
        Missing = Code.Of("1"), MissingByRule = Code.Of("2"), MissingByGuide = Code.Of("I9");

    int lastOrdinal;
    bool isWhole, isWholeSet; // every segment of the group, or since the last AK2, has its place

    void BeginChecks() => (lastOrdinal, isFresh, isWhole, isWholeSet) = (0, false, true, true);

    void JudgeOrder(int ordinal, int row)
    {
        if (ordinal > 0 && ordinal < lastOrdinal)
            reader.Report(AcknowledgmentFindings.SegmentOrder, row, 2, detail: Arg.Count(lastOrdinal));
        lastOrdinal = Math.Max(ordinal, lastOrdinal);
    }

    /// <summary>What is missing has no value.</summary>
    void JudgeValue(int row)
    {
        var fault = into.Rejections.Span[^1].ElementFault;
        if (Segment.LengthOf(4) > 0 && (fault == Missing || fault == MissingByRule || fault == MissingByGuide))
            reader.Report(AcknowledgmentFindings.ValueSent, row, 4);
    }

    static bool Has(in FaultCodes faults, Code code)
    {
        foreach (var fault in faults)
            if (fault == code) return true;
        return false;
    }

    void JudgeFaults(in FaultCodes faults, int from, int row)
    {
        for (var i = 1; i < FaultCodes.Max; i++)
            for (var j = 0; j < i; j++)
                if (!faults[i].IsNone && faults[i] == faults[j])
                {
                    reader.Report(AcknowledgmentFindings.FaultRepeated, row, from + i, detail: Arg.Of(faults[i]));
                    break;
                }
    }

    void JudgeSet(in SetVerdict set, int row)
    {
        // a set that was accepted has no segments at fault: a rule of the table says so
        if (isWholeSet && set.RejectionCount > 0 && set.Verdict is not ('A' or '\0')
            && !Has(set.Faults, SegmentsAtFault) && !Has(set.Faults, GuideFaults))
            reader.Report(AcknowledgmentFindings.SetFault, row, 2);
        JudgeFaults(set.Faults, 2, row);
    }

    void JudgeGroup(int row)
    {
        JudgeFaults(into.Faults, 5, row);
        var differ = into.Announced >= 0 && into.Received >= 0 && into.Announced != into.Received;
        if (differ && into.Sets.Count != into.Announced && !Has(into.Faults, CountDiffers))
            reader.Report(AcknowledgmentFindings.ReceivedDiffers, row, 5, detail: Arg.Count(into.Announced));
        if (into.Received < 0 || into.Accepted < 0 || !isWhole) return;
        if (differ && into.Sets.Count == into.Announced)
        {
            // AK902 and the sets agree, so AK903 alone is wrong
            reader.Report(AcknowledgmentFindings.VerdictMissing, row, 3, detail: Arg.Count(into.Announced));
            return;
        }
        if (into.Accepted > into.Received)
        {
            reader.Report(AcknowledgmentFindings.AcceptedRange, row, 4, detail: Arg.Count(into.Received));
            return;
        }
        var listed = into.Sets.Count;
        // all sets of a group that is taken, and the good ones of a group that is rejected for a fault of its own, may
        // go without a verdict
        var maySkip = listed < into.Received && (listed == 0 || into.Verdict == 'R')
            && (into.Verdict == 'A' || into.Faults.Count > 0);
        if (listed != into.Received && !maySkip)
            reader.Report(AcknowledgmentFindings.VerdictMissing, row, 3, detail: Arg.Count(listed));
        if (Accepted(row, into.Received - listed) is { } accepted) JudgeVerdict(row, accepted);
    }

    /// <summary>The number of sets that are accepted; none where AK904 has another one and not all are listed, so that
    /// no verdict follows.</summary>
    /// <param name="unseen">Sets without a verdict, of which any may be accepted.</param>
    int? Accepted(int row, int unseen)
    {
        var accepted = 0;
        foreach (ref readonly var set in into.Sets.Span)
            if (set.IsAccepted) accepted++;
        if (into.Accepted >= accepted && into.Accepted <= accepted + Math.Max(unseen, 0)) return into.Accepted;
        reader.Report(AcknowledgmentFindings.AcceptedCount, row, 4, detail: Arg.Count(accepted));
        return unseen == 0 ? accepted : null;
    }

    /// <summary>A verdict that goes with AK904 or with the sets is not reported beside a wrong AK904.</summary>
    void JudgeVerdict(int row, int accepted)
    {
        if (!Fits(accepted) && !Fits(into.Accepted))
            reader.Report(AcknowledgmentFindings.GroupVerdict, row, 1, detail: Arg.Of(Expected(accepted)));
    }

    /// <summary>
    /// A and E: all sets are accepted, and with A without faults; P: some; R and the verdicts of security: none.
    /// </summary>
    bool Fits(int accepted) => into.Verdict switch
    {
        'A' => accepted == into.Received && AllWithoutFault(),
        'E' => accepted == into.Received,
        'P' => accepted > 0 && accepted < into.Received,
        '\0' => true,
        _ => accepted == 0,
    };

    /// <summary>The verdict that the counts ask for.</summary>
    Code Expected(int accepted) =>
        Code.Of(accepted == 0 ? "R" : accepted < into.Received ? "P" : AllWithoutFault() ? "A" : "E");

    bool AllWithoutFault()
    {
        foreach (ref readonly var set in into.Sets.Span)
            if (set.Verdict != 'A') return false;
        return true;
    }
}
