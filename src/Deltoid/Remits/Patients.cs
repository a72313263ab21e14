using Deltoid.Answers;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>What may be billed to a patient now.</summary>
internal static class Patients
{
    static readonly Code[] QmbRemarks = [Code.Of("N781"), Code.Of("N782"), Code.Of("N783")],
        CrossedRemarks = [Code.Of("MA07"), Code.Of("MA18"), Code.Of("N89"), Code.Of("N522")],
        Forwarded = [Code.Of("19"), Code.Of("20"), Code.Of("21"), Code.Of("23")],
        Shares = [Code.Of("1"), Code.Of("2"), Code.Of("3")];

    /// <summary>
    /// The patient's share as posted, less what the patient has paid. Nothing of a Medicaid member, a QMB or an injured
    /// worker, and nothing while another payer comes next.
    /// </summary>
    public static Money Share(Situation at, Money posted)
    {
        if (!(posted > Money.Zero) || IsProtected(at) || HasNextPayer(at) || Crossed(at) == Truth.Yes)
            return Money.Zero;
        posted -= PaidBy(at);
        return posted < Money.Zero ? Money.Zero : posted;
    }

    static Money PaidBy(Situation at)
    {
        var sum = Money.Zero;
        foreach (var fact in at.Facts)
            if (fact.Kind.Name == "patient-paid" && fact.Is && fact["amount"] is { } paid) sum += paid.Amount;
        return sum;
    }

    /// <summary>The patient has paid the whole of deductible, coinsurance and copay already.</summary>
    public static bool HasPaidShare(Situation at)
    {
        var share = Money.Zero;
        foreach (var payment in at.Of.Payments)
            for (var line = 0; line <= payment.Lines.Length && !payment.IsReversal; line++)
                foreach (ref readonly var adjustment in payment.Adjustments.Of(line))
                    if (adjustment.Group == Adjustment.Patient && Array.IndexOf(Shares, adjustment.Reason) >= 0)
                        share += adjustment.Amount ?? Money.Zero;
        return !(PaidBy(at) < share);
    }

    /// <summary>Law or contract bars billing: Medicaid, workers' compensation, QMB.</summary>
    public static bool IsProtected(Situation at) =>
        (at.Payer == PayerKind.Medicaid && !(Facts.Speaks(at, "eligibility-result")
            && Facts.First(at, "eligibility-result") is null)) // no member that day
            || at.Payer == PayerKind.WorkersComp || IsQmb(at);

    /// <summary>The desk says so, or the payer: N781 to N783.</summary>
    public static bool IsQmb(Situation at)
    {
        foreach (var fact in at.Facts)
            if (fact.Kind.Name == "medicaid-dual" && fact.Is && fact["qmb"]!.Flag) return true;
        return Array.Exists(QmbRemarks, code => IsRemarked(at, code));
    }

    static bool IsRemarked(Situation at, Code code)
    {
        foreach (var payment in at.Of.Payments)
            for (var line = 0; line <= payment.Lines.Length; line++)
                foreach (ref readonly var remark in payment.Remarks.Of(line))
                    if (remark.Code == code) return true;
        return false;
    }

    /// <summary>
    /// Whether the payer sent the claim on to the next one: the desk says so, or the status, or a remark. The
    /// desk counts for more.
    /// </summary>
    public static Truth Crossed(Situation at)
    {
        if (at.Of.PriorPayments.Count > 0) return Truth.No;
        foreach (var fact in at.Facts)
            if (fact.Kind.Name == "crossed-over") return Truths.Of(fact.Is);
        foreach (var payment in at.Of.Payments)
            if (Array.IndexOf(Forwarded, payment.Status) >= 0 || payment.Has(PaidParty.Crossover)) return Truth.Yes;
        return Array.Exists(CrossedRemarks, code => IsRemarked(at, code)) ? Truth.Yes : Truth.Unknown;
    }

    /// <summary>A payer that comes after this one, and has not answered.</summary>
    public static bool HasNextPayer(Situation at)
    {
        if (at.Of.PriorPayments.Count > 0) return false;
        foreach (var fact in at.Facts)
            if (fact.Kind.Name == "other-coverage" && fact.Is && fact["order"]!.Text == "secondary"
                && fact.CoversDay(at.Day))
                return true;
        return false;
    }

    /// <summary>
    /// The patient must not be billed for an adjustment: the payer does not lay it on the patient, or law bars it.
    /// </summary>
    public static bool Bars(Situation at, in Adjustment adjustment) =>
        adjustment.Group.IsNone || adjustment.Group == Adjustment.Contractual || IsProtected(at);
}
