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

    internal DatedRuns(int ids, List<(int Id, T Row)> all)
    {
        all.Sort(static (x, y) => x.Id != y.Id ? x.Id.CompareTo(y.Id) : x.Row.Dates.FromDay.CompareTo(y.Row.Dates.FromDay));
        starts = new int[ids + 1];
        foreach (var (id, _) in all) starts[id + 1]++;
        for (var i = 0; i < ids; i++) starts[i + 1] += starts[i];
        rows = new T[all.Count];
        for (var i = 0; i < rows.Length; i++) rows[i] = all[i].Row;
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
