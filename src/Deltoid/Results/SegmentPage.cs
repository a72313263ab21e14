using System.Globalization;
using System.Text;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.Results;

/// <summary>
/// X12 for a person who debugs a file: segment by segment in the order it came, each with its number in the set and,
/// below it, its elements with what the guide calls them. Loops stand as headings. Nothing is left out; control
/// characters are shown as blanks.
/// </summary>
/// <param name="elements">False shows the segments only.</param>
internal sealed class SegmentPage(Action<string> write, bool color, bool elements)
{
    const int LabelWidth = 40;

    readonly SegmentWalk walk = new();
    readonly TextPage page = new(write, color);
    readonly SegmentReader segment = new();
    byte[] scratch = new byte[4096];

    /// <summary>A part of the envelope; those of a set are shown with its parts.</summary>
    public void Write(EnvelopePart part)
    {
        if (part.Kind is EnvelopeKind.SetEnd || part.Text.Length == 0) return;
        if (part.Kind == EnvelopeKind.Set)
        {
            walk.Restart();
            if (part.Set!.Guide is not null) return;
            page.Line(page.Strong(
                    $"set {part.Element(1)} {part.Element(2)}: not supported, so its segments are not shown"));
            return;
        }
        if (part.Kind == EnvelopeKind.Stray) page.Line(page.Strong("outside of a group:"));
        var name = Encoding.Latin1.GetString(part.Text.AsSpan(0,
            Math.Max(0, part.Text.AsSpan().IndexOf(part.Delimiters.Element))));
        if (part.Text.Length + SegmentReader.Slack > scratch.Length) scratch = new byte[part.Text.Length + 4096];
        part.Text.CopyTo(scratch, 0);
        scratch[part.Text.Length] = part.Delimiters.Segment;
        segment.Open(scratch, 0, part.Text.Length + 1,
            name == "ISA"
                ? part.Delimiters with { Component = part.Delimiters.Segment, Repetition = part.Delimiters.Segment }
                : part.Delimiters);
        if (segment.Next())
            WriteSegment(segment, GuideLibrary.Envelope,
                Array.Find(GuideLibrary.Envelope.Segments, s => s.Name == name), 0);
    }

    /// <summary>A part of a set that has a guide.</summary>
    public void Write(byte[] bytes, SetPart setPart) =>
        walk.Read(bytes, setPart, (of, guide, row, ordinal, heading) =>
        {
            if (heading.Length > 0) page.Line(page.Strong(heading));
            WriteSegment(of, guide, row, ordinal);
        });

    void WriteSegment(SegmentReader of, Guide guide, SegmentRow? row, int ordinal)
    {
        var number = ordinal > 0 ? ordinal.ToString(CultureInfo.InvariantCulture) : "";
        page.Line($"{number,7}  {Shown(of.Text)}{(row is null ? "   (no place in the guide)" : "")}");
        if (!elements || row is null) return;
        SegmentWalk.Elements(of, guide, row, (element, component, repeat, label, text) => WriteElement(
            string.Create(CultureInfo.InvariantCulture, $"{element:00}{(component > 0 ? $"-{component}" : "")}{(
                repeat > 1 ? $" ({repeat})" : "")}"), label, text));
    }

    void WriteElement(string number, string label,
        ReadOnlySpan<byte> value) =>
        page.Line($"           {number,-8}{label.PadRight(LabelWidth)} {Shown(value)}".TrimEnd());

    /// <summary>Text as it can be shown on any screen: what could steer it is a blank.</summary>
    static string Shown(ReadOnlySpan<byte> text)
    {
        var shown = (System.Text.Unicode.Utf8.IsValid(text) ? Encoding.UTF8 : Encoding.Latin1).GetString(text)
            .ToCharArray();
        foreach (ref var c in shown.AsSpan())
            if (char.IsControl(c)
                || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator)
                c = ' ';
        return new string(shown);
    }
}
