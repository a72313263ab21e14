using Deltoid.Answers;
using Deltoid.Values;

namespace Deltoid.X12;

/// <summary>Writes a 999 set, or the TA1 of an interchange. The envelope around them is the caller's.</summary>
public sealed class AcknowledgmentWriter : AnswerWriter
{
    readonly int setLoop, segmentLoop, elementLoop, group, set, setVerdict, groupVerdict, end; // loops and rows
    Acknowledgment acknowledgment = new();
    int current; // the set
    int rejection;

    public AcknowledgmentWriter(SegmentWriter output) : base(output, Guides.Acknowledgment)
    {
        (setLoop, segmentLoop, elementLoop) = (Guide.LoopIndex("2000"), Guide.LoopIndex("2100"), Guide.LoopIndex("2110"));
        (group, groupVerdict, end) = (Guide.SegmentIndex("ST", "AK1"), Guide.SegmentIndex("ST", "AK9"), Guide.SegmentIndex("ST", "SE"));
        (set, setVerdict) = (Guide.SegmentIndex("2000", "AK2"), Guide.SegmentIndex("2000", "IK5"));
    }

    ref SetVerdict Set => ref acknowledgment.Sets.Span[current];

    ref Rejection Rejection => ref acknowledgment.Rejections.Span[rejection];

    /// <summary>Writes one set, ST to SE.</summary>
    public void Write(Acknowledgment one)
    {
        acknowledgment = one;
        Open(one);
        Output.Segments = 0;
        Enter(0);
        Write(Guide.Loops[0].First, group);
        for (current = 0; current < one.Sets.Count; current++) WriteSet();
        while (NextLoop > 0) CopyNext(); // sets that were kept and are no more in the fields
        Enter(0);
        Write(groupVerdict, end);
        while (NextKept < one.Segments.Length) CopyNext();
    }

    void WriteSet()
    {
        Enter(setLoop);
        Write(set, set);
        var (first, thru) = (Set.FirstRejection, Set.FirstRejection + Set.RejectionCount);
        for (rejection = first; rejection < thru;)
        {
            Reach(segmentLoop, setLoop);
            WriteLoop(segmentLoop);
            do
            {
                if (Rejection.OfElement) WriteElement();
                rejection++;
            }
            while (rejection < thru && Rejection.Continues);
        }
        while (NextLoop == segmentLoop || NextLoop == elementLoop) CopyNext();
        EnterRest(setLoop);
        Write(setVerdict, setVerdict);
    }

    void WriteElement()
    {
        Reach(elementLoop, segmentLoop);
        WriteLoop(elementLoop);
    }

    private protected override bool IsList(SegmentRow row) => (AcknowledgmentAction)row.Action == AcknowledgmentAction.Trigger; // each as it was kept

    private protected override bool Needs(SegmentRow row, int count) => count == 0 && (AcknowledgmentAction)row.Action switch
    {
        AcknowledgmentAction.Trigger => !Rejection.Trigger.Segment.IsNone && Rejection.OfElement == (row.Loop == elementLoop),
        AcknowledgmentAction.Unit => !Rejection.UnitKind.IsEmpty,
        AcknowledgmentAction.Group => IsNew || !acknowledgment.Functional.IsNone || !acknowledgment.GroupControl.IsEmpty,
        AcknowledgmentAction.Verdict => IsNew || acknowledgment.Verdict != '\0' || acknowledgment.Received >= 0,
        AcknowledgmentAction.SetVerdict => IsNew || Set.Verdict != '\0',
        _ => true,
    };

    private protected override void Fill(SegmentRow row)
    {
        switch ((AcknowledgmentAction)row.Action)
        {
            case AcknowledgmentAction.Start: Usual("999"u8); Put(acknowledgment[acknowledgment.Control], "0001"u8); Usual(System.Text.Encoding.ASCII.GetBytes(Guide.Info.Versions[0])); break;
            case AcknowledgmentAction.Group: Put(acknowledgment.Functional); Put(acknowledgment[acknowledgment.GroupControl]); Put(acknowledgment[acknowledgment.GroupGuide]); break;
            case AcknowledgmentAction.Set: Put(Set.Kind); Put(acknowledgment[Set.Control]); Put(acknowledgment[Set.Guide]); break;
            case AcknowledgmentAction.Segment: Put(Rejection.Segment); Put(NumberOrNone(Rejection.Ordinal)); Put(acknowledgment[Rejection.Loop]); Put(Rejection.Fault); break;
            case AcknowledgmentAction.Trigger: FillTrigger(Rejection.Trigger); break;
            case AcknowledgmentAction.Unit: PutUnit(); break;
            case AcknowledgmentAction.Element: FillElement(); break;
            case AcknowledgmentAction.SetVerdict: Put(Set.Verdict); PutFaults(Set.Faults); break;
            case AcknowledgmentAction.Verdict: FillVerdict(); break;
            case AcknowledgmentAction.End: Made(Output.Segments + 1); Put(acknowledgment[acknowledgment.Control], "0001"u8); break;
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

    /// <summary>A trigger that was kept stays as it was: a segment may have several.</summary>
    void FillTrigger(in Trigger trigger)
    {
        if (IsKept) return;
        Output.Text("SITUATIONAL TRIGGER"u8);
        Output.Text(trigger.Segment);
        if (trigger.Ordinal > 0) Output.Number(trigger.Ordinal); else Output.Skip();
        Output.Text(acknowledgment[trigger.Loop]);
        if (trigger.Element > 0) PutPlace(trigger.Element, trigger.Component, trigger.Repeat);
    }

    /// <summary>An element's place in its segment, its component and repetition; kept where it says the same.</summary>
    void PutPlace(int element, int component, int repeat)
    {
        var kept = NextOfTemplate();
        var rest = kept;
        if (IsKept && AcknowledgmentReader.NumberOf(NextPart(ref rest)) == element && AcknowledgmentReader.NumberOf(NextPart(ref rest)) == component && AcknowledgmentReader.NumberOf(NextPart(ref rest)) == repeat) { Raw(kept); return; }
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
        if (kind.IsEmpty || isSame) { Raw(kept); return; }
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
