using System.Runtime.InteropServices;
using System.Text;
using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Acknowledgments;

/// <summary>
/// Answers a file as its receiver: to each interchange one that goes the other way, with a TA1 where it asks for one
/// (ISA14) or is at fault, and a 999 for each of its groups unless the interchange as a whole is rejected. Parts and
/// findings come in the order of the file. Acknowledgments themselves are not acknowledged. Sums and the meaning of
/// codes are no matter of a 999. Belongs to one thread.
/// </summary>
/// <param name="terms">The day, the first control numbers, and whether it is for production; who sends to whom is taken
/// from the file.</param>
public sealed class Acknowledger(EnvelopeTerms terms)
{
    /// <summary>Faults of one set that are reported; a set with more is rejected all the same.</summary>
    public const int MostFaults = 100_000;

    /// <summary>
    /// A fault of the open set: what of its finding an acknowledgment says. Its texts are the group's.
    /// </summary>
    [StructLayout(LayoutKind.Auto)]
    readonly record struct Fault(FindingInfo Info, SourcePlace At, Arg Segment, Arg Loop, Arg Trigger, AckLevel Level,
        string Code, TextRange UnitKind, TextRange Unit);

    readonly SegmentWriter output = new(), body = new(); // the body is written when its TA1 is known
    readonly Acknowledgment group = new();
    readonly List<Fault> faults = [];
    AcknowledgmentWriter? writer;
    EnvelopePart? isa, gs;
    Guide? guide; // of the open set
    string interchangeFault = "000";
    int interchanges, groups, groupsInInterchange;
    int acceptedHere; // sets that were accepted before this interchange

    /// <summary>What was written since the last <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Written => output.Written;

    /// <summary>Removes what was written.</summary>
    public void Clear() => output.Clear();

    /// <summary>Sets whose verdict was A, and R.</summary>
    public int Accepted { get; private set; }

    /// <summary>Transaction sets that were rejected.</summary>
    public int Rejected { get; private set; }

    /// <summary>Interchanges that were rejected as a whole by a TA1.</summary>
    public int RejectedInterchanges { get; private set; }

    /// <summary>Faults that were too many to report.</summary>
    public long Unreported { get; private set; }

    /// <summary>Takes the next part of the envelope.</summary>
    internal void Take(EnvelopePart part)
    {
        if (part.Kind == EnvelopeKind.Interchange) BeginInterchange(part);
        if (isa is null) return;
        if (part.Kind == EnvelopeKind.Group) BeginGroup(part);
        if (part.Kind == EnvelopeKind.Set) BeginSet(part);
        Take(part.Findings, default, default, 0);
        if (part.Kind == EnvelopeKind.SetEnd) EndSet();
        if (part.Kind == EnvelopeKind.GroupEnd) EndGroup(part);
        if (part.Kind == EnvelopeKind.InterchangeEnd) EndInterchange();
    }

    /// <summary>Takes findings of the open set.</summary>
    /// <param name="unitKind">What the unit of business is known by: CLM01, TRN02; empty where there is none.</param>
    /// <param name="from">The ordinal of the unit's first segment; what stands before it belongs to no unit.</param>
    public void Take(FindingList findings, ReadOnlySpan<byte> unitKind, ReadOnlySpan<byte> unit, int from)
    {
        var (kindText, unitText) = (default(TextRange), default(TextRange)); // once for all findings of the unit
        foreach (ref readonly var finding in findings.Span)
        {
            var (level, code) = AckCodes.Of(finding);
            if (level == AckLevel.None) continue;
            if (level == AckLevel.Interchange)
            {
                if (interchangeFault == "000") interchangeFault = code;
            }
            else if (level == AckLevel.Group) AddFault(ref group.Faults, code);
            else if (faults.Count >= MostFaults) Unreported++;
            else if (unit.IsEmpty || !IsOf(finding, unitKind, from))
                faults.Add(Of(finding, level, code, default, default));
            else
            {
                if (unitText.IsEmpty) (kindText, unitText) = (group.Append(unitKind), group.Append(unit));
                faults.Add(Of(finding, level, code, kindText, unitText));
            }
        }
    }

    static Fault Of(in Finding finding, AckLevel level, string code, TextRange unitKind, TextRange unit) =>
        new(finding.Info, finding.Source, finding.B, finding.C, finding.D, level, code, unitKind, unit);

    /// <summary>
    /// Whether it is in the unit: what is missing in an earlier loop is reported where the unit's own segment begins.
    /// </summary>
    static bool IsOf(in Finding finding, ReadOnlySpan<byte> unitKind, int from) =>
        finding.Source.Segment > from
            || (finding.Source.Segment == from && BeginsWith(unitKind, finding.B));

    static bool BeginsWith(ReadOnlySpan<byte> unitKind, Arg segment)
    {
        Span<byte> name = stackalloc byte[Code.MaxLength];
        return segment.Kind == ArgKind.Segment && unitKind.StartsWith(name[..NameOf(segment).Write(name)]);
    }

    /// <summary>The name of a segment that the standard knows.</summary>
    static Code NameOf(Arg segment) => new(unchecked((ulong)segment.Value)); // as packed

    static void AddFault(ref FaultCodes faults, string code)
    {
        var fault = Code.Of(code);
        foreach (ref var known in (Span<Code>)faults)
        {
            if (known == fault) return;
            if (!known.IsNone) continue;
            known = fault;
            return;
        }
    }

    void BeginInterchange(EnvelopePart part)
    {
        isa = part;
        gs = null;
        interchangeFault = "000";
        groupsInInterchange = 0;
        acceptedHere = Accepted;
        body.Clear();
        body.Delimiters = output.Delimiters = Distinct(part.Delimiters);
    }

    /// <summary>The separators of what came, with others where one is missing or used twice.</summary>
    static Delimiters Distinct(Delimiters marks)
    {
        if (marks.Repetition == marks.Segment) marks = marks with { Repetition = Delimiters.Usual.Repetition };
        return marks.AreDistinct && marks.Repetition != marks.Segment ? marks : Delimiters.Usual;
    }

    void BeginGroup(EnvelopePart part)
    {
        gs = part;
        group.Clear();
        group.Delimiters = body.Delimiters;
        group.Functional = CodeOf(part.Element(1));
        (group.GroupControl, group.GroupGuide) = (Append(part.Element(6)), Append(part.Element(8)));
    }

    TextRange Append(string text) => group.Append(Encoding.Latin1.GetBytes(text));

    static Code CodeOf(string text) => Code.TryParse(text, out var code) ? code : default;

    void BeginSet(EnvelopePart part)
    {
        faults.Clear();
        guide = part.Set?.Guide;
        if (gs is null)
            BeginGroup(new EnvelopePart(EnvelopeKind.Group, [], part.Place, part.Delimiters, null, 0, new()));
        ref var set = ref group.AddSet();
        (set.Kind, set.Control, set.Guide) = (CodeOf(part.Element(1)), Append(part.Element(2)),
            Append(part.Element(3)));
    }

    void EndSet()
    {
        ref var set = ref group.Sets.Span[^1];
        set.Verdict = faults.Count == 0 ? 'A' : 'R';
        if (faults.Count == 0) Accepted++;
        else Rejected++;
        foreach (var fault in faults)
            if (fault.Level == AckLevel.Set) AddFault(ref set.Faults, fault.Code);
        faults.RemoveAll(static f => f.Level == AckLevel.Set);
        if (faults.Count > 0) AddFault(ref set.Faults, "5");
        if (!IsInOrder()) faults.Sort(Compare);
        Fault? last = null;
        foreach (var fault in faults)
        {
            Reject(fault,
                continues: fault.Level == AckLevel.Element && last is { Level: AckLevel.Element, At: var at }
                    && at.Segment == fault.At.Segment);
            last = fault;
        }
        faults.Clear();
    }

    /// <summary>As findings come in the order of the file, mostly.</summary>
    bool IsInOrder()
    {
        for (var i = 1; i < faults.Count; i++)
            if (Compare(faults[i - 1], faults[i]) > 0) return false;
        return true;
    }

    /// <summary>The order of the set; of one segment first what is wrong with it as a whole.</summary>
    static int Compare(Fault one, Fault two)
    {
        var order = one.At.Segment.CompareTo(two.At.Segment);
        return order != 0 ? order : InSegment(one).CompareTo(InSegment(two));
    }

    static (AckLevel, short, short, short, string) InSegment(Fault fault) =>
        (fault.Level, fault.At.Element, fault.At.Component, fault.At.Repeat, fault.Info.Id);

    void Reject(in Fault fault, bool continues)
    {
        var at = fault.At;
        ref var rejection = ref group.Reject();
        rejection.Continues = continues;
        (rejection.Segment, rejection.Ordinal) = (NameOf(fault.Segment), at.Segment);
        rejection.Loop = LoopOf(fault.Loop);
        (rejection.UnitKind, rejection.UnitNumber) = (fault.UnitKind, fault.Unit);
        if (fault.Trigger.Kind == ArgKind.Trigger) rejection.Trigger = TriggerOf(fault.Trigger);
        if (fault.Level == AckLevel.Segment)
        {
            rejection.Fault = Code.Of(fault.Code);
            return;
        }
        (rejection.Fault, rejection.ElementFault, rejection.OfElement) = (OfElements, Code.Of(fault.Code), true);
        (rejection.Element, rejection.Component, rejection.Repeat) = (Math.Max((int)at.Element, 1), at.Component,
            at.Repeat);
        if (ReferenceOf(fault) is > 0 and var reference)
            rejection.Reference = Append(reference);
    }

    static readonly Code OfElements = Code.Of("8");

    TextRange Append(int number)
    {
        Span<byte> digits = stackalloc byte[12];
        return group.Append(digits[..Digits.WriteScaled(number, 0, digits)]);
    }

    /// <summary>A loop's name; of the set's own segments there is none.</summary>
    TextRange LoopOf(Arg loop) =>
        loop.Kind == ArgKind.Loop && loop.Value > 0 && GuideOf(loop) is { } of
            ? group.Append(of.Loops[(int)loop.Value].NameBytes)
            : default;

    /// <summary>The guide that an argument names: that of the open set or of the envelope.</summary>
    Guide? GuideOf(Arg arg) =>
        guide?.Letter == (char)arg.Extra ? guide
            : GuideLibrary.Envelope.Letter == (char)arg.Extra ? GuideLibrary.Envelope
            : null;

    Trigger TriggerOf(Arg trigger)
    {
        var (ordinal, row, element, component) = trigger.AsTrigger;
        var segment = GuideOf(trigger)!.Segments[row];
        var loop = LoopOf(Arg.Loop((char)trigger.Extra, segment.Loop));
        return new()
        {
            Segment = CodeOf(segment.Name), Ordinal = ordinal, Loop = loop, Element = element, Component = component
        };
    }

    /// <summary>
    /// The number of the data element: a segment has the same ones wherever it stands. 0 of a composite.
    /// </summary>
    int ReferenceOf(in Fault fault)
    {
        if (fault.Loop.Kind != ArgKind.Loop || GuideOf(fault.Loop) is not { } of) return 0;
        var row = of.FirstNamed(NameOf(fault.Segment).Packed);
        var (element, component) = (fault.At.Element, fault.At.Component);
        if (row is null || element < 1 || element > row.Elements) return 0;
        var spec = of.Specs[row.FirstSpec + element - 1];
        if (spec.Components == 0) return spec.Reference;
        return component >= 1 && component <= spec.Components
            ? of.Specs[spec.FirstComponent + component - 1].Reference
            : 0;
    }

    void EndGroup(EnvelopePart part)
    {
        if (gs is null) return;
        if (group.Faults.Count > 0) RejectAll();
        var accepted = 0;
        foreach (ref readonly var set in group.Sets.Span)
            if (set.IsAccepted) accepted++;
        group.Received = part.Count;
        group.Announced = Digits.TryScaled(Encoding.Latin1.GetBytes(part.Element(1)), 0, out var announced)
            && announced is >= 0 and <= 999_999
            ? (int)announced
            : part.Count;
        group.Accepted = accepted;
        group.Verdict = group.Faults.Count > 0 || (accepted == 0 && part.Count > 0) ? 'R'
            : accepted < part.Count ? 'P'
            : 'A';
        if (gs.Element(1) != "FA") WriteGroup(gs);
        gs = null;
    }

    /// <summary>
    /// A fault of the group rejects its sets with it: those that are good in themselves get no verdict, which would say
    /// that they were taken.
    /// </summary>
    void RejectAll()
    {
        var sets = group.Sets.ToArray();
        group.Sets.Clear();
        foreach (var set in sets)
            if (!set.IsAccepted) group.Sets.Add(set);
        var taken = sets.Length - group.Sets.Count;
        (Accepted, Rejected) = (Accepted - taken, Rejected + taken);
    }

    void WriteGroup(EnvelopePart received)
    {
        var control = EnvelopeSegments.Number(terms.GroupControl + groups++, 1);
        var version = AcknowledgmentSet.Set.Versions[0];
        body.WriteGroup(terms with { GroupSender = received.Element(3), GroupReceiver = received.Element(2) }, "FA",
            version, control);
        group.Control = group.Append(EnvelopeSegments.Number(terms.SetControl + groupsInInterchange++, 4));
        (writer ??= new(body)).Write(group);
        body.WriteEnd("GE"u8, 1, control);
    }

    void EndInterchange()
    {
        var from = isa!;
        isa = null;
        var isRejected = interchangeFault != "000";
        var hasVerdict = isRejected || from.Element(14) == "1";
        if (isRejected) // and all of its sets with it
        {
            (groupsInInterchange, groups) = (0, groups - groupsInInterchange);
            (Accepted, Rejected, RejectedInterchanges) = (acceptedHere, Rejected + Accepted - acceptedHere,
                RejectedInterchanges + 1);
        }
        if (!hasVerdict && groupsInInterchange == 0) return;
        var control = EnvelopeSegments.Number(terms.InterchangeControl + interchanges++, 9);
        output.WriteInterchange(terms with
            {
                SenderKind = from.Element(7), Sender = from.Element(8), ReceiverKind = from.Element(5),
                Receiver = from.Element(6)
            }, control);
        if (hasVerdict) WriteVerdict(from, isRejected);
        if (!isRejected) output.Whole(body.Written);
        output.WriteEnd("IEA"u8, groupsInInterchange, control);
    }

    void WriteVerdict(EnvelopePart from, bool isRejected) =>
        new AcknowledgmentWriter(output)
            .Write(new InterchangeAcknowledgment(from.Element(13), from.Element(9), from.Element(10),
                    isRejected ? 'R' : 'A', interchangeFault));
}
