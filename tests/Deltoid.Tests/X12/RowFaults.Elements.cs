using Deltoid.Findings;
using Deltoid.X12.Guides;

namespace Deltoid.Tests;

/// <summary>Faults of elements and components.</summary>
internal static partial class RowFaults
{
    const string Odd = "\u0001";

    static RowSample? OfElement(FaultMaker maker, GuideFault fault, SpecimenSegment segment)
    {
        var spec = maker.SpecOf(segment.Row, fault.Element, fault.Component);
        return fault.Kind switch
        {
            FaultKind.LeftOut => LeftOut(maker, fault, segment, spec),
            FaultKind.Repeated => Repeated(maker, segment, fault.Element, spec),
            FaultKind.ComponentTooMany => ComponentTooMany(maker, segment, fault.Element, spec),
            _ => Changed(maker, fault, segment, spec),
        };
    }

    /// <summary>A value that has the fault; null where the value that stands there cannot get it.</summary>
    public static string? Bad(Guide guide, GuideFault fault, SegmentRow row, ElementSpec spec,
        string value) => fault.Kind switch
    {
        FaultKind.TooLong
            when spec.Type == ElementType.Money =>
            "123456789" + (value.Contains('.', StringComparison.Ordinal) ? ".5" : ""),
        FaultKind.TooPrecise =>
            (value.Contains('.', StringComparison.Ordinal)
                ? value[..value.IndexOf('.', StringComparison.Ordinal)]
                : value) + "." + new string('1', spec.Decimals + 1),
        FaultKind.Backward => value.Length == 17 && value[..8] != value[9..] ? $"{value[9..]}-{value[..8]}" : null,
        FaultKind.TooLong
            when spec.Type is ElementType.Number or ElementType.Whole or ElementType.Implied =>
            value.TrimStart('-').PadLeft(spec.Greatest + 1 + value.Count(static c => c == '.'), '0'),
        FaultKind.TooLong => value.PadRight(spec.Greatest + 1, 'Q'),
        FaultKind.TooShort => value[..(spec.Least - 1)],
        FaultKind.NotANumber => value + "A",
        FaultKind.Code => Stranger(guide, row, spec),
        FaultKind.Day
            when spec.ByFormat => NoSuchPeriod(value),
        FaultKind.Day => value[..^4] + "0231",
        FaultKind.Time => "2561" + value[4..],
        FaultKind.Form => Malformed(spec.Outside, value),
        FaultKind.Range => spec.Range == NumberRange.NotNegative ? "-1" : "0",
        _ => value.Length == 1 ? Odd : value[0] + Odd + value[2..],
    };

    static string NoSuchPeriod(string value) =>
        value.Length switch { 8 or 12 => "20250231" + value[8..], 17 => "20250231" + value[8..], _ => "2561" };

    static string? Malformed(Outside list, string value) => list switch
    {
        Outside.Npi => value[..^1] + (char)('0' + ((value[^1] - '0' + 1) % 10)),
        Outside.State or Outside.Country => value[0] + "1",
        Outside.Taxonomy or Outside.Modifier or Outside.Surgery or Outside.Currency => value.ToLowerInvariant(),
        Outside.Diagnosis or Outside.Procedure or Outside.Carc or Outside.Rarc or Outside.Status
            or Outside.Nubc =>
            value.Length > 1 ? value[..^1] + "." : ".",
        _ => value[..^1] + "A",
    };

    /// <summary>A code of the right length that no segment of this name takes in its place.</summary>
    static string? Stranger(Guide guide, SegmentRow row, ElementSpec spec)
    {
        var table = GuideRowsText.Of(guide);
        var known = guide.Segments.Where(s => s.Name == row.Name).SelectMany(s => Rows(guide, s))
            .SelectMany(r => table.CodesOf(r)).Concat(table.CodesOf(spec.Row)).ToHashSet();
        foreach (var text in spec.Type is ElementType.Whole or ElementType.Number
            ? ["98", "7"]
            : (string[])["ZZZ", "QQQQ", "9Q9", "7", "Q", "88", "QZ"])
        {
            var code = text.Length > spec.Greatest ? text[..spec.Greatest] : text.PadRight(spec.Least, 'Q');
            if (!known.Contains(code)) return code;
        }
        return null;
    }

    static List<int> Rows(Guide guide, SegmentRow row)
    {
        var rows = new List<int>();
        SpecimenTargets.ForEach(guide, row, (_, _, spec) => rows.Add(spec.Row));
        return rows;
    }

    /// <summary>What is told when the code is wrong, or not there, by which a segment is known.</summary>
    static RowSample Unknown(FaultMaker maker, SpecimenSegment segment, SpecimenText text, FindingInfo info)
    {
        var (guide, loop) = (maker.Guide, segment.Parent!);
        RowSample sample;
        if (guide.Loops[segment.Row.Loop].First == segment.Row.Index)
        {
            // what follows an HL says which level it is: its code is wrong, or not there, and no more than that
            if (segment.Row.KeyElement > 1) return OfLevel(guide, segment, text, info);
            sample = Of(text, X12Findings.UnexpectedSegment, 0, segment, loop);
            foreach (var inner in loop.Flat().Skip(1)) sample.Lost.Add(text.Of(inner.Id).Ordinal);
            sample.Lost.Add(text.Of(FaultMaker.After(loop).Id).Ordinal);
            return sample;
        }
        var sister = guide.Segments[guide.Loops[loop.Index].Entries
            .First(e => e.Child < 0 && guide.Segments[e.Segment].Name == segment.Row.Name).Segment];
        if (sister.KeyElement == 1)
            // by its second element a segment is told apart only among those that take its first
            info = X12Findings.BadCode;
        var key = guide.Specs[sister.FirstSpec + sister.KeyElement - 1];
        var isPart = key.Components > 0 && info == X12Findings.BadCode;
        sample = Of(text, info, isPart ? guide.Specs[key.FirstComponent].Row : key.Row, segment, segment,
            sister.KeyElement, isPart ? 1 : 0);
        Touch(sample, segment);
        return sample;
    }

    static RowSample OfLevel(Guide guide, SpecimenSegment segment, SpecimenText text, FindingInfo info)
    {
        var element = segment.Row.KeyElement;
        return Of(text, info, guide.Specs[segment.Row.FirstSpec + element - 1].Row, segment, segment, element);
    }

    /// <summary>The guide is chosen by ST01 and ST03.</summary>
    static RowSample NotSupported(SpecimenText text, SpecimenSegment start, int element)
    {
        var written = text.Of(start.Id);
        var info = element == 3 ? X12Findings.OtherVersion : X12Findings.NotSupported;
        return new RowSample(info, 0, text, written) { Element = element, Offset = () => written.StartOf(element) };
    }

    /// <summary>What tells a value that does not do.</summary>
    static FindingInfo InfoOf(FaultKind kind, NumberRange range) => kind switch
    {
        FaultKind.TooLong => X12Findings.TooLong,
        FaultKind.TooShort => X12Findings.TooShort,
        FaultKind.NotANumber => X12Findings.NotANumber,
        FaultKind.TooPrecise => X12Findings.TooPrecise,
        FaultKind.Backward => X12Findings.SpanBackward,
        FaultKind.Code => X12Findings.BadCode,
        FaultKind.Day => X12Findings.BadDate,
        FaultKind.Time => X12Findings.BadTime,
        FaultKind.Form => X12Findings.BadPattern,
        FaultKind.Range => range switch
        {
            NumberRange.NotZero => X12Findings.AmountZero,
            NumberRange.NotNegative => X12Findings.AmountNegative,
            _ => X12Findings.NotPositive,
        },
        _ => X12Findings.BadCharacter,
    };

    static RowSample? LeftOut(FaultMaker maker, GuideFault fault, SpecimenSegment segment, ElementSpec spec)
    {
        var (element, component) = (fault.Element, fault.Component);
        if (segment[element].Length == 0) return null;
        segment[element, component] = "";
        if (component > 0 && segment[element].Length == 0)
            (component, spec) = (0, maker.SpecOf(segment.Row, element, 0)); // the composite is missing
        if (spec.Use != Use.Required) return null;
        var text = maker.AsIs();
        if (segment.Row.Name == "ST" && element == 1) return NotSupported(text, segment, 1);
        if (!segment.Written.Any() && GuideFaults.IsKnownByName(maker.Guide, segment.Row))
            return Of(text, X12Findings.EmptySegment, segment.Row.Row, segment, segment);
        if (GuideFaults.IsKey(segment.Row, element, component) && !GuideFaults.IsOnlyOne(maker.Guide, segment.Row))
            return Unknown(maker, segment, text, X12Findings.ElementMissing);
        var written = text.Of(segment.Id);
        written.Set(element, segment[element]); // SE01 was counted
        var sample = new RowSample(X12Findings.ElementMissing, spec.Row, text, written)
        {
            Element = element, Component = component, Offset = () => written.StartOf(element)
        };
        Touch(sample, segment, element);
        return sample;
    }

    static RowSample? Repeated(FaultMaker maker, SpecimenSegment segment, int element, ElementSpec spec)
    {
        if (segment[element].Length == 0) return null;
        var text = maker.AsIs();
        var written = text.Of(segment.Id);
        written.Set(element, string.Join('^', Enumerable.Repeat(segment[element], spec.Repeats + 1)));
        if (segment.Row.Name == "ST" && element != 2) return NotSupported(text, segment, element);
        var sample = new RowSample(X12Findings.TooManyRepeats, spec.Row, text, written)
        {
            Element = element, Repeat = spec.Repeats + 1, Offset = () => written.StartOf(element, 1, spec.Repeats + 1)
        };
        Touch(sample, segment, element);
        return sample;
    }

    static RowSample? ComponentTooMany(FaultMaker maker, SpecimenSegment segment, int element, ElementSpec spec)
    {
        if (segment[element].Length == 0) return null;
        var text = maker.AsIs();
        var written = text.Of(segment.Id);
        var component = Math.Max(spec.Components, (byte)1) + 1;
        written.Set(element, segment[element] + new string(':', component - segment[element].Split(':').Length) + "X");
        if (segment.Row.Name == "ST" && element != 2) return NotSupported(text, segment, element);
        var isComposite = spec.Components > 0;
        var sample = new RowSample(X12Findings.TooManyComponents, spec.Row, text, written)
        {
            Element = element, Component = isComposite ? component : 0,
            Offset = () => isComposite ? written.StartOf(element, component) : written.StartOf(element),
        };
        Touch(sample, segment, element);
        return sample;
    }

    /// <summary>A component that the guide leaves empty.</summary>
    static RowSample? ComponentFilled(FaultMaker maker, GuideFault fault, SpecimenSegment segment)
    {
        if (segment[fault.Element].Length == 0) return null;
        segment[fault.Element, fault.Component] = "1";
        var text = maker.AsIs();
        var written = text.Of(segment.Id);
        var sample = new RowSample(X12Findings.ElementNotUsed, fault.Row, text, written) { Element = fault.Element,
            Component = fault.Component, Offset = () => written.StartOf(fault.Element, fault.Component) };
        Touch(sample, segment, fault.Element);
        return sample;
    }

    static RowSample? Changed(FaultMaker maker, GuideFault fault, SpecimenSegment segment, ElementSpec spec)
    {
        var (element, component) = (fault.Element, fault.Component);
        var value = segment[element, component];
        if (value.Length == 0 || (fault.Kind == FaultKind.Form && !IsJudged(segment, element, component, spec))
            || Bad(maker.Guide, fault, segment.Row, spec, value) is not { } bad)
            return null;
        segment[element, component] = bad;
        var text = maker.AsIs();
        var written = text.Of(segment.Id);
        written.Set(element, segment[element]); // SE01 was counted
        if (segment.Row.Name == "ST" && element != 2) return NotSupported(text, segment, element);
        if (GuideFaults.IsKey(segment.Row, element, component) && !GuideFaults.IsOnlyOne(maker.Guide, segment.Row))
            return Unknown(maker, segment, text, InfoOf(fault.Kind, spec.Range));
        var at = fault.Kind == FaultKind.Character ? bad.IndexOf(Odd, StringComparison.Ordinal) : 0;
        var sample = new RowSample(InfoOf(fault.Kind, spec.Range), spec.Row, text, written) { Element = element,
            Component = component,
            Offset = () => (component == 0 ? written.StartOf(element) : written.StartOf(element, component)) + at };
        Touch(sample, segment, element);
        return sample;
    }

    /// <summary>
    /// The form of a code is asked for where the list is named before it, that of a postal code and a state at home.
    /// </summary>
    static bool IsJudged(SpecimenSegment segment, int element, int component, ElementSpec spec)
    {
        var before = component > 1 ? segment[element, component - 1]
            : component == 0 && element > 1 ? segment[element - 1, 1]
            : "";
        return spec.Outside switch
        {
            Outside.Ndc => before == "N4",
            Outside.Procedure => before is "HC" or "BP" or "BO",
            Outside.Phone => before is "TE" or "FX",
            Outside.Zip or Outside.Zip9 or Outside.State => segment.Row.Name != "N4" || segment[4].Length == 0,
            _ => true,
        };
    }
}
