using Deltoid.X12.Segments;

namespace Deltoid.X12.Guides;

/// <summary>
/// Loops that are opened although they have no place where they begin, so that what is in them can be read.
/// </summary>
sealed partial class GuideWalk
{
    /// <summary>Whether a loop is open that may hold one of this kind.</summary>
    public bool MayHold(int loop)
    {
        for (var level = depth; level >= 0; level--)
            if (levels[level].Loop >= 0 && Array.IndexOf(guide.Loops[loop].Parents, levels[level].Loop) >= 0)
                return true;
        return false;
    }

    /// <summary>
    /// Opens a loop in the innermost one around it that is open; loops between the two are not asked for. The caller
    /// reports what is missing.
    /// </summary>
    /// <returns>The row of the loop's first segment.</returns>
    public int Force(SegmentReader segment, int loop)
    {
        while (depth > 0 && !IsAround(levels[depth].Loop, loop)) Close(segment);
        var entries = guide.Loops[levels[depth].Loop].Entries;
        for (var i = 0; i < entries.Length; i++)
            if (entries[i].Child == loop || (entries[i].Child >= 0 && IsAround(entries[i].Child, loop)))
                levels[depth].Told |= 1UL << i;
        if (depth + 1 < MostLevels) levels[++depth] = new Level { Loop = loop };
        lost = false;
        return Noted(segment, guide.Loops[loop].First);
    }

    /// <summary>Whether a loop can be in another, however deep.</summary>
    bool IsAround(int outer, int loop)
    {
        foreach (var parent in guide.Loops[loop].Parents)
            if (parent == outer || IsAround(outer, parent)) return true;
        return false;
    }
}
