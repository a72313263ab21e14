using System.Collections;

namespace Deltoid.Values;

/// <summary>
/// A list of rows. It is the library's own because a framework list of our structs is compiled again in every process:
/// a book with framework lists opened in 220 ms, of which more than 100 ms went into that.
/// </summary>
internal sealed class RowList<T> : IReadOnlyList<T>
{
    T[]? items;

    public RowList(int capacity = 0)
    {
        if (capacity > 0) items = new T[capacity];
    }

    public int Count { get; private set; }

    public T this[int index] =>
        (uint)index < (uint)Count ? items![index] : throw new ArgumentOutOfRangeException(nameof(index));

    public Span<T> Span => new(items, 0, Count);

    public void Add(T item)
    {
        if (items is null || Count == items.Length) Grow(Count + 1);
        items![Count++] = item;
    }

    public void Clear() => Count = 0;

    /// <summary>Drops what is after the first rows.</summary>
    public void Truncate(int count) => Count = Math.Min(Count, count);

    /// <summary>Adds several at once.</summary>
    public void AddAll(ReadOnlySpan<T> more)
    {
        while (items is null || Count + more.Length > items.Length) Grow(Count + more.Length);
        more.CopyTo(items.AsSpan(Count));
        Count += more.Length;
    }

    public T[] ToArray()
    {
        var copy = new T[Count];
        for (var i = 0; i < Count; i++) copy[i] = items![i];
        return copy;
    }

    void Grow(int least)
    {
        var larger = new T[Math.Max(Math.Max(Count * 2, 4), least)];
        if (items is not null) Array.Copy(items, larger, Count);
        items = larger;
    }

    public Enumerator GetEnumerator() => new(this);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ToArray().GetEnumerator();

    /// <summary>Steps through the rows without allocating.</summary>
    public struct Enumerator(RowList<T> list)
    {
        int index = -1;

        public readonly T Current => list.items![index];

        public bool MoveNext() => ++index < list.Count;
    }
}
