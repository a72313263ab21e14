using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Remittances;

/// <summary>
/// Reads an 835: the payment's header, then its claims one after the other into a payment that is handed in again and
/// again, then the
/// provider's adjustments. What is wrong is a finding of the claim it concerns, or of the payment as a whole; nothing
/// is thrown and
/// nothing that was read is lost. A set may come in several parts; what they add to the balance is put together
/// by <see cref="RemittanceBalance"/>.
/// </summary>
internal sealed partial class RemittanceReader
{
    static readonly ulong GroupId = SegmentReader.PackOf("LX"), ClaimId = SegmentReader.PackOf("CLP");

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
    bool isPastHeader; // a claim has come: what the header says is said
    int lastGroup; // where the last LX stands among the segments of groups that wait for a claim
    bool isPastClaim; // they are not copied for the next part: a claim has come since the last LX
    int lastRow; // of the segment before; -1 of one without a place
    SegmentRow[] rows = [];
    int groupLoop, claimLoop, lineLoop;
    int group;
    int lastOrdinal;

    public RemittanceReader() => (Segment, Faults, drafts) = (reader.Segment, reader.Faults, new Drafts(reader));

    SegmentReader Segment { get; }

    Faults Faults { get; }

    internal bool IsCareful { set => reader.IsCareful = value; }

    /// <summary>
    /// Sums are judged even where a segment had no place, which may be why they do not hold: for one who posts, a sum
    /// that nobody has checked is worse than a fault that is reported twice.
    /// </summary>
    internal bool JudgesAll { get; init; }

    /// <summary>Findings of what was read that belong to no claim; the caller takes and clears them.</summary>
    public FindingList SetFindings => setFindings;

    /// <summary>Begins a part of an 835.</summary>
    /// <param name="into">Refilled with the header, which is known before the first claim, and with the provider
    /// adjustments of this part. Its texts are slices of the buffer.</param>
    /// <param name="adding">Cleared, and filled with what the part adds to the balance.</param>
    public void Open(byte[] bytes, SetPart setPart, Remittance into, RemittanceSums adding)
    {
        reader.Open(bytes, setPart);
        buffer = bytes;
        held = -1;
        open = false;
        wasInContext = true;
        hasEnd = false;
        isJudged = false;
        isPastClaim = false;
        isPastHeader = false;
        group = -1;
        (lastOrdinal, lastRow, brokenAt) = (0, -1, 0);
        var guide = reader.Guide;
        rows = guide.Segments;
        groupLoop = guide.LoopIndex("2000");
        claimLoop = guide.LoopIndex("2100");
        lineLoop = guide.LoopIndex("2110");
        (remittance, sums) = (into, adding);
        remittance.Clear();
        remittance.Lend(bytes);
        remittance.Delimiters = setPart.Set.Delimiters;
        remittance.Source = new(setPart.Set.Interchange, setPart.Set.Group, setPart.Set.Set, 1, 0, 0, 0, 0);
        sums.Clear();
        groupSegments.Clear();
        Faults.Target = setFindings;
        BeginPayment();
    }

    /// <summary>Reads the next claim; false at the end of the part.</summary>
    /// <param name="into">Refilled; its texts are slices of the buffer and hold until the buffer is used for something
    /// else.</param>
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
                // it ends where no claim should begin: the rest of it follows
                isUnknown |= reader.Walk.IsUnsure && !JudgesAll;
                Finish();
                return true;
            }
            held = -1;
            Take(row);
        }
        if (open) CloseSetPart();
        else EndSetPart();
        return open;
    }

    /// <summary>The first segment of the part itself.</summary>
    void LeaveContext()
    {
        (wasInContext, isPastHeader) = (false, reader.SetPart.Data.Ordinal > 1);
        sums.Copied = remittance.Segments.Length;
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
        if (Faults.Ordinal > lastOrdinal + 1)
            groupSegments.Clear(); // claims stood between the pieces that were copied: they have these
        lastOrdinal = Faults.Ordinal;
        FollowCuts();
        // a segment out of place, which was reported: the sums that it may be part of are not judged
        if ((row < 0 || reader.Walk.IsUnsure) && !JudgesAll && !reader.InEnvelope && !reader.InContext)
            isUnknown = sums.IsUnknown = true;
        (isTwin, lastRow) = (!JudgesAll && row >= 0 && row == lastRow && GuideWalk.IsTwin(Segment), row);
        if (row < 0)
        {
            Keep(0, groupSegments.Count > 0);
            return;
        }
        var of = rows[row];
        var action = (RemittanceAction)of.Action;
        // a bare CLP, which the cutter does not see: its claim was read where it stood
        if (reader.InContext && of.Loop >= claimLoop)
        {
            groupSegments.Clear();
            return;
        }
        if (action == RemittanceAction.Claim) Begin(row);
        else if (of.Loop == claimLoop) EndLine();
        else if (of.Loop != lineLoop) Faults.Target = setFindings;
        if (action is RemittanceAction.ProviderAdjustment or RemittanceAction.End) LeaveGroups(groupSegments.Count);
        reader.Check(row);
        if (reader.IsShifted && !JudgesAll && !reader.InContext) isUnknown = sums.IsUnknown = true;
        Keep(row + 1, of.Loop == groupLoop || groupSegments.Count > 0);
        if (action != RemittanceAction.None) Fill(action, of, row);
    }

    /// <summary>
    /// What waits for a claim is copied for the next part from the last LX on, until a claim comes, placed or not:
    /// as the cutter sees
    /// them, by their names.
    /// </summary>
    void FollowCuts()
    {
        if (Segment.Elements == 0) return;
        if (Segment.Id == GroupId) (isPastClaim, lastGroup) = (false, groupSegments.Count);
        else if (Segment.Id == ClaimId) isPastClaim = true;
    }

    void Keep(int row, bool isOfGroup)
    {
        var segment = new ClaimSegment(new(Segment.Start, Segment.End - Segment.Start), (ushort)row,
            reader.InEnvelope ? 0 : Faults.Ordinal);
        if (open) claim.Keep(segment);
        else if (isOfGroup) groupSegments.Add(segment);
        else remittance.Keep(segment, sums.Claims);
    }

    void Begin(int row)
    {
        claim.Clear();
        claim.Lend(buffer);
        claim.Delimiters = remittance.Delimiters;
        claim.Source = new(Faults.Interchange, Faults.Group, Faults.Set, Faults.Ordinal, 0, 0, 0, 0);
        (claim.Group, claim.BeginsGroup) = (Math.Max(group, 0), groupSegments.Count > 0);
        claim.Keep(groupSegments.Span);
        groupSegments.Clear();
        lastGroup = 0;
        open = isPastHeader = true;
        Faults.Target = findings;
        BeginClaim(row);
    }

    /// <summary>The part ends, and with it the claim: the next segment would begin a claim or a group.</summary>
    void CloseSetPart()
    {
        if (reader.SetPart.IsLast) LoseRest();
        else reader.Walk.CloseTo(groupLoop, Segment);
        Finish();
    }

    /// <summary>The set is cut off, which is reported once: what has not come is in no sum.</summary>
    void LoseRest()
    {
        if (!JudgesAll) isUnknown = sums.IsUnknown = true;
    }

    void Finish()
    {
        Balance();
        Faults.Line = 0;
    }

    /// <summary>
    /// Segments of a group that has no claim stay with the payment, except those that are copied for the next
    /// part, whose claim they go
    /// with. At the end of the set the rules between its header and the rest are judged.
    /// </summary>
    void EndSetPart()
    {
        if (isJudged) return;
        isJudged = true;
        var left = reader.SetPart.IsLast || isPastClaim
            ? groupSegments.Count
            : Math.Min(lastGroup, groupSegments.Count);
        LeaveGroups(left);
        if (!reader.SetPart.IsLast) return;
        if (!hasEnd) LoseRest();
        JudgeRefunds();
        Faults.Target = setFindings;
        if (hasEnd) reader.Walk.End(Segment); // a set without SE was reported by the reader of the envelope
    }

    /// <summary>Groups that no claim came for stay with the payment.</summary>
    void LeaveGroups(int count)
    {
        foreach (ref readonly var segment in groupSegments.Span[..count]) remittance.Keep(segment, sums.Claims);
        groupSegments.Clear();
        lastGroup = 0;
    }
}
