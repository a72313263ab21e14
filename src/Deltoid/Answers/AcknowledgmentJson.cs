using System.Text.Json;
using Deltoid.Values;
using static Deltoid.Values.JsonOut;

namespace Deltoid.Answers;

/// <summary>Acknowledgments of groups (999) and interchanges (TA1).</summary>
internal static partial class AcknowledgmentJson
{
    const int Largest = 999_999_999;

    /// <summary>Reads the verdict on an interchange.</summary>
    /// <exception cref="InputException">As for a remittance.</exception>
    public static InterchangeAcknowledgment ReadInterchange(ReadOnlyMemory<byte> utf8)
    {
        var read = new InterchangeAcknowledgment("", "", "", '\0', "");
        var json = new JsonInput(JsonInput.WithoutMark(utf8).Span);
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(InterchangeFields, ref seen, out var name))
            read = name switch
            {
                "control" => read with { Control = json.Text() },
                "day" => read with { Day = json.Text() },
                "time" => read with { Time = json.Text() },
                "verdict" => read with { Verdict = ReadSign(ref json) },
                _ => read with { Fault = json.Text() },
            };
        json.Close();
        return read;
    }

    public static void Write(InterchangeAcknowledgment verdict, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("control", verdict.Control);
        writer.WriteString("day", verdict.Day);
        writer.WriteString("time", verdict.Time);
        WriteSign(writer, "verdict", verdict.Verdict);
        writer.WriteString("fault", verdict.Fault);
        writer.WriteEndObject();
    }

    /// <inheritdoc cref="RemittanceJson.Read(ReadOnlyMemory{byte}, Remittance)"/>
    public static void Read(ReadOnlyMemory<byte> utf8, Acknowledgment acknowledgment)
    {
        acknowledgment.Clear();
        var json = new JsonInput(JsonInput.WithoutMark(utf8).Span);
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(AcknowledgmentFields, ref seen, out var name))
            switch (name)
            {
                case "control": acknowledgment.Control = acknowledgment.Append(json.TextBytes()); break;
                case "functional": acknowledgment.Functional = json.Code(); break;
                case "groupControl": acknowledgment.GroupControl = acknowledgment.Append(json.TextBytes()); break;
                case "groupGuide": acknowledgment.GroupGuide = acknowledgment.Append(json.TextBytes()); break;
                case "verdict": acknowledgment.Verdict = ReadSign(ref json); break;
                case "announced": acknowledgment.Announced = json.Whole(0, Largest); break;
                case "received": acknowledgment.Received = json.Whole(0, Largest); break;
                case "accepted": acknowledgment.Accepted = json.Whole(0, Largest); break;
                case "faults": ReadFaults(ref json, ref acknowledgment.Faults); break;
                case "sets":
                    for (json.EnterArray(); json.NextItem();) ReadSet(ref json, acknowledgment);
                    break;
                case "separators": acknowledgment.Delimiters = json.Separators(); break;
                case "other": KeptJson.Read(ref json, acknowledgment); break;
            }
        json.Close();
    }

    static char ReadSign(ref JsonInput json)
    {
        var text = json.TextBytes();
        return text.Length == 1 && char.IsAsciiLetterUpper((char)text[0])
            ? (char)text[0]
            : throw json.Wrong("this is not a verdict",
                "write one capital letter: A accepted, E with errors, P in part, R rejected");
    }

    /// <summary>An empty text keeps the place of a fault that could not be read.</summary>
    static void ReadFaults(ref JsonInput json, ref FaultCodes faults)
    {
        var count = 0;
        for (json.EnterArray(); json.NextItem();)
        {
            if (count == FaultCodes.Max) throw json.Wrong("at most five errors are listed", "keep five");
            faults[count++] = json.Code();
        }
    }

    static void ReadSet(ref JsonInput json, Acknowledgment acknowledgment)
    {
        ref var set = ref acknowledgment.AddSet();
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(SetFields, ref seen, out var name))
            switch (name)
            {
                case "kind": set.Kind = json.Code(); break;
                case "control": set.Control = acknowledgment.Append(json.TextBytes()); break;
                case "guide": set.Guide = acknowledgment.Append(json.TextBytes()); break;
                case "verdict": set.Verdict = ReadSign(ref json); break;
                case "faults": ReadFaults(ref json, ref set.Faults); break;
                case "rejections":
                    for (json.EnterArray(); json.NextItem();) ReadRejection(ref json, acknowledgment);
                    break;
            }
    }

    static void ReadRejection(ref JsonInput json, Acknowledgment acknowledgment)
    {
        ref var rejection = ref acknowledgment.Reject();
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(RejectionFields, ref seen, out var name))
            switch (name)
            {
                case "segment": rejection.Segment = json.Code(); break;
                case "ordinal": rejection.Ordinal = json.Whole(0, Largest); break;
                case "loop": rejection.Loop = acknowledgment.Append(json.TextBytes()); break;
                case "fault": rejection.Fault = json.Code(); break;
                case "element": (rejection.Element, rejection.OfElement) = (json.Whole(0, Largest), true); break;
                case "component": rejection.Component = json.Whole(0, Largest); break;
                case "repeat": rejection.Repeat = json.Whole(0, Largest); break;
                case "reference": rejection.Reference = acknowledgment.Append(json.TextBytes()); break;
                case "elementFault": rejection.ElementFault = json.Code(); break;
                case "value": rejection.Value = acknowledgment.Append(json.TextBytes()); break;
                case "unit": ReadUnit(ref json, acknowledgment, ref rejection); break;
                case "trigger": ReadTrigger(ref json, acknowledgment, ref rejection.Trigger); break;
                case "ofElement": rejection.OfElement |= json.Bool(); break;
                case "sameSegment": rejection.Continues = json.Bool(); break;
            }
    }

    static void ReadUnit(ref JsonInput json, Acknowledgment acknowledgment, ref Rejection rejection)
    {
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(UnitFields, ref seen, out var name))
            if (name == "kind") rejection.UnitKind = acknowledgment.Append(json.TextBytes());
            else rejection.UnitNumber = acknowledgment.Append(json.TextBytes());
    }

    static void ReadTrigger(ref JsonInput json, Acknowledgment acknowledgment, ref Trigger trigger)
    {
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(TriggerFields, ref seen, out var name))
            switch (name)
            {
                case "segment": trigger.Segment = json.Code(); break;
                case "ordinal": trigger.Ordinal = json.Whole(0, Largest); break;
                case "loop": trigger.Loop = acknowledgment.Append(json.TextBytes()); break;
                case "element": trigger.Element = json.Whole(0, Largest); break;
                case "component": trigger.Component = json.Whole(0, Largest); break;
                case "repeat": trigger.Repeat = json.Whole(0, Largest); break;
            }
    }

    /// <summary>Writes one acknowledgment object.</summary>
    public static void Write(Acknowledgment acknowledgment, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteText(writer, "control", acknowledgment[acknowledgment.Control]);
        WriteCode(writer, "functional", acknowledgment.Functional);
        WriteText(writer, "groupControl", acknowledgment[acknowledgment.GroupControl]);
        WriteText(writer, "groupGuide", acknowledgment[acknowledgment.GroupGuide]);
        WriteSign(writer, "verdict", acknowledgment.Verdict);
        WriteCount(writer, "announced", acknowledgment.Announced, -1);
        WriteCount(writer, "received", acknowledgment.Received, -1);
        WriteCount(writer, "accepted", acknowledgment.Accepted, -1);
        WriteFaults(writer, acknowledgment.Faults);
        writer.WriteStartArray("sets");
        foreach (ref readonly var set in acknowledgment.Sets.Span) WriteSet(acknowledgment, set, writer);
        writer.WriteEndArray();
        KeptJson.Write(acknowledgment, writer);
        writer.WriteEndObject();
    }

    static void WriteFaults(Utf8JsonWriter writer, in FaultCodes faults)
    {
        var last = FaultCodes.Max;
        while (last > 0 && faults[last - 1].IsNone) last--;
        if (last == 0) return;
        writer.WriteStartArray("faults");
        for (var i = 0; i < last; i++) writer.WriteStringValue(faults[i].ToString());
        writer.WriteEndArray();
    }

    static void WriteSet(Acknowledgment acknowledgment, in SetVerdict set, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteCode(writer, "kind", set.Kind);
        WriteText(writer, "control", acknowledgment[set.Control]);
        WriteText(writer, "guide", acknowledgment[set.Guide]);
        WriteSign(writer, "verdict", set.Verdict);
        WriteFaults(writer, set.Faults);
        writer.WriteStartArray("rejections");
        foreach (ref readonly var rejection in acknowledgment.RejectionsOf(set))
            WriteRejection(acknowledgment, rejection, writer);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    static void WriteRejection(Acknowledgment acknowledgment, in Rejection rejection, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteCode(writer, "segment", rejection.Segment);
        WriteCount(writer, "ordinal", rejection.Ordinal);
        WriteText(writer, "loop", acknowledgment[rejection.Loop]);
        WriteCode(writer, "fault", rejection.Fault);
        WriteCount(writer, "element", rejection.Element);
        WriteCount(writer, "component", rejection.Component);
        WriteCount(writer, "repeat", rejection.Repeat);
        WriteText(writer, "reference", acknowledgment[rejection.Reference]);
        WriteCode(writer, "elementFault", rejection.ElementFault);
        WriteText(writer, "value", acknowledgment[rejection.Value]);
        WriteUnit(acknowledgment, rejection, writer);
        WriteTrigger(acknowledgment, rejection.Trigger, writer);
        if (rejection.OfElement && rejection.Element == 0) writer.WriteBoolean("ofElement", true);
        if (rejection.Continues) writer.WriteBoolean("sameSegment", true);
        writer.WriteEndObject();
    }

    static void WriteUnit(Acknowledgment acknowledgment, in Rejection rejection, Utf8JsonWriter writer)
    {
        if (rejection.UnitKind.IsEmpty && rejection.UnitNumber.IsEmpty) return;
        writer.WriteStartObject("unit");
        WriteText(writer, "kind", acknowledgment[rejection.UnitKind]);
        WriteText(writer, "number", acknowledgment[rejection.UnitNumber]);
        writer.WriteEndObject();
    }

    static void WriteTrigger(Acknowledgment acknowledgment, in Trigger trigger, Utf8JsonWriter writer)
    {
        if (trigger.Segment.IsNone && trigger is { Ordinal: 0, Element: 0, Loop.IsEmpty: true }) return;
        writer.WriteStartObject("trigger");
        WriteCode(writer, "segment", trigger.Segment);
        WriteCount(writer, "ordinal", trigger.Ordinal);
        WriteText(writer, "loop", acknowledgment[trigger.Loop]);
        WriteCount(writer, "element", trigger.Element);
        WriteCount(writer, "component", trigger.Component);
        WriteCount(writer, "repeat", trigger.Repeat);
        writer.WriteEndObject();
    }
}
