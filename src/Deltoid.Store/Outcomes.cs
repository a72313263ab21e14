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
        var known = new SentAndPaid(db, stop);
        for (var piece = 0; piece < most; piece++)
            if (!await TakeIn(db, engine, known, stop)) return true;
        return !await IsBehind(db, await MarkOf(db, stop), stop);
    }

    static Task<long> MarkOf(PracticeDb db, CancellationToken stop) =>
        db.OutcomeMarks.Select(static m => m.Version).FirstOrDefaultAsync(stop);

    static Task<bool> IsBehind(PracticeDb db, long mark, CancellationToken stop) =>
        db.ClaimVersions.AnyAsync(v => v.Id > mark, stop);

    /// <summary>The next piece. It is made before the practice is held, and kept only if nobody was faster.</summary>
    static async Task<bool> TakeIn(PracticeDb db, Engine engine, SentAndPaid known, CancellationToken stop)
    {
        var mark = await MarkOf(db, stop);
        var versions = await db.ClaimVersions.Where(v => v.Id > mark).OrderBy(static v => v.Id)
            .Select(static v => new { v.Id, v.ClaimId }).Take(AtOnce).ToListAsync(stop);
        if (versions.Count == 0) return false;
        var ids = versions.Select(static v => v.ClaimId).ToHashSet();
        var made = await new OutcomePiece(db, engine, known, stop).Of(ids);
        await db.Change(async _ =>
        {
            var kept = await db.OutcomeMarks.SingleOrDefaultAsync(stop);
            if ((kept?.Version ?? 0) != mark) return 0;
            var gone = await db.ClaimOutcomes.AsNoTracking().Where(o => ids.Contains(o.ClaimId)).ToListAsync(stop);
            await Sum(db, gone, made.Claims, stop);
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

    /// <summary>Keeps the sums in the change that writes the outcomes.</summary>
    internal static Task Sum(PracticeDb db, List<ClaimOutcome> gone, List<ClaimOutcome> come, CancellationToken stop)
    {
        var sums = new Dictionary<(long, int, int, string, OutcomeMarks), OutcomeSum>();
        foreach (var one in gone) Add(sums, one, -1);
        foreach (var one in come) Add(sums, one, 1);
        return new BulkRows<OutcomeSum>(db, hasOwnIds: false).AddUp(sums.Values, stop);
    }

    static void Add(Dictionary<(long, int, int, string, OutcomeMarks), OutcomeSum> sums, ClaimOutcome one, int sign)
    {
        var key = (one.PayerId, one.ServiceMonth, one.Month, one.Cause, one.Marks);
        if (!sums.TryGetValue(key, out var sum))
            sums.Add(key, sum = new()
            {
                PayerId = one.PayerId, ServiceMonth = one.ServiceMonth, Month = one.Month, Cause = one.Cause,
                Marks = one.Marks,
            });
        sum.Claims += sign;
        sum.Charge += sign * one.Charge;
        sum.Refused += sign * one.Refused;
        sum.Open += sign * one.Open;
        sum.Received += sign * one.Received;
        sum.Lines += sign * one.Lines;
        sum.RefusedLines += sign * one.RefusedLines;
        sum.Judged += sign * one.Judged;
        sum.Paid += sign * one.Paid;
        sum.Reduced += sign * one.Reduced;
        sum.Share += sign * one.Share;
        sum.WrittenOff += sign * one.WrittenOff;
        sum.Recovered += sign * one.Recovered;
    }
}
