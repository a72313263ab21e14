using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Deltoid.X12.Envelope;

/// <summary>Passing over segments that begin nothing, 64 bytes at once.</summary>
internal sealed partial class BlockCutter
{
    /// <summary>
    /// Passes over plain segments, and stops before the first that asks for a closer look: one that may begin
    /// something, or one with a line end in or before its name.
    /// </summary>
    /// <param name="place">Where a plain segment begins, and then where the one begins that is stopped at.</param>
    /// <param name="limit">Up to here a segment's letters are in the buffer.</param>
    /// <returns>How many segments were passed over.</returns>
    int Hop(ref int place, int limit)
    {
        var passed = 0;
        unchecked // places in the buffer
        {
            ref var bytes = ref MemoryMarshal.GetArrayDataReference(buffer);
            ref var stops = ref MemoryMarshal.GetArrayDataReference(cut.Stops);
            var terminator = delimiters.Segment;
            var most = Math.Min(limit, from + LargestSetPart);
            for (var at = place; at + 64 < limit; at += 64)
            {
                for (var ends = EndsAt(ref Unsafe.Add(ref bytes, at), terminator); ends != 0; ends &= ends - 1)
                {
                    var next = at + BitOperations.TrailingZeroCount(ends) + 1;
                    if (next >= most || next - place > LongestSegment) return passed;
                    (place, passed) = (next, passed + 1);
                    int letters = Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref bytes, next));
                    if ((letters & 0xFF) <= ' ' || letters >> 8 < ' ') return passed;
                    if ((Unsafe.Add(ref stops, letters >> 6) >> (letters & 63) & 1) != 0) return passed;
                }
            }
        }
        return passed;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong EndsAt(ref byte text, byte terminator)
    {
        if (Vector512.IsHardwareAccelerated)
            return Vector512.Equals(Vector512.LoadUnsafe(ref text), Vector512.Create(terminator))
                .ExtractMostSignificantBits();
        var end = Vector256.Create(terminator);
        return Vector256.Equals(Vector256.LoadUnsafe(ref text), end).ExtractMostSignificantBits()
            | ((ulong)Vector256.Equals(Vector256.LoadUnsafe(ref text, 32), end).ExtractMostSignificantBits() << 32);
    }
}
