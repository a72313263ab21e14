using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Deltoid.Values;

namespace Deltoid.X12.Segments;

/// <summary>
/// Steps through the segments of a part of X12 held in memory. No text is copied: an element is a place in the
/// buffer. One reader is used again and again; it neither recurses nor allocates, and never throws on what it reads.
/// </summary>
internal sealed class SegmentReader
{
    /// <summary>
    /// Elements of one segment at most (the longest of the standard has 21); what comes after them is one long last
    /// element.
    /// </summary>
    public const int MostElements = 200;

    readonly SegmentIndex index = new();
    readonly int[] overlong = new int[MostElements + 32]; // the separators of a segment that has too many
    readonly int[] firstInside = new int[64]; // of each element, its first separator of components or repetitions
    int[] inside = new int[64]; // those of the segment, as places in the buffer
    int insideCount;
    // separators of elements and segments, as places in the buffer; those of the segment from `mark` on
    int[] table = [];
    int[] marks = [], ends = []; // the index's own, and how many it has
    int markCount, endCount;
    ulong[] inner = [];
    int mark;
    byte[] buffer = [];
    int offset; // of the part in the buffer
    int nextMark, nextEnd; // of the segment that follows
    int next;
    int end;

    public Delimiters Delimiters { get; private set; } = Delimiters.Usual;

    /// <summary>
    /// The segment's name, up to three characters packed as <see cref="Pack"/> does; 0 when it has none of two or
    /// three.
    /// </summary>
    public ulong Id { get; private set; }

    /// <summary>Where the segment begins in the buffer.</summary>
    public int Start { get; private set; }

    /// <summary>Where its terminator stands, or where the text ends without one.</summary>
    public int End { get; private set; }

    /// <summary>How many elements follow the name, empty ones counted.</summary>
    public int Elements { get; private set; }

    /// <summary>The segment has no terminator: the text ended.</summary>
    public bool IsCut { get; private set; }

    /// <summary>More elements than <see cref="MostElements"/> were in it.</summary>
    public bool IsOverlong { get; private set; }

    /// <summary>Bit n: element n has components or repetitions.</summary>
    public ulong Composites { get; private set; }

    /// <summary>
    /// Whether a control character or a byte above 127 stands anywhere in the part, so that texts must be looked at.
    /// </summary>
    public bool HasOddBytes => index.HasControls || index.HasHigh;

    /// <summary>The same of the segment alone or what is near it, and of blanks beside a separator.</summary>
    internal bool IsOdd => index.IsOdd(Start - offset, End - offset);

    public bool HasControls => index.HasControls;

    public bool HasHigh => index.HasHigh;

    public byte[] Buffer => buffer;

    /// <summary>Where the part begins in the buffer.</summary>
    internal int Origin => offset;

    /// <summary>Where the part ends in the buffer.</summary>
    internal int Limit => end;

    /// <summary>
    /// Begins a part: <paramref name="length"/> bytes from <paramref name="start"/>. The buffer has some bytes to
    /// spare after them (<see cref="Slack"/>).
    /// </summary>
    public void Open(byte[] bytes, int start, int length, in Delimiters delimiters)
    {
        buffer = bytes;
        offset = start;
        next = start;
        end = start + length;
        nextMark = 0;
        nextEnd = 0;
        Delimiters = delimiters;
        index.Build(bytes.AsSpan(start, length), delimiters, start);
        (marks, markCount, ends, endCount, inner) = (index.Table, index.Count, index.Ends, index.EndCount, index.Inner);
        (table, IsOverlong) = (marks, false);
    }

    /// <summary>
    /// How many bytes a buffer has after its text, since codes are read eight bytes at once, segments 64.
    /// </summary>
    public const int Slack = 64;

    /// <summary>
    /// Steps to the next segment; false at the end of the part. Line ends and blanks before a segment are passed over.
    /// </summary>
    public bool Next()
    {
        unchecked // places stay below the length of the buffer
        {
            var at = next;
            if (at < end && buffer[at] <= ' ') at = SkipBlanks(at);
            if (at >= end) return false;
            Start = at;
            if (IsOverlong) table = marks; // a reference costs more to write than to compare
            mark = nextMark;
            IsCut = nextEnd >= endCount;
            var close = IsCut ? markCount : ends[nextEnd++];
            End = table[close];
            (nextMark, next) = (close + 1, End + 1);
            Elements = close - mark;
            IsOverlong = Elements > MostElements;
            if (IsOverlong) TakeOverlong();
            Composites = 0;
            FindInside();
            var length = table[mark] - at;
            Id = length is 2 or 3 ? Pack(at, length) : 0;
            return true;
        }
    }

    /// <summary>Elements from this one on are taken for not there, until the next segment.</summary>
    public void EndBefore(int element) => Elements = Math.Min(Elements, element - 1);

    int SkipBlanks(int at)
    {
        unchecked // as in Next
        {
            while (at < end && buffer[at] is (byte)'\n' or (byte)'\r' or (byte)' ' or (byte)'\t') at++;
            while (nextMark < markCount && marks[nextMark] < at) nextMark++; // a line end that ends segments
            while (nextEnd < endCount && ends[nextEnd] < nextMark) nextEnd++;
            return at;
        }
    }

    /// <summary>The elements that are taken, and the rest as one long last element.</summary>
    void TakeOverlong()
    {
        table.AsSpan(mark, MostElements).CopyTo(overlong);
        overlong[MostElements] = End;
        (table, mark, Elements) = (overlong, 0, MostElements);
    }

    /// <summary>Finds the separators of components and repetitions in the segment; most segments have none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void FindInside()
    {
        unchecked // places in the part
        {
            var (from, thru) = (Start - offset, End - offset);
            var (first, last) = (from >> 6, thru >> 6);
            ref var words = ref MemoryMarshal.GetArrayDataReference(inner);
            var (head, tail) = (Unsafe.Add(ref words, first) & (ulong.MaxValue << from),
                Unsafe.Add(ref words, last) & ((1UL << thru) - 1));
            if (first == last) (head, tail) = (head & tail, 0);
            if ((head | tail) != 0 || last - first > 1) AddInside(head, tail, first, last);
        }
    }

    /// <param name="head">The bits of the first word that are of the segment, and of the last.</param>
    void AddInside(ulong head, ulong tail, int first, int last)
    {
        unchecked // as in FindInside
        {
            insideCount = 0;
            if (head != 0) AddInside(head, first << 6);
            for (var word = first + 1; word < last; word++) AddInside(inner[word], word << 6);
            if (tail != 0) AddInside(tail, last << 6);
        }
    }

    void AddInside(ulong bits, int place)
    {
        unchecked // as in FindInside
        {
            var element = insideCount == 0 ? 0 : 64 - BitOperations.LeadingZeroCount(Composites | 1) - 1;
            if (insideCount + 64 > inside.Length) Array.Resize(ref inside, inside.Length * 2);
            for (; bits != 0; bits &= bits - 1)
            {
                var at = place + BitOperations.TrailingZeroCount(bits) + offset;
                while (element < Elements && table[mark + element] < at) element++;
                if (element < 64 && (Composites >> element & 1) == 0)
                {
                    firstInside[element] = insideCount;
                    Composites |= 1UL << element;
                }
                inside[insideCount++] = at;
            }
        }
    }

    /// <summary>Where element <paramref name="number"/> (from 1) begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int StartOf(int number) => unchecked(table[mark + number - 1] + 1); // a place in the buffer

    /// <summary>
    /// The separator before element 1; the others follow, and after the last element the end of the segment.
    /// </summary>
    internal ref int FirstMark => ref table[mark];

    /// <summary>
    /// The separators inside an element, as places in the buffer, and after them those inside the elements that follow.
    /// </summary>
    internal ReadOnlySpan<int> MarksInside(int number) => number > 63 || (Composites >> number & 1) == 0 ? default
        : inside.AsSpan(firstInside[number]..insideCount);

    /// <summary>The length of an element in bytes; 0 when it is empty or not there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int LengthOf(int number)
    {
        unchecked // both are places in the buffer
        {
            return number > Elements ? 0 : table[mark + number] - 1 - table[mark + number - 1];
        }
    }

    /// <summary>An element, components and all; empty when it is not there.</summary>
    public ReadOnlySpan<byte> this[int number] => number > Elements ? default
        : buffer.AsSpan(StartOf(number), LengthOf(number));

    /// <summary>A component (from 1) of an element; an element without components is its own first component.</summary>
    public ReadOnlySpan<byte> this[int number, int component] =>
        TryFind(number, component, out var start, out var length) ? buffer.AsSpan(start, length) : default;

    /// <summary>Where a component of an element is in the buffer; false when it is not there.</summary>
    internal bool TryFind(int number, int component, out int start, out int length)
    {
        (start, length) = (0, 0);
        if (number > Elements) return false;
        unchecked // places in the buffer
        {
            var (begin, end) = (table[mark + number - 1] + 1, table[mark + number]);
            if (number > 63 || (Composites >> number & 1) == 0)
            {
                if (component != 1) return false;
                (start, length) = (begin, end - begin);
                return true;
            }
            var at = firstInside[number] + component - 2; // the separator before the component
            if (component > 1)
            {
                if (at >= insideCount || inside[at] > end) return false;
                begin = inside[at] + 1;
            }
            var close = at + 1 < insideCount ? Math.Min(inside[at + 1], end) : end;
            (start, length) = (begin, close - begin);
            return true;
        }
    }

    /// <summary>Where a slice of the buffer begins; the slice is not empty.</summary>
    public int OffsetOf(ReadOnlySpan<byte> slice) =>
        (int)Unsafe.ByteOffset(ref buffer[0], ref Unsafe.AsRef(in slice[0]));

    internal int Length => unchecked(End - Start); // places in the buffer

    /// <summary>The whole segment without its terminator.</summary>
    public ReadOnlySpan<byte> Text => buffer.AsSpan(Start, End - Start);

    /// <summary>
    /// The first eight bytes from a place, as one number: the first byte highest, zeros after the last.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Pack(int start, int length)
    {
        if (length == 0) return 0;
        var raw = BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(ref buffer[start]));
        return length >= 8 ? raw : raw & unchecked(ulong.MaxValue << (64 - (8 * length))); // bits
    }

    /// <summary>An element's first component as one number, as <see cref="Pack"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Packed(int number)
    {
        if (number > Elements) return 0;
        unchecked // places in the buffer
        {
            var (start, end) = (table[mark + number - 1] + 1, table[mark + number]);
            if (number < 64 && (Composites >> number & 1) != 0) end = inside[firstInside[number]];
            return Pack(start, end - start);
        }
    }

    /// <summary>A text as <see cref="Pack"/> gives the bytes that it has in a file.</summary>
    public static ulong PackOf(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[8];
        System.Text.Unicode.Utf8.FromUtf16(text, bytes, out _, out _); // what does not fit is left out
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }
}
