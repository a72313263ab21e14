using System.Buffers;
using System.Text;
using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Values;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Inquiries;

/// <summary>
/// Questions to payers and their answers as JSON: every loop an object, every element a field, by the rows of
/// <c>fields.tsv</c> and <c>loops.tsv</c>. A set of which segments have no place in its guide, or are not in its order,
/// has all its segments under <c>other</c>, and these are what is read back.
/// </summary>
internal static class InquiryJson
{
    static readonly JsonField
        Separators = new("separators", JsonType.Like("^[\\s\\S]{4}$"),
            "Element, component, repetition and segment separator of envelope "
                + "and other, where they are not the usual ones.",
            "", "*:^~"),
        Envelope =
            new("envelope",
                JsonType.ListOf(JsonType.Text), "The segments around the set as they came: ISA and GS.", "", "none"),
        Other = new("other", JsonType.ListOf(JsonType.Text),
            "All segments of the set as they came, where the fields do not say "
                + "them all; these are read back, not the fields.",
            "", "none");

    /// <summary>The fields of a whole set: those of its guide, and what came around it.</summary>
    internal static FieldNames FieldsOf(Guide guide) =>
        new([.. InquiryShape.Of(guide).Names.Fields, Separators, Envelope, Other]);

    /// <summary>What read writes of a set: one object, its name and the set.</summary>
    internal static JsonType TypeOf(TransactionSet set)
    {
        var whole = JsonType.Object("set", FieldsOf(set.Guide));
        var names = new FieldNames(new JsonField(InquirySets.NameOf(set), whole, "The set.") { Required = true });
        return JsonType.Object("file", names);
    }

    /// <summary>Writes a set.</summary>
    public static void Write(Inquiry inquiry, Utf8JsonWriter json)
    {
        var tree = InquiryTree.Of(inquiry);
        json.WriteStartObject();
        InquiryJsonWriter.Write(tree, json);
        if (!SaysAll(inquiry, tree)) WriteSegments(inquiry, json, "other", isOfSet: true);
        WriteSegments(inquiry, json, "envelope", isOfSet: false);
        if (inquiry.Delimiters != Delimiters.Usual) WriteSeparators(inquiry.Delimiters, json);
        json.WriteEndObject();
    }

    /// <summary>Whether the set comes back from the fields alone: that is tried, so nothing is lost unseen.</summary>
    static bool SaysAll(Inquiry inquiry, InquiryNode tree)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            InquiryJsonWriter.Write(tree, writer);
            writer.WriteEndObject();
        }
        var again = new Inquiry();
        try { Read(buffer.WrittenMemory, inquiry.Guide!, again); }
        catch (InputException) { return false; } // a text that JSON or X12 with the usual separators cannot hold
        return InquiryTree.AreSame(inquiry, again);
    }

    static void WriteSeparators(in Delimiters marks, Utf8JsonWriter json) =>
        json.WriteString("separators",
            string.Concat((char)marks.Element, (char)marks.Component, (char)marks.Repetition, (char)marks.Segment));

    static void WriteSegments(Inquiry inquiry, Utf8JsonWriter json, string name, bool isOfSet)
    {
        var isOpen = false;
        foreach (ref readonly var kept in inquiry.Segments)
        {
            if (kept.Ordinal > 0 != isOfSet) continue;
            if (!isOpen) json.WriteStartArray(name);
            isOpen = true;
            json.WriteStringValue(System.Text.Unicode.Utf8.IsValid(inquiry[kept.Text])
                ? Encoding.UTF8.GetString(inquiry[kept.Text]) : Encoding.Latin1.GetString(inquiry[kept.Text]));
        }
        if (isOpen) json.WriteEndArray();
    }

    /// <summary>Reads a set of a guide.</summary>
    /// <exception cref="InputException">The JSON does not read.</exception>
    public static void Read(ReadOnlyMemory<byte> utf8, Guide guide, Inquiry into)
    {
        into.Clear();
        into.Guide = guide;
        var json = new JsonInput(JsonInput.WithoutMark(utf8).Span);
        var reader = new InquiryJsonReader(InquiryShape.Of(guide));
        var (root, envelope, other) = (new InquiryNode(InquiryShape.Of(guide)), new List<string>(), new List<string>());
        ulong seen = 0;
        var names = FieldsOf(guide);
        json.EnterObject();
        while (json.NextField(names, ref seen, out var name))
            switch (name)
            {
                case "separators": into.Delimiters = ReadSeparators(ref json); break;
                case "envelope": ReadSegments(ref json, envelope); break;
                case "other": ReadSegments(ref json, other); break;
                default: reader.ReadField(ref json, root, name); break;
            }
        json.Close();
        if (!root.Segments("ST").Any()) root.AddSegment("ST");
        foreach (var segment in envelope)
            into.Keep(new ClaimSegment(into.Append(Encoding.UTF8.GetBytes(segment)), 0, 0));
        if (other.Count == 0) InquiryTree.Write(root, into);
        else KeepAll(other, into);
    }

    /// <summary>Keeps segments as they came, each with its row.</summary>
    static void KeepAll(List<string> segments, Inquiry into)
    {
        var walk = new GuideWalk(into.Guide!, new Faults { Quiet = true, Guide = into.Guide! });
        var (reader, text) = (new SegmentReader(), new StringBuilder());
        foreach (var segment in segments) text.Append(segment).Append((char)into.Delimiters.Segment);
        byte[] bytes = [.. Encoding.UTF8.GetBytes(text.ToString()), .. new byte[SegmentReader.Slack]];
        reader.Open(bytes, 0, bytes.Length - SegmentReader.Slack, into.Delimiters);
        walk.Begin();
        for (var ordinal = 1; reader.Next(); ordinal++)
            into.Keep(new ClaimSegment(into.Append(reader.Text), (ushort)(walk.Place(reader) + 1), ordinal));
    }

    static Delimiters ReadSeparators(ref JsonInput json)
    {
        var text = json.Text();
        foreach (var sign in text)
            if (sign > '\u00FF') text = "";
        if (text.Length != 4) throw json.Wrong("these are not separators", "write four signs, such as *:^~");
        return new((byte)text[0], (byte)text[1], (byte)text[2], (byte)text[3]);
    }

    static void ReadSegments(ref JsonInput json, List<string> into)
    {
        for (json.EnterArray(); json.NextItem();) into.Add(json.Text());
    }
}
