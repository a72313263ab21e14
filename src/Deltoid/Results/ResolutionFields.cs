using Deltoid.Remits;
using Deltoid.Values;
using static Deltoid.Results.ResultFields;
using T = Deltoid.Values.JsonType;

namespace Deltoid.Results;

/// <summary>What <see cref="ResolutionJson"/> writes; tests hold the output against it.</summary>
static class ResolutionFields
{
    static readonly T Anything = T.Either(T.Text, T.Number, T.Flag, T.Open,
        T.ListOf(T.Either(T.Text, T.Number, T.Flag, T.Open)));

    static readonly FieldNames CauseFields = Written(
        Member("id", T.Text, "The row of the specification.", "\"DN-7\""),
        Member("words", T.Text, "Why, in words that finish: because ..."));

    static readonly FieldNames EvidenceFields = Written(
        Member("fact", T.Text, "The fact, or remittance, claim, finding.", "\"separate-visit-note\""),
        Member("at", T.Text, "Its place in the case: a JSON pointer.", "\"/record/0\""),
        Member("says", T.Text, "What it says."));

    static readonly FieldNames AlternativeFields = Written(
        Member("action", T.Word(Steps.Words), "What may be done instead."),
        Member("when", T.Text, "When; empty where always."));

    static readonly FieldNames NeverFields = Written(
        Member("action", T.Text, "What must not be done: an action, or a change such as add-modifier-25."),
        Member("why", T.Text, "Why not."));

    static readonly FieldNames ChangeFields = Written(
        Member("op", T.OneOf("add", "replace", "remove"), "As in JSON Patch."),
        Member("path", T.Text, "JSON pointer into the claim.", "\"/lines/0/modifiers\""),
        Sometimes("value", Anything, "The new value.", "removed", orNull: true));

    static readonly FieldNames DeadlineFields = Written(
        Sometimes("date", T.Day, "The last day.", "not known"),
        Member("from", T.Text, "The day it is counted from: service, remittance, receipt ...", "\"receipt\""),
        Member("days", T.Number, "Calendar days from then.", "120"));

    static readonly FieldNames PostingFields = Written(
        Member("line", T.Whole, "The line; 0 is the claim as a whole."),
        Member("kind", T.Word(Steps.Postings), "How it is posted."),
        Sometimes("group", T.Text, "Group of the adjustment.", "none: a payment", "\"CO\""),
        Sometimes("reason", T.Text, "Reason of the adjustment.", "none: a payment", "\"45\""),
        Member("amount", T.Money, "Dollars."));

    static readonly FieldNames LineFields = Written(
        Member("number", T.Whole, "The line of the claim."),
        Member("rootCause", T.Text, "Its cause: a row of the specification.", "\"DN-7\""),
        Member("action", T.Word(Steps.Words), "What is to be done about it."));

    static readonly FieldNames QuestionFields = Written(
        Member("fact", T.Text, "The fact that is not known.", "\"authorization-on-file\""),
        Member("fields", T.Text, "What has to be known about it."),
        Member("decides", T.Text, "Between which actions it decides."));

    static readonly FieldNames ExpectedFields = Written(
        Member("amount", T.Money, "Dollars."),
        Member("basis", T.Text, "What the contract says, and where.", "\"$30.00 for one unit (Exhibit B)\""));

    static readonly FieldNames PriceStepFields = Written(
        Member("says", T.Text, "What was reckoned."),
        Sometimes("amount", T.Money, "Dollars so far.", "no amount yet"),
        Sometimes("source", T.Text, "Section of the contract, or edition of the schedule.", "none is needed"));

    static readonly FieldNames PriceFields = Written(
        Member("line", T.Whole, "The line of the claim."),
        Sometimes("withLines", T.ListOf(T.Whole), "Other lines that are priced with it.", "it is priced alone"),
        Member("code", T.Text, "The code that was paid.", "\"96372\""),
        Member("units", T.Number, "Units that were paid."),
        Member("verdict", T.Word(LinePrice.Verdicts), "Expected against paid."),
        Member("expected", T.Object("expectedPrice", ExpectedFields), "Null where it is not known.", orNull: true),
        Sometimes("expectedWhy", T.Text, "Why it is not known.", "it is known"),
        Member("allowed", T.Money, "Dollars that the payer allowed."),
        Member("paid", T.Money, "Dollars paid."),
        Member("patient", T.Money, "Dollars that the patient owes."),
        Sometimes("sequestration", T.Money, "Dollars kept back by sequestration.", "none"),
        Member("difference", T.Money, "Allowed less expected; null where it is not known.", orNull: true),
        Sometimes("cause", T.Object("rootCause", CauseFields), "The mistake that fits to the cent.",
            "paid right or not known"),
        Member("trace", T.ListOf(T.Object("priceStep", PriceStepFields)), "How the price came about."));

    /// <summary>The members of an answer, also of one within a file of remittances.</summary>
    internal static readonly JsonField[] Members =
    [
        Member("claim", T.Text, "The claim's number."),
        Member("payerControl", T.Text, "The payer's number of the claim."),
        Member("kind", T.Word(Steps.Kinds), "What came back."),
        Member("rootCause", T.Object("rootCause", CauseFields), "Why; null where no rule names it.", orNull: true),
        Member("evidence", T.ListOf(T.Object("evidence", EvidenceFields)), "What the answer rests on."),
        Member("action", T.Word(Steps.Words), "What to do."),
        Member("alternatives", T.ListOf(T.Object("alternative", AlternativeFields)), "What may be done instead."),
        Member("never", T.ListOf(T.Object("never", NeverFields)), "What must not be done."),
        Member("change", T.ListOf(T.Object("claimChange", ChangeFields)), "JSON Patch of the claim as sent."),
        Member("deadline", T.Object("deadline", DeadlineFields), "The last day; null where none is known.",
            orNull: true),
        Member("patientOwes", T.Money, "Dollars that may be billed to the patient now."),
        Member("posting", T.ListOf(T.Object("posting", PostingFields)), "What to post."),
        Member("lines", T.ListOf(T.Object("resolvedLine", LineFields)), "What each line came to."),
        Member("confidence", T.Word(Steps.Confidences), "How sure the answer is."),
        Member("questions", T.ListOf(T.Object("question", QuestionFields)), "Facts that would change it."),
        Sometimes("prices", T.ListOf(T.Object("price", PriceFields)), "Paid lines against the payer's contract.",
            "no contract was given"),
    ];

    internal static readonly T ResolutionType = T.Object("resolution", Written(Members));
}
