using Deltoid.Findings;
using Deltoid.X12.Guides;

namespace Deltoid.Tests;

/// <summary>
/// A specimen with one fault, and the finding that must come of it: of which kind, of which row, and where exactly.
/// </summary>
internal sealed class RowSample(FindingInfo info, int row, SpecimenText text, WrittenSegment at)
{
    public FindingInfo Info { get; } = info;

    /// <summary>The row that the finding names; 0 of none.</summary>
    public int Row { get; } = row;

    public SpecimenText Text { get; } = text;

    public WrittenSegment At { get; } = at;

    public int Element { get; init; }

    public int Component { get; init; }

    public int Repeat { get; init; }

    /// <summary>From the beginning of the segment.</summary>
    public required Func<int> Offset { get; init; }

    /// <summary>It stands outside a set.</summary>
    public bool IsEnvelope { get; init; }

    /// <summary>What was changed: findings that rest on it may follow.</summary>
    public List<SpecimenTerm> Changed { get; } = [];

    /// <summary>Segments of a loop that is not known any more.</summary>
    public HashSet<int> Lost { get; } = [];

    public bool IsMetBy(in Finding finding)
    {
        var (place, named) = (finding.Source, finding.A.Kind == ArgKind.Row ? (int)finding.A.Value : 0);
        return finding.Info == Info && named == Row && (IsEnvelope || place is { Interchange: 1, Group: 1, Set: 1 })
            && place.Segment == At.Ordinal && place.Element == Element && place.Component == Component
            && place.Repeat == Repeat
            && place.ByteOffset == Offset();
    }

    public string Expected(Guide guide) =>
        $"{Info.Id} {Info.Name} {(Row > 0 ? guide.RowId(Row) : "no row")} segment {At.Ordinal} "
            + $"element {Element}-{Component} repeat {Repeat} byte {Offset()}";
}

/// <summary>Changes a copy of a specimen.</summary>
internal sealed class FaultMaker
{
    readonly SpecimenBuilder builder;
    readonly SpecimenSums sums;

    public FaultMaker(Guide guide)
    {
        Guide = guide;
        builder = new SpecimenBuilder(guide, 7);
        sums = new SpecimenSums(builder);
    }

    public Guide Guide { get; }

    public SpecimenBuilder Builder => builder;

    public SpecimenRule RuleOf(int row) => builder.Rules.Find(r => r.Row == row)!;

    public SpecimenLoop Root => builder.Root;

    public ElementSpec SpecOf(SegmentRow row, int element, int component) => builder.SpecOf(row, element, component);

    /// <summary>The tree as text, its numbers and sums written anew.</summary>
    public SpecimenText Written()
    {
        sums.Write();
        return new SpecimenText(Guide, Root);
    }

    /// <summary>Gives values of a segment the form that others of it name.</summary>
    public void Refine(SpecimenSegment segment) => sums.Refine(segment);

    /// <summary>The tree as text as it stands.</summary>
    public SpecimenText AsIs() => new(Guide, Root);

    /// <summary>Makes a fault at a node of a specimen.</summary>
    public RowSample? Make(GuideFault fault, SpecimenLoop specimen, int node)
    {
        builder.Open(specimen.Copy(null));
        return RowFaults.Make(this, fault, Find(node));
    }

    public SpecimenNode Find(int node)
    {
        foreach (var loop in Root.All())
        {
            if (loop.Id == node) return loop;
            foreach (var segment in loop.Segments)
                if (segment.Id == node) return segment;
        }
        throw new InvalidOperationException("the node is not there");
    }

    /// <summary>The first segment behind a place of a loop: at a higher position in the loop, or outside.</summary>
    public static SpecimenSegment Behind(SpecimenLoop loop, int position)
    {
        foreach (var item in loop.Items)
            if (item.Position > position) return item as SpecimenSegment ?? ((SpecimenLoop)item).First;
        return After(loop);
    }

    /// <summary>
    /// The first segment behind a place of a loop; where nothing stands behind it, what follows the loop in which that
    /// is judged.
    /// </summary>
    public static SpecimenSegment Behind(SpecimenLoop loop, int position, SpecimenLoop judged)
    {
        foreach (var item in loop.Items)
            if (item.Position > position && !IsBehind(loop, item, judged))
                return item as SpecimenSegment ?? ((SpecimenLoop)item).First;
        return After(judged);
    }

    /// <summary>The item comes when the loop in which is judged has ended.</summary>
    static bool IsBehind(SpecimenLoop loop, SpecimenNode item, SpecimenLoop judged)
    {
        if (loop == judged) return false;
        SpecimenNode own = judged;
        while (own.Parent != loop) own = own.Parent!;
        return loop.Items.IndexOf(item) > loop.Items.IndexOf(own);
    }

    /// <summary>The position in its loop of what a word names.</summary>
    public int PositionOf(SpecimenTerm term) =>
        Array.Find(Guide.Loops[term.Loop].Entries,
            e => term.Child >= 0 ? e.Child == term.Child : e.Child < 0 && e.Segment == term.Segment).Position;

    /// <summary>The segment that follows a loop; of the set itself its last.</summary>
    public static SpecimenSegment After(SpecimenLoop loop)
    {
        if (loop.Parent is null) return (SpecimenSegment)loop.Items[^1];
        var items = loop.Parent.Items;
        var next = items.IndexOf(loop) + 1;
        return next == items.Count
            ? After(loop.Parent)
            : items[next] as SpecimenSegment ?? ((SpecimenLoop)items[next]).First;
    }

    public static SpecimenTerm TermOf(SpecimenSegment segment, int element = 0) =>
        new(segment.Row.Loop, segment.Row.Index, element, 0, -1, [], false, false);

    public static SpecimenTerm TermOf(SpecimenLoop loop) => new(-1, -1, 0, 0, loop.Index, [], false, false);
}
