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

    /// <summary>Takes pairs in any order, by the ids of their codes.</summary>
    internal sealed class Builder(int ids)
    {
        readonly RowList<PairRow> kinds = new(256);
        readonly RowList<ulong> keys = new(32768);
        ulong begun;

        /// <summary>Begins a run of pairs that share column one, dates and indicator.</summary>
        /// <exception cref="InvalidOperationException">More date patterns than four bytes hold.</exception>
        public void Begin(int one, in PairRow row)
        {
            var kind = KindOf(row);
            if (kind >= 1 << KindBits) throw new InvalidOperationException("pair table: more date patterns than a row holds");
            begun = ((ulong)(uint)one << 32) | (uint)kind;
        }

        /// <exception cref="InvalidOperationException">More codes than four bytes hold.</exception>
        public void Add(int two)
        {
            if (two >= 1 << (32 - KindBits)) throw new InvalidOperationException("pair table: more codes than a row holds");
            keys.Add(begun | ((ulong)(uint)two << KindBits));
        }

        /// <summary>Neighbouring rows mostly share their dates, so the latest kinds are tried first.</summary>
        int KindOf(in PairRow row)
        {
            for (var i = kinds.Count - 1; i >= 0; i--) if (IsSame(kinds[i], row)) return i;
            kinds.Add(row);
            return kinds.Count - 1;
        }

        public PairTable Build()
        {
            var sorted = keys.ToArray();
            Sorting.Sort(sorted);
            var (starts, rows) = (new int[ids + 1], new uint[sorted.Length]);
            for (var i = 0; i < sorted.Length; i++)
            {
                starts[(int)(sorted[i] >> 32) + 1]++;
                rows[i] = (uint)(sorted[i] & uint.MaxValue);
            }
            for (var i = 0; i < ids; i++) starts[i + 1] += starts[i];
            return new(starts, rows, kinds.ToArray());
        }
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
