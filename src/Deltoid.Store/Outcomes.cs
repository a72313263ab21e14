using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>
/// Keeps up what became of each claim (<see cref="ClaimOutcome"/>): every step of a claim is a version with the next
/// number, so whatever came since the last time is known, by whatever it was written.
/// </summary>
public static class Outcomes
{
    /// <summary>Versions that are taken in at once.</summary>
    const int AtOnce = 1_000;

    /// <summary>Year and month as a number.</summary>
    public static int MonthOf(DateOnly day) => (day.Year * 100) + day.Month;

    /// <summary><c>2026-11</c>.</summary>
    public static string NameOf(int month) => FormattableString.Invariant($"{month / 100}-{month % 100:00}");

    /// <summary>The first day of a month.</summary>
    public static DateOnly FirstOf(int month) => new(month / 100, month % 100, 1);

    /// <summary>Takes in what has happened since the last time.</summary>
    /// <param name="most">Stops after so many pieces, so that a request does not wait for a whole history.</param>
    /// <returns>Whether all is taken in.</returns>
    public static async Task<bool> CatchUp(PracticeDb db, Engine engine, int most = int.MaxValue,
        CancellationToken stop = default)
    {
        for (var piece = 0; piece < most; piece++)
            if (!await TakeIn(db, engine, stop)) return true;
        return !await IsBehind(db, await MarkOf(db, stop), stop);
    }

    static Task<long> MarkOf(PracticeDb db, CancellationToken stop) =>
        db.OutcomeMarks.Select(static m => m.Version).FirstOrDefaultAsync(stop);

    static Task<bool> IsBehind(PracticeDb db, long mark, CancellationToken stop) =>
        db.ClaimVersions.AnyAsync(v => v.Id > mark, stop);

    /// <summary>The next piece. It is made before the practice is held, and kept only if nobody was faster.</summary>
    static async Task<bool> TakeIn(PracticeDb db, Engine engine, CancellationToken stop)
    {
        var mark = await MarkOf(db, stop);
        var versions = await db.ClaimVersions.Where(v => v.Id > mark).OrderBy(static v => v.Id)
            .Select(static v => new { v.Id, v.ClaimId }).Take(AtOnce).ToListAsync(stop);
        if (versions.Count == 0) return false;
        var ids = versions.Select(static v => v.ClaimId).ToHashSet();
        var made = await new OutcomePiece(db, engine, stop).Of(ids);
        await db.Change(async _ =>
        {
            var kept = await db.OutcomeMarks.SingleOrDefaultAsync(stop);
            if ((kept?.Version ?? 0) != mark) return 0;
            await db.ClaimOutcomes.Where(o => ids.Contains(o.ClaimId)).ExecuteDeleteAsync(stop);
            await db.RefusedLines.Where(r => ids.Contains(r.ClaimId)).ExecuteDeleteAsync(stop);
            await db.DrugOutcomes.Where(d => ids.Contains(d.ClaimId)).ExecuteDeleteAsync(stop);
            await new BulkRows<ClaimOutcome>(db, hasOwnIds: false).Write(made.Claims, stop);
            await new BulkRows<RefusedLine>(db, hasOwnIds: false).Write(made.Refused, stop);
            await new BulkRows<DrugOutcome>(db, hasOwnIds: false).Write(made.Drugs, stop);
            if (kept is null) db.OutcomeMarks.Add(kept = new());
            kept.Version = versions[^1].Id;
            return 0;
        }, stop);
        db.ChangeTracker.Clear();
        return true;
    }
}
