using Deltoid.X12.Guides;

namespace Deltoid.Tests;

internal enum TargetKind { Loop, Segment, Element, Code, Rule }

/// <summary>
/// Something of a guide that a specimen can have: a loop, a segment, an element or component, a value of a list, a rule
/// that is awake.
/// </summary>
internal readonly record struct Target(TargetKind Kind, int Loop, int Segment, int Element, int Component, int Row,
    string Value)
{
    /// <summary>A value is the same wherever its row stands: rows of ranges stand many times.</summary>
    public Target Key => Kind switch
    {
        TargetKind.Code => new(Kind, 0, 0, 0, 0, Row, Value),
        TargetKind.Rule => new(Kind, 0, 0, 0, 0, Row, ""),
        _ => this
    };

    public string Text(Guide guide) => $"{guide.RowId(Row)} {Kind} {Value} element {Element}-{Component}";
}

/// <summary>All that the specimens of a guide must have together, and what a tree has.</summary>
internal static class SpecimenTargets
{
    public static List<Target> Of(Guide guide, List<SpecimenRule> rules)
    {
        var found = new List<Target>();
        for (var loop = 1; loop < guide.Loops.Length; loop++)
            found.Add(new(TargetKind.Loop, loop, -1, 0, 0, guide.Loops[loop].Row, ""));
        foreach (var segment in guide.Segments)
        {
            found.Add(new(TargetKind.Segment, segment.Loop, segment.Index, 0, 0, segment.Row, ""));
            ForEach(guide, segment,
                (element, component, spec) => AddElement(found, guide, segment, element, component, spec));
        }
        foreach (var rule in rules.Where(static r => !r.IsNeverKept))
            found.Add(new(TargetKind.Rule, rule.Home, -1, 0, 0, rule.Row, ""));
        return [.. found.DistinctBy(static t => t.Key)];
    }

    static void AddElement(List<Target> found, Guide guide, SegmentRow segment, int element, int component,
        ElementSpec spec)
    {
        found.Add(new(TargetKind.Element, segment.Loop, segment.Index, element, component, spec.Row, ""));
        foreach (var code in GuideRowsText.Of(guide).CodesOf(spec.Row))
            found.Add(new(TargetKind.Code, segment.Loop, segment.Index, element, component, spec.Row, code));
    }

    /// <summary>The elements of a segment that the guide uses, and their components.</summary>
    public static void ForEach(Guide guide, SegmentRow segment, Action<int, int, ElementSpec> take)
    {
        for (var element = 1; element <= segment.Elements; element++)
        {
            var spec = guide.Specs[segment.FirstSpec + element - 1];
            if (spec.Use == Use.NotUsed) continue;
            take(element, 0, spec);
            for (var component = 1; component <= spec.Components; component++)
            {
                var part = guide.Specs[spec.FirstComponent + component - 1];
                if (part.Use != Use.NotUsed) take(element, component, part);
            }
        }
    }

    /// <summary>What a tree has.</summary>
    public static HashSet<Target> In(Guide guide, SpecimenLoop root, List<SpecimenRule> rules)
    {
        var found = new HashSet<Target>();
        foreach (var loop in root.All())
        {
            found.Add(new(TargetKind.Loop, loop.Index, -1, 0, 0, loop.Row.Row, ""));
            foreach (var segment in loop.Segments) AddSegment(found, guide, segment);
            foreach (var rule in rules)
                if (rule.Home == loop.Index && rule.Places(loop).Any(own => rule.Wakes(loop, own)))
                    found.Add(new Target(TargetKind.Rule, 0, 0, 0, 0, rule.Row, "").Key);
        }
        return found;
    }

    static void AddSegment(HashSet<Target> found, Guide guide, SpecimenSegment segment)
    {
        found.Add(new(TargetKind.Segment, segment.Row.Loop, segment.Row.Index, 0, 0, segment.Row.Row, ""));
        ForEach(guide, segment.Row, (element, component, spec) =>
        {
            var value = segment[element, component];
            if (value.Length == 0) return;
            found.Add(new(TargetKind.Element, segment.Row.Loop, segment.Row.Index, element, component, spec.Row, ""));
            if (spec.Components == 0) found.Add(new Target(TargetKind.Code, 0, 0, 0, 0, spec.Row, value).Key);
        });
    }
}
