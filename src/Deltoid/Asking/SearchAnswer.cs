namespace Deltoid.Asking;

/// <summary>Questions that no other row answers: the rules and pages whose words fit best, when they fit well
/// enough.</summary>
internal static class SearchAnswer
{
    const int MostRules = 2;

    public static ReplyKind? Answer(Inquiry asked, IntentRow row, ReplyDraft draft)
    {
        var hits = RuleSearch.Shipped.Find(asked.Text);
        if (hits.Count == 0) return null;
        draft.Say(row.Lead);
        foreach (var hit in hits.Take(MostRules))
            if (hit.Score * 10 >= hits[0].Score * 7) Say(hit, draft);
        return ReplyKind.Answer;
    }

    static void Say(RuleHit hit, ReplyDraft draft)
    {
        if (hit.Finding is { } finding) draft.SayPage(finding, hit.Text);
        if (hit.Rule is not { } rule) return;
        draft.SayRule(rule.Id);
        if (rule["do"].Length > 0) draft.SayOf(rule, "do", rule["do"]);
    }
}
