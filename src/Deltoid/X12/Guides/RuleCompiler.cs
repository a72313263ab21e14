using System.Globalization;

namespace Deltoid.X12.Guides;

/// <summary>
/// Turns a situational rule's words (<c>CLM05-3=7|8</c>, <c>+REF(F8)</c>) into bits that are compared when its loop
/// ends.
/// </summary>
sealed class RuleCompiler
{
    readonly Guide guide;
    readonly GuideTable.Rule rule;
    readonly int home;
    readonly List<Term> whens = [], thens = [];

    /// <summary>One word: a segment, an element with or without values, or a loop.</summary>
    sealed record Term(int Loop, int Segment, int Element, int Component, int Child, string[] Values, bool Negative,
        bool Other)
    {
        public RuleTarget Target => new(Segment, Element, Component, Child);
    }

    RuleCompiler(Guide guide, GuideTable.Rule rule)
    {
        (this.guide, this.rule) = (guide, rule);
        home = guide.LoopIndex(rule.Loop);
        if (home < 0) throw Wrong("its loop is not in the table");
        foreach (var part in rule.When.Split('&',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            whens.Add(TermOf(part.TrimStart('!'), part[0] == '!'));
        foreach (var part in rule.Then.Split(" | ", StringSplitOptions.TrimEntries))
            thens.Add(TermOf(part.TrimStart('+', '-'), part[0] == '-'));
    }

    public static void Add(Guide guide, GuideTable.Rule rule) => new RuleCompiler(guide, rule).Add();

    FormatException Wrong(string problem) => new($"{guide.RowId(rule.Row)}: {problem}");

    void Add()
    {
        guide.Labels[rule.Row] = rule.Label;
        var segment = OwnSegment();
        Bits when = default, whenNot = default, needs = default, bars = default;
        var outer = new Dictionary<int, (Bits When, Bits Not)>();
        foreach (var term in whens)
        {
            var bits = BitsOf(term);
            if (term.Loop != home)
            {
                var (yes, no) = outer.GetValueOrDefault(term.Loop);
                outer[term.Loop] = term.Negative ? (yes, Join(no, bits)) : (Join(yes, bits), no);
            }
            else if (term.Negative) whenNot = Join(whenNot, bits);
            else when = Join(when, bits);
        }
        foreach (var term in thens)
        {
            if (term.Loop != thens[0].Loop) throw Wrong("what it demands is in two loops");
            if (term.Negative) bars = Join(bars, BitsOf(term));
            else needs = Join(needs, BitsOf(term));
        }
        var compiled = new SituationalRule(rule.Row, thens[0].Loop == home ? -1 : thens[0].Loop, when, whenNot, needs,
            bars, [.. outer.Select(o => new OuterBits(o.Key, o.Value.When, o.Value.Not))], thens[0].Target,
            (whens.Find(t => !t.Negative) ?? whens[0]).Target, $"{rule.When} → {rule.Then}", rule.Label);
        guide.SetSegment(rule.Row,
            compiled.Target.Loop >= 0 ? guide.Loops[compiled.Target.Loop].First : compiled.Target.Segment);
        if (segment >= 0) guide.Segments[segment].Rules = [.. guide.Segments[segment].Rules, compiled];
        else guide.Loops[home].Rules.Add(compiled, Valued());
    }

    /// <summary>The conditions of the rule's loop that ask for a value.</summary>
    ulong Valued()
    {
        ulong bits = 0;
        foreach (var segment in guide.Segments)
            if (segment.Loop == home)
                foreach (var condition in segment.Conditions)
                    if (condition.Values.Length > 0) bits |= condition.Bit;
        return bits;
    }

    static Bits Join(in Bits left, in Bits right) => new(left.Seen | right.Seen, left.Holds | right.Holds);

    /// <summary>
    /// The one segment whose elements the whole rule is about: it is then judged segment by segment; -1 when it is
    /// about the loop.
    /// </summary>
    int OwnSegment()
    {
        var segment = whens[0].Segment;
        foreach (var term in (IEnumerable<Term>)[.. whens, .. thens])
            if (term.Segment != segment || term.Element == 0 || term.Loop != home) return -1;
        return segment;
    }

    Bits BitsOf(Term term)
    {
        if (term.Child >= 0) return new(EntryBit(term.Loop, e => e.Child == term.Child), 0);
        if (term.Element == 0 && guide.Loops[term.Loop].First == term.Segment) return default; // always there
        if (term.Element == 0) return new(EntryBit(term.Loop, e => e.Segment == term.Segment && e.Child < 0), 0);
        return new(0, ConditionBit(term));
    }

    ulong EntryBit(int loop, Predicate<Entry> is_)
    {
        var index = Array.FindIndex(guide.Loops[loop].Entries, is_);
        return index >= 0 ? 1UL << index : throw Wrong("names a segment or loop that stands elsewhere");
    }

    /// <summary>The bit of a condition among those of its loop; the same question has one bit.</summary>
    ulong ConditionBit(Term term)
    {
        var text = $"{term.Segment} {term.Element}-{term.Component} "
            + $"{(term.Other ? "!" : "")}{string.Join('|', term.Values)}";
        ulong used = 0;
        foreach (var segment in guide.Segments)
        {
            if (segment.Loop != term.Loop) continue;
            foreach (var known in segment.Conditions)
            {
                if (known.Text == text) return known.Bit;
                used |= known.Bit;
            }
        }
        if (used == ulong.MaxValue) throw Wrong("its loop has more than 64 conditions");
        var bit = 1UL << System.Numerics.BitOperations.TrailingZeroCount(~used);
        var row = guide.Segments[term.Segment];
        ulong[] values = [.. term.Values.Select(GuideBuilder.Packed)];
        row.Conditions =
            [.. row.Conditions,
                new Condition(term.Segment, (byte)term.Element, (byte)term.Component,
                    values.Length == 1 ? values[0] : 0, values, term.Other, bit, text)];
        return bit;
    }

    /// <summary><c>2000B/REF(F8)02-1=A|B</c> in its parts.</summary>
    Term TermOf(string text, bool negative)
    {
        var (loop, rest) = (home, text);
        if (rest.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash)
        {
            loop = guide.LoopIndex(rest[..slash]);
            rest = rest[(slash + 1)..];
        }
        if (guide.LoopIndex(rest) is >= 0 and var child) return new(loop, -1, 0, 0, child, [], negative, false);
        var (name, values, other) = Cut(rest);
        var (segment, tail) = SegmentOf(loop, name);
        var dash = tail.IndexOf('-', StringComparison.Ordinal);
        var element = tail.Length == 0 ? 0 : int.Parse(dash < 0 ? tail : tail[..dash], CultureInfo.InvariantCulture);
        return new(loop, segment, element, dash < 0 ? 0 : int.Parse(tail[(dash + 1)..], CultureInfo.InvariantCulture),
            -1, values, negative, other);
    }

    static (string Name, string[] Values, bool Other) Cut(string text)
    {
        if (text.IndexOf('=', StringComparison.Ordinal) is not (> 0 and var equals)) return (text, [], false);
        var other = text[equals - 1] == '!';
        return (text[..(other ? equals - 1 : equals)], text[(equals + 1)..].Split('|', StringSplitOptions.TrimEntries),
            other);
    }

    /// <summary>
    /// The segment that a word begins with, and what is after it; the longest name that leaves an element's number
    /// counts (SV1 of SV103).
    /// </summary>
    (int Segment, string Tail) SegmentOf(int loop, string text)
    {
        for (var length = Math.Min(3, text.Length); length >= 2; length--)
        {
            var (name, rest, key) = (text[..length], text[length..], "");
            if (rest.StartsWith('('))
                (key, rest) = (rest[1..rest.IndexOf(')', StringComparison.Ordinal)],
                    rest[(rest.IndexOf(')', StringComparison.Ordinal) + 1)..]);
            if (rest.Length is not (0 or 2) && !(rest.Length > 3 && rest[2] == '-')) continue;
            if (loop >= 0 && guide.SegmentIndex(guide.Loops[loop].Name, name, key) is >= 0 and var segment)
                return (segment, rest);
        }
        throw Wrong($"'{text}' names no segment of its loop");
    }
}
