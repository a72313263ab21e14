using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Remits;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>What a page says of one claim: it is kept only where there is something to do.</summary>
/// <param name="Reason">What the payer wrote: <c>CO-197</c>.</param>
/// <param name="Asks">What is to be found out first, and what it decides.</param>
/// <param name="Note">In what the payment differs from the claim as sent.</param>
internal sealed record RemitEntry(string Claim, AnswerKind Kind, string Cause, string CauseWords, string Reason,
    NextStep Step, Deadline? Deadline, Money AtStake, Money PatientOwes, string Asks, string Note, bool IsMatched)
{
    /// <summary>Its lines against the contract of the payer; null where that was not asked.</summary>
    public PricedClaim? Priced { get; init; }

    /// <summary>
    /// Nothing is to be done but to post it: no money is held back, and of money that goes back nothing is asked.
    /// </summary>
    public bool IsPosted => Step == NextStep.None && Kind != AnswerKind.Pending
        && (AtStake == Money.Zero || (Kind == AnswerKind.TakeBack && Asks.Length == 0));

    public static RemitEntry Of(Resolution of, ClaimMatch match, params ReadOnlySpan<ClaimPayment> payments)
    {
        var note = match.Notes.Count == 0 ? ""
            : match.Sent is null ? "not sure which claim it is: " + string.Join("; or ", match.Notes)
            : string.Join("; ", match.Notes);
        return new(of.Claim, of.Kind, of.Cause?.Cause ?? "", of.Cause?.Words ?? "",
            of.Evidence.Find(static e => e.Fact == "remittance")?.Says ?? "", of.Step, of.Deadline,
            StakeOf(of, payments), of.PatientOwes,
            string.Join(", ", of.Questions.Select(AskOf)),
            note, match.Sent is not null);
    }

    /// <summary><c>filing proof (decides: an appeal or nothing to do)</c>.</summary>
    static string AskOf(OpenQuestion question) =>
        $"{QuestionWords.FactOf(question.Fact)} (decides: {QuestionWords.DecidedBy(question.Decides)})";

    /// <summary>The money that is held back, taken back or to be had from someone else.</summary>
    static Money StakeOf(Resolution of, ReadOnlySpan<ClaimPayment> payments)
    {
        var stake = 0L;
        foreach (var posting in of.Postings)
            if (posting.Kind is PostingKind.DenialPending or PostingKind.WriteOffProposal)
                stake += Math.Abs(posting.Amount.Cents);
        var isTakenBack = stake == 0 && of.Kind == AnswerKind.TakeBack;
        foreach (var payment in payments)
            if (isTakenBack && payment.IsReversal)
                stake += Math.Abs(payment.Paid?.Cents ?? 0);
            else if (of.Kind == AnswerKind.Pending) stake += (payment.Charge?.Cents ?? 0) - (payment.Paid?.Cents ?? 0);
        return new(of.Step == NextStep.BillPatient ? stake + of.PatientOwes.Cents : stake);
    }
}
