using Deltoid.Remits;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>The answer to a denied claim in sentences: why, what to do by when, what not to do, what to ask.</summary>
internal static class ResolutionPage
{
    public static void Write(Resolution of, TextPage page)
    {
        page.Line(page.Strong(Shown.Of($"claim {of.Claim}: {HeadOf(of)}")));
        if (of.Cause is { } cause)
            page.Wrap("  why: ", $"{cause.Words} {TextPage.Code($"({cause.Cause})")}");
        else page.Line("  why: no row of the specification names this reason; look at the remittance");
        var until = of.Deadline is { } deadline ? $", by {deadline.Date.Iso()} ({WordsOf(deadline)})" : "";
        page.Wrap("  do: ", of is { Step: NextStep.None, Kind: AnswerKind.Denial }
            ? "answer the questions first"
            : $"{WordsOf(of.Step)}{until}");
        foreach (var (step, when) in of.Alternatives)
            page.Wrap("  or: ", $"{WordsOf(step)}{(when.Length > 0 ? $", when {when}" : "")}");
        foreach (var change in of.Changes)
            page.Wrap("  change: ", $"{change.Op} {change.Path}{(change.Value is { } value ? $" {value}" : "")}");
        foreach (var (step, why) in of.Never)
            page.Wrap("  never: ", $"{(Steps.Words.TryRead(step, out var known) ? WordsOf(known) : step)}: {why}");
        foreach (var question in of.Questions)
            page.Wrap("  ask: ", QuestionWords.Of(question.Fact, question.Decides));
        PricePage.Write(of.Prices, page);
        if (of.PatientOwes != Money.Zero) page.Line($"  the patient owes {Dollars.Of(of.PatientOwes)} now");
        foreach (var evidence in of.Evidence)
            page.Wrap("  evidence: ", $"{evidence.Says} {TextPage.Code($"({evidence.At})")}");
        page.Line();
    }

    static string HeadOf(Resolution of) => of.Kind switch
    {
        AnswerKind.Denial => "money was withheld",
        AnswerKind.TakeBack => "money goes back",
        AnswerKind.Rejection => "refused before it was judged",
        AnswerKind.Pending => "the payer has not decided",
        _ => "no denial",
    };

    static string WordsOf(Deadline deadline) => deadline.From switch
    {
        "receipt" => $"{deadline.Days} days from receipt",
        "service" => "counted from the service date",
        "remittance" => "counted from the remittance",
        _ => $"counted from the {deadline.From.Replace('-', ' ')}",
    };

    /// <summary>A step in words for people.</summary>
    public static string WordsOf(NextStep step) => step switch
    {
        NextStep.CorrectedClaim => "send a corrected claim (frequency 7, with the payer's number)",
        NextStep.NewClaim => "send the lines as a new claim (frequency 1)",
        NextStep.Resubmit => "send the same claim again",
        NextStep.Reopening => "ask for a reopening",
        NextStep.Appeal => "appeal",
        NextStep.SendRecords => "send the records",
        NextStep.BillOtherPayer => "bill the other payer",
        NextStep.BillPatient => "bill the patient",
        NextStep.WriteOff => "write it off",
        NextStep.Refund => "give the money back",
        _ => "nothing but to post it",
    };
}
