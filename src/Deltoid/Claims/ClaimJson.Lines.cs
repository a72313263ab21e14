using System.Text;
using System.Text.Json;
using Deltoid.Values;
using static Deltoid.Values.JsonOut;

namespace Deltoid.Claims;

/// <summary>Service lines.</summary>
public static partial class ClaimJson
{
    const int MostLines = 999_999;


    static void ReadLine(ref JsonInput json, Claim claim)
    {
        ref var line = ref claim.AddLine();
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(LineFields, ref seen, out var name))
            switch (name)
            {
                case "number": line.Number = json.Whole(1, MostLines); break;
                case "control":
                    line.Control = claim.Append(json.TextBytes());
                    line.IsUnnumbered = line.Control.IsEmpty;
                    break;
                case "code": line.Code = json.Code(); break;
                case "modifiers":
                    line.Modifiers =
                        json.Modifiers("keep the four that decide payment, or use 99 where the payer takes it");
                    break;
                case "units": line.Units = json.Quantity(); break;
                case "charge": line.Charge = json.Money(); break;
                case "date": line.Date = json.Date() ?? default; break;
                case "thru": line.Thru = json.Date() ?? default; break;
                case "diagnoses": line.Pointers = ReadPointers(ref json); break;
                case "placeOfService": line.PlaceOfService = json.Code(); break;
                case "ndc": ReadNdc(ref json, claim, ref line); break;
                case "revenueCode": line.RevenueCode = json.Code(); break;
                case "narrative": line.Narrative = claim.Append(json.TextBytes()); break;
            }
    }

    static Pointers ReadPointers(ref JsonInput json)
    {
        var count = 0;
        uint packed = 0;
        for (json.EnterArray(); json.NextItem();)
        {
            var pointer = (uint)json.Whole(1, 99);
            if (count == Pointers.Max)
                throw json.Wrong("a line holds at most four diagnosis pointers", "keep four, the primary one first");
            packed |= pointer << (24 - (8 * count++));
        }
        return new Pointers(packed);
    }

    static void ReadNdc(ref JsonInput json, Claim claim, ref ServiceLine line)
    {
        string text = "", layout = "";
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(NdcFields, ref seen, out var name))
            switch (name)
            {
                case "code": text = json.Text(); break;
                case "layout": layout = json.Text(); break;
                case "unit": line.NdcUnit = ReadNdcUnit(ref json); break;
                case "quantity": line.NdcQuantity = json.Quantity(); break;
            }
        if (Ndc.TryParse(Laid(text, layout), out line.Ndc, out _)) return;
        line.NdcText = claim.Append(Encoding.UTF8.GetBytes(text)); // as it came: an edit says what is wrong with it
    }

    static NdcUnit ReadNdcUnit(ref JsonInput json)
    {
        var index = Array.IndexOf(NdcUnits, json.Text().Trim().ToUpperInvariant());
        return index < 0
            ? throw json.Wrong("this is no NDC unit", $"one of: {string.Join(", ", NdcUnits)}")
            : (NdcUnit)(index + 1);
    }

    /// <summary>Eleven digits as they were on the label; the text as it is when that cannot be.</summary>
    static string Laid(string digits, string layout)
    {
        if (digits.Length != 11) return digits;
        return layout switch
        {
            "4-4-2" when digits[0] == '0' => $"{digits[1..5]}-{digits[5..9]}-{digits[9..]}",
            "5-3-2" when digits[5] == '0' => $"{digits[..5]}-{digits[6..9]}-{digits[9..]}",
            "5-4-1" when digits[9] == '0' => $"{digits[..5]}-{digits[5..9]}-{digits[10..]}",
            "5-4-2" => $"{digits[..5]}-{digits[5..9]}-{digits[9..]}",
            _ => digits,
        };
    }

    /// <summary>The NDC with the hyphens it was written with; eleven digits when it had none.</summary>
    internal static string AsWritten(Ndc ndc) => Laid(ndc.ToString(), ndc.Layout);

    static void WriteLine(Claim claim, in ServiceLine line, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("number", line.Number);
        if (line.IsUnnumbered) writer.WriteString("control", "");
        else WriteText(writer, "control", claim[line.Control]);
        WriteCode(writer, "code", line.Code);
        writer.WriteStartArray("modifiers");
        for (var i = 0; i < line.Modifiers.Count; i++) writer.WriteStringValue(line.Modifiers[i].ToString());
        writer.WriteEndArray();
        WriteQuantity(writer, "units", line.Units);
        WriteMoneyOrNull(writer, "charge", line.Charge);
        WriteDay(writer, "date", line.Date);
        WriteDay(writer, "thru", line.Thru);
        writer.WriteStartArray("diagnoses");
        for (var i = 0; i < line.Pointers.Count; i++) writer.WriteNumberValue(line.Pointers[i]);
        writer.WriteEndArray();
        WriteCode(writer, "placeOfService", line.PlaceOfService);
        WriteNdc(claim, line, writer);
        WriteCode(writer, "revenueCode", line.RevenueCode);
        WriteText(writer, "narrative", claim[line.Narrative]);
        writer.WriteEndObject();
    }

    /// <summary>
    /// Eleven digits as billed; how they were written on the label is beside it, since a written form in another
    /// layout is a finding.
    /// </summary>
    static void WriteNdc(Claim claim, in ServiceLine line, Utf8JsonWriter writer)
    {
        if (line.Ndc.IsNone && line.NdcText.IsEmpty && line.NdcUnit == NdcUnit.None
            && line.NdcQuantity == Quantity.Zero)
            return;
        writer.WriteStartObject("ndc");
        if (line.Ndc.IsNone) WriteText(writer, "code", claim[line.NdcText]);
        else writer.WriteString("code", line.Ndc.ToString());
        if (!line.Ndc.IsNone && !line.Ndc.WasBilledForm) writer.WriteString("layout", line.Ndc.Layout);
        if (line.NdcUnit != NdcUnit.None) writer.WriteString("unit", NdcUnits[(int)line.NdcUnit - 1]);
        if (line.NdcQuantity != Quantity.Zero) WriteQuantity(writer, "quantity", line.NdcQuantity);
        writer.WriteEndObject();
    }
}
