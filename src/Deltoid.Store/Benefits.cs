using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>What a plan leaves to its patient, as somebody asked the payer.</summary>
public static class Benefits
{
    /// <summary>What was asked this many days ago may have changed.</summary>
    public const int OldDays = 30;

    /// <exception cref="InputException">A field cannot be so.</exception>
    public static Task<Benefit> Note(PracticeDb db, Benefit said, DateTime now, CancellationToken stop = default) =>
        db.Change(async _ =>
    {
        if (!await db.Set<Coverage>().AnyAsync(c => c.Id == said.CoverageId, stop))
            throw new InputException("coverage", "the plan is missing", "choose one");
        if (said.AsOf > DateOnly.FromDateTime(now)) throw new InputException("asof", "this day is to come",
            "write the day on which the payer was asked");
        if (said.DeductibleLeft < 0 || said.Copay < 0 || said.PocketLeft < 0)
            throw new InputException("amount", "this is less than nothing", "write dollars, such as 20.00");
        if (said.Coinsurance is < 0 or > 10_000)
            throw new InputException("coinsurance", "this is no percentage", "write one from 0 to 100");
        if (said.Source.Trim().Length is 0 or > 100)
            throw new InputException("source", "who said it is missing", "write portal, call with its number, or 271");
        (said.At, said.PersonId, said.Source) = (now, db.PersonId, said.Source.Trim());
        db.Benefits.Add(said);
        await db.SaveChangesAsync(stop);
        db.Record(now, "create", $"benefit/{said.Id}", $"coverage/{said.CoverageId}", new
        {
            said.AsOf, said.DeductibleLeft, said.Copay, said.Coinsurance, said.PocketLeft,
        });
        return said;
    }, stop);

    /// <summary>What was said last of each plan.</summary>
    public static async Task<Dictionary<long, Benefit>> Of(PracticeDb db, IReadOnlyCollection<long> coverages,
        CancellationToken stop = default) => (await db.Benefits.AsNoTracking()
            .Where(b => coverages.Contains(b.CoverageId)).OrderBy(static b => b.Id).ToListAsync(stop))
            .GroupBy(static b => b.CoverageId).ToDictionary(static g => g.Key, static g => g.MaxBy(static b =>
                (b.AsOf, b.Id))!);
}
