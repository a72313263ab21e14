using Deltoid.Coding;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>Allergen shots: their codes, and a drug that is given beside them on the day.</summary>
internal static class AllergyAnswer
{
    /// <summary>Null where the allergen only says why another drug, whose dose is said, was given.</summary>
    public static ReplyKind? Answer(Inquiry asked, IntentRow row, ReplyDraft draft)
    {
        var isBeside = asked.Drugs.Exists(static drug => !DrugAnswer.IsBeside(drug));
        if (isBeside && !asked.Has("rapid-desens")
            && (asked.Has("is:DrugCode") || asked.Has("waste-word") || asked.Has("units-word"))) return null;
        if (asked.ClaimedUnits > 1 && asked.Has("is:AllergenInjection")) draft.Say("No, one unit:");
        foreach (var rule in row.Rules) draft.SayRule(rule);
        if (asked.Has("rapid-desens")) return SayHours(asked, draft);
        if (isBeside || asked.Has("code:96372")) PairAnswer.Say(asked, Known.AllergenMore, Known.Injection, draft);
        return ReplyKind.Answer;
    }

    /// <summary>Rapid desensitization: a unit for each hour; parts of an hour are left open.</summary>
    static ReplyKind? SayHours(Inquiry asked, ReplyDraft draft)
    {
        draft.Ask("minutes");
        if (asked.Doubts.Count > 0 || asked.Minutes is not > 0 || asked.Minutes % 60 != 0) return ReplyKind.Answer;
        var units = $"{asked.Minutes / 60}";
        draft.Reckoned("95180", "units", units).Say($"{units} hours: 95180 x {units}");
        LimitAnswer.Say(asked, Code.Of("95180"), draft);
        return ReplyKind.Answer;
    }
}
