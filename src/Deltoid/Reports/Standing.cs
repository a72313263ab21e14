using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Remits;
using Deltoid.Values;

namespace Deltoid.Reports;

/// <summary>What a 277CA said of one claim: taken, or sent back and why.</summary>
internal readonly record struct Verdict(StatusCode Code, bool IsRejected, string SaidBy);

/// <summary>How a claim as sent stands: what was said of it before it was judged, and what was answered.</summary>
internal sealed class Standing(SentClaim sent)
{
    public SentClaim Sent => sent;

    public Claim Claim => sent.Claim;

    /// <summary>What was charged: as the claim says it, else the sum of its lines.</summary>
    public Money Charge
    {
        get
        {
            if (Claim.Charge is { } charge) return charge;
            var sum = Money.Zero;
            foreach (ref readonly var line in Claim.Lines) sum += line.Charge ?? Money.Zero;
            return sum;
        }
    }

    /// <summary>Null where no 277CA says that it was taken or sent back.</summary>
    public Verdict? First { get; private set; }

    public Verdict? Latest { get; private set; }

    /// <summary>Answers of the first payer in the order of their days, with reversals.</summary>
    public List<PaidClaim> Answers { get; } = [];

    /// <summary>The answer that holds now; null where there is none.</summary>
    public PaidClaim? Last => Answers.FindLast(static a => !a.Claim.IsReversal);

    public bool IsAnswered => Last is not null;

    /// <summary>It was sent back and has no answer: it is to be sent again.</summary>
    public bool IsToResend => !IsAnswered && Latest is { IsRejected: true };

    public void Say(in Verdict verdict) => (First, Latest) = (First ?? verdict, verdict);

    /// <summary>
    /// Adds an answer. The same payment given twice, as it is or put right, is one answer; the last one given holds.
    /// </summary>
    public void Add(PaidClaim paid)
    {
        if (paid.Trace.Length > 0 && !paid.Claim.IsReversal)
        {
            var same = Answers.FindIndex(a => !a.Claim.IsReversal && a.Trace == paid.Trace);
            if (same >= 0 && !Answers.Exists(a => a.Claim.IsReversal && a.Trace == paid.Trace))
            {
                Answers[same] = paid;
                return;
            }
        }
        Answers.Add(paid);
    }

    /// <summary>The payments of the answer that holds now: a reversal and its correction go together.</summary>
    public ClaimPayment[] LastPayments() => Last is not { } last ? []
        : [.. Answers.Where(a => ReferenceEquals(a.Payment, last.Payment)).Select(static a => a.Claim)];

    /// <summary>What is open: the charge without an answer, else what the last answer refuses.</summary>
    public Money Open => Last is { } last
        ? new(LineAnswer.Of(Claim, last.Claim).Sum(static a => a.Refused.Cents))
        : Charge;
}
