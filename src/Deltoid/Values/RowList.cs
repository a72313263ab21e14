using System.Collections;

namespace Deltoid.Values;

/// <summary>
/// A list of rows. It is the library's own because a framework list of our structs is compiled anew in every process: a book with
/// framework lists opened in 220 ms, of which more than 100 ms went into that.
/// </summary>
public sealed class RowList<T> : IReadOnlyList<T>
{
    T[]? items;

    public RowList(int capacity = 0)
    {
        if (capacity > 0) items = new T[capacity];
    }

    public int Count { get; private set; }

    public T this[int index] => (uint)index < (uint)Count ? items![index] : throw new ArgumentOutOfRangeException(nameof(index));

    public Span<T> Span => new(items, 0, Count);

    public void Add(T item)
    {
        if (items is null || Count == items.Length) Grow();
        items![Count++] = item;
    }

    public void Clear() => Count = 0;

    public T[] ToArray()
    {
        var copy = new T[Count];
        for (var i = 0; i < Count; i++) copy[i] = items![i];
        return copy;
    }

    void Grow()
    {
        var larger = new T[Count < 4 ? 4 : Count * 2];
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
