using Deltoid.Values;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Guides;

/// <summary>
/// The form in which two segments are compared: no separators that separate nothing, and numbers as short as they go.
/// What is written equals what was read up to this form, and counts and numbers of levels and lines, which are made
/// again; of a claim also up to the order of the guide.
/// </summary>
static class Canonical
{
    /// <summary>Writes a segment in that form.</summary>
    /// <param name="row">Its row in the guide, or null where it has none: then numbers are left as they are.</param>
    public static void Write(SegmentWriter output, ReadOnlySpan<byte> segment, SegmentRow? row, Guide guide)
    {
        var marks = output.Delimiters;
        var cut = segment.IndexOf(marks.Element);
        output.Begin(cut < 0 ? segment : segment[..cut]);
        for (var number = 1; cut >= 0; number++)
        {
            segment = segment[(cut + 1)..];
            cut = segment.IndexOf(marks.Element);
            var element = cut < 0 ? segment : segment[..cut];
            ElementSpec? spec = row is not null && number <= row.Elements
                ? guide.Specs[row.FirstSpec + number - 1]
                : null;
            Write(output, element, spec, guide, marks);
        }
        output.End();
    }

    static void Write(SegmentWriter output, ReadOnlySpan<byte> element, ElementSpec? spec, Guide guide,
        in Delimiters marks)
    {
        Span<byte> scratch = stackalloc byte[24];
        if (!element.Contains(marks.Component))
        {
            output.Raw(Shortest(element, spec, scratch));
            return;
        }
        output.Skip();
        for (var part = 1; !element.IsEmpty || part == 1; part++)
        {
            var cut = element.IndexOf(marks.Component);
            var component = cut < 0 ? element : element[..cut];
            ElementSpec? of = spec is { } composite && part <= composite.Components
                ? guide.Specs[composite.FirstComponent + part - 1]
                : null;
            if (part == 1) output.First(Shortest(component, of, scratch));
            else output.Component(Shortest(component, of, scratch));
            if (cut < 0) return;
            element = element[(cut + 1)..];
        }
    }

    static ReadOnlySpan<byte> Shortest(ReadOnlySpan<byte> text, ElementSpec? spec, Span<byte> scratch)
    {
        if (spec is not { Type: ElementType.Number or ElementType.Whole } || !Digits.TryScaled(text, 6, out var scaled))
            return text;
        return scratch[..Digits.WriteScaled(scaled, 6, scratch)];
    }
}
