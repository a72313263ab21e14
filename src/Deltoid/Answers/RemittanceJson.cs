using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Values;
using static Deltoid.Values.JsonOut;

namespace Deltoid.Answers;

/// <summary>
/// Reads and writes what payers and clearinghouses say as JSON. What is written reads back to an equal answer, every
/// segment as it was;
/// only where it came from (<c>Answer.Source</c>) is not part of it. A null counts as absent. Each reader
/// clears the answer and
/// fills it; on an exception it holds what was read before the fault.
/// </summary>
internal static partial class RemittanceJson
{
    static readonly (string Name, RemittanceText Text)[]
        HeadTexts = [("control", RemittanceText.Control), ("handling", RemittanceText.Handling),
            ("method", RemittanceText.Method), ("format", RemittanceText.Format), ("trace", RemittanceText.Trace),
            ("division", RemittanceText.Division), ("receiver", RemittanceText.Receiver)],
        PayerTexts = [("name", RemittanceText.PayerName), ("planId", RemittanceText.PayerPlanId),
            ("taxId", RemittanceText.PayerTaxId), ("address", RemittanceText.PayerAddress),
            ("city", RemittanceText.PayerCity), ("state", RemittanceText.PayerState), ("zip", RemittanceText.PayerZip)],
        PayeeTexts = [("name", RemittanceText.PayeeName), ("npi", RemittanceText.PayeeNpi),
            ("taxId", RemittanceText.PayeeTaxId), ("planId", RemittanceText.PayeePlanId),
            ("address", RemittanceText.PayeeAddress), ("city", RemittanceText.PayeeCity),
            ("state", RemittanceText.PayeeState), ("zip", RemittanceText.PayeeZip)];

    /// <param name="utf8">One remittance object, UTF-8, with or without a byte order mark, at most 64 MB and 32 levels
    /// deep.</param>
    /// <exception cref="InputException">It does not read: the JSON pointer is in At, line and column are in the
    /// message, a remedy is in Try. No other exception comes out.</exception>
    public static void Read(ReadOnlyMemory<byte> utf8, Remittance remittance)
    {
        remittance.Clear();
        var json = new JsonInput(JsonInput.WithoutMark(utf8).Span);
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(RemittanceFields, ref seen, out var name))
            switch (name)
            {
                case "amount": remittance.Amount = json.Money(); break;
                case "direction": remittance.Direction = json.Code(); break;
                case "effective": remittance.Effective = json.Date() ?? default; break;
                case "produced": remittance.Produced = json.Date() ?? default; break;
                case "payer": ReadTexts(ref json, remittance, PayerFields, PayerTexts); break;
                case "payee": ReadTexts(ref json, remittance, PayeeFields, PayeeTexts); break;
                case "adjustments":
                    for (json.EnterArray(); json.NextItem();)
                        remittance.Adjustments.Add(ReadProviderAdjustment(ref json, remittance));
                    break;
                case "claims": remittance.Claims = json.Whole(0, int.MaxValue); break;
                case "lines": remittance.Lines = json.Whole(0, int.MaxValue); break;
                case "separators": remittance.Delimiters = json.Separators(); break;
                case "other": ReadPlaced(ref json, remittance); break;
                default:
                    foreach (var (known, text) in HeadTexts)
                        if (known == name) remittance.Set(text, json.TextBytes());
                    break;
            }
        json.Close();
        PlaceUsually(remittance);
    }

    const int Usual = -1;

    /// <summary>
    /// Kept segments: a text each; those whose place is not the usual one are in an object that says after how many
    /// claims they come.
    /// </summary>
    static void ReadPlaced(ref JsonInput json, Remittance remittance)
    {
        for (json.EnterArray(); json.NextItem();)
        {
            if (json.Kind == JsonTokenType.String)
            {
                Keep(remittance, json.TextBytes(), Usual);
                continue;
            }
            var (first, after, seen) = (remittance.Segments.Length, Usual, 0UL);
            json.EnterObject("{ \"after\": 2, \"segments\": [\"REF*EV*CLINIC\"] }");
            while (json.NextField(PlacedFields, ref seen, out var name))
                if (name == "after") after = json.Whole(0, Remittance.AllClaims);
                else
                    for (json.EnterArray(); json.NextItem();) Keep(remittance, json.TextBytes(), Usual);
            if (after == Usual) throw json.Missing("after", "write how many claims come before the segments");
            for (; first < remittance.Segments.Length; first++) remittance.PlaceAfter(first, after);
        }
    }

    static void Keep(Remittance remittance, ReadOnlySpan<byte> segment, int after) =>
        remittance.Keep(new ClaimSegment(remittance.Append(segment), 0, 0), after);

    /// <summary>
    /// The header comes before all claims; provider adjustments and the end of the set come after them.
    /// </summary>
    static void PlaceUsually(Remittance remittance)
    {
        for (var i = 0; i < remittance.Segments.Length; i++)
            if (remittance.ClaimsBefore(i) == Usual)
                remittance.PlaceAfter(i, IsOfEnd(remittance, i) ? Remittance.AllClaims : 0);
    }

    static bool IsOfEnd(Remittance remittance, int segment)
    {
        var text = remittance[remittance.Segments[segment].Text];
        var cut = text.IndexOf(remittance.Delimiters.Element);
        var name = cut < 0 ? text : text[..cut];
        return name.SequenceEqual("PLB"u8) || name.SequenceEqual("SE"u8);
    }

    static bool IsUsual(Remittance remittance, int segment) => IsOfEnd(remittance, segment)
        ? remittance.ClaimsBefore(segment) >= remittance.Claims
        : remittance.ClaimsBefore(segment) == 0;

    static void WritePlaced(Remittance remittance, Utf8JsonWriter writer)
    {
        if (remittance.Segments.IsEmpty) return;
        WriteSeparators(writer, remittance.Delimiters);
        writer.WriteStartArray("other");
        for (var i = 0; i < remittance.Segments.Length;)
            if (IsUsual(remittance, i)) WriteSegment(remittance, i++, writer);
            else WriteOutOfPlace(remittance, ref i, writer);
        writer.WriteEndArray();
    }

    static void WriteSegment(Remittance remittance, int segment, Utf8JsonWriter writer) =>
        writer.WriteStringValue(Readable(remittance[remittance.Segments[segment].Text]));

    /// <summary>Segments that are found between the same claims.</summary>
    static void WriteOutOfPlace(Remittance remittance, ref int segment, Utf8JsonWriter writer)
    {
        var after = remittance.ClaimsBefore(segment);
        writer.WriteStartObject();
        writer.WriteNumber("after", after);
        writer.WriteStartArray("segments");
        while (segment < remittance.Segments.Length && !IsUsual(remittance, segment)
            && remittance.ClaimsBefore(segment) == after)
            WriteSegment(remittance, segment++, writer);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    static void ReadTexts(ref JsonInput json, Remittance remittance, FieldNames fields,
        (string Name, RemittanceText Text)[] texts)
    {
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(fields, ref seen, out var name))
            foreach (var (known, text) in texts)
                if (known == name) remittance.Set(text, json.TextBytes());
    }

    static ProviderAdjustment ReadProviderAdjustment(ref JsonInput json, Remittance remittance)
    {
        var adjustment = default(ProviderAdjustment);
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(ProviderAdjustmentFields, ref seen, out var name))
            switch (name)
            {
                case "provider": adjustment.Provider = remittance.Append(json.TextBytes()); break;
                case "fiscalDay": adjustment.FiscalDay = json.Date() ?? default; break;
                case "reason": adjustment.Reason = json.Code(); break;
                case "reference": adjustment.Reference = remittance.Append(json.TextBytes()); break;
                case "amount": adjustment.Amount = json.Money(); break;
            }
        return adjustment;
    }

    /// <summary>Writes one remittance object; its claims are objects of their own.</summary>
    public static void Write(Remittance remittance, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteText(writer, "control", remittance[RemittanceText.Control]);
        WriteText(writer, "handling", remittance[RemittanceText.Handling]);
        WriteMoney(writer, "amount", remittance.Amount);
        WriteCode(writer, "direction", remittance.Direction);
        WriteText(writer, "method", remittance[RemittanceText.Method]);
        WriteText(writer, "format", remittance[RemittanceText.Format]);
        WriteDay(writer, "effective", remittance.Effective);
        WriteText(writer, "trace", remittance[RemittanceText.Trace]);
        WriteText(writer, "division", remittance[RemittanceText.Division]);
        WriteDay(writer, "produced", remittance.Produced);
        WriteText(writer, "receiver", remittance[RemittanceText.Receiver]);
        WriteTexts(writer, "payer", remittance, PayerTexts);
        WriteTexts(writer, "payee", remittance, PayeeTexts);
        writer.WriteStartArray("adjustments");
        foreach (ref readonly var adjustment in remittance.Adjustments.Span)
            WriteProviderAdjustment(remittance, adjustment, writer);
        writer.WriteEndArray();
        writer.WriteNumber("claims", remittance.Claims);
        writer.WriteNumber("lines", remittance.Lines);
        WritePlaced(remittance, writer);
        writer.WriteEndObject();
    }

    static void WriteTexts(Utf8JsonWriter writer, string name, Remittance remittance,
        (string Name, RemittanceText Text)[] texts)
    {
        if (Array.TrueForAll(texts, t => remittance[t.Text].IsEmpty)) return;
        writer.WriteStartObject(name);
        foreach (var (field, text) in texts) WriteText(writer, field, remittance[text]);
        writer.WriteEndObject();
    }

    static void WriteProviderAdjustment(Remittance remittance, in ProviderAdjustment adjustment, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteText(writer, "provider", remittance[adjustment.Provider]);
        WriteDay(writer, "fiscalDay", adjustment.FiscalDay);
        WriteCode(writer, "reason", adjustment.Reason);
        WriteText(writer, "reference", remittance[adjustment.Reference]);
        WriteMoney(writer, "amount", adjustment.Amount);
        writer.WriteEndObject();
    }
}
