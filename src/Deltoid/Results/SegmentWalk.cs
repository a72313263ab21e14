using Deltoid.Findings;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.Results;

/// <summary>A segment of a set as people read it.</summary>
/// <param name="row">Its row in the guide; null where it has no place there.</param>
/// <param name="ordinal">From ST = 1.</param>
/// <param name="heading">The name of its loop where one begins; empty else.</param>
internal delegate void SegmentVisit(SegmentReader of, Guide guide, SegmentRow? row, int ordinal, string heading);

/// <summary>An element or a component that says something.</summary>
/// <param name="component">From 1; 0 of an element without components.</param>
/// <param name="repeat">From 1.</param>
/// <param name="label">What the guide calls it; empty where it has no row of its own.</param>
internal delegate void ElementVisit(int element, int component, int repeat, string label, ReadOnlySpan<byte> text);

/// <summary>
/// The segments of sets in the order they came, with their loops, and their elements with what the guide calls them:
/// what the page of a file and the screen beside a claim have in common.
/// </summary>
internal sealed class SegmentWalk
{
    readonly SetReader reader = new();
    readonly FindingList unused = new();
    int loop = -1;

    /// <summary>A new set begins: its first loop is named again.</summary>
    public void Restart() => loop = -1;

    public void Read(byte[] bytes, SetPart part, SegmentVisit visit)
    {
        reader.Open(bytes, part);
        reader.Faults.Target = unused;
        while (reader.Next())
        {
            var at = reader.Place();
            if (reader.InContext) continue;
            if (at >= 0) reader.Check(at);
            unused.Clear();
            var row = at < 0 ? null : reader.Guide.Segments[at];
            visit(reader.Segment, reader.Guide, row, reader.Faults.Ordinal, row is null ? "" : Heading(row));
        }
    }

    string Heading(SegmentRow row)
    {
        var guide = reader.Guide;
        var of = guide.Loops[row.Loop];
        if (row.Loop == loop && of.First != row.Index) return "";
        loop = row.Loop;
        return loop == 0 ? guide.Name : $"{of.Name} {guide.Labels.GetValueOrDefault(of.Row)}";
    }

    public static void Elements(SegmentReader of, Guide guide, SegmentRow row, ElementVisit visit)
    {
        for (var element = 1; element <= of.Elements; element++)
        {
            if (of.LengthOf(element) == 0) continue;
            if (element > row.Elements)
            {
                visit(element, 0, 1, "", of[element]);
                continue;
            }
            var spec = guide.Specs[row.FirstSpec + element - 1];
            if (spec.Components == 0) visit(element, 0, 1, LabelOf(guide, spec, row), of[element]);
            else Components(of, guide, row, spec, element, visit);
        }
    }

    static void Components(SegmentReader of, Guide guide, SegmentRow row, in ElementSpec spec, int element,
        ElementVisit visit)
    {
        var text = of[element];
        var repeat = 1;
        foreach (var range in text.Split(of.Delimiters.Repetition))
        {
            var component = 1;
            foreach (var part in text[range].Split(of.Delimiters.Component))
            {
                var label = component <= spec.Components
                    ? LabelOf(guide, guide.Specs[spec.FirstComponent + component - 1], row)
                    : "";
                if (text[range][part] is { IsEmpty: false } value) visit(element, component, repeat, label, value);
                component++;
            }
            repeat++;
        }
    }

    static string LabelOf(Guide guide, in ElementSpec spec, SegmentRow row) =>
        spec.Row == row.Row ? "" : guide.Labels.GetValueOrDefault(spec.Row, "");
}
