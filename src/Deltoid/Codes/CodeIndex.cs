using System.Numerics;
using Deltoid.Codes.Packs;

namespace Deltoid.Codes;

/// <summary>
/// Finds the id of a code: open addressing over columns, so that it lies in a pack as it lies in memory.
/// </summary>
sealed unsafe class CodeIndex
{
    readonly Column<ulong> keys; // a power of two of them, half of them 0 at least
    readonly Column<int> ids;
    readonly ulong* first;
    readonly int* idOf;
    readonly int size, shift;

    internal CodeIndex(Column<ulong> keys, Column<int> ids)
    {
        (this.keys, this.ids) = (keys, ids);
        first = keys.Start;
        idOf = ids.Start;
        size = Math.Min(keys.Count, ids.Count);
        shift = 64 - BitOperations.Log2((uint)Math.Max(size, 2));
    }

    /// <param name="codes">Packed codes, each once, in the order of their ids.</param>
    public static CodeIndex Of(ReadOnlySpan<ulong> codes)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(codes.Length * 2, 32));
        var (keys, ids) = (new ulong[size], new int[size]);
        for (var id = 0; id < codes.Length; id++)
        {
            var slot = Slot(codes[id], 64 - BitOperations.Log2((uint)size));
            while (keys[slot] != 0) slot = (slot + 1) & (size - 1);
            (keys[slot], ids[slot]) = (codes[id], id);
        }
        return new(Column.Of<ulong>(keys), Column.Of<int>(ids));
    }

    /// <summary>The id, or -1.</summary>
    public int Find(ulong code)
    {
        if (code == 0) return -1;
        var slot = Slot(code, shift);
        for (var tried = 0; tried < size; tried++, slot = (slot + 1) & (size - 1))
        {
            if (first[slot] == code) return idOf[slot];
            if (first[slot] == 0) return -1;
        }
        return -1;
    }

    internal void Write(PackWriter writer)
    {
        writer.Add<ulong>("id:key", keys.Span);
        writer.Add<int>("id", ids.Span);
    }

    // the high bits: codes have nothing in their low ones
    static int Slot(ulong code, int shift) => (int)(unchecked(code * 0x9E3779B97F4A7C15UL) >> shift);
}
