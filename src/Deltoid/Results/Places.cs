using System.Globalization;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>Renders a numeric place as a JSON pointer (RFC 6901), a field name, a box of the paper form.</summary>
internal static class Places
{
    /// <summary>The pointer into the encounter, or into the claim where the place names no part of a chart.</summary>
    public static string Pointer(Place place, Claim? claim)
    {
        if (place.Part != Part.None) return ChartPointer(place);
        if (claim is null || place.Line == 0 || claim.Origins.Count == 0) return ClaimPointer(place, claim);
        foreach (var origin in claim.Origins)
            if (origin.Line == place.Line) return ChartPointer(Place.Of(origin.Part, origin.Ordinal, Field.None));
        return ClaimPointer(place, claim);
    }

    /// <summary>The part of the encounter a line came from: <c>/administrations/0</c>.</summary>
    public static string Pointer(Origin origin) => ChartPointer(Place.Of(origin.Part, origin.Ordinal, Field.None));

    static string ChartPointer(Place place)
    {
        var list = place.Part switch
        {
            Part.Administration => "/administrations/",
            Part.Visit => "/visits/",
            Part.Procedure => "/procedures/",
            Part.Diagnosis => "/diagnoses/",
            Part.History => "/history/",
            _ => "",
        };
        if (list.Length > 0) list += place.Ordinal.ToString(CultureInfo.InvariantCulture);
        return place.ChartField == Field.None ? list : $"{list}/{EncounterField(place.ChartField)}";
    }

    static string EncounterField(Field field) => field switch
    {
        Field.PayerKind => "payer/kind",
        Field.PayerLocality => "payer/locality",
        Field.PayerId => "payer/id",
        Field.PatientBirthDate => "patient/birthDate",
        Field.PatientSex => "patient/sex",
        Field.PatientEstablished => "patient/established",
        Field.ProviderSupervision => "provider/supervision",
        Field.ProviderRole => "provider/role",
        Field.ProviderSupervising => "provider/supervising",
        Field.ProviderRendering => "provider/rendering",
        Field.BillingNpi => "provider/billing",
        _ => Name(field),
    };

    /// <summary>The pointer into the claim.</summary>
    internal static string ClaimPointer(Place place, Claim? claim)
    {
        var item = place is { Part: Part.None, Ordinal: > 0 }
            ? "/" + (place.Ordinal - 1).ToString(CultureInfo.InvariantCulture)
            : "";
        if (place.Line == 0)
            return place.ClaimField is Field.None or Field.Id ? "" : "/" + ClaimField(place.ClaimField) + item;
        var index = claim?.IndexOf(place.Line) is >= 0 and var found ? found : place.Line - 1;
        var line = $"/lines/{index.ToString(CultureInfo.InvariantCulture)}";
        return place.ClaimField is Field.None or Field.Lines ? line : $"{line}/{LineField(place.ClaimField)}{item}";
    }

    static string ClaimField(Field field) => field switch
    {
        Field.BillingNpi => "billingProvider/npi",
        Field.BillingName => "billingProvider/name",
        Field.BillingTaxId => "billingProvider/taxId",
        Field.BillingAddress => "billingProvider/address",
        Field.RenderingNpi => "renderingProvider/npi",
        Field.SupervisingNpi => "supervisingProvider/npi",
        Field.SubscriberId => "subscriber/memberId",
        Field.SubscriberName => "subscriber/name",
        Field.SubscriberBirthDate => "subscriber/birthDate",
        Field.SubscriberSex => "subscriber/sex",
        Field.PayerId => "payer/id",
        Field.PayerKind or Field.Payer => "payer/kind",
        >= Field.Signature and <= Field.OtherPlan => "statements/" + Name(field),
        Field.AdmissionType => "admission/type",
        Field.AdmissionSource => "admission/source",
        Field.PatientStatus => "admission/status",
        _ => Name(field),
    };

    static string LineField(Field field) => field switch
    {
        Field.Pointers => "diagnoses",
        Field.Ndc => "ndc/code",
        Field.NdcUnit => "ndc/unit",
        Field.NdcQuantity => "ndc/quantity",
        _ => Name(field),
    };

    /// <summary>The field's own name, as in JSON: <c>modifiers</c>; empty for none.</summary>
    public static string Name(Field field)
    {
        if (field == Field.None) return "";
        if (field == Field.Pointers) return "diagnoses";
        if (field == Field.Units1) return "units";
        var name = field.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    /// <summary>
    /// The box of the CMS-1500, or the form locator of the UB-04 for a facility's claim; null where neither has one.
    /// </summary>
    public static string? Box(Place place, Setting setting) =>
        setting == Setting.Facility ? Locator(place) : Item(place);

    static string? Item(Place place) => place.ClaimField switch
    {
        Field.Code or Field.Modifiers => "24D",
        Field.Units or Field.Units1 or Field.Count => "24G",
        Field.Pointers => "24E",
        Field.PlaceOfService => "24B",
        Field.Date or Field.ServiceDate or Field.Ndc or Field.NdcUnit or Field.NdcQuantity or Field.Narrative => "24A",
        Field.Charge => place.Line > 0 ? "24F" : "28",
        Field.RenderingNpi => "24J",
        Field.Lines => "24",
        Field.Diagnoses => "21",
        Field.Frequency => "22",
        Field.PriorAuthorization or Field.Clia => "23",
        Field.BillingNpi or Field.BillingName or Field.BillingAddress => "33",
        Field.BillingTaxId => "25",
        Field.SupervisingNpi => "17",
        Field.SubscriberId => "1a",
        Field.SubscriberName => "4",
        Field.SubscriberBirthDate or Field.SubscriberSex => "3",
        Field.Id => "26",
        Field.OtherPlan => "11d",
        Field.Release or Field.PatientSignature => "12",
        Field.Benefits => "13",
        Field.Assignment => "27",
        Field.Signature or Field.SignatureDate => "31",
        _ => null,
    };

    static string? Locator(Place place) => place.ClaimField switch
    {
        Field.RevenueCode => "42",
        Field.Ndc or Field.NdcUnit or Field.NdcQuantity or Field.Narrative => "43",
        Field.Code or Field.Modifiers => "44",
        Field.Date or Field.ServiceDate => "45",
        Field.Units or Field.Units1 or Field.Count => "46",
        Field.Charge => "47",
        Field.Diagnoses or Field.Pointers => "67",
        Field.Frequency or Field.PlaceOfService => "4",
        Field.AdmissionType => "14",
        Field.AdmissionSource => "15",
        Field.PatientStatus => "17",
        Field.PriorAuthorization => "63",
        Field.BillingNpi => "56",
        Field.BillingName or Field.BillingAddress => "1",
        Field.BillingTaxId => "5",
        Field.RenderingNpi => "76",
        Field.SubscriberId => "60",
        Field.SubscriberName => "58",
        Field.SubscriberBirthDate => "10",
        Field.SubscriberSex => "11",
        Field.PayerId => "51",
        Field.Release => "52",
        Field.Benefits => "53",
        Field.Id => "3a",
        _ => null,
    };
}
