using Deltoid.Findings;

namespace Deltoid.Coding;

/// <summary>Who gave it, to whom, and when (COD0170–COD0178).</summary>
internal static partial class CodingFindings
{
    static Citation Supervision => new(Authority.Regulation, "42 CFR 410.26");

    static Citation Sexes => new(Authority.CmsManual,
        "Medicare Code Editor, sex and age conflicts; ICD-10-CM guidelines; Pub. 100-04, ch. 32, §240");

    public static readonly FindingInfo PerformerDecides = new()
    {
        Id = "COD0170", Name = "who-gave-it-decides", Severity = Severity.Error, Outcome = Outcome.Compliance,
        Maker = Maker.Coding, Citation = Supervision,
        Message = "the chart shows neither direct supervision nor who gave {0}; a "
            + "practitioner can bill it, staff cannot, so it is held",
        Rules = "INJ-181 INJ-087 D-18", Fix = Chart("Chart who gave it, or who supervised"),
        Predicts = [new("CO-16", "N290")], Mandatory = true,
    };

    public static readonly FindingInfo HospitalWithoutSupervision = new()
    {
        Id = "COD0172", Name = "hospital-without-supervision", Severity = Severity.Warning,
        Outcome = Outcome.Compliance, Maker = Maker.Coding, Citation = new(Authority.Regulation, "42 CFR 410.27"),
        Message = "{0}: a hospital outpatient service needs at least general "
            + "supervision, and the chart says that there was none",
        Rules = "INJ-185", Fix = Chart("Chart the supervision"),
    };

    public static readonly FindingInfo VideoWithGlobal = new()
    {
        Id = "COD0173", Name = "video-with-global-period", Severity = Severity.Warning, Outcome = Outcome.Compliance,
        Maker = Maker.Coding, Citation = Supervision,
        Message = "{0} has a global period: staff need the practitioner in the suite for it, video is not enough",
        Rules = "INJ-181 C-40", Fix = Chart("Chart who was present"),
    };

    public static readonly FindingInfo DiagnosisOfOtherSex = new()
    {
        Id = "COD0174", Name = "diagnosis-of-the-other-sex", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = Sexes,
        Message = "{0} is not a diagnosis of the charted sex",
        Rules = "INJ-203",
        Fix = Chart("Check sex and diagnosis; if both are right, add KX (on a facility's claim: condition code 45)"),
        Predicts = [new("CO-10"), new("CO-7")],
    };

    public static readonly FindingInfo DiagnosisOfOtherAge = new()
    {
        Id = "COD0175", Name = "diagnosis-of-another-age", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = Sexes,
        Message = "{0} is not a diagnosis of this age; the patient was {1}",
        Rules = "INJ-203", Fix = Chart("Check birth date and diagnosis"), Predicts = [new("CO-9")],
    };

    public static readonly FindingInfo DrugOfOtherSex = new()
    {
        Id = "COD0176", Name = "drug-of-the-other-sex", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = new(Authority.Regulation, "FDA label"),
        Message = "{0} is not labeled for the charted sex",
        Rules = "INJ-203 INJ-216", Fix = Chart("Check sex, drug and indication"), Predicts = [new("CO-7")],
    };

    public static readonly FindingInfo DrugOfOtherAge = new()
    {
        Id = "COD0177", Name = "drug-of-another-age", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = new(Authority.Regulation, "FDA label; CDC vaccine schedules"),
        Message = "{0} is for ages {2} to {3}; the patient was {1}",
        Rules = "INJ-203", Fix = Chart("Check birth date and product"), Predicts = [new("CO-6")],
    };

    public static readonly FindingInfo AfterBook = new()
    {
        Id = "COD0178", Name = "service-date-after-book", Severity = Severity.Warning, Maker = Maker.Coding,
        Citation = Releases,
        Message = "{0} is after {1}, the last day that this code book covers: codes, limits and fees may have changed",
        Rules = "INJ-091 INJ-260",
        Fix = new(FixSafety.DisplayOnly, "Check the date, or take the code book of that quarter"),
    };

    static Citation Releases => new(Authority.CodeSet, "HCPCS Level II, ICD-10-CM and fee schedule releases");
}
