using System.Text.Json;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>What was given or put away together, so that it can be undone together.</summary>
/// <param name="Batch">The word that the events of this batch bear.</param>
public sealed record WorkMoved(string Batch, int Claims);

/// <summary>What a person did today: claims that became ready or left, and what they come to in cents.</summary>
public sealed record DoneToday(IReadOnlyList<long> Ids, long Cents)
{
    public int Claims => Ids.Count;
}

/// <summary>Who works on which claim, and what is put away until later.</summary>
public static class Worklist
{
    /// <summary>The most claims that are moved at once: it is one transaction.</summary>
    public const int Most = 500;

    /// <summary>The longest time that a claim is put away.</summary>
    public const int MostDays = 180;

    /// <summary>Gives claims to a person of the practice, or to nobody.</summary>
    public static Task<WorkMoved> Assign(PracticeDb db, IReadOnlyCollection<long> claimIds, long? personId,
        DateTime now, CancellationToken stop = default) => db.Change(async _ =>
    {
        if (personId is { } id && !await db.Users.AnyAsync(u => u.Id == id && u.PracticeId == db.PracticeId
            && !u.IsDisabled, stop))
            throw new InputException("", "this person is not of the practice", "choose somebody else");
        return await Move(db, claimIds, "assign", now, c => c.OwnerId = personId, stop);
    }, stop);

    /// <summary>Puts claims away until a day; where that is asked, only until something happens to them.</summary>
    public static Task<WorkMoved> Snooze(PracticeDb db, IReadOnlyCollection<long> claimIds, DateOnly until,
        bool isForNews, DateTime now, CancellationToken stop = default) => db.Change(_ =>
    {
        var days = until.DayNumber - DateOnly.FromDateTime(now).DayNumber;
        return days is >= 1 and <= MostDays
            ? Move(db, claimIds, "snooze", now, c => (c.SnoozedUntil, c.IsSnoozedForNews) = (until, isForNews), stop)
            : throw new InputException("until", "this is not a day to come",
                $"choose one from tomorrow to {MostDays} days from now");
    }, stop);

    /// <summary>What the person moved within a day, by its batch: the claims.</summary>
    public static async Task<List<long>> MovedIn(PracticeDb db, string batch, DateTime now,
        CancellationToken stop = default)
    {
        var (person, since) = (db.PersonId, now.AddDays(-1));
        return (await db.Events.AsNoTracking().Where(e => e.PersonId == person && e.At >= since && e.Why == batch)
            .Select(static e => e.Subject).Take(Most).ToListAsync(stop)).ConvertAll(ClaimOf);
    }

    static long ClaimOf(string subject) =>
        subject.StartsWith("claim/", StringComparison.Ordinal) && long.TryParse(subject.AsSpan(6),
            System.Globalization.CultureInfo.InvariantCulture, out var id) ? id : 0;

    /// <summary>
    /// Takes back what the person moved: each claim is where it was before, unless somebody moved it since.
    /// </summary>
    public static Task<WorkMoved> Undo(PracticeDb db, string batch, DateTime now,
        CancellationToken stop = default) => db.Change(async _ =>
    {
        var before = new Dictionary<long, Moved>();
        foreach (var id in await MovedIn(db, batch, now, stop))
        {
            var subject = $"claim/{id}";
            var last = await db.Events.AsNoTracking().Where(e => e.Subject == subject
                    && (e.Act == "assign" || e.Act == "snooze"))
                .OrderByDescending(static e => e.Number).FirstOrDefaultAsync(stop);
            if (last?.Why == batch) before[id] = JsonSerializer.Deserialize<Moved[]>(last.Changes)![0];
        }
        return await Move(db, before.Keys, batch.Split(' ')[0] == "snooze" ? "snooze" : "assign", now, claim =>
            (claim.OwnerId, claim.SnoozedUntil, claim.IsSnoozedForNews) =
                (before[claim.Id].Owner, before[claim.Id].Until, before[claim.Id].ForNews), stop);
    }, stop);

    sealed record Moved(long? Owner, DateOnly? Until, bool ForNews)
    {
        public static Moved Of(StoredClaim claim) =>
            new(claim.OwnerId, claim.SnoozedUntil, claim.IsSnoozedForNews);
    }

    static async Task<WorkMoved> Move(PracticeDb db, IReadOnlyCollection<long> claimIds, string act, DateTime now,
        Action<StoredClaim> move, CancellationToken stop)
    {
        var done = new WorkMoved($"{act} {Guid.CreateVersion7():N}", 0);
        foreach (var claim in await db.Claims.Where(c => claimIds.Contains(c.Id)).OrderBy(static c => c.Id).Take(Most)
            .ToListAsync(stop))
        {
            await db.Entry(claim).ReloadAsync(stop);
            var before = Moved.Of(claim);
            move(claim);
            if (before == Moved.Of(claim)) continue;
            db.Record(now, act, $"claim/{claim.Id}", done.Batch, new[] { before, Moved.Of(claim) });
            done = done with { Claims = done.Claims + 1 };
        }
        return done;
    }

    /// <summary>What was put away until today is in the lists again, and what was set aside until yesterday counts
    /// again. A list asks this first; nothing is written on most days.</summary>
    public static async Task Wake(PracticeDb db, Engine engine, DateOnly today, DateTime now,
        CancellationToken stop = default)
    {
        if (await db.Claims.AnyAsync(c => c.SnoozedUntil != null && c.SnoozedUntil <= today, stop))
            await db.Change(_ => db.Claims.Where(c => c.SnoozedUntil != null && c.SnoozedUntil <= today)
                .ExecuteUpdateAsync(static set => set.SetProperty(static c => c.SnoozedUntil, (DateOnly?)null)
                    .SetProperty(static c => c.IsSnoozedForNews, false), stop), stop);
        await Overrides.Expire(db, engine, today, now, stop);
    }

    /// <summary>The claims that a person made ready or sent since an instant, each once.</summary>
    public static async Task<DoneToday> Done(PracticeDb db, DateTime since, CancellationToken stop = default)
    {
        var person = db.PersonId;
        var subjects = await db.Events.AsNoTracking().Where(e => e.PersonId == person && e.At >= since
                && (e.Act == "free" || e.Act == "send"))
            .Select(static e => e.Subject).Distinct().ToListAsync(stop);
        var ids = subjects.ConvertAll(ClaimOf);
        return new(ids, await db.Claims.Where(c => ids.Contains(c.Id)).SumAsync(static c => c.Charge, stop));
    }
}
