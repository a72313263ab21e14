using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Deltoid.Values;

namespace Deltoid.X12.Segments;

/// <summary>
/// Where the separators of a part of X12 are, in order: found 64 bytes at a time and written to arrays that are used
/// again. What a separator separates is read from the text at its place. Everything that reads X12 is built on this.
/// </summary>
internal sealed class SegmentIndex
{
    /// <summary>Positions are written eight at a time and read sixteen at a time, the last few past the end.</summary>
    const int Slack = 80;

    const int Stride = 64;

    int[] positions = new int[1024 + Slack], ends = new int[256 + Slack];
    ulong[] inner = new ulong[128], odd = new ulong[2];

    /// <summary>How many separators of elements and segments there are.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// A control character is in the text that is neither a separator nor the line end after a segment.
    /// </summary>
    public bool HasControls { get; private set; }

    /// <summary>A byte above 127 is in the text.</summary>
    public bool HasHigh { get; private set; }

    /// <summary>The places of the separators of elements and segments.</summary>
    public ReadOnlySpan<int> Positions => positions.AsSpan(0, Count);

    /// <summary>The same, with the end of the text after the last and room to read sixteen at a time.</summary>
    internal int[] Table => positions;

    /// <summary>Which of the positions end segments, as places in <see cref="Table"/>.</summary>
    internal int[] Ends => ends;

    internal int EndCount { get; private set; }

    /// <summary>A bit for each byte of the text: it separates components or repetitions.</summary>
    internal ulong[] Inner => inner;

    /// <summary>
    /// Whether one of the strides that hold these bytes has a control character, a byte above 127, or a blank beside a
    /// separator.
    /// </summary>
    internal bool IsOdd(int from, int thru)
    {
        if (!anyOdd) return false;
        for (var stride = from / Stride; stride <= thru / Stride; stride++)
            if ((odd[stride >> 6] >> stride & 1) != 0) return true;
        return false;
    }

    bool anyOdd;

    /// <summary>Finds every separator.</summary>
    /// <param name="offset">Where the text begins in its buffer: positions are places in the buffer.</param>
    public void Build(ReadOnlySpan<byte> text, in Delimiters delimiters, int offset = 0)
    {
        Begin(text.Length);
        ref var source = ref MemoryMarshal.GetReference(text);
        var masks = new Masks(delimiters);
        unchecked // counts and positions stay below the length of the text
        {
            var at = 0;
            for (; at + Stride <= text.Length; at += Stride)
            {
                masks.Look(ref Unsafe.Add(ref source, at));
                Write(ref masks, at, offset);
            }
            if (at < text.Length)
            {
                Span<byte> rest = stackalloc byte[Stride];
                rest.Fill((byte)'A');
                text[at..].CopyTo(rest);
                masks.Look(ref MemoryMarshal.GetReference(rest));
                Write(ref masks, at, offset);
            }
            positions[Count] = offset + text.Length;
        }
        (HasControls, HasHigh) = (masks.AnyControl, masks.AnyHigh);
    }

    void Begin(int length)
    {
        (Count, EndCount, anyOdd) = (0, 0, false);
        if (inner.Length < (length / Stride) + 2) inner = new ulong[(length / Stride) + 2];
        if (odd.Length < (length / (Stride * 64)) + 1) odd = new ulong[(length / (Stride * 64)) + 1];
        odd.AsSpan().Clear();
        inner[length / Stride] = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Write(ref Masks masks, int at, int offset)
    {
        unchecked // as in Build
        {
            if (Count + Stride + Slack > positions.Length) Array.Resize(ref positions, positions.Length * 2);
            if (EndCount + Stride > ends.Length) Array.Resize(ref ends, ends.Length * 2);
            var (marks, count) = (masks.Marks, Count);
            ref var end = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(ends), EndCount);
            var (left, found) = (masks.Ends, BitOperations.PopCount(masks.Ends));
            for (var i = 0; i < 4 || i < found; i++, left &= left - 1) // four without asking: most strides have no more
                Unsafe.Add(ref end, i) = count + BitOperations.PopCount(marks & (left ^ (left - 1))) - 1;
            EndCount += found;
            inner[at / Stride] = masks.Inner;
            if (masks.Odd != 0) (odd[at >> 12], anyOdd) = (odd[at >> 12] | 1UL << (at / Stride), true);
            Count = count + Places(marks, at + offset,
                ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(positions), count));
        }
    }

    /// <summary>
    /// Writes the places of a mask's bits, eight at once, since most strides have no more; says how many there are.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Places(ulong mask, int at, ref int place)
    {
        unchecked // as in Build
        {
            var bits = BitOperations.PopCount(mask);
            Eight(ref mask, at, ref place);
            if (bits > 8) Eight(ref mask, at, ref Unsafe.Add(ref place, 8));
            if (bits > 16) Eight(ref mask, at, ref Unsafe.Add(ref place, 16));
            for (var i = 24; i < bits; i++)
            {
                Unsafe.Add(ref place, i) = at + BitOperations.TrailingZeroCount(mask);
                mask &= mask - 1;
            }
            return bits;
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

    /// <summary>
    /// Compares 64 bytes with the separators, and notes what does not belong in a text. Bit n is byte n.
    /// </summary>
    struct Masks(Delimiters delimiters)
    {
        readonly byte element = delimiters.Element, component = delimiters.Component;
        readonly byte repetition = delimiters.Repetition, segment = delimiters.Segment;
        ulong lineEnd = 3; // a line end may also come before the first segment
        ulong markBefore = 1, blankBefore; // the last byte of the stride before

        /// <summary>Separators of elements and segments; of segments; of components and repetitions.</summary>
        public ulong Marks, Ends, Inner;

        /// <summary>Something in the stride asks that its texts are looked at.</summary>
        public ulong Odd;

        public bool AnyControl, AnyHigh;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Look(ref byte source)
        {
            var elements = Equal(ref source, element);
            var terminators = Equal(ref source, segment);
            Ends = terminators & ~elements;
            Marks = elements | Ends;
            Inner = (Equal(ref source, component) | Equal(ref source, repetition)) & ~Marks;
            var all = Marks | Inner;
            var (blanks, high) = (Equal(ref source, (byte)' '), High(ref source));
            var controls = Below(ref source, (byte)' ') & ~all & ~((terminators << 1) | (terminators << 2) | lineEnd);
            lineEnd = (terminators >> 62) | (terminators >> 63);
            Odd = controls | high | (blanks & ((all << 1) | (all >> 1) | markBefore)) | (blankBefore & all);
            (markBefore, blankBefore) = (all >> 63, blanks >> 63);
            AnyControl |= controls != 0;
            AnyHigh |= high != 0;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static ulong Equal(ref byte source, byte value)
        {
            if (Vector512.IsHardwareAccelerated)
                return Vector512.Equals(Vector512.LoadUnsafe(ref source), Vector512.Create(value))
                    .ExtractMostSignificantBits();
            var same = Vector256.Create(value);
            return Vector256.Equals(Vector256.LoadUnsafe(ref source), same).ExtractMostSignificantBits()
                | ((ulong)Vector256.Equals(Vector256.LoadUnsafe(ref source, 32), same)
                    .ExtractMostSignificantBits() << 32);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static ulong Below(ref byte source, byte value)
        {
            if (Vector512.IsHardwareAccelerated)
                return Vector512.LessThan(Vector512.LoadUnsafe(ref source), Vector512.Create(value))
                    .ExtractMostSignificantBits();
            var most = Vector256.Create(value);
            return Vector256.LessThan(Vector256.LoadUnsafe(ref source), most).ExtractMostSignificantBits()
                | ((ulong)Vector256.LessThan(Vector256.LoadUnsafe(ref source, 32), most)
                    .ExtractMostSignificantBits() << 32);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static ulong High(ref byte source)
        {
            if (Vector512.IsHardwareAccelerated) return Vector512.LoadUnsafe(ref source).ExtractMostSignificantBits();
            return Vector256.LoadUnsafe(ref source).ExtractMostSignificantBits()
                | ((ulong)Vector256.LoadUnsafe(ref source, 32).ExtractMostSignificantBits() << 32);
        }
    }
}
