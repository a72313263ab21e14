using Deltoid.Values;
using T = Deltoid.Values.JsonType;

namespace Deltoid.Answers;

/// <summary>
/// The fields of a remittance and its payments: the reader knows these names and no others; the schema is written from
/// these rows.
/// </summary>
internal static partial class RemittanceJson
{
    static readonly FieldNames PayerFields = new(
        new JsonField("name", T.Text, "Name (N102)."),
        new JsonField("planId", T.Text, "National plan id."),
        new JsonField("taxId", T.Text, "Tax id."),
        new JsonField("address", T.Text, "Street."),
        new JsonField("city", T.Text, "City."),
        new JsonField("state", T.Text, "State: two letters."),
        new JsonField("zip", T.Text, "ZIP code."));

    static readonly FieldNames PayeeFields = new(
        new JsonField("name", T.Text, "Name (N102)."),
        new JsonField("npi", T.Text, "NPI."),
        new JsonField("taxId", T.Text, "Tax id."),
        new JsonField("planId", T.Text, "National plan id."),
        new JsonField("address", T.Text, "Street."),
        new JsonField("city", T.Text, "City."),
        new JsonField("state", T.Text, "State: two letters."),
        new JsonField("zip", T.Text, "ZIP code."));

    static readonly FieldNames ProviderAdjustmentFields = new(
        new JsonField("provider", T.Text, "Whose balance it changes (PLB01)."),
        new JsonField("fiscalDay", T.Day, "Last day of the provider's fiscal year (PLB02)."),
        new JsonField("reason", T.Text, "Reason: WO overpayment recovered, FB forwarding balance, L6 interest."),
        new JsonField("reference", T.Text, "What it refers to, such as a claim number."),
        new JsonField("amount", T.Money, "Dollars. Positive takes from the payment, negative adds to it."));

    static readonly FieldNames PlacedFields = new(
        new JsonField("after", T.Whole, "How many claims of the payment come before these segments.", "2")
            { Required = true },
        new JsonField("segments", T.ListOf(T.Text), "The segments, as they came.", "[\"REF*EV*CLINIC\"]", "none"));

    static readonly FieldNames RemittanceFields = new(
        new JsonField("control", T.Text, "Number of the set (ST02)."),
        new JsonField("handling", T.Text,
            "How the payment is handled (BPR01): I with it, H notice only, D payment elsewhere."),
        new JsonField("amount", T.Money, "Dollars paid in all (BPR02)."),
        new JsonField("direction", T.Text, "C credit, D debit (BPR03)."),
        new JsonField("method", T.Text, "ACH, CHK, FWT, NON (BPR04)."),
        new JsonField("format", T.Text, "Format of the transfer (BPR05)."),
        new JsonField("effective", T.Day, "Day of payment (BPR16)."),
        new JsonField("trace", T.Text, "Number of the check or transfer (TRN02)."),
        new JsonField("division", T.Text, "Division of the payer (TRN04)."),
        new JsonField("produced", T.Day, "Day it was made (DTM 405)."),
        new JsonField("receiver", T.Text, "Receiver's number (REF EV)."),
        new JsonField("payer", T.Object("remittancePayer", PayerFields), "Who pays."),
        new JsonField("payee", T.Object("payee", PayeeFields), "Who is paid."),
        new JsonField("adjustments", T.ListOf(T.Object("providerAdjustment", ProviderAdjustmentFields)),
            "What changes the payment and is of no claim (PLB).", "", "none"),
        new JsonField("claims", T.Whole, "How many claims it pays."),
        new JsonField("lines", T.Whole, "How many lines they have."),
        new JsonField("separators", T.Like("^[\\s\\S]{4}$"),
            "Element, component, repetition and segment separator of other, where they are not the usual ones.", "",
            "*:^~"),
        new JsonField("other", T.ListOf(T.Either(T.Object("outOfPlace", PlacedFields), T.Text)),
            "The segments that are of no claim, as they came; in objects those that are out of their usual place.", "",
            "none"));

    static readonly FieldNames PaidPartyFields = new(
        new JsonField("name", T.Text, "Last name, or the name of an organization."),
        new JsonField("first", T.Text, "First name."),
        new JsonField("middle", T.Text, "Middle name."),
        new JsonField("suffix", T.Text, "Jr, III."),
        new JsonField("idKind", T.Text, "What kind of number id is (NM108)."),
        new JsonField("id", T.Text, "The number (NM109)."));

    static readonly FieldNames AdjustmentFields = new(
        new JsonField("group", T.Text, "CO contract, PR patient, OA other, PI payer's choice."),
        new JsonField("reason", T.Text, "CARC.", "\"45\""),
        new JsonField("amount", T.Money, "Dollars that were not paid for this reason."),
        new JsonField("quantity", T.Quantity, "Units that were not paid."));

    static readonly FieldNames RemarkFields = new(
        new JsonField("kind", T.Text, "The list it is of: HE remark codes, RX pharmacy."),
        new JsonField("code", T.Text, "RARC.", "\"N115\""));

    static readonly FieldNames AmountFields = new(
        new JsonField("kind", T.Text, "What the amount is (AMT01): B6 allowed, I interest, AU coverage amount."),
        new JsonField("amount", T.Money, "Dollars."));

    static readonly T
        AdjustmentList = T.ListOf(T.Object("adjustment", AdjustmentFields)),
            RemarkList = T.ListOf(T.Object("remark", RemarkFields)),
        AmountList = T.ListOf(T.Object("otherAmount", AmountFields)),
            PaidPartyType = T.Object("paidParty", PaidPartyFields);

    static readonly FieldNames PaymentLineFields = new(
        new JsonField("number", T.Whole, "Its place, from 1."),
        new JsonField("control", T.Text, "Your number of the line (REF 6R)."),
        new JsonField("procedure", ProcedureJson.Type, "What was paid (SVC01)."),
        new JsonField("billed", ProcedureJson.Type, "What was billed, where it is not what was paid (SVC06)."),
        new JsonField("revenueCode", T.Text, "Revenue code."),
        new JsonField("charge", T.Money, "Dollars charged."),
        new JsonField("paid", T.Money, "Dollars paid."),
        new JsonField("allowed", T.Money, "Dollars allowed (AMT B6)."),
        new JsonField("unitsPaid", T.Quantity, "Units paid."),
        new JsonField("unitsBilled", T.Quantity, "Units billed, where they are not those paid."),
        new JsonField("date", T.Day, "Day of service."),
        new JsonField("thru", T.Day, "Last day."),
        new JsonField("adjustments", AdjustmentList, "What was not paid, and why (CAS).", "", "none"),
        new JsonField("remarks", RemarkList, "Remarks (LQ).", "", "none"),
        new JsonField("amounts", AmountList, "Other amounts (AMT).", "", "none"));

    static readonly FieldNames PaymentFields = new(
        new JsonField("id", T.Text, "Your number of the claim (CLP01)."),
        new JsonField("status", T.Text, "CLP02: 1 processed as primary, 2 as secondary, 4 denied, 22 reversal."),
        new JsonField("charge", T.Money, "Dollars charged."),
        new JsonField("paid", T.Money, "Dollars paid."),
        new JsonField("patientOwes", T.Money, "Dollars that the patient owes (CLP05)."),
        new JsonField("filing", T.Text, "Claim filing code (CLP06)."),
        new JsonField("payerControl", T.Text, "The payer's number of the claim (CLP07)."),
        new JsonField("facility", T.Text, "Place of service or facility type (CLP08)."),
        new JsonField("frequency", T.Text, "Claim frequency (CLP09)."),
        new JsonField("drg", T.Text, "DRG (CLP11)."),
        new JsonField("from", T.Day, "First day of the statement (DTM 232)."),
        new JsonField("thru", T.Day, "Last day of the statement (DTM 233)."),
        new JsonField("coverageEnd", T.Day, "The day coverage ended (DTM 036)."),
        new JsonField("received", T.Day, "The day the payer received it (DTM 050)."),
        new JsonField("group", T.Whole, "The header above it (LX)."),
        new JsonField("beginsGroup", T.Flag, "It is the first one under its header."),
        new JsonField("patient", PaidPartyType, "The patient."),
        new JsonField("subscriber", PaidPartyType, "The insured."),
        new JsonField("corrected", PaidPartyType, "The patient or insured as the payer knows them."),
        new JsonField("renderingProvider", PaidPartyType, "Who did it."),
        new JsonField("crossoverPayer", PaidPartyType, "The payer that the claim was sent on to."),
        new JsonField("firstPayer", PaidPartyType, "The payer that pays first."),
        new JsonField("otherSubscriber", PaidPartyType, "The insured of another plan."),
        new JsonField("adjustments", AdjustmentList, "What was not paid of the claim as a whole, and why (CAS).", "",
            "none"),
        new JsonField("remarks", RemarkList, "Remarks on the claim (MIA, MOA).", "", "none"),
        new JsonField("amounts", AmountList, "Other amounts (AMT).", "", "none"),
        new JsonField("lines", T.ListOf(T.Object("paidLine", PaymentLineFields)), "Its lines.", "", "none"),
        new JsonField("separators", T.Like("^[\\s\\S]{4}$"),
            "Element, component, repetition and segment separator of other, where they are not the usual ones.", "",
            "*:^~"),
        new JsonField("other", T.ListOf(T.Text), "Segments without a field of their own, as they came.", "", "none"));

    /// <summary>One claim that is paid, and the payment as a whole.</summary>
    internal static readonly T PaymentType = T.Object("payment", PaymentFields),
        HeadType = T.Object("remittanceHead", RemittanceFields);

    static readonly FieldNames OutputFields = new(
        new JsonField("remittance", HeadType, "The payment as a whole.", "", "an earlier line has it"),
        new JsonField("payments", T.ListOf(PaymentType), "The claims it pays, in order.", "",
            "each on a line of its own"),
        new JsonField("payment", PaymentType, "One claim it pays, with --jsonl.", "",
            "all under payments")) { IsReadBack = false };

    /// <summary>
    /// What <c>read</c> writes of an 835: with <c>--json</c> one object, with <c>--jsonl</c> the remittance, then each
    /// payment.
    /// </summary>
    internal static readonly T RemittanceType = T.Object("remittance", OutputFields);
}
