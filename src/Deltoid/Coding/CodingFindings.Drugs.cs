using Deltoid.Findings;

namespace Deltoid.Coding;

/// <summary>The drug's own line: dose, units, waste, container, NDC (DRG0001–DRG0196).</summary>
internal static partial class CodingFindings
{
    public static readonly FindingInfo DoseNotCharted = new()
    {
        Id = "DRG0001", Name = "dose-not-charted", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Drug, Citation = Record,
        Message = "no dose of {0} is charted, so its units cannot be counted and its line is held",
        Rules = "INJ-092 D-05", Fix = Chart("Chart the dose"), Predicts = [new("CO-16", "M53")], Explains = "DRG0151",
    };

    public static readonly FindingInfo ConcentrationNotCharted = new()
    {
        Id = "DRG0002", Name = "concentration-not-charted", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Drug, Citation = Record,
        Message = "{0} is charted in {1}, its code counts {2}: without the concentration the units cannot be counted",
        Rules = "INJ-093 D-06", Fix = Chart("Chart the concentration, or the dose in the code's unit"),
        Predicts = [new("CO-16", "M53")], Explains = "DRG0151",
    };

    public static readonly FindingInfo CodeNotChosen = new()
    {
        Id = "DRG0003", Name = "drug-code-not-chosen", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Drug, Citation = Hcpcs,
        Message = "{0} has several codes on this date, and brand, maker, dose or route "
            + "do not say which; its line is held{:1}{,2}{,3}",
        Rules = "INJ-109 INJ-110 C-07", Fix = Chart("Chart the brand or the NDC, or give the code"),
        Predicts = [new("CO-16", "M20")], Explains = "DRG0151",
    };

    public static readonly FindingInfo ContainerNotCharted = new()
    {
        Id = "DRG0004", Name = "container-not-charted", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Drug, Citation = Waste,
        Message = "no container is charted, so JW or JZ cannot be decided.",
        Rules = "INJ-095 INJ-096 D-13", Fix = Chart("Chart the container"), Predicts = [new("CO-16", "N822")],
    };

    public static readonly FindingInfo ContentNotCharted = new()
    {
        Id = "DRG0005", Name = "container-content-not-charted", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Drug, Citation = Waste,
        Message = "neither the content of the single-dose container of {0} nor what was "
            + "discarded is charted, so JW or JZ cannot be decided",
        Rules = "INJ-095 INJ-096 D-13", Fix = Chart("Chart the content on the label, or the amount discarded"),
        Predicts = [new("CO-16", "N822")],
    };

    public static readonly FindingInfo WasteDisagrees = new()
    {
        Id = "DRG0006", Name = "waste-disagrees", Severity = Severity.Error, Outcome = Outcome.Compliance,
        Maker = Maker.Drug, Citation = Waste,
        Message = "{0}: given and discarded are {1}, but {2} was opened",
        Rules = "INJ-094 INJ-102", Fix = Chart("Correct the dose, the discarded amount or the container"),
        Mandatory = true,
    };

    public static readonly FindingInfo WasteFromMultiDose = new()
    {
        Id = "DRG0007", Name = "waste-from-multi-dose", Severity = Severity.Error, Outcome = Outcome.Compliance,
        Maker = Maker.Drug, Citation = Waste,
        Message = "{0} came from a multi-dose container: what was discarded is not billed",
        Rules = "INJ-099", Fix = Chart("Correct the container or the discarded amount"),
    };

    public static readonly FindingInfo LabelNotWhole = new()
    {
        Id = "DRG0008", Name = "label-not-whole-units", Severity = Severity.Warning, Outcome = Outcome.Overpayment,
        Maker = Maker.Drug, Citation = Waste,
        Message = "the container of {0} does not hold a whole number of billing units: check the JW units by hand",
        Rules = "INJ-095 INJ-098", Fix = new(FixSafety.DisplayOnly, "Review the units"),
    };

    public static readonly FindingInfo RetiredCharted = new()
    {
        Id = "DRG0009", Name = "charted-code-retired", Severity = Severity.Warning, Outcome = Outcome.Rejection,
        Maker = Maker.Drug, Citation = Hcpcs,
        Message = "{0} is not valid on the service date; {1} is billed, with its own units",
        Rules = "INJ-091 C-05 C-06 C-07", Fix = new(FixSafety.DisplayOnly, "Update the code in the chart's template"),
        Predicts = [new("CO-181", "M20")],
    };

    public static readonly FindingInfo NdcAmbiguous = new()
    {
        Id = "DRG0010", Name = "ndc-ambiguous", Severity = Severity.Error, Outcome = Outcome.Denial, Maker = Maker.Drug,
        Citation = Ndc,
        Message = "the NDC has ten digits without hyphens and can be read three ways; "
            + "it is not billed until the layout is known",
        Rules = "INJ-120", Fix = Chart("Chart the NDC with its hyphens"), Predicts = [new("CO-16", "M119")],
        Explains = "DRG0104",
    };

    public static readonly FindingInfo NdcUnreadable = new()
    {
        Id = "DRG0011", Name = "ndc-unreadable", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Drug, Citation = Ndc,
        Message = "the NDC is not a 4-4-2, 5-3-2, 5-4-1 or 5-4-2 code",
        Rules = "INJ-120", Fix = Chart("Correct the NDC"), Predicts = [new("CO-16", "M119")], Explains = "DRG0104",
    };

    public static readonly FindingInfo NdcQuantityUnknown = new()
    {
        Id = "DRG0012", Name = "ndc-quantity-unknown", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Drug, Citation = Ndc,
        Message = "the NDC quantity of {0} is unknown: neither volume, concentration nor package is charted",
        Rules = "INJ-122 INJ-123", Fix = Chart("Chart the volume given, or count the vials"),
        Predicts = [new("CO-16", "N815")], Explains = "DRG0103",
    };

    public static readonly FindingInfo NdcMissing = new()
    {
        Id = "DRG0013", Name = "ndc-not-charted", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Drug, Citation = new(Authority.Regulation, "SSA 1927(a)(7)"),
        Message = "this payer asks for the NDC of {0}, and none is charted",
        Rules = "INJ-125 D-11", Fix = Chart("Chart the NDC"), Predicts = [new("CO-16", "M119")], Explains = "DRG0104",
    };

    public static readonly FindingInfo NdcOfAnotherDrug = new()
    {
        Id = "DRG0022", Name = "ndc-of-another-drug", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Drug, Citation = Ndc,
        Message = "the charted NDC is for {1}, not for {0}",
        Rules = "INJ-126", Fix = Chart("Check the vial and correct drug or NDC"),
        Predicts = [new("CO-16", "M119", "N846")], Explains = "DRG0104",
    };

    public static readonly FindingInfo RouteOffLabel = new()
    {
        Id = "DRG0014", Name = "route-off-label", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Drug, Citation = new(Authority.Regulation, "FDA label"),
        Message = "{0} is not labeled for this route: {1}",
        Rules = "INJ-041 INJ-216", Fix = Chart("Confirm route and product"), Predicts = [new("CO-50")],
        Mandatory = true,
    };

    public static readonly FindingInfo DoseAboveLabel = new()
    {
        Id = "DRG0015", Name = "dose-above-label", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Drug, Citation = new(Authority.Regulation, "FDA label"),
        Message = "{0}: {1} is above the single dose of {2}",
        Rules = "INJ-042", Fix = Chart("Confirm the dose"), Predicts = [new("CO-50"), new("CO-272")], Mandatory = true,
    };

    public static readonly FindingInfo ExpiredLot = new()
    {
        Id = "DRG0016", Name = "lot-expired", Severity = Severity.Error, Outcome = Outcome.Compliance,
        Maker = Maker.Drug, Citation = new(Authority.Regulation, "21 CFR 211.137"),
        Message = "the lot of {0} expired {1}, before the service date",
        Rules = "INJ-114 D-10", Fix = Chart("Check lot and expiry"), Mandatory = true,
    };

    public static readonly FindingInfo TooEarly = new()
    {
        Id = "DRG0017", Name = "interval-too-short", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Drug, Citation = new(Authority.PayerPolicy, "payer frequency policy; label"),
        Message = "{0} was last given {1}; the next dose is due after {2} days",
        Rules = "INJ-163 INJ-165", Fix = Chart("Chart why the dose is early"),
        Predicts = [new("CO-119"), new("CO-151")], Explains = "PAY0012",
    };

    public static readonly FindingInfo UnlistedDrug = new()
    {
        Id = "DRG0018", Name = "unclassified-drug", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Drug, Citation = Hcpcs,
        Message = "{0} has no code of its own: {1} takes one unit, with name, strength, dose, route and NDC",
        Rules = "INJ-107", Fix = Chart("Have the invoice ready"), Predicts = [new("CO-16", "M123", "N350")],
    };

    public static readonly FindingInfo MoreOpenedThanNeeded = new()
    {
        Id = "DRG0019", Name = "more-opened-than-needed", Severity = Severity.Warning, Outcome = Outcome.Overpayment,
        Maker = Maker.Drug, Citation = Waste,
        Message = "more of {0} was opened than the dose needs: waste that a better "
            + "choice of containers would avoid is not paid",
        Rules = "INJ-101", Fix = Chart("Chart why this container was used"),
    };

    public static readonly FindingInfo DiscountModifierOpen = new()
    {
        Id = "DRG0020", Name = "discount-modifier-open", Severity = Severity.Warning, Outcome = Outcome.Compliance,
        Maker = Maker.Drug, Citation = new(Authority.Regulation, "42 CFR 419.46; CMS 340B modifier guidance"),
        Message = "{0} was bought at the 340B price: in 2024 the kind of entity decides between JG and TB",
        Rules = "INJ-105", Fix = Chart("Choose JG or TB"),
    };

    public static readonly FindingInfo Absurd = new()
    {
        Id = "DRG0021", Name = "dose-implausible", Severity = Severity.Error, Outcome = Outcome.Compliance,
        Maker = Maker.Drug, Citation = Record,
        Message = "{0}: the charted dose gives {1} units, which no label supports; the line is held",
        Rules = "INJ-042 INJ-092", Fix = Chart("Correct the dose"), Mandatory = true, Explains = "DRG0151",
    };

    public static readonly FindingInfo OneContainerOrSeveral = new()
    {
        Id = "DRG0180", Name = "one-container-or-several", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Drug, Citation = Waste,
        Message = "{1} doses of {0} fit into one container or may have had one each, so JW or JZ cannot be decided",
        Rules = "INJ-095 INJ-102", Fix = Chart("Chart what was discarded, or the lot of each container"),
        Predicts = [new("CO-16", "N822")],
    };

    public static readonly FindingInfo WithinBilledUnits = new()
    {
        Id = "DRG0181", Name = "dose-within-billed-units", Severity = Severity.Info, Maker = Maker.Drug,
        Citation = Hcpcs,
        Message = "this dose of {0} fits in the units already billed for its code on another line; it adds none",
        Rules = "INJ-064 INJ-092",
    };

    public static readonly FindingInfo AnemiaReasonNotCharted = new()
    {
        Id = "DRG0182", Name = "anemia-reason-not-charted", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Drug,
        Citation = new(Authority.CmsManual, "Pub. 100-04, ch. 17, §80.9; NCD 110.21",
            "https://www.cms.gov/regulations-and-guidance/guidance/manuals"),
        Message = "{0} needs EA (anemia from chemotherapy), EB (from radiotherapy) or EC (from "
            + "neither), and the charted diagnoses do not say which one",
        Rules = "INJ-157 INJ-127 INJ-205",
        Fix = Chart("Chart what caused the anemia: the drug's own diagnosis and the disease that caused the anemia"),
        Predicts = [new("CO-4", "N822"), new("CO-16", "MA130")], Explains = "PAY0020",
    };

    public static readonly FindingInfo DialysisNotCharted = new()
    {
        Id = "DRG0183", Name = "dialysis-not-charted", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Drug, Citation = Hcpcs,
        Message = "kidney failure (N18.6) is charted without dialysis (Z99.2); {0} has one code for "
            + "patients in dialysis and another for all others, so its line is held",
        Rules = "INJ-092 INJ-234", Fix = Chart("Chart Z99.2, or that there is no dialysis yet"),
        Predicts = [new("CO-16", "M20")], Explains = "DRG0151",
    };

    public static readonly FindingInfo CodeForOthers = new()
    {
        Id = "DRG0184", Name = "charted-code-for-others", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Drug, Citation = Hcpcs,
        Message = "{0} is not the code for this patient: dialysis decides between the codes "
            + "of this drug; {1} is billed, with its own units",
        Rules = "INJ-092 INJ-234", Fix = Chart("Check the diagnoses; update the code in the chart's template"),
        Predicts = [new("CO-16", "M20")],
    };

    public static readonly FindingInfo NoRoomForModifier = new()
    {
        Id = "DRG0185", Name = "no-room-for-modifier", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Drug, Citation = new(Authority.CodeSet, "837 loop 2400 SV101; CMS-1500 item 24D"),
        Message = "{0} has four modifiers already, and {1} is needed too",
        Rules = "INJ-127", Fix = Chart("Decide with the payer which ones the line carries, or use 99 with a note"),
    };

    public static readonly FindingInfo FamilyPlanningByState = new()
    {
        Id = "DRG0189", Name = "family-planning-by-state", Severity = Severity.Info, Maker = Maker.Drug,
        Citation = new(Authority.PayerPolicy, "Medicaid programs of the states; State Medicaid Manual §4270"),
        Message = "{0} is given for family planning: many Medicaid programs want FP on it, "
            + "and this book does not know the rule of this one",
        Rules = "INJ-151", Fix = new(FixSafety.DisplayOnly, "Look the modifier up in the program's manual"),
        Predicts = [new("CO-4", "N519")],
    };

    public static readonly FindingInfo NameFitsSeveral = new()
    {
        Id = "DRG0190", Name = "name-fits-several-codes", Severity = Severity.Warning, Outcome = Outcome.Denial,
        Maker = Maker.Drug, Citation = Hcpcs,
        Message = "{0} has a code for each brand, and the chart names none, so {1} is billed; other codes are {2} {3}",
        Rules = "INJ-109 INJ-110 C-07",
        Fix = Chart("Chart the brand or the NDC; the name with its four letters at the end is a brand too"),
        Predicts = [new("CO-16", "M20", "M119")],
    };

    public static readonly FindingInfo MakerDecides = new()
    {
        Id = "DRG0193", Name = "maker-decides-code", Severity = Severity.Info, Maker = Maker.Drug, Citation = Hcpcs,
        Message = "some makers of {0} have codes of their own; neither maker nor NDC is "
            + "charted, so {1} is billed; other codes are {2} {3}",
        Rules = "INJ-110 C-07", Fix = Chart("Chart the NDC of the vial"), Predicts = [new("CO-16", "M119")],
    };

    public static readonly FindingInfo NdcOfAnotherBrand = new()
    {
        Id = "DRG0196", Name = "ndc-of-another-brand", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Drug, Citation = Ndc,
        Message = "the charted brand of {0} is billed as {1}, the charted NDC as "
            + "{2}: one of them is wrong; the line is held",
        Rules = "INJ-126 INJ-109", Fix = Chart("Check the vial, and correct the brand or the NDC"),
        Predicts = [new("CO-16", "M119", "N846")], Explains = "DRG0151",
    };

    public static readonly FindingInfo NameFitsSeveralDrugs = new()
    {
        Id = "DRG0191", Name = "name-fits-several-drugs", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Drug, Citation = Hcpcs,
        Message = "the charted name fits several drugs, such as {0} {1} and {2} {3}: the salt, "
            + "the brand or the NDC decides; the drug's line is held",
        Rules = "INJ-090 INJ-109", Fix = Chart("Chart the whole name, the brand or the NDC"),
        Predicts = [new("CO-16", "M20")], Explains = "DRG0151",
    };

    public static readonly FindingInfo StrengthNotCharted = new()
    {
        Id = "DRG0192", Name = "strength-not-charted", Severity = Severity.Error, Outcome = Outcome.Denial,
        Maker = Maker.Drug, Citation = Hcpcs,
        Message = "{0} has codes by strength, and no strength is charted; its line is held{:1}{,2}{,3}",
        Rules = "INJ-109 INJ-092",
        Fix = Chart("Chart the strength: the number in the brand, or milligrams a milliliter"),
        Predicts = [new("CO-16", "M20")], Explains = "DRG0151",
    };
}
