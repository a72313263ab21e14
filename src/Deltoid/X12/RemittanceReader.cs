using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.X12;

/// <summary>
/// Reads an 835: the payment's header, then its claims one after the other into a payment that is handed in again and again, then the
/// provider's adjustments. What is wrong is a finding of the claim it concerns, or of the payment as a whole; nothing is thrown and
/// nothing that was read is lost. A set may come in several stretches; what they add to the balance is put together by <see cref="RemittanceBalance"/>.
/// </summary>
public sealed partial class RemittanceReader
{
    readonly SetReader reader = new();
    readonly FindingList setFindings = new();
    readonly Drafts drafts;
    readonly RowList<ClaimSegment> groupSegments = new(); // of a group whose first claim has not begun
    Remittance remittance = null!;
    RemittanceSums sums = null!;
    ClaimPayment claim = null!;
    FindingList findings = null!;
    byte[] buffer = [];
    int held = -1; // the row + 1 of a segment that was placed and is not taken yet
    bool open, wasInContext, hasEnd, isJudged;
    SegmentRow[] rows = [];
    int groupLoop, claimLoop, lineLoop;
    int group;
    int lastOrdinal;

    public RemittanceReader() => (Segment, Faults, drafts) = (reader.Segment, reader.Faults, new Drafts(reader));

    SegmentReader Segment { get; }

    Faults Faults { get; }

    /// <summary>Findings of what was read that belong to no claim; the caller takes and clears them.</summary>
    public FindingList SetFindings => setFindings;

    /// <summary>Begins a stretch of an 835.</summary>
    /// <param name="into">Refilled with the header, which is known before the first claim, and with the provider adjustments of this stretch. Its texts are slices of the buffer.</param>
    /// <param name="adding">Cleared, and filled with what the stretch adds to the balance.</param>
    public void Open(byte[] bytes, Stretch stretch, Remittance into, RemittanceSums adding)
    {
        reader.Open(bytes, stretch);
        (buffer, held, open, wasInContext, hasEnd, isJudged, group, lastOrdinal) = (bytes, -1, false, true, false, false, 0, 0);
        var guide = reader.Guide;
        (rows, groupLoop, claimLoop, lineLoop) = (guide.Segments, guide.LoopIndex("2000"), guide.LoopIndex("2100"), guide.LoopIndex("2110"));
        (remittance, sums) = (into, adding);
        remittance.Clear();
        remittance.Lend(bytes);
        remittance.Delimiters = stretch.Set.Delimiters;
        remittance.Source = new(stretch.Set.Interchange, stretch.Set.Group, stretch.Set.Set, 1, 0, 0, 0, 0);
        sums.Clear();
        groupSegments.Clear();
        Faults.Target = setFindings;
        BeginPayment();
    }

    /// <summary>Reads the next claim; false at the end of the stretch.</summary>
    /// <param name="into">Refilled; its texts are slices of the buffer and hold until the buffer is used for something else.</param>
    /// <param name="about">Gets what is wrong with this claim's segments.</param>
    public bool Read(ClaimPayment into, FindingList about)
    {
        (claim, findings, open) = (into, about, false);
        while (held >= 0 || reader.Next())
        {
            if (held < 0 && wasInContext && !reader.InContext) LeaveContext();
            var row = held >= 0 ? held - 1 : reader.Place();
            if (held < 0 && open && EndsClaim(row))
            {
                held = row + 1;
                Finish();
                return true;
            }
            held = -1;
            Take(row);
        }
        if (open) CloseStretch();
        else EndStretch();
        return open;
    }

    /// <summary>
    /// The first segment of the stretch itself. A group that was copied for it still waits for its first claim only where nothing stood
    /// between.
    /// </summary>
    void LeaveContext()
    {
        wasInContext = false;
        sums.Copied = remittance.Segments.Length;
        if (Faults.Ordinal != lastOrdinal + 1) groupSegments.Clear();
    }

    /// <summary>A claim ends where the next one, a group or the end of the set begins.</summary>
    bool EndsClaim(int row)
    {
        if (row < 0) return false;
        var loop = rows[row].Loop;
        return loop != lineLoop && (loop != claimLoop || (RemittanceAction)rows[row].Action == RemittanceAction.Claim);
    }

    void Take(int row)
    {
        lastOrdinal = Faults.Ordinal;
        if (row < 0)
        {
            Keep(0, groupSegments.Count > 0);
            return;
        }
        var of = rows[row];
        var action = (RemittanceAction)of.Action;
        if (action == RemittanceAction.Claim) Begin(row);
        else if (of.Loop == claimLoop) EndLine();
        else if (of.Loop != lineLoop) Faults.Target = setFindings;
        reader.Check(row);
        Keep(row + 1, of.Loop == groupLoop);
        if (action != RemittanceAction.None) Fill(action, of, row);
    }

    void Keep(int row, bool isOfGroup)
    {
        var segment = new ClaimSegment(new(Segment.Start, Segment.End - Segment.Start), (ushort)row, reader.InEnvelope ? 0 : Faults.Ordinal);
        if (open) claim.Keep(segment);
        else if (isOfGroup) groupSegments.Add(segment);
        else remittance.Keep(segment);
    }

    void Begin(int row)
    {
        claim.Clear();
        claim.Lend(buffer);
        claim.Delimiters = remittance.Delimiters;
        claim.Source = new(Faults.Interchange, Faults.Group, Faults.Set, Faults.Ordinal, 0, 0, 0, 0);
        (claim.Group, claim.BeginsGroup) = (group, groupSegments.Count > 0);
        claim.Keep(groupSegments.Span);
        groupSegments.Clear();
        open = true;
        Faults.Target = findings;
        BeginClaim(row);
    }

    /// <summary>The stretch ends, and with it the claim: the next segment would begin a claim or a group.</summary>
    void CloseStretch()
    {
        reader.Walk.CloseTo(groupLoop, Segment);
        Finish();
    }

    void Finish()
    {
        Balance();
        Faults.Line = 0;
    }

    /// <summary>Segments of a group that has no claim stay with the payment; at its end the rules between its header and the rest are judged.</summary>
    void EndStretch()
    {
        if (!reader.Stretch.IsLast || isJudged) return;
        isJudged = true;
        foreach (ref readonly var segment in groupSegments.Span) remittance.Keep(segment);
        groupSegments.Clear();
        JudgeRefunds();
        Faults.Target = setFindings;
        if (hasEnd) reader.Walk.End(Segment); // a set without SE was told by whoever follows the envelope
    }
}
