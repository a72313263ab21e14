using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>Something that goes wrong again and again with one person's claims.</summary>
/// <param name="Npi">Of the provider whose claims an audit found it in; empty where it is of who charted them.</param>
public sealed record FoundError(string Rule, string Npi, long? LearnerId, string Who, int Times, DateOnly First,
    DateOnly Last);

/// <summary>A lesson, whom it is for, and how many claims since then are without the error.</summary>
public sealed record LessonView(Lesson Lesson, string Who, int Clean)
{
    public bool MayClose => Lesson is { TaughtOn: not null, ClosedOn: null } && Clean >= Lesson.Wanted;
}

/// <summary>
/// Who is taught what. The list comes from what audits found and from what holds claims; a lesson is closed when
/// so many claims after it are without the error, and not before.
/// </summary>
public static class Lessons
{
    /// <summary>How far back the list looks, and how many days there are to hold a lesson.</summary>
    public const int Days = 365, DaysToTeach = 30;

    /// <summary>How many claims must be clean after a lesson, and how many can be asked for.</summary>
    public const int Wanted = 5, MostWanted = 100;

    /// <summary>Errors of the last months for which no lesson is open; the most frequent first.</summary>
    public static async Task<List<FoundError>> Found(PracticeDb db, DateOnly today, CancellationToken stop = default)
    {
        var open = (await db.Lessons.AsNoTracking().Where(static l => l.ClosedOn == null)
            .Select(static l => new { l.Rule, l.Npi, l.LearnerId }).ToListAsync(stop)).ToHashSet();
        var found = (await OfAudits(db, today, stop)).Concat(await OfCharts(db, today, stop));
        return [.. found.Where(f => !open.Contains(new { f.Rule, f.Npi, f.LearnerId }))
            .OrderByDescending(static f => f.Times).ThenBy(static f => f.Rule, StringComparer.Ordinal)
            .ThenBy(static f => f.Who, StringComparer.Ordinal)];
    }

    static async Task<IEnumerable<FoundError>> OfAudits(PracticeDb db, DateOnly today, CancellationToken stop)
    {
        var since = today.AddDays(-Days);
        var lines = await db.SampledClaims.AsNoTracking().Where(c => c.JudgedAt != null
                && c.Claim.ServiceDate >= since)
            .SelectMany(static c => c.Lines.Where(static l => l.Verdict > LineVerdict.Agree),
                static (c, l) => new { l.Reason, c.Npi, c.Claim.ServiceDate }).ToListAsync(stop);
        var names = await NamesOf(db, stop);
        return lines.GroupBy(static l => new { l.Reason, l.Npi }).Select(g => new FoundError(g.Key.Reason, g.Key.Npi,
            null, names.GetValueOrDefault(g.Key.Npi, g.Key.Npi), g.Count(), g.Min(static l => l.ServiceDate),
            g.Max(static l => l.ServiceDate)));
    }

    /// <summary>What holds claims now. What a payer denied is not the fault of who charted.</summary>
    static async Task<IEnumerable<FoundError>> OfCharts(PracticeDb db, DateOnly today, CancellationToken stop)
    {
        var since = today.AddDays(-Days);
        var causes = await db.Claims.AsNoTracking().Where(c => c.Life == ClaimLife.Held && c.Cause != ""
                && c.VisitId != null && c.ServiceDate >= since)
            .Join(db.ClaimVersions.Where(static v => v.Version == 1 && v.PersonId != null), static c => c.Id,
                static v => v.ClaimId, static (c, v) => new { c.Cause, v.PersonId, c.ServiceDate })
            .GroupBy(static c => new { c.Cause, c.PersonId })
            .Select(static g => new
            {
                g.Key.Cause, g.Key.PersonId, Times = g.Count(), First = g.Min(static c => c.ServiceDate),
                Last = g.Max(static c => c.ServiceDate),
            }).ToListAsync(stop);
        var people = await PeopleOf(db, stop);
        return causes.Select(c => new FoundError(c.Cause, "", c.PersonId, people.GetValueOrDefault(c.PersonId!.Value,
            ""), c.Times, c.First, c.Last));
    }

    internal static async Task<Dictionary<string, string>> NamesOf(PracticeDb db, CancellationToken stop) =>
        (await db.Providers.AsNoTracking().ToListAsync(stop)).DistinctBy(static p => p.Npi)
            .ToDictionary(static p => p.Npi, static p => $"{p.Given} {p.Family}");

    internal static Task<Dictionary<long, string>> PeopleOf(PracticeDb db, CancellationToken stop) =>
        db.Users.AsNoTracking().Where(u => u.PracticeId == db.PracticeId)
            .ToDictionaryAsync(static u => u.Id, static u => u.Name, stop);

    /// <summary>Assigns a lesson on an error of the list.</summary>
    /// <param name="wanted">So many claims after it must be without the error.</param>
    /// <exception cref="InputException">It is not in the list any more.</exception>
    public static Task<Lesson> Assign(PracticeDb db, string rule, string npi, long? learnerId, int wanted, DateTime now,
        CancellationToken stop = default) => db.Change(async _ =>
    {
        if (wanted is < 1 or > MostWanted)
            throw new InputException("wanted", "this is no number of claims", $"choose from 1 to {MostWanted}");
        var today = DateOnly.FromDateTime(now);
        var found = (await Found(db, today, stop)).Find(f => f.Rule == rule && f.Npi == npi && f.LearnerId == learnerId)
            ?? throw new InputException("", "this error is not in the list any more", "load the list again");
        var lesson = new Lesson
        {
            Rule = rule, Npi = npi, LearnerId = learnerId, Times = found.Times, First = found.First, Last = found.Last,
            Due = today.AddDays(DaysToTeach), Wanted = wanted, At = now, PersonId = db.PersonId,
        };
        db.Lessons.Add(lesson);
        await db.SaveChangesAsync(stop);
        db.Record(now, "create", $"lesson/{lesson.Id}", rule, new { lesson.Times, lesson.Due, Who = found.Who });
        return lesson;
    }, stop);

    /// <summary>The lesson was held.</summary>
    /// <exception cref="InputException">The day is to come, or it was held before.</exception>
    public static Task<Lesson> Teach(PracticeDb db, long id, DateOnly day, DateTime now,
        CancellationToken stop = default) => db.Change(async _ =>
    {
        var lesson = await Open(db, id, stop);
        if (lesson.TaughtOn is not null) throw new InputException("", "the lesson was held", "load the list again");
        if (day > DateOnly.FromDateTime(now)) throw new InputException("day", "this day is to come",
            "write the day of the lesson");
        lesson.TaughtOn = day;
        db.Record(now, "change", $"lesson/{id}", "taught", new { lesson.TaughtOn });
        return lesson;
    }, stop);

    /// <summary>The error has not come back.</summary>
    /// <exception cref="InputException">Too few claims since the lesson are without it.</exception>
    public static Task<Lesson> Close(PracticeDb db, long id, DateTime now, CancellationToken stop = default) =>
        db.Change(async _ =>
    {
        var lesson = await Open(db, id, stop);
        var clean = lesson.TaughtOn is null ? 0 : await CleanSince(db, lesson, stop);
        if (clean < lesson.Wanted)
            throw new InputException("", $"{clean} of {lesson.Wanted} claims after the lesson are without the error",
                "wait for more claims");
        lesson.ClosedOn = DateOnly.FromDateTime(now);
        db.Record(now, "change", $"lesson/{id}", "closed", new { lesson.ClosedOn, Clean = clean });
        return lesson;
    }, stop);

    static async Task<Lesson> Open(PracticeDb db, long id, CancellationToken stop) =>
        await db.Lessons.FirstOrDefaultAsync(l => l.Id == id && l.ClosedOn == null, stop)
            ?? throw new InputException("", "no such lesson is open", "load the list again");

    /// <summary>
    /// Claims of services after the lesson that are without the error, counted back from the last one to the one that
    /// had it: of a provider those that were audited, of a person those that the person charted.
    /// </summary>
    static async Task<int> CleanSince(PracticeDb db, Lesson lesson, CancellationToken stop)
    {
        var since = lesson.TaughtOn!.Value;
        var isWrong = lesson.Npi.Length > 0
            ? await db.SampledClaims.AsNoTracking().Where(c => c.JudgedAt != null && c.Npi == lesson.Npi
                    && c.Claim.ServiceDate > since).OrderByDescending(static c => c.Claim.ServiceDate)
                .ThenByDescending(static c => c.ClaimId)
                .Select(c => c.Lines.Any(l => l.Reason == lesson.Rule)).ToListAsync(stop)
            : await db.Claims.AsNoTracking().Where(c => c.VisitId != null && c.ServiceDate > since
                    && db.ClaimVersions.Any(v => v.ClaimId == c.Id && v.Version == 1
                        && v.PersonId == lesson.LearnerId))
                .OrderByDescending(static c => c.ServiceDate).ThenByDescending(static c => c.Id)
                .Select(c => c.Cause == lesson.Rule).ToListAsync(stop);
        return isWrong.TakeWhile(static w => !w).Count();
    }

    /// <summary>All lessons, open ones first.</summary>
    public static async Task<List<LessonView>> All(PracticeDb db, CancellationToken stop = default)
    {
        var (names, people) = (await NamesOf(db, stop), await PeopleOf(db, stop));
        var views = new List<LessonView>();
        foreach (var lesson in await db.Lessons.AsNoTracking().OrderBy(static l => l.ClosedOn != null)
            .ThenBy(static l => l.Due).ThenBy(static l => l.Id).ToListAsync(stop))
            views.Add(new(lesson, lesson.Npi.Length > 0 ? names.GetValueOrDefault(lesson.Npi, lesson.Npi)
                : people.GetValueOrDefault(lesson.LearnerId ?? 0, ""),
                lesson.TaughtOn is null ? 0 : await CleanSince(db, lesson, stop)));
        return views;
    }
}
