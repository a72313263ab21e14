using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Guides;

/// <summary>
/// What the walk remembers: where segments went, and what was in loops of which no rule was broken. Neither changes
/// what is found; it is found sooner.
/// </summary>
sealed partial class GuideWalk
{
    PlaceMemory memory = null!; // made when first asked: a walk for a trial has none
    Predicate<int>? cutsAt; // made once: a delegate is an object

    /// <summary>Loops in which no rule was broken are not remembered: for tests.</summary>
    public bool IsCareful { get; set; }

    /// <summary>
    /// The loops that are open, eight bits each; 0 where they are too many to keep apart, or where something is being
    /// mended, so that each segment is looked for.
    /// </summary>
    public ulong Path => isCalm || IsCalm() ? levels[depth].Path : 0;

    /// <summary>Nothing is being mended; whatever begins to mend sets it to false.</summary>
    bool isCalm;

    bool IsCalm() => isCalm = !isTrial && !isShadowed && ghost == int.MaxValue && early.Entry < 0
        && late.Ordinal < faults.Ordinal;

    /// <summary>
    /// Something was reported about places, not by rules, since this was last set to false: what is remembered is in
    /// its place, and the rules of the loops that it ends are judged all the same.
    /// </summary>
    public bool HasStumbled { get; set; }

    int ofRules; // findings of rules and of keys that come twice, among those of the walk
    int Misplacings => faults.Count - ofRules;

    /// <inheritdoc cref="Place(SegmentReader)"/>
    /// <param name="path">The loops that are open (<see cref="Path"/>), or 0: the segment is looked for, not
    /// remembered.</param>
    /// <param name="isRemembered">One like it was placed there before; <see cref="Remembered"/> is its place.</param>
    public int Place(SegmentReader segment, ulong path, out bool isRemembered)
    {
        isRemembered = false;
        if (path != 0) return Recall(segment, path, out isRemembered);
        var misplaced = Misplacings;
        var row = PlaceHere(segment, out _, out _);
        HasStumbled |= Misplacings != misplaced;
        return isShadowed ? PlaceInShadow(segment, row) : row;
    }

    /// <summary>Places the segment as one like it was placed before, if there is still room there.</summary>
    int Recall(SegmentReader segment, ulong path, out bool isRemembered)
    {
        ref var place = ref (memory ??= new PlaceMemory(guide)).Find(segment, path);
        isRemembered = !Unsafe.IsNullRef(in place) && TryEnter(segment, place);
        return isRemembered ? place.Row : SearchAndKeep(segment, path);
    }

    /// <summary>Where the last segment went, if one like it was placed there before.</summary>
    public ref PlaceMemory.Place Remembered => ref memory.Last;

    /// <summary>Nothing may be missing before the segment, neither in its loop nor in those that it ends.</summary>
    bool TryEnter(SegmentReader segment, in PlaceMemory.Place place)
    {
        ref var level = ref levels[place.Level];
        var hasRoom = place.Position >= level.Position
            && (place.Max == GuideTable.Endless || (level.Seen & place.Bit) == 0 || counts[place.Counter] < place.Max);
        if (!hasRoom || (place.Must & ~level.Seen & ~level.Told) != 0) return false;
        for (var inner = depth; inner > place.Level; inner--)
            if (Lacking(levels[inner]) != 0) return false;
        if (place.Child >= 0 && isLevel[place.Child] && !IsFollowed(place.Child, segment)) return false;
        lost = false;
        while (depth > place.Level) Close(segment);
        if (place.OnceEach) Enter(segment, place.Index);
        else Enter(segment, place, ref level);
        return true;
    }

    int SearchAndKeep(SegmentReader segment, ulong path)
    {
        Span<int> loops = stackalloc int[depth + 1];
        for (var i = 0; i <= depth; i++) loops[i] = levels[i].Loop;
        var misplaced = Misplacings;
        var row = PlaceHere(segment, out var level, out var index);
        HasStumbled |= Misplacings != misplaced;
        if (isShadowed) return PlaceInShadow(segment, row);
        if (row >= 0 && index >= 0 && row == guide.Loops[loops[level]].Entries[index].Segment)
            memory.Keep(segment, path, loops, level, index, cutsAt ??= IsCutAt);
        return row;
    }

    /// <summary>Enters where nothing is to be reported: <see cref="Enter(SegmentReader, int, bool)"/> in short.</summary>
    void Enter(SegmentReader segment, in PlaceMemory.Place place, ref Level level)
    {
        var isFirst = (level.Seen & place.Bit) == 0;
        var (row, at) = (place.Row, faults.InFile(segment.Start));
        ref var count = ref counts[place.Counter];
        count = isFirst ? 1 : count + 1;
        if (isFirst) firsts[place.Counter] = (faults.Ordinal, at);
        level.Position = place.Position;
        level.Seen |= place.Bit;
        if (place.Child >= 0) levels[++depth] = new Level { Loop = place.Child, Path = place.ChildPath };
        lasts[row] = (faults.Ordinal, at);
    }

    const int FineBits = 8;

    /// <summary>What was in a loop of which no rule was broken.</summary>
    /// <param name="Asks">Bit n: its rule n of those that ask about other loops is awake if these say so.</param>
    [StructLayout(LayoutKind.Auto)]
    readonly record struct FineLoop(int Loop, ulong Seen, ulong Holds, ulong Asks);

    readonly FineLoop[] fineLoops = new FineLoop[1 << FineBits];
    bool isBroken; // a rule, since this was last set to false

    static int PlaceOf(int loop, in Bits bits)
    {
        unchecked // a hash: the products are meant to wrap
        {
            var hash = (bits.Seen * 0x9E3779B97F4A7C15) ^ (bits.Holds * 0xD6E8FEB86659FD93) ^ ((ulong)loop << 57);
            return (int)(hash >> (64 - FineBits));
        }
    }

    /// <summary>
    /// Whether a loop with just this in it broke no rule before, and none does that asks about other loops too.
    /// </summary>
    bool IsKnownFine(int loop, in Bits bits, RuleIndex rules)
    {
        ref var fine = ref fineLoops[PlaceOf(loop, bits)];
        if (fine.Seen != bits.Seen || fine.Holds != bits.Holds || fine.Loop != loop + 1) return false;
        for (var asks = fine.Asks; asks != 0; asks &= asks - 1)
            if (HoldsOutside(rules.Wide[BitOperations.TrailingZeroCount(asks)])) return false;
        return true;
    }

    static ulong Asks(SituationalRule[] wide, in Bits bits)
    {
        var asks = 0UL;
        for (var i = 0; i < wide.Length; i++)
            if (wide[i].When.AllIn(bits) && !wide[i].WhenNot.AnyIn(bits)) asks |= 1UL << i;
        return asks;
    }

    /// <summary>Judges the rules of a loop that its segments and conditions wake.</summary>
    void JudgeAll(int loop, RuleIndex rules, in Bits bits, SegmentReader segment)
    {
        isBroken = false;
        if (rules.Always.Length > 0) Judge(rules.Always, bits, segment);
        for (var seen = bits.Seen & rules.Seen; seen != 0; seen &= seen - 1)
            Judge(rules.OfSeen(BitOperations.TrailingZeroCount(seen)), bits, segment);
        for (var holds = bits.Holds & rules.Holds; holds != 0; holds &= holds - 1)
            Judge(rules.OfHolds(BitOperations.TrailingZeroCount(holds)), bits, segment);
        if (!isBroken && rules.Wide.Length <= 64)
            fineLoops[PlaceOf(loop, bits)] = new(loop + 1, bits.Seen, bits.Holds, Asks(rules.Wide, bits));
    }

    /// <summary>
    /// Of each row the conditions that held when its rules were last judged and none was broken, each bit turned: 0
    /// where that is not known. Only of rows whose rules ask about no other loop.
    /// </summary>
    readonly ulong[] fineRows;

    /// <summary>Whether the rules of a row asked for nothing when just these conditions held.</summary>
    bool IsKnownFine(SegmentRow row, ulong holds) =>
        fineRows[row.Index] == ~holds && holds != ulong.MaxValue && !IsCareful;
}
