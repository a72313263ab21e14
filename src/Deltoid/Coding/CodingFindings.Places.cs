using Deltoid.Findings;

namespace Deltoid.Coding;

/// <summary>
/// Places that are paid by rules of their own, and codes that hold drug, visit and watching (COD0140–COD0159).
/// </summary>
public static partial class CodingFindings
{
    static Citation Clinics => new(Authority.CmsManual, "Pub. 100-02, ch. 13; Pub. 100-04, ch. 9");

    static Citation ClinicVaccines => new(Authority.CmsManual, "Pub. 100-04, ch. 9 and ch. 18, §10; CR 13923");

    static Citation Program => new(Authority.Regulation, "42 CFR 410.67");

    static Citation Renal => new(Authority.Regulation, "42 CFR 413.171; Pub. 100-04, ch. 8");

    static Citation Watched => new(Authority.CodeSet, "HCPCS Level II G2082, G2083; CY2020 PFS final rule");

    static Citation Places => new(Authority.CmsManual, "Pub. 100-04, ch. 26, §10.5");

    public static readonly FindingInfo
        InsideVisitRate = new("COD0140", "inside-the-visits-rate", Severity.Info, Outcome.None, Clinics,
            "{1} is inside the rate that this payer pays for the visit in place of service {0}: no line is billed for it", "INJ-233 INJ-170") { Maker = Maker.Coding },
        OnCostReport = new("COD0141", "vaccine-on-cost-report", Severity.Warning, Outcome.Denial, ClinicVaccines,
            "until {2} place of service {0} claims {1} and its administration on the cost report: no line is billed",
                "INJ-233 INJ-170", Chart("Enter it in the vaccine log of the cost report")) { Maker = Maker.Coding },
        ClinicBillsVaccine = new("COD0142", "vaccine-at-the-clinic", Severity.Info, Outcome.None, ClinicVaccines,
            "{1} in place of service {0} is billed when it is given, without a visit, on the clinic's institutional claim", "INJ-233 INJ-067") { Maker = Maker.Coding },
        NotInProgram = new("COD0143", "drug-outside-the-program", Severity.Error, Outcome.Denial, Program,
            "place of service {0} is paid by the bundle of its program, and no bundle includes {1} on this date: it is not billed", "INJ-037 INJ-249",
            Chart("Check the drug and the place; a supplier outside the program may be the one who bills it"),
                [new("CO-97")]) { Maker = Maker.Coding },
        BundleNotChosen = new("COD0144", "bundle-not-chosen", Severity.Error, Outcome.Denial, Watched,
            "the dose of {0} decides which code includes it, and the charted doses do not decide: it is not billed yet", "INJ-092 INJ-037 D-05", Chart("Chart the dose in mg"), [new("CO-16")]) { Maker = Maker.Coding },
        NothingBilled = new("COD0145", "given-and-not-billed", Severity.Warning, Outcome.Underpayment,
            new(Authority.CmsManual, "Pub. 100-04, ch. 12 and ch. 17"),
            "{0} was given, but no line of this claim bills the drug or giving it", "INJ-090 INJ-001",
                Chart("Check route, drug and place; if it is right as charted, note why it is not billed")) { Maker = Maker.Coding },
        HoldsVisit = new("COD0146", "code-holds-drug-and-visit", Severity.Info, Outcome.None, Watched,
            "{1} includes {0}, the visit and {2} of observation: no drug line and no injection code are billed beside it",
                "INJ-001") { Maker = Maker.Coding },
        VisitInside = new("COD0147", "visit-inside-another-code", Severity.Warning, Outcome.Denial, Watched,
            "{0} is left off: {1} includes the visit", "INJ-073", Predicts: [new("CO-97")]) { Maker = Maker.Coding },
        WatchedTooShort = new("COD0148", "watching-too-short", Severity.Error, Outcome.Compliance, Watched,
            "{0} includes {1} of observation after the drug, and the chart does not show them", "INJ-220 D-23",
                Chart("Chart how long the patient was observed")) { Maker = Maker.Coding },
        DrugNotOurs = new("COD0149", "drug-in-the-code-not-ours", Severity.Error, Outcome.Compliance, Watched,
            "{1} includes the drug, and {0} came from another source ({2}): it is not billed", "INJ-045",
                Chart("Bill the visit and the time that the note supports")) { Maker = Maker.Coding },
        AskWhichCode = new("COD0150", "visit-code-by-payer", Severity.Warning, Outcome.Denial,
            new(Authority.PayerPolicy, "payer policy on esketamine"),
            "some payers take {1} for {0} (drug, visit and observation in one code); others take the drug's own code and a visit: ask this payer", "INJ-001", new(FixSafety.DisplayOnly, "Look up the payer's policy")) { Maker = Maker.Coding },
        BloodProduct = new("COD0167", "blood-product-code", Severity.Warning, Outcome.Underpayment, new(Authority.CmsManual, "Pub. 100-04, ch. 4, §231"),
            "giving {0} is {1}, once a day; the code of the product depends on how it was prepared and is not chosen here", "INJ-091",
            Chart("Bill the product by its label (P9010 to P9073)")) { Maker = Maker.Coding },
        NotWatched = new("COD0166", "watching-not-charted", Severity.Warning, Outcome.Compliance,
            new(Authority.Regulation, "FDA label; REMS"),
            "after {0} the patient is observed for {1}, and the chart does not show them", "INJ-220 D-23 D-30",
                Chart("Chart how long the patient was observed")) { Maker = Maker.Coding },
        NamesEstablished = new("COD0151", "code-names-established-patient", Severity.Warning, Outcome.Denial, Watched,
            "{0} names an established patient, and the chart says new", "INJ-082", Chart("Check new or established")) { Maker = Maker.Coding },
        PaidByContract = new("COD0152", "place-paid-by-contract", Severity.Warning, Outcome.Denial, Places,
            "in place of service {0} this payer may pay {1} inside a rate of its own: bill the lines only if its contract or state pays them one by one", "INJ-170 INJ-233", new(FixSafety.DisplayOnly, "Check the contract or the state's manual"), Explains: "MCB0111") { Maker = Maker.Coding },
        PaidUnderConditions = new("COD0153", "place-paid-under-conditions", Severity.Warning, Outcome.Denial, Places,
            "in place of service {0} {1} is paid only under conditions of that place", "INJ-170",
                new(FixSafety.DisplayOnly, "Check the rules for this place"), [new("CO-5", "M77")],
                Explains: "MCB0117") { Maker = Maker.Coding },
        ProgramPays = new("COD0154", "program-pays", Severity.Error, Outcome.Denial, Places,
            "in place of service {0} the program itself pays for {1}: no claim is made for it", "INJ-170",
            Chart("Check the place of service"), [new("CO-109")]) { Maker = Maker.Coding },
        PlaceGivesNone = new("COD0155", "place-gives-no-injections", Severity.Error, Outcome.Denial, Places,
            "{1} is not given in place of service {0}: it is not billed", "INJ-170",
            Chart("Correct the place of service"), [new("CO-5", "M77")]) { Maker = Maker.Coding },
        HospicePays = new("COD0156", "hospice-pays", Severity.Warning, Outcome.Denial, new(Authority.CmsManual,
            "Pub. 100-04, ch. 11, §40"),
            "in place of service {0} the hospice pays for {1} when it treats the terminal illness: it is left off; bill it with GW only if it is unrelated", "INJ-170",
            Chart("Chart whether it treats the terminal illness"), [new("CO-B9")]) { Maker = Maker.Coding },
        AtHome = new("COD0157", "home-health-check", Severity.Info, Outcome.None, new(Authority.CmsManual,
            "Pub. 100-04, ch. 10, §20; 42 CFR 410.26"),
            "{0} at home is billed only if no home health agency's plan covers the visit",
                "INJ-236 INJ-170") { Maker = Maker.Coding },
        GivingInRate = new("COD0158", "giving-inside-dialysis-payment", Severity.Info, Outcome.None, Renal,
            "giving {0} is inside the dialysis payment; only the drug is reported", "INJ-234") { Maker = Maker.Coding },
        NotForDialysis = new("COD0159", "drug-not-for-dialysis", Severity.Warning, Outcome.Denial, Renal,
            "{0} is paid inside the dialysis payment; only a drug that does not treat the kidney disease is paid by itself, with AY", "INJ-234 INJ-154", Chart("Chart whether it treats the kidney disease")) { Maker = Maker.Coding },
        DialysisPatient = new("COD0160", "drug-of-a-dialysis-patient", Severity.Warning, Outcome.Denial, Renal,
            "{0} for a patient on dialysis is inside the dialysis facility's payment: the facility bills it, and pays the one who gave it", "INJ-234",
            Chart("Ask the dialysis facility, or chart why it does not treat the kidney disease (AY is the facility's)"), [new("CO-97", "N390")]) { Maker = Maker.Coding };
}
