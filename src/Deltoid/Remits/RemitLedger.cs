using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>
/// What was received, in the order of the payments' days: it knows a payment that comes again, however it is wrapped or
/// split, and follows balances that are carried over to later payments. Sets that are not posted are not received.
/// </summary>
internal sealed class RemitLedger
{
    /// <summary>What came under one number of one payer on one day.</summary>
    sealed class Received
    {
        public readonly Dictionary<ulong, int> Contents = [];
        public readonly HashSet<ulong> Ids = [];
        public readonly HashSet<(DateOnly Day, Money Amount)> Heads = [];
        public readonly HashSet<ulong> Rows = [];
    }

    /// <summary>A balance that was carried over, and what of it has not come back.</summary>
    sealed class Carried(SurveyedSet from, MeantAdjustment row, Money left)
    {
        public SurveyedSet From { get; } = from;

        public MeantAdjustment Row { get; } = row;

        public Money Left { get; set; } = left;
    }

    readonly Dictionary<ulong, Received> byTrace = [];

    // by payer and decision: the payment that made it last, and whether it was taken back
    readonly Dictionary<(ulong Payer, ulong Decision), (SurveyedSet Set, bool IsTaken)> decided = [];
    readonly Dictionary<(ulong Payer, ulong Reference), Carried> carried = [];

    /// <summary>Decides what is to be done with the sets of all files, and says what their adjustments mean.</summary>
    /// <param name="earlier">Received before the others, whatever their days.</param>
    public void Take(IEnumerable<SurveyedSet> earlier, IEnumerable<SurveyedSet> sets)
    {
        // OrderBy keeps the order of what is of the same day
        foreach (var set in earlier.OrderBy(static s => s.Day).Concat(sets.OrderBy(static s => s.Day))) Take(set);
        foreach (var left in carried.Values)
            if (left.Left != Money.Zero) left.Row.Means += "; it has not come back in the files at hand";
    }

    void Take(SurveyedSet set)
    {
        if (set.WasPosted is { } wasPosted)
        {
            Recall(set, wasPosted);
            return;
        }
        if (!set.IsRead)
        {
            set.Verdict = RemitVerdict.Quarantine;
            return;
        }
        var before = set.TraceKey != 0 ? byTrace.GetValueOrDefault(set.TraceKey) : null;
        if (before is not null && Has(before, set))
        {
            set.Verdict = RemitVerdict.AlreadyReceived;
            Mean(set, isPosted: false);
            return;
        }
        if (before is not null && !IsOtherNotice(before, set))
            set.Add(RemitFaults.Overlap(set, set.Head.Text(RemittanceText.Trace), Overlaps(before, set)));
        if (!set.HasError) Decide(set);
        Mean(set, isPosted: !set.HasError);
        set.Verdict = set.HasError ? RemitVerdict.Quarantine
            : set.IsOdd ? RemitVerdict.PostWithWarning
            : RemitVerdict.Post;
        if (!set.HasError && set.TraceKey != 0) Keep(set);
    }

    /// <summary>What was decided on a set when it was received holds: it is not judged a second time.</summary>
    void Recall(SurveyedSet set, bool wasPosted)
    {
        set.Verdict = wasPosted ? RemitVerdict.Post : RemitVerdict.Quarantine;
        if (!wasPosted) return;
        Decide(set);
        Mean(set, isPosted: true);
        if (set.TraceKey != 0) Keep(set);
    }

    /// <summary>
    /// All that the set says was received under its number: with the same amount, or as a part or a whole that adds up.
    /// </summary>
    static bool Has(Received before, SurveyedSet set)
    {
        var amount = set.Head.Amount ?? Money.Zero;
        foreach (ref readonly var row in set.Head.Adjustments.Span)
            if (!before.Rows.Contains(ContentHash.Of(set.Head, row))) return false;
        if (set.Marks.Count == 0) return before.Heads.Contains((set.Day, amount));
        if (!before.Heads.Any(h => h.Day == set.Day && (h.Amount == amount || set.IsBalanced))) return false;
        var counts = new Dictionary<ulong, int>();
        foreach (ref readonly var mark in set.Marks.Span)
        {
            var count = counts[mark.Content] = counts.GetValueOrDefault(mark.Content) + 1;
            if (before.Contents.GetValueOrDefault(mark.Content) < count) return false;
        }
        return true;
    }

    /// <summary>
    /// A notice without money, whose number means nothing: payers write the same one again and again. Of the same claims
    /// and the same day it would be the same notice.
    /// </summary>
    static bool IsOtherNotice(Received before, SurveyedSet set) => set.Head.Amount == Money.Zero
        && (!before.Heads.Any(h => h.Day == set.Day) || !Overlaps(before, set));

    /// <summary>Claims that were paid before, under another number, and not taken back since.</summary>
    void Decide(SurveyedSet set)
    {
        var (payer, paid, again) = (set.PayerKey, 0, new List<(PaymentMark Mark, SurveyedSet Before)>());
        foreach (ref readonly var mark in set.Marks.Span)
        {
            if (mark.Decision == 0) continue;
            if (!mark.IsReversal) paid++;
            var isKnown = decided.TryGetValue((payer, mark.Decision), out var last);
            if (isKnown && !last.IsTaken && !mark.IsReversal) again.Add((mark, last.Set));
            decided[(payer, mark.Decision)] = (set, mark.IsReversal);
        }
        if (again.Count > 1 && again.Count == paid)
            set.Add(RemitFaults.AllPaidAgain(set, again[0].Before));
        else foreach (var (mark, before) in again) set.Add(RemitFaults.PaidAgain(set, before, mark));
    }

    static bool Overlaps(Received before, SurveyedSet set)
    {
        foreach (ref readonly var mark in set.Marks.Span)
            if (mark.Id != 0 && before.Ids.Contains(mark.Id)) return true;
        return false;
    }

    void Keep(SurveyedSet set)
    {
        if (!byTrace.TryGetValue(set.TraceKey, out var received)) byTrace[set.TraceKey] = received = new();
        foreach (ref readonly var mark in set.Marks.Span)
        {
            received.Contents[mark.Content] = received.Contents.GetValueOrDefault(mark.Content) + 1;
            if (mark.Id != 0) received.Ids.Add(mark.Id);
        }
        foreach (ref readonly var row in set.Head.Adjustments.Span) received.Rows.Add(ContentHash.Of(set.Head, row));
        received.Heads.Add((set.Day, set.Head.Amount ?? Money.Zero));
    }

    void Mean(SurveyedSet set, bool isPosted)
    {
        foreach (var adjustment in set.Adjustments)
        {
            if (adjustment.Row.Amount is not { } amount) continue;
            adjustment.Means = ProviderAdjustments.Means(adjustment.Row.Reason, amount);
            if (adjustment.Row.Reason == ProviderAdjustments.Forward && isPosted) Follow(set, adjustment, amount);
        }
    }

    void Follow(SurveyedSet set, MeantAdjustment adjustment, Money amount)
    {
        var reference = set.Head[adjustment.Row.Reference];
        var key = (set.PayerKey, ContentHash.Of(reference.IsEmpty ? set.Head[RemittanceText.Trace] : reference));
        if (amount.Cents < 0)
        {
            if (carried.TryGetValue(key, out var more)) more.Left -= amount;
            else carried[key] = new(set, adjustment, new(-amount.Cents));
            return;
        }
        if (Find(key, amount) is not { } from)
        {
            adjustment.Means += "; no file at hand shows the payment that carried it over";
            return;
        }
        var trace = from.From.Head.Text(RemittanceText.Trace);
        adjustment.Means += $"; payment {trace} carried it over";
        if (amount.Cents > from.Left.Cents)
            set.Add(RemitFaults.Twice(set, set.Head.Text(adjustment.Row.Reference), trace, amount - from.Left));
        from.Left = new(Math.Max(0, from.Left.Cents - amount.Cents));
        if (from.Left == Money.Zero && !from.Row.Means.Contains("; payment ", StringComparison.Ordinal))
            from.Row.Means += $"; payment {set.Head.Text(RemittanceText.Trace)} takes it back";
    }

    /// <summary>
    /// The balance that a reference names; where it names none, the one balance of the payer that is as large.
    /// </summary>
    Carried? Find((ulong Payer, ulong Reference) key, Money amount)
    {
        if (carried.TryGetValue(key, out var named)) return named;
        var alike = carried.Where(c => c.Key.Payer == key.Payer && c.Value.Left == amount).Take(2).ToList();
        return alike.Count == 1 ? alike[0].Value : null;
    }
}
