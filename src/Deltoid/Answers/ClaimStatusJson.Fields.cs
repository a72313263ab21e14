using Deltoid.Values;
using T = Deltoid.Values.JsonType;

namespace Deltoid.Answers;

/// <summary>
/// The fields of a claim acknowledgment (277CA): the reader knows these names and no others; the schema is written from
/// these rows.
/// </summary>
internal static partial class ClaimStatusJson
{
    static readonly FieldNames NamedFields = new(
        new JsonField("role", T.Text, "Who it is (NM101): PR payer, 41 submitter, 85 billing provider, QC patient."),
        new JsonField("name", T.Text, "Last name, or the name of an organization."),
        new JsonField("first", T.Text, "First name."),
        new JsonField("middle", T.Text, "Middle name."),
        new JsonField("suffix", T.Text, "Jr, III."),
        new JsonField("idKind", T.Text, "What kind of number id is (NM108)."),
        new JsonField("id", T.Text, "The number (NM109)."));

    static readonly FieldNames TotalFields = new(
        new JsonField("accepted", T.Quantity, "Claims accepted (QTY 90, QA)."),
        new JsonField("rejected", T.Quantity, "Claims rejected (QTY AA, QC)."),
        new JsonField("acceptedCharge", T.Money, "Dollars of the claims accepted (AMT YU)."),
        new JsonField("rejectedCharge", T.Money, "Dollars of the claims rejected (AMT YY)."));

    static readonly FieldNames StatusCodeFields = new(
        new JsonField("category", T.Text, "What happened: A2 accepted, A3 returned, A6 missing, A7 not valid.",
            "\"A7\""),
        new JsonField("code", T.Text, "What it is about, as 'deltoid explain' says it.", "\"562\""),
        new JsonField("entity", T.Text, "Whose: 82 rendering provider, 85 billing provider, QC patient.", "\"82\""));

    static readonly FieldNames StatusFields = new(
        new JsonField("codes", T.ListOf(T.Object("statusCode", StatusCodeFields)),
            "One to three statuses (STC01, STC10, STC11).", "", "none"),
        new JsonField("day", T.Day, "The day of the status."),
        new JsonField("action", T.Text, "WQ accepted, U rejected (STC03)."),
        new JsonField("charge", T.Money, "Dollars charged."),
        new JsonField("words", T.Text, "The sender's own words (STC12)."));

    static readonly T NamedType = T.Object("namedParty", NamedFields),
        TotalType = T.Object("statusTotals", TotalFields),
        StatusList = T.ListOf(T.Object("status", StatusFields));

    static readonly FieldNames StatusLineFields = new(
        new JsonField("control", T.Text, "Your number of the line (REF FJ)."),
        new JsonField("procedure", ProcedureJson.Type, "The service."),
        new JsonField("revenueCode", T.Text, "Revenue code."),
        new JsonField("charge", T.Money, "Dollars charged."),
        new JsonField("units", T.Quantity, "Units."),
        new JsonField("statuses", StatusList, "What is said of the line (STC).", "", "none"),
        new JsonField("prescription", T.Text, "Prescription number (REF XZ)."),
        new JsonField("from", T.Day, "Day of service."),
        new JsonField("thru", T.Day, "Last day."));

    static readonly FieldNames StatusClaimFields = new(
        new JsonField("id", T.Text, "Your number of the claim (TRN02)."),
        new JsonField("patient", NamedType, "The patient."),
        new JsonField("samePatient", T.Flag, "It is of the same patient as the claim before it."),
        new JsonField("statuses", StatusList, "What is said of the claim (STC).", "", "none"),
        new JsonField("payerControl", T.Text, "The payer's number of the claim (REF 1K)."),
        new JsonField("clearinghouseControl", T.Text, "The clearinghouse's number of the claim (REF D9)."),
        new JsonField("billType", T.Text, "Type of bill (REF BLT)."),
        new JsonField("from", T.Day, "First day of service."),
        new JsonField("thru", T.Day, "Last day."),
        new JsonField("lines", T.ListOf(T.Object("statusLine", StatusLineFields)),
            "Lines for which the claim was rejected.", "", "none"));

    static readonly FieldNames ProviderFields = new(
        new JsonField("provider", NamedType, "The billing provider."),
        new JsonField("trace", T.Text, "Its trace number (TRN02)."),
        new JsonField("statuses", StatusList, "What is said of all its claims (STC).", "", "none"),
        new JsonField("totals", TotalType, "Its claims and charges, counted."),
        new JsonField("claims", T.ListOf(T.Object("statusClaim", StatusClaimFields)), "Its claims.", "", "none"));

    static readonly FieldNames StatusSetFields = new(
        new JsonField("control", T.Text, "Number of the set (ST02)."),
        new JsonField("number", T.Text, "Number of the answer (BHT03)."),
        new JsonField("made", T.Day, "Day it was made (BHT04)."),
        new JsonField("time", T.Text, "Time it was made (BHT05)."),
        new JsonField("source", NamedType, "The payer or clearinghouse that says it."),
        new JsonField("sourceTrace", T.Text, "Its trace number (TRN02)."),
        new JsonField("received", T.Day, "Day the file was received."),
        new JsonField("processed", T.Day, "Day it was processed."),
        new JsonField("submitter", NamedType, "Who sent the claims."),
        new JsonField("batch", T.Text, "Number of the file of claims (BHT03 of the 837)."),
        new JsonField("statuses", StatusList, "What is said of the file as a whole (STC).", "", "none"),
        new JsonField("totals", TotalType, "Claims and charges of the file, counted."),
        new JsonField("providers", T.ListOf(T.Object("providerStatus", ProviderFields)), "Billing providers.", "",
            "none"),
        new JsonField("separators", T.Like("^[\\s\\S]{4}$"),
            "Element, component, repetition and segment separator of other, where they are not the usual ones.", "",
            "*:^~"),
        new JsonField("other", T.ListOf(T.Text), "The segments, as they came.", "", "none"));

    /// <summary>One 277CA.</summary>
    internal static readonly T SetType = T.Object("claimStatusSet", StatusSetFields);

    static readonly FieldNames OutputFields = new(
        new JsonField("claimStatus", SetType, "One 277CA.", "",
            "it is another answer")) { IsReadBack = false };

    /// <summary>What <c>read</c> writes of a 277CA.</summary>
    internal static readonly T OutputType = T.Object("claim-status", OutputFields);
}
