using System.Runtime.CompilerServices;
using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>A row with its days of effect.</summary>
public interface IDated
{
    DateRange Dates { get; }
}

/// <summary>A table sorted by id: for each id a run of dated rows, first by from. A look-up is two loads and a short scan.</summary>
public sealed class DatedRuns<T> where T : struct, IDated
{
    readonly int[] starts;
    readonly T[] rows;

    /// <summary>Takes rows in any order: counted into their runs, and each short run put in order.</summary>
    internal DatedRuns(int ids, ReadOnlySpan<int> idOf, ReadOnlySpan<T> all)
    {
        starts = new int[ids + 1];
        foreach (var id in idOf) starts[id + 1]++;
        for (var i = 0; i < ids; i++) starts[i + 1] += starts[i];
        rows = new T[all.Length];
        var filled = new int[ids];
        for (var i = 0; i < all.Length; i++)
        {
            var id = idOf[i];
            var slot = starts[id] + filled[id]++;
            for (; slot > starts[id] && rows[slot - 1].Dates.FromDay > all[i].Dates.FromDay; slot--) rows[slot] = rows[slot - 1];
            rows[slot] = all[i];
        }
    }

    public ReadOnlySpan<T> this[int id] => id < 0 ? default : rows.AsSpan(starts[id], starts[id + 1] - starts[id]);

    /// <summary>The row in force on the day.</summary>
    public bool TryGet(int id, int day, out T row)
    {
        if (id >= 0)
            for (var i = starts[id]; i < starts[id + 1]; i++)
                if (rows[i].Dates.Contains(day)) { row = rows[i]; return true; }
        row = default;
        return false;
    }

    /// <summary>The row in force on the day without copying it; a null reference when there is none.</summary>
    public ref readonly T Find(int id, int day)
    {
        if (id >= 0)
            for (var i = starts[id]; i < starts[id + 1]; i++)
                if (rows[i].Dates.Contains(day)) return ref rows[i];
        return ref Unsafe.NullRef<T>();
    }

    public ReadOnlySpan<T> Rows => rows;
}
