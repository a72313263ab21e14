using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Answers;

/// <summary>Single values, and what all answers have: separators and kept segments.</summary>
public static partial class AnswersJson
{
    /// <summary>A code, or none for an empty text.</summary>
    static Code ReadCode(ref JsonInput json)
    {
        var text = json.TextBytes();
        if (text.IsEmpty) return default;
        return Code.TryParse(text, out var code) ? code : throw json.Wrong("this is not a code", "write up to eight letters and digits");
    }

    static char ReadSign(ref JsonInput json)
    {
        var text = json.TextBytes();
        return text.Length == 1 && char.IsAsciiLetterUpper((char)text[0]) ? (char)text[0] : throw json.Wrong("this is not a verdict", "write one capital letter: A accepted, E with errors, P in part, R rejected");
    }

    static Procedure ReadProcedure(ref JsonInput json, Answer answer)
    {
        var procedure = default(Procedure);
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(ProcedureFields, ref seen, out var name))
            switch (name)
            {
                case "kind": procedure.Kind = ReadCode(ref json); break;
                case "code": procedure.Code = ReadCode(ref json); break;
                case "ndc": if (!Ndc.TryParse(json.Text(), out procedure.Ndc, out _)) throw json.Wrong("this is not an NDC", "write eleven digits"); break;
                case "text": procedure.Text = answer.Append(json.TextBytes()); break;
                case "modifiers": procedure.Modifiers = ReadModifiers(ref json); break;
                case "description": procedure.Description = answer.Append(json.TextBytes()); break;
            }
        return procedure;
    }

    static Modifiers ReadModifiers(ref JsonInput json)
    {
        var count = 0;
        ulong packed = 0;
        for (json.EnterArray(); json.NextItem();)
        {
            if (!Modifier.TryParse(json.Text(), out var modifier)) throw json.Wrong("this is not a modifier", "write two letters or digits");
            if (count == Modifiers.Max) throw json.Wrong("a line holds at most four modifiers", "keep four");
            packed |= (ulong)modifier.Packed << (48 - (16 * count++));
        }
        return new Modifiers(packed);
    }

    static void WriteProcedure(Utf8JsonWriter writer, string name, in Procedure procedure, Answer answer)
    {
        if (procedure is { IsNone: true, Modifiers.IsEmpty: true, Description.IsEmpty: true }) return;
        writer.WriteStartObject(name);
        WriteCode(writer, "kind", procedure.Kind);
        WriteCode(writer, "code", procedure.Code);
        if (!procedure.Ndc.IsNone) writer.WriteString("ndc", procedure.Ndc.ToString());
        WriteText(writer, "text", answer[procedure.Text]);
        if (!procedure.Modifiers.IsEmpty)
        {
            writer.WriteStartArray("modifiers");
            for (var i = 0; i < procedure.Modifiers.Count; i++) writer.WriteStringValue(procedure.Modifiers[i].ToString());
            writer.WriteEndArray();
        }
        WriteText(writer, "description", answer[procedure.Description]);
        writer.WriteEndObject();
    }

    /// <summary>Element, component, repetition and segment separator of the segments under <c>other</c>, where they are not the usual ones.</summary>
    static Delimiters ReadSeparators(ref JsonInput json)
    {
        var text = json.Text();
        foreach (var sign in text) if (sign > '\u00FF') text = "";
        if (text.Length != 4) throw json.Wrong("these are not separators", "write four signs, such as *:^~");
        return new((byte)text[0], (byte)text[1], (byte)text[2], (byte)text[3]);
    }

    static void ReadOther(ref JsonInput json, Answer answer)
    {
        for (json.EnterArray(); json.NextItem();) answer.Keep(json.TextBytes());
    }

    static void WriteOther(Answer answer, Utf8JsonWriter writer)
    {
        if (answer.Segments.IsEmpty) return;
        WriteSeparators(answer, writer);
        writer.WriteStartArray("other");
        foreach (ref readonly var segment in answer.Segments) writer.WriteStringValue(Readable(answer[segment.Text]));
        writer.WriteEndArray();
    }

    static void WriteSeparators(Answer answer, Utf8JsonWriter writer)
    {
        var marks = answer.Delimiters;
        if (marks == Delimiters.Usual) return;
        writer.WriteString("separators",
            Readable([marks.Element, marks.Component, marks.Repetition, marks.Segment]));
    }

    static void WriteText(Utf8JsonWriter writer, string name, ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty) writer.WriteString(name, Readable(text));
    }

    /// <summary>JSON is UTF-8; bytes that are not (an X12 file in Latin-1) are taken as Latin-1, which loses none of them.</summary>
    static ReadOnlySpan<byte> Readable(ReadOnlySpan<byte> text) => Utf8.IsValid(text) ? text : Encoding.UTF8.GetBytes(Encoding.Latin1.GetString(text));

    static void WriteCode(Utf8JsonWriter writer, string name, Code code)
    {
        if (!code.IsNone) writer.WriteString(name, code.ToString());
    }

    static void WriteSign(Utf8JsonWriter writer, string name, char sign)
    {
        if (sign != '\0') writer.WriteString(name, sign.ToString());
    }

    static void WriteDay(Utf8JsonWriter writer, string name, DateOnly day)
    {
        if (day != default) writer.WriteString(name, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    /// <summary>Amounts have two decimals; an amount that is not there is left out.</summary>
    static void WriteMoney(Utf8JsonWriter writer, string name, Money? money)
    {
        if (money is { } amount) WriteNumber(writer, name, amount.ToString());
    }

    static void WriteQuantity(Utf8JsonWriter writer, string name, Quantity? quantity)
    {
        if (quantity is { } count) WriteNumber(writer, name, count.ToString());
    }

    /// <summary>Written as text so that two decimals stay two decimals.</summary>
    static void WriteNumber(Utf8JsonWriter writer, string name, string digits)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(digits, skipInputValidation: true);
    }
}
