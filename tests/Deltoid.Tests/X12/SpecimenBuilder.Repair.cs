using Deltoid.X12.Guides;

namespace Deltoid.Tests;

/// <summary>Changes what is not pinned until every rule and syntax note is satisfied.</summary>
internal sealed partial class SpecimenBuilder
{
    const int MostSteps = 120;

    /// <summary>Of a break: the segment has no element; its code stands twice, and each may stand once.</summary>
    const int Empty = -1, Twice = -2;

    readonly record struct Break(SpecimenRule? Rule, SpecimenLoop Loop, SpecimenSegment? Own, SyntaxNote Note,
        int Composite);

    public bool Repair()
    {
        for (var step = 0; step < MostSteps; step++)
        {
            if (FirstBreak() is not { } broken) return true;
            if (!Mend(broken)) return false;
        }
        return false;
    }

    public bool IsRight => FirstBreak() is null;

    Break? FirstBreak()
    {
        foreach (var loop in Root.All())
        {
            foreach (var rule in rules[loop.Index])
                foreach (var own in rule.Places(loop))
                    if (rule.Wakes(loop, own) && !rule.IsSatisfied(loop, own)) return new(rule, loop, own, default, 0);
            foreach (var segment in loop.Segments)
            {
                if (!segment.Written.Any()) return new(null, loop, segment, default, Empty);
                if (BrokenNote(segment) is { } broken) return broken;
                if (IsTwice(segment)) return new(null, loop, segment, default, Twice);
            }
        }
        return null;
    }

    /// <summary>The segments, of loops the first ones, among which each code may stand once.</summary>
    static List<SpecimenSegment> Alike(SpecimenSegment segment)
    {
        var isFirst = segment == segment.Parent!.Items[0];
        if (!isFirst) return segment.Row.OnceEach ? [.. segment.Parent.Segments.Where(s => s.Row == segment.Row)] : [];
        return segment.Parent.Row.OnceEach
            ? segment.Parent.Parent!.Loops.Where(l => l.Row == segment.Parent.Row).Select(static l => l.First).ToList()
            : [];
    }

    static string KeyOf(SpecimenSegment segment) => segment[segment.Row.KeyElement, 0].Split(':')[0];

    static bool IsTwice(SpecimenSegment segment) =>
        Alike(segment).Exists(s => s != segment && KeyOf(s) == KeyOf(segment));

    /// <summary>Gives one of two that have the same code another one, or takes one away.</summary>
    bool Differ(SpecimenSegment segment)
    {
        var alike = Alike(segment);
        foreach (var one in alike.FindAll(s => KeyOf(s) == KeyOf(segment)))
        {
            var free = values.Codes(SpecOf(one.Row, one.Row.KeyElement, 0))
                .Where(c => !alike.Exists(s => KeyOf(s) == c)).ToList();
            if (one.IsFixed(one.Row.KeyElement, 0) || free.Count == 0) continue;
            one[one.Row.KeyElement] = dice.Of(free);
            return true;
        }
        return alike.Exists(s =>
            KeyOf(s) == KeyOf(segment) && (s == s.Parent!.Items[0] ? Remove(s.Parent) : Remove(s)));
    }

    Break? BrokenNote(SpecimenSegment segment)
    {
        foreach (var note in segment.Row.Notes)
            if (IsBroken(segment, note, 0)) return new(null, segment.Parent!, segment, note, 0);
        for (var element = 1; element <= segment.Row.Elements; element++)
        {
            var spec = SpecOf(segment.Row, element, 0);
            if (spec.Notes < 0 || segment[element].Length == 0) continue;
            foreach (var note in guide.Notes[spec.Notes])
                if (IsBroken(segment, note, element)) return new(null, segment.Parent!, segment, note, element);
        }
        return null;
    }

    /// <summary>
    /// A note of the standard that does not hold among the elements that the guide uses; of a composite among its
    /// components.
    /// </summary>
    bool IsBroken(SpecimenSegment segment, SyntaxNote note, int composite)
    {
        var of = GuideFaults.ElementsOf(note);
        bool IsThere(int n) => (composite == 0 ? segment[n] : segment[composite, n]).Length > 0;
        bool IsUsed(int n) =>
            SpecOf(segment.Row, composite == 0 ? n : composite, composite == 0 ? 0 : n).Use != Use.NotUsed;
        var there = of.Count(IsThere);
        var first = of[0];
        return note.Kind switch
        {
            'P' => there > 0 && of.Exists(n => !IsThere(n) && IsUsed(n)),
            'R' => there == 0 && of.Exists(IsUsed),
            'E' => there > 1,
            'G' => of.Exists(n => !IsThere(n) && IsUsed(n) && of.Exists(later => later > n && IsThere(later))),
            'C' => IsThere(first) && of.Exists(n => !IsThere(n) && IsUsed(n)),
            _ => IsThere(first) && !of.Exists(n => n != first && IsThere(n)) && of.Exists(n => n != first && IsUsed(n)),
        };
    }

    bool Mend(Break broken)
    {
        var ways = new List<Func<bool>>();
        var (rule, loop, own) = (broken.Rule, broken.Loop, broken.Own);
        if (rule is not null)
        {
            foreach (var term in rule.When)
                ways.Add(() => term.Negative ? MakeTrue(term, loop, own) : MakeFalse(term, loop, own));
            dice.Shuffle(ways);
            if (ways.Count > 2) ways.RemoveRange(2, ways.Count - 2);
            var isBarred = rule.Then.Exists(t => t.Negative && SpecimenRule.Holds(t, loop, own));
            foreach (var term in rule.Then)
                if (isBarred == term.Negative)
                    for (var i = 0; i < 2; i++)
                        ways.Insert(dice.Next(ways.Count + 1),
                            () => term.Negative ? MakeFalse(term, loop, own) : MakeTrue(term, loop, own));
        }
        else if (broken.Composite == Empty)
        {
            ways.Add(() =>
            {
                FillAny(own!);
                return own!.Written.Any();
            });
            ways.Insert(dice.Next(2), () => Remove(own!));
        }
        else if (broken.Composite == Twice) ways.Add(() => Differ(own!));
        else
        {
            var of = GuideFaults.ElementsOf(broken.Note);
            var last = of.FindLast(n =>
                own![broken.Composite == 0 ? n : broken.Composite, broken.Composite == 0 ? 0 : n].Length > 0);
            foreach (var n in of)
            {
                if (broken.Note.Kind == 'G' && n > last) break; // what is behind the list's last would make more gaps
                var (element, component) = broken.Composite == 0 ? (n, 0) : (broken.Composite, n);
                if (broken.Note.Kind != 'E') ways.Add(() => Set(own!, element, component));
                if (broken.Note.Kind != 'G' || n == last) ways.Add(() => Clear(own!, element, component));
            }
            dice.Shuffle(ways);
        }
        foreach (var way in ways)
            if (way()) return true;
        return false;
    }

    bool Set(SpecimenSegment segment, int element, int component)
    {
        if (segment[element, component].Length > 0 || segment.IsBarred(element, component)
            || SpecOf(segment.Row, element, component).Use == Use.NotUsed)
            return false;
        Fill(segment, element, component);
        return true;
    }

    bool Clear(SpecimenSegment segment, int element, int component)
    {
        if (segment[element, component].Length == 0) return false;
        if (component == 0 ? segment.HasFixed(element) : segment.IsFixed(element, component)) return false;
        var spec = SpecOf(segment.Row, element, component);
        if (spec.Use == Use.Required)
            return component > 0 && SpecOf(segment.Row, element, 0).Use != Use.Required && Clear(segment, element, 0);
        segment[element, component] = "";
        return true;
    }

    bool MakeTrue(SpecimenTerm term, SpecimenLoop home, SpecimenSegment? own, bool pin = false)
    {
        if (home.Outward(term.Loop) is not { } loop) return false;
        if (term.Child >= 0)
        {
            var made = loop.Loops.FirstOrDefault(l => l.Index == term.Child) ?? AddLoop(loop, term.Child);
            if (made is not null && pin) made.IsPinned = true;
            return made is not null;
        }
        var there = loop.Segments.Where(s => own is null ? term.IsAbout(s) : s == own).ToList();
        var segment = there.Count > 0 ? dice.Of(there) : AddSegment(loop, term.Segment);
        if (segment is null) return false;
        if (pin) segment.IsPinned = true;
        return term.Element == 0 || MakeTrue(term, segment, pin);
    }

    bool MakeTrue(SpecimenTerm term, SpecimenSegment segment, bool pin)
    {
        var component = term.Component == 0 && term.Values.Length > 0
            && SpecOf(segment.Row, term.Element, 0).Components > 0
            ? 1
            : term.Component;
        if (!term.HoldsIn(segment))
        {
            if (segment.IsBarred(term.Element, component)
                || (term.Values.Length > 0 && segment.IsFixed(term.Element, component)))
                return false;
            var value = term.Values.Length == 0 ? null : ValueFor(segment, term, component, wanted: true);
            if (term.Values.Length > 0 && value is null) return false;
            if (segment[term.Element, component].Length == 0) Fill(segment, term.Element, component);
            if (value is not null) segment[term.Element, component] = value;
        }
        if (pin) segment.Fix(term.Element, component);
        return true;
    }

    /// <summary>A value that the element takes and that is, or is not, what the term names.</summary>
    string? ValueFor(SpecimenSegment segment, SpecimenTerm term, int component, bool wanted)
    {
        var spec = SpecOf(segment.Row, term.Element, component);
        var codes = values.Codes(spec);
        var isNamed = wanted != term.Other;
        if (codes.Length > 0)
            return codes.Where(c => term.Values.Contains(c) == isNamed).ToList() is { Count: > 0 } fit
                ? dice.Of(fit)
                : null;
        if (isNamed)
            return dice.Of(term.Values.Where(v => v.Length >= spec.Least && v.Length <= spec.Greatest).ToList());
        for (var i = 0; i < 20; i++)
            if (values.Of(spec, segment, term.Element, component) is var value && !term.Values.Contains(value))
                return value;
        return null;
    }

    bool MakeFalse(SpecimenTerm term, SpecimenLoop home, SpecimenSegment? own, bool pin = false)
    {
        if (home.Outward(term.Loop) is not { } loop) return false;
        if (term.Child >= 0)
        {
            if (guide.Loops[term.Child].Required) return false;
            foreach (var child in loop.Loops.Where(l => l.Index == term.Child).ToList())
                if (!Remove(child)) return false;
            if (pin) loop.Bar(1000 + term.Child);
            return true;
        }
        if (term.Element == 0)
        {
            if (loop.Row.First == term.Segment || guide.Segments[term.Segment].Required) return false;
            foreach (var segment in loop.Segments.Where(term.IsAbout).ToList())
                if (!Remove(segment)) return false;
            if (pin) loop.Bar(term.Segment);
            return true;
        }
        foreach (var segment in loop.Segments.Where(s => own is null ? term.IsAbout(s) : s == own).ToList())
            if (!MakeFalse(term, segment, pin)) return false;
        return true;
    }

    bool MakeFalse(SpecimenTerm term, SpecimenSegment segment, bool pin)
    {
        var component = term.Component == 0 && term.Values.Length > 0
            && SpecOf(segment.Row, term.Element, 0).Components > 0
            ? 1
            : term.Component;
        if (term.HoldsIn(segment))
        {
            if (term.Values.Length > 0 && !segment.IsFixed(term.Element, component)
                && ValueFor(segment, term, component, wanted: false) is { } other)
                segment[term.Element, component] = other;
            else if (!Clear(segment, term.Element, component) && (pin || !Remove(segment))) return false;
        }
        if (pin && term.Values.Length == 0) segment.Bar(term.Element, component);
        else if (pin && segment[term.Element, component].Length > 0) segment.Fix(term.Element, component);
        return true;
    }

    static bool Remove(SpecimenNode node)
    {
        var loop = node.Parent;
        if (loop is null || node.HoldsPins || node == loop.Items[0]) return false;
        var isRequired = node is SpecimenSegment s
            ? s.Row.Required && loop.Segments.Count(o => o.Row == s.Row) == 1
            : ((SpecimenLoop)node).Row.Required && loop.Loops.Count(l => l.Index == ((SpecimenLoop)node).Index) == 1;
        if (isRequired) return false;
        loop.Items.Remove(node);
        return true;
    }
}
