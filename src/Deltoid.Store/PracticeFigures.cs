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
        var sums = db.OutcomeSums.AsNoTracking().Where(static s => s.Claims != 0);
        var sent = await new OutcomeFilter(OutcomeSet.Sent, from, thru).Of(sums).GroupBy(static s => s.Marks)
            .Select(static g => new OutcomeSum { Marks = g.Key, Claims = g.Sum(static s => s.Claims),
                Charge = g.Sum(static s => s.Charge) }).ToListAsync(stop);
        var answered = await AnsweredBy(new OutcomeFilter(OutcomeSet.Answered, from, thru).Of(sums), stop);
        var again = answered.FindAll(static s => s.Is(OutcomeMarks.AnsweredAgain));
        var right = answered.FindAll(static s => s.Is(OutcomeMarks.PaidRight));
        return new(SentOf(sent), AnsweredOf(answered), await OpenOf(db, today, stop), CausesOf(answered),
            new(right.Sum(static s => s.Claims), right.Sum(static s => s.Reduced), right.Sum(static s => s.Share)),
            await PayersOf(db, answered, stop), await MonthsOf(sums, today, stop), await ReasonsOf(db, from, thru,
                stop),
            again.Sum(static s => s.Claims), ClaimsOf(again, OutcomeMarks.Overturned));
    }

    /// <summary>The answers by all that the figures ask of them.</summary>
    static Task<List<OutcomeSum>> AnsweredBy(IQueryable<OutcomeSum> answered, CancellationToken stop) =>
        answered.GroupBy(static s => new { s.PayerId, s.Cause, s.Marks }).Select(static g => new OutcomeSum
        {
            PayerId = g.Key.PayerId, Cause = g.Key.Cause, Marks = g.Key.Marks, Claims = g.Sum(static s => s.Claims),
            Lines = g.Sum(static s => s.Lines), RefusedLines = g.Sum(static s => s.RefusedLines),
            Judged = g.Sum(static s => s.Judged), Refused = g.Sum(static s => s.Refused),
            Paid = g.Sum(static s => s.Paid), Reduced = g.Sum(static s => s.Reduced),
                Share = g.Sum(static s => s.Share),
            Open = g.Sum(static s => s.Open), Recovered = g.Sum(static s => s.Recovered),
            WrittenOff = g.Sum(static s => s.WrittenOff),
        }).ToListAsync(stop);

    static long ClaimsOf(IEnumerable<OutcomeSum> of, OutcomeMarks mark) =>
        of.Sum(s => s.Is(mark) ? s.Claims : 0);

    static SentFigures SentOf(List<OutcomeSum> sent) => new(sent.Sum(static s => s.Claims),
        sent.Sum(static s => s.Is(OutcomeMarks.NotClean) ? 0 : s.Claims),
        sent.Sum(static s => s.Is(OutcomeMarks.NotClean) ? s.Charge : 0), ClaimsOf(sent, OutcomeMarks.Reworked),
        sent.Sum(static s => s.Is(OutcomeMarks.Reworked) ? s.Charge : 0));

    static AnsweredFigures AnsweredOf(List<OutcomeSum> answered) => new(answered.Sum(static s => s.Claims),
        ClaimsOf(answered, OutcomeMarks.Denied), ClaimsOf(answered, OutcomeMarks.Refused),
        answered.Sum(static s => s.Lines), answered.Sum(static s => s.RefusedLines),
        answered.Sum(static s => s.Judged), answered.Sum(static s => s.Refused), answered.Sum(static s => s.Paid),
        answered.Sum(static s => s.Reduced), answered.Sum(static s => s.Share));

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

    static List<CauseFigures> CausesOf(List<OutcomeSum> answered) =>
        [.. answered.Where(static s => s.Is(OutcomeMarks.Refused)).GroupBy(static s => s.Cause).Select(static g =>
            new CauseFigures(g.Key, WordsOf(g.Key), g.Sum(static s => s.Claims), g.Sum(static s => s.Refused),
                ClaimsOf(g, OutcomeMarks.Open), g.Sum(static s => s.Is(OutcomeMarks.Open) ? s.Open : 0),
                g.Sum(static s => s.Recovered), g.Sum(static s => s.WrittenOff), ClaimsOf(g, OutcomeMarks.Foreseen)))
            .OrderByDescending(static c => c.Cents).ThenBy(static c => c.Cause, StringComparer.Ordinal)];

    /// <summary>What a cause is called.</summary>
    public static string WordsOf(string cause) =>
        RuleBook.Shipped.Find(cause)?.Line is { } line ? line.TrimEnd('.') : "No rule here names the reason";

    static async Task<List<PartFigures>> PayersOf(PracticeDb db, List<OutcomeSum> answered, CancellationToken stop)
    {
        var names = await db.Payers.AsNoTracking().ToDictionaryAsync(static p => p.Id, static p => p.Name, stop);
        return [.. answered.GroupBy(static s => s.PayerId).Select(g => PartOf(g.Key, names.GetValueOrDefault(g.Key, ""),
            g)).OrderByDescending(static p => p.RefusedCents).ThenBy(static p => p.Name, StringComparer.Ordinal)];
    }

    static PartFigures PartOf(long key, string name, IEnumerable<OutcomeSum> of)
    {
        var part = AnsweredOf([.. of]);
        return new(key, name, part.Claims, part.Denied, part.RefusedCents, part.Paid, part.Owed);
    }

    /// <summary>Months that are looked back.</summary>
    public const int MostMonths = 12;

    static async Task<List<PartFigures>> MonthsOf(IQueryable<OutcomeSum> sums, DateOnly today, CancellationToken stop)
    {
        var first = Outcomes.MonthOf(today.AddMonths(1 - MostMonths));
        return [.. (await sums.Where(s => s.Month >= first).GroupBy(static s => new { s.Month, s.Marks })
            .Select(static g => new OutcomeSum
            {
                Month = g.Key.Month, Marks = g.Key.Marks, Claims = g.Sum(static s => s.Claims),
                Refused = g.Sum(static s => s.Refused), Paid = g.Sum(static s => s.Paid),
                Judged = g.Sum(static s => s.Judged), Reduced = g.Sum(static s => s.Reduced),
                Share = g.Sum(static s => s.Share),
            }).ToListAsync(stop)).GroupBy(static s => s.Month).OrderBy(static g => g.Key)
            .Select(static g => PartOf(g.Key, Outcomes.NameOf(g.Key), g))];
    }

    static async Task<List<ReasonFigures>> ReasonsOf(PracticeDb db, int from, int thru, CancellationToken stop) =>
        await db.RefusedLines.Where(r => r.Month > 0 && r.Month >= from && r.Month <= thru)
            .GroupBy(static r => r.Reason).Select(static g => new ReasonFigures(g.Key, g.LongCount(),
                g.Sum(static r => r.Cents))).ToListAsync(stop) is var all
            ? [.. all.OrderByDescending(static r => r.Cents).ThenBy(static r => r.Reason, StringComparer.Ordinal)] : [];
}
