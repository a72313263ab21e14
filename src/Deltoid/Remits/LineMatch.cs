using Deltoid.Answers;
using Deltoid.Claims;

namespace Deltoid.Remits;

/// <summary>Which line of the claim as sent a line of the payment answers.</summary>
internal static class LineMatch
{
    /// <summary>
    /// By the control number (REF 6R), else by code, charge and day, else by its place where the codes agree.
    /// </summary>
    /// <param name="line">The line of the payment, from 1.</param>
    /// <returns>The index of the claim's line; -1 where none is it for sure.</returns>
    public static int Of(Claim? claim, ClaimPayment payment, int line)
    {
        if (claim is null) return -1;
        ref readonly var paid = ref payment.Lines[line - 1];
        var control = payment[paid.Control];
        for (var i = 0; i < claim.Lines.Length && !control.IsEmpty; i++)
            if (claim[claim.Lines[i].Control].SequenceEqual(control)) return i;
        var code = paid.Billed.IsNone ? paid.Procedure.Code : paid.Billed.Code;
        if (line <= claim.Lines.Length && claim.Lines[line - 1].Code == code) return line - 1;
        var found = -1;
        for (var i = 0; i < claim.Lines.Length; i++)
        {
            ref readonly var sent = ref claim.Lines[i];
            if (sent.Code != code || (paid.Charge is { } charge && sent.Charge is { } own && own != charge)) continue;
            if (found >= 0) return -1; // two lines fit alike
            found = i;
        }
        return found;
    }
}
