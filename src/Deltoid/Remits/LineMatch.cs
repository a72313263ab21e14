using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>
/// Which line of the claim as sent each line of the payment answers. A payer may name a line by another code (SVC06
/// says which was billed), cut one line in several, or put several in one.
/// </summary>
internal static class LineMatch
{
    /// <summary>
    /// By the control number (REF 6R); else by code, charge and day; else by code alone where only one line is left
    /// with it; else as parts of a line, or as a line of several.
    /// </summary>
    /// <returns>By line of the payment: the index of the claim's line, the first of several; -1 where none is it for
    /// sure.</returns>
    public static int[] Of(Claim? claim, ClaimPayment payment)
    {
        var of = new int[payment.Lines.Length];
        Array.Fill(of, -1);
        if (claim is null) return of;
        var taken = new bool[claim.Lines.Length];
        for (var line = 0; line < of.Length; line++) Take(line, ByControl(claim, payment, line), of, taken);
        for (var line = 0; line < of.Length; line++)
            if (of[line] < 0) Take(line, ByCharge(claim, payment, line, taken), of, taken);
        for (var line = 0; line < of.Length; line++)
            if (of[line] < 0) AsPart(claim, payment, line, of, taken);
        for (var line = 0; line < of.Length; line++)
            if (of[line] < 0) Take(line, AsSeveral(claim, payment, line, taken), of, taken);
        for (var line = 0; line < of.Length; line++)
            if (of[line] < 0) Take(line, ByCode(claim, payment, line, taken), of, taken);
        return of;
    }

    /// <param name="line">The line of the payment, from 1.</param>
    /// <inheritdoc cref="Of(Claim?, ClaimPayment)"/>
    public static int Of(Claim? claim, ClaimPayment payment, int line) =>
        claim is null ? -1 : Of(claim, payment)[line - 1];

    static void Take(int line, int sent, int[] of, bool[] taken)
    {
        of[line] = sent;
        if (sent >= 0) taken[sent] = true;
    }

    /// <summary>The code as it was billed.</summary>
    static Code CodeOf(in PaymentLine line) => line.Billed.IsNone ? line.Procedure.Code : line.Billed.Code;

    /// <summary>The charge without its sign: a reversal turns it.</summary>
    static long? ChargeOf(in PaymentLine line) => line.Charge is { } charge ? Math.Abs(charge.Cents) : null;

    static int ByControl(Claim claim, ClaimPayment payment, int line)
    {
        var control = payment[payment.Lines[line].Control];
        for (var i = 0; i < claim.Lines.Length && !control.IsEmpty; i++)
            if (claim[claim.Lines[i].Control].SequenceEqual(control)) return i;
        return -1;
    }

    static bool IsAlike(in ServiceLine sent, in PaymentLine paid) =>
        sent.Code == CodeOf(paid) && (paid.Date == default || sent.Date == default || paid.Date == sent.Date);

    /// <summary>The same code, day and charge; of lines that are alike the first that is left.</summary>
    static int ByCharge(Claim claim, ClaimPayment payment, int line, bool[] taken)
    {
        ref readonly var paid = ref payment.Lines[line];
        if (line < taken.Length && !taken[line] && IsAlike(claim.Lines[line], paid)
            && ChargeOf(paid) == claim.Lines[line].Charge?.Cents)
            return line;
        for (var i = 0; i < taken.Length; i++)
            if (!taken[i] && IsAlike(claim.Lines[i], paid) && ChargeOf(paid) == claim.Lines[i].Charge?.Cents) return i;
        return -1;
    }

    /// <summary>
    /// The one line that is left with the code; of several the one in the same place, where all lines were answered.
    /// </summary>
    static int ByCode(Claim claim, ClaimPayment payment, int line, bool[] taken)
    {
        if (taken.Length == payment.Lines.Length && !taken[line] && IsAlike(claim.Lines[line], payment.Lines[line]))
            return line;
        var found = -1;
        for (var i = 0; i < taken.Length; i++)
        {
            if (taken[i] || !IsAlike(claim.Lines[i], payment.Lines[line])) continue;
            if (found >= 0) return -1; // two lines fit alike
            found = i;
        }
        return found;
    }

    /// <summary>Lines of the payment that are left and add up to one line of the claim are its parts.</summary>
    static void AsPart(Claim claim, ClaimPayment payment, int first, int[] of, bool[] taken)
    {
        for (var i = 0; i < taken.Length; i++)
        {
            if (taken[i] || claim.Lines[i].Charge is not { } charge) continue;
            if (!IsAlike(claim.Lines[i], payment.Lines[first])) continue;
            var (sum, last) = (0L, first);
            for (; last < of.Length && sum < charge.Cents; last++)
                if (of[last] < 0 && IsAlike(claim.Lines[i], payment.Lines[last]))
                    sum += ChargeOf(payment.Lines[last]) ?? 0;
            if (sum != charge.Cents) continue;
            for (var part = first; part < last; part++)
                if (of[part] < 0 && IsAlike(claim.Lines[i], payment.Lines[part])) Take(part, i, of, taken);
            return;
        }
    }

    /// <summary>Lines of the claim that are left and add up to the payment's line: the first of them.</summary>
    static int AsSeveral(Claim claim, ClaimPayment payment, int line, bool[] taken)
    {
        ref readonly var paid = ref payment.Lines[line];
        var (first, sum) = (-1, 0L);
        for (var i = 0; i < taken.Length && sum < ChargeOf(paid); i++)
        {
            if (taken[i] || claim.Lines[i].Code != CodeOf(paid)) continue;
            if (first < 0) first = i;
            sum += claim.Lines[i].Charge?.Cents ?? 0;
        }
        if (first < 0 || sum != ChargeOf(paid)) return -1;
        for (var (i, left) = (first, sum); i < taken.Length && left > 0; i++)
        {
            if (taken[i] || claim.Lines[i].Code != CodeOf(paid)) continue;
            left -= claim.Lines[i].Charge?.Cents ?? 0;
            taken[i] = true;
        }
        return first;
    }
}
