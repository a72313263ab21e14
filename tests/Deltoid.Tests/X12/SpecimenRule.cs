using Deltoid.X12.Guides;

namespace Deltoid.Tests;

/// <summary>One word of a situational rule: a loop, a segment, an element, with or without values.</summary>
/// <param name="Loop">Index of the loop in which it is asked.</param>
/// <param name="Child">The loop that it names, or -1.</param>
/// <param name="Other">It has another value than those.</param>
internal sealed record SpecimenTerm(int Loop, int Segment, int Element, int Component, int Child, string[] Values,
    bool Negative, bool Other)
{
    public bool IsAbout(SpecimenSegment segment) => segment.Row.Index == Segment;

    /// <summary>Whether the segment says what the word says, were it not denied.</summary>
    public bool HoldsIn(SpecimenSegment segment)
    {
        if (!IsAbout(segment)) return false;
        if (Element == 0) return true;
        var value = segment[Element, Component == 0 && Values.Length > 0 ? 1 : Component];
        if (Values.Length == 0) return value.Length > 0;
        return value.Length > 0 && Values.Contains(value) != Other;
    }

    /// <summary>Whether anything in the loop says it, were it not denied.</summary>
    public bool HoldsIn(SpecimenLoop loop) =>
        Child >= 0 ? loop.Loops.Any(l => l.Index == Child) : loop.Segments.Any(HoldsIn);
}

/// <summary>A situational rule, read from its words as docs/x12-guides.md explains them.</summary>
internal sealed class SpecimenRule
{
    readonly Guide guide;

    public int Row { get; }

    public int Home { get; }

    public List<SpecimenTerm> When { get; } = [];

    public List<SpecimenTerm> Then { get; } = [];

    /// <summary>The one segment that the rule is about, judged by itself; -1 when it is about the loop.</summary>
    public int Own { get; }

    public string Text { get; }

    public SpecimenRule(Guide guide, GuideRowsText.Rule rule)
    {
        (this.guide, Row, Home, Text) = (guide, rule.Number, guide.LoopIndex(rule.Loop),
            $"{rule.Loop}: {rule.When} → {rule.Then}");
        foreach (var word in rule.When.Split('&', StringSplitOptions.TrimEntries))
            When.Add(TermOf(word.TrimStart('!'), word[0] == '!'));
        foreach (var word in rule.Then.Split(" | ", StringSplitOptions.TrimEntries))
            Then.Add(TermOf(word.TrimStart('+', '-'), word[0] == '-'));
        List<SpecimenTerm> all = [.. When, .. Then];
        Own = all.TrueForAll(t => t.Segment == all[0].Segment && t.Element > 0 && t.Loop == Home) ? all[0].Segment : -1;
    }

    public static List<SpecimenRule> Of(Guide guide) =>
        GuideRowsText.Of(guide).Rules.ConvertAll(r => new SpecimenRule(guide, r));

    SpecimenTerm TermOf(string word, bool negative)
    {
        var loop = Home;
        if (word.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash)
            (loop, word) = (guide.LoopIndex(word[..slash]), word[(slash + 1)..]);
        if (guide.LoopIndex(word) is >= 0 and var child) return new(loop, -1, 0, 0, child, [], negative, false);
        var other = word.Contains("!=", StringComparison.Ordinal);
        var sides = word.Split(other ? "!=" : "=");
        var values = sides.Length > 1 ? sides[1].Split('|') : [];
        var names = guide.Segments.Where(s => s.Loop == loop && sides[0].StartsWith(s.Name, StringComparison.Ordinal))
            .ToList();
        foreach (var row in names.OrderByDescending(static s => s.Name.Length))
        {
            var rest = sides[0][row.Name.Length..];
            var key = rest.StartsWith('(') ? rest[1..rest.IndexOf(')', StringComparison.Ordinal)] : "";
            if (key.Length > 0) rest = rest[(key.Length + 2)..];
            if (rest.Length is not (0 or 2) && !(rest.Length > 3 && rest[2] == '-')) continue;
            if (key.Length > 0 && !KeysOf(row).Contains(key)) continue;
            var parts = rest.Split('-');
            return new(loop, row.Index, rest.Length == 0 ? 0 : int.Parse(parts[0]),
                parts.Length > 1 ? int.Parse(parts[1]) : 0, -1, values, negative, other);
        }
        throw new FormatException($"{Text}: '{word}'");
    }

    /// <summary>The codes of the element that tells the segment from its namesakes.</summary>
    string[] KeysOf(SegmentRow row)
    {
        var spec = guide.Specs[row.FirstSpec + row.KeyElement - 1];
        return GuideRowsText.Of(guide).CodesOf((spec.Components > 0 ? guide.Specs[spec.FirstComponent] : spec).Row);
    }

    /// <summary>Whether all that the rule waits for holds, judged at the segment it is about or at its loop.</summary>
    public bool Wakes(SpecimenLoop loop, SpecimenSegment? own) =>
        When.TrueForAll(t => Holds(t, loop, own) != t.Negative);

    /// <summary>Whether what it demands is there: one of what must be, and none of what may not.</summary>
    public bool IsSatisfied(SpecimenLoop loop, SpecimenSegment? own)
    {
        var needs = Then.FindAll(static t => !t.Negative);
        return (needs.Count == 0 || needs.Exists(t => Holds(t, loop, own)))
            && !Then.Exists(t => t.Negative && Holds(t, loop, own));
    }

    /// <summary>What the rule waits for is what it forbids: it is broken whenever it wakes.</summary>
    public bool IsNeverKept =>
        Then.TrueForAll(t =>
                When.Exists(w => w.Negative != t.Negative
                    && (w with { Negative = false, Values = t.Values }) == (t with { Negative = false })
                    && (t.Negative || t.Values.Length == 0)))
            || Then.TrueForAll(t => t.Values.Length > 0 && !t.Other && When.Exists(w => !w.Negative && !w.Other
                && (w with { Values = t.Values }) == t && !w.Values.Intersect(t.Values).Any()));

    public static bool Holds(SpecimenTerm term, SpecimenLoop loop, SpecimenSegment? own) =>
        own is not null
            ? term.HoldsIn(own)
            : loop.Outward(term.Loop) is { } of
                && (term.HoldsIn(of) || (term is { Element: 0, Child: < 0 } && term.IsAbout(of.First)));

    static readonly SpecimenSegment?[] Whole = [null];

    /// <summary>Where the rule is judged in a loop: at each of its own segments, or once.</summary>
    public IEnumerable<SpecimenSegment?> Places(SpecimenLoop loop) =>
        Own < 0 ? Whole : loop.Segments.Where(s => s.Row.Index == Own).Select(static s => (SpecimenSegment?)s);
}
