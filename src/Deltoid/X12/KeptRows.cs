using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.X12;

/// <summary>
/// Finds the rows of segments that a claim kept without saying which they are, as claim JSON does: they stand in the order of the
/// guide, and each loop they are of begins with its first segment.
/// </summary>
static class KeptRows
{
    public static void Find(Claim claim, Guide guide)
    {
        var loop = 0;
        for (var i = 0; i < claim.Segments.Length; i++)
        {
            var segment = claim.Segments[i];
            if (segment.Row == 0 && segment.Ordinal == 0)
            {
                var row = RowOf(claim, segment, guide, loop);
                if (row < 0) continue;
                segment = segment with { Row = (ushort)(row + 1) };
                claim.Replace(i, segment);
            }
            if (segment.Row > 0) loop = guide.Segments[segment.Row - 1].Loop;
        }
    }

    /// <summary>The nearest row that the segment can be: in the loop, in a loop that begins here, further out, and only then anywhere behind.</summary>
    static int RowOf(Claim claim, in ClaimSegment segment, Guide guide, int loop)
    {
        var text = claim[segment.Text];
        var name = Cut.Packed(Element(text, 0, claim.Delimiters));
        var (best, bestRank) = (-1, Never);
        for (var row = 0; row < guide.Segments.Length; row++)
        {
            var of = guide.Segments[row];
            if (of.Id != name || (of.Keys.Length > 0 && Array.IndexOf(of.Keys, Cut.Packed(Component(Element(text, of.KeyElement, claim.Delimiters), claim.Delimiters))) < 0)) continue;
            var rank = RankOf(guide, loop, of.Loop, isFirst: guide.Loops[of.Loop].First == row);
            if (rank < bestRank) (best, bestRank) = (row, rank);
        }
        return best;
    }

    const int Never = int.MaxValue;

    /// <summary>
    /// How far a row is: 0 in the loop itself, then 2 for each step out; a loop that begins counts as of the loop it begins in, and half a
    /// step more. A loop that begins may also stand anywhere behind, a segment of the claim itself anywhere before its lines.
    /// </summary>
    static int RankOf(Guide guide, int from, int to, bool isFirst)
    {
        if (isFirst) foreach (var parent in guide.Loops[to].Parents) if (Steps(guide, from, parent) is >= 0 and var steps) return (2 * steps) + 1;
        if (!isFirst && Steps(guide, from, to) is >= 0 and var up) return 2 * up;
        return isFirst || guide.Loops[to].Name == "2300" ? 1000 + to : Never;
    }

    /// <summary>How many loops out one loop is from another, or -1.</summary>
    static int Steps(Guide guide, int from, int to)
    {
        var steps = 0;
        while (from != to)
        {
            if (guide.Loops[from].Parents.Length == 0) return -1;
            from = guide.Loops[from].Parents[^1];
            steps++;
        }
        return steps;
    }

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

    static ReadOnlySpan<byte> Component(ReadOnlySpan<byte> element, in Delimiters delimiters)
    {
        var end = element.IndexOf(delimiters.Component);
        return end < 0 ? element : element[..end];
    }
}
