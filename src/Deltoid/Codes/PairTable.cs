using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>
/// NCCI procedure-to-procedure pairs: for each column-one code its column-two codes, sorted, four bytes each. The low bits name
/// the dates and indicator the pair has, which few pairs do not share; a pair with a history stands several times.
/// </summary>
public sealed class PairTable
{
    const int KindBits = 12;

    readonly int[] starts;
    readonly uint[] rows; // column-two id << KindBits | kind
    readonly PairRow[] kinds;

    PairTable(int[] starts, uint[] rows, PairRow[] kinds) => (this.starts, this.rows, this.kinds) = (starts, rows, kinds);

    /// <exception cref="InvalidOperationException">More codes or date patterns than four bytes hold.</exception>
    public static PairTable Build(int ids, List<(int One, int Two, PairRow Row)> pairs)
    {
        var kinds = new List<PairRow>();
        var kindOf = new Dictionary<PairRow, int>();
        var keyed = new (int One, uint Row)[pairs.Count];
        for (var i = 0; i < keyed.Length; i++)
        {
            var (one, two, row) = pairs[i];
            if (!kindOf.TryGetValue(row, out var kind)) { kindOf[row] = kind = kinds.Count; kinds.Add(row); }
            if (kind >= 1 << KindBits || two >= 1 << (32 - KindBits)) throw new InvalidOperationException("pair table: more codes or date patterns than a row holds");
            keyed[i] = (one, ((uint)two << KindBits) | (uint)kind);
        }
        Array.Sort(keyed);
        var starts = new int[ids + 1];
        foreach (var (one, _) in keyed) starts[one + 1]++;
        for (var i = 0; i < ids; i++) starts[i + 1] += starts[i];
        return new(starts, Array.ConvertAll(keyed, k => k.Row), [.. kinds]);
    }

    /// <summary>Whether the code is column one of any pair.</summary>
    public bool HasColumnOne(int id) => starts[id + 1] > starts[id];

    /// <summary>The pair in force on the day with this code in column one and that in column two.</summary>
    public bool TryFind(int one, int two, int day, out PairRow row)
    {
        row = default;
        if (one < 0 || two < 0) return false;
        int low = starts[one], high = starts[one + 1];
        var key = (uint)two << KindBits;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (rows[middle] < key) low = middle + 1; else high = middle;
        }
        for (; low < starts[one + 1] && rows[low] >> KindBits == (uint)two; low++)
        {
            row = kinds[rows[low] & ((1 << KindBits) - 1)];
            if (row.Dates.Contains(day)) return true;
        }
        return false;
    }

    /// <summary>All pairs with this code in column one, for pages.</summary>
    public IEnumerable<(int Two, PairRow Row)> ColumnOne(int one)
    {
        for (var i = starts[one]; i < starts[one + 1]; i++) yield return ((int)(rows[i] >> KindBits), kinds[rows[i] & ((1 << KindBits) - 1)]);
    }

    public int Count => rows.Length;
}
