using System.Numerics;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>
/// NCCI procedure-to-procedure pairs: for each column-one code its column-two codes, sorted, four bytes each. The low
/// bits name the dates and indicator the pair has, which few pairs do not share; a pair with a history stands several
/// times.
/// </summary>
internal sealed class PairTable
{
    readonly Column<int> starts;
    readonly Column<uint> rows; // column-two id << bits | kind
    readonly Column<PairRow> kinds;
    readonly int bits;

    internal PairTable(Column<int> starts, Column<uint> rows, Column<PairRow> kinds, int bits) =>
        (this.starts, this.rows, this.kinds, this.bits) = (starts, rows, kinds, bits);

    /// <summary>How many low bits name the kind, so that a row has room for the ids of so many codes.</summary>
    internal static int KindBitsFor(int codes) =>
        Math.Min(BitOperations.LeadingZeroCount((uint)Math.Max(codes - 1, 1)), 20);

    /// <summary>Cuts ascending keys (column one &lt;&lt; 32 | row) into runs.</summary>
    internal static (int[] Starts, uint[] Rows) Cut(ReadOnlySpan<ulong> keys, int codes)
    {
        var (starts, rows) = (new int[codes + 1], new uint[keys.Length]);
        for (var i = 0; i < keys.Length; i++)
        {
            starts[(int)(keys[i] >> 32) + 1]++;
            rows[i] = (uint)(keys[i] & uint.MaxValue);
        }
        for (var i = 0; i < codes; i++) starts[i + 1] += starts[i];
        return (starts, rows);
    }

    /// <summary>Takes pairs in any order, by the ids of their codes.</summary>
    internal sealed class Builder(int ids)
    {
        readonly RowList<PairRow> kinds = new(256);
        readonly RowList<ulong> keys = new(32768);
        readonly int bits = KindBitsFor(ids);
        ulong begun;

        /// <summary>Begins a run of pairs that share column one, dates and indicator.</summary>
        /// <exception cref="InvalidOperationException">More date patterns than four bytes hold beside a
        /// code.</exception>
        public void Begin(int one, in PairRow row)
        {
            var kind = KindOf(row);
            if (kind >= 1 << bits)
                throw new InvalidOperationException("pair table: more date patterns than a row holds");
            begun = ((ulong)(uint)one << 32) | (uint)kind;
        }

        public void Add(int two) => keys.Add(begun | ((ulong)(uint)two << bits));

        /// <summary>Adds the pairs of another table.</summary>
        /// <param name="idOf">The id here of each of its ids.</param>
        /// <param name="isReplaced">Whether a pair, by its ids there, is left out.</param>
        public void AddAll(PairTable table, ReadOnlySpan<int> idOf, Func<int, int, bool> isReplaced)
        {
            var known = new ulong[table.kinds.Count];
            for (var i = 0; i < known.Length; i++)
            {
                Begin(0, table.kinds[i]);
                known[i] = begun;
            }
            for (var one = 0; one + 1 < table.starts.Count; one++)
                for (var at = table.starts[one]; at < table.starts[one + 1]; at++)
                {
                    var (two, kind) = ((int)(table.rows[at] >> table.bits),
                        (int)(table.rows[at] & ((1u << table.bits) - 1)));
                    if (!isReplaced(one, two))
                        keys.Add(((ulong)(uint)idOf[one] << 32) | known[kind] | ((ulong)(uint)idOf[two] << bits));
                }
        }

        /// <summary>Neighbouring rows mostly share their dates, so the latest kinds are tried first.</summary>
        int KindOf(in PairRow row)
        {
            for (var i = kinds.Count - 1; i >= 0; i--)
                if (IsSame(kinds[i], row)) return i;
            kinds.Add(row);
            return kinds.Count - 1;
        }

        public PairTable Build()
        {
            var sorted = keys.ToArray();
            Sorting.Sort(sorted);
            var (starts, rows) = Cut(sorted, ids);
            return new(Column.Of<int>(starts), Column.Of<uint>(rows), Column.Of<PairRow>(kinds.Span), bits);
        }
    }

    /// <summary>
    /// This table with the pairs of an excerpt, each in place of its own; runs without any are copied as they are.
    /// </summary>
    /// <param name="idOf">The id here of each id of the excerpt.</param>
    /// <param name="ids">How many ids there are.</param>
    internal PairTable With(PairTable excerpt, ReadOnlySpan<int> idOf, int ids)
    {
        var newRows = new List<uint>?[ids];
        for (var one = 0; one + 1 < excerpt.starts.Count; one++)
            for (var at = excerpt.starts[one]; at < excerpt.starts[one + 1]; at++)
            {
                var (two, kind) = (idOf[(int)(excerpt.rows[at] >> excerpt.bits)],
                    excerpt.rows[at] & ((1u << excerpt.bits) - 1));
                (newRows[idOf[one]] ??= []).Add(((uint)two << bits) | ((uint)kinds.Count + kind));
            }
        var (begins, merged) = (new int[ids + 1], new RowList<uint>(rows.Count + excerpt.rows.Count));
        for (var id = 0; id < ids; id++)
        {
            var old = id + 1 < starts.Count ? rows.Span[starts[id]..starts[id + 1]] : default;
            if (newRows[id] is { } added) Merge(old, added, merged);
            else merged.AddAll(old);
            begins[id + 1] = merged.Count;
        }
        return new(Column.Of<int>(begins), Column.Of<uint>(merged.Span),
            Column.Of<PairRow>([.. kinds.Span, .. excerpt.kinds.Span]), bits);
    }

    void Merge(ReadOnlySpan<uint> old, List<uint> added, RowList<uint> into)
    {
        var replaced = added.ConvertAll(row => row >> bits).ToHashSet();
        var from = into.Count;
        foreach (var row in old)
            if (!replaced.Contains(row >> bits)) into.Add(row);
        foreach (var row in added) into.Add(row);
        into.Span[from..].Sort();
    }

    /// <summary>Whether so many ids, and the kinds of another table besides, have room in its rows.</summary>
    internal bool HasRoomFor(int ids, PairTable? more) =>
        KindBitsFor(ids) >= bits && kinds.Count + (more?.kinds.Count ?? 0) <= 1 << bits;

    static bool IsSame(in PairRow left, in PairRow right) =>
        left.Dates.FromDay == right.Dates.FromDay && left.Dates.ThruDay == right.Dates.ThruDay
            && left.Dates.KnownDay == right.Dates.KnownDay && left.Indicator == right.Indicator
            && left.Source == right.Source;

    /// <summary>Whether the code is column one of any pair.</summary>
    public bool HasColumnOne(int id) => (uint)id + 1 < (uint)starts.Count && starts[id + 1] > starts[id];

    /// <summary>The pair in force on the day with this code in column one and that in column two.</summary>
    public bool TryFind(int one, int two, int day, out PairRow row)
    {
        row = default;
        for (var at = First(one, two); at >= 0 && at < starts[one + 1] && rows[at] >> bits == (uint)two; at++)
        {
            row = kinds[(int)(rows[at] & ((1u << bits) - 1))];
            if (row.Dates.Contains(day)) return true;
        }
        return false;
    }

    /// <summary>Whether the pair stands here, in force or not.</summary>
    public bool Has(int one, int two) =>
        First(one, two) is >= 0 and var at && at < starts[one + 1] && rows[at] >> bits == (uint)two;

    /// <summary>Where the pair's rows begin if it has any; -1 where column one has none.</summary>
    int First(int one, int two)
    {
        if (one < 0 || two < 0 || one + 1 >= starts.Count) return -1;
        var (low, high) = (starts[one], starts[one + 1]);
        var key = (uint)two << bits;
        var all = rows.Span;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (all[middle] < key) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>All pairs with this code in column one, for pages.</summary>
    public IEnumerable<(int Two, PairRow Row)> ColumnOne(int one)
    {
        if (one + 1 >= starts.Count) yield break;
        for (var i = starts[one]; i < starts[one + 1]; i++)
            yield return ((int)(rows[i] >> bits), kinds[(int)(rows[i] & ((1u << bits) - 1))]);
    }

    /// <summary>
    /// Adds the pairs of a column-one code that are in force on a day: the place of column two &lt;&lt; 8 | indicator,
    /// in the order of their ids.
    /// </summary>
    /// <param name="places">What replaces an id.</param>
    internal void AddInForce(int one, int day, ReadOnlySpan<int> places, RowList<ulong> into)
    {
        if (one < 0 || one + 1 >= starts.Count) return;
        var last = -1;
        foreach (var row in rows.Span[starts[one]..starts[one + 1]])
        {
            var two = (int)(row >> bits);
            ref readonly var kind = ref kinds[(int)(row & ((1u << bits) - 1))];
            if (two == last || !kind.Dates.Contains(day)) continue;
            into.Add(((ulong)(uint)places[two] << 8) | kind.Indicator);
            last = two;
        }
    }

    /// <summary>Marks the ids of all codes that are in a pair.</summary>
    internal void MarkPaired(bool[] paired)
    {
        for (var id = 0; id + 1 < starts.Count; id++)
            if (starts[id + 1] > starts[id]) paired[id] = true;
        foreach (var row in rows.Span) paired[(int)(row >> bits)] = true;
    }

    internal void Write(PackWriter writer, string name)
    {
        writer.Add<int>(name + ":at", starts.Span);
        writer.Add<uint>(name, rows.Span);
        writer.Add<PairRow>(name + ":kind", kinds.Span);
    }

    public int Count => rows.Count;
}
