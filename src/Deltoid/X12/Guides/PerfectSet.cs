using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Deltoid.X12.Guides;

/// <summary>
/// A closed list of values of at most eight characters, in a table where each has a place of its own: one look says
/// whether a value is in it. Values are as they are read from a text, the first character lowest.
/// </summary>
sealed class PerfectSet
{
    readonly ulong[] slots;
    readonly ulong multiplier;
    readonly int shift;

    /// <param name="values">The values with the first character highest, as <see cref="CodeSet"/> has them; none is
    /// 0.</param>
    public PerfectSet(ulong[] values)
    {
        ulong[] turned = [.. values.Select(BinaryPrimitives.ReverseEndianness)];
        (multiplier, shift) = (0x9E3779B97F4A7C15UL, 62);
        for (var tries = 1; !TryFill(turned, multiplier, shift, out slots); tries++)
        {
            multiplier = unchecked((multiplier * 6364136223846793005UL) + 2); // another odd number
            if (tries % 64 == 0) shift--;
        }
    }

    static bool TryFill(ulong[] values, ulong multiplier, int shift, out ulong[] slots)
    {
        slots = new ulong[1 << (64 - shift)];
        foreach (var value in values)
        {
            ref var slot = ref slots[Slot(value, multiplier, shift)];
            if (slot != 0 && slot != value) return false;
            slot = value;
        }
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Slot(ulong value, ulong multiplier, int shift) =>
        (int)(unchecked(value * multiplier) >> shift); // a hash: the product is meant to wrap

    /// <param name="value">Not 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Contains(ulong value) =>
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(slots), Slot(value, multiplier, shift)) == value;
}
