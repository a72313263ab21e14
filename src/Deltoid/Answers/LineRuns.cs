namespace Deltoid.Answers;

/// <summary>
/// What is said of a claim as a whole and of each of its lines, in one array that is used again: what is of the claim
/// (line 0) first, then line by line.
/// </summary>
internal sealed class LineRuns<T> where T : struct
{
    T[] items = new T[8];
    int[] ends = new int[8]; // by line: after its last item
    int last; // the last line that has items

    public int Count => ends[last];

    public Span<T> All => items.AsSpan(0, Count);

    /// <summary>What is said of a line, or with 0 of the claim as a whole.</summary>
    public Span<T> Of(int line)
    {
        if (line < 0 || line > last) return default;
        var start = line == 0 ? 0 : ends[line - 1];
        return items.AsSpan(start, ends[line] - start);
    }

    /// <summary>Adds to the end of what is said of a line.</summary>
    public void Add(int line, in T item)
    {
        if (line == last && ends[line] < items.Length)
        {
            items[ends[line]++] = item;
            return;
        }
        if (line > last) Begin(line);
        if (Count == items.Length) Array.Resize(ref items, Count * 2);
        var at = ends[line];
        if (line < last) Array.Copy(items, at, items, at + 1, Count - at);
        items[at] = item;
        for (var i = line; i <= last; i++) ends[i]++;
    }

    void Begin(int line)
    {
        if (line >= ends.Length) Array.Resize(ref ends, Math.Max(ends.Length * 2, line + 1));
        var count = Count;
        while (last < line) ends[++last] = count;
    }

    public void Clear() => (last, ends[0]) = (0, 0);

    public LineRuns<T> Copy() => new() { items = (T[])items.Clone(), ends = (int[])ends.Clone(), last = last };
}
