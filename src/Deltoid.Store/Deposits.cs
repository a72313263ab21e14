using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>Money at the bank, and the payments that it is.</summary>
public static class Deposits
{
    /// <summary>Days in which money may come after the day that the payer names, and before it.</summary>
    const int After = 14, Before = 3;

    /// <summary>
    /// Finds the payment of each deposit that has none: the same amount within days, and the payment's number in the
    /// bank's text. Without the number it must be the only one. A doubtful one stays open.
    /// </summary>
    /// <returns>How many were found.</returns>
    public static async Task<int> Match(PracticeDb db, CancellationToken stop = default)
    {
        var open = await db.Deposits.Where(static d => d.RemittanceId == null).OrderBy(static d => d.Id)
            .ToListAsync(stop);
        if (open.Count == 0) return 0;
        var amounts = open.Select(static d => d.Amount).ToHashSet();
        var taken = db.Deposits.Where(static d => d.RemittanceId != null).Select(static d => d.RemittanceId!.Value);
        var payments = await db.Remittances.AsNoTracking()
            .Where(r => amounts.Contains(r.Amount) && !taken.Contains(r.Id) && r.Verdict != "already-received")
            .OrderBy(static r => r.Id).ToListAsync(stop);
        var found = 0;
        foreach (var named in new[] { true, false }) // what is named goes first
            foreach (var deposit in open.Where(static d => d.RemittanceId is null))
            {
                var fits = payments.FindAll(p => Fits(p, deposit) && (!named || IsNamed(p, deposit)));
                if (fits.Count != 1 && !(named && fits.Count > 0)) continue;
                if (!named && open.Count(d => d.RemittanceId is null && Fits(fits[0], d)) > 1) continue;
                deposit.RemittanceId = fits[0].Id;
                payments.Remove(fits[0]);
                found++;
            }
        await db.SaveChangesAsync(stop);
        return found;
    }

    static bool Fits(Remittance payment, Deposit deposit) => payment.Amount == deposit.Amount
        && (payment.Day is not { } day || (deposit.Day >= day.AddDays(-Before) && deposit.Day <= day.AddDays(After)));

    static bool IsNamed(Remittance payment, Deposit deposit) => payment.Trace.Length > 3
        && deposit.Text.Contains(payment.Trace, StringComparison.OrdinalIgnoreCase);
}
