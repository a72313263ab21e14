using Deltoid.X12.Segments;

namespace Deltoid.X12.Guides;

/// <summary>
/// A set that is read in parts: what was left out between what was copied for a part and the part, and loops that end
/// with the part.
/// </summary>
sealed partial class GuideWalk
{
    static readonly ulong[] CutAt =
        [SegmentReader.PackOf("HL"), SegmentReader.PackOf("LX"), SegmentReader.PackOf("CLP")];

    /// <summary>
    /// Segments were left out here, between what was copied for a part and the part: the loops that a set is cut at
    /// stood there, and what was open inside one was closed and judged where they stood.
    /// </summary>
    public void PassOver()
    {
        if (levels[0].Loop < 0) return;
        while (depth > 0 && !IsCutAt(levels[depth].Loop)) depth--;
        for (var level = 0; level <= depth; level++) PassOver(ref levels[level]);
    }

    /// <summary>How often a loop stood there, and where first, is not known here: once, nowhere.</summary>
    void PassOver(ref Level level)
    {
        var entries = guide.Loops[level.Loop].Entries;
        for (var i = 0; i < entries.Length; i++)
        {
            ref var entry = ref entries[i];
            if (entry.Child < 0 || !IsCutAt(entry.Child) || (level.Seen >> i & 1) != 0) continue;
            level.Seen |= 1UL << i;
            (counts[entry.Counter], keys[entry.Counter], firsts[entry.Counter]) = (1, 0, default);
        }
    }

    bool IsCutAt(int loop) => Array.IndexOf(CutAt, guide.Segments[guide.Loops[loop].First].Id) >= 0;

    /// <summary>
    /// Closes the loops inside this one at the end of a part: a segment follows that belongs to it. What is missing in
    /// them is reported where that segment begins, as it is when the set is read in one piece.
    /// </summary>
    public void CloseTo(int loop, SegmentReader segment)
    {
        closing = segment.End + 1;
        while (closing < segment.Limit
            && segment.Buffer[closing] is (byte)'\n' or (byte)'\r' or (byte)' ' or (byte)'\t')
            closing++;
        faults.Ordinal++;
        while (depth > 0 && levels[depth].Loop != loop) Close(segment);
        faults.Ordinal--;
        closing = -1;
    }

    int closing = -1; // where the segment begins that is not here

    int At(SegmentReader segment) => closing >= 0 ? closing : segment.Start;
}
