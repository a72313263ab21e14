using Deltoid.Values;
using static Deltoid.Results.ResultFields;
using T = Deltoid.Values.JsonType;

namespace Deltoid.Results;

/// <summary>What <see cref="RemitJson"/> writes; tests hold the output against it.</summary>
static class RemitFields
{
    static readonly FieldNames FaultFields = Written(
        Member("id", T.Text, "Its id."),
        Member("severity", T.OneOf("error", "warning", "info"), "An error keeps the set back; info is of form only."),
        Sometimes("claim", T.Text, "The claim that it is in.", "in no claim"),
        Member("level", T.Word(RemitWords.Levels), "What does not add up."),
        Member("segment", T.Whole, "Its place in the set, ST is 1; null where it is in no set.", orNull: true),
        Member("inFile", T.Whole, "Its place in the file, ISA is 1."),
        Member("text", T.Text, "The segment as it came."),
        Member("off", T.Money, "What was found less what it should be, in dollars; null where it is no amount.",
            orNull: true),
        Member("message", T.Text, "What is wrong."),
        Member("try", T.Text, "What to do about it."));

    static readonly FieldNames TotalFields = Written(
        Member("amount", T.Money, "Dollars of the payment (BPR02); null where it is not said.", orNull: true),
        Member("paid", T.Money, "Dollars paid on its claims."),
        Member("adjusted", T.Money, "Dollars of the provider adjustments (PLB)."),
        Member("claims", T.Whole, "Its claims."),
        Member("lines", T.Whole, "Their lines."));

    static readonly FieldNames AdjustmentFields = Written(
        Sometimes("provider", T.Text, "Whose balance it changes (PLB01).", "not said"),
        Sometimes("fiscalDay", T.Day, "Last day of the provider's fiscal year (PLB02).", "not said"),
        Sometimes("reason", T.Text, "Its reason.", "not said", "\"WO\""),
        Sometimes("reference", T.Text, "What it refers to.", "not said"),
        Sometimes("amount", T.Money, "Dollars; positive takes from the payment.", "not said"),
        Member("means", T.Text, "What it is, in words."),
        Member("claim", T.Text, "The claim that its reference names; null where it names none.", orNull: true));

    static readonly FieldNames MatchFields = Written(
        Member("claim", T.Text, "The number of the claim as sent."),
        Member("by", T.Word(RemitJson.Ways), "What led to it."),
        Member("sure", T.Word(RemitJson.Surenesses), "How sure that is."),
        Member("differences", T.ListOf(T.Text), "In what the two differ."));

    static readonly FieldNames ClaimFields = Written(
    [
        .. ResolutionFields.Members,
        Member("match", T.Object("match", MatchFields), "The claim as sent; null where none is.", orNull: true),
        Sometimes("candidates", T.ListOf(T.Text), "Claims that come near.", "none"),
    ]);

    static readonly FieldNames SetFields = Written(
        Member("control", T.Text, "Number of the set (ST02)."),
        Sometimes("trace", T.Text, "Number of the payment (TRN02).", "not said"),
        Member("payer", T.Text, "The payer."),
        Sometimes("effective", T.Day, "Its day.", "not said"),
        Member("totals", T.Object("totals", TotalFields), "What it adds up to."),
        Member("balanced", T.Flag, "It adds up to the cent."),
        Member("verdict", T.Word(RemitJson.Verdicts), "Whether to post it."),
        Member("faults", T.ListOf(T.Object("fault", FaultFields)), "What is wrong or odd in it."),
        Sometimes("moreFaults", T.Whole, "How many more there are.", "none"),
        Member("adjustments", T.ListOf(T.Object("meantAdjustment", AdjustmentFields)), "Provider adjustments (PLB)."),
        Member("claims", T.ListOf(T.Object("answeredClaim", ClaimFields)),
            "The answer to each claim; none of a set that is not posted."));

    internal static readonly T RemitType = T.Object("remit", Written(
        Member("deltoid", T.Text, "The version that wrote it."),
        Member("codeBook", T.Text, "The code book."),
        Member("file", T.Text, "The file."),
        Member("faults", T.ListOf(T.Object("fault", FaultFields)), "What is wrong in it."),
        Member("sets", T.ListOf(T.Object("remittanceSet", SetFields)), "Its payments.")));
}
