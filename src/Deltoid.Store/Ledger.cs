using Deltoid.Claims;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>Money as balanced entries, which are never changed: a correction is another entry.</summary>
public static class Ledger
{
    /// <summary>A claim is charged, line by line.</summary>
    public static void Charge(PracticeDb db, StoredClaim stored, Claim claim, DateTime now)
    {
        foreach (ref readonly var line in claim.Lines)
            Move(db, new(stored.Id, line.Number, "charge", null, stored.ServiceDate, now), Account.Receivable,
                Account.Revenue, line.Charge?.Cents ?? 0);
    }

    /// <summary>The charge of a claim that was not sent yet is taken back, by entries against it.</summary>
    internal static async Task Uncharge(PracticeDb db, StoredClaim stored, DateTime now, CancellationToken stop)
    {
        var charged = await db.Postings.Where(p => p.ClaimId == stored.Id && p.Kind == "charge"
                && p.Account == Account.Receivable)
            .GroupBy(static p => p.Line).Select(static g => new { g.Key, Cents = g.Sum(static p => p.Cents) })
            .ToListAsync(stop);
        foreach (var line in charged)
            Move(db, new(stored.Id, line.Key, "charge", null, stored.ServiceDate, now), Account.Receivable,
                Account.Revenue, -line.Cents);
    }

    /// <summary>What an entry is about.</summary>
    public readonly record struct About(long? ClaimId, int? Line, string Kind, long? FileId, DateOnly Day, DateTime At);

    /// <summary>One account gains what another gives; nothing is written for nothing.</summary>
    public static void Move(PracticeDb db, in About about, Account gains, Account gives, long cents)
    {
        if (cents == 0) return;
        var entry = Guid.CreateVersion7();
        db.Postings.Add(Of(entry, about, gains, cents));
        db.Postings.Add(Of(entry, about, gives, -cents));
    }

    static Posting Of(Guid entry, in About about, Account account, long cents) => new()
    {
        Entry = entry, ClaimId = about.ClaimId, Line = about.Line, Account = account, Cents = cents, Kind = about.Kind,
        FileId = about.FileId, Day = about.Day, At = about.At,
    };

    /// <summary>What is still owed on a claim, in cents: by payers, and by the patient.</summary>
    public static async Task<(long Payers, long Patient)> Owed(PracticeDb db, long claimId,
        CancellationToken stop = default)
    {
        var sums = await db.Postings.Where(p => p.ClaimId == claimId
                && (p.Account == Account.Receivable || p.Account == Account.Patient))
            .GroupBy(static p => p.Account).Select(static g => new { g.Key, Cents = g.Sum(static p => p.Cents) })
            .ToListAsync(stop);
        return (sums.Where(static s => s.Key == Account.Receivable).Sum(static s => s.Cents),
            sums.Where(static s => s.Key == Account.Patient).Sum(static s => s.Cents));
    }
}
