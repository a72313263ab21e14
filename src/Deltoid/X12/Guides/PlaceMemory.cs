using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Guides;

/// <summary>
/// Where a segment of a name and key goes from a chain of open loops, where the guide alone decides it: remembered so
/// that it is looked for once. Whether it still has room there is asked each time. A table in which each has one place;
/// a newer one takes it.
/// </summary>
sealed class PlaceMemory(Guide guide)
{
    const int Bits = 9;

    [StructLayout(LayoutKind.Auto)]
    public struct Place
    {
        /// <summary>
        /// The loops that are open, and the values of the elements that mark the segment among its namesakes.
        /// </summary>
        public ulong Path, Id, Key, SecondKey;
        /// <summary>The entry of the open loop that takes it; how deep that loop is.</summary>
        public short Index, Level;
        public ushort Position;
        public short Counter;
        public int Max;
        public ulong Bit;
        /// <summary>The entries that must be there before it.</summary>
        public ulong Must;
        /// <summary>The row of the segment; the loop that it begins, or -1, and the loops that are open then.</summary>
        public int Row, Child;
        public ulong ChildPath;
        /// <summary>Which element marks the segment among its namesakes, as <see cref="Guide.KeyElement"/>.</summary>
        public int KeyElement;
        /// <summary>Each value of its key may be there once.</summary>
        public bool OnceEach;
        /// <summary>The slot of the place that followed this one last.</summary>
        public int Next;
        /// <summary>How often texts there were known lately, of <see cref="Always"/>.</summary>
        int luck = Always / 2;
        uint turn;

        const int Always = 1024, Worth = Always / 4, Slowness = 4;
        const uint Seldom = 16;

        public Place()
        {
        }

        /// <summary>
        /// Whether the text of a segment there is worth looking up. Where most are new, as amounts and ids are, only
        /// one of some is looked up, to notice where a part of the file begins that says the same again.
        /// </summary>
        public bool IsWorthATry() => luck >= Worth || unchecked(++turn) % Seldom == 0; // it may wrap

        /// <summary>Notes whether a text that was looked up was known.</summary>
        public void Note(bool wasKnown) => luck += (wasKnown ? Always - luck : -luck) >> Slowness;
    }

    readonly Place[] places = new Place[1 << Bits];

    /// <summary>Which element marks segments of a name, as the guide says it; asked of every segment.</summary>
    readonly (ulong Id, int Element)[] names = new (ulong, int)[64];

    int last; // the slot that was found or filled last

    /// <summary>The place that was found or filled last.</summary>
    public ref Place Last => ref places[last];

    /// <summary>
    /// Where a segment goes after a chain of open loops, or a null reference. Segments follow each other as they did
    /// before, so the place that came next last time is tried first.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Place Find(SegmentReader segment, ulong path)
    {
        var slot = places[last].Next;
        ref var place = ref places[slot];
        if (place.Path != path || place.Id != segment.Id || !HasKeys(place, segment))
            return ref Search(segment, path);
        last = slot;
        return ref place;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool HasKeys(in Place place, SegmentReader segment) => place.KeyElement switch
    {
        0 => true,
        Guide.SeveralKeys => segment.Packed(1) == place.Key && segment.Packed(2) == place.SecondKey,
        var element => segment.Packed(element) == place.Key,
    };

    ref Place Search(SegmentReader segment, ulong path)
    {
        var slot = SlotOf(segment, path, out var key, out var second);
        if (!Is(places[slot], segment.Id, path, key, second)) slot ^= 1;
        ref var place = ref places[slot];
        if (!Is(place, segment.Id, path, key, second)) return ref Unsafe.NullRef<Place>();
        places[last].Next = slot;
        last = slot;
        return ref place;
    }

    static bool Is(in Place place, ulong id, ulong path, ulong key, ulong second) =>
        place.Path == path && place.Id == id && place.Key == key && place.SecondKey == second;

    int SlotOf(SegmentReader segment, ulong path, out ulong key, out ulong second)
    {
        var id = segment.Id;
        unchecked // hashes: the products are meant to wrap
        {
            ref var name = ref names[(int)((id * 0x9E3779B97F4A7C15) >> 58)];
            if (name.Id != id) name = (id, guide.KeyElement(id));
            (key, second) = (0, 0);
            if (name.Element == Guide.SeveralKeys) (key, second) = (segment.Packed(1), segment.Packed(2));
            else if (name.Element > 0) key = segment.Packed(name.Element);
            var hash = ((path ^ (id >> 32)) * 0x9E3779B97F4A7C15) ^ key ^ ulong.RotateLeft(second, 23);
            return (int)((hash * 0xD6E8FEB86659FD93) >> (64 - Bits));
        }
    }

    /// <summary>
    /// Keeps where a segment went, unless a loop further in, or another entry of the loop, takes segments like it.
    /// </summary>
    /// <param name="loops">The loops that were open, the outermost first.</param>
    /// <param name="level">How deep the loop is that took it, and which entry of it did.</param>
    /// <param name="isCutAt">Whether a loop begins a part that is read by itself: what must come before it must be
    /// there.</param>
    public void Keep(SegmentReader segment, ulong path, ReadOnlySpan<int> loops, int level, int index,
        Predicate<int> isCutAt)
    {
        var name = guide.NameNumber(segment.Id);
        for (var inner = loops.Length - 1; inner > level; inner--)
            if (Taker(guide.Loops[loops[inner]], name, segment) >= 0) return;
        var loop = guide.Loops[loops[level]];
        if (Taker(loop, name, segment) != index) return;
        var slot = last = SlotOf(segment, path, out var key, out var second);
        ref var entry = ref loop.Entries[index];
        var isLast = entry.Child < 0 ? level == 0 && index == loop.Entries.Length - 1 : isCutAt(entry.Child);
        if (places[slot].Path != 0) places[slot ^ 1] = places[slot];
        places[slot] = new Place
        {
            Path = path,
            Id = segment.Id,
            Key = key,
            SecondKey = second,
            Index = (short)index,
            Level = (short)level,
            Position = entry.Position,
            Counter = entry.Counter,
            Max = entry.Max,
            Bit = 1UL << index,
            Must = isLast ? loop.MustHave & entry.Before : 0,
            Row = entry.Segment,
            Child = entry.Child,
            ChildPath = entry.Child < 0 ? 0 : PathTo(entry.Child, path >> (8 * (loops.Length - 1 - level))),
            KeyElement = guide.KeyElement(segment.Id),
            OnceEach = entry.OnceEach,
        };
    }

    /// <summary>
    /// The loops that are open when one begins, eight bits each; 0 where they are too many to keep apart.
    /// </summary>
    public static ulong PathTo(int loop, ulong outer) =>
        outer is 0 or >= 1UL << 56 || loop > 254 ? 0 : (outer << 8) | (uint)(loop + 1);

    /// <summary>The first entry of a loop that takes the segment by its name and key, or -1.</summary>
    static int Taker(LoopRow loop, int name, SegmentReader segment)
    {
        for (var i = (int)loop.ByName[name]; i < loop.ByName[name + 1]; i++)
        {
            ref readonly var candidate = ref loop.Candidates[i];
            var element = candidate.KeyElement;
            if (element == 0 || candidate.Fits(segment.Packed(element))) return candidate.Entry;
        }
        return -1;
    }
}
