using Deltoid.Rules;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>Claims that left in the months asked for.</summary>
public sealed record SentFigures(long Claims, long Clean, long ChargedNotClean, long Reworked, long ChargedReworked);

/// <summary>First answers of payers in the months asked for. Money in whole cents.</summary>
public sealed record AnsweredFigures(long Claims, long Denied, long Refused, long Lines, long RefusedLines, long Judged,
    long RefusedCents, long Paid, long Reduced, long Share)
{
    /// <summary>What payers owed by their own prices.</summary>
    public long Owed => Judged - Reduced - Share;
}

/// <summary>What payers still owe on a day, and what was charged a day before it.</summary>
/// <param name="Days">Days of charges that are open; null where nothing was charged.</param>
public sealed record OpenFigures(long Claims, long Cents, long OldClaims, long OldCents, decimal? Days);

/// <summary>Claims that payers paid too much on: what is not the practice's goes back.</summary>
/// <param name="Due">The first day by which a law wants it back; null where none does.</param>
public sealed record CreditFigures(long Claims, long Cents, DateOnly? Due)
{
    public static async Task<CreditFigures> Load(PracticeDb db, DateOnly today, CancellationToken stop = default)
    {
        var credits = await new OutcomeFilter(OutcomeSet.Credit).Of(db, today).GroupBy(static o => o.PayerId)
            .Select(static g => new
            {
                Claims = g.LongCount(), Cents = -g.Sum(static o => o.Open), Since = g.Min(static o => o.CreditSince),
                Payer = g.Key,
            })
            .Join(db.Payers, static g => g.Payer, static p => p.Id, static (g, p) =>
                new { g.Claims, g.Cents, g.Since, Payer = p }).ToListAsync(stop);
        return new(credits.Sum(static c => c.Claims), credits.Sum(static c => c.Cents),
            credits.Min(static c => Overpayments.DaysByLaw(c.Payer, c.Since!.Value) is { } days
                ? c.Since.Value.AddDays(days) : (DateOnly?)null));
    }
}

/// <summary>Claims that were refused at first for one cause.</summary>
/// <param name="Open">Those of them that payers still owe something on.</param>
/// <param name="Foreseen">Those whose reason a finding had named before they left.</param>
public sealed record CauseFigures(string Cause, string Words, long Claims, long Cents, long Open, long OpenCents,
    long Recovered, long Lost, long Foreseen);

/// <summary>What was taken off and is no refusal: agreed prices, patients' shares.</summary>
public sealed record NotOursFigures(long Claims, long Reduced, long Share);

/// <summary>A part of the answers: a month, a payer.</summary>
public sealed record PartFigures(long Key, string Name, long Claims, long Denied, long RefusedCents, long Paid,
    long Owed);

/// <summary>A reason on lines.</summary>
public sealed record ReasonFigures(string Reason, long Lines, long Cents);

/// <summary>The figures of the practice, summed by the database.</summary>
public sealed record PracticeFigures(SentFigures Sent, AnsweredFigures Answered, OpenFigures Open,
    IReadOnlyList<CauseFigures> Causes, NotOursFigures NotOurs, IReadOnlyList<PartFigures> Payers,
    IReadOnlyList<PartFigures> Months, IReadOnlyList<ReasonFigures> Reasons, long OverturnedOf, long Overturned)
{
    /// <summary>Below this many a rate says too little, and could point at one patient.</summary>
    public const int Fewest = 10;

    /// <param name="from">Year and month of the service, or of the first answer; 0: from the beginning.</param>
    public static async Task<PracticeFigures> Load(PracticeDb db, int from, int thru, DateOnly today,
        CancellationToken stop = default)
    {
        OutcomeFilter Of(OutcomeSet set) => new(set, from, thru);
        var (sent, answered) = (Of(OutcomeSet.Sent).Of(db, today), Of(OutcomeSet.Answered).Of(db, today));
        var again = await answered.Where(static o => o.IsAnsweredAgain).GroupBy(static _ => 1).Select(static g => new
            { Of = g.LongCount(), Hits = g.Sum(static o => o.IsOverturned ? 1L : 0) }).FirstOrDefaultAsync(stop);
        var notOurs = await Of(OutcomeSet.NotOurs).Of(db, today).GroupBy(static _ => 1).Select(static g =>
            new NotOursFigures(g.LongCount(), g.Sum(static o => o.Reduced), g.Sum(static o => o.Share)))
            .FirstOrDefaultAsync(stop) ?? new(0, 0, 0);
        return new(await SentOf(sent, stop), await AnsweredOf(answered, stop), await OpenOf(db, today, stop),
            await CausesOf(Of(OutcomeSet.Refused).Of(db, today), stop), notOurs, await PayersOf(db, answered, stop),
            await MonthsOf(db, today, stop), await ReasonsOf(db, from, thru, stop), again?.Of ?? 0, again?.Hits ?? 0);
    }

    static async Task<SentFigures> SentOf(IQueryable<ClaimOutcome> sent, CancellationToken stop) =>
        await sent.GroupBy(static _ => 1).Select(static g => new SentFigures(g.LongCount(),
            g.Sum(static o => o.IsClean ? 1L : 0), g.Sum(static o => o.IsClean ? 0 : o.Charge),
            g.Sum(static o => o.IsReworked ? 1L : 0), g.Sum(static o => o.IsReworked ? o.Charge : 0)))
            .FirstOrDefaultAsync(stop) ?? new(0, 0, 0, 0, 0);

    static async Task<AnsweredFigures> AnsweredOf(IQueryable<ClaimOutcome> answered, CancellationToken stop) =>
        await answered.GroupBy(static _ => 1).Select(static g => new AnsweredFigures(g.LongCount(),
            g.Sum(static o => o.IsDenied ? 1L : 0), g.Sum(static o => o.IsRefused ? 1L : 0),
            g.Sum(static o => (long)o.Lines), g.Sum(static o => (long)o.RefusedLines), g.Sum(static o => o.Judged),
            g.Sum(static o => o.Refused), g.Sum(static o => o.Paid), g.Sum(static o => o.Reduced),
            g.Sum(static o => o.Share))).FirstOrDefaultAsync(stop) ?? new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>As <c>deltoid report</c> counts the days: what is open, by what was charged a day in the last 90 days,
    /// or in those since the first claim.</summary>
    static async Task<OpenFigures> OpenOf(PracticeDb db, DateOnly today, CancellationToken stop)
    {
        var old = today.AddDays(-OutcomeFilter.OldDays);
        var open = await new OutcomeFilter(OutcomeSet.Open).Of(db, today).GroupBy(static _ => 1).Select(g => new
        {
            Claims = g.LongCount(), Cents = g.Sum(static o => o.Open),
            OldClaims = g.Sum(o => o.ServiceDate < old ? 1L : 0),
            OldCents = g.Sum(o => o.ServiceDate < old ? o.Open : 0),
        }).FirstOrDefaultAsync(stop);
        var charged = await db.ClaimOutcomes.Where(o => o.ServiceDate <= today && o.ServiceDate > old)
            .GroupBy(static _ => 1).Select(static g => new { Cents = g.Sum(static o => o.Charge),
                First = g.Min(static o => o.ServiceDate) }).FirstOrDefaultAsync(stop);
        if (open is null) return new(0, 0, 0, 0, charged is null ? null : 0);
        return new(open.Claims, open.Cents, open.OldClaims, open.OldCents, charged is not { Cents: > 0 } ? null
            : decimal.Round(open.Cents * (decimal)(today.DayNumber - charged.First.DayNumber + 1) / charged.Cents, 1,
                MidpointRounding.AwayFromZero));
    }

    static async Task<List<CauseFigures>> CausesOf(IQueryable<ClaimOutcome> refused, CancellationToken stop) =>
        [.. (await refused.GroupBy(static o => o.Cause).Select(static g => new
        {
            Cause = g.Key, Claims = g.LongCount(), Cents = g.Sum(static o => o.Refused),
            Open = g.Sum(static o => o.Open > 0 ? 1L : 0), OpenCents = g.Sum(static o => o.Open > 0 ? o.Open : 0),
            Recovered = g.Sum(static o => o.Recovered), Lost = g.Sum(static o => o.WrittenOff),
            Foreseen = g.Sum(static o => o.IsForeseen ? 1L : 0),
        }).ToListAsync(stop)).Select(static c => new CauseFigures(c.Cause, WordsOf(c.Cause), c.Claims, c.Cents, c.Open,
            c.OpenCents, c.Recovered, c.Lost, c.Foreseen))
            .OrderByDescending(static c => c.Cents).ThenBy(static c => c.Cause, StringComparer.Ordinal)];

    /// <summary>What a cause is called.</summary>
    public static string WordsOf(string cause) =>
        RuleBook.Shipped.Find(cause)?.Line is { } line ? line.TrimEnd('.') : "No rule here names the reason";

    static async Task<List<PartFigures>> PayersOf(PracticeDb db, IQueryable<ClaimOutcome> answered,
        CancellationToken stop)
    {
        var names = await db.Payers.AsNoTracking().ToDictionaryAsync(static p => p.Id, static p => p.Name, stop);
        return [.. (await answered.GroupBy(static o => o.PayerId).Select(static g => new
        {
            g.Key, Claims = g.LongCount(), Denied = g.Sum(static o => o.IsDenied ? 1L : 0),
            Refused = g.Sum(static o => o.Refused), Paid = g.Sum(static o => o.Paid),
            Owed = g.Sum(static o => o.Judged - o.Reduced - o.Share),
        }).ToListAsync(stop)).Select(p => new PartFigures(p.Key, names.GetValueOrDefault(p.Key, ""), p.Claims,
            p.Denied, p.Refused, p.Paid, p.Owed)).OrderByDescending(static p => p.RefusedCents)
            .ThenBy(static p => p.Name, StringComparer.Ordinal)];
    }

    /// <summary>Months that are looked back.</summary>
    public const int MostMonths = 12;

    static async Task<List<PartFigures>> MonthsOf(PracticeDb db, DateOnly today, CancellationToken stop)
    {
        var first = Outcomes.MonthOf(today.AddMonths(1 - MostMonths));
        return [.. (await db.ClaimOutcomes.Where(o => o.Month >= first).GroupBy(static o => o.Month)
            .Select(static g => new
            {
                g.Key, Claims = g.LongCount(), Denied = g.Sum(static o => o.IsDenied ? 1L : 0),
                Refused = g.Sum(static o => o.Refused), Paid = g.Sum(static o => o.Paid),
                Owed = g.Sum(static o => o.Judged - o.Reduced - o.Share),
            }).ToListAsync(stop)).OrderBy(static m => m.Key).Select(static m => new PartFigures(m.Key,
                Outcomes.NameOf(m.Key), m.Claims, m.Denied, m.Refused, m.Paid, m.Owed))];
    }

    static async Task<List<ReasonFigures>> ReasonsOf(PracticeDb db, int from, int thru, CancellationToken stop) =>
        await db.RefusedLines.Where(r => r.Month > 0 && r.Month >= from && r.Month <= thru)
            .GroupBy(static r => r.Reason).Select(static g => new ReasonFigures(g.Key, g.LongCount(),
                g.Sum(static r => r.Cents))).ToListAsync(stop) is var all
            ? [.. all.OrderByDescending(static r => r.Cents).ThenBy(static r => r.Reason, StringComparer.Ordinal)] : [];
}
