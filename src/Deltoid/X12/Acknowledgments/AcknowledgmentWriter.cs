using Deltoid.Answers;
using Deltoid.Values;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Acknowledgments;

/// <summary>Writes a 999 set, or the TA1 of an interchange. The envelope around them is the caller's.</summary>
internal sealed class AcknowledgmentWriter : AnswerWriter
{
    readonly int setLoop, segmentLoop, elementLoop, segmentTrigger;
    Acknowledgment acknowledgment = new();
    int current, rejection; // the set and the rejection that are written
    bool hasElement; // of the segment at fault one is written
    bool hasTrigger; // it was kept with the segment at fault, so its element needs none

    public AcknowledgmentWriter(SegmentWriter output) : base(output, AcknowledgmentSet.Set.Guide)
    {
        (setLoop, segmentLoop, elementLoop) = (Guide.LoopIndex("2000"), Guide.LoopIndex("2100"),
            Guide.LoopIndex("2110"));
        segmentTrigger = Guide.SegmentIndex("2100", "CTX", "SITUATIONAL_TRIGGER");
    }

    ref SetVerdict Set => ref acknowledgment.Sets.Span[current];

    ref Rejection Rejection => ref acknowledgment.Rejections.Span[rejection];

    /// <summary>The set has a rejection after the current one.</summary>
    bool HasNext => rejection + 1 < Set.FirstRejection + Set.RejectionCount;

    /// <summary>Writes one set, ST to SE.</summary>
    public void Write(Acknowledgment one)
    {
        (acknowledgment, current) = (one, -1);
        WriteSet(one);
    }

    private protected override void Enter(int loop)
    {
        if (loop == setLoop) rejection = acknowledgment.Sets[++current].FirstRejection - 1;
        if (loop == segmentLoop || (loop == elementLoop && hasElement)) rejection++;
        if (loop == segmentLoop) hasTrigger = Has(segmentTrigger);
        else if (hasElement) hasTrigger = false;
        hasElement = loop == elementLoop;
    }

    private protected override bool IsList(SegmentRow row) =>
        (AcknowledgmentAction)row.Action is AcknowledgmentAction.Set or AcknowledgmentAction.Segment
            or AcknowledgmentAction.Element;

    /// <summary>A trigger that was kept stays as it was: a segment may have several.</summary>
    private protected override bool IsSource(SegmentRow row, int kept) =>
        (AcknowledgmentAction)row.Action != AcknowledgmentAction.Trigger && base.IsSource(row, kept);

    private protected override bool Needs(SegmentRow row) => (AcknowledgmentAction)row.Action switch
    {
        AcknowledgmentAction.Set => current + 1 < acknowledgment.Sets.Count,
        AcknowledgmentAction.Segment => HasNext,
        AcknowledgmentAction.Element =>
            hasElement ? HasNext && acknowledgment.Rejections[rejection + 1].Continues : Rejection.OfElement,
        AcknowledgmentAction.Trigger =>
            !hasTrigger && !Rejection.Trigger.Segment.IsNone && Rejection.OfElement == (row.Loop == elementLoop),
        AcknowledgmentAction.Unit => !Rejection.UnitKind.IsEmpty,
        AcknowledgmentAction.Group =>
            IsNew || !acknowledgment.Functional.IsNone || !acknowledgment.GroupControl.IsEmpty,
        AcknowledgmentAction.Verdict => IsNew || acknowledgment.Verdict != '\0' || acknowledgment.Received >= 0,
        AcknowledgmentAction.SetVerdict => IsNew || Set.Verdict != '\0',
        AcknowledgmentAction.End => true,
        _ => false,
    };

    private protected override void Fill(SegmentRow row)
    {
        switch ((AcknowledgmentAction)row.Action)
        {
            case AcknowledgmentAction.Start:
                Usual("999"u8);
                Put(acknowledgment[acknowledgment.Control], "0001"u8);
                Usual(System.Text.Encoding.ASCII.GetBytes(Guide.Set.Versions[0]));
                break;
            case AcknowledgmentAction.Group:
                Put(acknowledgment.Functional);
                Put(acknowledgment[acknowledgment.GroupControl]);
                Put(acknowledgment[acknowledgment.GroupGuide]);
                break;
            case AcknowledgmentAction.Set:
                Put(Set.Kind);
                Put(acknowledgment[Set.Control]);
                Put(acknowledgment[Set.Guide]);
                break;
            case AcknowledgmentAction.Segment:
                Put(Rejection.Segment);
                Put(NumberOrNone(Rejection.Ordinal));
                Put(acknowledgment[Rejection.Loop]);
                Put(Rejection.Fault);
                break;
            case AcknowledgmentAction.Trigger: FillTrigger(Rejection.Trigger); break;
            case AcknowledgmentAction.Unit: PutUnit(); break;
            case AcknowledgmentAction.Element: FillElement(); break;
            case AcknowledgmentAction.SetVerdict:
                Put(Set.Verdict);
                PutFaults(Set.Faults);
                break;
            case AcknowledgmentAction.Verdict: FillVerdict(); break;
            case AcknowledgmentAction.End:
                Made(Output.Segments + 1);
                Put(acknowledgment[acknowledgment.Control], "0001"u8);
                break;
        }
    }

    static int NumberOrNone(int number) => number > 0 ? number : -1;

    void FillVerdict()
    {
        Put(acknowledgment.Verdict);
        Put(acknowledgment.Announced);
        Put(acknowledgment.Received);
        Put(acknowledgment.Accepted);
        PutFaults(acknowledgment.Faults);
    }

    void PutFaults(in FaultCodes faults)
    {
        foreach (var fault in faults) Put(fault);
    }

    void FillElement()
    {
        PutPlace(Rejection.Element, Rejection.Component, Rejection.Repeat);
        Put(acknowledgment[Rejection.Reference]);
        Put(Rejection.ElementFault);
        Put(acknowledgment[Rejection.Value]);
    }

    void FillTrigger(in Trigger trigger)
    {
        Output.Text("SITUATIONAL TRIGGER"u8);
        Output.Text(trigger.Segment);
        if (trigger.Ordinal > 0) Output.Number(trigger.Ordinal);
        else Output.Skip();
        Output.Text(acknowledgment[trigger.Loop]);
        if (trigger.Element > 0) PutPlace(trigger.Element, trigger.Component, trigger.Repeat);
    }

    /// <summary>An element's place in its segment, its component and repetition; kept where it says the same.</summary>
    void PutPlace(int element, int component, int repeat)
    {
        var kept = NextOfTemplate();
        var rest = kept;
        if (IsKept && AcknowledgmentReader.NumberOf(NextPart(ref rest)) == element
            && AcknowledgmentReader.NumberOf(NextPart(ref rest)) == component
            && AcknowledgmentReader.NumberOf(NextPart(ref rest)) == repeat)
        {
            Raw(kept);
            return;
        }
        Span<byte> text = stackalloc byte[24];
        Output.Text(text[..Digits.WriteScaled(element, 0, text)]);
        Output.Component(component > 0 ? text[..Digits.WriteScaled(component, 0, text)] : default);
        Output.Component(repeat > 0 ? text[..Digits.WriteScaled(repeat, 0, text)] : default);
    }

    /// <summary>The kind and number of the unit of business. A kept one may name more than one.</summary>
    void PutUnit()
    {
        var kept = NextOfTemplate();
        var kind = acknowledgment[Rejection.UnitKind];
        var number = acknowledgment[Rejection.UnitNumber];
        var rest = kept;
        var isSame = NextPart(ref rest).SequenceEqual(kind) && NextPart(ref rest).SequenceEqual(number);
        if (kind.IsEmpty || isSame)
        {
            Raw(kept);
            return;
        }
        Output.Text(kind);
        Output.Component(number);
    }

    /// <summary>Writes the verdict on an interchange.</summary>
    public void Write(InterchangeAcknowledgment verdict)
    {
        Output.Begin("TA1"u8);
        Output.Text(Ascii(verdict.Control));
        Output.Text(Ascii(verdict.Day));
        Output.Text(Ascii(verdict.Time));
        Output.Text(verdict.Verdict == '\0' ? default : [(byte)verdict.Verdict]);
        Output.Text(Ascii(verdict.Fault));
        Output.End();
    }

    static byte[] Ascii(string text) => System.Text.Encoding.ASCII.GetBytes(text);
}
