using Deltoid.Claims;
using Deltoid.Values;
using T = Deltoid.Values.JsonType;

namespace Deltoid.Results;

/// <summary>
/// What <see cref="ResultJson"/>, <see cref="FindingsJson"/> and <see cref="FindingsLines"/> write; tests hold the
/// output against it.
/// </summary>
static class ResultFields
{
    internal static JsonField Member(string name, T type, string says, string example = "", bool orNull = false) =>
        new(name, type, says, example) { Required = true, OrNull = orNull };

    internal static JsonField Sometimes(string name, T type, string says, string left, string example = "",
        bool orNull = false) => new(name, type, says, example, left) { OrNull = orNull };

    internal static FieldNames Written(params JsonField[] fields) => new(fields) { IsReadBack = false };

    static readonly T Texts = T.ListOf(T.Text);

    static readonly FieldNames ExpectedFields = Written(
        Member("amount", T.Money, "Dollars that the payer should allow for all units.", "15.88"),
        Member("basis", T.Text, "Where the amount comes from.", "\"MPFS 2026 06102-16 non-facility\""));

    static readonly FieldNames NdcFields = Written(
        Member("code", T.Text, "Eleven digits.", "\"00517003125\""),
        Member("unit", T.OneOf("UN", "ML", "GR", "F2", "ME"), "Its unit.", "\"ML\"", orNull: true),
        Member("quantity", T.Quantity, "How many of that unit.", "1", orNull: true));

    static readonly FieldNames LineFields = Written(
        Member("number", T.Whole, "The line of the claim.", "2"),
        Member("code", T.Text, "CPT or HCPCS code.", "\"J3420\""),
        Member("modifiers", Texts, "Modifiers.", "[\"JZ\"]"),
        Member("units", T.Quantity, "Billed units.", "1"),
        Member("diagnoses", Texts, "The ICD-10-CM codes it points to.", "[\"D51.0\"]"),
        Member("from", Texts, "Where in the encounter it came from: JSON pointers.", "[\"/administrations/0\"]"),
        Member("ndc", T.Object("lineNdc", NdcFields), "The drug's NDC.", orNull: true),
        Sometimes("expected", T.Object("expected", ExpectedFields),
            "What it should pay; null when it cannot be priced.", "not priced at all", orNull: true),
        Sometimes("expectedWhy", T.Text, "Why it cannot be priced; null when it is priced.", "not priced at all",
            "\"no ASP limit in this code book\"", orNull: true),
        Member("trace", Texts, "The steps that decided it, by their ids.", "[\"t1\", \"t4\"]"));

    static readonly FieldNames PredictionFields = Written(
        Member("carc", T.Text, "Group and claim adjustment reason code that the payer would give.", "\"CO-16\""),
        Member("rarc", Texts, "Remark codes.", "[\"N822\"]"));

    static readonly FieldNames AlsoFields = Written(
        Member("id", T.Text, "Its id."),
        Member("name", T.Text, "Its name."),
        Member("message", T.Text, "What it says."));

    static readonly FieldNames CitationFields = Written(
        Member("authority",
            T.OneOf("regulation", "cms-manual", "ncci", "code-set", "payer-policy", "association", "blog"),
            "On whose authority."),
        Member("section", T.Text, "Where it is said.", "\"Pub. 100-04, ch. 17, §40\""),
        Member("url", T.Text, "Its address.", orNull: true));

    static readonly FieldNames ChangeFields = Written(
        Member("op", T.OneOf("add", "replace", "remove"), "As in JSON Patch."),
        Member("path", T.Text, "JSON pointer into the encounter or the claim.", "\"/administrations/0/container\""),
        Member("value", T.Either(T.Text, T.Number), "The new value; null when a person must supply it.", orNull: true));

    static readonly FieldNames FixFields = Written(
        Member("safety", T.OneOf("clerical", "needs-chart", "display-only"),
            "clerical: --fix may apply it. needs-chart: a person decides after a look at the chart. display-only:"
                + " nothing to apply."),
        Member("text", T.Text, "What to do."),
        Member("changes", T.ListOf(T.Object("change", ChangeFields)),
            "The change as steps; empty when it cannot be said in steps."));

    static readonly FieldNames PlaceFields = Written(
        Member("path", T.Text, "Loop, segment and element.", "\"2400[1]/SV1-01-2\""),
        Member("interchange", T.Whole, "Which interchange of the file, from 1."),
        Member("group", T.Whole, "Which group in it, from 1."),
        Member("set", T.Whole, "Which set in it, from 1."),
        Member("segment", T.Whole, "Which segment, ST is 1."),
        Sometimes("element", T.Whole, "Which element.", "the segment as a whole"),
        Sometimes("component", T.Whole, "Which component.", "the element as a whole"),
        Sometimes("repeat", T.Whole, "Which repetition.", "the first"),
        Sometimes("byte", T.Whole, "Which byte of the file.", "not known"),
        Sometimes("rule", T.Text, "The row of the guide.", "no row", "\"X12P1705\""));

    static readonly FieldNames FindingFields = Written(
        Sometimes("snip", T.Whole, "SNIP type; only check writes it.", "not from check"),
        Sometimes("claim", T.Text, "The claim's id; only check writes it.", "not from check", orNull: true),
        Member("key", T.Text, "A key that stays the same when lines move.", "\"9f3c5a1200b4d7e1\""),
        Member("id", T.Text, "The finding's id. It never changes.", "\"DRG0004\""),
        Sometimes("name", T.Text, "Its name in words.", "in the catalogue", "\"container-not-charted\""),
        Member("severity", T.OneOf("error", "warning", "info"),
            "error: must not leave. warning: a person acknowledges it. info: to know."),
        Member("outcome", T.OneOf("rejection", "denial", "underpayment", "overpayment", "compliance", "none"),
            "What happens if the claim is sent as it is."),
        Member("message", T.Text, "One sentence."),
        Member("at", T.Text, "JSON pointer into the encounter, or into the claim where it came from none.",
            "\"/administrations/0/container\""),
        Member("line", T.Whole, "The line of the claim.", orNull: true),
        Member("field", T.Text, "The field's name.", "\"modifiers\"", orNull: true),
        Member("box", T.Text, "Box of the CMS-1500, or form locator of the UB-04.", "\"24D\"", orNull: true),
        Member("x12", T.Object("x12Place", PlaceFields), "Where it is in the X12 that was read.", orNull: true),
        Sometimes("predicts", T.ListOf(T.Object("prediction", PredictionFields)), "What the payer would say.",
            "in the catalogue"),
        Member("also", T.ListOf(T.Object("also", AlsoFields)), "Findings that say the same of the same place."),
        Sometimes("citation", T.Object("citation", CitationFields), "On whose authority.", "in the catalogue"),
        Member("fix", T.Object("fix", FixFields), "What can be done.", orNull: true));

    static readonly FieldNames DocumentationFields = Written(
        Member("score", T.Whole, "0 to 100.", "82"),
        Member("band", T.Text, "What the score means.", "\"education\""),
        Member("missing", Texts, "What is not charted, by the ids of the checklist.", "[\"D-09\"]"),
        Member("knockOuts", Texts, "The missing elements that would make an audit fail the chart.", "[\"D-03\"]"));

    static readonly FieldNames StepFields = Written(
        Member("id", T.Text, "Its id; lines name it.", "\"t1\""),
        Member("asked", T.Text, "The question."),
        Member("answer", T.Text, "yes, no, unknown, or the value that was found."),
        Member("fact", T.Text, "The fact the answer rests on."),
        Member("rule", T.Text, "The rule.", "\"INJ-001\""),
        Member("citation", T.Text, "On whose authority."),
        Member("citationUrl", T.Text, "Where the authority can be read.", orNull: true),
        Member("at", T.Text, "JSON pointer into the encounter."));

    internal static readonly T FindingType = T.Object("finding", FindingFields);

    static readonly FieldNames VisitFields = Written(
        Member("deltoid", T.OneOf("1"), "Version of this shape. It changes only when a member is renamed or removed."),
        Member("codeBook", T.Text, "The code book that was used.", "\"2026-10-01+starter.1\""),
        Sometimes("file", T.Text, "The input, where there were several.", "there was one input"),
        Member("claim", ClaimJson.ClaimType, "The claim: emit and scrub take it."),
        Member("lines", T.ListOf(T.Object("resultLine", LineFields)),
            "The claim's lines in short, with price and reasons."),
        Member("findings", T.ListOf(FindingType), "What is wrong or to be known."),
        Member("documentation", T.Object("documentation", DocumentationFields), "How well the visit is documented.",
            orNull: true),
        Member("trace", T.ListOf(T.Object("step", StepFields)), "How each line was decided."));

    static readonly FieldNames BoundFields = Written(
        Member("line", T.Whole, "The line."),
        Member("code", T.Text, "Its code."),
        Member("row", T.Text, "The dates of the code's row in the book.", orNull: true),
        Member("groups", Texts, "The groups the code is in."));

    static readonly FieldNames ScrubbedFields = Written(
        Sometimes("deltoid", T.OneOf("1"), "Version of this shape.", "on the first line"),
        Sometimes("codeBook", T.Text, "The code book that was used.", "on the first line"),
        Sometimes("file", T.Text, "The input, where there were several.", "there was one input"),
        Sometimes("claim", T.Text, "The claim's id (CLM01).", "it belongs to no claim", orNull: true),
        Sometimes("interchange", T.Whole, "What belongs to no claim: its interchange.", "it belongs to a claim"),
        Sometimes("group", T.Whole, "Its group.", "it belongs to a claim"),
        Sometimes("set", T.Whole, "Its set.", "it belongs to a claim"),
        Member("findings", T.ListOf(FindingType), "What is wrong or to be known; empty when clean."),
        Sometimes("trace", T.ListOf(T.Object("boundLine", BoundFields)),
            "Which rows and groups were looked at (--trace).", "not asked for"));

    static readonly FieldNames CatalogueEntryFields = Written(
        Member("name", T.Text, "The finding's name."),
        Member("rules", T.Text, "The rules it speaks for."),
        Member("citation", T.Object("citation", CitationFields), "On whose authority."),
        Member("predicts", T.ListOf(T.Object("prediction", PredictionFields)), "What the payer would say."),
        Member("page", T.Text, "Its page."));

    static readonly FieldNames CatalogueFields = Written(
        Member("deltoid", T.OneOf("1"), "Version of this shape."),
        Member("codeBook", T.Text, "The code book that was used."),
        Member("catalogue", T.MapOf(T.Object("catalogueEntry", CatalogueEntryFields)),
            "What is the same of every finding with an id; the first line of scrub --jsonl."));

    static readonly FieldNames ErrorFields = Written(
        Member("at", T.Text, "JSON pointer, or line and column."),
        Member("message", T.Text, "What is wrong."),
        Member("try", T.Text, "What to do."),
        Sometimes("also", T.ListOf(T.Open), "What else is wrong; each entry has at, message and try.", "nothing else"));

    static readonly FieldNames UnreadableFields = Written(
        Member("file", T.Text, "The input that cannot be read."),
        Member("error", T.Object("error", ErrorFields), "Why."));

    /// <summary>One object of <c>code --json</c> or of a line of <c>scrub --jsonl</c>.</summary>
    internal static readonly T ResultType = T.Either(
        T.Object("visit", VisitFields),
        T.Object("scrubbedClaim", ScrubbedFields),
        T.Object("catalogue", CatalogueFields),
        T.Object("unreadable", UnreadableFields));

}
