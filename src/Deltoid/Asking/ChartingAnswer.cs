using Deltoid.Rules;

namespace Deltoid.Asking;

/// <summary>What must be charted: the rows of documentation.tsv that always hold, and those that the question
/// brings.</summary>
internal static class ChartingAnswer
{
    /// <summary>Rows that hold only for some injections, and the feature that says so.</summary>
    static readonly (string Rule, string Feature)[] Conditional =
    [
        ("D-13", "payer:medicare"), ("D-11", "payer:medicaid"), ("D-19", "payer:medicare"), ("D-25", "count"),
        ("D-26", "visit-word"), ("D-26", "is:Visit"), ("D-27", "minutes"), ("D-27", "route:iv-infusion"),
        ("D-27", "route:iv-push"), ("D-27", "is:InitialInfusion"), ("D-28", "is:JointInjection"),
            ("D-28", "joint-word"),
        ("D-31", "vaccine"), ("D-31", "vaccine-word"), ("D-32", "waste-word"), ("D-13", "waste-word"),
            ("D-36", "source-word"),
        ("D-30", "drug:naltrexone extended-release"), ("D-29", "auth-word"), ("D-35", "mod:GC"),
    ];

    public static ReplyKind? Answer(Inquiry asked, IntentRow row, ReplyDraft draft)
    {
        draft.SayLead(row);
        foreach (var rule in RuleBook.Shipped.Rules)
            if (rule["weight"] is "knock-out" or "major"
                || Array.Exists(Conditional, each => each.Rule == rule.Id && asked.Has(each.Feature)))
                draft.SayRule(rule.Id);
        foreach (var rule in row.Rules) draft.SayRule(rule);
        return ReplyKind.Answer;
    }
}
