using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Deltoid.Codes.Packs;

/// <summary>
/// A run of values that stay where they are: in a mapped pack, or in an array that does not move. A look-up does not
/// ask which. What holds the memory is kept with it; a mapping is never undone while the process lives, so a book in
/// use stays whole.
/// </summary>
internal readonly unsafe struct Column<T> where T : unmanaged
{
    readonly T* start;
    readonly object? owner;

    internal Column(T* start, int count, object owner)
    {
        this.start = start;
        this.owner = owner;
        Count = count;
    }

    public int Count { get; }

    public ReadOnlySpan<T> Span => new(start, Count);

    /// <summary>
    /// The first value, for containers that check their places themselves: what is generic over a number or a
    /// framework's span over our structs is compiled again in every process.
    /// </summary>
    internal T* Start => start;

    /// <exception cref="ArgumentOutOfRangeException">It goes beyond the column.</exception>
    public Column<T> Slice(int from, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)from, (uint)Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(Count - from));
        return new(start + from, count, owner!);
    }

    public ref readonly T this[int index]
    {
        get
        {
            if ((uint)index >= (uint)Count) throw new ArgumentOutOfRangeException(nameof(index));
            return ref start[index];
        }
    }
}

/// <summary>Makes columns of arrays.</summary>
static unsafe class Column
{
    /// <summary>Copies values to where they stay.</summary>
    public static Column<T> Of<T>(ReadOnlySpan<T> values) where T : unmanaged
    {
        if (values.IsEmpty) return default;
        var kept = GC.AllocateUninitializedArray<T>(values.Length, pinned: true);
        values.CopyTo(kept);
        return new((T*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(kept)), kept.Length, kept);
    }
}
