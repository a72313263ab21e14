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
    PlaceMemory? memory; // made when first asked: a walk for a trial has none
    Predicate<int>? cutsAt; // made once: a delegate is an object

    /// <summary>Nothing is remembered: for tests.</summary>
    public bool IsCareful { get; set; }

    /// <summary>
    /// The loops that are open, eight bits each; 0 where they are too many to tell apart, or where something is being
    /// mended, so that each segment is looked for.
    /// </summary>
    public ulong Path => isTrial || isShadowed || ghost != int.MaxValue || early.Entry >= 0
        || late.Ordinal >= faults.Ordinal
        ? 0
        : levels[depth].Path;

    /// <summary>Places the segment as one like it was placed before, if there is still room there.</summary>
    int Recall(SegmentReader segment, ulong path)
    {
        ref var place = ref (memory ??= new PlaceMemory(guide)).Find(segment, path);
        return !Unsafe.IsNullRef(in place) && TryEnter(segment, place) ? place.Row : SearchAndKeep(segment, path);
    }

    /// <summary>
    /// Places a segment of a row where the table has it; false where it has not, or there is no room.
    /// </summary>
    public bool TryEnter(SegmentReader segment, ulong path, int row, int slot)
    {
        if (memory is null) return false;
        ref readonly var place = ref memory.At(slot);
        return IsAt(place, path, row) && TryEnter(segment, place);
    }

    /// <summary>Where the table has the place of the segment that was placed last, or -1.</summary>
    public int RememberedAt(ulong path, int row)
    {
        if (memory is null) return -1;
        if (IsAt(memory.At(memory.Last), path, row)) return memory.Last;
        return IsAt(memory.At(memory.Last ^ 1), path, row) ? memory.Last ^ 1 : -1;
    }

    static bool IsAt(in PlaceMemory.Place place, ulong path, int row) => place.Path == path && place.Row == row;

    /// <summary>Nothing may be missing before the segment, neither in its loop nor in those that it ends.</summary>
    bool TryEnter(SegmentReader segment, in PlaceMemory.Place place)
    {
        ref var level = ref levels[place.Level];
        var hasRoom = place.Position >= level.Position
            && (place.Max == GuideTable.Endless || (level.Seen & place.Bit) == 0 || counts[place.Counter] < place.Max);
        if (!hasRoom || (place.Must & ~level.Seen & ~level.Told) != 0) return false;
        for (var inner = depth; inner > place.Level; inner--)
            if (Lacking(levels[inner]) != 0) return false;
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
        var row = PlaceHere(segment, out var level, out var index);
        if (isShadowed) return PlaceInShadow(segment, row);
        if (row >= 0 && index >= 0 && row == guide.Loops[loops[level]].Entries[index].Segment)
            memory!.Keep(segment, path, loops, level, index, cutsAt ??= IsCutAt);
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
        (ordinals[row], places[row]) = (faults.Ordinal, at);
    }

    const int FineBits = 8;

    /// <summary>What was in a loop of which no rule was broken.</summary>
    /// <param name="AsksOutside">A rule of it is awake if other loops say so.</param>
    [StructLayout(LayoutKind.Auto)]
    readonly record struct FineLoop(int Loop, ulong Seen, ulong Holds, bool AsksOutside);

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
        if (!fine.AsksOutside) return true;
        foreach (var rule in rules.Wide)
            if (IsAwake(rule, bits)) return false;
        return true;
    }

    static bool AsksOutside(RuleIndex rules, in Bits bits)
    {
        foreach (var rule in rules.Wide)
            if (rule.When.AllIn(bits) && !rule.WhenNot.AnyIn(bits)) return true;
        return false;
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
        if (!isBroken) fineLoops[PlaceOf(loop, bits)] = new(loop + 1, bits.Seen, bits.Holds, AsksOutside(rules, bits));
    }
}
