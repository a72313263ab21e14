using Deltoid.Remits;

namespace Deltoid.Results;

/// <summary>What a payer's answer leaves open, in words: what is asked, and what hangs on it.</summary>
static class QuestionWords
{
    const string LastDay = "the last day for ";

    /// <summary><c>eligibility result? It decides: an appeal or nothing to do.</c></summary>
    public static string Of(string fact, string decides) => $"{FactOf(fact)}? It decides: {DecidedBy(decides)}.";

    public static string FactOf(string fact) => fact == "terms" ? "the payer's terms" : fact.Replace('-', ' ');

    /// <summary>The same on screens: <c>whether the plan was active that day</c>.</summary>
    public static string LabelOf(string fact) =>
        fact == "terms" ? FactOf(fact) : Letters.FactStatements.Shipped.LabelOf(fact);

    public static string DecidedBy(string decides) => decides.StartsWith(LastDay, StringComparison.Ordinal)
        ? LastDay + NounOf(decides[LastDay.Length..])
        : string.Join(" or ", decides.Split(" or ").Select(NounOf));

    static string NounOf(string text) => !Steps.Words.TryRead(text, out var step) ? text : step switch
    {
        NextStep.CorrectedClaim => "a corrected claim",
        NextStep.NewClaim => "a new claim",
        NextStep.Resubmit => "the same claim again",
        NextStep.Reopening => "a reopening",
        NextStep.Appeal => "an appeal",
        NextStep.SendRecords => "sending the records",
        NextStep.BillOtherPayer => "a bill to the other payer",
        NextStep.BillPatient => "a bill to the patient",
        NextStep.WriteOff => "a write-off",
        NextStep.Refund => "a refund",
        _ => "nothing to do",
    };
}
