using Deltoid.Answers;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>
/// What other payers decided before on claims that a later payer answers: of the files at hand, and only of these
/// claims.
/// </summary>
internal sealed class EarlierPayers
{
    readonly Dictionary<ulong, List<(SurveyedSet Set, ClaimPayment Payment)>> byId = [];

    /// <summary>Keeps a payment of a claim by its number (<see cref="ContentHash.OfNumber"/>).</summary>
    /// <param name="payment">Owns its bytes.</param>
    public void Add(ulong id, SurveyedSet set, ClaimPayment payment)
    {
        if (!byId.TryGetValue(id, out var payments)) byId[id] = payments = [];
        payments.Add((set, payment));
    }

    /// <summary>
    /// Gives a case of a later payer the last decision of each payer before it: on a claim of the same number, charge
    /// and days.
    /// </summary>
    public void AddTo(DeniedClaim of, SurveyedSet set, ClaimPayment payment)
    {
        if (byId.Count == 0 || !payment.IsOfLaterPayer
            || !byId.TryGetValue(ContentHash.OfNumber(payment[payment.Id]), out var known))
            return;
        foreach (var payer in known.Where(k => k.Set.PayerKey != set.PayerKey && k.Payment.Charge == payment.Charge
            && SentClaims.IsOfSameDay(k.Payment, payment)).GroupBy(static k => k.Set.PayerKey))
        {
            var (from, prior) = payer.OrderBy(static k => k.Set.Day).Last();
            of.PriorRemittance = from.Bare;
            of.PriorPayments.Add(prior);
        }
    }
}
