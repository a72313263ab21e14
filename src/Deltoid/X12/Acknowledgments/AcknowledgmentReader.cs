using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Acknowledgments;

/// <summary>
/// Reads a 999, one set at a time, and a TA1. What is wrong is a finding; nothing is thrown and nothing that was read
/// is lost.
/// </summary>
internal sealed partial class AcknowledgmentReader
{
    readonly SetReader reader = new();

    internal bool IsCareful { set => reader.IsCareful = value; }

    Acknowledgment into = null!;
    int shift; // from the reader's buffer to the acknowledgment's own bytes
    bool isFresh; // a segment at fault has come and none of its elements yet

    SegmentReader Segment => reader.Segment;

    /// <summary>Reads a set of a 999; such a set is never cut.</summary>
    /// <param name="acknowledgment">Refilled; it owns its bytes.</param>
    /// <param name="about">Gets what is wrong with the set.</param>
    public void Read(byte[] bytes, SetPart setPart, Acknowledgment acknowledgment, FindingList about)
    {
        reader.Open(bytes, setPart);
        reader.Faults.Target = about;
        into = acknowledgment;
        into.Clear();
        into.Delimiters = setPart.Set.Delimiters;
        into.Source = new(setPart.Set.Interchange, setPart.Set.Group, setPart.Set.Set, 1, 0, 0, 0,
            setPart.Data.FileOffset);
        BeginChecks();
        var hasEnd = false;
        while (reader.Next())
        {
            var row = reader.Place();
            var kept = into.Append(Segment.Text);
            shift = kept.Start - Segment.Start;
            into.Keep(new ClaimSegment(kept, (ushort)(row + 1), reader.InEnvelope ? 0 : reader.Faults.Ordinal));
            if (reader.Walk.HasStumbled) (isWhole, isWholeSet, reader.Walk.HasStumbled) = (false, false, false);
            if (row < 0) continue;
            reader.Check(row);
            var action = (AcknowledgmentAction)reader.Guide.Segments[row].Action;
            hasEnd |= action == AcknowledgmentAction.End;
            Fill(action, row);
        }
        if (hasEnd) reader.Walk.End(Segment); // a set without SE was reported by the reader of the envelope
    }

    TextRange Range(int element) =>
        Segment.LengthOf(element) == 0 ? default : new(Segment.StartOf(element) + shift, Segment.LengthOf(element));

    TextRange Range(int element, int component)
    {
        var text = Segment[element, component];
        return text.IsEmpty ? default : new(Segment.OffsetOf(text) + shift, text.Length);
    }

    Code CodeAt(int element) => Code.TryParse(Segment[element], out var code) ? code : default;

    char SignAt(int element) =>
        Segment[element] is [var sign] && char.IsAsciiLetterUpper((char)sign) ? (char)sign : '\0';

    int NumberAt(int element) => NumberOf(Segment[element], -1);

    internal static int NumberOf(ReadOnlySpan<byte> text, int otherwise = 0) =>
        text.Length is > 0 and <= 9 && ElementForms.AllDigits(text) && Digits.TryScaled(text, 0, out var number)
            ? (int)number
            : otherwise;

    void Fill(AcknowledgmentAction action, int row)
    {
        switch (action)
        {
            case AcknowledgmentAction.Start: into.Control = Range(2); break;
            case AcknowledgmentAction.Group: FillGroup(row); break;
            case AcknowledgmentAction.Set: FillSet(); break;
            case AcknowledgmentAction.Segment: FillSegment(row); break;
            case AcknowledgmentAction.Trigger: FillTrigger(); break;
            case AcknowledgmentAction.Unit: FillUnit(); break;
            case AcknowledgmentAction.Element: FillElement(row); break;
            case AcknowledgmentAction.SetVerdict: FillSetVerdict(row); break;
            case AcknowledgmentAction.Verdict: FillVerdict(row); break;
        }
    }

    void FillGroup(int row)
    {
        (into.Functional, into.GroupControl, into.GroupGuide) = (CodeAt(1), Range(2), Range(3));
        if (Segment[1].SequenceEqual("FA"u8)) reader.Report(AcknowledgmentFindings.OfAcknowledgment, row, 1);
    }

    void FillSet()
    {
        ref var set = ref into.AddSet();
        (set.Kind, set.Control, set.Guide) = (CodeAt(1), Range(2), Range(3));
        lastOrdinal = 0;
        isWholeSet = !reader.Walk.IsUnsure;
    }

    void FillSegment(int row)
    {
        if (into.Sets.Count == 0) return;
        ref var rejection = ref into.Reject();
        (rejection.Segment, rejection.Ordinal, rejection.Loop, rejection.Fault) = (CodeAt(1), NumberOf(Segment[2], 0),
            Range(3), CodeAt(4));
        isFresh = true;
        JudgeOrder(rejection.Ordinal, row);
    }

    /// <summary>
    /// The first element of a segment joins what was said of the segment; each further one is a rejection of its own.
    /// </summary>
    void FillElement(int row)
    {
        if (into.Rejections.Count == 0) return;
        var element = into.Rejections.Span[^1];
        (element.OfElement, element.Continues) = (true, !isFresh);
        (element.Element, element.Component, element.Repeat) = (NumberOf(Segment[1, 1], 0), NumberOf(Segment[1, 2], 0),
            NumberOf(Segment[1, 3], 0));
        (element.Reference, element.ElementFault, element.Value) = (Range(2), CodeAt(3), Range(4));
        if (!isFresh) (into.Reject(), element.Trigger) = (default, default);
        into.Rejections.Span[^1] = element;
        isFresh = false;
        JudgeValue(row);
    }

    void FillTrigger()
    {
        if (into.Rejections.Count == 0) return;
        ref var trigger = ref into.Rejections.Span[^1].Trigger;
        (trigger.Segment, trigger.Ordinal, trigger.Loop) = (CodeAt(2), NumberOf(Segment[3], 0), Range(4));
        (trigger.Element, trigger.Component, trigger.Repeat) = (NumberOf(Segment[5, 1], 0), NumberOf(Segment[5, 2], 0),
            NumberOf(Segment[5, 3], 0));
    }

    void FillUnit()
    {
        if (into.Rejections.Count == 0) return;
        ref var rejection = ref into.Rejections.Span[^1];
        (rejection.UnitKind, rejection.UnitNumber) = (Range(1, 1), Range(1, 2));
    }

    void FillFaults(ref FaultCodes faults, int from)
    {
        for (var i = 0; i < FaultCodes.Max; i++) faults[i] = CodeAt(from + i);
    }

    void FillSetVerdict(int row)
    {
        if (into.Sets.Count == 0) return;
        ref var set = ref into.Sets.Span[^1];
        set.Verdict = SignAt(1);
        FillFaults(ref set.Faults, 2);
        JudgeSet(set, row);
    }

    void FillVerdict(int row)
    {
        into.Verdict = SignAt(1);
        (into.Announced, into.Received, into.Accepted) = (NumberAt(2), NumberAt(3), NumberAt(4));
        FillFaults(ref into.Faults, 5);
        JudgeGroup(row);
    }

    /// <summary>The verdict on an interchange, from a TA1 of the envelope.</summary>
    /// <param name="about">Gets what is wrong with it beyond what the envelope's own findings say.</param>
    public static InterchangeAcknowledgment Read(EnvelopePart part, FindingList about)
    {
        var verdict = part.Element(4) is [>= 'A' and <= 'Z' and var sign] ? sign : '\0';
        var read = new InterchangeAcknowledgment(part.Element(1), part.Element(2), part.Element(3), verdict,
            part.Element(5));
        if (verdict != '\0' && read.Fault.Length > 0 && (verdict == 'A') != (read.Fault == "000"))
        {
            var info = AcknowledgmentFindings.InterchangeVerdict;
            about.Add(new Finding
            {
                Info = info, Severity = info.Severity, B = Arg.Segment(SegmentReader.PackOf("TA1")),
                Source = part.Place with { Element = 5 }
            });
        }
        return read;
    }
}
