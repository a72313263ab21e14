using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Reports;

/// <summary>What a payer said of one claim, and in which payment.</summary>
internal sealed record PaidClaim(Remittance Payment, ClaimPayment Claim)
{
    /// <summary>The day of the payment; default where it does not say one.</summary>
    public DateOnly Day => Payment.Produced != default ? Payment.Produced : Payment.Effective;
}

/// <summary>
/// Claims as sent and what came back, in the order of the files. All of them own their bytes. A payment is of the claim
/// whose number it repeats (CLM01, CLP01).
/// </summary>
internal sealed class Cohort
{
    readonly Dictionary<string, int> byId = [];

    public List<Claim> Claims { get; } = [];

    public List<PaidClaim> Payments { get; } = [];

    public List<ClaimStatus> Statuses { get; } = [];

    public List<Acknowledgment> Acknowledgments { get; } = [];

    /// <summary>Claims, sets and texts that do not read.</summary>
    public long Refused { get; set; }

    /// <summary>Claims that were given twice, and are counted once.</summary>
    public long Repeated { get; private set; }

    /// <summary>Claims that replace or void an earlier one (frequency 7, 8): they are no first try.</summary>
    public long Corrections { get; private set; }

    /// <summary>Claims of which two differ and have one number: no payment is of one of them for sure.</summary>
    public long Ambiguous { get; private set; }

    /// <summary>What is kept for a number that two different claims have.</summary>
    const int NotSure = -1;

    public void Add(Claim claim)
    {
        if (claim.Frequency is '7' or '8')
        {
            Corrections++;
            return;
        }
        var id = claim.Text(ClaimText.Id);
        if (id.Length > 0 && byId.TryGetValue(id, out var earlier))
        {
            if (earlier != NotSure && IsSame(Claims[earlier], claim))
            {
                Repeated++;
                return;
            }
            Ambiguous += earlier == NotSure ? 1 : 2;
            byId[id] = NotSure;
        }
        else if (id.Length > 0) byId[id] = Claims.Count;
        Claims.Add(claim.Detach());
    }

    /// <summary>The claim of this number, by its index in <see cref="Claims"/>; -1 where none is it.</summary>
    public int IndexOf(ClaimPayment payment) =>
        byId.TryGetValue(payment.Text(payment.Id), out var index) ? index : NotSure;

    static bool IsSame(Claim one, Claim two)
    {
        if (one.Lines.Length != two.Lines.Length || one.Charge != two.Charge) return false;
        for (var i = 0; i < one.Lines.Length; i++)
        {
            ref readonly var left = ref one.Lines[i];
            ref readonly var right = ref two.Lines[i];
            if (left.Code != right.Code || left.Modifiers != right.Modifiers || left.Date != right.Date
                || left.Units != right.Units || left.Charge != right.Charge)
                return false;
        }
        return true;
    }

    static readonly Code Denied = Code.Of("4"), Primary = Code.Of("1"), Forwarded = Code.Of("19");

    /// <summary>The payer judged it as the first payer: not a reversal, a forwarding or an estimate.</summary>
    public static bool IsOfFirstPayer(ClaimPayment payment) =>
        payment.Status == Primary || payment.Status == Denied || payment.Status == Forwarded;

    /// <summary>
    /// The first answer to each claim, with the claim: corrections, reversals and later payers are left out, and
    /// counted in <paramref name="left"/>.
    /// </summary>
    public List<(Claim Claim, PaidClaim Paid)> FirstAnswers(LeftOut left)
    {
        var (seen, first) = (new HashSet<int>(), new List<(Claim, PaidClaim)>());
        foreach (var paid in Payments)
        {
            var index = IndexOf(paid.Claim);
            if (paid.Claim.IsReversal) left.Reversals++;
            else if (!IsOfFirstPayer(paid.Claim)) left.OtherPayers++;
            else if (index < 0) left.Unmatched++;
            else if (!seen.Add(index)) left.Later++;
            else first.Add((Claims[index], paid));
        }
        left.Unanswered = Claims.Count - seen.Count;
        return first;
    }
}

/// <summary>What is in the files and in no figure, counted.</summary>
internal sealed class LeftOut
{
    public long Reversals { get; set; }

    /// <summary>Answers of a second payer, estimates, forwardings.</summary>
    public long OtherPayers { get; set; }

    /// <summary>Answers to no claim that was given, or to one of two with one number.</summary>
    public long Unmatched { get; set; }

    /// <summary>Answers after the first.</summary>
    public long Later { get; set; }

    /// <summary>Claims without an answer.</summary>
    public long Unanswered { get; set; }

    /// <summary>Lines whose answer is not known by line.</summary>
    public long Lines { get; set; }
}
