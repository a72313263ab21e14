namespace Deltoid.Fhir;

/// <summary>The names of code systems, as HL7 publishes them.</summary>
internal static class FhirSystems
{
    /// <summary>Begins the addresses of our own extensions: a field of the encounter that R4 has no path for.</summary>
    public const string Own = "urn:deltoid:fhir:";

    /// <summary>Begins those whose value is JSON, since it is neither a text nor a number nor a flag.</summary>
    public const string OwnJson = "json:";

    public const string
        Ucum = "http://unitsofmeasure.org",
        Ndc = "http://hl7.org/fhir/sid/ndc",
        Npi = "http://hl7.org/fhir/sid/us-npi",
        Cpt = "http://www.ama-assn.org/go/cpt",
        Hcpcs = "http://terminology.hl7.org/CodeSystem/hcpcs-Level-II",
        OtherHcpcs = "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
        PlainHcpcs = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
        AllHcpcs = "http://terminology.hl7.org/CodeSystem/HCPCS-all-codes",
        OldHcpcs = "urn:oid:2.16.840.1.113883.6.285",
        Icd10 = "http://hl7.org/fhir/sid/icd-10-cm",
        Place = "https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set",
        RxNorm = "http://www.nlm.nih.gov/research/umls/rxnorm",
        Cvx = "http://hl7.org/fhir/sid/cvx",
        ParticipationType = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType",
        CareTeamRole = "http://terminology.hl7.org/CodeSystem/claimcareteamrole",
        ActCode = "http://terminology.hl7.org/CodeSystem/v3-ActCode",
        ClaimType = "http://terminology.hl7.org/CodeSystem/claim-type",
        Priority = "http://terminology.hl7.org/CodeSystem/processpriority",
        Adjudication = "http://terminology.hl7.org/CodeSystem/adjudication",
        Carc = "https://x12.org/codes/claim-adjustment-reason-codes",
        Rarc = "https://x12.org/codes/remittance-advice-remark-codes",
        Group = "https://x12.org/codes/claim-adjustment-group-codes",
        Revenue = "https://www.nubc.org/CodeSystem/RevenueCodes",
        AbsentReason = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

    public static bool IsProcedure(string system) =>
        system is Cpt or "urn:oid:2.16.840.1.113883.6.12" || IsHcpcs(system);

    public static bool IsHcpcs(string system) =>
        system is Hcpcs or OtherHcpcs or PlainHcpcs or AllHcpcs or OldHcpcs;

    public static bool IsDiagnosis(string system) => system is Icd10 or "urn:oid:2.16.840.1.113883.6.90";

    /// <summary>Where a CPT or HCPCS code is from: CPT begins with a digit.</summary>
    public static string OfProcedure(string code) => code.Length > 0 && char.IsAsciiDigit(code[0]) ? Cpt : Hcpcs;

    /// <summary>
    /// A vaccine by the CDC's number alone, a name that the book knows; empty for three digits that begin with two
    /// nines: none was given, or it is not known which.
    /// </summary>
    public static string NameOfCvx(string code) => code is "" or ['9', '9', _] ? "" : "CVX " + code;
}
