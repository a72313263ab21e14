using Deltoid.Findings;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Remittances;

/// <summary>
/// The kinds of findings about what a remittance says: whether its amounts add up, and what else a payer's advice
/// must say alike.
/// Arguments as in <see cref="X12Findings"/>; an amount that is left over is exact, in cents.
/// </summary>
internal static class RemittanceFindings
{
    static FindingInfo Error(
        string id, string name, string section, string message, string fix, int snip = 1, Ack ack = default) => new()
    {
        Id = id, Name = name, Maker = Maker.File, Severity = Severity.Error, Outcome = Outcome.None,
        Citation = new(Authority.Regulation, section), Message = message, Rules = "",
        Fix = new(FixSafety.DisplayOnly, fix), Snip = snip, Ack = ack,
    };

    static FindingInfo Note(
        string id, string name, string section, string message, string fix, int snip = 1,
        Severity severity = Severity.Info) => new()
    {
        Id = id, Name = name, Maker = Maker.File, Severity = severity,
        Citation = new(Authority.Regulation, section), Message = message, Rules = "",
        Fix = new(FixSafety.DisplayOnly, fix), Snip = snip,
    };

    const string Balancing = "45 CFR 162.1602; 005010X221A1, 1.10.2.1", Guide = "45 CFR 162.1602; 005010X221A1";

    /// <summary>The sender of the file can correct it; its receiver cannot.</summary>
    const string Ask = "; if the file is the payer's, ask the payer for a corrected remittance";

    /// <summary>Balances.</summary>
    public static readonly FindingInfo
        LineBalance = Error("X120100", "remittance-line-balance", Balancing,
            message: "SVC03 says {1}; the charge {2} minus the adjustments {3} is {2-3}",
            fix: "Correct SVC03, the charge or the adjustment that is wrong" + Ask,
            snip: 3),
        ClaimBalance = Error("X120101", "remittance-claim-balance", Balancing,
            message: "CLP04 says {1}; the charge {2} minus all adjustments {3} is {2-3}",
            fix: "Correct CLP04, the charge or the adjustment that is wrong" + Ask,
            snip: 3),
        ClaimCharge = Error("X120102", "remittance-claim-charge", Balancing,
            message: "CLP03 says {1}; the charges of the lines add up to {2}",
            fix: "Correct CLP03, or the charge of the line that is wrong" + Ask,
            snip: 3),
        PaymentBalance = Error("X120103", "remittance-payment-balance", Balancing,
            message: "BPR02 says {1}; the payments of the claims {2} minus the provider adjustments {3} are {2-3}",
            fix: "Correct BPR02, or the claim or PLB that is wrong; post nothing until it adds up" + Ask,
            snip: 3),
        PaymentNegative = Error("X120104", "payment-negative", Guide + ", 1.10.2.12",
            message: "BPR02 says {3}; a payment must not be below 0",
            fix: "Write 0 in BPR02, and carry the balance forward in PLB with FB"),
        PaymentKind = Error("X120105", "payment-notice-only", Guide,
            message: "BPR02 is {3}: BPR01 must be H (notice only) when it is 0, and another code when it is not",
            fix: "Write H in BPR01 of a payment of 0, else the code of how the money moves"),
        Interest = Error("X120106", "interest-balance", Guide + ", 1.10.2.9",
            message: "the claims have interest of {2} (AMT I), and the provider adjustments pay {3} (PLB L6, where "
                + "paid interest is below 0); both must be the same",
            fix: "Correct AMT I or PLB L6" + Ask,
            snip: 3),
        PatientShare = Error("X120107", "patient-share", Guide + ", 2100 CLP05",
            message: "CLP05 says {1}; the adjustments that the patient owes (PR) add up to {2}",
            fix: "Correct CLP05 or the PR adjustment; do not bill the patient before it is clear" + Ask,
            snip: 3);

    /// <summary>Claims and lines.</summary>
    public static readonly FindingInfo
        ReversalSign = Error("X120108", "reversal-sign", Guide + ", 1.10.2.8",
            message: "CLP03 says {3}; the charge of a reversal (CLP02 22) is below 0, that of any other claim is not",
            fix: "Correct the sign of CLP03, or CLP02" + Ask),
        PaidWithoutVerdict = Error("X120109", "paid-without-adjudication", Guide + ", 2100 CLP02",
            message: "CLP04 says {3}; a claim that was only forwarded (CLP02 23) or estimated (25) is paid 0",
            fix: "Correct CLP04 or CLP02" + Ask),
        UnitsRepeated = Error("X120113", "units-billed-repeated", Guide,
            message: "SVC07 says {3}, as SVC05 does; the units billed are sent only when they differ from those paid",
            fix: "Leave SVC07 empty"),
        ServiceRepeated = Error("X120114", "service-billed-repeated", Guide,
            message: "SVC06 says the same as SVC01; the service billed is sent only when another one was paid",
            fix: "Leave SVC06 empty"),
        ServiceForm = Error("X120115", "service-code-form", Guide,
            message: "{1}{at}{found| (…)} is not a code of list {3}: HC and HP have five characters, NU three or four digits, N4 "
                + "eleven digits, AD a D and four digits",
            fix: "Write the code as its list has it, or correct the list before it"),
        RemarkForm = Error("X120116", "remark-code-form", Guide,
            message: "{1}{at}{found| (…)} is not a remark code: M, N or MA and one to three digits",
            fix: "Write a remark code, such as N130"),
        PolicyPage = Error("X120117", "policy-page", Guide + ", 1000A PER",
            message: "a line names a policy (REF 0K), so loop 1000A must name the payer's page of policies (PER IC); "
                + "it is missing",
            fix: "Add PER IC with the address of the page" + Ask),
        NumberForm = Error("X120119", "number-form", Guide,
            message: "{1}{at}{found| (…)} is not the payer's number: a 1 and the tax number of nine digits",
            fix: "Write a 1 and the nine digits of the tax number, without a hyphen");

    /// <summary>The payment and the provider's adjustments.</summary>
    public static readonly FindingInfo
        PayerNumber = Error("X120120", "payer-number-differs", Guide + ", BPR10, TRN03",
            message: "{1}{at}{found| (…)} differs from the payer's number in BPR{3}",
            fix: "Write the same number in BPR{3} and {1}{at}" + Ask),
        RoutingNumber = Error("X120121", "routing-number", Guide,
            message: "{1}{at} is not a routing number: nine digits, of which the last checks the others",
            fix: "Write the routing number of the bank" + Ask),
        ForwardBalance = Error("X120122", "forward-balance", Guide + ", 1.10.2.12",
            message: "a balance is carried forward (FB, below 0) only when BPR02 is 0, and its reference is this "
                + "payment's TRN02; one of the two is not true here",
            fix: "Write 0 in BPR02 and TRN02 in the reference, or use another reason" + Ask,
            snip: 3),
        RecoveryBalance = Error("X120123", "refund-balance", Guide + ", 1.10.2.17",
            message: "the refund that is acknowledged (PLB 72) and the recovery (WO) of the same reference add up to "
                + "{3}, not to 0",
            fix: "Correct the amount of the refund or of the recovery" + Ask,
            snip: 3),
        GroupNumber = Error("X120124", "group-number-repeated", Guide,
            message: "LX01 says {3}, as an earlier LX of the set does",
            fix: "Give each LX of the set a number of its own");

    /// <summary>Numbers of providers and persons.</summary>
    public static readonly FindingInfo
        NpiForm = Error("X120310", "remittance-npi", Guide,
            message: "{1}{at}{found| (…)} is not an NPI: ten digits, of which the last checks the others",
            fix: "Write the NPI as it is registered"),
        TaxForm = Error("X120311", "remittance-tax-number", Guide,
            message: "{1}{at} is not a tax or social security number: nine digits without a hyphen",
            fix: "Write the nine digits, or correct the kind of number before it");

    /// <summary>What the reader of a payment should know.</summary>
    public static readonly FindingInfo
        PayerDebits = Note("X120125", "payment-debit", Guide + ", BPR03",
            message: "BPR03 is D: money is drawn from the payee's account",
            fix: "Make sure the payee agreed to it"),
        ReversalAlone = Note("X120126", "reversal-without-correction", Guide + ", 1.10.2.8",
            message: "the claim is taken back (CLP02 22), and no later claim of this payment decides it again",
            fix: "Watch for the correction, or call the payer"),
        PaidThoughDenied = Note("X120355", "paid-though-denied", Guide + ", 2100 CLP02",
            message: "CLP02 is 4, denied, but CLP04 pays {3}",
            fix: "Post what was paid, and ask the payer which of the two is right"),
        ClaimUnnumbered = Note("X120127", "claim-without-number", Guide + ", 2100 CLP01",
            message: "CLP01 is 0: the payer did not have the provider's number for this claim",
            fix: "Find the claim by patient, dates and charge"),
        Discount = Note("X120128", "discount-balance", Guide + ", 1.10.2.9",
            message: "the claims have prompt payment discounts of {2} (AMT D8), and the provider adjustments {3} (PLB "
                + "90); both must be the same",
            fix: "Correct AMT D8 or PLB 90" + Ask,
            snip: 3),
        DaysOnly = Note("X120129", "claim-adjustment-quantity", Guide + ", 2100 CAS",
            message: "an adjustment of the whole claim has a quantity for reason {3}; only reason 78 (days not "
                + "covered) has one there",
            fix: "Ask the payer what it means");

    /// <summary>All of them, in the order of their ids.</summary>
    public static FindingInfo[] All { get; } =
    [
        LineBalance,
        ClaimBalance,
        ClaimCharge,
        PaymentBalance,
        PaymentNegative,
        PaymentKind,
        Interest,
        PatientShare,
        ReversalSign,
        PaidWithoutVerdict,
        PaidThoughDenied,
        UnitsRepeated,
        ServiceRepeated,
        ServiceForm,
        RemarkForm,
        PolicyPage,
        NumberForm,
        PayerNumber,
        RoutingNumber,
        ForwardBalance,
        RecoveryBalance,
        GroupNumber,
        PayerDebits,
        ReversalAlone,
        ClaimUnnumbered,
        Discount,
        DaysOnly,
        NpiForm,
        TaxForm,
    ];
}
