using System.Globalization;
using System.Text;
using Deltoid.Batch;
using Deltoid.Results;
using Deltoid.Store;
using Deltoid.Values;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;
using Claim = Deltoid.Claims.Claim;

namespace Deltoid.Web;

/// <summary>An element of a segment: its number, its text, what it means, and the box of the form that it is.</summary>
/// <param name="Field">As <see cref="ClaimForm"/> names it; empty where the form has no box for it.</param>
public sealed record X12Element(string Number, string Text, string Meaning, string Field);

/// <summary>A segment of the claim with its loop.</summary>
/// <param name="Heading">The name of its loop where one begins; empty else.</param>
public sealed record X12Segment(string Heading, string Loop, string Text, List<X12Element> Elements);

/// <summary>
/// A claim as X12 beside its form: which element is which box, both ways. The segments are those that would leave.
/// </summary>
sealed class X12Beside
{
    readonly Claim claim;
    readonly List<X12Segment> segments = [];
    int lines, diagnoses;

    X12Beside(Claim claim) => this.claim = claim;

    public static List<X12Segment> Of(byte[] file, Claim claim)
    {
        var (beside, walk) = (new X12Beside(claim), new SegmentWalk());
        var source = new BlockSource(new MemoryStream(file, writable: false));
        while (source.Next() is { } block)
            foreach (var item in block.Items)
                if (item.SetPart is { Set.Guide: not null } part) walk.Read(block.Bytes, part, beside.Add);
        return beside.segments;
    }

    void Add(SegmentReader of, Guide guide, SegmentRow? row, int ordinal, string heading)
    {
        var name = Encoding.Latin1.GetString(of.Text[..Math.Max(2, of.Text.IndexOf(of.Delimiters.Element))]);
        if (name == "LX") lines++;
        var elements = new List<X12Element>();
        if (row is not null)
            SegmentWalk.Elements(of, guide, row, (element, component, _, label, text) => elements.Add(new(
                string.Create(CultureInfo.InvariantCulture,
                    $"{name}{element:00}{(component > 0 ? $"-{component:00}" : "")}"),
                Shown(text), label, FieldOf(of, name, element, component))));
        if (name == "HI" && IsDiagnosis(of)) diagnoses += of.Elements;
        segments.Add(new(heading, row is null ? "" : guide.Loops[row.Loop].Name, Shown(of.Text), elements));
    }

    static bool IsDiagnosis(SegmentReader of) => Ascii(of[1, 1]) is "ABK" or "ABF" or "BK" or "BF";

    /// <summary>The field of the form that an element carries; empty where the claim's form has none.</summary>
    string FieldOf(SegmentReader of, string name, int element, int component)
    {
        var field = lines > 0 ? FieldOfLine(of, name, element, component) : FieldOfHead(of, name, element, component);
        return FormFields.IsOn(field, claim.Setting) ? field : "";
    }

    string FieldOfHead(SegmentReader of, string name, int element, int component) => (name, element, component) switch
    {
        ("CLM", 2, _) => "charge",
        ("CLM", 5, 3) => "frequency",
        ("CLM", 5, 1) => claim.Setting == Setting.Facility ? "bill" : Line(1, "place"),
        ("CL1", 1, _) => "admissionType",
        ("CL1", 2, _) => "admissionSource",
        ("CL1", 3, _) => "patientStatus",
        ("DTP", 3, _) => Ascii(of[1]) switch
        {
            "434" => "statementFrom", "435" => "admissionDate", "096" => "dischargeHour", _ => "",
        },
        ("REF", 2, _) => Ascii(of[1]) switch { "G1" => "authorization", "F8" => "reference", _ => "" },
        ("HI", _, 2) when IsDiagnosis(of) => ClaimForm.DiagnosisAt(diagnoses + element),
        ("HI", _, > 1) => Ascii(of[1, 1]) switch
        {
            "BG" => "conditions", "BH" => "occurrences", "BI" => "spans", "BE" => "values",
            "ABJ" or "BJ" => "admittingDiagnosis", "APR" or "PR" => "visitReasons", _ => "",
        },
        ("NM1", 3, _) when Ascii(of[1]) == "71" => "attendingLast",
        ("NM1", 4, _) when Ascii(of[1]) == "71" => "attendingFirst",
        ("NM1", 9, _) when Ascii(of[1]) == "71" => "attendingNpi",
        _ => "",
    };

    string FieldOfLine(SegmentReader of, string name, int element, int component) => (name, element, component) switch
    {
        ("SV2", 1, _) => Line("revenue"),
        ("SV1", 1, 2) or ("SV2", 2, 2) => Line("code"),
        ("SV1", 1, >= 3 and <= 6) or ("SV2", 2, >= 3 and <= 6) => Line("modifiers"),
        ("SV1", 2, _) or ("SV2", 3, _) => Line("charge"),
        ("SV1", 4, _) or ("SV2", 5, _) => Line("units"),
        ("SV1", 5, _) => Line("place"),
        ("SV1", 7, _) => Line("pointers"),
        ("DTP", 3, _) when Ascii(of[1]) == "472" => Line("date"),
        ("LIN", 3, _) => Line("ndc"),
        ("CTP", 4, _) => Line("ndcQuantity"),
        ("CTP", 5, _) => Line("ndcUnit"),
        _ => "",
    };

    string Line(string field) => Line(lines, field);

    /// <summary>Lines of a file are counted from 1 without gaps; those of the form keep their numbers.</summary>
    string Line(int ordinal, string field) => ordinal >= 1 && ordinal <= claim.Lines.Length
        ? ClaimForm.LineAt(claim.Lines[ordinal - 1].Number, field) : "";

    static string Ascii(ReadOnlySpan<byte> text) => Encoding.ASCII.GetString(text);

    /// <summary>Text as it can be shown: control characters are blanks.</summary>
    static string Shown(ReadOnlySpan<byte> text) =>
        string.Concat(Encoding.UTF8.GetString(text).Select(static c => char.IsControl(c) ? ' ' : c));

    /// <summary>Where a field is in FHIR's Claim; <c>docs/encounter-fhir.md</c> has the rest.</summary>
    public static string FhirOf(Claim claim, string field)
    {
        if (field.Split('.') is ["dx", var at] && int.TryParse(at, CultureInfo.InvariantCulture, out var position))
            return $"Claim.diagnosis[{position - 1}].diagnosisCodeableConcept";
        if (field.Split('.') is not ["line", var number, var name]
            || !int.TryParse(number, CultureInfo.InvariantCulture, out var line))
            return field switch
            {
                "authorization" => "Claim.insurance[0].preAuthRef", "reference" => "Claim.related[0].claim",
                "frequency" => "Claim.related[0].relationship", "charge" => "Claim.total",
                "statementFrom" => "Claim.billablePeriod.start", "statementThru" => "Claim.billablePeriod.end",
                "attendingNpi" or "attendingLast" or "attendingFirst" => "Claim.careTeam.provider",
                "admittingDiagnosis" or "visitReasons" => "Claim.diagnosis", _ => "Claim.supportingInfo",
            };
        var index = claim.IndexOf(line);
        return index < 0 ? "" : $"Claim.item[{index}]." + name switch
        {
            "code" => "productOrService", "modifiers" => "modifier", "charge" => "net", "units" => "quantity",
            "pointers" => "diagnosisSequence", "date" => "servicedDate", "place" => "locationCodeableConcept",
            "revenue" => "revenue", "ndc" => "detail[0].productOrService", _ => "detail[0].quantity",
        };
    }
}
