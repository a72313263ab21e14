using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>A person with what they may do, and what the owner said of it in this quarter.</summary>
/// <param name="Check">Null: nobody has looked at it in this quarter.</param>
public sealed record AccessLine(Person Person, DateTime? SeenAt, AccessCheck? Check);

/// <summary>Once a quarter the owner looks at who may do what, and keeps or ends it.</summary>
public static class AccessReviews
{
    /// <summary>Nobody was here for so many days: the row says so.</summary>
    public const int Unseen = 90;

    public static string QuarterOf(DateOnly day) =>
        FormattableString.Invariant($"{day.Year}-Q{((day.Month - 1) / 3) + 1}");

    /// <summary>The last day of the quarter, by which everybody is looked at.</summary>
    public static DateOnly DueOf(DateOnly day) =>
        new DateOnly(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1).AddMonths(3).AddDays(-1);

    /// <summary>Everybody who may sign in.</summary>
    public static async Task<List<AccessLine>> Of(PracticeDb db, DateOnly today, CancellationToken stop = default)
    {
        var quarter = QuarterOf(today);
        var checks = (await db.AccessChecks.AsNoTracking().Where(c => c.Quarter == quarter).OrderBy(static c => c.Id)
            .ToListAsync(stop)).GroupBy(static c => c.OfId).ToDictionary(static g => g.Key, static g => g.Last());
        var seen = await db.Sessions.AsNoTracking().GroupBy(static s => s.PersonId)
            .Select(static g => new { g.Key, At = g.Max(static s => s.SeenAt) })
            .ToDictionaryAsync(static g => g.Key, static g => g.At, stop);
        return [.. (await db.Users.AsNoTracking().Where(u => u.PracticeId == db.PracticeId && !u.IsDisabled)
            .OrderBy(static u => u.Name).ToListAsync(stop)).Select(u => new AccessLine(u,
                seen.TryGetValue(u.Id, out var at) ? at : null,
                // a role that has changed since is looked at again
                checks.TryGetValue(u.Id, out var check) && check.Role == u.Role ? check : null))];
    }

    /// <summary>Notes what the owner says of a person's access. Who is not kept is disabled by the caller.</summary>
    /// <exception cref="InputException">The person is not here, or no reason is given for an end.</exception>
    internal static async Task<AccessCheck> Note(PracticeDb db, Person person, bool isKept, string why, DateTime now,
        CancellationToken stop)
    {
        if (!isKept && why.Trim().Length == 0)
            throw new InputException("why", "the reason is missing", "write why the access ends");
        if (why.Length > 200) throw new InputException("why", "the reason is too long", "write less");
        var line = (await Of(db, DateOnly.FromDateTime(now), stop)).Find(l => l.Person.Id == person.Id)
            ?? throw new InputException("", "this person may not sign in", "load the list again");
        var check = new AccessCheck
        {
            Quarter = QuarterOf(DateOnly.FromDateTime(now)), OfId = person.Id, Role = person.Role,
            SeenAt = line.SeenAt, IsKept = isKept, Why = why.Trim(), At = now, PersonId = db.PersonId,
        };
        db.AccessChecks.Add(check);
        db.Record(now, "review-access", $"person/{person.Id}", why.Trim(), new
        {
            check.Quarter, Role = person.Role.ToString(), check.IsKept,
        });
        return check;
    }

    /// <summary>How many were looked at, quarter by quarter; the latest first.</summary>
    public static async Task<List<(string Quarter, int People, int Ended)>> Before(PracticeDb db,
        CancellationToken stop = default) => [.. (await db.AccessChecks.AsNoTracking()
            .GroupBy(static c => c.Quarter).Select(static g => new
            {
                g.Key, People = g.Select(static c => c.OfId).Distinct().Count(), Ended = g.Count(static c => !c.IsKept),
            }).ToListAsync(stop)).OrderByDescending(static g => g.Key, StringComparer.Ordinal)
            .Select(static g => (g.Key, g.People, g.Ended))];
}
