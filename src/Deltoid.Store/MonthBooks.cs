using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>A payment of a payer beside the bank's month.</summary>
/// <param name="Banked">The day on which it came to the bank; null while it has not.</param>
public sealed record BankedPayment(long RemittanceId, string Trace, string PayerName, long Cents, DateOnly? Banked);

/// <summary>
/// The month's books beside the bank's: what was posted, less what was posted and came to the bank in another month or
/// not yet, and what came to the bank and was posted in another month or not yet, is what came to the bank.
/// </summary>
/// <param name="Difference">Of these payments: what the bank has above what they state, and what is posted above it.
/// Anything but 0 is wrong.</param>
public sealed record BankMonth(long Posted, long Banked, IReadOnlyList<BankedPayment> PostedNotBanked,
    IReadOnlyList<BankedPayment> BankedNotPosted, IReadOnlyList<Deposit> Unknown, long Difference);

/// <summary>Months of the books: what they come to, and that they are closed.</summary>
public static class MonthBooks
{
    /// <summary>What a month comes to, as the ledger and the bank have it now.</summary>
    public static async Task<ClosedMonth> Sums(PracticeDb db, int month, CancellationToken stop = default)
    {
        var (first, last) = (Outcomes.FirstOf(month), LastOf(month));
        var moved = (await db.Postings.Where(p => p.Day >= first && p.Day <= last).GroupBy(static p => p.Account)
            .Select(static g => new { g.Key, Cents = g.Sum(static p => p.Cents) }).ToListAsync(stop))
            .ToDictionary(static m => m.Key, static m => m.Cents);
        var owed = (await db.Postings.Where(p => p.Day <= last
                && (p.Account == Account.Receivable || p.Account == Account.Patient)).GroupBy(static p => p.Account)
            .Select(static g => new { g.Key, Cents = g.Sum(static p => p.Cents) }).ToListAsync(stop))
            .ToDictionary(static m => m.Key, static m => m.Cents);
        return new()
        {
            Month = month, Charges = -moved.GetValueOrDefault(Account.Revenue),
            Payments = moved.GetValueOrDefault(Account.Cash),
            Adjustments = moved.GetValueOrDefault(Account.Contractual),
            WrittenOff = moved.GetValueOrDefault(Account.WriteOff),
            BesideClaims = moved.GetValueOrDefault(Account.ProviderLevel),
            Payers = owed.GetValueOrDefault(Account.Receivable), Patients = owed.GetValueOrDefault(Account.Patient),
            Banked = await db.Deposits.Where(d => d.Day >= first && d.Day <= last)
                .SumAsync(static d => d.Amount, stop),
        };
    }

    public static DateOnly LastOf(int month) => Outcomes.FirstOf(month).AddMonths(1).AddDays(-1);

    /// <summary>The payments that make the month's postings and the month at the bank two numbers.</summary>
    public static async Task<BankMonth> Bank(PracticeDb db, int month, CancellationToken stop = default)
    {
        var (first, last) = (Outcomes.FirstOf(month), LastOf(month));
        var posted = (await db.Postings.Where(p => p.Account == Account.Cash && p.Day >= first && p.Day <= last)
            .GroupBy(static p => p.RemittanceId).Select(static g => new { g.Key, Cents = g.Sum(static p => p.Cents) })
            .ToListAsync(stop)).ConvertAll(static p => (Id: p.Key ?? 0, p.Cents));
        var deposits = await db.Deposits.AsNoTracking().Where(d => d.Day >= first && d.Day <= last).ToListAsync(stop);
        var ids = posted.ConvertAll(static p => p.Id).Concat(deposits.ConvertAll(static d => d.RemittanceId ?? 0))
            .ToHashSet();
        var payments = await db.Remittances.AsNoTracking().Where(r => ids.Contains(r.Id))
            .ToDictionaryAsync(static r => r.Id, stop);
        var days = (await db.Deposits.Where(d => d.RemittanceId != null && ids.Contains(d.RemittanceId.Value))
            .Select(static d => new { Id = d.RemittanceId!.Value, d.Day }).ToListAsync(stop))
            .ToLookup(static d => d.Id, static d => (DateOnly?)d.Day);
        BankedPayment Of(long id, long cents) => new(id, payments.GetValueOrDefault(id)?.Trace ?? "",
            payments.GetValueOrDefault(id)?.PayerName ?? "", cents, days[id].FirstOrDefault());
        var banked = deposits.Where(static d => d.RemittanceId is not null)
            .GroupBy(static d => d.RemittanceId!.Value).ToDictionary(static g => g.Key,
                static g => g.Sum(static d => d.Amount));
        return new(posted.Sum(static p => p.Cents), deposits.Sum(static d => d.Amount),
            [.. posted.Where(p => p.Cents != 0 && !banked.ContainsKey(p.Id)).Select(p => Of(p.Id, p.Cents))],
            [.. banked.Select(b => Of(b.Key, b.Value - posted.Find(p => p.Id == b.Key).Cents))
                .Where(static b => b.Cents != 0)],
            deposits.FindAll(static d => d.RemittanceId is null),
            await DifferenceOf(db, [.. payments.Values], deposits, stop));
    }

    static async Task<long> DifferenceOf(PracticeDb db, List<Remittance> payments, List<Deposit> deposits,
        CancellationToken stop)
    {
        var ids = payments.ConvertAll(static p => p.Id);
        var posted = await db.Postings.Where(p => p.Account == Account.Cash && p.RemittanceId != null
                && ids.Contains(p.RemittanceId.Value)).GroupBy(static p => p.RemittanceId!.Value)
            .Select(static g => new { g.Key, Cents = g.Sum(static p => p.Cents) })
            .ToDictionaryAsync(static g => g.Key, static g => g.Cents, stop);
        return payments.Sum(p => posted.GetValueOrDefault(p.Id) - (p.State == RemittanceState.Posted ? p.Amount : 0))
            + deposits.Sum(d => d.RemittanceId is { } id ? d.Amount - payments.Find(p => p.Id == id)!.Amount : 0);
    }

    /// <summary>The months from the first that has a posting until today's, the last first.</summary>
    public static async Task<List<int>> Months(PracticeDb db, DateOnly today, CancellationToken stop = default)
    {
        var first = await db.Postings.OrderBy(static p => p.Day).Select(static p => (DateOnly?)p.Day)
            .FirstOrDefaultAsync(stop);
        var months = new List<int>();
        for (var day = first; day is { } of && of <= today; day = new DateOnly(of.Year, of.Month, 1).AddMonths(1))
            months.Add(Outcomes.MonthOf(of));
        months.Reverse();
        return months;
    }

    /// <summary>
    /// The first month before this one that has postings and is open; null where there is none. A month without any
    /// closes with the next one.
    /// </summary>
    public static async Task<int?> FirstOpen(PracticeDb db, int month, DateOnly? closedThru,
        CancellationToken stop = default)
    {
        var (from, until) = (closedThru ?? DateOnly.MinValue, Outcomes.FirstOf(month));
        return await db.Postings.Where(p => p.Day > from && p.Day < until).OrderBy(static p => p.Day)
            .Select(static p => (DateOnly?)p.Day).FirstOrDefaultAsync(stop) is { } day ? Outcomes.MonthOf(day) : null;
    }

    /// <summary>
    /// Closes the books of a month and of all days before it. Nothing is posted any more with such a day: what comes
    /// later is dated with the day on which it is posted.
    /// </summary>
    /// <exception cref="InputException">It has not ended, an earlier month is open, or the bank does not agree.
    /// </exception>
    public static Task<ClosedMonth> Close(PracticeDb db, int month, DateTime now, DateOnly today,
        CancellationToken stop = default) => db.Change(async practice =>
    {
        var last = LastOf(month);
        if (last >= today)
            throw new InputException("month", "the month has not ended", "close it on the first day of the next");
        if (last <= practice.ClosedThru)
            throw new InputException("month", "the month is closed", "load the page again");
        var months = await Months(db, today, stop);
        if (!months.Contains(month)) throw new InputException("month", "nothing was posted in it", "choose another");
        if (await FirstOpen(db, month, practice.ClosedThru, stop) is { } first)
            throw new InputException("month", $"an earlier month, {Outcomes.NameOf(first)}, is open",
                $"close {Outcomes.NameOf(first)} first");
        var (sums, bank) = (await Sums(db, month, stop), await Bank(db, month, stop));
        if (bank.Difference != 0)
            throw new InputException("month", "the books and the bank do not agree",
                "look for a payment that is posted in part, or twice");
        (sums.At, sums.PersonId, practice.ClosedThru) = (now, db.PersonId, last);
        db.ClosedMonths.Add(sums);
        db.Record(now, "close", "books/" + Outcomes.NameOf(month), "", new
        {
            sums.Charges, sums.Payments, sums.Adjustments, sums.WrittenOff, sums.Payers, sums.Patients, sums.Banked,
        });
        return sums;
    }, stop);

    /// <summary>An owner opens the last closed month again.</summary>
    /// <exception cref="InputException">A later month is closed, it is open, or no reason is given.</exception>
    public static Task<ClosedMonth> Reopen(PracticeDb db, int month, string why, DateTime now,
        CancellationToken stop = default) => db.Change(async practice =>
    {
        if (why.Trim().Length == 0)
            throw new InputException("why", "a reason is missing", "write why the month is opened again");
        var closed = await db.ClosedMonths.Where(static m => m.OpenedAt == null).OrderByDescending(static m => m.Month)
            .Take(2).ToListAsync(stop);
        if (closed.Count == 0 || closed[0].Month != month)
            throw new InputException("month", "it is not the last month that is closed", "open the later month first");
        (closed[0].OpenedAt, closed[0].OpenedWhy) = (now, why.Trim());
        practice.ClosedThru = closed.Count > 1 ? LastOf(closed[1].Month) : null;
        db.Record(now, "reopen", "books/" + Outcomes.NameOf(month), why.Trim());
        return closed[0];
    }, stop);
}
