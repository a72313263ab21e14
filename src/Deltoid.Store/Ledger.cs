using Deltoid.Claims;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>Money as balanced entries, which are never changed: a correction is another entry.</summary>
public static class Ledger
{
    /// <summary>A claim is charged, line by line.</summary>
    public static void Charge(PracticeDb db, StoredClaim stored, Claim claim, DateTime now)
    {
        foreach (ref readonly var line in claim.Lines)
            Charge(db, claim, new(stored.Id, line.Number, "charge", null, stored.ServiceDate, now),
                line.Charge?.Cents ?? 0);
    }

    /// <summary>The kind of what a patient owes because nobody else pays; a payer's answer leaves "patient".</summary>
    const string SelfPay = "self-pay";

    /// <summary>Where nobody else pays, the patient owes the charge at once.</summary>
    static void Charge(PracticeDb db, Claim claim, in About about, long cents)
    {
        Move(db, about, Account.Receivable, Account.Revenue, cents);
        if (claim.PayerKind == PayerKind.SelfPay)
            Move(db, about with { Kind = SelfPay }, Account.Patient, Account.Receivable, cents);
    }

    /// <summary>
    /// A changed charge: what a line was charged is taken back whole, and the new charge follows it, both dated
    /// today. A void that has left charges nothing; one that has not, what it was charged.
    /// </summary>
    public static async Task Recharge(PracticeDb db, StoredClaim stored, Claim claim, DateTime now,
        CancellationToken stop = default)
    {
        if (Voids.HasLeft(stored, claim)) return;
        await Voids.TakeBack(db, stored, now, stop);
        var charged = await db.Postings.Where(p => p.ClaimId == stored.Id && p.Account == Account.Revenue
                && (p.Kind == "charge" || p.Kind == "charge-reversal"))
            .GroupBy(static p => p.Line ?? 0)
            .Select(static g => new { Line = g.Key, Cents = -g.Sum(static p => p.Cents) })
            .ToDictionaryAsync(static g => g.Line, static g => g.Cents, stop);
        var wanted = new Dictionary<int, long>();
        foreach (ref readonly var line in claim.Lines)
            wanted[line.Number] = line.Charge?.Cents ?? 0;
        var isOwn = claim.PayerKind == PayerKind.SelfPay;
        var owed = await db.Postings.Where(p => p.ClaimId == stored.Id && p.Account == Account.Patient
                && p.Kind == SelfPay).GroupBy(static p => p.Line ?? 0)
            .Select(static g => new { Line = g.Key, Cents = g.Sum(static p => p.Cents) })
            .ToDictionaryAsync(static g => g.Line, static g => g.Cents, stop);
        var day = DateOnly.FromDateTime(now);
        foreach (var line in charged.Keys.Union(wanted.Keys).Order())
        {
            var (was, becomes) = (charged.GetValueOrDefault(line), wanted.GetValueOrDefault(line));
            // who pays may have changed too
            if (was == becomes && owed.GetValueOrDefault(line) == (isOwn ? becomes : 0)) continue;
            Move(db, new(stored.Id, line, SelfPay, null, day, now), Account.Receivable, Account.Patient,
                owed.GetValueOrDefault(line));
            Move(db, new(stored.Id, line, "charge-reversal", null, day, now), Account.Revenue, Account.Receivable, was);
            Charge(db, claim, new(stored.Id, line, "charge", null, day, now), becomes);
        }
    }

    /// <summary>What an entry is about.</summary>
    /// <param name="Day">Where the books of this day are closed, it is posted with the day of today.</param>
    public readonly record struct About(long? ClaimId, int? Line, string Kind, long? FileId, DateOnly Day, DateTime At,
        long? RemittanceId = null);

    /// <summary>One account gains what another gives; nothing is written for nothing.</summary>
    public static void Move(PracticeDb db, in About about, Account gains, Account gives, long cents) =>
        db.NewPostings.AddRange(Entry(db, about, gains, gives, cents));

    /// <summary>The two sides of an entry; none where nothing moves.</summary>
    internal static Posting[] Entry(PracticeDb db, in About about, Account gains, Account gives, long cents)
    {
        if (cents == 0) return [];
        var entry = Guid.CreateVersion7();
        var of = about.Day > (db.ClosedThru ?? DateOnly.MinValue) ? about
            : about with { Day = DateOnly.FromDateTime(about.At) };
        return [Of(entry, of, gains, cents), Of(entry, of, gives, -cents)];
    }

    static Posting Of(Guid entry, in About about, Account account, long cents) => new()
    {
        Entry = entry, ClaimId = about.ClaimId, Line = about.Line, Account = account, Cents = cents, Kind = about.Kind,
        FileId = about.FileId, RemittanceId = about.RemittanceId, Day = about.Day, At = about.At,
    };

    /// <summary>What is still owed on a claim, in cents: by payers, and by the patient.</summary>
    public static async Task<(long Payers, long Patient)> Owed(PracticeDb db, long claimId,
        CancellationToken stop = default) => (await Owed(db, [claimId], stop)).GetValueOrDefault(claimId);

    /// <summary>What is still owed on claims; those without any posting are left out.</summary>
    public static async Task<Dictionary<long, (long Payers, long Patient)>> Owed(PracticeDb db,
        IReadOnlyCollection<long> claimIds, CancellationToken stop = default)
    {
        var sums = await db.Postings.Where(p => p.ClaimId != null && claimIds.Contains(p.ClaimId.Value)
                && (p.Account == Account.Receivable || p.Account == Account.Patient))
            .GroupBy(static p => new { p.ClaimId, p.Account })
            .Select(static g => new { Claim = g.Key.ClaimId!.Value, g.Key.Account, Cents = g.Sum(static p => p.Cents) })
            .ToListAsync(stop);
        return sums.GroupBy(static s => s.Claim).ToDictionary(static g => g.Key, static g =>
            (g.Where(static s => s.Account == Account.Receivable).Sum(static s => s.Cents),
                g.Where(static s => s.Account == Account.Patient).Sum(static s => s.Cents)));
    }
}
