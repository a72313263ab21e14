using Deltoid.Findings;

namespace Deltoid.Coding;

/// <summary>Administrations and visits: lines left off, held, or coded another way (COD0001–COD0050).</summary>
internal static partial class CodingFindings
{
    public static readonly FindingInfo DrugUnknown = new()
    {
        Id = "COD0001", Name = "drug-unknown", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = Hcpcs,
        Message = "this drug is not in the code book; its administration is coded "
            + "from route and purpose, its own line is held",
        Rules = "INJ-090 INJ-107", Fix = Chart("Name the drug, or give its HCPCS code{near}"),
        Predicts = [new("CO-16", "M20")], Explains = "DRG0151",
    };

    public static readonly FindingInfo RouteNotCharted = new()
    {
        Id = "COD0002", Name = "route-not-charted", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = Cpt,
        Message = "no known route is charted for {0}, so the administration code cannot be chosen",
        Rules = "INJ-001 D-07", Fix = Chart("Chart the route"), Predicts = [new("CO-16", "N56")], Explains = "DRG0150",
    };

    public static readonly FindingInfo NotGiven = new()
    {
        Id = "COD0003", Name = "drug-not-given", Severity = Severity.Info, Outcome = Outcome.Compliance,
        Maker = Maker.Coding, Citation = new(Authority.Regulation, "31 USC 3729"),
        Message = "{0} was prepared and not given: nothing is billed",
        Rules = "INJ-044 C-33", Mandatory = true,
    };

    public static readonly FindingInfo SelfGiven = new()
    {
        Id = "COD0004", Name = "self-administered", Severity = Severity.Info, Outcome = Outcome.Compliance,
        Maker = Maker.Coding, Citation = Cpt,
        Message = "{0} was not given by staff: no administration is billed",
        Rules = "INJ-043", Mandatory = true,
    };

    public static readonly FindingInfo Integral = new()
    {
        Id = "COD0005", Name = "part-of-procedure", Severity = Severity.Info, Maker = Maker.Coding,
        Citation = new(Authority.Ncci, "NCCI Policy Manual 2026, ch. I §C, §G; ch. XI §B-11, §B-12"),
        Message = "{0} ({1}) is part of another service and is not billed",
        Rules = "INJ-046 INJ-047 C-18",
    };

    public static readonly FindingInfo FacilityBills = new()
    {
        Id = "COD0006", Name = "facility-bills-injection", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = NcciXiB,
        Message = "in place of service {0} the facility bills {1} and its "
            + "administration; both are left off the practitioner's claim",
        Rules = "INJ-170 INJ-111 C-15", Fix = Chart("If it was given in the office, correct the place of service"),
        Predicts = [new("CO-5", "M77"), new("CO-97", "N390")],
    };

    public static readonly FindingInfo NoteNotCharted = new()
    {
        Id = "COD0007", Name = "separate-note-not-charted", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = NcciI,
        Message = "{0} beside {1} needs modifier 25, and the chart does not say whether the visit has a note of its "
            + "own",
        Rules = "INJ-072 INJ-073 C-28", Fix = Chart("Chart whether the visit has a separate note"),
        Predicts = [new("CO-97", "M14", "M15"), new("CO-4", "N822")], Explains = "NCC0002",
    };

    public static readonly FindingInfo VisitNotSeparate = new()
    {
        Id = "COD0008", Name = "visit-not-separate", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = NcciI,
        Message = "{0} has no note of its own: it is part of {1} and is left off",
        Rules = "INJ-073 C-28", Predicts = [new("CO-97", "M15")],
    };

    public static readonly FindingInfo NurseVisit = new()
    {
        Id = "COD0009", Name = "nurse-visit-left-off", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = new(Authority.CmsManual, "Pub. 100-04, ch. 12, §30.6.7.D"),
        Message = "{0} is left off beside {1}: modifier 25 does not change that",
        Rules = "INJ-071 C-08", Predicts = [new("CO-97", "M15")],
    };

    public static readonly FindingInfo MusclesNotCharted = new()
    {
        Id = "COD0010", Name = "muscles-not-charted", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = new(Authority.CodeSet, "CPT 20552, 20553"),
        Message = "the number of muscles is not charted: 20552 (one or two) or 20553 (three or more) cannot be chosen",
        Rules = "INJ-018 D-28", Fix = Chart("Chart the muscles"), Predicts = [new("CO-16")], Explains = "DRG0150",
    };

    public static readonly FindingInfo LesionsNotCharted = new()
    {
        Id = "COD0011", Name = "lesions-not-charted", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = new(Authority.CodeSet, "CPT 11900, 11901"),
        Message = "the number of lesions is not charted: the code for up to seven or for more cannot be chosen",
        Rules = "INJ-027", Fix = Chart("Chart the lesions"), Predicts = [new("CO-16")], Explains = "DRG0150",
    };

    public static readonly FindingInfo SideNotCharted = new()
    {
        Id = "COD0012", Name = "side-not-charted", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = new(Authority.CodeSet, "PFS bilateral indicator 1"),
        Message = "{0} needs its side (RT, LT or 50), and none is charted",
        Rules = "INJ-016 INJ-025 D-08", Fix = Chart("Chart the side"), Predicts = [new("CO-4", "N822")],
        Explains = "BND0051",
    };

    public static readonly FindingInfo TargetNotNamed = new()
    {
        Id = "COD0013", Name = "target-not-named", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = new(Authority.CodeSet, "CPT"),
        Message = "the joint, tendon, nerve or muscle group is not named in a way that chooses a code",
        Rules = "INJ-015 INJ-019 INJ-020 INJ-022 D-28", Fix = Chart("Name the structure"), Predicts = [new("CO-16")],
        Explains = "DRG0150",
    };

    public static readonly FindingInfo StopNotCharted = new()
    {
        Id = "COD0014", Name = "infusion-time-not-charted", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = Cpt,
        Message = "start and stop of {0} are not charted: without times an infusion is billed as a push",
        Rules = "INJ-053 D-27", Fix = Chart("Chart start and stop"), Predicts = [new("CO-16")], Explains = "DRG0150",
    };

    public static readonly FindingInfo HydrationTooShort = new()
    {
        Id = "COD0015", Name = "hydration-too-short", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = Cpt,
        Message = "{0} of hydration ran alone; fewer than 31 minutes are not billed",
        Rules = "INJ-012 INJ-055",
    };

    public static readonly FindingInfo FreeDrug = new()
    {
        Id = "COD0016", Name = "drug-without-cost", Severity = Severity.Info, Outcome = Outcome.Compliance,
        Maker = Maker.Coding, Citation = Cost,
        Message = "{0} cost the practice nothing ({1}): its administration is billed, the drug is not",
        Rules = "INJ-045 INJ-069", Mandatory = true, Explains = "DRG0151",
    };

    public static readonly FindingInfo TelehealthPlace = new()
    {
        Id = "COD0017", Name = "injection-by-telehealth", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = new(Authority.CodeSet, "CMS place-of-service codes 02, 10"),
        Message = "an injection cannot be given in place of service {0}; it is a second encounter in its own place",
        Rules = "INJ-084", Fix = Chart("Chart where the injection was given"), Predicts = [new("CO-5", "M77")],
    };

    public static readonly FindingInfo Anesthetic = new()
    {
        Id = "COD0018", Name = "anesthetic-not-billed", Severity = Severity.Info, Maker = Maker.Coding,
        Citation = new(Authority.Ncci, "NCCI Policy Manual 2026, ch. I §C, §G"),
        Message = "{0} ({1}) is included in what it was given for and is not billed",
        Rules = "INJ-106",
    };

    public static readonly FindingInfo SplitDose = new()
    {
        Id = "COD0019", Name = "divided-dose", Severity = Severity.Warning, Outcome = Outcome.Overpayment,
        Maker = Maker.Coding, Citation = new(Authority.PayerPolicy, "payer policy on divided doses"),
        Message = "one dose of {0} in {1} sites is billed as one injection for this payer",
        Rules = "INJ-062 C-37",
    };

    public static readonly FindingInfo RepeatNotExplained = new()
    {
        Id = "COD0020", Name = "repeat-not-explained", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = NcciI,
        Message = "a second {0} of the same drug: no time or order of its own is charted, "
            + "and another site alone supports neither XS nor 76",
        Rules = "INJ-061 C-10", Fix = Chart("Chart what makes the second injection distinct"),
        Predicts = [new("OA-18")], Explains = "PAY0010",
    };

    public static readonly FindingInfo PairNotExplained = new()
    {
        Id = "COD0021", Name = "pair-not-explained", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = NcciI,
        Message = "{0} is part of {1} unless distinct, and the chart shows no reason, drug or structure of its own",
        Rules = "INJ-060 INJ-086 INJ-015", Fix = Chart("Chart what makes it distinct"),
        Predicts = [new("CO-97", "M80")], Explains = "NCC0003",
    };

    public static readonly FindingInfo PairNotAllowed = new()
    {
        Id = "COD0022", Name = "pair-never-allowed", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = NcciI,
        Message = "{0} is left off: beside {1} no modifier allows it",
        Rules = "INJ-086 INJ-059 INJ-161", Predicts = [new("CO-97", "M80")], Explains = "NCC0001",
    };

    public static readonly FindingInfo ComplexityAddOn = new()
    {
        Id = "COD0023", Name = "complexity-add-on-left-off", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = new(Authority.Regulation, "CY2024 and CY2025 PFS final rules (42 CFR 414)"),
        Message = "{0} is left off: the visit carries 25 because of {1}",
        Rules = "INJ-076 C-39", Predicts = [new("CO-97")],
    };

    public static readonly FindingInfo NotSupervised = new()
    {
        Id = "COD0024", Name = "staff-not-supervised", Severity = Severity.Error, Outcome = Outcome.Compliance,
        Maker = Maker.Coding, Citation = IncidentTo,
        Message = "staff gave {0} without direct supervision: it is not billed to this payer",
        Rules = "INJ-087 INJ-181 C-08 C-40", Fix = Chart("Chart who supervised, and how"),
        Predicts = [new("CO-16", "N290")], Mandatory = true,
    };

    public static readonly FindingInfo NurseVisitInstead = new()
    {
        Id = "COD0025", Name = "nurse-visit-instead", Severity = Severity.Warning, Maker = Maker.Coding, Citation = Cpt,
        Message = "no direct supervision: 99211 is billed instead of {0}",
        Rules = "INJ-087 C-08",
    };

    public static readonly FindingInfo Cosmetic = new()
    {
        Id = "COD0026", Name = "cosmetic", Severity = Severity.Error, Outcome = Outcome.Compliance,
        Maker = Maker.Coding, Citation = new(Authority.Regulation, "SSA 1862(a)(10)"),
        Message = "{0} was given for a cosmetic purpose: nothing is billed to a payer",
        Rules = "INJ-024", Fix = Chart("Bill the patient"), Predicts = [new("PR-96", "N425")], Mandatory = true,
    };

    public static readonly FindingInfo CounselingMissing = new()
    {
        Id = "COD0027", Name = "counseling-not-charted", Severity = Severity.Warning, Outcome = Outcome.Underpayment,
        Maker = Maker.Coding, Citation = new(Authority.CodeSet, "CPT immunization guidelines"),
        Message = "counseling by a qualified professional is not charted: {0} instead of 90460",
        Rules = "INJ-066", Fix = Chart("Chart the counseling, if it was given"),
    };

    public static readonly FindingInfo PartD = new()
    {
        Id = "COD0028", Name = "part-d-vaccine", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = new(Authority.CmsManual, "Pub. 100-02, ch. 15, §50.4.4.2"),
        Message = "{0} is a Part D vaccine for this patient: product and administration are left off the Part B claim",
        Rules = "INJ-067", Fix = Chart("Bill the Part D plan; if it was for an injury, chart the injury"),
        Predicts = [new("PR-96", "N130")],
    };

    public static readonly FindingInfo TestReading = new()
    {
        Id = "COD0029", Name = "skin-test-includes-administration", Severity = Severity.Info, Maker = Maker.Coding,
        Citation = new(Authority.CodeSet, "CPT 86580"),
        Message = "{0} includes placing the test; its reading is another visit",
        Rules = "INJ-031",
    };

    public static readonly FindingInfo NoAdministrationCode = new()
    {
        Id = "COD0030", Name = "no-administration-code", Severity = Severity.Info, Maker = Maker.Coding, Citation = Cpt,
        Message = "giving {0} by this route ({1}) has no administration code of its own",
        Rules = "INJ-001",
    };

    public static readonly FindingInfo AdministrationHeld = new()
    {
        Id = "COD0031", Name = "administration-held", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = Hcpcs,
        Message = "the administration of {0} takes a code that this book does not have",
        Rules = "INJ-038", Fix = Chart("Find the code in the CMS list for the service date"),
    };

    public static readonly FindingInfo ComplexByPayer = new()
    {
        Id = "COD0032", Name = "complex-drug-by-payer", Severity = Severity.Warning, Outcome = Outcome.Overpayment,
        Maker = Maker.Coding,
        Citation = new(Authority.PayerPolicy, "MAC complex-drug articles A58532, A58533, A58544, A58620"),
        Message = "{0}: some payers pay 96372 for this drug and take 96401 back",
        Rules = "INJ-004 INJ-007 INJ-008 C-02",
        Fix = new(FixSafety.DisplayOnly, "Look the drug up in the payer's list"),
    };

    public static readonly FindingInfo Bundled = new()
    {
        Id = "COD0033", Name = "opioid-program-bundle", Severity = Severity.Info, Maker = Maker.Coding,
        Citation = new(Authority.Regulation, "42 CFR 410.67"),
        Message = "{0} is paid inside the program's bundle {1}",
        Rules = "INJ-037",
    };

    public static readonly FindingInfo PointerInferred = new()
    {
        Id = "COD0034", Name = "pointer-inferred", Severity = Severity.Info, Maker = Maker.Coding,
        Citation = new(Authority.CodeSet, "CMS-1500 item 24E"),
        Message = "no diagnosis is charted for {0}; the line points to {1}",
        Rules = "INJ-128 C-24", Fix = Chart("Chart the diagnosis of the injection"),
    };

    public static readonly FindingInfo DiagnosisInsufficient = new()
    {
        Id = "COD0035", Name = "diagnosis-insufficient", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = new(Authority.Regulation, "SSA 1862(a)(1)(A)"),
        Message = "{0} alone does not support {1}",
        Rules = "INJ-205 INJ-209 C-21 C-22 C-27",
        Fix = Chart("Chart the diagnosis that does, if the record has it; otherwise give an ABN before the service"),
        Predicts = [new("CO-50", "N115")], Explains = "PAY0001",
    };

    public static readonly FindingInfo PushNotAgain = new()
    {
        Id = "COD0036", Name = "same-drug-pushed-again", Severity = Severity.Info, Maker = Maker.Coding, Citation = Cpt,
        Message = "{0} was pushed again: a practitioner has no code for that; a "
            + "facility has one only after more than 30 minutes",
        Rules = "INJ-058",
    };

    public static readonly FindingInfo TooShortAgain = new()
    {
        Id = "COD0043", Name = "same-drug-infused-again", Severity = Severity.Info, Maker = Maker.Coding,
        Citation = Cpt,
        Message = "{0} was infused again for {1}; fewer than 31 minutes are not billed as another hour",
        Rules = "INJ-054 INJ-056",
    };

    public static readonly FindingInfo SelfAdministeredByList = new()
    {
        Id = "COD0044", Name = "self-administered-by-list", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Coding,
        Citation = new(Authority.CmsManual, "Pub. 100-02, ch. 15, §50.2; MAC self-administered drug lists"),
        Message = "{0} is on the self-administered drug lists: Part B pays neither it nor its administration",
        Rules = "INJ-208 INJ-240 C-26", Fix = Chart("Bill the pharmacy benefit"), Predicts = [new("PR-96", "N130")],
    };

    public static readonly FindingInfo InjectionCodeDoesNotFit = new()
    {
        Id = "COD0045", Name = "injection-code-does-not-fit", Severity = Severity.Info, Maker = Maker.Coding,
        Citation = Hcpcs,
        Message = "{0} is for the injection, not for the drug given by this route ({1}); its line is left off",
        Rules = "INJ-001 INJ-092",
    };

    public static readonly FindingInfo SecondAccess = new()
    {
        Id = "COD0037", Name = "second-access", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = NcciXiB,
        Message = "{0} is a second initial service through a second access; the chart must show why",
        Rules = "INJ-050", Fix = Chart("Chart why a second access was needed"),
    };

    public static readonly FindingInfo RuralOrCenter = new()
    {
        Id = "COD0038", Name = "paid-by-encounter-rate", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = new(Authority.CmsManual, "Pub. 100-04, ch. 9; Pub. 100-02, ch. 13"),
        Message = "no visit is charted, and in place of service {0} this payer pays a rate "
            + "for a visit only: neither {1} nor giving it is billed",
        Rules = "INJ-233 INJ-170", Fix = Chart("Report it with the visit it belongs to"), Predicts = [new("CO-97")],
        Explains = "MCB0115",
    };

    public static readonly FindingInfo LeftOnOtherSide = new()
    {
        Id = "COD0039", Name = "practitioner-side", Severity = Severity.Info, Maker = Maker.Coding, Citation = NcciXiB,
        Message = "this is the facility's claim: the practitioner bills only the visit, in place of service {0}",
        Rules = "INJ-131 INJ-170",
    };

    public static readonly FindingInfo CodeNotValid = new()
    {
        Id = "COD0041", Name = "charted-code-not-valid", Severity = Severity.Error, Outcome = Outcome.Rejection,
        Maker = Maker.Coding, Citation = Hcpcs,
        Message = "{0} is not a code of this book on the service date",
        Rules = "INJ-091", Fix = Chart("Check the code"), Predicts = [new("CO-181", "M20")],
    };

    public static readonly FindingInfo FacilityBillsDrug = new()
    {
        Id = "COD0042", Name = "facility-bills-drug", Severity = Severity.Info, Maker = Maker.Coding,
        Citation = NcciXiB,
        Message = "in place of service {0} the facility bills {1}; the practitioner bills the procedure alone",
        Rules = "INJ-111 INJ-170", Explains = "DRG0151",
    };

    public static readonly FindingInfo SecondSiteNotCharted = new()
    {
        Id = "COD0050", Name = "second-site-not-charted", Severity = Severity.Warning, Outcome = Outcome.Underpayment,
        Maker = Maker.Coding, Citation = Cpt,
        Message = "{0} is two syringes, but only one site is charted: one injection is billed",
        Rules = "INJ-061", Fix = Chart("Chart the site of each syringe"),
    };
}
