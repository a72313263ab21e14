namespace Deltoid.Values;

/// <summary>
/// Sorting and finding packed values; the library's own for the reason given at <see cref="RowList{T}"/>.
/// </summary>
internal static class Sorting
{
    /// <summary>Sorts ascending, byte by byte from the lowest; bytes that all keys share cost nothing.</summary>
    public static void Sort(ulong[] keys)
    {
        if (IsSorted(keys)) return;
        var (source, target) = (keys, new ulong[keys.Length]);
        var counts = new int[256];
        ulong differing = 0;
        foreach (var key in keys) differing |= key ^ keys[0];
        for (var shift = 0; shift < 64; shift += 8)
        {
            if (((differing >> shift) & 0xFF) == 0) continue;
            Array.Clear(counts);
            foreach (var key in source) counts[(int)((key >> shift) & 0xFF)]++;
            for (int i = 0, sum = 0; i < 256; i++) (counts[i], sum) = (sum, sum + counts[i]);
            foreach (var key in source) target[counts[(int)((key >> shift) & 0xFF)]++] = key;
            (source, target) = (target, source);
        }
        if (source != keys) Array.Copy(source, keys, keys.Length);
    }

    public static bool IsSorted(ReadOnlySpan<ulong> keys)
    {
        for (var i = 1; i < keys.Length; i++)
            if (keys[i - 1] > keys[i]) return false;
        return true;
    }

    /// <summary>The index of a key in ascending keys, or the complement of where it would stand.</summary>
    public static int Find(ReadOnlySpan<ulong> keys, ulong key)
    {
        if (keys.IsEmpty) return ~0;
        // halved without a branch, since no processor can guess in which half it is
        var low = 0;
        for (var left = keys.Length; left > 1;)
        {
            var half = left >>> 1;
            low = keys[low + half - 1] < key ? low + half : low;
            left -= half;
        }
        if (keys[low] < key) low++;
        return low < keys.Length && keys[low] == key ? low : ~low;
    }
}
