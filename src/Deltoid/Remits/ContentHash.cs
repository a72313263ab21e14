using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>
/// Numbers made of what a payment says, so that the same is known again without being kept: the same in every
/// process, and the same however the file is wrapped, numbered or separated.
/// </summary>
internal static class ContentHash
{
    const ulong Seed = 14695981039346656037;

    public static ulong Of(ReadOnlySpan<byte> text)
    {
        var hash = Seed;
        foreach (var sign in text) hash = With(hash, sign);
        return hash;
    }

    public static ulong With(ulong hash, ulong more)
    {
        hash = unchecked((hash ^ more) * 0x9E3779B97F4A7C15); // a hash: the product is meant to wrap
        return hash ^ (hash >> 29);
    }

    static ulong With(ulong hash, Money? money) =>
        // the sign is a bit like the others
        With(hash, money is { } of ? unchecked((ulong)of.Cents) : 0x8000_0000_0000_0001);

    static ulong With(ulong hash, Quantity? count) =>
        // as above
        With(hash, count is { } of ? unchecked((ulong)of.Thousandths) : 0x8000_0000_0000_0001);

    /// <summary>What became of a claim: its numbers, amounts, adjustments and lines.</summary>
    public static ulong Of(ClaimPayment payment)
    {
        var hash = With(Of(payment[payment.Id]), Of(payment[payment.PayerControl]));
        hash = With(With(With(hash, payment.Status.Packed), payment.Charge), payment.Paid);
        hash = With(With(hash, payment.PatientOwes), (ulong)payment.From.DayNumber);
        hash = WithAdjustments(hash, payment, 0);
        foreach (ref readonly var line in payment.Lines)
        {
            hash = With(With(hash, line.Procedure.Code.Packed), line.Procedure.Modifiers.Packed);
            hash = With(With(With(hash, line.Charge), line.Paid), line.UnitsPaid);
            hash = With(With(hash, (ulong)line.Date.DayNumber), Of(payment[line.Control]));
            hash = WithAdjustments(hash, payment, line.Number);
        }
        return hash;
    }

    static ulong WithAdjustments(ulong hash, ClaimPayment payment, int line)
    {
        foreach (ref readonly var adjustment in payment.Adjustments.Of(line))
        {
            hash = With(With(hash, adjustment.Group.Packed), adjustment.Reason.Packed);
            hash = With(With(hash, adjustment.Amount), adjustment.Quantity);
        }
        return hash;
    }

    /// <summary>A number of a claim; 0 where there is none: a payer that has none writes 0.</summary>
    public static ulong OfNumber(ReadOnlySpan<byte> number) => number.IsEmpty || number is [(byte)'0'] ? 0 : Of(number);

    /// <summary>
    /// The claim, the payer's number of it and what was charged and paid: the same of a payment and of its reversal. 0
    /// where nothing was paid, or a number is missing.
    /// </summary>
    public static ulong OfDecision(ClaimPayment payment)
    {
        var (id, control) = (OfNumber(payment[payment.Id]), OfNumber(payment[payment.PayerControl]));
        if (id == 0 || control == 0 || payment is not { Paid: { Cents: not 0 } paid, Charge: { } charge }) return 0;
        return With(With(With(id, control), (ulong)Math.Abs(charge.Cents)), (ulong)Math.Abs(paid.Cents));
    }

    /// <summary>A provider's adjustment.</summary>
    public static ulong Of(Remittance head, in ProviderAdjustment adjustment) =>
        With(With(Of(head[adjustment.Reference]), adjustment.Reason.Packed), adjustment.Amount);
}
