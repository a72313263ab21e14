using Deltoid.Claims;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>
/// What a void does in the books. With the file that it leaves in, nothing is charged any more, and what was taken off,
/// given up or asked of the patient goes back. So what is open is what was paid: payers take back theirs, and patients
/// get theirs back. A void that is refused, or made a claim again, takes all of it back.
/// </summary>
static class Voids
{
    const string Begin = "void-", End = "-reversal";

    /// <summary>A void charges nothing from the day on which it left: its charge is zero, whatever its lines say.
    /// </summary>
    public static bool HasLeft(StoredClaim stored, Claim claim) => claim.Frequency == '8' && stored.Charge == 0;

    /// <summary>Kinds of money that came from a patient or went back to one: a void does not undo it.</summary>
    static readonly string[] OfPatients =
        [PatientMoney.Payment, PatientMoney.Payment + End, PatientMoney.Refund];

    static string KindOf(Account account) => Begin + account switch
    {
        Account.Revenue => "charge", Account.Contractual => "contractual", Account.Patient => "patient",
        _ => "write-off",
    };

    /// <summary>The payer is asked to take the claim back.</summary>
    public static async Task Leave(PracticeDb db, StoredClaim stored, DateTime now, CancellationToken stop)
    {
        var sums = await db.Postings.Where(p => p.ClaimId == stored.Id && !OfPatients.Contains(p.Kind)
                && (p.Account == Account.Revenue || p.Account == Account.Contractual || p.Account == Account.Patient
                    || p.Account == Account.WriteOff))
            .GroupBy(static p => new { p.Line, p.Account })
            .Select(static g => new { g.Key.Line, g.Key.Account, Cents = g.Sum(static p => p.Cents) })
            .ToListAsync(stop);
        foreach (var sum in sums.OrderBy(static s => s.Line).ThenBy(static s => s.Account))
            Ledger.Move(db, new(stored.Id, sum.Line, KindOf(sum.Account), null, DateOnly.FromDateTime(now), now),
                Account.Receivable, sum.Account, sum.Cents);
        stored.Charge = 0;
    }

    /// <summary>What a void has put back in accounts of a claim, and nobody has taken back: below zero.</summary>
    static async Task<List<(long Claim, int? Line, Account Account, long Cents)>> Open(PracticeDb db,
        IReadOnlyCollection<long> claimIds, CancellationToken stop) =>
        (await db.Postings.Where(p => p.ClaimId != null && claimIds.Contains(p.ClaimId.Value)
                && p.Kind.StartsWith(Begin) && p.Account != Account.Receivable)
            .GroupBy(static p => new { p.ClaimId, p.Line, p.Account })
            .Select(static g => new { g.Key.ClaimId, g.Key.Line, g.Key.Account, Cents = g.Sum(static p => p.Cents) })
            .ToListAsync(stop)).Where(static s => s.Cents != 0)
            .OrderBy(static s => s.Line).ThenBy(static s => s.Account)
            .Select(static s => (s.ClaimId!.Value, s.Line, s.Account, s.Cents)).ToList();

    /// <summary>The void does not count any more: the books are as they were before it left.</summary>
    public static async Task TakeBack(PracticeDb db, StoredClaim stored, DateTime now, CancellationToken stop)
    {
        foreach (var (claim, line, account, cents) in await Open(db, [stored.Id], stop))
            Ledger.Move(db, new(claim, line, KindOf(account) + End, null, DateOnly.FromDateTime(now), now), account,
                Account.Receivable, -cents);
    }

    /// <summary>The payer has refused the void: what it knows of the claim stands.</summary>
    public static async Task Refused(PracticeDb db, StoredClaim stored, DateTime now, CancellationToken stop)
    {
        var claim = Documents.Claim(stored.Document);
        if (!HasLeft(stored, claim)) return;
        await TakeBack(db, stored, now, stop);
        foreach (ref readonly var line in claim.Lines) stored.Charge += line.Charge?.Cents ?? 0;
    }

    /// <summary>
    /// A payer takes its own decision back: what the void had put back before is not put back twice.
    /// </summary>
    /// <param name="back">What the payer puts back, by claim and account: below zero.</param>
    /// <returns>By how much an account gains what the void had taken, line by line.</returns>
    public static async Task<List<(long Claim, int? Line, string Kind, Account Account, long Cents)>> PutBackTwice(
        PracticeDb db, Dictionary<(long Claim, Account Account), long> back, CancellationToken stop)
    {
        var twice = new List<(long, int?, string, Account, long)>();
        if (back.Count == 0) return twice;
        foreach (var (claim, line, account, cents) in await Open(db, [.. back.Keys.Select(static k => k.Claim)
            .Distinct()], stop))
        {
            var left = -back.GetValueOrDefault((claim, account));
            var some = Math.Min(left, -cents);
            if (some <= 0) continue;
            back[(claim, account)] += some;
            twice.Add((claim, line, KindOf(account) + End, account, some));
        }
        return twice;
    }
}
