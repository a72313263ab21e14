using Deltoid.Answers;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>
/// Questions about refusals before a claim is judged, money taken back, and what is left to whom.
/// </summary>
internal static partial class Questions
{
    static Row[] OfAnswer =>
    [
        new("refused", static (at, _) => Refusals.IsRefused(at.Of)),
        new("refused-by", static (at, args) => Truths.Of(Array.IndexOf(args, RefusedBy(at.Of)) >= 0)),
        new("refusal-code", static (at, args) => Truths.Of(Refusals.StatusesOf(at.Of)
            .Exists(c => Refusals.IsRejecting(c) && Array.IndexOf(args, c.Code.ToString()) >= 0))),
        new("refusal-names", static (at, args) => Truths.Of(Refusals.NamesThis(at.Of) is { } isThis
            && args is [var who] && who == (isThis ? "this" : "other"))),
        new("edit-finds", static (at, _) => at.Of.Claim is null ? Truth.Unknown : Truths.Of(HasError(at))),
        new("taken-here", TakenHere, "recovery-belongs-to"),
        new("adds-to-check", static (at, _) => Truths.Of(at.Adjustment.Amount is { Cents: < 0 })),
        new("provider-nets", static (at, args) => Truths.Of(IsNetted(at, args))),
        new("refunded", Refunded, "refund-sent"),
        new("record-supports", RecordSupports, "records-complete")
        {
            Reads = ["separate-visit-note", "coverage-criteria-met", "service-performed", "drug-given"],
        },
        new("reason-in-payment", static (at, args) => Truths.Of(HasReasonAnywhere(at, args))),
        new("qmb", static (at, _) => Truths.Of(Patients.IsQmb(at))) { Reads = ["medicaid-dual"] },
        new("crossed", static (at, _) => Patients.Crossed(at), "crossed-over"),
        new("crossed-said", static (at, _) => Truths.Of(Patients.Crossed(at) == Truth.Yes))
        {
            Reads = ["crossed-over"],
        },
        new("next-payer", static (at, _) => Truths.Of(Patients.HasNextPayer(at))) { Reads = ["other-coverage"] },
        new("share-paid", static (at, _) => Truths.Of(Patients.HasPaidShare(at))) { Reads = ["patient-paid"] },
        new("repeats-first", static (at, _) => Truths.Of(at.Of.PriorPayments.Count > 0
            && at.Adjustment.Amount is { } amount && at.Payment is { } payment
            && Postings.LeftAfterPayers(at.Of, payment) < amount)),
    ];

    static string RefusedBy(DeniedClaim of) => of.Status is not null ? "277ca"
        : of.Acknowledgment is not null ? "999"
        : of.InterchangeVerdict is not null ? "ta1"
        : "";

    static bool HasError(Situation at)
    {
        foreach (ref readonly var finding in at.Findings.Span)
            if (IsOfRefusal(finding)) return true;
        return false;
    }

    /// <summary>A finding that says the claim would be refused before it is judged.</summary>
    public static bool IsOfRefusal(in Finding finding) =>
        finding.Severity == Severity.Error && finding.Info.Outcome == Outcome.Rejection;

    /// <summary>
    /// What a provider adjustment takes is for this claim: the record says so, or its reference is the claim's. A
    /// reversal always is.
    /// </summary>
    static Truth TakenHere(Situation at, string[] args)
    {
        if (at.Payment is { IsReversal: true } && at.Adjustment.Reason.IsNone) return Truth.Yes;
        if (at.Of.Remittance is not { } head || at.AdjustmentIndex < 0
            || at.AdjustmentIndex >= head.Adjustments.Count) return Truth.No;
        var reference = head.Text(head.Adjustments[at.AdjustmentIndex].Reference);
        var isNamed = IsOfThis(at, reference);
        foreach (var fact in at.Facts)
            if (fact.Kind.Name == "recovery-belongs-to" && fact.Is
                && (reference.Length == 0 || AreSame(fact["reference"]!.Text, reference)))
                return Truths.Of(fact["thisClaim"]?.Flag ?? (fact["claim"] is { } claim
                    ? IsOfThis(at, claim.Text)
                    : isNamed));
        return isNamed ? Truth.Yes : reference.Length > 0 ? Truth.No : Truth.Unknown;
    }

    /// <summary>A payer writes more than the number into its reference, such as the patient's account.</summary>
    static bool AreSame(string one, string other) => one.Contains(other, StringComparison.Ordinal)
        || (one.Length > 0 && other.Contains(one, StringComparison.Ordinal));

    static bool IsOfThis(Situation at, string reference)
    {
        foreach (var payment in at.Of.Payments)
            foreach (var own in (ReadOnlySpan<string>)[payment.Text(payment.PayerControl), payment.Text(payment.Id)])
                if (own.Length > 0 && reference.Contains(own, StringComparison.Ordinal)) return true;
        return false;
    }

    /// <summary>
    /// A provider adjustment of one of these reasons gives back what is taken: to the check, the two come to nothing. A
    /// payment counts with its sign there, a provider adjustment against it.
    /// </summary>
    static bool IsNetted(Situation at, string[] args)
    {
        if (at.Adjustment.Amount is not { } taken) return false;
        if (at.Adjustment.Group == Resolver.OfProvider) taken = Money.Zero - taken;
        foreach (ref readonly var other in at.Of.Remittance is { } head ? head.Adjustments.Span : default)
            if (Array.IndexOf(args, other.Reason.ToString()) >= 0 && other.Amount == taken) return true;
        return false;
    }

    /// <summary>A refund of at least what is taken was sent before.</summary>
    static Truth Refunded(Situation at, string[] args)
    {
        var (truth, isSaid) = (Truth.No, false);
        foreach (var fact in at.Facts)
        {
            if (fact.Kind.Name != "refund-sent") continue;
            isSaid = true;
            if (fact.Is && at.Adjustment.Amount is { } taken && fact["amount"]!.Amount.Cents >= Math.Abs(taken.Cents))
                truth = Truth.Yes;
        }
        return isSaid ? truth : Truth.Unknown;
    }

    /// <summary>
    /// The record carries what was paid: note, criteria, records and dose, as far as they are stated. One that does not
    /// is enough.
    /// </summary>
    static Truth RecordSupports(Situation at, string[] args)
    {
        var (isSaid, truth) = (false, Truth.Yes);
        foreach (var fact in at.Facts)
            if (fact.Covers(at.LineNumber) && (fact.Kind.Name is "coverage-criteria-met" or "records-complete"
                or "service-performed" || (fact.Kind.Name == "separate-visit-note" && IsVisitTaken(at))))
            {
                isSaid = true;
                if (!fact.Is) truth = Truth.No;
            }
        if (at.PaidLine > 0 && LineIs(at, ["drug"]) == Truth.Yes && ChartedUnits(at, ["less"]) == Truth.Yes)
            return Truth.No;
        return isSaid ? truth : Truth.Unknown;
    }

    static bool IsVisitTaken(Situation at)
    {
        if (at.PaidLine > 0) return LineIs(at, ["visit"]) == Truth.Yes;
        foreach (ref readonly var line in at.Payment is { } payment ? payment.Lines : default)
            if (at.Book.TryCode(line.Procedure.Code, at.Day, out var row)
                && row.Groups.HasAny(Kinds[0].Any)) return true;
        return false;
    }

    static bool HasReasonAnywhere(Situation at, string[] args)
    {
        if (at.Payment is not { } payment) return false;
        for (var line = 0; line <= payment.Lines.Length; line++)
            foreach (ref readonly var adjustment in payment.Adjustments.Of(line))
                if (Array.IndexOf(args, adjustment.Reason.ToString()) >= 0) return true;
        return false;
    }
}
