using System.Runtime.CompilerServices;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>A row with its days of effect.</summary>
internal interface IDated
{
    DateRange Dates { get; }
}

/// <summary>Rows sorted by id: for each id a run, in a mapped pack or in memory that stays.</summary>
internal unsafe class Runs<T> where T : unmanaged
{
    readonly Column<int> starts;
    readonly Column<T> rows;
    readonly int* begins;
    readonly T* first;
    readonly int ids, count;

    internal Runs(Column<int> starts, Column<T> rows)
    {
        (this.starts, this.rows) = (starts, rows);
        begins = starts.Start;
        first = rows.Start;
        (ids, count) = (starts.Count - 1, rows.Count);
    }

    /// <summary>
    /// Takes rows in any order: counted into their runs, each run in the order in which its rows came.
    /// </summary>
    internal Runs(int ids, ReadOnlySpan<int> idOf, ReadOnlySpan<T> all) : this(StartsOf(ids, idOf), Column.Of<T>(all))
    {
        var filled = new int[ids];
        for (var i = 0; i < all.Length; i++)
            Put(first + begins[idOf[i]], filled[idOf[i]]++, all[i]); // the column is our own copy
    }

    static Column<int> StartsOf(int ids, ReadOnlySpan<int> idOf)
    {
        var starts = new int[ids + 1];
        foreach (var id in idOf) starts[id + 1]++;
        for (var i = 0; i < ids; i++) starts[i + 1] += starts[i];
        return Column.Of<int>(starts);
    }

    /// <summary>Puts a row after those of its run; a dated run moves it to its place.</summary>
    private protected virtual void Put(T* run, int used, in T row) => run[used] = row;

    public ReadOnlySpan<T> this[int id] => new(Run(id, out var length), length);

    /// <summary>The rows of an id; none where it is not an id.</summary>
    private protected T* Run(int id, out int length)
    {
        length = 0;
        if (id < 0 || id >= ids) return first;
        var (from, end) = (begins[id], begins[id + 1]);
        if (from < 0 || end < from || end > count)
            throw new InvalidDataException("a run of the code book is out of bounds");
        length = end - from;
        return first + from;
    }

    public ReadOnlySpan<T> Rows => rows.Span;

    /// <summary>Where the rows of each id begin, and the end.</summary>
    internal ReadOnlySpan<int> Starts => starts.Span;
}

/// <summary>Rows sorted by id, each run first by from. A look-up is two loads and a short scan.</summary>
internal sealed unsafe class DatedRuns<T> : Runs<T> where T : unmanaged, IDated
{
    internal DatedRuns(Column<int> starts, Column<T> rows) : base(starts, rows) { }

    internal DatedRuns(int ids, ReadOnlySpan<int> idOf, ReadOnlySpan<T> all) : base(ids, idOf, all) { }

    private protected override void Put(T* run, int used, in T row)
    {
        for (; used > 0 && run[used - 1].Dates.FromDay > row.Dates.FromDay; used--) run[used] = run[used - 1];
        run[used] = row;
    }

    /// <summary>The row in force on the day.</summary>
    public bool TryGet(int id, int day, out T row)
    {
        ref readonly var found = ref Find(id, day);
        row = Unsafe.IsNullRef(in found) ? default : found;
        return !Unsafe.IsNullRef(in found);
    }

    /// <summary>The row in force on the day without copying it; a null reference when there is none.</summary>
    public ref readonly T Find(int id, int day)
    {
        var run = Run(id, out var length);
        for (var i = 0; i < length; i++)
            if (run[i].Dates.Contains(day)) return ref run[i];
        return ref Unsafe.NullRef<T>();
    }
}
