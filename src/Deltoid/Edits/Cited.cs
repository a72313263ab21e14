using Deltoid.Findings;

namespace Deltoid.Edits;

/// <summary>The documents that edits cite, each written in one way.</summary>
static class Cited
{
    const string NcciUrl = "https://www.cms.gov/medicare/coding-billing/national-correct-coding-initiative-ncci-edits";
    const string ManualsUrl = "https://www.cms.gov/regulations-and-guidance/guidance/manuals";

    public static Citation Ncci(string section) => new(Authority.Ncci, $"NCCI Policy Manual 2026, {section}", NcciUrl);

    /// <summary>The Claims Processing Manual.</summary>
    public static Citation Claims(string section) => new(Authority.CmsManual, $"Pub. 100-04, {section}", ManualsUrl);

    /// <summary>The Benefit Policy Manual.</summary>
    public static Citation Benefits(string section) => new(Authority.CmsManual, $"Pub. 100-02, {section}", ManualsUrl);

    public static Citation Law(string section, string? url = null) => new(Authority.Regulation, section, url);

    public static Citation FeeSchedule(string section) =>
        new(Authority.Regulation, $"Medicare physician fee schedule, {section}",
            "https://www.cms.gov/medicare/payment/fee-schedules/physician");

    public static Citation Cpt(string section) => new(Authority.CodeSet, $"CPT, {section}");

    public static Citation Hcpcs(string section) =>
        new(Authority.CodeSet, $"HCPCS Level II, {section}",
            "https://www.cms.gov/medicare/coding-billing/healthcare-common-procedure-system");

    public static Citation Icd(string section) =>
        new(Authority.CodeSet, $"ICD-10-CM, {section}", "https://www.cms.gov/medicare/coding-billing/icd-10-codes");

    /// <summary>The implementation guide of the professional and institutional claim (45 CFR 162.1102).</summary>
    public static Citation Guide(string section) =>
        new(Authority.Regulation, $"ASC X12N 837 (005010X222A1, X223A2), {section}");

    public static Citation Payer(string section) => new(Authority.PayerPolicy, section);
}

/// <summary>What can be done about a finding, by who may do it.</summary>
static class Remedy
{
    public static FixInfo Chart(string text) => new(FixSafety.NeedsChart, text);

    public static FixInfo Clerical(string text) => new(FixSafety.Clerical, text);

    public static FixInfo Show(string text) => new(FixSafety.DisplayOnly, text);
}
