using System.Buffers;
using Deltoid.Claims;
using Deltoid.Values;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Claims;

/// <summary>
/// Where the segments that a claim kept belong: the part of the claim, the line, the row of the guide. A claim that was
/// read from X12 knows the rows; claim JSON names the loops, and is put into the order of the guide.
/// </summary>
sealed class KeptPlaces
{
    /// <summary>Where one kept segment belongs.</summary>
    /// <param name="Line">The index of its line from 1, or 0.</param>
    /// <param name="IsFirst">Its loop is the first of its kind in the claim or line, which is the one that fields
    /// fill.</param>
    public readonly record struct Spot(Section Section, int Line, bool IsFirst);

    Spot[] spots = new Spot[64];
    UInt128[] keys = [];
    LoopChain chain = null!;
    Claim claim = null!;
    Guide guide = null!;

    public Spot this[int segment] => spots[segment];

    /// <summary>
    /// Loops that the guide does not have, or of lines that the claim does not have; their segments have the section
    /// <see cref="Section.Lost"/>.
    /// </summary>
    public List<string> Lost { get; } = [];

    /// <summary>
    /// Finds the places of all segments of a claim; those of claim JSON get their rows and the guide's order.
    /// </summary>
    public void Find(Claim of, Guide by)
    {
        claim = of;
        Lost.Clear();
        if (claim.Segments.IsEmpty) return;
        if (guide != by) (guide, chain) = (by, new LoopChain(by));
        var count = claim.Segments.Length;
        if (spots.Length < count) spots = new Spot[Math.Max(count, spots.Length * 2)];
        chain.Restart();
        if (IsAsRead()) FindAsRead();
        else FindNamed();
    }

    /// <summary>All are as a reader left them: in order, with their rows.</summary>
    bool IsAsRead()
    {
        foreach (ref readonly var segment in claim.Segments)
            if (segment.Place > 0 || (segment is { Ordinal: 0, Row: 0 } && !IsEnvelope(segment))) return false;
        return true;
    }

    bool IsEnvelope(in ClaimSegment segment) => EnvelopeOf(claim[segment.Text]) > 0;

    /// <summary>1 of an ISA, 2 of a GS, else 0.</summary>
    static int EnvelopeOf(ReadOnlySpan<byte> text) => text.StartsWith("ISA"u8) ? 1 : text.StartsWith("GS"u8) ? 2 : 0;

    void FindAsRead()
    {
        for (var i = 0; i < claim.Segments.Length; i++)
        {
            var row = claim.Segments[i].Row - 1;
            if (row >= 0) chain.Follow(row);
            spots[i] = new(chain.Section, chain.Line, chain.IsFirst);
        }
    }

    void FindNamed()
    {
        var count = claim.Segments.Length;
        if (keys.Length < count) keys = new UInt128[Math.Max(64, count * 2)];
        chain.RestartOrder();
        var isInOrder = true;
        for (var i = 0; i < count; i++)
        {
            Place(i);
            var isLost = spots[i].Section == Section.Lost;
            isInOrder &= isLost ? i == count - 1 : chain.IsInOrder();
            keys[i] = ((isLost ? UInt128.MaxValue : chain.Order) << 32) | (uint)i;
        }
        if (!isInOrder) Sort(count);
    }

    void Sort(int count)
    {
        Array.Sort(keys, 0, count);
        var (oldSegments, oldSpots) = (claim.Segments.ToArray(), spots.AsSpan(0, count).ToArray());
        for (var i = 0; i < count; i++)
        {
            var from = (int)(uint)(keys[i] & uint.MaxValue);
            claim.Replace(i, oldSegments[from]);
            spots[i] = oldSpots[from];
        }
    }

    void Place(int i)
    {
        var segment = claim.Segments[i];
        var text = claim[segment.Text];
        var isAgain = segment.Place > 0 && i > 0 && claim.Segments[i - 1].Place == segment.Place;
        if (isAgain ? spots[i - 1].Section == Section.Lost : segment.Place > 0 && !Enter(claim.PlaceOf(segment)))
        {
            if (!isAgain) Lost.Add(System.Text.Encoding.ASCII.GetString(claim.PlaceOf(segment)));
            spots[i] = new(Section.Lost, 0, false);
            return;
        }
        if (segment.Place == 0 && EnvelopeOf(text) is > 0 and var which) chain.EnterEnvelope(which);
        else if (segment.Place == 0 || !chain.InEnvelope) Follow(i, segment);
        spots[i] = new(chain.Section, chain.Line, chain.IsFirst);
    }

    /// <summary>Finds the segment's row: in its loop where that is named, else near the one before it.</summary>
    void Follow(int i, ClaimSegment segment)
    {
        var text = claim[segment.Text];
        var row = segment.Row > 0 ? segment.Row - 1
            : segment.Place > 0 ? RowIn(chain.Loop, text)
            : segment.Ordinal == 0 ? Nearest(text) : -1;
        if (row < 0) return;
        if (segment.Row == 0) claim.Replace(i, segment with { Row = (ushort)(row + 1) });
        if (segment.Place > 0) chain.Reach(row);
        else chain.Follow(row);
        if (segment.Place == 0 && row == chain.LineStart) chain.Line = IndexOfLine(segment, text);
    }

    /// <summary>The line that a kept LX without a place begins: that of its number, or the next one.</summary>
    int IndexOfLine(in ClaimSegment segment, ReadOnlySpan<byte> text) =>
        segment.Ordinal == 0 && Digits.TryScaled(SegmentText.Element(text, 1, claim.Delimiters), 0, out var number)
            ? (int)Math.Clamp(number, 1, int.MaxValue) : chain.Line;

    /// <summary>Goes to a loop by its path; false where the guide or the claim has no such loop.</summary>
    bool Enter(ReadOnlySpan<byte> path)
    {
        chain.Begin();
        if (path.SequenceEqual("ISA"u8) || path.SequenceEqual("GS"u8))
        {
            chain.EnterEnvelope(EnvelopeOf(path));
            return true;
        }
        while (!path.IsEmpty)
        {
            if (!LoopPath.Step(ref path, out var name, out var number)) return false;
            var loop = guide.LoopIndex(name);
            if (loop < 0) return false;
            if (loop == chain.LineLoop) number = claim.IndexOf(number) + 1;
            if (number == 0 || !chain.Step(loop, number)) return false;
        }
        if (chain.Section != Section.Line || chain.Line > 0) return true;
        chain.Line = 1; // a claim of one line need not say which
        return claim.Lines.Length == 1;
    }

    /// <summary>
    /// The row of a loop that a segment has by its name and its code; of one name alone whatever its code; or -1.
    /// </summary>
    int RowIn(int loop, ReadOnlySpan<byte> text)
    {
        var name = Cut.Packed(SegmentText.Element(text, 0, claim.Delimiters));
        var (found, named) = (-1, 0);
        for (var row = guide.Loops[loop].First; row < guide.Segments.Length && guide.Segments[row].Loop == loop; row++)
        {
            if (guide.Segments[row].Id != name) continue;
            if (HasKey(text, guide.Segments[row])) return row;
            (found, named) = (row, named + 1);
        }
        return named == 1 ? found : -1;
    }

    bool HasKey(ReadOnlySpan<byte> text, SegmentRow row)
    {
        if (row.Keys.Length == 0) return true;
        var element = SegmentText.Element(text, row.KeyElement, claim.Delimiters);
        var end = element.IndexOf(claim.Delimiters.Component);
        return Array.IndexOf(row.Keys, Cut.Packed(end < 0 ? element : element[..end])) >= 0;
    }

    /// <summary>
    /// The nearest row that the segment can be: in the loop, in a loop that begins here, further out, and only then
    /// anywhere later.
    /// </summary>
    int Nearest(ReadOnlySpan<byte> text)
    {
        var name = Cut.Packed(SegmentText.Element(text, 0, claim.Delimiters));
        var (best, bestRank) = (-1, Never);
        for (var row = 0; row < guide.Segments.Length; row++)
        {
            var of = guide.Segments[row];
            if (of.Id != name || !HasKey(text, of)) continue;
            var rank = RankOf(chain.Loop, of.Loop, isFirst: guide.Loops[of.Loop].First == row);
            if (rank < bestRank) (best, bestRank) = (row, rank);
        }
        return best;
    }

    const int Never = int.MaxValue;

    /// <summary>
    /// How far a row is: 0 in the loop itself, then 2 for each step out; a loop that begins counts as of the loop it
    /// begins in, and half a step more. A loop that begins may also be anywhere later, a segment of the claim itself
    /// anywhere before its lines.
    /// </summary>
    int RankOf(int from, int to, bool isFirst)
    {
        if (isFirst)
            foreach (var parent in guide.Loops[to].Parents)
                if (Steps(from, parent) is >= 0 and var steps) return (2 * steps) + 1;
        if (!isFirst && Steps(from, to) is >= 0 and var up) return 2 * up;
        return isFirst || guide.Loops[to].Name == "2300" ? 1000 + to : Never;
    }

    /// <summary>How many loops out one loop is from another, or -1.</summary>
    int Steps(int from, int to)
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
}
