namespace Deltoid.Findings;

/// <summary>
/// Findings in the order they were made; a worker keeps one and clears it for every claim. Belongs to one thread.
/// </summary>
public sealed class FindingList
{
    Finding[] items = new Finding[16];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The finding at an index from 0.</summary>
    public ref readonly Finding this[int index] => ref items.AsSpan(0, Count)[index];

    /// <summary>All of them. The span holds until the list is changed.</summary>
    public ReadOnlySpan<Finding> Span => items.AsSpan(0, Count);

    /// <summary>Removes all; the memory is kept for the next claim.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds a finding at the end.</summary>
    public void Add(in Finding finding)
    {
        if (Count == items.Length) Array.Resize(ref items, Count * 2);
        items[Count] = finding;
        Count++;
    }

    internal void Add(FindingInfo info, Place place, Arg a = default, Arg b = default, Arg c = default, Arg d = default,
        int otherLine = 0, Change first = default, Change second = default) =>
        Add(new Finding
        {
            Info = info, Place = place, A = a, B = b, C = c, D = d, OtherLine = otherLine, First = first,
            Second = second, Severity = info.Severity
        });

    /// <summary>Adds the findings of another list at the end.</summary>
    public void AddAll(FindingList more)
    {
        foreach (ref readonly var finding in more.Span) Add(finding);
    }

    /// <summary>Takes one out again, before any are joined.</summary>
    internal void RemoveAt(int index)
    {
        items.AsSpan(index + 1, Count - index - 1).CopyTo(items.AsSpan(index));
        Count--;
    }

    /// <summary>Whether one has this id.</summary>
    public bool Has(string id)
    {
        foreach (ref readonly var finding in Span)
            if (finding.Info.Id == id) return true;
        return false;
    }

    /// <summary>Puts the finding at <paramref name="index"/> under another one: joined, not deleted.</summary>
    public void Join(int index, int under) => items[index] = items[index] with { Under = under + 1 };

    /// <summary>Ties a finding made on the chart to the claim line that came of it.</summary>
    public void SetLine(int index, int line, Field field) =>
        items[index] = items[index] with { Place = items[index].Place.OnLine(line, field) };

    /// <summary>Keeps some kinds; what was joined to one that goes is on its own.</summary>
    public void Keep(Func<FindingInfo, bool> keeps)
    {
        Span<int> places = Count <= 256 ? stackalloc int[Count] : new int[Count]; // from 1; 0 for one that goes
        var kept = 0;
        for (var i = 0; i < Count; i++) places[i] = keeps(items[i].Info) ? ++kept : 0;
        if (kept == Count) return;
        for (var i = 0; i < Count; i++)
            if (places[i] > 0)
                items[places[i] - 1] = items[i] with { Under = items[i].Under > 0 ? places[items[i].Under - 1] : 0 };
        Count = kept;
    }

    /// <summary>
    /// Orders by line, then by place in the chart, then by id, so that the order of evaluation never shows.
    /// </summary>
    /// <remarks>A finding is large: of a few, as most claims have, each is moved once.</remarks>
    public void Sort()
    {
        if (Count > Few)
        {
            items.AsSpan(0, Count).Sort(static (x, y) => Compare(x, y));
            return;
        }
        if (IsInOrder()) return;
        if (sorted.Length != items.Length) (sorted, order) = (new Finding[items.Length], new int[items.Length]);
        for (var i = 0; i < Count; i++) order[i] = i;
        Insert();
        for (var i = 0; i < Count; i++) sorted[i] = items[order[i]];
        (items, sorted) = (sorted, items);
    }

    const int Few = 16;

    Finding[] sorted = [];
    int[] order = [];

    bool IsInOrder()
    {
        for (var i = 1; i < Count; i++)
            if (Compare(items[i - 1], items[i]) > 0) return false;
        return true;
    }

    /// <summary>Puts the indexes in order; equal findings stay as they came.</summary>
    void Insert()
    {
        for (var i = 1; i < Count; i++)
        {
            var at = i;
            for (; at > 0 && Compare(items[order[at - 1]], items[i]) > 0; at--) order[at] = order[at - 1];
            order[at] = i;
        }
    }

    static int Compare(in Finding x, in Finding y)
    {
        var order = x.Place.Line.CompareTo(y.Place.Line);
        if (order == 0) order = (int)x.Place.Part - (int)y.Place.Part; // CompareTo of an enumeration boxes
        if (order == 0) order = x.Place.Ordinal.CompareTo(y.Place.Ordinal);
        if (order == 0) order = x.Info.Order.CompareTo(y.Info.Order);
        if (order == 0 && x.Info != y.Info) order = string.CompareOrdinal(x.Info.Id, y.Info.Id);
        if (order == 0) order = x.OtherLine.CompareTo(y.OtherLine);
        if (order == 0) order = x.A.Value.CompareTo(y.A.Value);
        return order == 0 ? x.B.Value.CompareTo(y.B.Value) : order;
    }
}
