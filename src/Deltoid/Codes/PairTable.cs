using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>
/// NCCI procedure-to-procedure pairs: for each column-one code its column-two codes, sorted, four bytes each. The low bits name
/// the dates and indicator the pair has, which few pairs do not share; a pair with a history stands several times.
/// </summary>
public sealed class PairTable
{
    /// <summary>A pair by the ids of its codes.</summary>
    internal readonly record struct Filed(int One, int Two, PairRow Row);

    const int KindBits = 12;

    readonly int[] starts;
    readonly uint[] rows; // column-two id << KindBits | kind
    readonly PairRow[] kinds;

    PairTable(int[] starts, uint[] rows, PairRow[] kinds) => (this.starts, this.rows, this.kinds) = (starts, rows, kinds);

    /// <param name="pairs">Column one, column two, dates and indicator, in any order.</param>
    /// <exception cref="InvalidOperationException">More codes or date patterns than four bytes hold.</exception>
    internal static PairTable Build(int ids, RowList<Filed> pairs)
    {
        var kinds = new RowList<PairRow>();
        var keys = new ulong[pairs.Count];
        var starts = new int[ids + 1];
        for (var i = 0; i < keys.Length; i++)
        {
            var (one, two, row) = pairs[i];
            var kind = KindOf(kinds, row);
            if (kind >= 1 << KindBits || two >= 1 << (32 - KindBits)) throw new InvalidOperationException("pair table: more codes or date patterns than a row holds");
            keys[i] = ((ulong)(uint)one << 32) | ((ulong)(uint)two << KindBits) | (uint)kind;
            starts[one + 1]++;
        }
        Sorting.Sort(keys);
        for (var i = 0; i < ids; i++) starts[i + 1] += starts[i];
        var rows = new uint[keys.Length];
        for (var i = 0; i < rows.Length; i++) rows[i] = (uint)(keys[i] & uint.MaxValue);
        return new(starts, rows, kinds.ToArray());
    }

    /// <summary>Neighbouring rows mostly share their dates, so the latest kinds are tried first.</summary>
    static int KindOf(RowList<PairRow> kinds, in PairRow row)
    {
        for (var i = kinds.Count - 1; i >= 0; i--) if (IsSame(kinds[i], row)) return i;
        kinds.Add(row);
        return kinds.Count - 1;
    }

    static bool IsSame(in PairRow left, in PairRow right) =>
        left.Dates.FromDay == right.Dates.FromDay && left.Dates.ThruDay == right.Dates.ThruDay && left.Dates.KnownDay == right.Dates.KnownDay && left.Indicator == right.Indicator && left.Source == right.Source;

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
