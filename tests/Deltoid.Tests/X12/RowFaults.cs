using Deltoid.Findings;
using Deltoid.X12.Guides;

namespace Deltoid.Tests;

/// <summary>Makes the faults that the rows of a guide can have: each is one change of a specimen.</summary>
internal static partial class RowFaults
{
    /// <summary>Makes a fault at a place of a tree that may be changed; null where that place cannot have it.</summary>
    public static RowSample? Make(FaultMaker maker, GuideFault fault,
        SpecimenNode node) =>
        node is SpecimenLoop loop ? OfLoop(maker, fault, loop)
            : fault.Element == 0 || fault.Kind == FaultKind.NotUsed ? OfSegment(maker, fault, (SpecimenSegment)node)
            : OfElement(maker, fault, (SpecimenSegment)node);

    static RowSample? OfLoop(FaultMaker maker, GuideFault fault, SpecimenLoop loop) => fault.Kind switch
    {
        FaultKind.LeftOut => LoopLeftOut(maker, loop),
        FaultKind.TooOften => LoopTooOften(maker, loop),
        FaultKind.Twice => Twice(maker, loop, loop.First),
        FaultKind.OutOfSequence => LoopOutOfSequence(maker, loop),
        _ => Broken(maker, maker.RuleOf(fault.Row), loop),
    };

    static RowSample? OfSegment(FaultMaker maker, GuideFault fault, SpecimenSegment segment) => fault.Kind switch
    {
        FaultKind.LeftOut => SegmentLeftOut(maker, segment),
        FaultKind.TooOften => SegmentTooOften(maker, segment),
        FaultKind.Twice => Twice(maker, segment, segment),
        FaultKind.OutOfSequence => SegmentOutOfSequence(maker, segment),
        FaultKind.WithoutElements => WithoutElements(maker, segment),
        FaultKind.ElementTooMany => OneElementTooMany(maker, segment),
        FaultKind.NotUsed when fault.Component > 0 => ComponentFilled(maker, fault, segment),
        FaultKind.NotUsed => NotUsedFilled(maker, segment, fault.Element),
        _ => NoteBroken(maker, segment, fault.Syntax),
    };

    // ---- loops

    static RowSample LoopLeftOut(FaultMaker maker, SpecimenLoop loop)
    {
        var parent = loop.Parent!;
        parent.Items.RemoveAll(i => i is SpecimenLoop l && l.Index == loop.Index);
        var behind = FaultMaker.Behind(parent, loop.Position);
        return Of(maker.Written(), X12Findings.LoopMissing, loop.Row.Row, behind, loop);
    }

    static RowSample Of(SpecimenText text, FindingInfo info, int row, SpecimenSegment at, SpecimenNode changed,
        int element = 0, int component = 0)
    {
        var written = text.Of(at.Id);
        var sample = new RowSample(info, row, text, written)
        {
            Element = element, Component = component,
            Offset = () => element == 0 ? written.Start : written.StartOf(element)
        };
        Touch(sample, changed, element);
        return sample;
    }

    /// <summary>Notes what was changed: a segment or one of its elements, or a loop and all in it.</summary>
    static void Touch(RowSample sample, SpecimenNode changed, int element = 0)
    {
        if (changed is SpecimenSegment segment)
        {
            sample.Changed.Add(FaultMaker.TermOf(segment, element));
            return;
        }
        foreach (var loop in ((SpecimenLoop)changed).All())
        {
            sample.Changed.Add(FaultMaker.TermOf(loop));
            foreach (var inner in loop.Segments) sample.Changed.Add(FaultMaker.TermOf(inner));
        }
    }

    static RowSample LoopTooOften(FaultMaker maker, SpecimenLoop loop)
    {
        var parent = loop.Parent!;
        while (parent.Loops.Count(l => l.Index == loop.Index) <= loop.Row.Max) parent.Add(maker.Builder.Twin(loop));
        var last = parent.Loops.Last(l => l.Index == loop.Index);
        return Of(maker.Written(), X12Findings.TooManyLoops, loop.Row.Row, last.First, loop);
    }

    static RowSample? LoopOutOfSequence(FaultMaker maker, SpecimenLoop loop)
    {
        var parent = loop.Parent!;
        if (PlaceBehind(maker, parent, loop.Position, loop.First) is not { } place) return null;
        var moved = Move(maker, parent, loop, place, loop.Row.Required);
        return Of(maker.Written(), X12Findings.OutOfSequence, loop.Row.Row, ((SpecimenLoop)moved).First, loop);
    }

    /// <summary>
    /// Puts a node behind one that comes after it, where no loop that is open there takes it. One that must be there is
    /// put there once more, so that it is not missed where it belongs.
    /// </summary>
    static SpecimenNode Move(FaultMaker maker, SpecimenLoop parent, SpecimenNode node, SpecimenNode behind,
        bool isRequired)
    {
        var moved = isRequired ? maker.Builder.Twin(node) : node;
        if (!isRequired) parent.Items.Remove(node);
        moved.Parent = parent;
        parent.Items.Insert(parent.Items.IndexOf(behind) + 1, moved);
        return moved;
    }

    /// <summary>
    /// What comes after a place and takes nothing like the segment itself; where nothing does, something is put there.
    /// </summary>
    static SpecimenNode? PlaceBehind(FaultMaker maker, SpecimenLoop parent, int position, SpecimenSegment segment)
    {
        var guide = maker.Guide;
        foreach (var item in parent.Items.AsEnumerable().Reverse())
        {
            if (item.Position <= position || item is SpecimenSegment { Row.Name: "SE" }) continue;
            if (item is SpecimenSegment
                || OpenAtEnd((SpecimenLoop)item).All(l => !GuideFaults.Takes(guide, l.Row, segment.Row)))
                return item;
        }
        foreach (var entry in parent.Row.Entries.OrderByDescending(static e => e.Child < 0))
        {
            if (entry.Position <= position || guide.Segments[entry.Segment].Name == "SE") continue;
            if (entry.Child < 0 && maker.Builder.AddSegment(parent, entry.Segment) is { } made
                && IsKept(maker, segment, made))
                return made;
            if (entry.Child >= 0 && !GuideFaults.Takes(guide, guide.Loops[entry.Child], segment.Row)
                && maker.Builder.AddLoop(parent, entry.Child) is { } loop && IsKept(maker, segment, loop))
                return loop;
        }
        return null;
    }

    /// <summary>What was put there stays, and what the rules ask for because of it is put there too.</summary>
    static bool IsKept(FaultMaker maker, SpecimenSegment segment, SpecimenNode made)
    {
        segment.IsPinned = made.IsPinned = true;
        return maker.Builder.Repair();
    }

    /// <summary>The loops that are open behind a loop's last segment.</summary>
    static IEnumerable<SpecimenLoop> OpenAtEnd(SpecimenLoop loop)
    {
        for (SpecimenLoop? open = loop; open is not null; open = open.Items[^1] as SpecimenLoop) yield return open;
    }

    // ---- segments

    static RowSample SegmentLeftOut(FaultMaker maker, SpecimenSegment segment)
    {
        var loop = segment.Parent!;
        loop.Items.RemoveAll(i => i is SpecimenSegment s && s.Row == segment.Row);
        return Of(maker.Written(), X12Findings.SegmentMissing, segment.Row.Row,
            FaultMaker.Behind(loop, segment.Position), segment);
    }

    static RowSample SegmentTooOften(FaultMaker maker, SpecimenSegment segment)
    {
        var loop = segment.Parent!;
        while (loop.Segments.Count(s => s.Row == segment.Row) <= segment.Row.Max) loop.Add(maker.Builder.Twin(segment));
        return Of(maker.Written(), X12Findings.TooManySegments, segment.Row.Row,
            loop.Segments.Last(s => s.Row == segment.Row), segment);
    }

    static RowSample? SegmentOutOfSequence(FaultMaker maker, SpecimenSegment segment)
    {
        var loop = segment.Parent!;
        if (PlaceBehind(maker, loop, segment.Position, segment) is not { } place) return null;
        var moved = Move(maker, loop, segment, place, segment.Row.Required);
        return Of(maker.Written(), X12Findings.OutOfSequence, segment.Row.Row, (SpecimenSegment)moved, segment);
    }

    static RowSample WithoutElements(FaultMaker maker, SpecimenSegment segment)
    {
        var text = maker.AsIs();
        text.Of(segment.Id).Elements.Clear();
        return Of(text, X12Findings.EmptySegment, segment.Row.Row, segment, segment);
    }

    static RowSample OneElementTooMany(FaultMaker maker, SpecimenSegment segment)
    {
        var text = maker.AsIs();
        text.Of(segment.Id).Set(segment.Row.Elements + 1, "X");
        return Of(text, X12Findings.TooManyElements, segment.Row.Row, segment, segment, segment.Row.Elements + 1);
    }

    static RowSample NotUsedFilled(FaultMaker maker, SpecimenSegment segment, int element)
    {
        var text = maker.AsIs();
        text.Of(segment.Id).Set(element, segment.Row.Name == "ST" ? maker.Guide.Set.Versions[0] : "1");
        return Of(text, X12Findings.ElementNotUsed, segment.Row.Row, segment, segment, element);
    }

    /// <summary>A code that may stand once, of a loop that of its first segment, stands twice.</summary>
    static RowSample Twice(FaultMaker maker, SpecimenNode node, SpecimenSegment key)
    {
        var parent = node.Parent!;
        parent.Items.RemoveAll(i => i != node
            && (i is SpecimenSegment s
                ? node is SpecimenSegment && s.Row == key.Row
                : node is SpecimenLoop of && ((SpecimenLoop)i).Index == of.Index));
        var twin = maker.Builder.Twin(node);
        parent.Add(twin);
        return Of(maker.Written(), X12Findings.SaidTwice, key.Row.Row,
            twin is SpecimenLoop loop ? loop.First : (SpecimenSegment)twin, node, key.Row.KeyElement);
    }

    // ---- syntax notes

    static RowSample? NoteBroken(FaultMaker maker, SpecimenSegment segment, SyntaxNote note)
    {
        var members = GuideFaults.ElementsOf(note).FindAll(n => maker.SpecOf(segment.Row, n, 0).Use != Use.NotUsed);
        var (first, there) = (GuideFaults.ElementsOf(note)[0], members.FindAll(n => segment[n].Length > 0));
        var at = 0;
        void Clear(int n)
        {
            segment[n] = "";
            at = at == 0 ? n : Math.Min(at, n);
        }
        bool IsLoose(int n) => maker.SpecOf(segment.Row, n, 0).Use == Use.Situational;
        switch (note.Kind)
        {
            case 'P' or 'C' when there.Count == members.Count:
                if (members.FindLast(n => IsLoose(n) && (note.Kind == 'P' || n != first)) is > 0 and var one)
                    Clear(one);
                break;
            case 'R' or 'L':
                foreach (var n in there.Where(n => note.Kind == 'R' || n != first)) Clear(n);
                break;
            case 'G' when there.Count > 1:
                if (there.Find(n => IsLoose(n) && n != there[^1]) is > 0 and var gap) Clear(gap);
                break;
            case 'E' when there.Count == 1:
                maker.Builder.Fill(segment, members.First(n => n != there[0]), 0);
                at = members.Min();
                break;
        }
        if (at == 0 || (note.Kind == 'L' && segment[first].Length == 0)) return null;
        if (!segment.Written.Any()) return null; // a segment without elements is another fault
        if (note.Kind is 'R' or 'L') at = members.Where(n => note.Kind == 'R' || n != first).Min();
        return Of(maker.AsIs(), ElementChecks.InfoOf(note), segment.Row.Row, segment, segment, at);
    }
}
