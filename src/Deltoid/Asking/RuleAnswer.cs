using Deltoid.Rules;

namespace Deltoid.Asking;

/// <summary>Answers that are rules said one after another, and those that decline.</summary>
internal static class RuleAnswer
{
    public static ReplyKind? Answer(Inquiry asked, IntentRow row, ReplyDraft draft) =>
        Say(asked, row, draft, ReplyKind.Answer);

    /// <summary>Why not, and what is true of it: the limit of what was counted, the honest way out of a denial, the
    /// units of the dose, the code for giving the drug.</summary>
    public static ReplyKind? Refuse(Inquiry asked, IntentRow row, ReplyDraft draft)
    {
        Decline(asked, row, draft, ReplyKind.Refuse);
        DenialAnswer.SayWay(asked, draft);
        if (asked.Has("mod") || asked.Has("wish:split")) LimitAnswer.SayOfShots(asked, draft);
        DrugAnswer.SayTrue(asked, draft);
        if (asked.Has("mod:25")) draft.SayRule("INJ-073");
        if (asked.Has("no-stop")) draft.SayRule("INJ-053");
        if (asked.Has("is:NurseVisit")) PairAnswer.SayNurseVisit(asked, draft);
        return ReplyKind.Refuse;
    }

    public static ReplyKind? Unknown(Inquiry asked, IntentRow row, ReplyDraft draft) =>
        Decline(asked, row, draft, ReplyKind.Unknown);

    /// <summary>A word that nothing here explains: what it is must be said in another way.</summary>
    public static ReplyKind? Unexplained(Inquiry asked, IntentRow row, ReplyDraft draft)
    {
        if (SayCodesOf(asked, draft)) return ReplyKind.Answer;
        var words = string.Join(", ", PlaceWords.Unexplained(asked).Select(static word => $"\"{word}\""));
        draft.Say($"I do not know {words}: no drug, vaccine, code or rule here is called so. {row.Lead}");
        foreach (var id in row.Rules) draft.CiteRule(id);
        return ReplyKind.Unknown;
    }

    /// <summary>Drug codes in force whose published label has the word: a drug that our tables do not list by
    /// name.</summary>
    static bool SayCodesOf(Inquiry asked, ReplyDraft draft)
    {
        foreach (var word in PlaceWords.Unexplained(asked))
            foreach (var hit in asked.Book.Search.Find(word, asked.Day, MostFound))
            {
                if (!hit.IsInForce || hit.Code.IsNone || !"JQ".Contains(hit.Code[0], StringComparison.Ordinal)
                    || asked.Book.Id(hit.Code) < 0 // a diagnosis
                    || !IsNamed(hit.Label, word))
                    continue;
                DrugAnswer.StateCode(asked, hit.Code, draft);
                draft.State(hit.Code.ToString(), "label", hit.Label, hit.Dates, "HCP26")
                    .Say($"{hit.Code}: {hit.Label}");
            }
        return !draft.IsEmpty;
    }

    const int MostFound = 4;

    /// <summary>The label begins with the word, or with a form and the word: it names the drug by it.</summary>
    static bool IsNamed(string label, string word) =>
        Begins(label, word) || Begins(label, "Injection, " + word);

    /// <summary>A whole word: "chole" names no choledochal cyst.</summary>
    static bool Begins(string label, string words) => label.StartsWith(words, StringComparison.OrdinalIgnoreCase)
        && (label.Length == words.Length || !char.IsAsciiLetter(label[words.Length]));

    public static ReplyKind? Ask(Inquiry asked, IntentRow row, ReplyDraft draft) =>
        Say(asked, row, draft, ReplyKind.Ask);

    static ReplyKind? Say(Inquiry asked, IntentRow row, ReplyDraft draft, ReplyKind kind)
    {
        draft.SayLead(row);
        foreach (var id in row.Rules) draft.SayOrNever(id);
        foreach (var ask in row.Asks) draft.Ask(ask);
        return kind;
    }

    /// <summary>The lead says why; of a denial's row what never to do is said, other rules are only cited, as all are to
    /// a question in Spanish.</summary>
    static ReplyKind? Decline(Inquiry asked, IntentRow row, ReplyDraft draft, ReplyKind kind)
    {
        draft.SayLead(row);
        foreach (var id in row.Rules)
            if (!asked.IsSpanish && RuleBook.Shipped.Find(id)?["never"].Length > 0) draft.SayOrNever(id);
            else draft.CiteRule(id);
        foreach (var ask in row.Asks) draft.Ask(ask);
        return kind;
    }
}
