using Deltoid.Findings;

namespace Deltoid.Coding;

/// <summary>
/// What coding can find on a chart: facts that are missing (CHT), lines left off or held (COD), drug facts (DRG00). Ids
/// are frozen.
/// </summary>
internal static partial class CodingFindings
{
    static Citation Cpt => new(Authority.CodeSet, "CPT drug-administration guidelines (96360–96549)");
    static Citation NcciXiB => new(Authority.Ncci, "NCCI Policy Manual 2026, ch. XI §B",
        "https://www.cms.gov/medicare/coding-billing/national-correct-coding-initiative-ncci-edits");
    static Citation NcciI => new(Authority.Ncci, "NCCI Policy Manual 2026, ch. I §D–E",
        "https://www.cms.gov/medicare/coding-billing/national-correct-coding-initiative-ncci-edits");
    static Citation Waste => new(Authority.CmsManual, "Pub. 100-04, ch. 17, §40",
        "https://www.cms.gov/regulations-and-guidance/guidance/manuals");
    static Citation IncidentTo => new(Authority.Regulation, "42 CFR 410.26");
    static Citation Hcpcs => new(Authority.CodeSet, "HCPCS Level II",
        "https://www.cms.gov/medicare/coding-billing/healthcare-common-procedure-system");
    static Citation Ndc => new(Authority.CodeSet, "NUCC 1500 manual, item 24; 837 loop 2410");
    static Citation Record => new(Authority.CmsManual, "Pub. 100-08, ch. 3, §3.3.2");
    static Citation Cost => new(Authority.CmsManual, "Pub. 100-02, ch. 15, §50.3");

    static Citation PartOf => new(Authority.Ncci, "NCCI Policy Manual 2026, ch. I §C, §G; ch. XI §B-11, §B-12",
        "https://www.cms.gov/medicare/coding-billing/national-correct-coding-initiative-ncci-edits");

    static FixInfo Chart(string text) => new(FixSafety.NeedsChart, text);

    public static readonly FindingInfo NotUnderstood = new()
    {
        Id = "CHT0001", Name = "fact-not-understood", Severity = Severity.Warning, Maker = Maker.Coding,
        Citation = Record,
        Message = "what is charted as {0} is not understood and counts as not charted; it takes {1}",
        Rules = "INJ-001", Fix = Chart("Chart it in one of the known forms"),
    };

    public static readonly FindingInfo OutsideBook = new()
    {
        Id = "CHT0002", Name = "service-date-outside-book", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Maker = Maker.Coding, Citation = Hcpcs,
        Message = "{0} is outside the days that this code book covers",
        Rules = "INJ-091", Fix = Chart("Check the service date"),
    };

    public static readonly FindingInfo NoDiagnosis = new()
    {
        Id = "CHT0003", Name = "diagnosis-not-charted", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Maker = Maker.Coding, Citation = new(Authority.CodeSet, "837 loop 2300 HI; CMS-1500 item 21"),
        Message = "no diagnosis is charted, so no line can point to one",
        Rules = "INJ-128 INJ-200", Fix = Chart("Chart the diagnosis"), Predicts = [new("CO-16", "M76")],
        Explains = "HIP0003",
    };

    public static readonly FindingInfo BornAfterService = new()
    {
        Id = "CHT0004", Name = "born-after-service", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Maker = Maker.Coding, Citation = Record,
        Message = "the birth date is after the service date",
        Rules = "INJ-203", Fix = Chart("Correct the birth date"),
    };

    public static readonly FindingInfo PlaceNotCharted = new()
    {
        Id = "CHT0005", Name = "place-not-charted", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Maker = Maker.Coding, Citation = new(Authority.CodeSet, "CMS place-of-service codes"),
        Message = "no place of service is charted, so who bills the injection cannot be decided",
        Rules = "INJ-170", Fix = Chart("Chart the place of service"), Predicts = [new("CO-16", "M77")],
        Explains = "HIP0022",
    };

    public static readonly FindingInfo PayerNotCharted = new()
    {
        Id = "CHT0006", Name = "payer-not-charted", Severity = Severity.Warning, Maker = Maker.Coding,
        Citation = Record,
        Message = "no kind of payer is charted; the lines follow the rules common to all payers",
        Rules = "INJ-230", Fix = Chart("Chart the payer"),
    };

    public static readonly FindingInfo DiagnosisNotUnderstood = new()
    {
        Id = "CHT0007", Name = "diagnosis-not-understood", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Maker = Maker.Coding, Citation = new(Authority.CodeSet, "ICD-10-CM"),
        Message = "what is charted as the diagnosis is no ICD-10-CM code, so no line can point to one",
        Rules = "INJ-128 INJ-200", Fix = Chart("Look up the code that the record supports, and chart the code"),
        Predicts = [new("CO-16", "M76")], Explains = "HIP0003",
    };

    public static readonly FindingInfo PlaceNotUnderstood = new()
    {
        Id = "CHT0008", Name = "place-not-understood", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Maker = Maker.Coding, Citation = new(Authority.CodeSet, "CMS place-of-service codes"),
        Message = "what is charted as the place of service is not its two digits, so who bills the injection cannot "
            + "be decided",
        Rules = "INJ-170", Fix = Chart("Chart the two digits of the place, such as 11 for an office"),
        Predicts = [new("CO-16", "M77")], Explains = "HIP0022",
    };

    public static readonly FindingInfo LocalityUnknown = new()
    {
        Id = "BND0070", Name = "locality-unknown", Severity = Severity.Warning, Maker = Maker.Coding,
        Citation = new(Authority.Regulation, "42 CFR 414.4 and 414.26"),
        Message = "this locality is not in the code book on the service date, so no service is "
            + "priced; 'deltoid codes localities' lists those that are",
        Rules = "INJ-260", Fix = Chart("Chart the locality of the place of service"),
    };

    public static readonly FindingInfo OffCampusNotCharted = new()
    {
        Id = "PAY0021", Name = "off-campus-department-not-charted", Severity = Severity.Warning,
        Outcome = Outcome.Compliance, Maker = Maker.Coding,
        Citation = new(Authority.Regulation, "42 CFR 419.48; Pub. 100-04, ch. 4, §20.6.11, §20.6.12"),
        Message = "in place of service 19 every line carries PO (excepted department) or PN "
            + "(not excepted), and the chart does not say which",
        Rules = "INJ-131", Fix = Chart("Chart offCampus: excepted or non-excepted"), Predicts = [new("CO-4", "N822")],
    };

    /// <summary>The finding of an id, as rows name it; null when there is none.</summary>
    public static FindingInfo? Of(string id)
    {
        foreach (var info in All)
            if (info.Id == id) return info;
        return null;
    }

    static IReadOnlyList<FindingInfo>? all;

    /// <summary>All of them, for the catalogue.</summary>
    public static IReadOnlyList<FindingInfo> All =>
        all ??= [.. typeof(CodingFindings).GetFields().Where(f => f.FieldType == typeof(FindingInfo))
            .Select(f => (FindingInfo)f.GetValue(null)!).OrderBy(i => i.Id, StringComparer.Ordinal)];
}
