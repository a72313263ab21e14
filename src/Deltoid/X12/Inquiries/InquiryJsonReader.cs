using System.Globalization;
using System.Text;
using System.Text.Json;
using Deltoid.Values;

namespace Deltoid.X12.Inquiries;

/// <summary>Reads objects of JSON into a tree.</summary>
sealed class InquiryJsonReader
{
    /// <summary>
    /// What a name of an object means: a field of a segment, a segment, or a loop; and the loops without a name
    /// that it is in.
    /// </summary>
    sealed record Member(InquiryChild[] Within, InquirySlot? Slot, InquiryField? Field, InquiryChild? Child);

    readonly Dictionary<InquiryShape, Dictionary<string, Member>> members = [];

    public InquiryJsonReader(InquiryShape root) => Index(root);

    void Index(InquiryShape shape)
    {
        members[shape] = [];
        Collect(shape, [], members[shape]);
    }

    void Collect(InquiryShape shape, InquiryChild[] within, Dictionary<string, Member> into)
    {
        foreach (var part in shape.Parts)
        {
            if (part is InquirySlot { IsMade: true }) continue;
            if (part is InquirySlot { IsFlat: true } flat)
                foreach (var field in flat.Fields)
                    foreach (var json in field.Json) into[json.Name] = new(within, flat, field, null);
            else if (part is InquirySlot slot) into[slot.Name] = new(within, slot, null, null);
            else if (part is InquiryChild { Name.Length: 0 } inline) Collect(inline.Shape, [.. within, inline], into);
            else if (part is InquiryChild child)
            {
                into[child.Name] = new(within, null, null, child);
                Index(child.Shape);
            }
        }
    }

    void ReadNode(ref JsonInput json, InquiryNode node)
    {
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(node.Shape.Names, ref seen, out var name)) ReadField(ref json, node, name);
    }

    /// <summary>Reads the value of a field of a loop's object.</summary>
    public void ReadField(ref JsonInput json, InquiryNode node, string name)
    {
        var member = members[node.Shape][name];
        foreach (var child in member.Within)
        {
            if (node.Of(child).Count == 0) node.Of(child).Add(new InquiryNode(child.Shape));
            node = node.Of(child)[0];
        }
        if (member.Child is { } loop) ReadLoops(ref json, node, loop);
        else if (member.Field is null) ReadSegments(ref json, node, member.Slot!);
        else
        {
            var segments = node.Of(member.Slot!);
            if (segments.Count == 0) segments.Add(new InquirySegment(member.Slot!.Rows[0].Name));
            ReadField(ref json, segments[0], member.Field, name);
        }
    }

    void ReadLoops(ref JsonInput json, InquiryNode node, InquiryChild loop)
    {
        if (!loop.IsMany)
        {
            ReadLoop(ref json, node, loop);
            return;
        }
        for (json.EnterArray(); json.NextItem();) ReadLoop(ref json, node, loop);
    }

    void ReadLoop(ref JsonInput json, InquiryNode node, InquiryChild loop)
    {
        var made = new InquiryNode(loop.Shape);
        node.Of(loop).Add(made);
        ReadNode(ref json, made);
        if (loop.Shape.Parts[0] is InquirySlot { IsMade: false, IsFlat: true } first && made.Of(first).Count == 0)
            made.Of(first).Add(new InquirySegment(first.Rows[0].Name)); // all it says goes without saying
    }

    static void ReadSegments(ref JsonInput json, InquiryNode node, InquirySlot slot)
    {
        if (!slot.IsMany)
        {
            ReadSegment(ref json, node, slot);
            return;
        }
        for (json.EnterArray(); json.NextItem();) ReadSegment(ref json, node, slot);
    }

    static void ReadSegment(ref JsonInput json, InquiryNode node, InquirySlot slot)
    {
        var segment = new InquirySegment(slot.Rows[0].Name);
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(slot.Names, ref seen, out var name))
            ReadField(ref json, segment, Array.Find(slot.Fields, f => f.Json.Any(j => j.Name == name))!, name);
        node.Of(slot).Add(segment);
    }

    static void ReadField(ref JsonInput json, InquirySegment segment, InquiryField field, string name)
    {
        var at = field.Places[0];
        switch (field.Kind)
        {
            case InquiryFieldKind.Text: segment[at] = json.Text(); break;
            case InquiryFieldKind.Day: segment[at] = Day(json.Text()); break;
            case InquiryFieldKind.Dollars or InquiryFieldKind.Number: segment[at] = Number(ref json, field.Kind); break;
            case InquiryFieldKind.Days or InquiryFieldKind.Birth: ReadDays(ref json, segment, field, name); break;
            case InquiryFieldKind.List: segment.SetList(at, List(ref json)); break;
            case InquiryFieldKind.Parts: SetParts(segment, at, 1, List(ref json)); break;
            case InquiryFieldKind.Object: ReadComposite(ref json, segment, at, field); break;
            case InquiryFieldKind.Objects: ReadComposites(ref json, segment, field); break;
        }
    }

    static string Day(string text) =>
        Days.TryReadEither(text, out var day) ? day.ToString("yyyyMMdd", CultureInfo.InvariantCulture) : text;

    /// <summary>A number as X12 writes it; a text as it is.</summary>
    static string Number(ref JsonInput json, InquiryFieldKind kind)
    {
        if (json.Kind != JsonTokenType.Number) return json.Text();
        Span<byte> text = stackalloc byte[24];
        var length = kind == InquiryFieldKind.Dollars
            ? Digits.WriteScaled(json.Money().Cents, 2, text)
            : Digits.WriteScaled(json.Quantity().Thousandths, 3, text);
        return Encoding.ASCII.GetString(text[..length]);
    }

    /// <summary>Sets the format and the value; the last day comes after the first or before it.</summary>
    static void ReadDays(ref JsonInput json, InquirySegment segment, InquiryField field, string name)
    {
        var (format, value, day) = (field.Places[0], field.Places[1], Day(json.Text()));
        var there = segment[value];
        if (name == "thru") (segment[format], segment[value]) = ("RD8", $"{there}-{day}");
        else if (there.StartsWith('-')) segment[value] = day + there;
        else (segment[format], segment[value]) = ("D8", day);
    }

    static List<string> List(ref JsonInput json)
    {
        var values = new List<string>();
        for (json.EnterArray(); json.NextItem();) values.Add(json.Text());
        return values;
    }

    static void SetParts(InquirySegment segment, int element, int from, List<string> values)
    {
        for (var i = 0; i < values.Count; i++) segment[element, from + i] = values[i];
    }

    static void ReadComposites(ref JsonInput json, InquirySegment segment, InquiryField field)
    {
        var count = 0;
        for (json.EnterArray(); json.NextItem();)
        {
            if (count == field.Places.Length) throw json.Wrong($"at most {count} are sent", "leave the last out");
            ReadComposite(ref json, segment, field.Places[count++], field);
        }
    }

    static void ReadComposite(ref JsonInput json, InquirySegment segment, int element, InquiryField field)
    {
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(field.Names, ref seen, out var name))
        {
            var inner = Array.Find(field.Inner, f => f.Name == name)!;
            if (inner.Kind == InquiryFieldKind.Parts) SetParts(segment, element, inner.Places[0], List(ref json));
            else segment[element, inner.Places[0]] = json.Text();
        }
    }
}
