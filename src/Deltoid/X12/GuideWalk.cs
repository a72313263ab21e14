using System.Runtime.InteropServices;
using Deltoid.Findings;

namespace Deltoid.X12;

/// <summary>
/// Finds for each segment of a set its row in the guide, and says what is missing, too often or out of place. The loops that are open
/// form a short stack; what has been seen in each is a set of bits, so asking what is missing is one comparison.
/// </summary>
sealed class GuideWalk
{
    /// <summary>Loops in loops: the guides go seven deep.</summary>
    public const int MostLevels = 16;

    [StructLayout(LayoutKind.Auto)]
    struct Level
    {
        public int Loop;
        public int Position;
        /// <summary>Entries that are there; those whose absence was told.</summary>
        public ulong Seen, Told;
        /// <summary>Conditions that hold.</summary>
        public ulong Holds;
    }

    readonly Guide guide;
    readonly Faults faults;
    readonly Level[] levels = new Level[MostLevels];
    readonly int[] counts;
    readonly (int Ordinal, long Start)[] firsts; // of each entry, the first segment in the open loop
    readonly ulong[] keys; // of entries that may stand once for each value of their key: the values seen
    readonly int[] ordinals; // of the last segment of each row, and where it began: rules point at them
    readonly long[] places; // in the file
    int depth;
    bool lost;

    public GuideWalk(Guide guide, Faults faults)
    {
        (this.guide, this.faults) = (guide, faults);
        (counts, keys, firsts) = (new int[guide.Counters], new ulong[guide.Counters], new (int, long)[guide.Counters]);
        ordinals = new int[guide.Segments.Length];
        places = new long[guide.Segments.Length];
    }

    public Guide Guide => guide;

    /// <summary>The innermost open loop.</summary>
    public int Loop => levels[depth].Loop;

    /// <summary>How deep the innermost open loop stands; 0 is the set.</summary>
    public int Depth => depth;

    /// <summary>The conditions that hold in the innermost loop.</summary>
    public ref ulong Holds => ref levels[depth].Holds;

    /// <summary>Begins a set; its ST is the next segment.</summary>
    public void Begin()
    {
        (depth, lost) = (0, false);
        Array.Clear(ordinals);
        levels[0] = new Level { Loop = -1 };
    }

    /// <summary>Finds the row of the segment and opens and closes loops for it; -1 when it has no place, which has then been reported.</summary>
    public int Place(SegmentReader segment)
    {
        if (levels[0].Loop < 0) return Open(segment);
        var name = guide.NameNumber(segment.Id);
        if (name < 0) return Unplaced(segment, name);
        var (level, index, fallbackLevel, fallback, known) = (depth, -1, -1, -1, false);
        var key = segment.Packed(1);
        for (; level >= 0; level--)
        {
            index = Find(segment, name, key, ref levels[level], fallback < 0 && !known, out var second);
            if (index >= 0) break;
            if (second >= 0 && fallback < 0) (fallbackLevel, fallback) = (level, second);
            known |= Knows(levels[level].Loop, name);
        }
        if (index < 0) (level, index) = (fallbackLevel, fallback);
        if (index < 0) return Unplaced(segment, name);
        if (level < depth && IsPassed(levels[level], index)) return Misplaced(segment, levels[level], index);
        lost = false;
        while (depth > level) Close(segment);
        return Enter(segment, index);
    }

    bool Knows(int loop, int name) => guide.Loops[loop].ByName[name] < guide.Loops[loop].ByName[name + 1];

    /// <summary>A segment (not a loop) whose place in an outer loop is behind us.</summary>
    bool IsPassed(in Level level, int index) => guide.Loops[level.Loop].Entries[index] is { Child: < 0 } entry && entry.Position < level.Position;

    /// <summary>A segment of an outer loop after its time is told and passed over: the loops that are open stay open.</summary>
    int Misplaced(SegmentReader segment, in Level level, int index)
    {
        Report(segment, X12Findings.OutOfSequence, guide.Loops[level.Loop].Entries[index], level.Loop);
        return -1;
    }

    static readonly ulong[] CutAt = [SegmentReader.PackOf("HL"), SegmentReader.PackOf("LX"), SegmentReader.PackOf("CLP")];

    /// <summary>
    /// Segments were left out here, between what was copied for a stretch and the stretch: the loops that a set is cut at stood there, and
    /// what was open inside one was closed and judged where they stood.
    /// </summary>
    public void PassOver()
    {
        if (levels[0].Loop < 0) return;
        while (depth > 0 && !IsCutAt(levels[depth].Loop)) depth--;
        for (var level = 0; level <= depth; level++) PassOver(ref levels[level]);
    }

    /// <summary>How often a loop stood there, and where first, is not known here: once, nowhere.</summary>
    void PassOver(ref Level level)
    {
        var entries = guide.Loops[level.Loop].Entries;
        for (var i = 0; i < entries.Length; i++)
        {
            ref var entry = ref entries[i];
            if (entry.Child < 0 || !IsCutAt(entry.Child) || (level.Seen >> i & 1) != 0) continue;
            level.Seen |= 1UL << i;
            (counts[entry.Counter], keys[entry.Counter], firsts[entry.Counter]) = (1, 0, default);
        }
    }

    bool IsCutAt(int loop) => Array.IndexOf(CutAt, guide.Segments[guide.Loops[loop].First].Id) >= 0;

    /// <summary>
    /// Closes the loops inside this one at the end of a stretch: a segment follows that belongs to it. What they lack is told where that
    /// segment begins, as it is when the set is read in one piece.
    /// </summary>
    public void CloseTo(int loop, SegmentReader segment)
    {
        closing = segment.End + 1;
        while (closing < segment.Limit && segment.Buffer[closing] is (byte)'\n' or (byte)'\r' or (byte)' ' or (byte)'\t') closing++;
        faults.Ordinal++;
        while (depth > 0 && levels[depth].Loop != loop) Close(segment);
        faults.Ordinal--;
        closing = -1;
    }

    int closing = -1; // where the segment begins that is not here

    int At(SegmentReader segment) => closing >= 0 ? closing : segment.Start;

    /// <summary>Closes all loops at the end of the set, reporting what they lack.</summary>
    public void End(SegmentReader segment)
    {
        while (depth >= 0) Close(segment);
        Begin();
    }

    /// <summary>The first segment of a set opens the outermost loop, whatever it is.</summary>
    int Open(SegmentReader segment)
    {
        levels[0] = new Level { Loop = 0 };
        return Noted(segment, guide.Loops[0].First);
    }

    int Noted(SegmentReader segment, int row)
    {
        ordinals[row] = faults.Ordinal;
        places[row] = faults.InFile(segment.Start);
        return row;
    }

    /// <summary>The entry that takes the segment in its place; <paramref name="second"/>: one that would take it out of place or too often.</summary>
    /// <param name="key">The segment's first element, packed.</param>
    /// <param name="unknown">No loop further in has segments of this name: a wrong code does not tell which one it is.</param>
    int Find(SegmentReader segment, int name, ulong key, ref Level level, bool unknown, out int second)
    {
        second = -1;
        var loop = guide.Loops[level.Loop];
        var byName = loop.ByName;
        var (from, thru) = ((int)byName[name], (int)byName[name + 1]);
        for (var i = from; i < thru; i++)
        {
            ref readonly var candidate = ref loop.Candidates[i];
            if (candidate.KeyElement != 0 && !Fits(candidate, candidate.KeyElement == 1 ? key : segment.Packed(candidate.KeyElement)))
            {
                // one row of its name, with a wrong code: the element will be reported, the segment is where it belongs
                var isHere = thru - from == 1 || (candidate.KeyElement == 2 && TakesFirst(loop.Entries[candidate.Entry].Segment, key));
                if (unknown && isHere && second < 0 && loop.Entries[candidate.Entry].Child < 0
                    && (loop.Entries[candidate.Entry].Position >= level.Position
                        || HasNoKey(loop.Entries[candidate.Entry].Segment, key)))
                    second = candidate.Entry;
                continue;
            }
            ref var entry = ref loop.Entries[candidate.Entry];
            if (entry.Position >= level.Position && (entry.Max == GuideTable.Endless || (level.Seen >> candidate.Entry & 1) == 0 || counts[entry.Counter] < entry.Max)) return candidate.Entry;
            second = candidate.Entry;
        }
        return -1;
    }

    /// <summary>Whether a segment's first element may have this value; its second tells it from a namesake that takes the same.</summary>
    bool TakesFirst(int segment, ulong key) => guide.Specs[guide.Segments[segment].FirstSpec].Codes is >= 0 and var codes && guide.CodeSets[codes].Contains(key);

    /// <summary>The code by which the segment is known is not there, and need not be.</summary>
    bool HasNoKey(int segment, ulong key) => key == 0 && guide.Specs[guide.Segments[segment].FirstSpec].Use == Use.Situational;

    static bool Fits(in Candidate candidate, ulong key) => candidate.Keys is null ? key == candidate.Key : Array.IndexOf(candidate.Keys, key) >= 0;

    int Enter(SegmentReader segment, int index)
    {
        ref var level = ref levels[depth];
        var loop = guide.Loops[level.Loop];
        ref var entry = ref loop.Entries[index];
        var bit = 1UL << index;
        var (again, early) = ((level.Seen & bit) != 0, entry.Position < level.Position);
        counts[entry.Counter] = again ? counts[entry.Counter] + 1 : 1;
        if (early) Report(segment, X12Findings.OutOfSequence, entry, level.Loop);
        else if (entry.Max != GuideTable.Endless && counts[entry.Counter] > entry.Max)
            Report(segment, entry.Child < 0 ? X12Findings.TooManySegments : X12Findings.TooManyLoops, entry, entry.Child < 0 ? level.Loop : entry.Child, Arg.Count(entry.Max));
        if (!early)
        {
            // what lacks may still come, out of sequence, until a loop begins or the set ends
            var missing = entry.Child < 0 && (depth > 0 || index < loop.Entries.Length - 1) ? 0 : loop.MustHave & entry.Before & ~level.Seen & ~level.Told;
            if (missing != 0) Missing(segment, ref level, missing);
            level.Position = entry.Position;
        }
        if (!again) firsts[entry.Counter] = (faults.Ordinal, faults.InFile(segment.Start));
        if (entry.OnceEach) CountKey(segment, entry, again);
        level.Seen |= bit;
        if (entry.Child >= 0 && depth + 1 < MostLevels) levels[++depth] = new Level { Loop = entry.Child };
        return Noted(segment, entry.Segment);
    }

    /// <summary>A segment or loop that may stand once for each value of its key: the second one with a value is told.</summary>
    void CountKey(SegmentReader segment, in Entry entry, bool again)
    {
        var row = guide.Segments[entry.Segment];
        var bit = 1UL << (Array.IndexOf(row.Keys, segment.Packed(row.KeyElement)) & 63);
        ref var seen = ref keys[entry.Counter];
        if (!again) seen = 0;
        else if ((seen & bit) != 0) faults.Report(X12Findings.SaidTwice, row.Row, row.Id, row.Loop, segment.StartOf(row.KeyElement), row.KeyElement);
        seen |= bit;
    }

    void Report(SegmentReader segment, FindingInfo info, in Entry entry, int loop, Arg detail = default) =>
        faults.Report(info, entry.Child < 0 ? guide.Segments[entry.Segment].Row : guide.Loops[entry.Child].Row, segment.Id, loop, segment.Start, detail: detail);

    void Missing(SegmentReader segment, ref Level level, ulong missing)
    {
        level.Told |= missing;
        var loop = guide.Loops[level.Loop];
        for (; missing != 0; missing &= missing - 1)
        {
            ref var entry = ref loop.Entries[System.Numerics.BitOperations.TrailingZeroCount(missing)];
            var row = guide.Segments[entry.Segment];
            var (ordinal, start) = PlaceBehind(level, entry.Position, segment);
            if (entry.Child < 0) faults.Report(X12Findings.SegmentMissing, row.Row, row.Id, level.Loop, 0, ordinal: ordinal, inFile: start);
            else faults.Report(X12Findings.LoopMissing, guide.Loops[entry.Child].Row, row.Id, entry.Child, 0, ordinal: ordinal, inFile: start);
        }
    }

    /// <summary>Closes the innermost loop: what it lacks, and the rules between its segments.</summary>
    void Close(SegmentReader segment)
    {
        ref var level = ref levels[depth];
        var loop = guide.Loops[level.Loop];
        var missing = loop.MustHave & ~level.Seen & ~level.Told;
        if (missing != 0) Missing(segment, ref level, missing);
        var (bits, rules) = (new Bits(level.Seen, level.Holds), loop.Rules);
        if (rules.Always.Length > 0) Judge(rules.Always, bits, segment);
        for (var seen = bits.Seen & rules.Seen; seen != 0; seen &= seen - 1) Judge(rules.OfSeen(System.Numerics.BitOperations.TrailingZeroCount(seen)), bits, segment);
        for (var holds = bits.Holds & rules.Holds; holds != 0; holds &= holds - 1) Judge(rules.OfHolds(System.Numerics.BitOperations.TrailingZeroCount(holds)), bits, segment);
        depth--;
    }

    void Judge(SituationalRule[] rules, in Bits bits, SegmentReader segment)
    {
        foreach (var rule in rules)
        {
            if (!rule.When.AllIn(bits) || rule.WhenNot.AnyIn(bits) || (rule.Outer.Length > 0 && !HoldsOutside(rule))) continue;
            var demanded = rule.DemandLoop < 0 ? bits : BitsOf(rule.DemandLoop);
            if (!rule.Needs.IsEmpty && !rule.Needs.AnyIn(demanded)) Tell(rule, asked: true, segment);
            if (rule.Bars.AnyIn(demanded)) Tell(rule, asked: false, segment);
        }
    }

    /// <summary>What holds in an open loop; nothing when it is not open.</summary>
    Bits BitsOf(int loop)
    {
        for (var level = depth; level >= 0; level--) if (levels[level].Loop == loop) return new(levels[level].Seen, levels[level].Holds);
        return default;
    }

    bool HoldsOutside(SituationalRule rule)
    {
        foreach (var outer in rule.Outer)
        {
            var bits = BitsOf(outer.Loop);
            if (!outer.When.AllIn(bits) || outer.WhenNot.AnyIn(bits)) return false;
        }
        return true;
    }

    /// <summary>Judges the rules between elements of the segment that was just checked.</summary>
    public void JudgeSegment(SegmentRow row, ulong holds, SegmentReader segment) => Judge(row.Rules, new(0, holds), segment);

    /// <summary>A rule that is broken is told where its remedy belongs: at the element, at the segment, or where the loop ends.</summary>
    void Tell(SituationalRule rule, bool asked, SegmentReader segment)
    {
        var target = rule.Target;
        var trigger = rule.Trigger.Segment < 0 || ordinals[rule.Trigger.Segment] == 0
            ? default
            : Arg.Trigger(guide.Letter, rule.Trigger.Segment, ordinals[rule.Trigger.Segment], rule.Trigger.Element,
                rule.Trigger.Component);
        var row = guide.Segments[target.Loop >= 0 ? guide.Loops[target.Loop].First : target.Segment];
        if (target.Element == 0 && asked)
        {
            var (ordinal, start) = PlaceFor(target, segment);
            if (faults.Asked(row, ordinal)) return; // by another rule
            faults.Report(target.Loop >= 0 ? X12Findings.LoopAsked : X12Findings.SegmentAsked, rule.Row, row.Id, row.Loop, 0, detail: trigger, ordinal: ordinal, inFile: start);
            return;
        }
        if (target.Element == 0)
        {
            faults.Report(X12Findings.SegmentBarred, rule.Row, row.Id, row.Loop, 0, detail: trigger, ordinal: ordinals[row.Index], inFile: PlaceOf(row.Index, segment));
            return;
        }
        var info = !asked ? NamesValue(target) ? X12Findings.CodeBarred : X12Findings.ElementBarred : rule.Needs.Holds != 0 && NeedsValue(target) ? X12Findings.CodeBarred : X12Findings.ElementAsked;
        if (info == X12Findings.ElementBarred) faults.Withdraw(ordinals[target.Segment], target);
        faults.Report(info, rule.Row, row.Id, row.Loop, 0, target.Element, target.Component, detail: trigger, ordinal: ordinals[target.Segment], inFile: PlaceOf(target.Segment, segment));

        bool NamesValue(RuleTarget at) => Array.Exists(
            row.Conditions, c => (rule.Bars.Holds & c.Bit) != 0 && c.Values.Length > 0 && c.Element == at.Element);

        bool NeedsValue(RuleTarget at) => Array.Exists(row.Conditions, c => c.Element == at.Element && c.Component == at.Component && (rule.Needs.Holds & c.Bit) != 0 && (c.Values.Length > 0));
    }

    /// <summary>Where the last segment of a row began in the file; the current one where none has come.</summary>
    long PlaceOf(int row, SegmentReader segment) => ordinals[row] > 0 ? places[row] : faults.InFile(At(segment));

    /// <summary>Where a segment or loop that lacks would stand: before what comes next in its loop, or where the loop ends.</summary>
    (int Ordinal, long Start) PlaceFor(RuleTarget target, SegmentReader segment)
    {
        var home = target.Loop >= 0 ? guide.Loops[target.Loop].Parents : [guide.Segments[target.Segment].Loop];
        for (var level = depth; level >= 0; level--)
        {
            if (Array.IndexOf(home, levels[level].Loop) < 0) continue;
            var own = Array.FindIndex(guide.Loops[levels[level].Loop].Entries, e => target.Loop >= 0 ? e.Child == target.Loop : e.Child < 0 && e.Segment == target.Segment);
            if (own >= 0) return PlaceBehind(levels[level], guide.Loops[levels[level].Loop].Entries[own].Position, segment);
            break;
        }
        return (faults.Ordinal, faults.InFile(At(segment)));
    }

    /// <summary>The first of an open loop's segments that belongs behind a position; where none has come, the current segment. The place is the file's.</summary>
    (int Ordinal, long Start) PlaceBehind(in Level level, int position, SegmentReader segment)
    {
        var entries = guide.Loops[level.Loop].Entries;
        for (var i = 0; i < entries.Length; i++)
            if (entries[i].Position > position && (level.Seen >> i & 1) != 0 && firsts[entries[i].Counter] is { Ordinal: > 0 } first) return first;
        return (faults.Ordinal, faults.InFile(At(segment)));
    }

    /// <summary>A segment without a place. Behind one that would have begun a loop, what follows belongs to that loop and is passed over in silence.</summary>
    int Unplaced(SegmentReader segment, int name)
    {
        if (lost && (name < 0 || !Begins(name))) return -1;
        if (segment.Id == 0) { faults.Report(X12Findings.BadSegmentName, 0, 0, Loop, segment.Start); return -1; }
        if (name >= 0 && SisterOf(name) is { } sister)
        {
            faults.Report(X12Findings.BadCode, guide.Specs[sister.FirstSpec + sister.KeyElement - 1].Row, segment.Id,
                Loop, sister.KeyElement <= segment.Elements ? segment.StartOf(sister.KeyElement) : segment.End,
                sister.KeyElement);
            levels[depth].Told |= NamedSo(name); // it may be the one that must be there
            return -1;
        }
        var info = name >= 0
            ? X12Findings.UnexpectedSegment
            : Guides.Standard.Knows(System.Text.Encoding.ASCII.GetString(segment.Text[..NameLength(segment)]))
            ? X12Findings.SegmentNotInSet
            : X12Findings.UnknownSegment;
        faults.Report(info, 0, segment.Id, Loop, segment.Start);
        lost = name >= 0 && Begins(name);
        return -1;
    }

    /// <summary>A segment of that name that has its place in the innermost loop: then only the code that tells them apart is wrong.</summary>
    SegmentRow? SisterOf(int name)
    {
        var loop = guide.Loops[Loop];
        for (var i = (int)loop.ByName[name]; i < loop.ByName[name + 1]; i++)
            if (loop.Entries[loop.Candidates[i].Entry] is { Child: < 0 } entry) return guide.Segments[entry.Segment];
        return null;
    }

    /// <summary>The entries of the innermost loop with that name.</summary>
    ulong NamedSo(int name)
    {
        var (loop, named) = (guide.Loops[Loop], 0UL);
        for (var i = (int)loop.ByName[name]; i < loop.ByName[name + 1]; i++) named |= 1UL << loop.Candidates[i].Entry;
        return named;
    }

    static int NameLength(SegmentReader segment) => segment.Elements == 0 ? segment.End - segment.Start : segment.StartOf(1) - 1 - segment.Start;

    /// <summary>Whether a segment of this name begins a loop anywhere in the guide.</summary>
    bool Begins(int name)
    {
        foreach (var loop in guide.Loops) if (guide.NameNumber(guide.Segments[loop.First].Id) == name) return true;
        return false;
    }
}
