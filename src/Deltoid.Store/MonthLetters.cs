using System.Globalization;
using Deltoid.Reports;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>
/// The letter of a month, as <c>deltoid report --letter</c> writes it: what was lost, why, what to change. It is made
/// once, when the month is over, and kept.
/// </summary>
public static class MonthLetters
{
    /// <summary>Months before it that the letter looks at, and the most claims; the latest count.</summary>
    const int MonthsBefore = 3, MostClaims = 50_000, AtOnce = 1_000;

    /// <summary>The months that are over, were answered in and have no letter yet; only the last one is made late.
    /// </summary>
    public static async Task<int?> Due(PracticeDb db, DateOnly today, CancellationToken stop = default)
    {
        var month = Outcomes.MonthOf(new DateOnly(today.Year, today.Month, 1).AddDays(-1));
        return await db.OutcomeSums.AnyAsync(s => s.Month == month && s.Claims != 0, stop)
            && !await db.MonthReports.AnyAsync(r => r.Month == month, stop) ? month : null;
    }

    /// <summary>The sentences of a month's letter.</summary>
    public static async Task<List<string>> Sentences(PracticeDb db, Engine engine, int month,
        CancellationToken stop = default)
    {
        var last = MonthBooks.LastOf(month);
        var first = Outcomes.FirstOf(month).AddMonths(-MonthsBefore);
        var ids = await db.ClaimOutcomes.Where(o => o.SentOn <= last && (o.SentOn >= first || o.Answered >= first))
            .OrderByDescending(static o => o.ClaimId).Select(static o => o.ClaimId).Take(MostClaims).ToListAsync(stop);
        var cohort = new Cohort();
        var known = new SentAndPaid(db, stop);
        foreach (var some in ids.Chunk(AtOnce))
        {
            await known.Load(some);
            foreach (var standing in some.Select(known.Of).OfType<Standing>())
            {
                cohort.Add(standing.Claim);
                cohort.Payments.AddRange(standing.Answers.Where(a => a.Day <= last));
            }
        }
        return [string.Create(CultureInfo.InvariantCulture, $"This is about the claims that were sent or answered from "
            + $"{first:MM/dd/yyyy} to {last:MM/dd/yyyy}, so that the month can be seen beside those before it."),
            .. MonthLetter.Sentences(new Figures(cohort, engine.Book, last))];
    }

    /// <summary>Keeps the letter of a month; what was made before stays.</summary>
    /// <param name="print">Makes the PDF of its sentences.</param>
    public static async Task<bool> Make(PracticeDb db, Engine engine, int month, DateTime now,
        Func<IReadOnlyList<string>, byte[]> print, CancellationToken stop = default)
    {
        var sentences = await Sentences(db, engine, month, stop);
        var pdf = print(sentences);
        return await db.Change(async _ =>
        {
            if (await db.MonthReports.AnyAsync(r => r.Month == month, stop)) return false;
            db.MonthReports.Add(new() { Month = month, At = now, Text = string.Join('\n', sentences), Pdf = pdf });
            db.Record(now, "create", "letter/" + Outcomes.NameOf(month));
            return true;
        }, stop);
    }
}
