using Deltoid.Findings;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Guides;

/// <summary>The ways in which a row of a guide can be broken.</summary>
internal enum FaultKind : byte
{
    LeftOut, TooOften, OutOfSequence, WithoutElements, ElementTooMany, NotUsed, Note, TooLong, TooShort, NotANumber,
    TooPrecise, Code, Day, Backward, Twice, Time, Form, Character, Repeated, ComponentTooMany, Rule, Range,
}

/// <summary>One way in which a row can be broken, and the finding that says it.</summary>
/// <param name="Row">The row's number: 103 of P0103.</param>
/// <param name="Loop">Index of the loop that the row is of, or in which it stands.</param>
/// <param name="Segment">Index of the segment, or -1 of a loop and of a rule.</param>
/// <param name="Element">The first element that the row speaks of; of <see cref="FaultKind.NotUsed"/> the one that is
/// filled.</param>
/// <param name="Syntax">Of <see cref="FaultKind.Note"/>.</param>
sealed record GuideFault(ushort Row, FaultKind Kind, FindingInfo Info, int Loop, int Segment, int Element = 0,
    int Component = 0, SyntaxNote Syntax = default)
{
    /// <summary>In two or three words; with the row's id they name a sample.</summary>
    public string Words => Kind switch
    {
        FaultKind.LeftOut => "left out",
        FaultKind.TooOften => "too often",
        FaultKind.OutOfSequence => "out of sequence",
        FaultKind.WithoutElements => "without elements",
        FaultKind.ElementTooMany => "element too many",
        FaultKind.NotUsed => Component > 0 ? $"component {Component} filled" : $"{Element:00} filled",
        FaultKind.Note =>
            $"note {Syntax.Kind}{string.Concat(GuideFaults.ElementsOf(Syntax).Select(static e => $"{e:00}"))}",
        FaultKind.TooLong => "too long",
        FaultKind.TooShort => "too short",
        FaultKind.NotANumber => "no number",
        FaultKind.TooPrecise => "too precise",
        FaultKind.Code => "code",
        FaultKind.Day => "no such day",
        FaultKind.Backward => "ends before it begins",
        FaultKind.Twice => "code twice",
        FaultKind.Time => "no such time",
        FaultKind.Form => "form",
        FaultKind.Range => "out of range",
        FaultKind.Character => "character",
        FaultKind.Repeated => "repeated",
        FaultKind.ComponentTooMany => "component too many",
        _ => "broken",
    };
}

/// <summary>Finds all the ways in which the rows of a guide can be broken.</summary>
sealed class GuideFaults
{
    readonly Guide guide;
    readonly List<GuideFault> found = [];

    /// <summary>The elements of ISA that are separators.</summary>
    const int RepetitionMark = 11, ComponentMark = 16;

    GuideFaults(Guide guide) => this.guide = guide;

    public static List<GuideFault> Of(Guide guide)
    {
        var faults = new GuideFaults(guide);
        if (guide == GuideLibrary.Envelope)
        {
            faults.AddEnvelope();
            return faults.found;
        }
        for (var loop = 1; loop < guide.Loops.Length; loop++) faults.AddLoop(loop);
        foreach (var segment in guide.Segments) faults.AddSegment(segment);
        foreach (var (rule, loop) in RulesOf(guide))
            faults.found.Add(new(rule.Row, FaultKind.Rule, InfoOf(guide, rule), loop, -1));
        return faults.found;
    }

    /// <summary>The situational rules in the order of their rows, each with the loop in which it is judged.</summary>
    public static List<(SituationalRule Rule, int Loop)> RulesOf(Guide guide)
    {
        var rules = new List<(SituationalRule Rule, int Loop)>();
        for (var loop = 0; loop < guide.Loops.Length; loop++)
            foreach (var rule in guide.Loops[loop].Rules.All) rules.Add((rule, loop));
        foreach (var segment in guide.Segments)
            foreach (var rule in segment.Rules) rules.Add((rule, segment.Loop));
        rules.Sort(static (x, y) => x.Rule.Row.CompareTo(y.Rule.Row));
        return rules;
    }

    /// <summary>All that a rule asks for or does not allow.</summary>
    /// <param name="home">The loop in which it is judged.</param>
    public static List<RuleTarget> DemandsOf(Guide guide, SituationalRule rule, int home)
    {
        var (loop, found) = (rule.DemandLoop < 0 ? home : rule.DemandLoop, new List<RuleTarget>());
        var entries = guide.Loops[loop].Entries;
        for (var i = 0; i < entries.Length; i++)
            if (((rule.Needs.Seen | rule.Bars.Seen) >> i & 1) != 0)
                found.Add(entries[i].Child >= 0 ? new(-1, 0, 0, entries[i].Child) : new(entries[i].Segment, 0, 0, -1));
        foreach (var segment in guide.Segments)
            foreach (var condition in segment.Conditions)
                if (segment.Loop == loop && ((rule.Needs.Holds | rule.Bars.Holds) & condition.Bit) != 0)
                    found.Add(new(segment.Index, condition.Element, condition.Component, -1));
        return found;
    }

    /// <summary>The elements that a syntax note names, that of a condition first.</summary>
    public static List<int> ElementsOf(SyntaxNote note)
    {
        var first = System.Numerics.BitOperations.TrailingZeroCount(note.First);
        List<int> all = [first];
        for (var n = 1; n < 32; n++)
            if ((note.All >> n & 1) != 0 && n != first) all.Add(n);
        return all;
    }

    /// <summary>
    /// The envelope is followed, not walked: of its loops only the ends are missed. ISA holds the separators, so it has
    /// no components and is not longer than it is.
    /// </summary>
    void AddEnvelope()
    {
        found.Add(new(guide.Loops[0].Row, FaultKind.LeftOut, X12Findings.NoInterchange, 0, -1));
        found.Add(new(guide.Loops[1].Row, FaultKind.LeftOut, X12Findings.OutsideGroup, 1, -1));
        foreach (var segment in guide.Segments)
        {
            if (segment.Name is "GE" or "IEA")
                found.Add(new(segment.Row, FaultKind.LeftOut,
                    segment.Name == "GE" ? X12Findings.NoGe : X12Findings.NoIea, segment.Loop, segment.Index));
            if (segment.Name != "ISA")
                found.Add(new(segment.Row, FaultKind.ElementTooMany, X12Findings.TooManyElements, segment.Loop,
                    segment.Index));
            AddElements(segment);
        }
        found.RemoveAll(f => f.Segment >= 0 && guide.Segments[f.Segment].Name == "ISA"
            && (f.Kind is FaultKind.Repeated or FaultKind.ComponentTooMany
                || f.Element is RepetitionMark or ComponentMark));
        foreach (var element in (ReadOnlySpan<int>)[RepetitionMark, ComponentMark])
            found.Add(new(guide.Specs[guide.Segments[0].FirstSpec + element - 1].Row, FaultKind.Form,
                X12Findings.SeparatorsClash, 0, 0, element));
    }

    void AddLoop(int index)
    {
        var loop = guide.Loops[index];
        if (loop.Required) found.Add(new(loop.Row, FaultKind.LeftOut, X12Findings.LoopMissing, index, -1));
        if (loop.Max != GuideTable.Endless)
            found.Add(new(loop.Row, FaultKind.TooOften, X12Findings.TooManyLoops, index, -1));
        if (loop.OnceEach) found.Add(new(loop.Row, FaultKind.Twice, X12Findings.SaidTwice, index, -1));
        if (CanBeLate(guide.Segments[loop.First], loop.Parents, index))
            found.Add(new(loop.Row, FaultKind.OutOfSequence, X12Findings.OutOfSequence, index, -1));
    }

    void AddSegment(SegmentRow row)
    {
        void Add(FaultKind kind, FindingInfo info, int element = 0, SyntaxNote note = default) =>
            found.Add(new(row.Row, kind, info, row.Loop, row.Index, element, 0, note));
        if (guide.Loops[row.Loop].First != row.Index && row.Name != "SE")
        {
            if (row.Required) Add(FaultKind.LeftOut, X12Findings.SegmentMissing);
            if (row.Max != GuideTable.Endless) Add(FaultKind.TooOften, X12Findings.TooManySegments);
            if (row.OnceEach) Add(FaultKind.Twice, X12Findings.SaidTwice);
            if (CanBeLate(row, [row.Loop], -1)) Add(FaultKind.OutOfSequence, X12Findings.OutOfSequence);
        }
        if (IsKnownByName(guide, row)) Add(FaultKind.WithoutElements, X12Findings.EmptySegment);
        Add(FaultKind.ElementTooMany, X12Findings.TooManyElements);
        for (var element = 1; element <= row.Elements; element++)
            if (guide.Specs[row.FirstSpec + element - 1].Use == Use.NotUsed)
                Add(FaultKind.NotUsed, X12Findings.ElementNotUsed, element);
        foreach (var note in row.Notes)
            if (CanBreak(row, note)) Add(FaultKind.Note, ElementChecks.InfoOf(note), 0, note);
        AddElements(row);
    }

    void AddElements(SegmentRow row)
    {
        ushort last = 0;
        for (var element = 1; element <= row.Elements; element++)
        {
            var spec = guide.Specs[row.FirstSpec + element - 1];
            if (spec.Use == Use.NotUsed || spec.Row == last)
                continue; // rows of ranges are shown by their first element
            last = spec.Row;
            AddElement(row, element, 0, spec);
            for (var component = 1; component <= spec.Components; component++)
            {
                var part = guide.Specs[spec.FirstComponent + component - 1];
                if (part.Use == Use.NotUsed)
                    found.Add(new(spec.Row, FaultKind.NotUsed, X12Findings.ElementNotUsed, row.Loop, row.Index, element,
                        component));
                else
                    AddElement(row, element, component, part);
            }
        }
    }

    void AddElement(SegmentRow row, int element, int component, ElementSpec spec)
    {
        void Add(FaultKind kind, FindingInfo info) =>
            found.Add(new(spec.Row, kind, InfoOf(guide, row, element, component, kind, info), row.Loop, row.Index,
                element, component));
        if (spec.Use == Use.Required) Add(FaultKind.LeftOut, X12Findings.ElementMissing);
        if (component == 0)
        {
            Add(FaultKind.Repeated, X12Findings.TooManyRepeats);
            Add(FaultKind.ComponentTooMany, X12Findings.TooManyComponents);
            if (spec.Components > 0) return;
        }
        var codes = spec.Codes >= 0 ? guide.CodeSets[spec.Codes].Values : [];
        if (!Array.Exists(codes, static c => (c & 0xFF) != 0))
            Add(FaultKind.TooLong, X12Findings.TooLong); // a long text in place of a long code is often another row's
        if (spec.Least > 1) Add(FaultKind.TooShort, X12Findings.TooShort);
        if (spec.Type is ElementType.Number or ElementType.Money or ElementType.Whole or ElementType.Implied)
            Add(FaultKind.NotANumber, X12Findings.NotANumber);
        if (spec.Type is ElementType.Number or ElementType.Money && spec.Decimals < byte.MaxValue)
            Add(FaultKind.TooPrecise, X12Findings.TooPrecise);
        if (spec.Range != NumberRange.Any) Add(FaultKind.Range, ElementChecks.InfoOf(spec.Range));
        if (spec.ByFormat && TakesSpans(row, element, component)) Add(FaultKind.Backward, X12Findings.SpanBackward);
        if (codes.Length > 0) Add(FaultKind.Code, X12Findings.BadCode);
        else if (spec.ByFormat || spec.Type == ElementType.Date) Add(FaultKind.Day, X12Findings.BadDate);
        else if (spec.Type == ElementType.Time) Add(FaultKind.Time, X12Findings.BadTime);
        else if (spec.Outside is not (Outside.None or Outside.Any)) Add(FaultKind.Form, X12Findings.BadPattern);
        else if (spec is { Type: ElementType.Text, Outside: Outside.None })
            Add(FaultKind.Character, X12Findings.BadCharacter);
    }

    /// <summary>The format before it may be that of two days.</summary>
    bool TakesSpans(SegmentRow row, int element, int component)
    {
        var composite = guide.Specs[row.FirstSpec + element - 1];
        var format = component > 1
            ? guide.Specs[composite.FirstComponent + component - 2]
            : guide.Specs[row.FirstSpec + element - 2];
        return format.Codes >= 0 && guide.CodeSets[format.Codes].Contains(SegmentReader.PackOf("RD8"));
    }

    /// <summary>
    /// What is reported of an element's fault: where a segment or the whole set is known by the element, that it is not
    /// known.
    /// </summary>
    static FindingInfo InfoOf(Guide guide, SegmentRow row, int element, int component, FaultKind kind, FindingInfo info)
    {
        if (row.Name == "ST" && guide != GuideLibrary.Envelope)
        {
            if (element == 1) return X12Findings.NotSupported;
            if (element == 3 && kind != FaultKind.LeftOut) return X12Findings.OtherVersion;
        }
        if (kind == FaultKind.LeftOut && IsAlone(guide, row, element) && IsKnownByName(guide, row))
            return X12Findings.EmptySegment;
        if (kind is FaultKind.Repeated or FaultKind.ComponentTooMany || !IsKey(row, element, component)
            || IsOnlyOne(guide, row) || row.KeyElement > 1) // what follows a level says which one it is
            return info;
        return guide.Loops[row.Loop].First == row.Index ? X12Findings.UnexpectedSegment : X12Findings.BadCode;
    }

    /// <summary>The segment has no other element.</summary>
    static bool IsAlone(Guide guide, SegmentRow row, int element)
    {
        for (var i = 1; i <= row.Elements; i++)
            if (i != element && guide.Specs[row.FirstSpec + i - 1].Use != Use.NotUsed) return false;
        return true;
    }

    /// <summary>
    /// A segment that is known from others by this element: with another value in it, it is not known.
    /// </summary>
    public static bool IsKey(SegmentRow row, int element, int component) =>
        row.Keys.Length > 0 && row.KeyElement == element && component <= 1;

    /// <summary>It does not begin a loop, and no other segment of its loop has its name.</summary>
    public static bool IsOnlyOne(Guide guide, SegmentRow row) =>
        guide.Loops[row.Loop].First != row.Index
            && guide.Loops[row.Loop].Entries.Count(e => guide.Segments[e.Segment].Name == row.Name) == 1;

    /// <summary>
    /// With no element at all the segment is still known: it is the only one of its name in its place.
    /// </summary>
    public static bool IsKnownByName(Guide guide, SegmentRow row)
    {
        if (row.Name is "ST" or "SE") return false;
        if (row.Keys.Length == 0)
            return Array.TrueForAll(guide.Segments, s => s == row || s.Name != row.Name || s.Loop != row.Loop);
        return IsOnlyOne(guide, row);
    }

    /// <summary>
    /// Whether a loop takes a segment for one of its own: by its name and the code it is known from others by, or as
    /// the only one of its name.
    /// </summary>
    public static bool Takes(Guide guide, LoopRow loop, SegmentRow segment)
    {
        var named = Array.FindAll(loop.Entries, e => guide.Segments[e.Segment].Name == segment.Name);
        return Array.Exists(named, e => IsAlike(guide.Segments[e.Segment], segment))
            || (named.Length == 1 && named[0].Child < 0);
    }

    static bool IsAlike(SegmentRow one, SegmentRow other) =>
        one.Keys.Length == 0 || other.Keys.Length == 0 || one.KeyElement != other.KeyElement
            || one.Keys.Intersect(other.Keys).Any();

    /// <summary>Something comes after it after which it is still known.</summary>
    bool CanBeLate(SegmentRow row, int[] loops, int child)
    {
        foreach (var loop in loops)
        {
            var position =
                Array.Find(guide.Loops[loop].Entries,
                    e => child >= 0 ? e.Child == child : e.Segment == row.Index).Position;
            foreach (var entry in guide.Loops[loop].Entries)
                if (entry.Position > position && guide.Segments[entry.Segment].Name != "SE"
                    && (entry.Child < 0 || !Takes(guide, guide.Loops[entry.Child], row)))
                    return true;
        }
        return false;
    }

    /// <summary>A syntax note that can be broken without leaving out what must be there.</summary>
    bool CanBreak(SegmentRow row, SyntaxNote note)
    {
        var uses = ElementsOf(note).ConvertAll(n => guide.Specs[row.FirstSpec + n - 1].Use);
        var (first, rest) = (uses[0], uses[1..]);
        return note.Kind switch
        {
            'P' => uses.Contains(Use.Situational) && uses.Count(static u => u != Use.NotUsed) > 1,
            'R' => !uses.Contains(Use.Required) && uses.Contains(Use.Situational),
            'E' => uses.Count(static u => u != Use.NotUsed) > 1,
            'G' => CanBeLeftOut(uses),
            'C' => first != Use.NotUsed && rest.Contains(Use.Situational),
            _ => first != Use.NotUsed && rest.Contains(Use.Situational) && !rest.Contains(Use.Required),
        };
    }

    /// <summary>One that need not be there has one after it.</summary>
    static bool CanBeLeftOut(List<Use> uses) =>
        uses.FindIndex(static u => u == Use.Situational) is >= 0 and var first
            && uses.FindLastIndex(static u => u != Use.NotUsed) > first;

    /// <summary>
    /// Rules are reported where their remedy belongs: at an element, at a segment, or where the loop ends.
    /// </summary>
    static FindingInfo InfoOf(Guide guide, SituationalRule rule)
    {
        var isAsked = !rule.Needs.IsEmpty;
        if (rule.Target.Loop >= 0 && isAsked) return X12Findings.LoopAsked;
        if (rule.Target.Loop >= 0 || rule.Target.Element == 0)
            return isAsked ? X12Findings.SegmentAsked : X12Findings.SegmentBarred;
        var namesValue = ValuesOf(guide, rule).Length > 0;
        if (!isAsked) return namesValue ? X12Findings.CodeBarred : X12Findings.ElementBarred;
        return namesValue ? X12Findings.CodeBarred : X12Findings.ElementAsked;
    }

    /// <summary>
    /// The values that a rule asks for at its target or, where it asks for none, does not allow; none where any will
    /// do.
    /// </summary>
    public static ulong[] ValuesOf(Guide guide, SituationalRule rule)
    {
        if (rule.Target.Segment < 0 || rule.Target.Element == 0) return [];
        var bits = rule.Needs.IsEmpty ? rule.Bars.Holds : rule.Needs.Holds;
        var named = Array.Find(guide.Segments[rule.Target.Segment].Conditions, c => c.Element == rule.Target.Element
            && c.Component == rule.Target.Component && (bits & c.Bit) != 0 && c.Values.Length > 0);
        return named.Values ?? [];
    }
}
