using Deltoid.X12.Guides;

namespace Deltoid.Tests;

/// <summary>
/// Makes up transaction sets that are right: from the guide's rows, with values that fit, until no rule asks for
/// anything more. What a specimen is made to show is pinned; the rest is changed as the rules want it.
/// </summary>
internal sealed partial class SpecimenBuilder
{
    readonly Guide guide;
    readonly Dice dice;
    readonly SpecimenValues values;
    readonly List<SpecimenRule>[] rules;
    int nextId = 1;

    public SpecimenBuilder(Guide guide, ulong seed)
    {
        (this.guide, dice) = (guide, new Dice(seed));
        values = new SpecimenValues(guide, dice);
        Rules = SpecimenRule.Of(guide);
        rules = [.. guide.Loops.Select((_, i) => Rules.FindAll(r => r.Home == i))];
        Root = NewLoop(0, -1);
    }

    public List<SpecimenRule> Rules { get; }

    public SpecimenLoop Root { get; private set; }

    public SpecimenValues Values => values;

    public Dice Dice => dice;

    public Guide Guide => guide;

    /// <summary>Goes on with a tree that is there already.</summary>
    public void Open(SpecimenLoop root) => (Root, nextId) = (root, 1_000_000);

    /// <summary>The same once more, as a node of its own.</summary>
    public SpecimenNode Twin(SpecimenNode node) =>
        node is SpecimenSegment segment ? TwinOf(segment) : TwinOf((SpecimenLoop)node);

    SpecimenSegment TwinOf(SpecimenSegment of)
    {
        var twin = new SpecimenSegment(of.Row) { Id = nextId++, Position = of.Position };
        for (var element = 1; element <= of.Row.Elements; element++) twin[element] = of[element];
        return twin;
    }

    SpecimenLoop TwinOf(SpecimenLoop of)
    {
        var twin = new SpecimenLoop(of.Row, of.Index) { Id = nextId++, Position = of.Position };
        foreach (var item in of.Items)
        {
            var inner = Twin(item);
            inner.Parent = twin;
            twin.Items.Add(inner);
        }
        return twin;
    }

    /// <summary>Begins again with what every set has.</summary>
    public bool Restart()
    {
        Root = NewLoop(0, -1);
        return Repair();
    }

    SpecimenLoop NewLoop(int index, int position)
    {
        var loop = new SpecimenLoop(guide.Loops[index], index) { Id = nextId++, Position = position };
        loop.Add(NewSegment(guide.Segments[loop.Row.First], -1));
        foreach (var entry in loop.Row.Entries)
        {
            if (entry.Child < 0 && guide.Segments[entry.Segment].Required)
                loop.Add(NewSegment(guide.Segments[entry.Segment], entry.Position));
            else if (entry.Child >= 0 && guide.Loops[entry.Child].Required)
                loop.Add(NewLoop(entry.Child, entry.Position));
        }
        return loop;
    }

    public SpecimenSegment NewSegment(SegmentRow row, int position)
    {
        var segment = new SpecimenSegment(row) { Id = nextId++, Position = position };
        for (var element = 1; element <= row.Elements; element++)
            if (guide.Specs[row.FirstSpec + element - 1].Use == Use.Required) Fill(segment, element, 0);
        if (!segment.Written.Any()) FillAny(segment);
        return segment;
    }

    /// <summary>A segment has some element.</summary>
    void FillAny(SpecimenSegment segment)
    {
        List<int> used = [];
        for (var element = 1; element <= segment.Row.Elements; element++)
            if (SpecOf(segment.Row, element, 0).Use != Use.NotUsed && !segment.IsBarred(element, 0)) used.Add(element);
        if (used.Count > 0) Fill(segment, dice.Of(used), 0);
    }

    public ElementSpec SpecOf(SegmentRow row, int element, int component)
    {
        var spec = guide.Specs[row.FirstSpec + element - 1];
        if (spec.Components == 0) return component <= 1 ? spec : default;
        return component == 0 ? spec : guide.Specs[spec.FirstComponent + component - 1];
    }

    /// <summary>
    /// Gives an element a value; of a composite the components that must be there, and the one that is asked for.
    /// </summary>
    public void Fill(SpecimenSegment segment, int element, int component)
    {
        var spec = SpecOf(segment.Row, element, 0);
        if (spec.Components == 0)
        {
            segment[element] = values.Of(spec, segment, element, 0);
            return;
        }
        for (var i = 1; i <= spec.Components; i++)
        {
            var part = guide.Specs[spec.FirstComponent + i - 1];
            if ((part.Use == Use.Required && segment[element, i].Length == 0) || i == component)
                segment[element, i] = values.Of(part, segment, element, i);
        }
    }

    static int EntryOf(SpecimenLoop loop, Predicate<Entry> is_) => Array.FindIndex(loop.Row.Entries, is_);

    public SpecimenSegment? AddSegment(SpecimenLoop loop, int row)
    {
        var entry = EntryOf(loop, e => e.Segment == row && e.Child < 0);
        if (entry < 0 || loop.IsBarred(row)
            || loop.Segments.Count(s => s.Row.Index == row) >= loop.Row.Entries[entry].Max)
            return null;
        var segment = NewSegment(guide.Segments[row], loop.Row.Entries[entry].Position);
        loop.Add(segment);
        return segment;
    }

    public SpecimenLoop? AddLoop(SpecimenLoop parent, int index)
    {
        var entry = EntryOf(parent, e => e.Child == index);
        if (entry < 0 || parent.IsBarred(1000 + index)
            || parent.Loops.Count(l => l.Index == index) >= parent.Row.Entries[entry].Max)
            return null;
        var loop = NewLoop(index, parent.Row.Entries[entry].Position);
        parent.Add(loop);
        return loop;
    }

    /// <summary>A loop of an index: one that is there, or a new one where one more may stand.</summary>
    SpecimenLoop? LoopOf(int index, bool fresh)
    {
        var there = Root.All().Where(l => l.Index == index).ToList();
        if (there.Count > 0 && !fresh && !dice.OneIn(6)) return dice.Of(there);
        List<int> parents = [.. guide.Loops[index].Parents];
        dice.Shuffle(parents);
        foreach (var parent in parents)
            if (LoopOf(parent, fresh: false) is { } at
                && (AddLoop(at, index) ?? at.Loops.FirstOrDefault(l => l.Index == index)) is { } made)
                return made; // a parent that was just made has the loops that it must have
        return there.Count > 0 ? dice.Of(there) : null;
    }

    /// <summary>Makes the tree have something more; false, and the tree as it was, where it cannot.</summary>
    public bool Place(Target target)
    {
        var before = Root.Copy(null);
        if (TryPlace(target) && Repair()) return true;
        Root = before;
        return false;
    }

    bool TryPlace(Target target)
    {
        if (LoopOf(target.Loop, target.Kind is TargetKind.Loop or TargetKind.Rule && dice.OneIn(3)) is not { } loop)
            return false;
        switch (target.Kind)
        {
            case TargetKind.Loop:
                loop.IsPinned = true;
                return true;
            case TargetKind.Rule: return Wake(Rules.Find(r => r.Row == target.Row)!, loop);
        }
        var (element, component) = (target.Element, target.Component);
        var segment = SegmentFor(loop, target);
        if (segment is null) return false;
        segment.IsPinned = true;
        if (target.Kind == TargetKind.Segment) return true;
        if (target.Value.Length > 0)
        {
            Fill(segment, element, 0);
            segment[element, component] = target.Value;
        }
        else if (segment[element, component].Length == 0) Fill(segment, element, component);
        segment.Fix(element, component);
        return true;
    }

    /// <summary>A segment of the loop that can take the value, or a new one.</summary>
    SpecimenSegment? SegmentFor(SpecimenLoop loop, Target target)
    {
        var isFirst = loop.Row.First == target.Segment;
        var fit = loop.Segments.Where(s => s.Row.Index == target.Segment
            && (target.Element == 0
                || (!s.IsBarred(target.Element, target.Component)
                    && (target.Value.Length == 0 || s[target.Element, target.Component] == target.Value
                        || (!s.IsFixed(target.Element, target.Component)
                            && (target.Component == 0 || !s.IsFixed(target.Element, 0))))))).ToList();
        if (fit.Count > 0 && (isFirst || !dice.OneIn(4))) return dice.Of(fit);
        return (isFirst ? null : AddSegment(loop, target.Segment)) ?? (fit.Count > 0 ? dice.Of(fit) : null);
    }

    /// <summary>Makes a word of a rule hold, or not hold, whatever the rules say.</summary>
    public bool Force(SpecimenTerm term, bool wanted, SpecimenLoop loop, SpecimenSegment? own) =>
        wanted ? MakeTrue(term, loop, own) : MakeFalse(term, loop, own);

    /// <summary>Makes everything hold that a rule waits for.</summary>
    bool Wake(SpecimenRule rule, SpecimenLoop loop)
    {
        SpecimenSegment? own = null;
        if (rule.Own >= 0)
        {
            own = loop.Segments.LastOrDefault(s => s.Row.Index == rule.Own) ?? AddSegment(loop, rule.Own);
            if (own is null) return false;
            own.IsPinned = true;
        }
        foreach (var term in rule.When)
            if (!(term.Negative ? MakeFalse(term, loop, own, pin: true) : MakeTrue(term, loop, own, pin: true)))
                return false;
        return true;
    }
}
