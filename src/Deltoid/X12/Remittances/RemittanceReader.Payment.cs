using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Remittances;

/// <summary>What the payment and the adjustments of the provider must say alike.</summary>
internal sealed partial class RemittanceReader
{
    /// <summary>A provider adjustment in its segment.</summary>
    readonly record struct Adjusted(int Index, int Element, Spot Spot);

    static readonly Code Forward = Code.Of("FB"), Recovery = Code.Of("WO"), Refund = Code.Of("72"),
        InterestOwed = Code.Of("L6"), EarlyPayment = Code.Of("90");
    static readonly ulong NoticeOnly = SegmentReader.PackOf("H"), Prenote = SegmentReader.PackOf("P"),
        Debit = SegmentReader.PackOf("D"), RoutingKind = SegmentReader.PackOf("01");

    readonly RowList<Adjusted> refunds = new();
    readonly Once parties = new();
    bool isAgain; // a payer or payee stands here a second time: the first is kept
    TextRange payerNumber, payerDivision; // BPR10 and BPR11

    void BeginPayment()
    {
        refunds.Clear();
        parties.Clear();
        isAgain = false;
        (payerNumber, payerDivision, isUnknown) = (default, default, false);
    }

    void JudgePayment(int row)
    {
        (payerNumber, payerDivision) = (Range(10), Range(11));
        sums.Payment = drafts.Of(RemittanceFindings.PaymentBalance, row, 2);
        if (isUnknown) (sums.IsUnknown, isUnknown) = (true, false);
        var kind = Segment.Packed(1);
        if (remittance.Amount is { } amount)
        {
            if (amount.Cents < 0)
            {
                reader.Report(RemittanceFindings.PaymentNegative, row, 2, detail: Arg.Of(amount));
                sums.IsUnknown |= !JudgesAll; // what it should be is not known
            }
            else if (kind != Prenote && (kind == NoticeOnly) != (amount.Cents == 0) && !IsBarred(amount))
                reader.Report(RemittanceFindings.PaymentKind, row, 1, detail: Arg.Of(amount));
        }
        if (Segment.Packed(3) == Debit) reader.Report(RemittanceFindings.PayerDebits, row, 3);
        if (payerNumber.Length > 0 && !IsTaxNumber(Segment[10])) reader.Report(RemittanceFindings.NumberForm, row, 10);
        JudgeRouting(6, row);
        JudgeRouting(12, row);
    }

    /// <summary>Nothing is paid, and BPR04 says so: a rule asks for H.</summary>
    bool IsBarred(Money amount) => amount.Cents == 0 && Segment[4].SequenceEqual("NON"u8);

    /// <summary>A tax number of nine digits after a 1. Another length is reported as such.</summary>
    static bool IsTaxNumber(ReadOnlySpan<byte> text) =>
        text.Length != 10 || (text[0] == '1' && ElementForms.AllDigits(text));

    /// <summary>Nine digits whose weighted sum (3, 7, 1) ends in 0.</summary>
    void JudgeRouting(int element, int row)
    {
        var text = Segment[element + 1];
        if (Segment.Packed(element) != RoutingKind || text.IsEmpty) return;
        var sum = 0;
        for (var i = 0; i < Math.Min(text.Length, 9); i++)
            sum += (text[i] - '0') * (i % 3 == 0 ? 3 : i % 3 == 1 ? 7 : 1);
        if (text.Length != 9 || !ElementForms.AllDigits(text) || sum % 10 != 0)
            reader.Report(RemittanceFindings.RoutingNumber, row, element + 1);
    }

    void JudgeTrace(int row)
    {
        if (Segment.LengthOf(3) > 0 && !IsTaxNumber(Segment[3])) reader.Report(RemittanceFindings.NumberForm, row, 3);
        else if (Segment.LengthOf(3) == 10 && Differs(payerNumber, 3))
            reader.Report(RemittanceFindings.PayerNumber, row, 3, detail: Arg.Count(10));
        if (Differs(payerDivision, 4)) reader.Report(RemittanceFindings.PayerNumber, row, 4, detail: Arg.Count(11));
    }

    /// <summary>Both are there and are not the same.</summary>
    bool Differs(TextRange ofPayer, int element) =>
        !ofPayer.IsEmpty && Segment.LengthOf(element) > 0 && !remittance[ofPayer].SequenceEqual(Segment[element]);

    /// <summary>Where the payee is known by an NPI, so is the provider whose balance is adjusted.</summary>
    void JudgeProvider(int row)
    {
        if (!remittance.Range(RemittanceText.PayeeNpi).IsEmpty) JudgeNumber(Npi, 1, row);
    }

    void JudgeProviderAdjustment(in ProviderAdjustment adjustment, int element, int row)
    {
        if (adjustment.Amount is not { } amount) return;
        if (!reader.InContext) sums.Adjust(adjustment.Reason, amount.Cents);
        if (!reader.InContext && isTwin) sums.TwinAdjusted += amount.Cents;
        if (amount.Cents == 0 && !adjustment.Reason.IsNone) reader.Report(X12Findings.AmountZero, row, element + 1);
        if (adjustment.Reason == InterestOwed && sums.AdjustedInterest.Info is null)
            sums.AdjustedInterest = drafts.Of(RemittanceFindings.Interest, row, element + 1);
        if (adjustment.Reason == EarlyPayment && sums.AdjustedDiscount.Info is null)
            sums.AdjustedDiscount = drafts.Of(RemittanceFindings.Discount, row, element + 1);
        if (adjustment.Reason == Forward && amount.Cents < 0
            && (remittance.Amount is { Cents: not 0 }
                || !remittance[adjustment.Reference].SequenceEqual(remittance[RemittanceText.Trace])))
            reader.Report(RemittanceFindings.ForwardBalance, row, element + 1);
        if (adjustment.Reason == Refund) refunds.Add(new(remittance.Adjustments.Count - 1, element + 1, Here(row)));
    }

    /// <summary>A refund by check is acknowledged by 72 and cancels the recovery of the same reference.</summary>
    void JudgeRefunds()
    {
        if (refunds.Count == 0) return;
        var byReference = new Dictionary<ulong, (long Left, bool IsRecovered)>();
        foreach (ref readonly var adjustment in remittance.Adjustments.Span)
        {
            if ((adjustment.Reason != Recovery && adjustment.Reason != Refund) || adjustment.Reference.IsEmpty)
                continue;
            var hash = HashOf(remittance[adjustment.Reference]);
            var (left, isRecovered) = byReference.GetValueOrDefault(hash);
            byReference[hash] = (left + (adjustment.Amount?.Cents ?? 0), isRecovered || adjustment.Reason == Recovery);
        }
        foreach (ref readonly var refund in refunds.Span)
        {
            if (!byReference.Remove(HashOf(remittance[remittance.Adjustments[refund.Index].Reference]), out var sum))
                continue;
            if (sum is { IsRecovered: true, Left: not 0 })
                Report(RemittanceFindings.RecoveryBalance, refund.Spot, refund.Element, Cents(sum.Left));
        }
    }
}
