using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Codes;

namespace Deltoid.Remits;

/// <summary>
/// Answers the payments of a set: each is matched to the claim as sent, and resolved with the chart, the record and the
/// terms that are known of it. Belongs to one worker.
/// </summary>
internal sealed class RemitAnswerer(CodeBook book, SentClaims sent, IReadOnlyDictionary<string, PayerTerms> terms,
    EarlierPayers earlier, DateOnly today)
{
    readonly Resolver resolver = new(book);

    /// <param name="payments">Of one claim, in the order of the set: a reversal and its correction go together.</param>
    public (Resolution Resolution, ClaimMatch Match) Answer(SurveyedSet set, params ReadOnlySpan<ClaimPayment> payments)
    {
        var (of, match) = CaseOf(set, payments);
        return (resolver.Resolve(of), match);
    }

    /// <summary>The payments of a claim, with all that is known beside them.</summary>
    public (DeniedClaim Case, ClaimMatch Match) CaseOf(SurveyedSet set, params ReadOnlySpan<ClaimPayment> payments)
    {
        var match = sent.Of(payments[^1]);
        var of = new DeniedClaim
        {
            Claim = match.Sent?.Claim, Encounter = match.Sent?.Chart, Remittance = HeadOf(set, payments[^1]),
            Terms = PayerTerms.Of(terms, match.Sent?.Claim, set.Head, set.Payer), Today = today,
        };
        if (match.Sent is { Record.Count: > 0 } known) of.Record = known.Record;
        foreach (var payment in payments) of.Payments.Add(payment);
        earlier.AddTo(of, set, payments[^1]);
        return (of, match);
    }

    /// <summary>
    /// Payments with one number in those of each claim: a practice may give several visits the same number.
    /// </summary>
    public List<List<ClaimPayment>> Group(List<ClaimPayment> payments)
    {
        var groups = new List<(SentClaim? Sent, List<ClaimPayment> Payments)>();
        foreach (var payment in payments)
        {
            var claim = sent.Of(payment).Sent;
            var at = groups.FindIndex(g => IsSame(g.Sent, g.Payments, claim, payment));
            if (at < 0) groups.Add((claim, [payment]));
            else groups[at].Payments.Add(payment);
        }
        return groups.ConvertAll(static g => g.Payments);
    }

    /// <summary>The claim as sent says it; else the payer's number, else the days.</summary>
    static bool IsSame(SentClaim? left, List<ClaimPayment> payments, SentClaim? right, ClaimPayment payment)
    {
        if (left is not null && right is not null) return left == right;
        return payments.Exists(p => p[p.PayerControl].SequenceEqual(payment[payment.PayerControl]))
            || payments.Exists(p => SentClaims.IsOfSameDay(p, payment));
    }

    /// <summary>The head of the payment, with those of its adjustments that name this claim.</summary>
    static Remittance HeadOf(SurveyedSet set, ClaimPayment payment)
    {
        if (!set.Adjustments.Exists(static a => a.Claim is not null)) return set.Bare;
        var id = payment.Text(payment.Id);
        if (!set.Adjustments.Exists(a => a.Claim == id)) return set.Bare;
        var own = set.Head.Detach();
        own.Adjustments.Clear();
        foreach (var adjustment in set.Adjustments)
            if (adjustment.Claim == id) own.Adjustments.Add(adjustment.Row);
        return own;
    }
}
