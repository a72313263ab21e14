using System.Text;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Claims;

/// <summary>
/// Takes from claims read from X12 those segments that their fields say already, so that claim JSON carries only the
/// rest, each with its loop. The header of a set stays with its first claim; what was kept of a level stays with each
/// of its claims. The claims are handed in in their order.
/// </summary>
internal sealed class ClaimRest
{
    readonly ClaimWriter writer = new(new EnvelopeTerms()) { Log = [], IsCareful = true };
    readonly SegmentWriter canonical = new();
    readonly LevelState predicted = new();
    readonly int[] levels = new int[3]; // where the HL of each open level was read
    readonly HashSet<int>[] keptOfLevels = [[], [], []];
    SourcePlace before;

    /// <summary>
    /// Leaves of <see cref="SegmentBuffer.Segments"/> what no field says; the claim was read by
    /// <see cref="ClaimReader"/>.
    /// </summary>
    public void Reduce(Claim claim)
    {
        var guide = ClaimSets.GuideOf(claim.Setting);
        claim.Own(); // places in the reader's bytes would not hold for what is added
        var segments = claim.Segments.ToArray();
        WriteFields(claim);
        var (source, last) = (claim.Source, before);
        before = source;
        var isNewInterchange = source.Interchange != last.Interchange;
        var isNewGroup = isNewInterchange || source.Group != last.Group;
        var isNewSet = isNewGroup || source.Set != last.Set;
        if (isNewSet) RestartLevels();
        var isKept = new bool[segments.Length];
        var lines = new int[segments.Length];
        for (int i = 0, line = 0; i < segments.Length; i++)
        {
            var row = segments[i].Row > 0 ? guide.Segments[segments[i].Row - 1] : null;
            if (row is { Action: (byte)ClaimAction.Line }) line++;
            lines[i] = line;
            if (segments[i].Ordinal == 0)
                isKept[i] = claim[segments[i].Text].StartsWith("ISA"u8) ? isNewInterchange
                : isNewGroup;
            else if (row is { Section: Section.Header }) isKept[i] = isNewSet;
            else isKept[i] = row is null || (!IsMadeHere(row) && !IsWritten(claim, segments[i], row, guide, line));
        }
        KeepNeighbors(segments, isKept, lines);
        KeepOrder(guide, segments, isKept, lines);
        KeepLevels(claim, guide, segments, isKept);
        KeepOnly(claim, guide, segments, isKept);
    }

    /// <summary>Numbers of levels and lines are made where the claim is written.</summary>
    static bool IsMadeHere(SegmentRow row) => (ClaimAction)row.Action is ClaimAction.Level or ClaimAction.Line;

    void RestartLevels()
    {
        predicted.Restart();
        Array.Clear(levels);
    }

    /// <summary>What would be written of the claim without what it kept.</summary>
    void WriteFields(Claim claim)
    {
        var bare = claim.Detach();
        bare.KeepOnly(0);
        bare.Source = default;
        writer.Output.Clear();
        writer.Log!.Clear();
        writer.Restart(claim.Delimiters);
        writer.Write(bare);
    }

    bool IsWritten(Claim claim, in ClaimSegment segment, SegmentRow row, Guide guide, int line)
    {
        if (row.Action == 0 || row is { Action: (byte)ClaimAction.Name, Owner: (byte)Party.Ordering }) return false;
        canonical.Clear();
        canonical.Delimiters = claim.Delimiters;
        Canonical.Write(canonical, claim[segment.Text], row, guide);
        var entry = writer.Log!.FindIndex(e => e.Row == row.Index && e.Line == line);
        if (entry < 0 || !writer.Output.Written[writer.Log[entry].Start..].StartsWith(canonical.Written)) return false;
        writer.Log.RemoveAt(entry); // a second one like it is not said by the same field
        return true;
    }

    /// <summary>
    /// Of segments of one row, a later one must not be taken for the first; one without a place is known by the one
    /// before it.
    /// </summary>
    static void KeepNeighbors(ClaimSegment[] segments, bool[] isKept, int[] lines)
    {
        for (var i = segments.Length - 1; i > 0; i--)
        {
            if (!isKept[i]) continue;
            if (segments[i] is { Row: 0, Ordinal: > 0 }) isKept[i - 1] = true;
            if (segments[i].Row == 0) continue;
            for (var j = i - 1; j >= 0 && lines[j] == lines[i]; j--) isKept[j] |= segments[j].Row == segments[i].Row;
        }
    }

    /// <summary>
    /// Fields are written in the order of the guide's rows: a part of the claim, or a line, that came in another is
    /// kept whole.
    /// </summary>
    static void KeepOrder(Guide guide, ClaimSegment[] segments, bool[] isKept, int[] lines)
    {
        for (int from = 0, thru; from < segments.Length; from = thru)
        {
            thru = from + 1;
            if (segments[from].Row == 0) continue; // ISA, GS
            var isInOrder = true;
            for (var row = segments[from].Row; thru < segments.Length
                && IsSamePart(guide, segments, lines, from, thru); thru++)
            {
                if (segments[thru].Row == 0) continue;
                isInOrder &= row == 0 || segments[thru].Row >= row || IsAnother(guide, segments[thru].Row - 1, row - 1);
                row = segments[thru].Row;
            }
            if (isInOrder || guide.Segments[segments[from].Row - 1].Section == Section.Header) continue;
            for (var i = from; i < thru; i++)
                isKept[i] |= segments[i].Row == 0
                || !IsMadeHere(guide.Segments[segments[i].Row - 1]);
        }
    }

    static bool IsSamePart(Guide guide, ClaimSegment[] segments, int[] lines, int from, int i) =>
        lines[i] == lines[from] && (segments[i].Row == 0
            || guide.Segments[segments[i].Row - 1].Section == guide.Segments[segments[from].Row - 1].Section);

    /// <summary>Whether a row begins one more of the loop that the row before it is in.</summary>
    static bool IsAnother(Guide guide, int row, int before)
    {
        var loop = guide.Segments[row].Loop;
        if (guide.Loops[loop].First != row) return false;
        var inner = guide.Segments[before].Loop;
        while (inner != loop && guide.Loops[inner].Parents.Length > 0) inner = guide.Loops[inner].Parents[0];
        return inner == loop;
    }

    /// <summary>
    /// The claims of a level keep the same of it; and its HL where what they say does not set it apart from the level
    /// before.
    /// </summary>
    void KeepLevels(Claim claim, Guide guide, ClaimSegment[] segments, bool[] isKept)
    {
        for (var part = Section.Billing; part <= Section.Patient; part++)
        {
            var (from, thru) = RangeOf(guide, segments, part);
            if (from == thru) continue;
            var level = part - Section.Billing;
            var kept = keptOfLevels[level];
            var isNew = levels[level] != segments[from].Ordinal;
            if (isNew)
            {
                Array.Clear(levels, level, levels.Length - level);
                levels[level] = segments[from].Ordinal;
                kept.Clear();
                for (var i = from; i < thru; i++)
                    if (isKept[i]) kept.Add(segments[i].Ordinal);
            }
            else
                for (var i = from; i < thru; i++) isKept[i] = kept.Contains(segments[i].Ordinal);
            if (Predicts(claim, guide, part, segments, isKept, from, thru) || !isNew) continue;
            isKept[from] = true; // two levels that say the same
            predicted.Enters(claim, guide, part, 0..claim.Segments.Length, always: true);
        }
    }

    /// <summary>Whether the writer would begin a level by what the claim says and keeps of it.</summary>
    bool Predicts(Claim claim, Guide guide, Section part, ClaimSegment[] segments, bool[] isKept, int from, int thru)
    {
        claim.KeepOnly(0);
        for (var i = from; i < thru; i++)
            if (isKept[i]) claim.Keep(segments[i] with { Ordinal = 0 });
        var hasPatient = claim.Has(Party.Patient);
        // nothing says that there is one
        if (part == Section.Patient && !hasPatient && claim.Segments.IsEmpty) return false;
        return predicted.Enters(claim, guide, part, 0..claim.Segments.Length,
            always: part == Section.Subscriber && predicted.HasPatient && !hasPatient && !HasPatient(guide, segments));
    }

    static bool HasPatient(Guide guide, ClaimSegment[] segments) =>
        RangeOf(guide, segments, Section.Patient) is var (from, thru) && from < thru;

    static (int From, int Thru) RangeOf(Guide guide, ClaimSegment[] segments, Section part)
    {
        var from = Array.FindIndex(segments, s => s.Row > 0 && guide.Segments[s.Row - 1].Section == part);
        if (from < 0) return (0, 0);
        var thru = from;
        while (thru < segments.Length
            && (segments[thru].Row == 0 || guide.Segments[segments[thru].Row - 1].Section == part))
            thru++;
        return (from, thru);
    }

    /// <summary>Leaves the segments that are kept, each with its loop.</summary>
    static void KeepOnly(Claim claim, Guide guide, ClaimSegment[] segments, bool[] isKept)
    {
        claim.KeepOnly(0);
        var chain = new LoopChain(guide);
        chain.Restart();
        for (var i = 0; i < segments.Length; i++)
        {
            if (segments[i].Row > 0) chain.Follow(segments[i].Row - 1);
            if (!isKept[i]) continue;
            var path = chain.PathOf(claim[segments[i].Text], chain.Line > 0 ? claim.Lines[chain.Line - 1].Number : 0);
            if (claim.IsFull)
                throw new InputException("", "the claim keeps segments in more than 65535 places",
                "split it");
            claim.Keep(segments[i] with { Place = claim.AddPlace(Encoding.ASCII.GetBytes(path)), Row = 0,
                Ordinal = 0 });
        }
    }
}
