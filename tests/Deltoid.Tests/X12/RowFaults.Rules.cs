using Deltoid.X12.Guides;

namespace Deltoid.Tests;

/// <summary>Situational rules without what they demand.</summary>
internal static partial class RowFaults
{
    /// <summary>
    /// Where the rule is awake, what it demands is taken away, or what it does not allow is put there; where it sleeps,
    /// it is woken without what it demands.
    /// </summary>
    static RowSample? Broken(FaultMaker maker, SpecimenRule rule, SpecimenLoop loop)
    {
        foreach (var own in rule.Places(loop).ToList())
        {
            var changed = new List<SpecimenNode>();
            if (rule.Wakes(loop, own)
                ? !(rule.Then.Exists(static t => !t.Negative)
                    ? TakeAway(maker, rule, loop, own, changed)
                    : PutThere(maker, rule, loop, own, changed)) : !WakeUp(maker, rule, loop, own))
                continue;
            if (own is not null) maker.Refine(own);
            else PutOthersToSleep(maker, rule, loop);
            if (!rule.Wakes(loop, own) || rule.IsSatisfied(loop, own)) return null;
            var before = Told(maker, rule, loop, own, maker.AsIs(), changed);
            if (rule.Own >= 0) return before;
            var text = maker.Written();
            // sums may have been written over it
            return rule.Wakes(loop, own) && !rule.IsSatisfied(loop, own)
                ? Told(maker, rule, loop, own, text, changed)
                : before;
        }
        return null;
    }

    /// <summary>Other rules that ask for the same would tell it first.</summary>
    static void PutOthersToSleep(FaultMaker maker, SpecimenRule rule, SpecimenLoop loop)
    {
        foreach (var other in maker.Builder.Rules
            .FindAll(r => r != rule && r.Home != rule.Home && r.Then[0] == rule.Then[0]))
            foreach (var inner in loop.All().Where(l => l.Index == other.Home && other.Wakes(l, null)).ToList())
                foreach (var term in other.When) maker.Builder.Force(term, wanted: false, inner, null);
    }

    static bool WakeUp(FaultMaker maker, SpecimenRule rule, SpecimenLoop loop,
        SpecimenSegment? own) =>
        rule.When.TrueForAll(term => SpecimenRule.Holds(term, loop, own) != term.Negative
            || maker.Builder.Force(term, !term.Negative, loop, own));

    /// <summary>All that would do is taken away, or gets another value.</summary>
    static bool TakeAway(FaultMaker maker, SpecimenRule rule, SpecimenLoop loop, SpecimenSegment? own,
        List<SpecimenNode> changed)
    {
        foreach (var term in rule.Then.Where(t => !t.Negative && SpecimenRule.Holds(t, loop, own)))
        {
            var of = loop.Outward(term.Loop)!;
            var nodes = term.Child >= 0
                ? of.Loops.Where(l => l.Index == term.Child).ToList<SpecimenNode>()
                : of.Segments.Where(s => own is null ? term.HoldsIn(s) : s == own).ToList<SpecimenNode>();
            foreach (var node in nodes)
            {
                changed.Add(node);
                if (term.Element == 0) of.Items.Remove(node);
                else if (!Falsify(maker, (SpecimenSegment)node, term)) return false;
            }
        }
        return true;
    }

    static bool Falsify(FaultMaker maker, SpecimenSegment segment, SpecimenTerm term)
    {
        var component = term.Component == 0 && term.Values.Length > 0
            && maker.SpecOf(segment.Row, term.Element, 0).Components > 0
            ? 1
            : term.Component;
        var spec = maker.SpecOf(segment.Row, term.Element, component);
        if (term.Values.Length == 0)
        {
            segment[term.Element, component] = "";
            return true;
        }
        if (maker.Builder.Values.Codes(spec).FirstOrDefault(c => term.Values.Contains(c) == term.Other) is { } other)
        {
            segment[term.Element, component] = other;
            return true;
        }
        if (spec.Use == Use.Required && !term.Other && maker.Builder.Values.Codes(spec).Length == 0)
        {
            segment[term.Element, component] = "7";
            return true;
        }
        if (spec.Use == Use.Required) return false;
        segment[term.Element, component] = "";
        return true;
    }

    /// <summary>What may not be there is put there.</summary>
    static bool PutThere(FaultMaker maker, SpecimenRule rule, SpecimenLoop loop, SpecimenSegment? own,
        List<SpecimenNode> changed)
    {
        var term = rule.Then[0];
        var of = loop.Outward(term.Loop)!;
        if (term.Child >= 0) return maker.Builder.AddLoop(of, term.Child) is { } made && Note(changed, made);
        if (term.Element == 0) return maker.Builder.AddSegment(of, term.Segment) is { } made && Note(changed, made);
        var segment = own ?? of.Segments.LastOrDefault(term.IsAbout) ?? maker.Builder.AddSegment(of, term.Segment);
        if (segment is null) return false;
        var component = term.Component == 0 && term.Values.Length > 0
            && maker.SpecOf(segment.Row, term.Element, 0).Components > 0
            ? 1
            : term.Component;
        if (segment[term.Element, component].Length == 0) maker.Builder.Fill(segment, term.Element, component);
        if (term.Values.Length > 0) segment[term.Element, component] = term.Values[0];
        return Note(changed, segment);
    }

    static bool Note(List<SpecimenNode> changed, SpecimenNode node)
    {
        changed.Add(node);
        return true;
    }

    /// <summary>
    /// A rule is told at the segment that its remedy is about; where that is not there, where the loop ends.
    /// </summary>
    static RowSample? Told(FaultMaker maker, SpecimenRule rule, SpecimenLoop loop, SpecimenSegment? own,
        SpecimenText text, List<SpecimenNode> changed)
    {
        var (target, asked) = (rule.Then[0], rule.Then.Exists(static t => !t.Negative));
        SpecimenSegment? at;
        if (target.Element > 0) at = own ?? loop.Outward(target.Loop)!.Segments.LastOrDefault(target.IsAbout);
        else if (asked) at = FaultMaker.Behind(loop.Outward(target.Loop)!, maker.PositionOf(target), loop);
        else if (target.Child >= 0)
            at = loop.Outward(target.Loop)!.Loops.LastOrDefault(l => l.Index == target.Child)?.First;
        else
            at = loop.Outward(target.Loop)!.Segments.LastOrDefault(target.IsAbout);
        if (at is null) return null;
        var info = target.Element == 0 ? asked
            ? target.Child >= 0 ? X12Findings.LoopAsked : X12Findings.SegmentAsked
            : X12Findings.SegmentBarred
            : target.Values.Length > 0 ? X12Findings.CodeBarred
            : !asked ? X12Findings.ElementBarred
            : X12Findings.ElementAsked;
        var written = text.Of(at.Id);
        var sample = new RowSample(info, rule.Row, text, written)
        {
            Element = target.Element, Component = target.Component, Offset = () => written.Start
        };
        foreach (var node in changed) Touch(sample, node);
        foreach (var term in rule.When) sample.Changed.Add(term);
        return sample;
    }
}
