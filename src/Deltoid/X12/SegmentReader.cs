using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Deltoid.Values;

namespace Deltoid.X12;

/// <summary>
/// Steps through the segments of a stretch of X12 held in memory. No text is copied: an element is a place in the buffer. One reader
/// is used again and again; it neither recurses nor allocates, and never throws on what it reads.
/// </summary>
public sealed class SegmentReader
{
    /// <summary>Elements of one segment at most (the longest of the standard has 21); what stands behind them is one long last element.</summary>
    public const int MostElements = 200;

    readonly SegmentIndex index = new();
    readonly int[] starts = new int[MostElements + 3]; // where each element begins; the element itself ends one before the next begins
    readonly int[] marks = new int[MostElements + 2]; // the first separator inside each element, as a place in the index
    byte[] buffer = [];
    int offset; // of the stretch in the buffer: the index counts from there
    int mark;
    int next;
    int end;

    public Delimiters Delimiters { get; private set; } = Delimiters.Usual;

    /// <summary>The segment's name, up to three characters packed as <see cref="Pack"/> does; 0 when it has none of two or three.</summary>
    public ulong Id { get; private set; }

    /// <summary>Where the segment begins in the buffer.</summary>
    public int Start { get; private set; }

    /// <summary>Where its terminator stands, or where the text ends without one.</summary>
    public int End { get; private set; }

    /// <summary>How many elements stand behind the name, empty ones counted.</summary>
    public int Elements { get; private set; }

    /// <summary>The segment has no terminator: the text ended.</summary>
    public bool IsCut { get; private set; }

    /// <summary>More elements than <see cref="MostElements"/> stood in it.</summary>
    public bool IsOverlong { get; private set; }

    /// <summary>Bit n: element n has components or repetitions.</summary>
    public ulong Composites { get; private set; }

    /// <summary>Whether a control character or a byte above 127 stands anywhere in the stretch, so that texts must be looked at.</summary>
    public bool HasOddBytes => index.HasControls || index.HasHigh;

    public bool HasControls => index.HasControls;

    public bool HasHigh => index.HasHigh;

    public byte[] Buffer => buffer;

    /// <summary>Where the stretch begins in the buffer.</summary>
    internal int Origin => offset;

    /// <summary>Where the stretch ends in the buffer.</summary>
    internal int Limit => end;

    /// <summary>Begins a stretch: <paramref name="length"/> bytes from <paramref name="start"/>. The buffer has eight bytes to spare behind them (<see cref="Slack"/>).</summary>
    public void Open(byte[] bytes, int start, int length, in Delimiters delimiters)
    {
        (buffer, offset, next, end, mark, Delimiters) = (bytes, start, start, start + length, 0, delimiters);
        index.Build(bytes.AsSpan(start, length), delimiters);
    }

    /// <summary>How many bytes a buffer has behind its text, since codes are read eight bytes at once.</summary>
    public const int Slack = 8;

    /// <summary>Steps to the next segment; false at the end of the stretch. Line ends and blanks before a segment are passed over.</summary>
    public bool Next()
    {
        unchecked // places stay below the length of the buffer
        {
            var at = next;
            while (at < end && buffer[at] is (byte)'\n' or (byte)'\r' or (byte)' ' or (byte)'\t') at++;
            if (at >= end) return false;
            Start = at;
            var positions = index.Positions;
            ref var start = ref MemoryMarshal.GetArrayDataReference(starts);
            start = at;
            var (count, composites, m) = (0, 0UL, mark);
            var (element, segment) = (Delimiters.Element, Delimiters.Segment);
            IsCut = IsOverlong = false;
            while (m < positions.Length && positions[m] + offset < at) m++; // a line end that ends segments, passed over
            while (true)
            {
                if (m >= positions.Length) { IsCut = true; at = end; break; }
                at = positions[m++] + offset;
                var b = buffer[at];
                if (b == element)
                {
                    if (count < MostElements) Unsafe.Add(ref start, ++count) = at + 1;
                    else IsOverlong = true;
                    marks[count] = m;
                }
                else if (b == segment) break;
                else if (count < 64) composites |= 1UL << count;
            }
            Unsafe.Add(ref start, count + 1) = at + 1;
            (End, next, mark, Elements, Composites) = (at, at + 1, m, count, composites);
            var length = (count == 0 ? at : starts[1] - 1) - Start;
            Id = length is 2 or 3 ? Pack(Start, length) : 0;
            return true;
        }
    }

    /// <summary>Where element <paramref name="number"/> (from 1) begins.</summary>
    public int StartOf(int number) => starts[number];

    /// <summary>Where element 0, the name, begins; the elements follow, and behind the last the place behind its end.</summary>
    internal ref int FirstStart => ref MemoryMarshal.GetArrayDataReference(starts);

    /// <summary>The separators inside an element, as places in the buffer, one call after another; <paramref name="end"/> when there is none any more.</summary>
    internal int MarkInside(int number, int ordinal, int end)
    {
        unchecked // places in the index and in the buffer
        {
            var at = marks[number] + ordinal;
            var positions = index.Positions;
            return at < positions.Length ? Math.Min(positions[at] + offset, end) : end;
        }
    }

    /// <summary>The length of an element in bytes; 0 when it is empty or not there.</summary>
    public int LengthOf(int number)
    {
        unchecked // both are places in the buffer
        {
            return number > Elements ? 0 : starts[number + 1] - 1 - starts[number];
        }
    }

    /// <summary>An element, components and all; empty when it is not there.</summary>
    public ReadOnlySpan<byte> this[int number] => number > Elements ? default : buffer.AsSpan(starts[number], LengthOf(number));

    /// <summary>A component (from 1) of an element; an element without components is its own first component.</summary>
    public ReadOnlySpan<byte> this[int number, int component]
    {
        get
        {
            if (number > Elements) return default;
            if (number > 63 || (Composites >> number & 1) == 0) return component == 1 ? this[number] : default;
            unchecked // places in the buffer and in the index
            {
                var positions = index.Positions;
                var (end, at) = (starts[number + 1] - 1, marks[number] + component - 2); // the separator before the component
                var start = component == 1 ? starts[number] : at < positions.Length ? positions[at] + offset + 1 : int.MaxValue;
                if (start > end) return default;
                var close = at + 1 < positions.Length ? positions[at + 1] + offset : end;
                return buffer.AsSpan(start, Math.Min(close, end) - start);
            }
        }
    }

    /// <summary>Where a slice of the buffer begins; the slice is not empty.</summary>
    public int OffsetOf(ReadOnlySpan<byte> slice) => (int)Unsafe.ByteOffset(ref buffer[0], ref Unsafe.AsRef(in slice[0]));

    /// <summary>The whole segment without its terminator.</summary>
    public ReadOnlySpan<byte> Text => buffer.AsSpan(Start, End - Start);

    /// <summary>The first eight bytes from a place, as one number: the first byte highest, zeros behind the last.</summary>
    public ulong Pack(int start, int length)
    {
        if (length == 0) return 0;
        var raw = BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(ref buffer[start]));
        return length >= 8 ? raw : raw & (ulong.MaxValue << (64 - (8 * length)));
    }

    /// <summary>An element's first component as one number, as <see cref="Pack"/>.</summary>
    public ulong Packed(int number)
    {
        if (number > Elements) return 0;
        if ((Composites >> number & 1) == 0) return Pack(starts[number], LengthOf(number));
        unchecked // both are places in the buffer
        {
            return Pack(starts[number], index.Positions[marks[number]] + offset - starts[number]);
        }
    }

    /// <summary>A short text as <see cref="Pack"/> gives it.</summary>
    public static ulong PackOf(ReadOnlySpan<char> text)
    {
        var packed = 0UL;
        for (var i = 0; i < Math.Min(text.Length, 8); i++) packed |= (ulong)(byte)text[i] << (56 - (8 * i));
        return packed;
    }
}
