using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Remits;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>What a page says of one claim: it is kept only where there is something to do.</summary>
internal sealed record RemitEntry(string Claim, string Cause, string CauseWords, NextStep Step, Deadline? Deadline,
    Money AtStake, Money PatientOwes, string Asks, string Note, bool IsMatched)
{
    /// <summary>Nothing is to be done but to post it.</summary>
    public bool IsPosted => Step == NextStep.None && (Cause.Length > 0 || AtStake == Money.Zero);

    public static RemitEntry Of(Resolution of, ClaimMatch match, params ReadOnlySpan<ClaimPayment> payments)
    {
        var stake = 0L;
        foreach (var posting in of.Postings)
            if (posting.Kind is PostingKind.DenialPending or PostingKind.WriteOffProposal)
                stake += Math.Abs(posting.Amount.Cents);
        if (stake == 0 && of.Kind == AnswerKind.TakeBack)
            foreach (var payment in payments)
                if (payment.IsReversal) stake += Math.Abs(payment.Paid?.Cents ?? 0);
        var note = match.Notes.Count == 0 ? ""
            : match.Sent is null ? "not sure which claim it is: " + string.Join("; or ", match.Notes)
            : string.Join("; ", match.Notes);
        return new(of.Claim, of.Cause?.Cause ?? "", of.Cause?.Words ?? "", of.Step, of.Deadline, new(stake),
            of.PatientOwes, string.Join(", ", of.Questions.Select(static q => q.Fact.Replace('-', ' '))), note,
            match.Sent is not null);
    }
}
