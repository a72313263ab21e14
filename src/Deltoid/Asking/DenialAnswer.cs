using System.Globalization;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>What a payer's reasons and remarks mean, why they come, what to do about them and what never.</summary>
internal static class DenialAnswer
{
    public static ReplyKind? Answer(Inquiry asked, IntentRow row, ReplyDraft draft)
    {
        SayPremise(asked, draft);
        foreach (var id in row.Rules) SayDenial(id, draft);
        if (asked.Reasons.Count == 0) return draft.IsEmpty ? null : Asked(row, draft);
        foreach (var reason in asked.Reasons.Take(3)) SayReason(asked, reason, draft, row.Rules.Length == 0);
        if (asked.Reasons.All(static reason => reason.Kind != ReasonKind.Rarc)
            && asked.Has("carc:16")) draft.Ask("remark");
        if (asked.Reasons.Exists(static reason => reason.Denial == OfLimits)) SayLimits(asked, draft);
        foreach (var code in asked.Codes) CodeAnswer.SayParents(asked, code, draft);
        if (asked.Reasons.Exists(static reason => reason.Code == OfPart)) PairAnswer.SayAll(asked, draft);
        if (asked.Reasons.Exists(static reason => reason.Denial == OfWaste) && asked.Has("is:DrugCode"))
            draft.SayRule("INJ-095").SayRule("INJ-096").Ask("container");
        return Asked(row, draft);
    }

    /// <summary>The reason that a service is part of another one; the rows of the denials that are about units above a
    /// limit, about waste and about what was paid too much.</summary>
    const string OfPart = "97", OfLimits = "DN-5", OfWaste = "DN-9", Overpaid = "DN-31";

    /// <summary>What is wrong with the line that was denied, by what the question says of it: an ended code, other
    /// units than the dose makes.</summary>
    static void SayPremise(Inquiry asked, ReplyDraft draft)
    {
        CodeAnswer.SayEnded(asked, draft);
        DrugAnswer.SayDoses(asked, draft);
    }

    static void SayLimits(Inquiry asked, ReplyDraft draft)
    {
        foreach (var code in asked.Codes)
            if (asked.Book.TryCode(code, asked.Day, out _)) LimitAnswer.Say(asked, code, draft);
        if (asked.Codes.Count == 0) LimitAnswer.SayOfShots(asked, draft);
    }

    /// <summary>The honest way out of a denial, after a wish was refused.</summary>
    public static void SayWay(Inquiry asked, ReplyDraft draft)
    {
        if (asked.Has("overpaid-word") && RuleBook.Shipped.Find(Overpaid) is { } paid)
            draft.SayOf(paid, "do", paid["do"]);
        foreach (var reason in asked.Reasons.Take(1))
            if (RuleBook.Shipped.Find(reason.Denial) is { } rule) draft.SayOf(rule, "do", rule["do"]);
    }

    static ReplyKind Asked(IntentRow row, ReplyDraft draft)
    {
        foreach (var ask in row.Asks) draft.Ask(ask);
        return ReplyKind.Answer;
    }

    /// <param name="isOpen">Whether no row of the denials was said yet.</param>
    static void SayReason(Inquiry asked, Reason reason, ReplyDraft draft, bool isOpen)
    {
        var name = reason.Kind switch { ReasonKind.Carc => "CARC ", ReasonKind.Rarc => "remark ", _ => "group " }
            + reason.Code;
        var source = reason.Kind == ReasonKind.Rarc ? "RARC24" : "CARC24";
        draft.State(name, "reason", $"{reason.Label} {reason.Meaning} {reason.Do}", reason.Dates, source)
            .CiteTable(source, reason.Code);
        if (reason.Code == "29" && asked.Payer is PayerKind.Medicare) SayMedicareLimit(asked, draft);
        draft.Say($"{Capital(name)}: {reason.Label}. {reason.Meaning} {reason.Do}");
        // a remark says more than its reason, and an unprocessable claim is none of the denials
        var isSaidBetter = reason.Kind == ReasonKind.Carc
            && asked.Reasons.Exists(static r => r.Kind == ReasonKind.Rarc);
        if (isOpen && reason.Denial.Length > 0 && !isSaidBetter
            && !reason.Label.StartsWith("Unprocessable", StringComparison.Ordinal))
            SayDenial(reason.Denial, draft);
    }

    public static ReplyKind? Unknown(Inquiry asked, IntentRow row, ReplyDraft draft)
    {
        foreach (var code in asked.UnknownReasons) draft.FromQuestion("reason", code);
        draft.Say($"Reason {string.Join(", ", asked.UnknownReasons)} is not among the reasons and remarks that I know: I looked in the published lists "
            + "that injection claims meet. Check the number on the remittance").CiteTable("CARC24", "list of reasons");
        draft.Ask("reason").Ask("remark");
        return ReplyKind.Unknown;
    }

    static string Capital(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    /// <summary>The limit of Medicare against the months of the question.</summary>
    static void SayMedicareLimit(Inquiry asked, ReplyDraft draft)
    {
        draft.SayRule("INJ-237");
        if (asked.Months is not { } months) return;
        var text = months.ToString(CultureInfo.InvariantCulture);
        draft.FromQuestion("months", text).Say(months > 12
            ? $"{text} months is past it: without proof of an earlier filing that was accepted, write it off"
            : $"{text} months is within one year of the service: show when it was accepted");
    }

    /// <summary>A row of the denials: what to do, and what never; a patient is named only as one who does not
    /// pay.</summary>
    static void SayDenial(string id, ReplyDraft draft)
    {
        if (RuleBook.Shipped.Find(id) is not { } rule) return;
        draft.SayOf(rule, "causes", rule["causes"].Length > 0 ? "Usual causes: " + Small(rule["causes"]) : "");
        draft.SayOf(rule, "do", rule["do"]);
        draft.SayOf(rule, "never", Softened(rule["never"]));
    }

    /// <summary>Read in haste, "bill the patient" without its "never" does harm.</summary>
    public static string Softened(string never) =>
        never.Replace("Never bill the patient", "The patient is not billed", StringComparison.Ordinal);

    static string Small(string text) => text.Length > 1
        && char.IsUpper(text[1]) ? text : char.ToLowerInvariant(text[0]) + text[1..];
}
