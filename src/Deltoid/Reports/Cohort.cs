using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Remits;
using Deltoid.Values;

namespace Deltoid.Reports;

/// <summary>What a payer said of one claim, and in which payment.</summary>
internal sealed record PaidClaim(Remittance Payment, ClaimPayment Claim)
{
    /// <summary>The day of the payment; default where it does not say one.</summary>
    public DateOnly Day => Payment.Produced != default ? Payment.Produced : Payment.Effective;

    /// <summary>The number of the check or transfer.</summary>
    public string Trace => Payment.Text(RemittanceText.Trace);
}

/// <summary>
/// Claims as sent and what came back, in the order of the files. All of them own their bytes. <see cref="SentClaims"/>
/// says which claim a payment answers.
/// </summary>
internal sealed class Cohort
{
    readonly SentClaims sent = new();

    public IReadOnlyList<SentClaim> Claims => sent.All;

    public List<PaidClaim> Payments { get; } = [];

    public List<ClaimStatus> Statuses { get; } = [];

    public List<Acknowledgment> Acknowledgments { get; } = [];

    /// <summary>Claims, sets and texts that do not read.</summary>
    public long Refused { get; set; }

    /// <summary>Claims that were given twice, and are counted once.</summary>
    public long Repeated { get; private set; }

    /// <summary>Claims that replace or void an earlier one (frequency 7, 8): they are no first try.</summary>
    public long Corrections { get; private set; }

    public void Add(Claim claim)
    {
        if (claim.Frequency is '7' or '8') Corrections++;
        else if (sent.WithId(claim[ClaimText.Id]).Any(c => IsSame(c.Claim, claim))) Repeated++;
        else sent.Add(claim.Detach());
    }

    static bool IsSame(Claim one, Claim two)
    {
        if (one.Lines.Length != two.Lines.Length || one.Charge != two.Charge || one[ClaimText.Id].IsEmpty) return false;
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
        var (seen, first) = (new HashSet<SentClaim>(), new List<(Claim, PaidClaim)>());
        foreach (var paid in InOrder())
        {
            if (paid.Claim.IsReversal) left.Reversals++;
            else if (!IsOfFirstPayer(paid.Claim)) left.OtherPayers++;
            else if (sent.Of(paid.Claim) is not { Sent: { } claim, Sure: not Sureness.Unsure }) left.Unmatched++;
            else if (!seen.Add(claim)) left.Later++;
            else first.Add((claim.Claim, paid));
        }
        left.Unanswered = sent.Count - seen.Count;
        return first;
    }

    /// <summary>By the day of the payment, and within a day as the files give them: files come in any order.</summary>
    IEnumerable<PaidClaim> InOrder() => Payments.OrderBy(static p => p.Day);

    static readonly Code Taken = Code.Of("WQ"), SentBack = Code.Of("U");

    /// <summary>How each claim as sent stands, in the order of the files.</summary>
    public List<Standing> Standings()
    {
        var standings = new Dictionary<SentClaim, Standing>();
        foreach (var claim in sent.All) standings.Add(claim, new(claim));
        foreach (var status in Statuses.OrderBy(static s => s.Made)) Say(status, standings);
        foreach (var paid in InOrder())
            if ((paid.Claim.IsReversal || IsOfFirstPayer(paid.Claim))
                && sent.Of(paid.Claim) is { Sent: { } claim, Sure: not Sureness.Unsure })
                standings[claim].Add(paid);
        return [.. sent.All.Select(claim => standings[claim])];
    }

    void Say(ClaimStatus status, Dictionary<SentClaim, Standing> standings)
    {
        foreach (ref readonly var said in status.Claims.Span)
        {
            if (said.Statuses.Count == 0) continue;
            var info = status.Statuses.Span[said.Statuses.First];
            if (info.Action != Taken && info.Action != SentBack) continue;
            var verdict = new Verdict(info.First, info.Action == SentBack, status.Text(status.SaidBy.Name));
            foreach (var claim in sent.WithId(status[said.Id])) standings[claim].Say(verdict);
        }
    }
}

/// <summary>What is in the files and in no figure, counted.</summary>
internal sealed class LeftOut
{
    public long Reversals { get; set; }

    /// <summary>Answers of a second payer, estimates, forwardings.</summary>
    public long OtherPayers { get; set; }

    /// <summary>Answers that are of no claim given here for sure.</summary>
    public long Unmatched { get; set; }

    /// <summary>Answers after the first.</summary>
    public long Later { get; set; }

    /// <summary>Claims without an answer.</summary>
    public long Unanswered { get; set; }

    /// <summary>Lines whose answer is not known by line.</summary>
    public long Lines { get; set; }
}
