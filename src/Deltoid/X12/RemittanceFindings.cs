using Deltoid.Findings;

namespace Deltoid.X12;

/// <summary>
/// The kinds of findings about what a remittance says: whether its amounts add up, and what else a payer's advice must say alike.
/// Arguments as in <see cref="X12Findings"/>; an amount that is left over is exact, in cents.
/// </summary>
public static class RemittanceFindings
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

    const string Balancing = "45 CFR 162.1602; 005010X221A1, 1.10.2.1", Guide = "45 CFR 162.1602; 005010X221A1", Ask = "Ask the payer for a corrected advice";

    /// <summary>Balances.</summary>
    public static readonly FindingInfo
        LineBalance = Error("X120100", "remittance-line-balance", Balancing,
            message: "the line's charge less its adjustments is not what was paid: {3} is left over",
            fix: Ask,
            snip: 3),
        ClaimBalance = Error("X120101", "remittance-claim-balance", Balancing,
            message: "the claim's charge less all its adjustments is not what was paid: {3} is left over",
            fix: Ask,
            snip: 3),
        ClaimCharge = Error("X120102", "remittance-claim-charge", Balancing,
            message: "CLP03 is not the sum of the line charges: {3} is left over",
            fix: Ask,
            snip: 3),
        PaymentBalance = Error("X120103", "remittance-payment-balance", Balancing,
            message: "what the claims were paid, less the provider adjustments, is not BPR02: {3} is left over",
            fix: Ask + "; post nothing until it adds up",
            snip: 3),
        PaymentNegative = Error("X120104", "payment-negative", Guide + ", 1.10.2.12",
            message: "BPR02 is negative",
            fix: "A balance that is carried forward is in PLB with FB, and BPR02 is 0"),
        PaymentKind = Error("X120105", "payment-notice-only", Guide,
            message: "BPR01 must be H (notice only) when BPR02 is 0, and only then",
            fix: Ask),
        Interest = Error("X120106", "interest-balance", Guide + ", 1.10.2.9",
            message: "interest of the claims (AMT I) and of the provider (PLB L6) do not cancel: {3} is left over",
            fix: Ask,
            snip: 3),
        PatientShare = Error("X120107", "patient-share", Guide + ", 2100 CLP05",
            message: "CLP05 is not the sum of the adjustments that the patient owes (PR): {3} is left over",
            fix: "Ask the payer before billing the patient",
            snip: 3);

    /// <summary>Claims and lines.</summary>
    public static readonly FindingInfo
        ReversalSign = Error("X120108", "reversal-sign", Guide + ", 1.10.2.8",
            message: "a reversal must have the charge of the claim with its sign changed; no other claim may be negative",
            fix: Ask),
        PaidWithoutVerdict = Error("X120109", "paid-without-adjudication", Guide + ", 2100 CLP02",
            message: "a claim that was only forwarded or predetermined must not have a payment",
            fix: Ask),
        UnitsRepeated = Error("X120113", "units-billed-repeated", Guide,
            message: "SVC07 repeats the units paid, which is not sent",
            fix: "Leave it out"),
        ServiceRepeated = Error("X120114", "service-billed-repeated", Guide,
            message: "SVC06 repeats the service that was judged, which is not sent",
            fix: "Leave it out"),
        ServiceForm = Error("X120115", "service-code-form", Guide,
            message: "{1}{at} does not have the form of its code list",
            fix: "Correct it"),
        RemarkForm = Error("X120116", "remark-code-form", Guide,
            message: "{1}{at} does not have the form of a remark code",
            fix: "Correct it"),
        PolicyPage = Error("X120117", "policy-page", Guide + ", 1000A PER",
            message: "a line names a policy (REF 0K), but the payer does not name its page of policies (PER IC)",
            fix: Ask),
        NumberForm = Error("X120119", "number-form", Guide,
            message: "{1}{at} does not have the form of its kind of number",
            fix: "Correct it");

    /// <summary>The payment and the provider's adjustments.</summary>
    public static readonly FindingInfo
        PayerNumber = Error("X120120", "payer-number-differs", Guide + ", BPR10, TRN03",
            message: "{1}{at} does not match the payer in BPR",
            fix: Ask),
        RoutingNumber = Error("X120121", "routing-number", Guide,
            message: "{1}{at} is not a bank's routing number: its check digit is wrong",
            fix: Ask),
        ForwardBalance = Error("X120122", "forward-balance", Guide + ", 1.10.2.12",
            message: "a balance is carried forward (FB, negative) only when BPR02 is 0, and names this payment's trace number",
            fix: Ask,
            snip: 3),
        RecoveryBalance = Error("X120123", "refund-balance", Guide + ", 1.10.2.17",
            message: "a refund that is acknowledged (PLB 72) and its recovery (WO) do not cancel: {3} is left over",
            fix: Ask,
            snip: 3),
        GroupNumber = Error("X120124", "group-number-repeated", Guide,
            message: "an earlier LX of the set has the same number",
            fix: "Number the groups of claims");

    /// <summary>What whoever posts the payment should know.</summary>
    public static readonly FindingInfo
        PayerDebits = Note("X120125", "payment-debit", Guide + ", BPR03",
            message: "BPR03 is D: money is drawn from the payee's account",
            fix: "Make sure the payee agreed to it"),
        ReversalAlone = Note("X120126", "reversal-without-correction", Guide + ", 1.10.2.8",
            message: "the claim is reversed and not decided again in this payment",
            fix: "Watch for the correction, or call the payer"),
        ClaimUnnumbered = Note("X120127", "claim-without-number", Guide + ", 2100 CLP01",
            message: "the payer did not have the provider's number for this claim",
            fix: "Match it by patient, days and charge"),
        Discount = Note("X120128", "discount-balance", Guide + ", 1.10.2.9",
            message: "prompt payment discounts of the claims (AMT D8) and of the provider (PLB 90) differ: {3} is left over",
            fix: Ask,
            snip: 3),
        DaysOnly = Note("X120129", "claim-adjustment-quantity", Guide + ", 2100 CAS",
            message: "a quantity adjusts the claim as a whole for a reason other than days that are not covered",
            fix: "Read it as the payer's own");

    /// <summary>All of them, in the order of their ids.</summary>
    public static FindingInfo[] All { get; } =
    [
        LineBalance, ClaimBalance, ClaimCharge, PaymentBalance, PaymentNegative, PaymentKind, Interest, PatientShare, ReversalSign,
        PaidWithoutVerdict, UnitsRepeated, ServiceRepeated, ServiceForm, RemarkForm, PolicyPage,
        NumberForm, PayerNumber, RoutingNumber, ForwardBalance, RecoveryBalance, GroupNumber, PayerDebits, ReversalAlone, ClaimUnnumbered, Discount,
        DaysOnly,
    ];
}
