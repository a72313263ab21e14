using Deltoid.Findings;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Guides;

/// <summary>
/// A segment with an element separator too many, or too few: what follows is in the wrong places and breaks several
/// rows, but it is one fault. It is found by reading the segment without one of its empty elements, or with one more,
/// where that leaves nothing wrong.
/// </summary>
sealed class ShiftedSegment(Guide guide)
{
    /// <summary>Longer segments are not tried, and no more than this many of a set.</summary>
    const int MostElements = 30, MostBytes = 1024, MostTried = 100;

    readonly SegmentReader trial = new();
    readonly Faults silent = new() { Quiet = true };
    readonly byte[] text = new byte[MostBytes + 2];
    ElementChecks? checks;
    int tried;

    /// <summary>A set begins.</summary>
    public void Begin() => tried = 0;

    /// <summary>Looks for the separator.</summary>
    /// <param name="last">The last element that was reported: the separator is before it.</param>
    /// <param name="isExtra">It is one too many; else one is missing.</param>
    /// <returns>The first element, or component, that is in the wrong place; 0 where this is not what
    /// happened.</returns>
    public (int Element, int Component) Find(SegmentReader segment, SegmentRow row, int last, out bool isExtra)
    {
        isExtra = true;
        if (segment.Elements is < 2 or > MostElements || segment.End - segment.Start > MostBytes)
            return default;
        if (tried++ >= MostTried) return default;
        var separator = segment.Delimiters.Element;
        for (var element = Math.Min(last, segment.Elements); element >= 2; element--)
            if (segment.LengthOf(element) > 0 && segment.LengthOf(element - 1) == 0
                && IsFine(segment, row, segment.StartOf(element), separator, isExtra: true))
                return (element, 0);
        isExtra = false;
        for (var element = Math.Min(last, segment.Elements); element >= 1; element--)
            if (segment.LengthOf(element) > 0
                && IsFine(segment, row, segment.StartOf(element), separator, isExtra: false))
                return (element, 0);
        if (last > segment.Elements || segment.MarksInside(last).IsEmpty) return default;
        foreach (var extra in (ReadOnlySpan<bool>)[true, false])
            if (FindPart(segment, row, last, isExtra = extra) is > 0 and var part) return (last, part);
        return default;
    }

    /// <summary>The same among the components of an element that is not repeated.</summary>
    int FindPart(SegmentReader segment, SegmentRow row, int element, bool isExtra)
    {
        var close = segment.StartOf(element) + segment.LengthOf(element);
        var marks = segment.MarksInside(element);
        while (marks.Length > 0 && marks[^1] >= close) marks = marks[..^1]; // of later elements
        for (var part = Math.Min(marks.Length, MostElements); part >= 1; part--)
        {
            var at = marks[part - 1] + 1; // of the component after the mark
            var end = part < marks.Length ? marks[part] : close;
            if (at >= end || (isExtra && segment.Buffer[at - 2] != segment.Delimiters.Component)) continue;
            if (IsFine(segment, row, at, segment.Delimiters.Component, isExtra)) return part + 1;
        }
        return 0;
    }

    /// <summary>The segment without the separator before a place, or with one more there, has no fault.</summary>
    bool IsFine(SegmentReader segment, SegmentRow row, int at, byte separator, bool isExtra)
    {
        var source = segment.Buffer.AsSpan(segment.Start, segment.End - segment.Start);
        var cut = at - segment.Start;
        source[..cut].CopyTo(text);
        var target = isExtra ? cut - 1 : cut + 1;
        if (!isExtra) text[cut] = separator;
        source[cut..].CopyTo(text.AsSpan(target));
        var length = target + source.Length - cut;
        text[length] = segment.Delimiters.Segment;
        trial.Open(text, 0, length + 1, segment.Delimiters);
        checks ??= new ElementChecks(guide, trial, silent);
        silent.Guide = guide;
        silent.Count = 0;
        return trial.Next() && trial.Id == row.Id && (checks.Check(row) || silent.Count == 0);
    }

    /// <summary>The conditions that hold in the segment as it was meant.</summary>
    public ulong HoldsOf(SegmentRow row) => checks!.HoldsOf(row);
}
