using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>
/// Claims that have not left are judged again when something that judges them has changed: the code book, a rule of
/// the practice, or who may be billed for. The first are judged in the change itself; the others follow piece by
/// piece, so that nobody waits for them. A claim that is sent meanwhile is judged as it is sent.
/// </summary>
public static class OpenClaims
{
    /// <summary>Claims that are judged in one change.</summary>
    const int AtOnce = 200;

    /// <summary>Judges them again, as a part of the change that is going on.</summary>
    internal static Task JudgeAgain(PracticeDb db, Engine engine, Practice practice, DateTime now,
        CancellationToken stop)
    {
        (practice.JudgedBy, practice.JudgedThru) = (engine.Book.Version, 0);
        return JudgeSome(db, engine, practice, now, AtOnce, stop);
    }

    /// <summary>Judges the next ones, where any are due.</summary>
    /// <returns>Whether there may be more.</returns>
    public static async Task<bool> CatchUp(PracticeDb db, Engine engine, DateTime now, CancellationToken stop,
        int most = AtOnce)
    {
        var version = engine.Book.Version;
        if (await db.Practices.AnyAsync(p => p.Id == db.PracticeId && p.JudgedBy == version && p.JudgedThru == null,
            stop))
            return false;
        db.ChangeTracker.Clear();
        return await db.Change(async practice =>
        {
            if (practice.JudgedBy is null) practice.JudgedBy = version;
            if (practice.JudgedBy != version) (practice.JudgedBy, practice.JudgedThru) = (version, 0);
            if (practice.JudgedThru is not null) await JudgeSome(db, engine, practice, now, most, stop);
            return practice.JudgedThru is not null;
        }, stop);
    }

    static async Task JudgeSome(PracticeDb db, Engine engine, Practice practice, DateTime now, int most,
        CancellationToken stop)
    {
        var after = practice.JudgedThru;
        var some = await db.Claims.Where(c => (c.Life == ClaimLife.Held || c.Life == ClaimLife.Ready)
            && c.Id > after).OrderBy(static c => c.Id).Take(most).ToListAsync(stop);
        foreach (var stored in some)
        {
            var was = (stored.Life, stored.Cause);
            await Visits.JudgeAgain(db, engine, stored, Documents.Claim(stored.Document), stop);
            if (was != (stored.Life, stored.Cause))
                db.Record(now, "judge", $"claim/{stored.Id}", stored.Cause, ClaimStory.Lived(was.Life, stored.Life));
        }
        practice.JudgedThru = some.Count < most ? null : some[^1].Id;
    }
}
