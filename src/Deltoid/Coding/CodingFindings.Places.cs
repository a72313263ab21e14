using Deltoid.Findings;

namespace Deltoid.Coding;

/// <summary>
/// Places that are paid by rules of their own, and codes that hold drug, visit and watching (COD0140–COD0159).
/// </summary>
internal static partial class CodingFindings
{
    static Citation Clinics => new(Authority.CmsManual, "Pub. 100-02, ch. 13; Pub. 100-04, ch. 9");

    static Citation ClinicVaccines => new(Authority.CmsManual, "Pub. 100-04, ch. 9 and ch. 18, §10; CR 13923");

    static Citation Program => new(Authority.Regulation, "42 CFR 410.67");

    static Citation Renal => new(Authority.Regulation, "42 CFR 413.171; Pub. 100-04, ch. 8");

    static Citation Watched => new(Authority.CodeSet, "HCPCS Level II G2082, G2083; CY2020 PFS final rule");

    static Citation Places => new(Authority.CmsManual, "Pub. 100-04, ch. 26, §10.5");

    public static readonly FindingInfo InsideVisitRate = new()
    {
        Id = "COD0140", Name = "inside-the-visits-rate", Severity = Severity.Info, Maker = Maker.Coding,
        Citation = Clinics,
        Message = "{1} is inside the rate that this payer pays for the visit in "
            + "place of service {0}: no line is billed for it",
        Rules = "INJ-233 INJ-170",
    };

    public static readonly FindingInfo OnCostReport = new()
    {
        Id = "COD0141", Name = "vaccine-on-cost-report", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = ClinicVaccines,
        Message = "until {2} place of service {0} claims {1} and its "
            + "administration on the cost report: no line is billed",
        Rules = "INJ-233 INJ-170", Fix = Chart("Enter it in the vaccine log of the cost report"),
    };

    public static readonly FindingInfo ClinicBillsVaccine = new()
    {
        Id = "COD0142", Name = "vaccine-at-the-clinic", Severity = Severity.Info, Maker = Maker.Coding,
        Citation = ClinicVaccines,
        Message = "{1} in place of service {0} is billed when it is given, without a "
            + "visit, on the clinic's institutional claim",
        Rules = "INJ-233 INJ-067",
    };

    public static readonly FindingInfo NotInProgram = new()
    {
        Id = "COD0143", Name = "drug-outside-the-program", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = Program,
        Message = "place of service {0} is paid by the bundle of its program, and no "
            + "bundle includes {1} on this date: it is not billed",
        Rules = "INJ-037 INJ-249",
        Fix = Chart("Check the drug and the place; a supplier outside the program may be the one who bills it"),
        Predicts = [new("CO-97")],
    };

    public static readonly FindingInfo BundleNotChosen = new()
    {
        Id = "COD0144", Name = "bundle-not-chosen", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = Watched,
        Message = "the dose of {0} decides which code includes it, and the charted "
            + "doses do not decide: it is not billed yet",
        Rules = "INJ-092 INJ-037 D-05", Fix = Chart("Chart the dose in mg"), Predicts = [new("CO-16")],
    };

    public static readonly FindingInfo NothingBilled = new()
    {
        Id = "COD0145", Name = "given-and-not-billed", Severity = Severity.Warning, Outcome = Outcome.Underpayment,
        Maker = Maker.Coding, Citation = new(Authority.CmsManual, "Pub. 100-04, ch. 12 and ch. 17"),
        Message = "{0} was given, but no line of this claim bills the drug or giving it",
        Rules = "INJ-090 INJ-001",
        Fix = Chart("Check route, drug and place; if it is right as charted, note why it is not billed"),
    };

    public static readonly FindingInfo HoldsVisit = new()
    {
        Id = "COD0146", Name = "code-holds-drug-and-visit", Severity = Severity.Info, Maker = Maker.Coding,
        Citation = Watched,
        Message = "{1} includes {0}, the visit and {2} of observation: no drug line "
            + "and no injection code are billed beside it",
        Rules = "INJ-001",
    };

    public static readonly FindingInfo VisitInside = new()
    {
        Id = "COD0147", Name = "visit-inside-another-code", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = Watched,
        Message = "{0} is left off: {1} includes the visit",
        Rules = "INJ-073", Predicts = [new("CO-97")],
    };

    public static readonly FindingInfo WatchedTooShort = new()
    {
        Id = "COD0148", Name = "watching-too-short", Severity = Severity.Error, Outcome = Outcome.Compliance,
        Maker = Maker.Coding, Citation = Watched,
        Message = "{0} includes {1} of observation after the drug, and the chart does not show them",
        Rules = "INJ-220 D-23", Fix = Chart("Chart how long the patient was observed"),
    };

    public static readonly FindingInfo DrugNotOurs = new()
    {
        Id = "COD0149", Name = "drug-in-the-code-not-ours", Severity = Severity.Error, Outcome = Outcome.Compliance,
        Maker = Maker.Coding, Citation = Watched,
        Message = "{1} includes the drug, and {0} came from another source ({2}): it is not billed",
        Rules = "INJ-045", Fix = Chart("Bill the visit and the time that the note supports"),
    };

    public static readonly FindingInfo AskWhichCode = new()
    {
        Id = "COD0150", Name = "visit-code-by-payer", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = new(Authority.PayerPolicy, "payer policy on esketamine"),
        Message = "some payers take {1} for {0} (drug, visit and observation in one code); "
            + "others take the drug's own code and a visit: ask this payer",
        Rules = "INJ-001", Fix = new(FixSafety.DisplayOnly, "Look up the payer's policy"),
    };

    public static readonly FindingInfo BloodProduct = new()
    {
        Id = "COD0167", Name = "blood-product-code", Severity = Severity.Warning, Outcome = Outcome.Underpayment,
        Maker = Maker.Coding, Citation = new(Authority.CmsManual, "Pub. 100-04, ch. 4, §231"),
        Message = "giving {0} is {1}, once a day; the code of the product depends on "
            + "how it was prepared and is not chosen here",
        Rules = "INJ-091", Fix = Chart("Bill the product by its label (P9010 to P9073)"),
    };

    public static readonly FindingInfo NotWatched = new()
    {
        Id = "COD0166", Name = "watching-not-charted", Severity = Severity.Warning, Outcome = Outcome.Compliance,
        Maker = Maker.Coding, Citation = new(Authority.Regulation, "FDA label; REMS"),
        Message = "after {0} the patient is observed for {1}, and the chart does not show them",
        Rules = "INJ-220 D-23 D-30", Fix = Chart("Chart how long the patient was observed"),
    };

    public static readonly FindingInfo NamesEstablished = new()
    {
        Id = "COD0151", Name = "code-names-established-patient", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = Watched,
        Message = "{0} names an established patient, and the chart says new",
        Rules = "INJ-082", Fix = Chart("Check new or established"),
    };

    public static readonly FindingInfo PaidByContract = new()
    {
        Id = "COD0152", Name = "place-paid-by-contract", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = Places,
        Message = "in place of service {0} this payer may pay {1} inside a rate of its own: bill the "
            + "lines only if its contract or state pays them one by one",
        Rules = "INJ-170 INJ-233", Fix = new(FixSafety.DisplayOnly, "Check the contract or the state's manual"),
        Explains = "MCB0111",
    };

    public static readonly FindingInfo PaidUnderConditions = new()
    {
        Id = "COD0153", Name = "place-paid-under-conditions", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = Places,
        Message = "in place of service {0} {1} is paid only under conditions of that place",
        Rules = "INJ-170", Fix = new(FixSafety.DisplayOnly, "Check the rules for this place"),
        Predicts = [new("CO-5", "M77")], Explains = "MCB0117",
    };

    public static readonly FindingInfo ProgramPays = new()
    {
        Id = "COD0154", Name = "program-pays", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = Places,
        Message = "in place of service {0} the program itself pays for {1}: no claim is made for it",
        Rules = "INJ-170", Fix = Chart("Check the place of service"), Predicts = [new("CO-109")],
    };

    public static readonly FindingInfo PlaceGivesNone = new()
    {
        Id = "COD0155", Name = "place-gives-no-injections", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = Places,
        Message = "{1} is not given in place of service {0}: it is not billed",
        Rules = "INJ-170", Fix = Chart("Correct the place of service"), Predicts = [new("CO-5", "M77")],
    };

    public static readonly FindingInfo HospicePays = new()
    {
        Id = "COD0156", Name = "hospice-pays", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = new(Authority.CmsManual, "Pub. 100-04, ch. 11, §40"),
        Message = "in place of service {0} the hospice pays for {1} when it treats the terminal "
            + "illness: it is left off; bill it with GW only if it is unrelated",
        Rules = "INJ-170", Fix = Chart("Chart whether it treats the terminal illness"), Predicts = [new("CO-B9")],
    };

    public static readonly FindingInfo AtHome = new()
    {
        Id = "COD0157", Name = "home-health-check", Severity = Severity.Info, Maker = Maker.Coding,
        Citation = new(Authority.CmsManual, "Pub. 100-04, ch. 10, §20; 42 CFR 410.26"),
        Message = "{0} at home is billed only if no home health agency's plan covers the visit",
        Rules = "INJ-236 INJ-170",
    };

    public static readonly FindingInfo GivingInRate = new()
    {
        Id = "COD0158", Name = "giving-inside-dialysis-payment", Severity = Severity.Info, Maker = Maker.Coding,
        Citation = Renal,
        Message = "giving {0} is inside the dialysis payment; only the drug is reported",
        Rules = "INJ-234",
    };

    public static readonly FindingInfo NotForDialysis = new()
    {
        Id = "COD0159", Name = "drug-not-for-dialysis", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = Renal,
        Message = "{0} is paid inside the dialysis payment; only a drug that does not "
            + "treat the kidney disease is paid by itself, with AY",
        Rules = "INJ-234 INJ-154", Fix = Chart("Chart whether it treats the kidney disease"),
    };

    public static readonly FindingInfo DialysisPatient = new()
    {
        Id = "COD0160", Name = "drug-of-a-dialysis-patient", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Coding, Citation = Renal,
        Message = "{0} for a patient on dialysis is inside the dialysis facility's payment: "
            + "the facility bills it, and pays the one who gave it",
        Rules = "INJ-234",
        Fix = Chart(
            "Ask the dialysis facility, or chart why it does not treat the kidney disease (AY is the facility's)"),
        Predicts = [new("CO-97", "N390")],
    };
}
