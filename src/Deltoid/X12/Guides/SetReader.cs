using System.Runtime.CompilerServices;
using Deltoid.Findings;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Guides;

/// <summary>
/// Goes through a part segment by segment: reads, finds the segment's row in the guide, checks its elements. What a
/// row means is left to the reader that uses this one.
/// </summary>
sealed class SetReader
{
    readonly SegmentReader segment = new();
    readonly Faults faults;
    readonly Dictionary<Guide,
        (GuideWalk Walk, ElementChecks Checks, FineSegments Fine, ShiftedSegment Shifted)> guides = [];
    GuideWalk walk = null!;
    ElementChecks checks = null!;
    FineSegments fine = null!;
    ShiftedSegment shifted = null!;
    SegmentRow[] rows = [];
    RowUse[] uses = [];
    SetPart setPart = null!;
    byte[] buffer = [];
    int run;
    bool walking;

    public SetReader() => faults = new() { Segment = segment };

    /// <summary>The reader takes segments that come late, and levels without their HL, for what they are.</summary>
    public bool ReadsOn { get; init; }

    public SegmentReader Segment => segment;

    public Faults Faults => faults;

    public GuideWalk Walk => walk;

    public Guide Guide => walk.Guide;

    /// <summary>What is asked of a row of the guide, by its index.</summary>
    public ref readonly RowUse Use(int row) => ref uses[row];

    public SetPart SetPart => setPart;

    /// <summary>Nothing is known by its look or remembered: for tests, which compare what is found so.</summary>
    public bool IsCareful { get; set; }

    /// <summary>
    /// The segments now read came before the part: they say where it stands, and are not judged again.
    /// </summary>
    public bool InContext => run < setPart.Context.Length;

    /// <summary>The current segment stands outside the set: ISA or GS.</summary>
    public bool InEnvelope => !walking;

    /// <summary>Begins a part whose set has a guide.</summary>
    /// <param name="continues">It follows the part that was read last: what was copied for it is not read
    /// again.</param>
    public void Open(byte[] bytes, SetPart of, bool continues = false)
    {
        (buffer, setPart, run, walking) = (bytes, of, continues ? of.Context.Length - 1 : -1, false);
        var guide = of.Set.Guide ?? throw new ArgumentException("the set has no guide", nameof(of));
        if (!guides.TryGetValue(guide, out var tools))
        {
            var made = new GuideWalk(guide, faults) { ReadsOn = ReadsOn };
            tools = (made, new ElementChecks(guide, segment, faults), new FineSegments(), new ShiftedSegment(guide));
            guides[guide] = tools;
        }
        (walk, checks, fine, shifted) = tools;
        if (!continues) shifted.Begin();
        shiftedAt = 0;
        (walk.IsCareful, checks.IsCareful) = (IsCareful, IsCareful);
        fine.Use(of.Set.Delimiters);
        (rows, uses) = (guide.Segments, guide.Uses);
        if (!continues) walk.Begin();
        (faults.Guide, faults.Line) = (guide, 0);
        OpenRun();
    }

    /// <summary>Goes to the next run; false after the last.</summary>
    bool OpenRun()
    {
        if (++run > setPart.Context.Length) return false;
        var next = run < setPart.Context.Length ? setPart.Context[run] : setPart.Data;
        removed.Clear();
        segment.Open(buffer, next.Start, next.Length, setPart.Set.Delimiters);
        if (segment.HasControls) Unwrap(next);
        if (walking && next.Ordinal > faults.Ordinal + 1) walk.PassOver();
        walking = next.Ordinal > 0;
        faults.Quiet = InContext;
        faults.Ordinal = next.Ordinal - 1;
        faults.Begin(setPart.Set.Interchange, setPart.Set.Group, setPart.Set.Set, next.FileOffset - next.Start,
            removed);
        if (removed.Count > 0 && !InContext) ReportLineEnd(next);
        return true;
    }

    /// <summary>Names the first segment that has a line end inside; the text is without them already.</summary>
    void ReportLineEnd(in SegmentRun of)
    {
        var before = buffer.AsSpan(of.Start, removed[0] - of.Start);
        var start = before.LastIndexOf(setPart.Set.Delimiters.Segment) + 1;
        while (start < before.Length && before[start] <= (byte)' ') start++;
        var name = buffer.AsSpan(of.Start + start, 4);
        var length = name.IndexOf(setPart.Set.Delimiters.Element);
        faults.Report(X12Findings.LineEndInside, 0, length is 2 or 3 ? Cut.Packed(name[..length]) : 0, -1, removed[0],
            ordinal: of.Ordinal + before.Count(setPart.Set.Delimiters.Segment));
    }

    readonly List<int> removed = []; // where line ends stood, in the text without them

    /// <summary>
    /// Takes line ends out of the inside of segments, in place: a file that was wrapped at a column has them anywhere.
    /// Places in the file are still right, since what was taken out is remembered.
    /// </summary>
    void Unwrap(in SegmentRun of)
    {
        removed.Clear();
        var (target, start, inside) = (of.Start, of.Start, false);
        for (var at = of.Start; at < of.Start + of.Length; at++)
        {
            var b = buffer[at];
            if (inside && b is (byte)'\r' or (byte)'\n' && b != setPart.Set.Delimiters.Segment)
            {
                removed.Add(target);
                continue;
            }
            inside = b != setPart.Set.Delimiters.Segment && (inside || b > ' ');
            buffer[target++] = b;
        }
        if (removed.Count > 0) segment.Open(buffer, start, target - start, setPart.Set.Delimiters);
    }

    /// <summary>Steps to the next segment; false at the end of the part.</summary>
    public bool Next()
    {
        while (!segment.Next())
            if (!OpenRun()) return false;
        path = 0;
        if (walking) faults.Ordinal++;
        return true;
    }

    // of the current segment: the loops that were open, or 0 where its place is not one that the walk remembered
    ulong path;

    /// <summary>The segment's row in the guide, by index; -1 when it has no place.</summary>
    public int Place()
    {
        if (!walking) return -1;
        if (segment.IsCut && !faults.Quiet) return PlaceCut();
        var here = IsCareful ? 0 : walk.Path;
        var row = walk.Place(segment, here, out var isRemembered);
        if (isRemembered) path = here;
        // a segment that the reader gets no row of is judged all the same, by the row it is mended to
        else if (row < 0 && walk.IsUnsure && walk.Judged >= 0) Learn(rows[walk.Judged], hash: 0);
        return row;
    }

    /// <summary>
    /// The text ends inside the segment: where it belongs is only guessed, and nothing that follows from it is
    /// reported.
    /// </summary>
    int PlaceCut()
    {
        faults.Quiet = true;
        var row = walk.Place(segment, 0, out _);
        faults.Quiet = false;
        if (row < 0) faults.Report(X12Findings.SegmentCut, 0, segment.Id, walk.Loop, segment.End);
        return row;
    }

    /// <summary>Checks the elements of the current segment, which was placed at <paramref name="row"/>.</summary>
    public void Check(int row)
    {
        var hash = 0UL;
        if (path != 0 && walk.Remembered.IsWorthATry())
        {
            ref readonly var known = ref fine.Find(segment, path, row, out hash);
            var isKnown = !Unsafe.IsNullRef(in known);
            walk.Remembered.Note(isKnown);
            if (isKnown)
            {
                if (known.Holds != 0) walk.Hold(uses[row].Loop, known.Holds);
                return;
            }
        }
        Learn(rows[row], hash);
    }

    /// <summary>
    /// Checks a segment that is not known yet, its elements and the rules between them, and keeps it where it was found
    /// fine.
    /// </summary>
    /// <param name="hash">Of its text, or 0 where it is not kept.</param>
    void Learn(SegmentRow of, ulong hash)
    {
        if (walk.IsUnsure && walk.Judged >= 0) of = rows[walk.Judged];
        else if (walk.IsUnsure) return; // it was reported for its place
        if (segment.IsCut) // what is not there was not left out
        {
            faults.Report(X12Findings.SegmentCut, of.Row, of.Id, of.Loop, segment.End);
            return;
        }
        var found = faults.Target.Count;
        var isFine = !faults.Quiet && checks.Check(of);
        var isJoined = !isFine && faults.Target.Count > found && IsJoined(found);
        if (!isFine && !isJoined && Shift(of, found)) shiftedAt = faults.Ordinal;
        var holds = of.Conditions.Length == 0 ? 0 : IsShifted ? shifted.HoldsOf(of) : checks.HoldsOf(of);
        if (holds != 0) walk.Hold(of.Loop, holds);
        if (IsShifted) return; // the rules between its elements are those of the segment as it was meant
        if (isJoined) return; // what the next segment begins with is none of its elements
        var ruled = faults.Target.Count;
        if (of.Rules.Length > 0) isFine &= walk.JudgeSegment(of, holds, segment);
        if (faults.Target.Count - ruled >= MostBarred) JoinBarred(of, ruled);
        if (isFine && hash != 0) fine.Keep(segment, path, hash, of.Index, holds);
    }

    /// <summary>
    /// The terminator is missing after an element that has faults, since the name of the next segment is in it: that is
    /// one fault, instead of those that were found.
    /// </summary>
    /// <param name="found">How many findings there were before the segment.</param>
    bool IsJoined(int found)
    {
        for (var element = 1; element < segment.Elements; element++)
            for (var length = 2; length <= 3 && length < segment.LengthOf(element); length++)
            {
                var start = segment.StartOf(element) + segment.LengthOf(element) - length;
                var name = segment.Pack(start, length);
                if (Guide.NameNumber(name) < 0 || !Begins(name, element + 1)) continue;
                while (faults.Target.Count > found) faults.Target.RemoveAt(faults.Target.Count - 1);
                faults.Report(X12Findings.NoTerminator, 0, name, walk.Loop, start, element);
                faults.AddStray(faults.Ordinal, name);
                return true;
            }
        return false;
    }

    /// <summary>
    /// Elements have faults because they are in wrong places: that is one fault, instead of those that were found.
    /// </summary>
    /// <param name="found">How many findings there were before the segment.</param>
    bool Shift(SegmentRow of, int found)
    {
        var (errors, last) = (0, 0);
        for (var i = found; i < faults.Target.Count; i++)
        {
            if (faults.Target[i].Severity == Severity.Error) errors++;
            last = Math.Max(last, faults.Target[i].Source.Element);
        }
        if (errors == 0 || (errors == 1 && !IsOfValue(of, found))) return false;
        var (info, element, component) = shifted.Find(segment, of, last, isOneFault: errors == 1);
        if (element == 0) return false;
        while (faults.Target.Count > found) faults.Target.RemoveAt(faults.Target.Count - 1);
        var at = 0;
        var row = info == X12Findings.ElementLeftOut ? Guide.Specs[of.FirstSpec + element - 1].Row : of.Row;
        var isPart = component > 0 && segment.TryFind(element, component, out at, out _);
        faults.Report(info, row, of.Id, of.Loop, isPart ? at : segment.StartOf(element), element, component);
        if (EndsShifted) segment.EndBefore(element);
        return true;
    }

    /// <summary>A value is none of its list, or does not have the form of it: it may be another element's.</summary>
    bool IsOfValue(SegmentRow of, int found)
    {
        ref readonly var finding = ref faults.Target[found];
        if (finding.Source.Element == 0 || finding.Source.Element > of.Elements || finding.Source.Component > 0)
            return false;
        ref readonly var spec = ref Guide.Specs[of.FirstSpec + finding.Source.Element - 1];
        return (spec.Codes >= 0 || spec.Outside is not (Outside.None or Outside.Any))
            && (finding.Info == X12Findings.BadCode || finding.Info == X12Findings.BadPattern
                || finding.Info == X12Findings.TooLong || finding.Info == X12Findings.TooShort);
    }

    /// <summary>From so many on, elements that one code forbids are reported once, at the code.</summary>
    const int MostBarred = 3;

    /// <param name="found">How many findings there were before the rules between its elements were judged.</param>
    void JoinBarred(SegmentRow of, int found)
    {
        var trigger = faults.Target[found].D;
        for (var i = found; i < faults.Target.Count; i++)
            if (faults.Target[i].Info != X12Findings.ElementBarred || faults.Target[i].D != trigger) return;
        if (trigger.Kind != ArgKind.Trigger || trigger.AsTrigger is not (_, _, > 0 and var element, _)) return;
        var count = faults.Target.Count - found;
        while (faults.Target.Count > found) faults.Target.RemoveAt(faults.Target.Count - 1);
        faults.Report(X12Findings.CodeContradicts, of.Row, of.Id, of.Loop, segment.StartOf(element), element,
            detail: Arg.Count(count));
    }

    /// <summary>The reader gets only the elements before those that are in wrong places.</summary>
    public bool EndsShifted { get; init; }

    int shiftedAt; // the last segment in which values were in wrong places

    /// <summary>The current segment has values in wrong places.</summary>
    public bool IsShifted => shiftedAt == faults.Ordinal && shiftedAt > 0;

    /// <summary>Whether a segment of a name can have the element for its first, or has a code elsewhere.</summary>
    bool Begins(ulong name, int element)
    {
        foreach (var row in rows)
            if (row.Id == name
                && (row.KeyElement == 1 ? Array.IndexOf(row.Keys, segment.Packed(element)) >= 0 : row.Keys.Length == 0))
                return true;
        return false;
    }

    /// <summary>Reports about the current segment.</summary>
    public void Report(FindingInfo info, int row, int element = 0, int component = 0, Arg detail = default)
    {
        if (segment.IsCut) return; // its values may be cut off
        var of = Guide.Segments[row];
        var at = element == 0 ? segment.Start : element > segment.Elements ? segment.End : segment.StartOf(element);
        if (component > 1 && segment[element, component] is { IsEmpty: false } part) at = segment.OffsetOf(part);
        faults.Report(info, of.Row, of.Id, of.Loop, at, element, component, detail: detail);
    }
}
