using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Deltoid.Values;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Guides;

/// <summary>
/// Texts of short segments that were found fine after a chain of open loops of one guide: the row they have there, and
/// which conditions they make hold. Most files say the same again and again. A table in which a text has one place; a
/// newer one takes it.
/// </summary>
sealed class FineSegments
{
    const int Longest = 64, Bits = 9;

    [InlineArray(Longest)]
    internal struct Text
    {
        byte first;
    }

    [StructLayout(LayoutKind.Auto)]
    public struct Fine
    {
        internal Text Text;
        internal int Length;
        /// <summary>The loops that were open.</summary>
        public ulong Path;
        /// <summary>The conditions of the row that hold.</summary>
        public ulong Holds;
        public int Row;
    }

    readonly Fine[] fines = new Fine[1 << Bits];
    readonly ulong[] hashes = new ulong[1 << Bits]; // of the texts: few are looked at that are not the same
    readonly ulong[] once = new ulong[1 << Bits]; // of texts that came once: what never comes again is not kept
    Delimiters delimiters;

    /// <summary>Begins a part: with other separators a text says something else.</summary>
    public void Use(in Delimiters marks)
    {
        if (marks == delimiters) return;
        delimiters = marks;
        Array.Clear(hashes);
    }

    /// <summary>What is known of the segment, or a null reference.</summary>
    /// <param name="hash">Of the text, for <see cref="Keep"/>; 0 where it is not kept.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly Fine Find(SegmentReader segment, ulong path, int row, out ulong hash)
    {
        hash = 0;
        if (!Fits(segment, out var length)) return ref Unsafe.NullRef<Fine>();
        var (low, high) = Load(segment, length);
        hash = HashOf(low, high, path);
        var place = (int)(hash >> (64 - Bits));
        if (hashes[place] != hash) return ref Unsafe.NullRef<Fine>();
        ref var fine = ref fines[place];
        ref var text = ref Unsafe.As<Text, byte>(ref fine.Text);
        var isSame = fine.Path == path && fine.Row == row && fine.Length == length
            && Vector256.LoadUnsafe(ref text) == low && (length <= 32 || Vector256.LoadUnsafe(ref text, 32) == high);
        return ref isSame ? ref fine : ref Unsafe.NullRef<Fine>();
    }

    /// <summary>Keeps a text that was found fine, when it comes for the second time.</summary>
    public void Keep(SegmentReader segment, ulong path, ulong hash, int row, ulong holds)
    {
        var slot = (int)(hash >> (64 - Bits));
        if (once[slot] != hash)
        {
            once[slot] = hash;
            return;
        }
        _ = Fits(segment, out var length);
        var (low, high) = Load(segment, length);
        hashes[slot] = hash;
        ref var fine = ref fines[slot];
        fine.Path = path;
        fine.Row = row;
        fine.Length = length;
        fine.Holds = holds;
        ref var text = ref Unsafe.As<Text, byte>(ref fine.Text);
        low.StoreUnsafe(ref text);
        high.StoreUnsafe(ref text, 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool Fits(SegmentReader segment, out int length)
    {
        length = unchecked(segment.End - segment.Start); // places in the buffer
        return Vector256.IsHardwareAccelerated && length <= Longest
            && segment.Start <= segment.Buffer.Length - Longest && !segment.IsCut;
    }

    /// <summary>The text with zeros after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static (Vector256<byte> Low, Vector256<byte> High) Load(SegmentReader segment, int length)
    {
        ref var text = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(segment.Buffer), segment.Start);
        ref var mask = ref Unsafe.Add(ref MemoryMarshal.GetReference(Masks), unchecked(Longest - length)); // at most 64
        var low = Vector256.LoadUnsafe(ref text) & Vector256.LoadUnsafe(ref mask);
        return (low, length <= 32 ? default : Vector256.LoadUnsafe(ref text, 32) & Vector256.LoadUnsafe(ref mask, 32));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong HashOf(Vector256<byte> low, Vector256<byte> high, ulong path)
    {
        var both = low ^ high;
        var words = (both.GetLower() ^ both.GetUpper()).AsUInt64();
        unchecked // a hash: the products are meant to wrap
        {
            var turned = ulong.RotateLeft(words.GetElement(1), 29);
            var hash = (words.ToScalar() * 0x9E3779B97F4A7C15) ^ (turned * 0xD6E8FEB86659FD93);
            return (hash ^ (path * 0xC2B2AE3D27D4EB4F)) | 1;
        }
    }

    /// <summary>All ones, as many as a text is long at most, then as many zeros.</summary>
    static ReadOnlySpan<byte> Masks =>
    [
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];
}
