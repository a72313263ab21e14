using Deltoid.Codes;
using Deltoid.Coding;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>Two or more codes on one day: what the NCCI pairs of the day say of each two.</summary>
internal static class PairAnswer
{
    const int MostCodes = 4;

    public static ReplyKind? Answer(Inquiry asked, IntentRow row, ReplyDraft draft)
    {
        if (ServicesOf(asked).Count is < 2 or > MostCodes) return null;
        CodeAnswer.SayEnded(asked, draft);
        SayAll(asked, draft);
        foreach (var rule in row.Rules) draft.SayRule(rule);
        return draft.IsEmpty ? null : ReplyKind.Answer;
    }

    /// <summary>Each two services of the question; nothing where there are too few or too many.</summary>
    public static void SayAll(Inquiry asked, ReplyDraft draft)
    {
        var codes = ServicesOf(asked);
        if (codes.Count > MostCodes) return;
        for (var i = 0; i < codes.Count; i++)
            for (var j = i + 1; j < codes.Count; j++) Say(asked, codes[i], codes[j], draft);
    }

    static List<Code> ServicesOf(Inquiry asked) => asked.Codes.FindAll(code =>
        asked.Book.TryCode(code, asked.Day, out var found) && found.Kind == CodeKind.Procedure);

    /// <summary>A nurse's visit beside a shot.</summary>
    public static void SayNurseVisit(Inquiry asked, ReplyDraft draft)
    {
        foreach (var code in asked.Codes)
            if (Is(asked, code, Group.NurseVisit)) Say(asked, Known.Injection, code, draft);
    }

    public static void Say(Inquiry asked, Code left, Code right, ReplyDraft draft)
    {
        var hospital = asked.Has("hospital-side");
        if (asked.Book.TryPair(left, right, asked.Day, hospital, out var row)) SayPair(asked, left, right, row, draft);
        else if (asked.Book.TryPair(right, left, asked.Day, hospital, out row)) SayPair(asked, right, left, row, draft);
        else SayNone(asked, left, right, draft);
    }

    static void SayPair(Inquiry asked, Code one, Code two, in PairRow row, ReplyDraft draft)
    {
        draft.State($"{one} + {two}", "NCCI pair", $"column 1 {one}, column 2 {two}, indicator {row.Indicator}",
            row.Dates, row.Source);
        foreach (var modifier in asked.Modifiers) draft.FromQuestion("modifier", modifier.ToString());
        if (row.Indicator == 0)
        {
            draft.Say($"No: {two} is never paid beside {one} on one day by one practitioner. The NCCI pair has indicator 0, so no modifier opens it").CiteRule("INJ-161");
            if (Is(asked, two, Group.NurseVisit)) draft.SayRule("INJ-071");
            CodeAnswer.SayRuleOf(one, two, draft);
            return;
        }
        if (row.Indicator != 1) return;
        if (Is(asked, two, Group.Visit | Group.PreventiveVisit)) SayVisit(asked, one, two, draft);
        else if (Is(asked, one, Group.Visit) && !Is(asked, two, Group.Visit)) SayVisit(asked, two, one, draft);
        else
        {
            draft.Say($"Only with a modifier that is true: {two} is paid as part of {one} (NCCI pair, indicator 1). "
                + $"When it was separate and charted so, {two} takes the most exact of XE, XS, XP and XU, else 59; if not, bill {one} alone");
            foreach (var text in (ReadOnlySpan<string>)["XE", "XS", "XP", "XU", "59"]) draft.Reckoned(
                text, "modifier", text);
            draft.CiteTable("MOD26", "XE, XS, XP, XU").CiteRule("INJ-140").CiteRule("INJ-161").Ask("distinct");
        }
    }

    static void SayVisit(Inquiry asked, Code service, Code visit, ReplyDraft draft)
    {
        draft.Reckoned("25", "modifier", "25");
        draft.Say($"Only with modifier 25 on {visit} (NCCI pair with {service}, indicator 1), and only when the visit has a note of its own");
        draft.SayRule("INJ-073").CiteRule("INJ-072").Ask("note");
        if (Is(asked, visit, Group.FacilityVisit)) draft.SayRule("INJ-170");
    }

    static void SayNone(Inquiry asked, Code left, Code right, ReplyDraft draft)
    {
        if (!IsKnown(asked, left) && !IsKnown(asked, right))
        {
            draft.Say($"This code book does not hold the NCCI pairs of {left} with {right}: they are not known here");
            State(asked, left, right, "not in this code book", draft);
            return;
        }
        State(asked, left, right, "no pair", draft);
        draft.Say(Spanish.Sentence(asked, "no-pair",
            $"{left} and {right} have no NCCI pair on this day, so NCCI asks for no modifier; payers may have rules of their own",
            left, right));
        draft.CiteRule("INJ-161");
    }

    static void State(Inquiry asked, Code left, Code right, string value, ReplyDraft draft) =>
        draft.State($"{left} + {right}", "NCCI pair", value, DateRange.Of(asked.Day), "PTP24")
            .CiteTable("PTP26", $"{left}, {right}");

    static bool IsKnown(Inquiry asked, Code code) => asked.Book.HasAllPairs(asked.Has("hospital-side"))
        || Is(asked, code, Group.PairsKnown);

    static bool Is(Inquiry asked, Code code, CodeGroups groups) =>
        asked.Book.TryCode(code, asked.Day, out var row) && row.Groups.HasAny(groups);
}
