using Deltoid.Answers;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.X12.Remittances;

/// <summary>
/// Judges a payment as a whole: takes the sums of its parts in the order of the file, and when the last one has
/// come compares
/// claims, provider adjustments and the check.
/// </summary>
internal sealed class RemittanceBalance
{
    static readonly Code InterestOwed = Code.Of("L6"), EarlyPayment = Code.Of("90");

    // by hash of CLP01: no correction has followed yet
    readonly Dictionary<ulong, (Finding Reported, byte[] Id)> reversed = [];
    readonly HashSet<int> groups = [];
    readonly RowList<Finding> repeated = new();
    // a set may be as long as it likes
    Int128 paid, adjusted, interest, discount, adjustedInterest, adjustedDiscount, explained, twinAdjusted;
    Finding firstInterest, firstDiscount, plbInterest, plbDiscount, firstPolicy, twin;
    RemittanceSums last = new();
    bool isUnknown, hasStrangeAmount;
    int claims, lines;

    /// <summary>The payment as a whole, put together from its parts. It owns its bytes.</summary>
    public Remittance Payment { get; private set; } = new();

    /// <summary>Begins a set.</summary>
    public void Begin()
    {
        Payment = new Remittance();
        reversed.Clear();
        groups.Clear();
        repeated.Clear();
        paid = 0;
        adjusted = 0;
        interest = 0;
        discount = 0;
        adjustedInterest = 0;
        adjustedDiscount = 0;
        explained = 0;
        twinAdjusted = 0;
        firstInterest = firstDiscount = plbInterest = plbDiscount = firstPolicy = twin = default;
        (isUnknown, hasStrangeAmount, claims, lines) = (false, false, 0, 0);
    }

    /// <summary>Takes what a part adds.</summary>
    /// <param name="part">The payment as the part has it.</param>
    public void Add(Remittance part, RemittanceSums sums)
    {
        if (Payment.Segments.IsEmpty) Payment = part.Detach();
        else Payment.Join(part, sums.Copied, claims);
        last = sums;
        paid += sums.Paid;
        adjusted += sums.Adjusted;
        interest += sums.Interest;
        discount += sums.Discount;
        explained += sums.Explained;
        (adjustedInterest, adjustedDiscount) = (adjustedInterest + sums.ByReason(InterestOwed),
            adjustedDiscount + sums.ByReason(EarlyPayment));
        (claims, lines, isUnknown) = (claims + sums.Claims, lines + sums.Lines, isUnknown || sums.IsUnknown);
        Keep(ref firstInterest, sums.FirstInterest);
        Keep(ref firstDiscount, sums.FirstDiscount);
        Keep(ref plbInterest, sums.AdjustedInterest);
        Keep(ref plbDiscount, sums.AdjustedDiscount);
        Keep(ref firstPolicy, sums.FirstPolicy);
        Keep(ref twin, sums.Twin);
        twinAdjusted += sums.TwinAdjusted;
        hasStrangeAmount |= sums.HasStrangeAmount;
        foreach (ref readonly var group in sums.Groups.Span)
            if (!groups.Add(group.Number)) repeated.Add(group.Reported);
        FollowReversals(sums);
    }

    static void Keep(ref Finding first, in Finding found)
    {
        if (first.Info is null) first = found;
    }

    /// <summary>
    /// A correction comes after the reversal that it replaces and has the same number of the provider's.
    /// </summary>
    void FollowReversals(RemittanceSums sums)
    {
        if (reversed.Count == 0 && sums.Reversals.Count == 0) return;
        var next = 0;
        for (var i = 0; i < sums.ClaimHashes.Count; i++)
        {
            var hash = sums.ClaimHashes[i];
            if (next < sums.Reversals.Count && sums.Reversals[next].Claim == i)
            {
                var (_, reported, id) = sums.Reversals[next++];
                reversed[hash] = (reported, id);
            }
            else reversed.Remove(hash);
        }
    }

    /// <summary>
    /// The last part has come: reports what does not add up, and counts the payment's claims and lines.
    /// </summary>
    public void Judge(FindingList findings)
    {
        (Payment.Claims, Payment.Lines) = (claims, lines);
        foreach (ref readonly var group in repeated.Span) findings.Add(group);
        if (!isUnknown && !IsPaymentTwin(findings) && !hasStrangeAmount) JudgePairs(findings);
        if (firstPolicy.Info is not null && !last.HasPolicyPage && !isUnknown) findings.Add(firstPolicy);
        foreach (var (reported, _) in reversed.Values.OrderBy(static r => r.Reported.Source.Segment))
            findings.Add(reported);
    }

    /// <summary>
    /// Claims less provider adjustments are the check; a provider adjustment that stands twice, and without which they
    /// are, is one too many: the sums of single reasons are out by it too.
    /// </summary>
    /// <returns>Whether one was one too many.</returns>
    bool IsPaymentTwin(FindingList findings)
    {
        if (last.Payment.Info is null || Payment.Amount is not { } amount) return false;
        var left = paid - adjusted - amount.Cents;
        if (left == 0 || left == -explained) return false;
        var isTwin = twin.Info is not null && left == -twinAdjusted;
        findings.Add(isTwin ? twin
            : last.Payment with { B = Arg.Of(amount), C = Cents(paid), D = Cents(adjusted) });
        return isTwin;
    }

    /// <summary>
    /// The number of the claim that a finding of <see cref="Judge"/> is about; empty of the payment as a whole.
    /// </summary>
    public ReadOnlySpan<byte> ClaimOf(in Finding finding)
    {
        if (finding.Info != RemittanceFindings.ReversalAlone) return default;
        foreach (var (reported, id) in reversed.Values)
            if (reported.Source == finding.Source) return id;
        return default;
    }

    void JudgePairs(FindingList findings)
    {
        JudgePair(RemittanceFindings.Interest, interest, -adjustedInterest, plbInterest, firstInterest, findings);
        JudgePair(RemittanceFindings.Discount, discount, adjustedDiscount, plbDiscount, firstDiscount, findings);
    }

    /// <summary>What the claims have of an amount, the provider's adjustments have too.</summary>
    static void JudgePair(FindingInfo info, Int128 ofClaims, Int128 ofProvider, in Finding provider, in Finding claim,
        FindingList findings)
    {
        var at = provider.Info is null ? claim : provider;
        if (ofClaims == ofProvider || at.Info is null) return;
        findings.Add(at with { Info = info, Severity = info.Severity, C = Cents(ofClaims), D = Cents(ofProvider) });
    }

    static Arg Cents(Int128 cents) => Arg.Of(new Money((long)Int128.Clamp(cents, long.MinValue, long.MaxValue)));
}
