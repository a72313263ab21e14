namespace Deltoid.Values;

/// <summary>What people write for a field, the field, and the object that it is in where that is not the
/// topmost.</summary>
static class FieldSynonyms
{
    static readonly (string Word, string Field, string Within)[] All =
    [
        .. Of("administrations", "",
            "injection injections shot shots drugs medications meds doses "
                + "treatments vaccines infusions immunizations"),
        .. Of("drug", "administrations",
            "drug medication med medicine product substance drugname medicationname brand"),
        .. Of("dose", "administrations", "dose amount quantity strength dosage doseamount"),
        .. Of("hcpcs", "administrations", "hcpcs jcode hcpcscode drugcode"),
        .. Of("discarded", "administrations", "discarded waste wasted wastage discard discardedamount wastedamount"),
        .. Of("container", "administrations", "container vial vialtype package packaging containertype"),
        .. Of("containerAmount", "administrations", "containeramount vialsize containersize vialamount packagesize"),
        .. Of("ndc", "administrations", "ndc ndccode ndcnumber"),
        .. Of("lot", "administrations", "lot lotnumber batch"),
        .. Of("expires", "administrations", "expires expiration expirationdate expiry exp expdate"),
        .. Of("route", "administrations", "route routeofadministration administrationroute"),
        .. Of("site", "administrations", "site injectionsite bodysite laterality side"),
        .. Of("start", "administrations", "start starttime begin timestarted"),
        .. Of("stop", "administrations", "stop stoptime end endtime timestopped"),
        .. Of("minutes", "administrations", "minutes duration time"),
        .. Of("performer", "administrations", "performer givenby administeredby nurse staff administrator"),
        .. Of("order", "administrations", "order orderedby prescriber orderingprovider"),
        .. Of("indication", "administrations", "indication reason"),
        .. Of("purpose", "administrations", "purpose intent"),
        .. Of("source", "administrations", "source supply suppliedby"),
        .. Of("separateNote", "visits",
            "separatenote note notes documentation separatedocumentation hasnote progressnote soapnote"),
        .. Of("visits", "", "em evaluation officevisit officevisits encounter encounters evaluationandmanagement"),
        .. Of("procedures", "", "procedure services service"),
        .. Of("serviceDate", "", "dos date visitdate dateofservice encounterdate servicedate"),
        .. Of("placeOfService", "", "pos place placeofservicecode location"),
        .. Of("setting", "", "facility claimtype"),
        .. Of("payer", "", "insurance insurer plan carrier coverage payor healthplan"),
        .. Of("kind", "payer", "kind type payertype payerkind plantype category"),
        .. Of("id", "payer", "payerid"),
        .. Of("state", "payer", "state"),
        .. Of("locality", "payer", "locality"),
        .. Of("birthDate", "patient", "birthdate dob birthday dateofbirth born age"),
        .. Of("sex", "patient", "sex gender"),
        .. Of("established", "patient", "established newpatient isnew new"),
        .. Of("provider", "", "doctor physician clinician"),
        .. Of("supervision", "provider", "supervision supervised"),
        .. Of("role", "provider", "role credential credentials"),
        .. Of("rendering", "provider", "rendering npi renderingnpi"),
        .. Of("diagnoses", "", "dx diagnosis icd icd10 icd10s icdcodes icdcode diagnosiscodes dxcodes diagnosiscode"),
        .. Of("priorAuthorization", "", "priorauth auth authorization authnumber authorizationnumber"),
        .. Of("counseling", "", "counselling counseled counselled"),
        .. Of("code", "", "cpt cptcode procedurecode codes"),
        .. Of("billingProvider", "", "billingnpi"),
        .. Of("taxId", "", "tin ein taxid"),
        .. Of("zip", "", "zipcode postalcode"),
        .. Of("memberId", "", "membernumber subscriberid policynumber"),
        .. Of("first", "", "firstname givenname"),
        .. Of("name", "", "lastname surname familyname"),
        .. Of("charge", "", "total totalcharge price fee"),
        .. Of("lines", "", "servicelines claimlines"),
        .. Of("units", "", "qty unit count"),
        .. Of("modifiers", "", "modifier mods mod"),
    ];

    static IEnumerable<(string, string, string)> Of(string field, string within, string words) =>
        words.Split(' ').Select(word => (word, field, within));

    /// <summary>The field that a word means among some names, and the object that it is in where it is not among
    /// them; null for none.</summary>
    public static (string Field, string Within)? Of(string unknown, string[] names)
    {
        var word = unknown.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal)
            .ToLowerInvariant();
        (string, string)? elsewhere = null;
        foreach (var known in All)
        {
            if (known.Word != word) continue;
            if (Array.IndexOf(names, known.Field) >= 0) return (known.Field, "");
            if (known.Within.Length > 0 && Array.IndexOf(names, known.Within) >= 0)
                elsewhere ??= (known.Field, known.Within);
        }
        return elsewhere;
    }
}
