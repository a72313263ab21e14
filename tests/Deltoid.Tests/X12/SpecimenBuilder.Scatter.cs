using Deltoid.X12.Guides;

namespace Deltoid.Tests;

/// <summary>
/// Sets in which each loop, segment and element that need not be there is there or not by chance. No rule is asked.
/// </summary>
internal sealed partial class SpecimenBuilder
{
    /// <summary>A set of claims by chance; every level that has none below it has a claim.</summary>
    public SpecimenLoop Scatter() => Scatter(0, -1);

    SpecimenLoop Scatter(int index, int position)
    {
        var loop = new SpecimenLoop(guide.Loops[index], index) { Id = nextId++, Position = position };
        loop.Add(Scatter(guide.Segments[loop.Row.First], -1));
        foreach (var entry in loop.Row.Entries.OrderBy(static e => e.Position))
        {
            var isLoop = entry.Child >= 0;
            var isRequired = isLoop ? guide.Loops[entry.Child].Required : guide.Segments[entry.Segment].Required;
            for (var left =
                Count(isRequired, isLoop ? guide.Loops[entry.Child].Max
                    : guide.Segments[entry.Segment].Max); left > 0; left--)
                loop.Add(isLoop ? Scatter(entry.Child, entry.Position)
                    : Scatter(guide.Segments[entry.Segment], entry.Position));
        }
        if (loop.Row.Name is "2000B" or "2000C"
            && !loop.Loops.Any(static l => l.Row.Name is "2300" or "2000C"))
            AddClaim(loop);
        return loop;
    }

    void AddClaim(SpecimenLoop level)
    {
        var entry = Array.Find(level.Row.Entries, e => e.Child == guide.LoopIndex("2300"));
        level.Add(Scatter(entry.Child, entry.Position));
    }

    int Count(bool isRequired, int most)
    {
        if (!isRequired && !dice.OneIn(3)) return 0;
        return Math.Min(most, dice.OneIn(4) ? 2 + dice.Next(2) : 1);
    }

    SpecimenSegment Scatter(SegmentRow row, int position)
    {
        var segment = NewSegment(row, position);
        SpecimenTargets.ForEach(guide, row, (element, component, spec) =>
        {
            if (segment[element, component].Length == 0 && dice.OneIn(4)) Fill(segment, element, component);
        });
        return segment;
    }
}
