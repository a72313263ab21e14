using System.Buffers.Binary;
using Deltoid.Findings;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Guides;

/// <summary>
/// A segment with one separator too many, too few or of the wrong kind, with two elements in each other's place, or
/// with a code left out: what follows is in the wrong places and breaks several rows, but it is one fault. It is found
/// by reading the segment with that one thing mended, where that leaves nothing wrong.
/// </summary>
sealed class ShiftedSegment(Guide guide)
{
    /// <summary>Longer segments are not tried, and no more of a set after so many in which nothing was found.</summary>
    const int MostElements = 30, MostBytes = 1024, MostInVain = 20;

    /// <summary>So many elements in a row may be parts of one, and so many codes are tried where one is left out.</summary>
    const int MostParts = 3, MostCodes = 8;

    /// <summary>What was wrong, and the first element, or component, in which it shows.</summary>
    public readonly record struct Fault(FindingInfo Info, int Element, int Component);

    readonly SegmentReader trial = new();
    readonly Faults silent = new() { Quiet = true };
    readonly byte[] text = new byte[MostBytes + SegmentReader.Slack + 16];
    readonly byte[] swapped = new byte[MostBytes];
    ElementChecks? checks;
    SegmentReader segment = null!;
    SegmentRow row = null!;
    int inVain;

    /// <summary>A set begins.</summary>
    public void Begin() => inVain = 0;

    /// <summary>Looks for the one thing.</summary>
    /// <param name="last">The last element that was reported: what is wrong is not after it.</param>
    /// <param name="isOneFault">Only one was reported: a separator makes more, two elements that are swapped may
    /// not.</param>
    /// <returns>Its element is 0 where this is not what happened.</returns>
    public Fault Find(SegmentReader of, SegmentRow ofRow, int last, bool isOneFault)
    {
        (segment, row) = (of, ofRow);
        if (segment.Elements is < 1 or > MostElements || segment.End - segment.Start > MostBytes) return default;
        if (inVain >= MostInVain && !isOneFault) return default;
        last = Math.Min(last, segment.Elements);
        var found = isOneFault ? default : OfSeparators(last);
        if (found.Element == 0) found = Swapped(last, isOneFault);
        if (found.Element == 0 && !isOneFault) found = LeftOut(last);
        if (found.Element == 0 && !isOneFault) inVain++; // of one fault there is little to try
        return found;
    }

    Fault OfSeparators(int last)
    {
        var found = Extra(last);
        if (found.Element == 0) found = Missing(last);
        if (found.Element == 0) found = InParts(last);
        return found.Element == 0 ? Parted(last) : found;
    }

    Fault Extra(int last)
    {
        for (var element = last; element >= 2; element--)
            if (segment.LengthOf(element) > 0 && segment.LengthOf(element - 1) == 0
                && IsFine(segment.StartOf(element) - 1, 1, []))
                return new(X12Findings.SeparatorExtra, element, 0);
        return default;
    }

    Fault Missing(int last)
    {
        for (var element = last; element >= 1; element--)
            if (segment.LengthOf(element) > 0 && IsFine(segment.StartOf(element), 0, [segment.Delimiters.Element]))
                return new(X12Findings.SeparatorMissing, element, 0);
        return default;
    }

    /// <summary>Inside an element of components: a separator too many, too few, or one of elements is meant.</summary>
    Fault InParts(int last)
    {
        for (var element = last; element >= 1; element--)
        {
            var close = segment.StartOf(element) + segment.LengthOf(element);
            var marks = segment.MarksInside(element);
            while (marks.Length > 0 && marks[^1] >= close) marks = marks[..^1]; // of later elements
            for (var part = Math.Min(marks.Length, MostElements); part >= 1; part--)
            {
                var at = marks[part - 1] + 1; // of the component after the mark
                var isEmpty = at >= (part < marks.Length ? marks[part] : close);
                if (IsFine(at - 1, 1, [segment.Delimiters.Element]))
                    return new(X12Findings.SeparatorOfComponents, element, part + 1);
                if (isEmpty || element != last) continue;
                if (segment.Buffer[at - 2] == segment.Delimiters.Component && IsFine(at - 1, 1, []))
                    return new(X12Findings.SeparatorExtra, element, part + 1);
                if (IsFine(at, 0, [segment.Delimiters.Component]))
                    return new(X12Findings.SeparatorMissing, element, part + 1);
            }
        }
        return default;
    }

    /// <summary>The components of an element have separators of elements.</summary>
    Fault Parted(int last)
    {
        for (var element = 2; element <= Math.Min(last + 1, segment.Elements); element++)
        {
            if (element - 1 > row.Elements || guide.Specs[row.FirstSpec + element - 2].Components == 0) continue;
            for (var parts = 1; parts <= MostParts && element + parts - 1 <= segment.Elements; parts++)
            {
                var (at, thru) = (segment.StartOf(element) - 1, element + parts - 1);
                var source = segment.Buffer.AsSpan(at, segment.StartOf(thru) + segment.LengthOf(thru) - at);
                source.CopyTo(swapped);
                var joined = swapped.AsSpan(0, source.Length);
                joined.Replace(segment.Delimiters.Element, segment.Delimiters.Component);
                if (IsFine(at, source.Length, joined)) return new(X12Findings.SeparatorOfElements, element, 0);
            }
        }
        return default;
    }

    /// <summary>Two elements side by side in each other's place; of a value that has two faults one may be empty.</summary>
    Fault Swapped(int last, bool isOneFault)
    {
        var thru = Math.Min(last + 1, segment.Elements);
        for (var element = isOneFault ? Math.Max(last, 2) : 2; element <= thru; element++)
        {
            var (first, length) = (segment.StartOf(element - 1), segment.LengthOf(element - 1));
            var (second, after) = (segment.StartOf(element), segment.LengthOf(element));
            if (length + after == 0 || !Fits(element - 1, after) || !Fits(element, length)) continue;
            if ((length == 0 || after == 0) && (isOneFault || !IsFixed(element))) continue;
            var source = segment.Buffer.AsSpan();
            source.Slice(second, after).CopyTo(swapped);
            swapped[after] = segment.Delimiters.Element;
            source.Slice(first, length).CopyTo(swapped.AsSpan(after + 1));
            if (IsFine(first, length + 1 + after, swapped.AsSpan(0, length + 1 + after)))
                return new(X12Findings.ElementsSwapped, element, 0);
        }
        return default;
    }

    /// <summary>Whether an element takes a value of a length; of a number without looking at its sign and point.</summary>
    bool Fits(int element, int length)
    {
        if (element > row.Elements) return false;
        ref readonly var spec = ref guide.Specs[row.FirstSpec + element - 1];
        return spec.Components > 0 || length == 0 || (length >= spec.Least && length <= spec.Greatest + 2);
    }

    /// <summary>Of the element and the one before it one must be there, or must be empty.</summary>
    bool IsFixed(int element)
    {
        var specs = guide.Specs.AsSpan(row.FirstSpec + element - 2, 2);
        return specs[0].Use != Use.Situational || specs[1].Use != Use.Situational;
    }

    /// <summary>A code that must be there is left out together with its separator.</summary>
    Fault LeftOut(int last)
    {
        Span<byte> code = stackalloc byte[9];
        for (var element = 1; element <= Math.Min(last, row.Elements); element++)
        {
            ref readonly var spec = ref guide.Specs[row.FirstSpec + element - 1];
            if (spec.Use != Use.Required || spec.Codes < 0) continue;
            var values = guide.CodeSets[spec.Codes].Values;
            foreach (var value in values.AsSpan(0, Math.Min(values.Length, MostCodes)))
            {
                BinaryPrimitives.WriteUInt64BigEndian(code, value);
                var length = code[..8].IndexOf((byte)0) is >= 0 and var end ? end : 8;
                code[length] = segment.Delimiters.Element;
                if (IsFine(segment.StartOf(element), 0, code[..(length + 1)]))
                    return new(X12Findings.ElementLeftOut, element, 0);
                code.Clear();
            }
        }
        return default;
    }

    /// <summary>The segment with some bytes at a place replaced has no fault.</summary>
    bool IsFine(int at, int removed, ReadOnlySpan<byte> added)
    {
        var source = segment.Buffer.AsSpan(segment.Start, segment.End - segment.Start);
        var cut = at - segment.Start;
        source[..cut].CopyTo(text);
        added.CopyTo(text.AsSpan(cut));
        source[(cut + removed)..].CopyTo(text.AsSpan(cut + added.Length));
        var length = source.Length - removed + added.Length;
        text[length] = segment.Delimiters.Segment;
        trial.Open(text, 0, length + 1, segment.Delimiters);
        checks ??= new ElementChecks(guide, trial, silent);
        silent.Guide = guide;
        silent.Count = 0;
        return trial.Next() && trial.Id == row.Id && (checks.Check(row) || silent.Count == 0);
    }

    /// <summary>The conditions that hold in the segment as it was meant.</summary>
    public ulong HoldsOf(SegmentRow of) => checks!.HoldsOf(of);
}
