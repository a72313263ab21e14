namespace Deltoid.Asking;

/// <summary>
/// What answers the rows of intents.tsv, by name. An answerer that cannot answer gives null, and the next row is tried.
/// </summary>
internal static class Answerers
{
    public static readonly (string Name, Func<Inquiry, IntentRow, ReplyDraft, ReplyKind?> Answer)[] All =
    [
        ("rules", RuleAnswer.Answer), ("refuse", RuleAnswer.Refuse), ("unknown", RuleAnswer.Unknown),
        ("ask", RuleAnswer.Ask), ("unexplained", RuleAnswer.Unexplained), ("drug", DrugAnswer.Answer),
            ("code", CodeAnswer.Answer),
        ("not-a-code", CodeAnswer.NotACode), ("pair", PairAnswer.Answer), ("modifier", ModifierAnswer.Answer),
        ("unknown-modifier", ModifierAnswer.Unknown), ("route-modifier", ModifierAnswer.Route), ("both-sides", ModifierAnswer.Both), ("limit", LimitAnswer.Answer),
            ("price", PriceAnswer.Answer),
        ("future", PriceAnswer.Future), ("factor", PriceAnswer.Factor), ("denial", DenialAnswer.Answer),
            ("unknown-reason", DenialAnswer.Unknown),
        ("infusion", InfusionAnswer.Answer), ("vaccine", VaccineAnswer.Answer), ("vaccines", VaccineAnswer.Several),
            ("ndc", NdcAnswer.Answer),
        ("diagnosis", DiagnosisAnswer.Answer), ("support", DiagnosisAnswer.Support),
        ("charting", ChartingAnswer.Answer), ("place", PlaceAnswer.Answer),
        ("after-video", PlaceAnswer.AfterVideo), ("search", SearchAnswer.Answer),
        ("changed", ChangedAnswer.Answer), ("clock", ClockAnswer.Answer), ("global", CodeAnswer.Global),
        ("allergy", AllergyAnswer.Answer),
    ];

    public static Func<Inquiry, IntentRow, ReplyDraft, ReplyKind?>? Find(string name) =>
        Array.Find(All, each => each.Name == name).Answer;
}
