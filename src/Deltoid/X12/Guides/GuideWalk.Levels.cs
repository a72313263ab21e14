using Deltoid.X12.Segments;

namespace Deltoid.X12.Guides;

/// <summary>A level (HL) with the code of another one: what follows it says which level it is.</summary>
sealed partial class GuideWalk
{
    static readonly ulong LevelName = SegmentReader.PackOf("HL");

    readonly bool[] isLevel; // by loop: it begins with HL

    static bool[] LevelsOf(Guide guide) =>
        Array.ConvertAll(guide.Loops, l => guide.Segments[l.First] is { KeyElement: > 1 } first
            && first.Id == LevelName);

    /// <summary>
    /// Whether a level can hold what comes next, up to the first segment that no other level takes; true where that is
    /// not known: a segment has no name, another level begins, or the text ends here.
    /// </summary>
    bool IsFollowed(int loop, SegmentReader segment)
    {
        var text = segment.Buffer.AsSpan(0, segment.Limit)[Math.Min(segment.End + 1, segment.Limit)..];
        var (element, end) = (segment.Delimiters.Element, segment.Delimiters.Segment);
        for (var n = 0; n < MostFollowing; n++)
        {
            text = text.TrimStart("\r\n \t"u8);
            var length = text.IndexOfAny(element, end);
            if (length is < 2 or > 3 || text[length] == end) return true;
            var id = Cut.Packed(text[..length]);
            var name = guide.NameNumber(id);
            if (name < 0 || id == LevelName) return true;
            text = text[(length + 1)..];
            length = text.IndexOfAny(element, end);
            if (length < 0) return true;
            var key = Cut.Packed(text[..length]);
            if (!Takes(loop, name, key)) return false;
            if (!IsShared(loop, name, key)) return true;
            length = text.IndexOf(end);
            if (length < 0) return true;
            text = text[(length + 1)..];
        }
        return true;
    }

    const int MostFollowing = 3;

    /// <summary>Whether another level takes such a segment too.</summary>
    bool IsShared(int loop, int name, ulong key)
    {
        for (var other = 0; other < isLevel.Length; other++)
            if (isLevel[other] && other != loop && Takes(other, name, key)) return true;
        return false;
    }

    /// <param name="key">The first element, packed; a namesake that another element marks counts too.</param>
    bool Takes(int loop, int name, ulong key)
    {
        var of = guide.Loops[loop];
        for (var i = (int)of.ByName[name]; i < of.ByName[name + 1]; i++)
            if (of.Candidates[i] is var candidate && (candidate.KeyElement != 1 || candidate.Fits(key))) return true;
        return false;
    }

    /// <summary>
    /// The entries that begin a level, of the loops that are open, but those of the segment's own code.
    /// </summary>
    IEnumerable<Mend> OtherLevels(ulong code)
    {
        for (var l = depth; l >= 0; l--)
            for (var e = 0; e < guide.Loops[levels[l].Loop].Entries.Length; e++)
                if (guide.Loops[levels[l].Loop].Entries[e].Child is >= 0 and var child && isLevel[child]
                    && guide.Segments[guide.Loops[child].First] is var first && Array.IndexOf(first.Keys, code) < 0)
                    yield return new(Mending.Recode, l, e);
    }

    /// <summary>Enters the level that follows; the check of its elements reports the code.</summary>
    int Recode(in Mend mend, SegmentReader segment)
    {
        while (depth > mend.Level) Close(segment);
        lost = false;
        return Enter(segment, mend.Entry);
    }
}
