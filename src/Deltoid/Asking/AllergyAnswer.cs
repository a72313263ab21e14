using Deltoid.Coding;

namespace Deltoid.Asking;

/// <summary>Allergen shots: their codes, and a drug that is given beside them on the day.</summary>
internal static class AllergyAnswer
{
    /// <summary>Null where the allergen only says why another drug, whose dose is said, was given.</summary>
    public static ReplyKind? Answer(Inquiry asked, IntentRow row, ReplyDraft draft)
    {
        var isBeside = asked.Drugs.Exists(static drug => !DrugAnswer.IsBeside(drug));
        if (isBeside && (asked.Has("is:DrugCode") || asked.Has("waste-word") || asked.Has("units-word"))) return null;
        foreach (var rule in row.Rules) draft.SayRule(rule);
        if (isBeside || asked.Has("code:96372")) PairAnswer.Say(asked, Known.AllergenMore, Known.Injection, draft);
        return ReplyKind.Answer;
    }
}
