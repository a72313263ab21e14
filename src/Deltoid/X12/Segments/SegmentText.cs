using Deltoid.Values;

namespace Deltoid.X12.Segments;

/// <summary>Elements of a segment that is kept as text, without its terminator.</summary>
static class SegmentText
{
    /// <summary>An element by its number, 0 for the segment's name; empty where the segment ends before it.</summary>
    public static ReadOnlySpan<byte> Element(ReadOnlySpan<byte> segment, int element, in Delimiters delimiters)
    {
        for (; element > 0; element--)
        {
            var cut = segment.IndexOf(delimiters.Element);
            if (cut < 0) return default;
            segment = segment[(cut + 1)..];
        }
        var end = segment.IndexOf(delimiters.Element);
        return end < 0 ? segment : segment[..end];
    }
}
