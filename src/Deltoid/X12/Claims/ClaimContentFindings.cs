using Deltoid.Findings;
using Deltoid.X12.Guides;
using static Deltoid.X12.Guides.X12Findings;

namespace Deltoid.X12.Claims;

/// <summary>
/// The kinds of findings about what segments of a claim say of each other: numbers, sums, days, other payers. Arguments
/// as in <see cref="X12Findings"/>.
/// </summary>
internal static class ClaimContentFindings
{
    public static readonly FindingInfo
        LineNumber = Error("X120082", "line-number", OfGuide,
            message: "LX01 must be {3}{found|, not …}: the number of the line in its claim",
            fix: "Number the lines of a claim 1, 2, 3",
            snip: 2, ack: Ack.Element("7")),
        ClaimTotal = Error("X120083", "claim-total", OfGuide,
            message: "CLM02 is not the sum of the line charges, {3}",
            fix: "Correct the total or the line charge that is wrong",
            snip: 3),
        NoSuchDiagnosis = Error("X120084", "diagnosis-pointer", OfGuide,
            message: "{1}{at} {fault|points to a diagnosis that is not in HI}",
            fix: "{remedy|Point to one of the diagnoses in HI, counted from 1}",
            snip: 4, ack: Ack.Element("7")),
        OtherPayerClaim = Error("X120085", "other-payer-claim-balance", OfGuide,
            message: "the other payer's payment (AMT D) and all its adjustments (CAS) do not add up to "
                + "the claim charge; the difference is {3}",
            fix: "Copy AMT D and every CAS from the other payer's remittance",
            snip: 3),
        OtherPayerLine = Error("X120086", "other-payer-line-balance", OfGuide,
            message: "the other payer's payment (SVD02) and its adjustments (CAS) do not add up to the "
                + "line charge; the difference is {3}",
            fix: "Copy SVD02 and every CAS of the line from the other payer's remittance",
            snip: 3),
        ControlAgain = Error("X120087", "line-control-repeated", OfGuide,
            message: "an earlier line of the claim has the same line control number (REF 6R)",
            fix: "Give each line of a claim a number of its own",
            snip: 4),
        CodeVersions = Error("X120092", "code-versions", OfGuide,
            message: "{1}{at} {fault|names an ICD version that does not fit the claim}",
            fix: "{remedy|Use ICD-10 (ABK, ABF) for services from 2015-10-01 on, and ICD-9 (BK, BF) before}",
            snip: 4),
        PayerUnknown = Error("X120093", "payer-not-named", OfGuide,
            message: "SVD01{found| (…)} is not the id (2330B NM109) of any other payer of the claim",
            fix: "Copy 2330B NM109 into SVD01",
            snip: 4),
        PaidDay = Error("X120094", "other-payer-day", OfGuide,
            message: "the other payer's day of decision (DTP 573) is there {3} times; it must be there "
                + "once: on the claim (2330B), or on each line that it decided (2430)",
            fix: "Keep DTP 573 in one of the two places",
            snip: 4),
        PaidAmount = Error("X120095", "other-payer-paid", OfGuide,
            message: "a line has the other payer's decision (SVD), but the claim "
                + "does not have its total payment (AMT D)",
            fix: "Add AMT D to loop 2320; 0 if it paid nothing",
            snip: 4),
        NotCovered = Error("X120096", "other-payer-not-covered", OfGuide,
            message: "AMT A8 is not the claim charge (CLM02)",
            fix: "Write CLM02 into AMT A8, or report what the other payer paid and adjusted",
            snip: 3),
        OwedTwice = Error("X120097", "left-to-patient-twice", OfGuide,
            message: "what is left to the patient (AMT EAF) is on the claim (2320) and on its lines (2430)",
            fix: "Keep AMT EAF in one of the two places",
            snip: 3),
        DaysContradict = Error("X120098", "days-contradict", OfGuide,
            message: "{1}{at} ({0}{found|: …}) {fault|does not fit the other days of the claim}",
            fix: "{remedy|Correct the day that is wrong}",
            snip: 4),
        OfficeBox = Note("X120160", "post-office-box", OfGuide,
            message: "the billing provider's street (N3) is a post office box; payers want "
                + "the street here, and the box in loop 2010AB",
            fix: "Write the street in 2010AA N3, and the box in 2010AB N3",
            severity: Severity.Warning, snip: 4),
        NumberAgain = Note("X120353", "claim-number-repeated", OfGuide,
            message: "an earlier claim of this file has the same number (CLM01): segment {3} of set {0}",
            fix: "Give each claim a number of its own, or remove the one that was sent twice",
            severity: Severity.Warning, snip: 4);

    /// <summary>All of them, in the order of their ids.</summary>
    public static FindingInfo[] All { get; } =
    [
        LineNumber, ClaimTotal, NoSuchDiagnosis, OtherPayerClaim, OtherPayerLine, ControlAgain, CodeVersions,
        PayerUnknown, PaidDay, PaidAmount, NotCovered, OwedTwice, DaysContradict, OfficeBox, NumberAgain,
    ];
}
