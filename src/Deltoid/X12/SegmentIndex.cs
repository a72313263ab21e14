using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Deltoid.Values;

namespace Deltoid.X12;

/// <summary>
/// Where every separator of a stretch of X12 stands, in order: found 64 bytes at a time and written to one array that is used again.
/// What a separator separates is read from the text at its place. Everything that reads X12 stands on this.
/// </summary>
public sealed class SegmentIndex
{
    /// <summary>Positions are written sixteen at a time, the last few past the end.</summary>
    const int Slack = 80;

    const int Stride = 64;

    int[] positions = new int[4096 + Slack];

    /// <summary>How many separators there are.</summary>
    public int Count { get; private set; }

    /// <summary>A control character stands in the text that is neither a separator nor the line end behind a segment.</summary>
    public bool HasControls { get; private set; }

    /// <summary>A byte above 127 stands in the text.</summary>
    public bool HasHigh { get; private set; }

    public ReadOnlySpan<int> Positions => positions.AsSpan(0, Count);

    /// <summary>Finds every separator. Positions count from the first byte of <paramref name="text"/>.</summary>
    public void Build(ReadOnlySpan<byte> text, in Delimiters delimiters)
    {
        if (positions.Length < text.Length + Slack) positions = new int[text.Length + Slack];
        ref var source = ref MemoryMarshal.GetReference(text);
        ref var target = ref MemoryMarshal.GetArrayDataReference(positions);
        var masks = new Masks(delimiters);
        var (count, at) = (0, 0);
        unchecked // counts and positions stay below the length of the text
        {
            for (; at + Stride <= text.Length; at += Stride) count = Write(masks.Of(ref Unsafe.Add(ref source, at)), at, ref target, count);
            if (at < text.Length)
            {
                Span<byte> rest = stackalloc byte[Stride];
                rest.Fill((byte)'A');
                text[at..].CopyTo(rest);
                count = Write(masks.Of(ref MemoryMarshal.GetReference(rest)), at, ref target, count);
            }
        }
        Count = count;
        (HasControls, HasHigh) = (masks.Controls != 0, masks.High != 0);
    }

    /// <summary>Writes the places of a mask's bits: sixteen at once, since most strides have about as many, then the rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Write(ulong mask, int at, ref int target, int count)
    {
        unchecked // as in Build
        {
            var bits = BitOperations.PopCount(mask);
            ref var place = ref Unsafe.Add(ref target, count);
            Eight(ref mask, at, ref place);
            if (bits > 8) Eight(ref mask, at, ref Unsafe.Add(ref place, 8));
            if (bits > 16) Eight(ref mask, at, ref Unsafe.Add(ref place, 16));
            for (var i = 24; i < bits; i++)
            {
                Unsafe.Add(ref place, i) = at + BitOperations.TrailingZeroCount(mask);
                mask &= mask - 1;
            }
            return count + bits;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Eight(ref ulong mask, int at, ref int place)
    {
        unchecked // as in Build
        {
            for (var i = 0; i < 8; i++)
            {
                Unsafe.Add(ref place, i) = at + BitOperations.TrailingZeroCount(mask);
                mask &= mask - 1;
            }
        }
    }

    /// <summary>Compares 64 bytes with the separators, and notes what does not belong in a text.</summary>
    struct Masks(Delimiters delimiters)
    {
        readonly Vector256<byte> element = Vector256.Create(delimiters.Element), component = Vector256.Create(delimiters.Component);
        readonly Vector256<byte> repetition = Vector256.Create(delimiters.Repetition), segment = Vector256.Create(delimiters.Segment), blank = Vector256.Create((byte)' ');
        ulong carry = 3; // a line end may also stand before the first segment

        public ulong Controls;
        public ulong High;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ulong Of(ref byte source)
        {
            var low = Vector256.LoadUnsafe(ref source);
            var high = Vector256.LoadUnsafe(ref source, 32);
            var ends = Both(Vector256.Equals(low, segment), Vector256.Equals(high, segment));
            var marks = ends | Both(
                Vector256.Equals(low, element) | Vector256.Equals(low, component) | Vector256.Equals(low, repetition),
                Vector256.Equals(high, element) | Vector256.Equals(high, component) | Vector256.Equals(high, repetition));
            var controls = Both(Vector256.LessThan(low, blank), Vector256.LessThan(high, blank));
            Controls |= controls & ~marks & ~((ends << 1) | (ends << 2) | carry);
            carry = (ends >> 62) | (ends >> 63);
            High |= Both(low, high);
            return marks;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static ulong Both(Vector256<byte> low, Vector256<byte> high) => low.ExtractMostSignificantBits() | ((ulong)high.ExtractMostSignificantBits() << 32);
    }
}
