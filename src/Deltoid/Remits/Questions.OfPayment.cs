using Deltoid.Answers;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>Questions about what came back.</summary>
internal static partial class Questions
{
    /// <summary>The payer says that its decision takes no appeal.</summary>
    public static readonly Code NoAppeal = Code.Of("N211");

    static readonly Code Unprocessable = Code.Of("MA130");

    static Row[] OfPayment =>
    [
        new("unprocessable", static (at, _) => Truths.Of(IsUnprocessable(at))),
        new("no-appeal", static (at, _) => Truths.Of(HasRemark(at, Unprocessable) || HasRemark(at, NoAppeal))),
        new("group", static (at, args) => Truths.Of(Array.IndexOf(args, at.Adjustment.Group.ToString()) >= 0)),
        new("carc", static (at, args) => Truths.Of(HasReason(at, args))),
        new("remark", static (at, args) => Truths.Of(Array.Exists(args, a => HasRemark(at, Code.Of(a))))),
        new("status", static (at, args) =>
            Truths.Of(at.Payment is { } payment && Array.IndexOf(args, payment.Status.ToString()) >= 0)),
        new("reversal", static (at, _) => Truths.Of(at.Payment is { IsReversal: true })),
        new("line-paid", static (at, _) => Truths.Of(at.Paid is { Paid: { Cents: > 0 } })),
        new("negative", static (at, _) => Truths.Of(at.Adjustment.Amount is { Cents: < 0 })),
        new("corrected", static (at, _) => Truths.Of(IsCorrected(at))),
        new("crossed-over-said", static (at, _) =>
            Truths.Of(HasRemark(at, Code.Of("MA07")) || HasRemark(at, Code.Of("N522")))),
        new("provider-adjustment", static (at, args) => Truths.Of(HasProviderAdjustment(at, args))),
        new("prior-paid", static (at, _) => Truths.Of(at.Of.PriorPayments.Count > 0)),
        new("paid-beside", static (at, args) => Truths.Of(IsPaidBeside(at, args))),
    ];

    /// <summary>MA130: the payer could not process it, so it decided nothing.</summary>
    public static bool IsUnprocessable(Situation at) => HasRemark(at, Unprocessable);

    /// <summary>A remark of the line, or of the claim as a whole.</summary>
    public static bool HasRemark(Situation at, Code code)
    {
        if (at.Payment is not { } payment) return false;
        foreach (ref readonly var remark in payment.Remarks.Of(0))
            if (remark.Code == code) return true;
        if (at.PaidLine == 0) return false;
        foreach (ref readonly var remark in payment.Remarks.Of(at.PaidLine))
            if (remark.Code == code) return true;
        return false;
    }

    static bool HasReason(Situation at, string[] args)
    {
        if (at.Payment is not { } payment) return false;
        foreach (ref readonly var adjustment in payment.Adjustments.Of(at.PaidLine))
            if (Array.IndexOf(args, adjustment.Reason.ToString()) >= 0) return true;
        return false;
    }

    /// <summary>The same claim was taken back and paid again in this remittance.</summary>
    static bool IsCorrected(Situation at)
    {
        var (reversed, paid) = (false, false);
        foreach (var payment in at.Of.Payments)
            if (payment.IsReversal) reversed = true;
            else paid = true;
        return reversed && paid;
    }

    static bool HasProviderAdjustment(Situation at, string[] args)
    {
        foreach (ref readonly var adjustment in at.Of.Remittance is { } head ? head.Adjustments.Span : default)
            if (Array.IndexOf(args, adjustment.Reason.ToString()) >= 0) return true;
        return false;
    }

    /// <summary>
    /// A line of one of these codes, or with "same" of the line's own code, is paid in the same payment.
    /// </summary>
    static bool IsPaidBeside(Situation at, string[] args)
    {
        if (at.Payment is not { } payment) return false;
        foreach (ref readonly var line in payment.Lines)
        {
            if (line.Number == at.PaidLine || line.Paid is not { Cents: > 0 }) continue;
            var code = line.Procedure.Code;
            if (Array.IndexOf(args, code.ToString()) >= 0 || (args is ["same"] && code == at.Code)) return true;
        }
        return false;
    }

    /// <summary>How often the line's service is paid on other lines; of a drug how many lines are.</summary>
    static decimal PaidBeside(Situation at)
    {
        var (isDrug, sum) = (LineIs(at, ["drug", "vaccine"]) == Truth.Yes, 0m);
        foreach (ref readonly var line in at.Payment is { } payment ? payment.Lines : default)
            if (line.Number != at.PaidLine && line.Paid is { Cents: > 0 } && line.Procedure.Code == at.Code)
                sum += isDrug ? 1 : line.UnitsPaid is { Value: > 0 } units ? units.Value : 1;
        return sum;
    }
}
