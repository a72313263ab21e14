using Deltoid.Findings;

namespace Deltoid.Coding;

/// <summary>Who gave it, to whom, and when (COD0170–COD0178).</summary>
public static partial class CodingFindings
{
    static Citation Supervision => new(Authority.Regulation, "42 CFR 410.26");

    static Citation Sexes => new(Authority.CmsManual,
        "Medicare Code Editor, sex and age conflicts; ICD-10-CM guidelines; Pub. 100-04, ch. 32, §240");

    public static readonly FindingInfo
        PerformerDecides = new("COD0170", "who-gave-it-decides", Severity.Error, Outcome.Compliance, Supervision,
            "the chart shows neither direct supervision nor who gave {0}; a practitioner can bill it, staff cannot, so it is held", "INJ-181 INJ-087 D-18",
            Chart("Chart who gave it, or who supervised"), [new("CO-16", "N290")], Mandatory: true) { Maker = Maker.Coding },
        HospitalWithoutSupervision = new("COD0172", "hospital-without-supervision", Severity.Warning,
            Outcome.Compliance, new(Authority.Regulation, "42 CFR 410.27"),
            "{0}: a hospital outpatient service needs at least general supervision, and the chart says that there was none",
                "INJ-185", Chart("Chart the supervision")) { Maker = Maker.Coding },
        VideoWithGlobal = new("COD0173", "video-with-global-period", Severity.Warning, Outcome.Compliance, Supervision,
            "{0} has a global period: staff need the practitioner in the suite for it, video is not enough",
                "INJ-181 C-40", Chart("Chart who was present")) { Maker = Maker.Coding },
        DiagnosisOfOtherSex = new("COD0174", "diagnosis-of-the-other-sex", Severity.Error, Outcome.Denial, Sexes,
            "{0} is not a diagnosis of the charted sex", "INJ-203",
                Chart("Check sex and diagnosis; if both are right, add KX (on a facility's claim: condition code 45)"), [new("CO-10"), new("CO-7")]) { Maker = Maker.Coding },
        DiagnosisOfOtherAge = new("COD0175", "diagnosis-of-another-age", Severity.Warning, Outcome.Denial, Sexes,
            "{0} is not a diagnosis of this age; the patient was {1}", "INJ-203",
                Chart("Check birth date and diagnosis"), [new("CO-9")]) { Maker = Maker.Coding },
        DrugOfOtherSex = new("COD0176", "drug-of-the-other-sex", Severity.Warning, Outcome.Denial,
            new(Authority.Regulation, "FDA label"),
            "{0} is not labeled for the charted sex", "INJ-203 INJ-216",
                Chart("Check sex, drug and indication"), [new("CO-7")]) { Maker = Maker.Coding },
        DrugOfOtherAge = new("COD0177", "drug-of-another-age", Severity.Warning, Outcome.Denial,
            new(Authority.Regulation, "FDA label; CDC vaccine schedules"),
            "{0} is for ages {2} to {3}; the patient was {1}", "INJ-203", Chart("Check birth date and product"),
                [new("CO-6")]) { Maker = Maker.Coding },
        AfterBook = new("COD0178", "service-date-after-book", Severity.Warning, Outcome.None, Releases,
            "{0} is after {1}, the last day that this code book covers: codes, limits and fees may have changed",
                "INJ-091 INJ-260",
            new(FixSafety.DisplayOnly, "Check the date, or take the code book of that quarter")) { Maker = Maker.Coding };

    static Citation Releases => new(Authority.CodeSet, "HCPCS Level II, ICD-10-CM and fee schedule releases");
}
