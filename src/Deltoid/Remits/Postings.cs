using Deltoid.Answers;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>
/// What is posted to the account: payment and adjustments of each line come to its charge. A reversal has its own
/// signs, so that it undoes what was posted; what is taken or added for the payment as a whole counts as it moves the
/// check.
/// </summary>
internal static class Postings
{
    static readonly Code ContractReduction = Code.Of("45"), First = Code.Of("23"), Interest = Code.Of("I"),
        InterestOwed = Code.Of("L6");

    /// <param name="items">What came back, with what is taken back.</param>
    public static void Add(Resolution resolution, Situation at, List<CauseItem> items)
    {
        AddPayments(resolution, at);
        var patient = Money.Zero;
        var left = at.Of.Payments.Select(p => LeftAfterPayers(at.Of, p)).ToArray();
        foreach (var item in items)
        {
            if (!item.IsAdjustment || item.Adjustment.Amount is not { } amount) continue;
            var kind = KindOf(item);
            if (kind == PostingKind.Patient && !at.Of.Payments[item.Payment].IsReversal && !GoesBack(items, item))
                patient += amount;
            if (item.Row is { Cause: Underpaid }) amount -= AddAgreed(resolution, at, item, amount);
            if (kind == PostingKind.Contractual && item.Adjustment.Reason == ContractReduction
                && at.Of.PriorPayments.Count > 0)
                Split(resolution, at, item, amount, ref left[item.Payment]);
            else if (kind != PostingKind.None) Add(resolution, at, item, kind, amount);
        }
        AddOfProvider(resolution, at, items);
        resolution.PatientOwes = Patients.Share(at, patient);
    }

    const string Underpaid = "DN-23";

    /// <summary>Of a reduction that is too large, what the price does allow is contractual.</summary>
    static Money AddAgreed(Resolution resolution, Situation at, CauseItem item, Money amount)
    {
        at.Look(item.Payment, item.PaidLine, item.Sent, item.Index, item.Adjustment);
        if (Questions.Shortfall(at) is not { } missing || !(missing < amount)) return Money.Zero;
        Add(resolution, at, item, PostingKind.Contractual, amount - missing);
        return amount - missing;
    }

    /// <summary>The line was paid too much: what the patient owes of it is not known before it is put right.</summary>
    static bool GoesBack(List<CauseItem> items, CauseItem item) =>
        items.Exists(i => i.Reason == CauseTable.PaidLine && i.Payment == item.Payment && i.PaidLine == item.PaidLine
            && i.Row is { Kind: AnswerKind.TakeBack } && i.Step is NextStep.Refund or NextStep.CorrectedClaim);

    static void AddPayments(Resolution resolution, Situation at)
    {
        foreach (var payment in at.Of.Payments)
        {
            var rest = payment.Paid ?? Money.Zero; // of the claim as a whole: what no line was paid
            var matched = LineMatch.Of(at.Of.Claim, payment);
            for (var line = 1; line <= payment.Lines.Length; line++)
            {
                if (payment.Lines[line - 1].Paid is not { } paid || paid == Money.Zero) continue;
                var number = matched[line - 1] is >= 0 and var sent ? at.Of.Claim!.Lines[sent].Number : line;
                resolution.Postings.Add(new(number, PostingKind.Payment, default, default, paid));
                rest -= paid;
            }
            if (rest != Money.Zero)
                resolution.Postings.Add(new(0, PostingKind.Payment, default, default, rest));
            if (payment.Amount(Interest) is { } interest && interest != Money.Zero)
                resolution.Postings.Add(new(0, PostingKind.Interest, default, InterestOwed, interest));
        }
    }

    static void Add(Resolution resolution, Situation at, CauseItem item, PostingKind kind, Money amount) =>
        resolution.Postings.Add(new(item.Sent >= 0 ? at.Of.Claim!.Lines[item.Sent].Number : item.PaidLine, kind,
            item.Adjustment.Group, item.Adjustment.Reason, amount));

    /// <summary>
    /// Of a later payer's reduction only what still balances the account is ours; the rest repeats what was taken.
    /// </summary>
    static void Split(Resolution resolution, Situation at, CauseItem item, Money amount, ref Money left)
    {
        var sign = at.Of.Payments[item.Payment].IsReversal ? -1 : 1;
        var own = left < amount * sign ? left : amount * sign;
        if (own < Money.Zero) own = Money.Zero;
        left -= own;
        if (own != Money.Zero) Add(resolution, at, item, PostingKind.Contractual, own * sign);
        if (amount - (own * sign) is var repeated && repeated != Money.Zero)
            Add(resolution, at, item, PostingKind.PriorPayer, repeated);
    }

    /// <summary>
    /// What is left of the charge for a reduction of this payer: after what the payers before it paid and took off, and
    /// after all else of this one. Of a reversal it is what was left when it was paid.
    /// </summary>
    public static Money LeftAfterPayers(DeniedClaim of, ClaimPayment payment)
    {
        if (of.PriorPayments.Count == 0) return Money.Zero;
        var left = (payment.Charge ?? Money.Zero) - (payment.Paid ?? Money.Zero);
        foreach (var adjustment in All(payment))
            if (adjustment.Reason != ContractReduction && adjustment.Reason != First)
                left -= adjustment.Amount ?? Money.Zero;
        if (payment.IsReversal) left = Money.Zero - left;
        foreach (var prior in of.PriorPayments)
        {
            left -= prior.Paid ?? Money.Zero;
            foreach (var adjustment in All(prior))
                if (adjustment.Group != Adjustment.Patient) left -= adjustment.Amount ?? Money.Zero;
        }
        return left;
    }

    /// <summary>The adjustments of a claim and of its lines.</summary>
    static List<Adjustment> All(ClaimPayment payment)
    {
        var all = new List<Adjustment>();
        for (var line = 0; line <= payment.Lines.Length; line++) all.AddRange(payment.Adjustments.Of(line));
        return all;
    }

    /// <summary>PLB: what it takes from the check is negative here. Interest that a claim states itself is posted
    /// once.</summary>
    static void AddOfProvider(Resolution resolution, Situation at, List<CauseItem> items)
    {
        var isStated = resolution.Postings.Exists(static p => p.Kind == PostingKind.Interest);
        foreach (var item in items)
        {
            if (!item.IsOfProvider || item.Adjustment.Amount is not { } amount || item.Row is not { } row) continue;
            if (row.Posting == PostingKind.None || (row.Posting == PostingKind.Interest && isStated)) continue;
            resolution.Postings.Add(new(0, row.Posting, default, item.Adjustment.Reason, Money.Zero - amount));
        }
    }

    static PostingKind KindOf(CauseItem item) => item.Row is not { } row ? PostingKind.DenialPending
        : row.Posting != PostingKind.None ? row.Posting
        : row.Kind is AnswerKind.NotADenial or AnswerKind.Pending ? PostingKind.None
        : item.Step switch
        {
            NextStep.WriteOff => PostingKind.WriteOffProposal,
            NextStep.BillPatient => PostingKind.Patient,
            _ => PostingKind.DenialPending,
        };
}
