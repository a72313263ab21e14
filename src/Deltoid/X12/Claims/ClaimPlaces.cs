using System.Globalization;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Claims;

/// <summary>
/// Where a claim's fields are in X12: from the place of an edit's finding to the segment and element it was read
/// from, and from an element to the field. The segments are those the claim kept.
/// </summary>
internal static class ClaimPlaces
{
    /// <summary>A field, and the element and component that hold it.</summary>
    internal readonly record struct Spot(Field Field, ClaimAction Action, Party Party, int Element, int Component = 0);

    internal static readonly Spot[] OfClaim =
    [
        new(Field.Id, ClaimAction.Claim, default, 1),
        new(Field.Charge, ClaimAction.Claim, default, 2),
        new(Field.PlaceOfService, ClaimAction.Claim, default, 5, 1),
        new(Field.Frequency, ClaimAction.Claim, default, 5, 3),
        new(Field.Signature, ClaimAction.Claim, default, 6),
        new(Field.Assignment, ClaimAction.Claim, default, 7),
        new(Field.Benefits, ClaimAction.Claim, default, 8),
        new(Field.Release, ClaimAction.Claim, default, 9),
        new(Field.PatientSignature, ClaimAction.Claim, default, 10),
        new(Field.AdmissionType, ClaimAction.Admission, default, 1),
        new(Field.AdmissionSource, ClaimAction.Admission, default, 2),
        new(Field.PatientStatus, ClaimAction.Admission, default, 3),
        new(Field.BillingNpi, ClaimAction.Name, Party.Billing, 9),
        new(Field.BillingName, ClaimAction.Name, Party.Billing, 3),
        new(Field.BillingTaxId, ClaimAction.Tax, Party.Billing, 2),
        new(Field.BillingAddress, ClaimAction.Street, Party.Billing, 1),
        new(Field.RenderingNpi, ClaimAction.Name, Party.Rendering, 9),
        new(Field.SupervisingNpi, ClaimAction.Name, Party.Supervising, 9),
        new(Field.RenderingNpi, ClaimAction.Name, Party.Attending, 9),
        new(Field.Order, ClaimAction.Name, Party.Referring, 9),
        new(Field.SubscriberId, ClaimAction.Name, Party.Subscriber, 9),
        new(Field.SubscriberName, ClaimAction.Name, Party.Subscriber, 3),
        new(Field.SubscriberBirthDate, ClaimAction.Demographics, Party.Subscriber, 2),
        new(Field.SubscriberSex, ClaimAction.Demographics, Party.Subscriber, 3),
        new(Field.PayerId, ClaimAction.Payer, default, 9),
        new(Field.PayerKind, ClaimAction.Subscriber, Party.Subscriber, 9),
        new(Field.Payer, ClaimAction.Payer, default, 3),
        new(Field.Diagnoses, ClaimAction.Diagnoses, default, 1),
        new(Field.PriorAuthorization, ClaimAction.Authorization, default, 2),
        new(Field.Clia, ClaimAction.Clia, default, 2),
        new(Field.Narrative, ClaimAction.Note, default, 2),
    ];

    internal static readonly Spot[] OfLine =
    [
        new(Field.Code, ClaimAction.Professional, default, 1, 2),
        new(Field.Modifiers, ClaimAction.Professional, default, 1, 3),
        new(Field.Charge, ClaimAction.Professional, default, 2),
        new(Field.Units, ClaimAction.Professional, default, 4),
        new(Field.Count, ClaimAction.Professional, default, 4),
        new(Field.PlaceOfService, ClaimAction.Professional, default, 5),
        new(Field.Pointers, ClaimAction.Professional, default, 7),
        new(Field.Narrative, ClaimAction.Professional, default, 1, 7),
        new(Field.RevenueCode, ClaimAction.Institutional, default, 1),
        new(Field.Code, ClaimAction.Institutional, default, 2, 2),
        new(Field.Modifiers, ClaimAction.Institutional, default, 2, 3),
        new(Field.Charge, ClaimAction.Institutional, default, 3),
        new(Field.Units, ClaimAction.Institutional, default, 5),
        new(Field.Count, ClaimAction.Institutional, default, 5),
        new(Field.Narrative, ClaimAction.Institutional, default, 2, 7),
        new(Field.Date, ClaimAction.ServiceDate, default, 3),
        new(Field.ServiceDate, ClaimAction.ServiceDate, default, 3),
        new(Field.Control, ClaimAction.Control, default, 2),
        new(Field.Ndc, ClaimAction.Drug, default, 3),
        new(Field.NdcQuantity, ClaimAction.DrugQuantity, default, 4),
        new(Field.NdcUnit, ClaimAction.DrugQuantity, default, 5, 1),
        new(Field.Lines, ClaimAction.Line, default, 1),
    ];

    internal static Guide GuideOf(Claim claim) => ClaimSets.GuideOf(claim.Setting);

    /// <summary>
    /// The place in the file of what a finding is about; the claim's own segment, or its line's, where the field has
    /// none. Default when the claim was not read from X12.
    /// </summary>
    public static SourcePlace Of(Claim claim, in Place place)
    {
        var finder = new ClaimPlaceFinder();
        finder.Use(claim);
        return finder.Of(place, out _);
    }

    /// <summary>Where an element, or a component, begins in the text of its segment.</summary>
    internal static int StartIn(ReadOnlySpan<byte> text, in Delimiters delimiters, in Spot spot)
    {
        var at = 0;
        for (var n = 0; n < spot.Element; n++)
        {
            var next = text[at..].IndexOf(delimiters.Element);
            if (next < 0) return n == 0 ? 0 : text.Length;
            at += next + 1;
        }
        for (var n = 1; n < spot.Component; n++)
        {
            var next = text[at..].IndexOfAny(delimiters.Component, delimiters.Element);
            if (next < 0 || text[at + next] == delimiters.Element) return at;
            at += next + 1;
        }
        return at;
    }

    /// <summary>
    /// The place of a finding, and of a list (diagnoses, modifiers, pointers) which one it is about, from 1, as the
    /// place's ordinal.
    /// </summary>
    public static Place Exact(in Finding finding, Claim? claim)
    {
        var place = finding.Place;
        if (claim is null || place.Part != Part.None || place.Ordinal != 0) return place;
        var index = place is { Line: 0, ClaimField: Field.Diagnoses } ? DiagnosisOf(finding, claim)
            : claim.IndexOf(place.Line) is >= 0 and var line ? InLine(finding, claim.Lines[line]) : -1;
        return index < 0 ? place : place with { Ordinal = index + 1 };
    }

    /// <summary>Of a diagnosis that is there twice the last one: it is the one too many.</summary>
    static int DiagnosisOf(in Finding finding, Claim claim)
    {
        if (finding.Source.Interchange > 0) return finding.Source.Element > 0 ? DiagnosisAt(claim, finding.Source) : -1;
        return finding.A.Kind is ArgKind.Diagnosis or ArgKind.Code
            ? claim.Diagnoses.LastIndexOf(new Code((ulong)finding.A.Value))
            : -1;
    }

    static int InLine(in Finding finding, in ServiceLine line)
    {
        var (field, at) = (finding.Place.ClaimField, finding.Source);
        if (at.Interchange > 0)
            return field == Field.Modifiers && at.Component >= 3 ? at.Component - 3
                : field == Field.Pointers ? Math.Max(at.Component, (short)1) - 1
                : -1;
        foreach (var arg in (ReadOnlySpan<Arg>)[finding.A, finding.B, finding.C])
        {
            if (field == Field.Modifiers && arg.Kind == ArgKind.Modifier)
                for (var i = line.Modifiers.Count - 1; i >= 0; i--)
                    if (line.Modifiers[i].Packed == arg.Value) return i;
            if (field == Field.Pointers && arg.Kind == ArgKind.Count)
                for (var i = 0; i < line.Pointers.Count; i++)
                    if (line.Pointers[i] == arg.Value) return i;
        }
        return -1;
    }

    /// <summary>
    /// Goes through the diagnoses of a claim in the order in which they were read: their segment and element.
    /// </summary>
    internal static IEnumerable<(int Segment, int Element)> Diagnoses(Claim claim)
    {
        var (guide, isFirst) = (GuideOf(claim), claim.Setting == Setting.Facility);
        for (var i = 0; i < claim.Segments.Length; i++)
        {
            if (claim.Segments[i].Row == 0
                || (ClaimAction)guide.Segments[claim.Segments[i].Row - 1].Action != ClaimAction.Diagnoses)
                continue;
            var element = 0;
            foreach (var part in System.Text.Encoding.Latin1.GetString(claim[claim.Segments[i].Text])
                .Split((char)claim.Delimiters.Element).Skip(1))
            {
                element++;
                if (part.Length > 0) yield return (i, element);
                if (isFirst) break; // the principal one is alone
            }
            isFirst = false;
        }
    }

    static int DiagnosisAt(Claim claim, SourcePlace at)
    {
        var index = 0;
        foreach (var (segment, element) in Diagnoses(claim))
        {
            if (claim.Segments[segment].Ordinal == at.Segment && element == at.Element) return index;
            index++;
        }
        return -1;
    }

    /// <summary>The place in the file of what a finding of an edit is about.</summary>
    public static SourcePlace Of(Claim claim, in Finding finding) => Of(claim, Exact(finding, claim));

    /// <summary>The path of a place: <c>2400[2]/SV1-04</c>; empty where it has none.</summary>
    public static string Path(Claim? claim, in SourcePlace place, int line)
    {
        if (place.Segment == 0) return "";
        var name = "";
        if (claim is not null)
            foreach (ref readonly var segment in claim.Segments)
                if (segment.Ordinal == place.Segment && segment.Row > 0)
                    name = Named(GuideOf(claim), segment.Row - 1, line);
        return name.Length == 0 ? ""
            : place.Element == 0 ? name
            : string.Create(CultureInfo.InvariantCulture,
                $"{name}-{place.Element:00}{(place.Component > 0 ? "-" + place.Component : "")}");
    }

    /// <summary>The name of a segment of a claim, and what it is.</summary>
    public static (string Name, string Label) Segment(Claim claim, SourcePlace at)
    {
        foreach (ref readonly var segment in claim.Segments)
            if (segment.Ordinal == at.Segment && segment.Row > 0 && GuideOf(claim).Segments[segment.Row - 1] is var row)
                return (row.Name, row.Label);
        return ("", "");
    }

    static string Named(Guide guide, int row, int line)
    {
        var of = guide.Segments[row];
        var loop = guide.Loops[of.Loop].Name;
        return of.Section == Section.Line && line > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{loop}[{line}]/{of.Name}")
            : $"{loop}/{of.Name}";
    }

    /// <summary>Whether the claim kept the segment with this number in its set.</summary>
    internal static bool Has(Claim claim, int ordinal)
    {
        foreach (ref readonly var segment in claim.Segments)
            if (segment.Ordinal == ordinal) return true;
        return false;
    }

    /// <summary>Whether an element of a segment fills a field.</summary>
    internal static bool Fills(SegmentRow row, Field field)
    {
        foreach (ref readonly var spot in (row.Section == Section.Line ? OfLine : OfClaim).AsSpan())
            if (spot.Field == field && spot.Action == (ClaimAction)row.Action && (byte)spot.Party == row.Owner)
                return true;
        return false;
    }

    /// <summary>
    /// The field that an element of a segment fills or, without an element, the one that all of it does; none when
    /// there is no such field.
    /// </summary>
    internal static Field FieldOf(SegmentRow row, int element, int component)
    {
        if (element == 0 && (ClaimAction)row.Action == ClaimAction.DrugQuantity)
            return Field.NdcQuantity; // and with it the unit
        var found = Field.None;
        foreach (ref readonly var spot in (row.Section == Section.Line ? OfLine : OfClaim).AsSpan())
        {
            if (spot.Action != (ClaimAction)row.Action || (byte)spot.Party != row.Owner) continue;
            if (element > 0 && (spot.Element == element || spot.Field == Field.Diagnoses) // each element is one
                && (component == 0 || spot.Component == 0 || spot.Component == component))
                return spot.Field;
            if (element == 0 && found == Field.None) found = spot.Field;
            else if (element == 0 && found != spot.Field && spot.Field is not (Field.ServiceDate or Field.NdcUnit))
                return Field.None;
        }
        return found;
    }
}
