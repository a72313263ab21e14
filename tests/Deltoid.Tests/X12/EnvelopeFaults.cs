using Deltoid.X12.Guides;

namespace Deltoid.Tests;

/// <summary>Faults of the envelope's own segments: ISA, TA1, GS, GE, IEA.</summary>
internal static class EnvelopeFaults
{
    /// <summary>A right interchange with a TA1 and a group of one set.</summary>
    public static SpecimenText Right()
    {
        var text = new SpecimenText(Specimens.Of("837P").Guide, Specimens.Of("837P").Least);
        text.Segments.Insert(1, new("TA1", ["000000007", "250331", "0930", "A", "000"], null));
        return text;
    }

    public static RowSample Make(GuideFault fault)
    {
        var (guide, text) = (GuideLibrary.Envelope, Right());
        if (fault.Segment < 0) return WithoutLoop(fault, text);
        var row = guide.Segments[fault.Segment];
        var written = text.Segments.Find(s => s.Name == row.Name)!;
        if (fault.Kind == FaultKind.ElementTooMany)
        {
            written.Set(row.Elements + 1, "X");
            return new(fault.Info, row.Row, text, written)
            {
                IsEnvelope = true, Element = row.Elements + 1, Offset = () => written.StartOf(row.Elements + 1)
            };
        }
        if (fault.Element == 0) return WithoutEnd(fault, text, written);
        return OfElement(fault, text, row, written);
    }

    /// <summary>No ISA: nothing is read up to the next; no GS: the set stands outside a group.</summary>
    static RowSample WithoutLoop(GuideFault fault, SpecimenText text)
    {
        var isInterchange = fault.Info == X12Findings.NoInterchange;
        text.Segments.RemoveAll(s => s.Name == (isInterchange ? "ISA" : "GS"));
        var at = isInterchange ? text.Segments[0] : text.Segments[2];
        return new(fault.Info, 0, text, text.Segments[0]) { IsEnvelope = true, Offset = () => at.Start };
    }

    /// <summary>An end that is not there is missed where the next segment begins, or the file ends.</summary>
    static RowSample WithoutEnd(GuideFault fault, SpecimenText text, WrittenSegment end)
    {
        text.Segments.Remove(end);
        var last = text.Segments[^1];
        return new(fault.Info, 0, text, text.Segments[0])
        {
            IsEnvelope = true, Offset = () => end.Name == "IEA" ? last.End + 1 : last.Start
        };
    }

    static RowSample OfElement(GuideFault fault, SpecimenText text, SegmentRow row, WrittenSegment written)
    {
        var (guide, element) = (GuideLibrary.Envelope, fault.Element);
        var spec = guide.Specs[row.FirstSpec + element - 1];
        var value = written.Element(element);
        if (fault.Info == X12Findings.SeparatorsClash)
        {
            written.Set(element, element == 11 ? ":" : "^");
            return new(fault.Info, 0, text, written) { IsEnvelope = true, Offset = () => 0 };
        }
        var bad = fault.Kind switch
        {
            FaultKind.LeftOut => "",
            FaultKind.Repeated => $"{value}^{value}",
            FaultKind.ComponentTooMany => value + ":X",
            FaultKind.Day when value.Length == 6 => value[..2] + "1340",
            _ => RowFaults.Bad(guide, fault, row, spec, value)!,
        };
        if (row.Name == "ISA") written.Elements[element - 1] = bad;
        else written.Set(element, bad);
        var at = fault.Kind switch
        {
            FaultKind.Character => bad.IndexOf('\u0001', StringComparison.Ordinal),
            FaultKind.Repeated => value.Length + 1,
            _ => 0
        };
        return new(fault.Info, spec.Row, text, written)
        {
            IsEnvelope = true, Element = element, Repeat = fault.Kind == FaultKind.Repeated ? 2 : 0,
            Offset = () => written.StartOf(element) + at
        };
    }
}
