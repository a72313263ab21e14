using System.Runtime.InteropServices;
using Deltoid.Findings;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Guides;

/// <summary>
/// Finds for each segment of a set its row in the guide, and says what is missing, too often or out of place. The loops
/// that are open form a short stack; what has been seen in each is a set of bits, so asking what is missing is one
/// comparison.
/// </summary>
sealed partial class GuideWalk
{
    /// <summary>Loops in loops: the guides go seven deep.</summary>
    public const int MostLevels = 16;

    [StructLayout(LayoutKind.Auto)]
    struct Level
    {
        public int Loop;
        public int Position;
        /// <summary>This loop and those around it, eight bits each; 0 where they are too many.</summary>
        public ulong Path;
        /// <summary>
        /// Entries that are there; those whose absence was reported; those that a segment without a known code may be.
        /// </summary>
        public ulong Seen, Told, Guessed;
        /// <summary>Conditions that hold.</summary>
        public ulong Holds;
        /// <summary>The segment that begins it is missing.</summary>
        public bool IsSupplied;
    }

    readonly Guide guide;
    readonly Faults faults;
    readonly Level[] levels = new Level[MostLevels];
    readonly int[] counts;
    readonly (int Ordinal, long Start)[] firsts; // of each entry, the first segment in the open loop
    readonly ulong[] keys; // of entries that may stand once for each value of their key: the values seen
    // of the last segment of each row its ordinal, and where it began in the file: rules point at them
    readonly (int Ordinal, long Start)[] lasts;
    int depth;
    bool lost;

    public GuideWalk(Guide guide, Faults faults)
    {
        (this.guide, this.faults) = (guide, faults);
        (counts, keys, firsts) = (new int[guide.Counters], new ulong[guide.Counters], new (int, long)[guide.Counters]);
        lasts = new (int, long)[guide.Segments.Length];
        fineRows = new ulong[guide.Segments.Length];
        owners = new List<(ulong, SegmentRow)>?[guide.Loops.Length];
        isLevel = LevelsOf(guide);
    }

    public Guide Guide => guide;

    /// <summary>The innermost open loop.</summary>
    public int Loop => levels[depth].Loop;

    /// <summary>How deep the innermost open loop stands; 0 is the set.</summary>
    public int Depth => depth;

    /// <summary>
    /// Adds conditions that hold in the innermost loop or, of a segment that came late, in the loop it is of.
    /// </summary>
    public void Hold(int loop, ulong holds)
    {
        var level = depth;
        while (level > 0 && levels[level].Loop != loop) level--;
        levels[level].Holds |= holds;
    }

    /// <summary>Begins a set; its ST is the next segment.</summary>
    public void Begin()
    {
        depth = 0;
        lost = false;
        mends = 0;
        mended = 0;
        emptyAt = 0;
        (isShadowed, IsUnsure, isCalm, HasStumbled) = (false, false, false, false);
        faults.ForgetStrays();
        (late, early, ghost, Supplied) = (default, (-1, -1), int.MaxValue, -1);
        Array.Clear(lasts);
        levels[0] = new Level { Loop = -1 };
    }

    /// <summary>
    /// Finds the row of the segment and opens and closes loops for it; -1 when it has no place, which has then been
    /// reported.
    /// </summary>
    public int Place(SegmentReader segment) => Place(segment, IsCareful ? 0 : Path, out _);

    int PlaceHere(SegmentReader segment) => PlaceHere(segment, out _, out _);

    /// <summary>Looks for the segment's place, from the innermost open loop outwards.</summary>
    /// <param name="level">How deep the loop is that takes it.</param>
    /// <param name="index">The entry that takes it, which has a row where it was placed.</param>
    int PlaceHere(SegmentReader segment, out int level, out int index)
    {
        (level, index) = (depth, -1);
        if (levels[0].Loop < 0) return Open(segment);
        if (late.Ordinal == faults.Ordinal && late.Ordinal > 0) return ReportDisplaced(segment, late.Row);
        var name = guide.NameNumber(segment.Id);
        if (name < 0) return Unplaced(segment, name);
        var (fallbackLevel, fallback, known, isElsewhere) = (-1, -1, false, false);
        var key = segment.Packed(1);
        for (; level >= 0; level--)
        {
            index = Find(segment, name, key, ref levels[level], fallback < 0 && !known, out var second);
            if (index >= 0) break;
            if (second >= 0 && (fallback < 0 || (isElsewhere && IsKeyed(level, second))))
                (fallbackLevel, fallback, isElsewhere) = (level, second, false);
            else if (second < -1 && fallback < 0)
                (fallbackLevel, fallback, isElsewhere) = (level, -2 - second, IsKeyed(level, -2 - second));
            known |= Knows(levels[level].Loop, name);
        }
        var isRight = index >= 0;
        if (!isRight) (level, index) = (fallbackLevel, fallback);
        if (!faults.Quiet && mended != faults.Ordinal)
        {
            if ((!isRight || (!EndsSet(level, index) && Lacks(level, index)))
                && TryMend(segment, name, level, index, isElsewhere, out var row))
                return row;
            if (isRight && IsMisled(level, index, segment) && TryRecode(segment, out row)) return row;
        }
        if (index < 0) return Unplaced(segment, name);
        if (isElsewhere) Mistake(segment);
        if (level < depth && IsPassed(levels[level], index)) return Misplaced(segment, ref levels[level], index);
        lost = false;
        while (depth > level) Close(segment);
        return Enter(segment, index);
    }

    bool IsMisled(int level, int index, SegmentReader segment) =>
        early.Entry < 0 && guide.Loops[levels[level].Loop].Entries[index].Child is >= 0 and var child && isLevel[child]
            && !IsFollowed(child, segment);

    /// <summary>SE: nothing comes after it that would say what was meant.</summary>
    bool EndsSet(int level, int index) =>
        level == 0 && guide.Loops[levels[0].Loop].Entries is var entries && index == entries.Length - 1
            && entries[index].Child < 0;

    /// <summary>
    /// The code that marks the segment is wrong, which its check reports: it may be one that is missed.
    /// </summary>
    void Mistake(SegmentReader segment)
    {
        if (isTrial) faults.Count++;
        else if (!faults.Quiet) faults.AddStray(faults.Ordinal, segment.Id);
    }

    /// <summary>The first element marks the entry's segment among others of its name.</summary>
    bool IsKeyed(int level, int index) =>
        guide.Segments[guide.Loops[levels[level].Loop].Entries[index].Segment] is { KeyElement: 1, Keys.Length: > 0 };

    bool Knows(int loop, int name) => guide.Loops[loop].ByName[name] < guide.Loops[loop].ByName[name + 1];

    /// <summary>A segment (not a loop) whose place in an outer loop has passed.</summary>
    bool IsPassed(in Level level, int index) =>
        guide.Loops[level.Loop].Entries[index] is { Child: < 0 } entry && entry.Position < level.Position;

    /// <summary>
    /// A segment of an outer loop that comes late: the loops that are open stay open, and it is not missing.
    /// </summary>
    /// <returns>Its row, of a loop that is not the set's own, where the reader takes it: it says what it says all the
    /// same.</returns>
    int Misplaced(SegmentReader segment, ref Level level, int index)
    {
        ref var entry = ref guide.Loops[level.Loop].Entries[index];
        Report(segment, X12Findings.OutOfSequence, entry, level.Loop);
        Mark(ref level, index);
        return level.Loop == 0 || !ReadsOn ? -1 : Noted(segment, entry.Segment);
    }

    /// <summary>Closes all loops at the end of the set, reporting what is missing in them.</summary>
    public void End(SegmentReader segment)
    {
        while (depth >= 0) Close(segment);
        Begin();
    }

    /// <summary>The first segment of a set opens the outermost loop, whatever it is.</summary>
    int Open(SegmentReader segment)
    {
        levels[0] = new Level { Loop = 0, Path = 1 };
        return Noted(segment, guide.Loops[0].First);
    }

    int Noted(SegmentReader segment, int row)
    {
        lasts[row] = (faults.Ordinal, faults.InFile(segment.Start));
        return row;
    }

    /// <summary>
    /// The entry that takes the segment in its place; <paramref name="second"/>: one that would take it out of place or
    /// too often, or (-2 and below) with another code.
    /// </summary>
    /// <param name="key">The segment's first element, packed.</param>
    /// <param name="unknown">No loop further in has segments of this name: a wrong code does not say which one it
    /// is.</param>
    int Find(SegmentReader segment, int name, ulong key, ref Level level, bool unknown, out int second)
    {
        second = -1;
        var loop = guide.Loops[level.Loop];
        var byName = loop.ByName;
        var (from, thru) = ((int)byName[name], (int)byName[name + 1]);
        for (var i = from; i < thru; i++)
        {
            ref readonly var candidate = ref loop.Candidates[i];
            var element = candidate.KeyElement;
            if (element != 0 && !candidate.Fits(element == 1 ? key : segment.Packed(element)))
            {
                // one row of its name, with a wrong code: the element will be reported, the segment is where it belongs
                var isHere = thru - from == 1
                    || (candidate.KeyElement == 2 && TakesFirst(loop.Entries[candidate.Entry].Segment, key));
                if (unknown && isHere && second == -1 && loop.Entries[candidate.Entry].Child < 0
                    && (loop.Entries[candidate.Entry].Position >= level.Position
                        || HasNoKey(loop.Entries[candidate.Entry].Segment, key)))
                    second = HasNoKey(loop.Entries[candidate.Entry].Segment, key)
                        ? candidate.Entry
                        : -2 - candidate.Entry;
                continue;
            }
            ref var entry = ref loop.Entries[candidate.Entry];
            if (entry.Position >= level.Position
                && (entry.Max == GuideTable.Endless || (level.Seen >> candidate.Entry & 1) == 0
                    || counts[entry.Counter] < entry.Max))
                return candidate.Entry;
            second = candidate.Entry;
        }
        return -1;
    }

    /// <summary>
    /// Whether a segment's first element may have this value; its second marks it off from a namesake that takes the
    /// same.
    /// </summary>
    bool TakesFirst(int segment, ulong key) =>
        guide.Specs[guide.Segments[segment].FirstSpec].Codes is >= 0 and var codes
            && guide.CodeSets[codes].Contains(key);

    /// <summary>The code by which the segment is known is not there, and need not be.</summary>
    bool HasNoKey(int segment, ulong key) =>
        key == 0 && guide.Specs[guide.Segments[segment].FirstSpec].Use == Use.Situational;

    /// <param name="isThere">False of a loop whose first segment is missing.</param>
    int Enter(SegmentReader segment, int index, bool isThere = true)
    {
        ref var level = ref levels[depth];
        var loop = guide.Loops[level.Loop];
        ref var entry = ref loop.Entries[index];
        var bit = 1UL << index;
        var (again, isEarly) = ((level.Seen & bit) != 0, entry.Position < level.Position);
        counts[entry.Counter] = again ? counts[entry.Counter] + 1 : 1;
        if (isEarly)
        {
            Report(segment, X12Findings.OutOfSequence, entry, level.Loop);
            level.Position = entry.Position; // what follows it is in order again
        }
        else if (entry.Max != GuideTable.Endless && counts[entry.Counter] == entry.Max + 1) // once, however many follow
            ReportTooMany(segment, entry, level.Loop);
        if (!isEarly)
        {
            // what is missing may still come, out of sequence, until the loop ends or a part begins that is read by
            // itself
            var isLast = entry.Child < 0 ? EndsSet(depth, index) : IsCutAt(entry.Child);
            var missing = isLast ? Lacking(level) & entry.Before : 0;
            if (missing != 0) Missing(segment, ref level, missing);
            level.Position = entry.Position;
        }
        if (!again) firsts[entry.Counter] = (faults.Ordinal, faults.InFile(segment.Start));
        if (entry.OnceEach && isThere) CountKey(segment, entry, again);
        level.Seen |= bit;
        if (entry.Child >= 0 && depth + 1 < MostLevels)
        {
            if (depth >= ghost && isThere && IsCutAt(entry.Child))
                ghost = int.MaxValue; // the reader knows where it is again
            levels[++depth] = new Level { Loop = entry.Child, Path = PlaceMemory.PathTo(entry.Child, level.Path) };
        }
        var row = Noted(segment, entry.Segment);
        var isKnown = depth < ghost;
        if (entry.Child >= 0 && early.Loop == entry.Child && early.Entry >= 0) MarkEarly();
        return isKnown ? row : -1;
    }

    /// <summary>
    /// A segment or loop that may stand once for each value of its key: the second one with a value is reported.
    /// </summary>
    void CountKey(SegmentReader segment, in Entry entry, bool again)
    {
        var row = guide.Segments[entry.Segment];
        var bit = 1UL << (Array.IndexOf(row.Keys, segment.Packed(row.KeyElement)) & 63);
        ref var seen = ref keys[entry.Counter];
        if (!again) seen = 0;
        else if ((seen & bit) != 0)
        {
            faults.Report(X12Findings.SaidTwice, row.Row, row.Id, row.Loop, segment.StartOf(row.KeyElement),
                row.KeyElement);
            ofRules++;
        }
        seen |= bit;
    }

    void Report(SegmentReader segment, FindingInfo info, in Entry entry, int loop,
        Arg detail = default) =>
        faults.Report(info, entry.Child < 0 ? guide.Segments[entry.Segment].Row : guide.Loops[entry.Child].Row,
            segment.Id, loop, segment.Start, detail: detail);

    void Missing(SegmentReader segment, ref Level level, ulong missing)
    {
        level.Told |= missing;
        var loop = guide.Loops[level.Loop];
        for (; missing != 0; missing &= missing - 1)
        {
            ref var entry = ref loop.Entries[System.Numerics.BitOperations.TrailingZeroCount(missing)];
            var row = guide.Segments[entry.Segment];
            var (ordinal, start) = PlaceBehind(level, entry.Position, segment);
            if (TakeStray(row, ordinal, level.Loop))
                continue; // it is there, and was reported for its name or for a separator
            if (entry.Child < 0)
                faults.Report(X12Findings.SegmentMissing, row.Row, row.Id, level.Loop, 0, ordinal: ordinal,
                    inFile: start);
            else
                faults.Report(X12Findings.LoopMissing, guide.Loops[entry.Child].Row, row.Id, entry.Child, 0,
                    ordinal: ordinal, inFile: start);
        }
    }

    /// <summary>A segment without a place in the loop, before the place of the missing one.</summary>
    bool TakeStray(SegmentRow missing, int ordinal, int loop = -1)
    {
        var from = Math.Max(lasts[guide.Loops[loop < 0 ? missing.Loop : loop].First].Ordinal, ordinal - 32);
        for (var at = ordinal - 1; at >= from && at > 0; at--)
            if (faults.TakeStray(at, missing.Id)) return true;
        return false;
    }

    /// <summary>Closes the innermost loop: what is missing in it, and the rules between its segments.</summary>
    void Close(SegmentReader segment)
    {
        ref var level = ref levels[depth];
        var loop = guide.Loops[level.Loop];
        var missing = Lacking(level);
        if (missing != 0) Missing(segment, ref level, missing);
        var reported = faults.Count;
        if (!isTrial && depth < ghost) JudgeLoop(level, loop, segment);
        ofRules += faults.Count - reported;
        if (--depth < ghost) ghost = int.MaxValue;
    }

    /// <summary>
    /// Where a segment or loop that is missing would be: before what comes next in its loop, or where the loop ends.
    /// </summary>
    (int Ordinal, long Start) PlaceFor(RuleTarget target, SegmentReader segment)
    {
        var home = target.Loop >= 0 ? guide.Loops[target.Loop].Parents : [guide.Segments[target.Segment].Loop];
        for (var level = depth; level >= 0; level--)
        {
            if (Array.IndexOf(home, levels[level].Loop) < 0) continue;
            var own = Array.FindIndex(guide.Loops[levels[level].Loop].Entries,
                e => target.Loop >= 0 ? e.Child == target.Loop : e.Child < 0 && e.Segment == target.Segment);
            if (own >= 0)
                return PlaceBehind(levels[level], guide.Loops[levels[level].Loop].Entries[own].Position, segment);
            break;
        }
        return (faults.Ordinal, faults.InFile(At(segment)));
    }

    /// <summary>
    /// The first of an open loop's segments that belongs after a position; where none has come, the current segment.
    /// The place is the file's.
    /// </summary>
    (int Ordinal, long Start) PlaceBehind(in Level level, int position, SegmentReader segment)
    {
        var entries = guide.Loops[level.Loop].Entries;
        var next = (faults.Ordinal, faults.InFile(At(segment)));
        for (var i = 0; i < entries.Length; i++) // those of one position come in any order
            if (entries[i].Position > position && (level.Seen >> i & 1) != 0
                && firsts[entries[i].Counter] is { Ordinal: > 0 } first && first.Ordinal < next.Ordinal)
                next = first;
        return next;
    }
}
