using System.Numerics;

namespace Deltoid.Values;

/// <summary>
/// A map from packed values (codes, modifiers, NDCs; never 0) by open addressing; the library's own for the reason
/// given at <see cref="RowList{T}"/>.
/// </summary>
/// <param name="capacity">Rounded up to a power of two; the map grows when half of it is used.</param>
internal sealed class PackedMap<T>(int capacity = 32)
{
    ulong[] keys = new ulong[BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, 32))];
    T[] values = new T[BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, 32))];

    public int Count { get; private set; }

    public bool TryGet(ulong key, out T value)
    {
        var slot = Slot(keys, key);
        value = values[slot];
        return keys[slot] == key && key != 0;
    }

    /// <summary>The value's own place, made when it is not there yet (<paramref name="added"/>).</summary>
    public ref T At(ulong key, out bool added)
    {
        if (Count * 2 >= keys.Length) Grow();
        var slot = Slot(keys, key);
        added = keys[slot] == 0;
        if (added)
        {
            keys[slot] = key;
            Count++;
        }
        return ref values[slot];
    }

    /// <summary>All keys, in no order.</summary>
    public ulong[] Keys()
    {
        var all = new ulong[Count];
        var used = 0;
        foreach (var key in keys)
            if (key != 0) all[used++] = key;
        return all;
    }

    void Grow()
    {
        var (oldKeys, oldValues) = (keys, values);
        (keys, values) = (new ulong[oldKeys.Length * 2], new T[oldKeys.Length * 2]);
        for (var i = 0; i < oldKeys.Length; i++)
        {
            if (oldKeys[i] == 0) continue;
            var slot = Slot(keys, oldKeys[i]);
            (keys[slot], values[slot]) = (oldKeys[i], oldValues[i]);
        }
    }

    static int Slot(ulong[] keys, ulong key)
    {
        var mask = keys.Length - 1;
        // the high bits: codes have nothing in their low ones
        var slot = (int)(Mix(key) >> (64 - BitOperations.Log2((uint)keys.Length)));
        while (keys[slot] != key && keys[slot] != 0) slot = (slot + 1) & mask;
        return slot;
    }

    static ulong Mix(ulong packed) => unchecked(packed * 0x9E3779B97F4A7C15UL); // a hash: the product is meant to wrap
}
