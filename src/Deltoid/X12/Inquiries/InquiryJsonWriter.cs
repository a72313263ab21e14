using System.Text;
using System.Text.Json;
using Deltoid.Values;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Inquiries;

/// <summary>Writes a tree as the members of an object of JSON.</summary>
static class InquiryJsonWriter
{
    public static void Write(InquiryNode node, Utf8JsonWriter json)
    {
        foreach (var part in node.Shape.Parts)
            if (part is InquirySlot slot) Write(node, slot, json);
            else Write(node, (InquiryChild)part, json);
    }

    static void Write(InquiryNode node, InquiryChild child, Utf8JsonWriter json)
    {
        var loops = node.Of(child);
        if (loops.Count == 0) return;
        if (child.Name.Length == 0)
        {
            Write(loops[0], json);
            return;
        }
        if (child.IsMany) json.WriteStartArray(child.Name);
        else json.WritePropertyName(child.Name);
        foreach (var loop in child.IsMany ? loops : loops[..1])
        {
            json.WriteStartObject();
            Write(loop, json);
            json.WriteEndObject();
        }
        if (child.IsMany) json.WriteEndArray();
    }

    static void Write(InquiryNode node, InquirySlot slot, Utf8JsonWriter json)
    {
        var segments = node.Of(slot);
        if (segments.Count == 0 || slot.IsMade) return;
        if (slot.IsFlat)
        {
            WriteFields(node, slot, segments[0], json);
            return;
        }
        if (slot.IsMany) json.WriteStartArray(slot.Name);
        else json.WritePropertyName(slot.Name);
        foreach (var segment in slot.IsMany ? segments : segments[..1])
        {
            json.WriteStartObject();
            WriteFields(node, slot, segment, json);
            json.WriteEndObject();
        }
        if (slot.IsMany) json.WriteEndArray();
    }

    /// <summary>A code that goes without saying is left out, except the first where nothing else is said.</summary>
    static void WriteFields(InquiryNode node, InquirySlot slot, InquirySegment segment, Utf8JsonWriter json)
    {
        var said = Array.FindAll(slot.Fields, f => Array.Exists(f.Places, p => segment.Repeats(p) > 0));
        var needed = Array.FindAll(said, f => !IsSole(node.Shape.Guide, slot, segment, f));
        foreach (var field in needed.Length > 0 ? needed : said.Take(1)) WriteField(field, segment, json);
    }

    static bool IsSole(Guide guide, InquirySlot slot, InquirySegment segment, InquiryField field) =>
        slot.Rows is [var row] && field.Kind == InquiryFieldKind.Text && field.Places[0] <= row.Elements
            && segment[field.Places[0]] == InquiryTree.SoleCode(guide, row, field.Places[0]);

    static void WriteField(InquiryField field, InquirySegment segment, Utf8JsonWriter json)
    {
        var at = field.Places[0];
        switch (field.Kind)
        {
            case InquiryFieldKind.Text: WriteText(json, field.Name, segment[at]); break;
            case InquiryFieldKind.Day: WriteDay(json, field.Name, segment[at]); break;
            case InquiryFieldKind.Dollars or InquiryFieldKind.Number: WriteNumber(json, field, segment[at]); break;
            case InquiryFieldKind.Days or InquiryFieldKind.Birth: WriteDays(json, field, segment); break;
            case InquiryFieldKind.List: WriteList(json, field.Name, Repeats(segment, at)); break;
            case InquiryFieldKind.Parts: WriteList(json, field.Name, Parts(segment, at, 1, int.MaxValue)); break;
            case InquiryFieldKind.Object: WriteComposite(json, field, segment, at, field.Name); break;
            case InquiryFieldKind.Objects: WriteComposites(json, field, segment); break;
        }
    }

    static IEnumerable<string> Repeats(InquirySegment segment, int element)
    {
        for (var repeat = 0; repeat < segment.Repeats(element); repeat++) yield return segment.Part(element, repeat, 1);
    }

    static IEnumerable<string> Parts(InquirySegment segment, int element, int from, int thru)
    {
        var last = Math.Min(thru, segment.Components(element));
        for (var part = from; part <= last; part++) yield return segment[element, part];
    }

    static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        if (text.Length > 0) json.WriteString(name, text);
    }

    /// <summary>A day as 2026-03-02; what is none as it came.</summary>
    static void WriteDay(Utf8JsonWriter json, string name, string text) => WriteText(json, name, IsoOf(text));

    static string IsoOf(string text) => ElementForms.TryDay(Encoding.UTF8.GetBytes(text), out var day)
        ? day.Iso() : text;

    static void WriteNumber(Utf8JsonWriter json, InquiryField field, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var number = field.Kind == InquiryFieldKind.Dollars
            ? Money.TryParse(bytes, out var money) ? money.ToString() : ""
            : Quantity.TryParse(bytes, out var quantity) ? quantity.ToString() : "";
        if (number.Length == 0)
        {
            WriteText(json, field.Name, text);
            return;
        }
        json.WritePropertyName(field.Name);
        json.WriteRawValue(number, skipInputValidation: true);
    }

    /// <summary>One day or two by the format before them; what is none as it came.</summary>
    static void WriteDays(Utf8JsonWriter json, InquiryField field, InquirySegment segment)
    {
        var (format, text) = (segment[field.Places[0]], segment[field.Places[1]]);
        if (format == "RD8" && text.IndexOf('-', StringComparison.Ordinal) is > 0 and var hyphen
            && field.Kind == InquiryFieldKind.Days)
        {
            WriteDay(json, field.Name, text[..hyphen]);
            WriteDay(json, "thru", text[(hyphen + 1)..]);
        }
        else WriteDay(json, field.Name, text);
    }

    static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        var all = values.ToList();
        if (all.TrueForAll(static v => v.Length == 0)) return;
        json.WriteStartArray(name);
        foreach (var value in all) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    static void WriteComposites(Utf8JsonWriter json, InquiryField field, InquirySegment segment)
    {
        var there = field.Places.Where(p => segment.Repeats(p) > 0).ToList();
        if (there.Count == 0) return;
        json.WriteStartArray(field.Name);
        foreach (var place in there) WriteComposite(json, field, segment, place, "");
        json.WriteEndArray();
    }

    static void WriteComposite(Utf8JsonWriter json, InquiryField field, InquirySegment segment, int element,
        string name)
    {
        if (segment.Repeats(element) == 0) return;
        if (name.Length > 0) json.WritePropertyName(name);
        json.WriteStartObject();
        foreach (var inner in field.Inner)
            if (inner.Kind == InquiryFieldKind.Parts)
                WriteList(json, inner.Name, Parts(segment, element, inner.Places[0], inner.Places[^1]));
            else
                WriteText(json, inner.Name, segment[element, inner.Places[0]]);
        json.WriteEndObject();
    }
}
