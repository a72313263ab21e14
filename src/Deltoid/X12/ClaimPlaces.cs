using System.Globalization;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.X12;

/// <summary>
/// Where a claim's fields stand in X12: from the place of an edit's finding to the segment and element it was read from, and from an
/// element to the field. The segments are those the claim kept.
/// </summary>
public static class ClaimPlaces
{
    /// <summary>A field, and the element and component that hold it.</summary>
    readonly record struct Spot(Field Field, ClaimAction Action, Party Party, int Element, int Component = 0);

    static readonly Spot[] OfClaim =
    [
        new(Field.Id, ClaimAction.Claim, default, 1), new(Field.Charge, ClaimAction.Claim, default, 2),
        new(Field.PlaceOfService, ClaimAction.Claim, default, 5, 1),
        new(Field.Frequency, ClaimAction.Claim, default, 5, 3),
        new(Field.Signature, ClaimAction.Claim, default, 6), new(Field.Assignment, ClaimAction.Claim, default, 7),
        new(Field.Benefits, ClaimAction.Claim, default, 8),
        new(Field.Release, ClaimAction.Claim, default, 9), new(Field.PatientSignature, ClaimAction.Claim, default, 10),
        new(Field.BillingNpi, ClaimAction.Name, Party.Billing, 9), new(Field.BillingName, ClaimAction.Name, Party.Billing, 3), new(Field.BillingTaxId, ClaimAction.Tax, Party.Billing, 2),
        new(Field.BillingAddress, ClaimAction.Street, Party.Billing, 1), new(Field.RenderingNpi, ClaimAction.Name, Party.Rendering, 9), new(Field.SupervisingNpi, ClaimAction.Name, Party.Supervising, 9),
        new(Field.SubscriberId, ClaimAction.Name, Party.Subscriber, 9),
        new(Field.SubscriberName, ClaimAction.Name, Party.Subscriber, 3),
        new(Field.SubscriberBirthDate, ClaimAction.Demographics, Party.Subscriber, 2),
        new(Field.SubscriberSex, ClaimAction.Demographics, Party.Subscriber, 3), new(Field.PayerId, ClaimAction.Payer, default, 9), new(Field.PayerKind, ClaimAction.Subscriber, Party.Subscriber, 9),
        new(Field.Payer, ClaimAction.Payer, default, 3), new(Field.Diagnoses, ClaimAction.Diagnoses, default, 1),
        new(Field.PriorAuthorization, ClaimAction.Authorization, default, 2),
        new(Field.Clia, ClaimAction.Clia, default, 2),
        new(Field.Narrative, ClaimAction.Note, default, 2),
    ];

    static readonly Spot[] OfLine =
    [
        new(Field.Code, ClaimAction.Professional, default, 1, 2),
        new(Field.Modifiers, ClaimAction.Professional, default, 1, 3),
        new(Field.Charge, ClaimAction.Professional, default, 2), new(Field.Units, ClaimAction.Professional, default, 4),
        new(Field.Count, ClaimAction.Professional, default, 4),
        new(Field.PlaceOfService, ClaimAction.Professional, default, 5),
        new(Field.Pointers, ClaimAction.Professional, default, 7),
        new(Field.Narrative, ClaimAction.Professional, default, 1, 7),
        new(Field.RevenueCode, ClaimAction.Institutional, default, 1),
        new(Field.Code, ClaimAction.Institutional, default, 2, 2),
        new(Field.Modifiers, ClaimAction.Institutional, default, 2, 3),
        new(Field.Charge, ClaimAction.Institutional, default, 3),
        new(Field.Units, ClaimAction.Institutional, default, 5), new(Field.Count, ClaimAction.Institutional, default, 5), new(Field.Narrative, ClaimAction.Institutional, default, 2, 7),
        new(Field.Date, ClaimAction.ServiceDate, default, 3),
        new(Field.ServiceDate, ClaimAction.ServiceDate, default, 3),
        new(Field.Control, ClaimAction.Control, default, 2), new(Field.Ndc, ClaimAction.Drug, default, 3),
        new(Field.NdcQuantity, ClaimAction.DrugQuantity, default, 4), new(Field.NdcUnit, ClaimAction.DrugQuantity, default, 5, 1), new(Field.Lines, ClaimAction.Line, default, 1),
    ];

    static Guide GuideOf(Claim claim) => ClaimSets.GuideOf(claim.Setting);

    /// <summary>The place in the file of what a finding is about; the claim's own segment, or its line's, where the field has none. Default when the claim was not read from X12.</summary>
    public static SourcePlace Of(Claim claim, in Place place)
    {
        if (claim.Source.Segment == 0) return default;
        var guide = GuideOf(claim);
        var (line, home, found) = (0, -1, -1);
        Spot spot = default;
        var segments = claim.Segments;
        for (var i = 0; i < segments.Length; i++)
        {
            if (segments[i].Row == 0) continue;
            var row = guide.Segments[segments[i].Row - 1];
            var action = (ClaimAction)row.Action;
            if (action == ClaimAction.Line) line++;
            if (line != place.Line) continue;
            if (home < 0 && action is ClaimAction.Claim or ClaimAction.Professional or ClaimAction.Institutional) home = i;
            foreach (ref readonly var candidate in (place.Line == 0 ? OfClaim : OfLine).AsSpan())
                if (found < 0 && candidate.Field == place.ClaimField && candidate.Action == action && (byte)candidate.Party == row.Whose) (found, spot) = (i, candidate);
        }
        return found >= 0 ? At(claim, found, spot) : home >= 0 ? At(claim, home, default) : claim.Source;
    }

    static SourcePlace At(Claim claim, int index, in Spot spot)
    {
        ref readonly var segment = ref claim.Segments[index];
        var start = segment.Text.Start;
        return claim.Source with { Segment = segment.Ordinal, Element = (short)spot.Element, Component = (short)spot.Component, ByteOffset = OffsetOf(claim, segment, start) };
    }

    /// <summary>Bytes are counted from the claim's own segment, whose place in the file is known; what stands above the claim may have been copied from further up, and has none.</summary>
    static long OffsetOf(Claim claim, in ClaimSegment segment, int start)
    {
        foreach (ref readonly var own in claim.Segments)
            if (own.Ordinal == claim.Source.Segment) return segment.Ordinal >= own.Ordinal ? claim.Source.ByteOffset + start - own.Text.Start : 0;
        return 0;
    }

    /// <summary>The path of a place: <c>2400[2]/SV1-04</c>; empty where it has none.</summary>
    public static string Path(Claim? claim, in SourcePlace place, int line)
    {
        if (place.Segment == 0) return "";
        var name = "";
        if (claim is not null)
            foreach (ref readonly var segment in claim.Segments)
                if (segment.Ordinal == place.Segment && segment.Row > 0) name = Named(GuideOf(claim), segment.Row - 1, line);
        return name.Length == 0 ? "" : place.Element == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{place.Element:00}{(place.Component > 0 ? "-" + place.Component : "")}");
    }

    static string Named(Guide guide, int row, int line)
    {
        var of = guide.Segments[row];
        var loop = guide.Loops[of.Loop].Name;
        return of.Section == Section.Line && line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{loop}[{line}]/{of.Name}") : $"{loop}/{of.Name}";
    }

    /// <summary>The field that an element of a segment fills or, without an element, the one that all of it does; none when there is no such field.</summary>
    internal static Field FieldOf(SegmentRow row, int element, int component)
    {
        var found = Field.None;
        foreach (ref readonly var spot in (row.Section == Section.Line ? OfLine : OfClaim).AsSpan())
        {
            if (spot.Action != (ClaimAction)row.Action || (byte)spot.Party != row.Whose) continue;
            if (element > 0 && spot.Element == element && (component == 0 || spot.Component == 0 || spot.Component == component)) return spot.Field;
            if (element == 0 && found == Field.None) found = spot.Field;
            else if (element == 0 && found != spot.Field && spot.Field is not (Field.ServiceDate or Field.NdcUnit)) return Field.None;
        }
        return found;
    }
}
