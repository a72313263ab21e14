using System.Runtime.CompilerServices;
using Deltoid.Findings;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Guides;

/// <summary>
/// Makes findings of what is wrong in a set and gives them their places: the set's, the segment's ordinal from ST = 1,
/// the byte in the file. To whom a finding belongs (a claim, the set as a whole) is the reader's to say by setting
/// <see cref="Target"/>.
/// </summary>
internal sealed class Faults
{
    /// <summary>Findings for one target at most: a file of nonsense does not fill the memory.</summary>
    public const int Most = 1000;

    FindingList target = new();
    long offset;
    List<int> removed = [];

    /// <summary>Where findings go.</summary>
    public FindingList Target { get => target; set => target = value; }

    /// <summary>Nothing is reported: segments are gone through again only to know where one stands.</summary>
    public bool Quiet { get; set; }

    /// <summary>Something was reported since this was last set to false.</summary>
    public bool Any { get; set; }

    public int Interchange { get; private set; }

    public int Group { get; private set; }

    public int Set { get; private set; }

    /// <summary>The current segment, from ST = 1.</summary>
    public int Ordinal { get; set; }

    /// <summary>The claim's line that the segment belongs to, or 0.</summary>
    public int Line { get; set; }

    /// <summary>What is read, of which findings quote elements; none in tests of this class alone.</summary>
    public SegmentReader? Segment { get; init; }

    /// <summary>The guide in use.</summary>
    internal Guide Guide { get; set; } = GuideLibrary.Envelope;

    /// <summary>
    /// Says in which set the segments stand, and which byte of the file the first one of the buffer is.
    /// </summary>
    /// <param name="removedAt">Where bytes of the file are not in the buffer, in order: line ends that were taken
    /// out.</param>
    public void Begin(int interchange, int group, int set, long fileOffset, List<int>? removedAt = null) =>
        (Interchange, Group, Set, offset, removed) = (interchange, group, set, fileOffset, removedAt ?? []);

    /// <summary>The current segment's place in the file.</summary>
    public SourcePlace Here(int at) => new(Interchange, Group, Set, Ordinal, 0, 0, 0, InFile(at));

    /// <summary>A place in the buffer as one in the file.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal long InFile(int at) => removed.Count == 0 ? offset + at : AfterRemoved(at);

    long AfterRemoved(int at)
    {
        var before = removed.BinarySearch(at + 1);
        before = before < 0 ? ~before : before;
        while (before > 0 && removed[before - 1] > at) before--; // several are at one place
        return offset + at + before;
    }

    /// <summary>Whether the segment, or the loop that begins with it, was already asked for at that place.</summary>
    internal bool Asked(SegmentRow row, int ordinal)
    {
        foreach (ref readonly var finding in target.Span)
            if (finding.Source.Segment == ordinal
                && (finding.Info == X12Findings.SegmentAsked || finding.Info == X12Findings.LoopAsked)
                && Guide.SegmentOf((int)finding.A.Value) == row.Index)
                return true;
        return false;
    }

    /// <summary>Takes back what was said of an element's value, where the element must be empty in any case.</summary>
    internal void Withdraw(int ordinal, RuleTarget of)
    {
        for (var i = target.Count - 1; i >= 0; i--)
        {
            var source = target[i].Source;
            if (source.Segment != ordinal || source.Element != of.Element || source.Component != of.Component) continue;
            if (Array.IndexOf(OfValues, target[i].Info) >= 0) target.RemoveAt(i);
        }
    }

    /// <summary>
    /// Takes back what was asked for or not allowed because of an element: its value is wrong, so what it says does
    /// not count.
    /// </summary>
    internal void WithdrawAfter(Arg trigger)
    {
        var (ordinal, _, element, _) = trigger.AsTrigger;
        for (var i = target.Count - 1; i >= 0; i--)
            if (target[i].Info == X12Findings.CodeContradicts
                ? (target[i].Source.Segment, target[i].Source.Element) == (ordinal, element)
                : target[i].D == trigger && Array.IndexOf(OfRules, target[i].Info) >= 0)
                target.RemoveAt(i);
    }

    static readonly FindingInfo[] OfRules =
    [
        X12Findings.SegmentBarred, X12Findings.SegmentAsked, X12Findings.LoopAsked, X12Findings.ElementAsked,
        X12Findings.ElementBarred, X12Findings.CodeBarred,
    ];

    /// <summary>What is wrong with a value, and does not matter where there must be none.</summary>
    static readonly FindingInfo[] OfValues =
    [
        X12Findings.BadCode, X12Findings.BadPattern, X12Findings.BadDate, X12Findings.BadTime, X12Findings.NotANumber,
        X12Findings.TooLong, X12Findings.TooShort, X12Findings.TooPrecise, X12Findings.OuterBlanks,
    ];

    /// <summary>The line of a claim that a loop is of; none of a loop further out than the line's.</summary>
    int LineOf(int loop) => loop >= 0 && Guide.Loops[loop].IsAboveLines ? 0 : Line;

    /// <summary>The field of a claim that a row's element fills.</summary>
    Field FieldOf(int row, int element, int component) =>
        row > 0 && Guide.SegmentOf(row) is >= 0 and var segment
            ? Guide.Set.FieldOf(Guide.Segments[segment], element, component)
            : Field.None;

    readonly (int Ordinal, ulong Name)[] strays = new (int, ulong)[16];
    uint strayCount;
    int lastStray;

    /// <summary>How many were reported, in silence too.</summary>
    internal int Count { get; set; }

    /// <summary>After such a fault a segment is there that is not known by its name.</summary>
    static bool LosesName(FindingInfo info) =>
        info == X12Findings.UnknownSegment || info == X12Findings.SmallLetters || info == X12Findings.LevelUnknown
            || info == X12Findings.BadSegmentName || info == X12Findings.SegmentNotInSet
            || info == X12Findings.UnexpectedSegment || info == X12Findings.TooManyElements;

    /// <summary>
    /// Whether the code of an element is reported already: that it may not be there is the same fault.
    /// </summary>
    internal bool HasBadCode(int ordinal, int element, int component)
    {
        foreach (ref readonly var finding in target.Span)
            if (finding.Info == X12Findings.BadCode && finding.Source.Segment == ordinal
                && finding.Source.Element == element
                && (component == 0 || finding.Source.Component is 0 || finding.Source.Component == component))
                return true;
        return false;
    }

    /// <summary>
    /// Whether an element is reported already: that its value is wrong, or that it is missing or must be empty. A rule
    /// that asks something else of the same element would report the same fault again.
    /// </summary>
    internal bool HasFault(int ordinal, RuleTarget of)
    {
        if (target.Count >= Most) return false; // no more is reported of it
        foreach (ref readonly var finding in target.Span)
        {
            var source = finding.Source;
            if (source.Segment != ordinal || source.Element != of.Element || source.Component != of.Component) continue;
            if (Array.IndexOf(OfElements, finding.Info) >= 0) return true;
        }
        return false;
    }

    /// <summary>One of these is enough for an element.</summary>
    static readonly FindingInfo[] OfElements =
    [
        X12Findings.BadCode,
        X12Findings.TooLong,
        X12Findings.TooShort,
        X12Findings.ElementMissing,
        X12Findings.PairMissing,
        X12Findings.ElementAsked,
        X12Findings.ElementBarred,
        X12Findings.CodeBarred,
    ];

    /// <summary>
    /// Whether a segment was reported to be out of its place: what it bars there, or is barred by, follows.
    /// </summary>
    internal bool IsOutOfSequence(int ordinal)
    {
        for (var i = target.Count - 1; i >= Math.Max(target.Count - LookBack, 0); i--)
            if (target[i].Info == X12Findings.OutOfSequence && target[i].Source.Segment == ordinal) return true;
        return false;
    }

    /// <summary>No more findings are looked through: a file of nonsense has very many.</summary>
    const int LookBack = 100;

    internal bool HasStrays => strayCount > 0;

    internal void ForgetStrays()
    {
        if (strayCount > 0) Array.Clear(strays);
        (strayCount, lastStray) = (0, 0);
    }

    /// <param name="name">The one name that it can account for; 0 of any.</param>
    internal void AddStray(int ordinal, ulong name)
    {
        strays[strayCount % strays.Length] = (ordinal, name);
        (strayCount, lastStray) = (unchecked(strayCount + 1), ordinal); // a place in a ring
    }

    /// <summary>Whether such a segment is at a place, and accounts for none that is missing yet.</summary>
    internal bool IsStray(int ordinal) => !Quiet && ordinal > 0 && Array.IndexOf(strays, (ordinal, 0UL)) >= 0;

    /// <summary>
    /// Whether such a segment is at a place; it accounts for one name that is missing there, and for no other.
    /// </summary>
    internal bool TakeStray(int ordinal, ulong name)
    {
        if (Quiet || ordinal <= 0 || strayCount == 0 || ordinal > lastStray) return false;
        var at = Array.FindIndex(strays, s => s.Ordinal == ordinal && (s.Name == 0 || s.Name == name));
        if (at >= 0) strays[at] = (ordinal, name);
        return at >= 0;
    }

    /// <summary>Takes back that a segment like this is missing a few segments before: here it comes, late.</summary>
    /// <returns>Index of the segment in the guide; -1 where none was reported.</returns>
    internal int Retract(SegmentReader segment)
    {
        for (var i = target.Count - 1; i >= Math.Max(target.Count - LookBack, 0) && !Quiet; i--)
        {
            ref readonly var finding = ref target[i];
            if (finding.B != Arg.Segment(segment.Id) || finding.Source.Segment < Ordinal - 4
                || finding.A.Kind != ArgKind.Row || Array.IndexOf(OfMissing, finding.Info) < 0)
                continue;
            var index = Guide.SegmentOf((int)finding.A.Value);
            if (index >= 0 && !HasKey(Guide.Segments[index], segment)) continue;
            if (index >= 0) target.RemoveAt(i);
            return index;
        }
        return -1;
    }

    static readonly FindingInfo[] OfMissing =
        [X12Findings.SegmentMissing, X12Findings.SegmentAsked, X12Findings.LoopAsked];

    static bool HasKey(SegmentRow row, SegmentReader segment) =>
        row.Keys.Length == 0 || Array.IndexOf(row.Keys, segment.Packed(row.KeyElement)) >= 0;

    /// <param name="row">The row of the guide that is broken, or 0.</param>
    /// <param name="segment">The name of the segment, packed.</param>
    /// <param name="loop">Index of the loop in the guide, or -1.</param>
    /// <param name="at">The place in the buffer.</param>
    /// <param name="inFile">The place in the file, where the buffer does not hold it any more.</param>
    public void Report(FindingInfo info, int row, ulong segment, int loop, int at, int element = 0, int component = 0,
        int repeat = 0, Arg detail = default, int ordinal = 0, long inFile = -1)
    {
        Any = true;
        Count++;
        if (!Quiet && LosesName(info)) AddStray(ordinal > 0 ? ordinal : Ordinal, 0);
        if (Quiet || target.Count >= Most) return;
        target.Add(new Finding
        {
            Info = info, Severity = info.Severity,
            Place = Place.OfLine(LineOf(loop),
                X12Findings.IsOfWrongPlaces(info) ? Field.None : FieldOf(row, element, component)),
            A = row > 0 ? Arg.Row(Guide.Letter, row) : default, B = Arg.Segment(segment),
            C = loop >= 0 ? Arg.Loop(Guide.Letter, loop) : default, D = detail,
            Found = row > 0 && element > 0 && ordinal == 0 && inFile < 0 ? Quote(row, element, component, at) : default,
            Source = new(Interchange, Group, Set, ordinal > 0 ? ordinal : Ordinal, (short)element, (short)component,
                (short)repeat, inFile >= 0 ? inFile : InFile(at)),
        });
    }

    /// <summary>What the current segment holds at a place, up to the next separator, where it may be quoted.</summary>
    Excerpt Quote(int row, int element, int component, int at)
    {
        if (Segment is not { } segment || at < segment.Start || at >= segment.End) return default;
        if (Guide.SegmentOf(row) is not (>= 0 and var index) || Guide.Segments[index] is not { } of
            || of.Id != segment.Id)
            return default;
        var text = segment.Buffer.AsSpan(at, segment.End - at);
        var marks = segment.Delimiters;
        var end = text.IndexOfAny(marks.Element, marks.Component, marks.Repetition);
        if (end >= 0) text = text[..end];
        // with XX before it, it is the number of a provider
        if (component == 0 && element > 1 && segment.Packed(element - 1) == NpiKind)
            return text.Length == 10 && ElementForms.AllDigits(text) ? Excerpt.Of(text) : default;
        return Guide.IsQuoted(of, element, component, text) && !HoldsAnother(of, segment) ? Excerpt.Of(text) : default;
    }

    /// <summary>
    /// A terminator that is missing puts the next segment's name among the elements: what follows may be a person. An
    /// IK3 names segments by right, and N4 in a LIN is the kind of a package's number.
    /// </summary>
    static bool HoldsAnother(SegmentRow row, SegmentReader segment)
    {
        if (row.Name is "IK3" or "LIN") return false;
        for (var i = 1; i <= segment.Elements; i++)
            if (segment.LengthOf(i) is 2 or 3 && Guide.IsOfPeople(segment.Packed(i))) return true;
        return false;
    }

    static readonly ulong NpiKind = SegmentReader.PackOf("XX");
}
