using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Remits;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Reports;

/// <summary>What became of a line: not known; taken as sent; paid in part; not paid, with a reason.</summary>
internal enum LineFate : byte { Unknown, Accepted, Cut, Denied }

/// <summary>One reason for which money was refused, with its remarks.</summary>
internal readonly record struct Refusal(Code Group, Code Reason, Money Amount)
{
    /// <summary><c>CO-97</c>.</summary>
    public override string ToString() => $"{Group}-{Reason}";
}

/// <summary>
/// What came back for one line of a claim as sent. The patient's share, the reduction to the agreed price, what an
/// earlier payer did and information (the ND rows of the reasons) refuse nothing.
/// </summary>
internal sealed class LineAnswer
{
    public LineFate Fate { get; private set; }

    public Money Paid { get; private set; }

    public Money Charge { get; private set; }

    /// <summary>What the payer leaves to the patient.</summary>
    public Money PatientShare { get; private set; }

    /// <summary>What the payer takes off to its price, or for another reason that refuses nothing.</summary>
    public Money Reduced { get; private set; }

    public List<Refusal> Refusals { get; } = [];

    /// <summary>Remark codes of the line (LQ).</summary>
    public List<Code> Remarks { get; } = [];

    public Money Refused => new(Refusals.Sum(static r => r.Amount.Cents));

    public bool IsRefused => Fate is LineFate.Cut or LineFate.Denied;

    /// <summary>
    /// The answer to each line of the claim, by the index of the line. A payment without lines answers all lines where
    /// it pays nothing, and none where it pays, since which were paid is not said.
    /// </summary>
    public static LineAnswer[] Of(Claim claim, ClaimPayment payment)
    {
        var answers = new LineAnswer[claim.Lines.Length];
        for (var i = 0; i < answers.Length; i++) answers[i] = new();
        var matched = LineMatch.Of(claim, payment);
        for (var line = 1; line <= payment.Lines.Length; line++)
            if (matched[line - 1] is >= 0 and var sent) answers[sent].Add(payment, line);
        if (payment.Lines.Length == 0 && payment.Paid is { Cents: 0 }) AddWhole(claim, payment, answers);
        return answers;
    }

    /// <summary>The claim was refused as a whole: each line with its own charge.</summary>
    static void AddWhole(Claim claim, ClaimPayment payment, LineAnswer[] answers)
    {
        var reasons = new List<Adjustment>();
        foreach (ref readonly var adjustment in payment.Adjustments.Of(0))
            if (Refuses(adjustment)) reasons.Add(adjustment);
        if (reasons.Count == 0) return;
        for (var i = 0; i < answers.Length; i++)
        {
            var charge = claim.Lines[i].Charge ?? Money.Zero;
            var at = answers[i];
            at.Charge += charge;
            at.Refusals.Add(new(reasons[0].Group, reasons[0].Reason, charge));
            foreach (var more in reasons.Skip(1)) at.Refusals.Add(new(more.Group, more.Reason, Money.Zero));
            foreach (ref readonly var remark in payment.Remarks.Of(0)) at.Remarks.Add(remark.Code);
            at.Settle();
        }
    }

    void Add(ClaimPayment payment, int line)
    {
        ref readonly var paid = ref payment.Lines[line - 1];
        Paid += paid.Paid ?? Money.Zero;
        Charge += paid.Charge ?? Money.Zero;
        foreach (ref readonly var adjustment in payment.Adjustments.Of(line))
            if (Refuses(adjustment)) Refusals.Add(new(adjustment.Group, adjustment.Reason, adjustment.Amount!.Value));
            else if (adjustment.Group == Adjustment.Patient) PatientShare += adjustment.Amount ?? Money.Zero;
            else Reduced += adjustment.Amount ?? Money.Zero;
        foreach (ref readonly var remark in payment.Remarks.Of(line)) Remarks.Add(remark.Code);
        Settle();
    }

    void Settle() =>
        Fate = Refusals.Count == 0 ? LineFate.Accepted : Paid.Cents > 0 ? LineFate.Cut : LineFate.Denied;

    /// <summary>Whether an adjustment takes money away that could have been paid.</summary>
    public static bool Refuses(in Adjustment adjustment) =>
        adjustment.Amount is { Cents: > 0 }
            && ReasonCodes.Shipped.Carc(adjustment.Reason.ToString())?
                .Denial.StartsWith("ND-", StringComparison.Ordinal) != true;
}
