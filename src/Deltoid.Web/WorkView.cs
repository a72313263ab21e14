using System.Globalization;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>Claims that are alike: how many, what they come to, and the first filing limit among them.</summary>
/// <param name="Key">What a filter asks for: a cause, the number of a payer or of a person.</param>
public sealed record WorkGroup(string Key, string Name, long Claims, long Cents, DateOnly? First);

/// <summary>A row of the worklist.</summary>
public sealed record WorkRow(long Id, string Number, ClaimLife Life, string Family, string Given, DateOnly Day,
    string Payer, long Charge, int Errors, int Warnings, string Why, DateOnly? FileBy, long Rank, long? Owner,
    DateOnly? SnoozedUntil, string Cause);

/// <summary>All that the worklist shows.</summary>
public sealed record WorkView
{
    /// <summary>Claims on a page, and the groups that are shown.</summary>
    public const int PageSize = 50, MostGroups = 25;

    /// <summary>Characters of a view's name.</summary>
    public const int LongestName = 40;

    public required WorkFilter Filter { get; init; }

    public required DateOnly Today { get; init; }

    /// <summary>All pages of the list together.</summary>
    public required (long Claims, long Cents) Total { get; init; }

    public required List<WorkRow> Rows { get; init; }

    /// <summary>Where the next page begins; null on the last one.</summary>
    public string? Next { get; init; }

    public required List<WorkGroup> Groups { get; init; }

    public required Dictionary<ClaimLife, (long Claims, long Cents)> Lives { get; init; }

    public required long Asleep { get; init; }

    public required Dictionary<long, string> People { get; init; }

    public required Dictionary<long, string> Payers { get; init; }

    public required List<SavedView> Views { get; init; }

    public required DoneToday Done { get; init; }

    public required int Tasks { get; init; }

    /// <summary>The person who asks.</summary>
    public required long Me { get; init; }

    public bool MaySend { get; init; }

    public bool MayEdit { get; init; }

    /// <summary>The batch that was moved just now, and how many claims are in it.</summary>
    public string Moved { get; init; } = "";

    public int MovedClaims { get; init; }

    public static async Task<WorkView> Load(PracticeDb db, WorkFilter filter, (long Rank, long Id)? after,
        DateOnly today, TimeProvider clock, bool mayComply)
    {
        var people = await db.Users.AsNoTracking().Where(u => u.PracticeId == db.PracticeId && !u.IsProgram)
            .ToDictionaryAsync(static u => u.Id, static u => u.Name);
        var payers = await db.Payers.AsNoTracking().ToDictionaryAsync(static p => p.Id, static p => p.Name);
        var counts = await db.WorkCounts.AsNoTracking().Where(static w => w.Claims > 0)
            .GroupBy(static w => new { w.Life, w.IsAsleep }).Select(static g => new
            {
                g.Key.Life, g.Key.IsAsleep, Claims = g.Sum(static w => w.Claims), Cents = g.Sum(static w => w.Cents),
            }).ToListAsync();
        var groups = await GroupsOf(db, filter, people, payers);
        var total = await filter.Counts(db).GroupBy(static _ => 1).Select(static g => new
            { Claims = g.Sum(static w => w.Claims), Cents = g.Sum(static w => w.Cents) }).FirstOrDefaultAsync();
        var rows = total is null ? [] : await RowsOf(db, filter, after);
        var last = rows.Count > PageSize ? rows[PageSize - 1] : null;
        var midnight = clock.GetLocalNow().Date.ToUniversalTime();
        return new()
        {
            Filter = filter, Today = today, Total = (total?.Claims ?? 0, total?.Cents ?? 0), Groups = groups,
            Rows = rows[..Math.Min(PageSize, rows.Count)],
            Next = last is null ? null : string.Create(CultureInfo.InvariantCulture, $"{last.Rank}_{last.Id}"),
            Lives = counts.Where(static c => !c.IsAsleep || c.Life == ClaimLife.Closed).GroupBy(static c => c.Life)
                .ToDictionary(static g => g.Key, static g => (g.Sum(static c => c.Claims), g.Sum(static c => c.Cents))),
            Asleep = counts.Where(static c => c.IsAsleep && c.Life != ClaimLife.Closed).Sum(static c => c.Claims),
            People = people, Payers = payers, Me = db.PersonId ?? 0,
            Views = await db.SavedViews.AsNoTracking().Where(v => v.PersonId == db.PersonId)
                .OrderBy(static v => v.Name).ToListAsync(),
            Done = await Worklist.Done(db, midnight),
            Tasks = await db.Tasks.CountAsync(t => t.DoneAt == null && (t.ForId == null || t.ForId == db.PersonId))
                + await Endings.Open(db, mayComply).CountAsync(),
        };
    }

    /// <summary>First the places of the list from its index, then what the page shows of them.</summary>
    static async Task<List<WorkRow>> RowsOf(PracticeDb db, WorkFilter filter, (long Rank, long Id)? after)
    {
        var claims = after is var (rank, id) ? filter.After(db, rank, id) : filter.Of(db);
        var ids = await WorkFilter.InOrder(claims.AsNoTracking()).Select(static c => c.Id).Take(PageSize + 1)
            .ToListAsync();
        var rows = await db.Claims.AsNoTracking().Where(c => ids.Contains(c.Id)).Select(static c => new WorkRow(c.Id,
            c.Number, c.Life, c.Patient.Family, c.Patient.Given, c.ServiceDate, c.Payer.Name, c.Charge, c.Errors,
            c.Warnings, c.Why, c.FileBy, c.Rank, c.OwnerId, c.SnoozedUntil, c.Cause))
            .ToDictionaryAsync(static r => r.Id);
        return [.. ids.Where(rows.ContainsKey).Select(id => rows[id])];
    }

    static async Task<List<WorkGroup>> GroupsOf(PracticeDb db, WorkFilter filter, Dictionary<long, string> people,
        Dictionary<long, string> payers)
    {
        var counts = (filter.By switch
        {
            WorkGrouping.Cause => filter with { Cause = "" },
            WorkGrouping.Payer => filter with { Payer = null },
            _ => filter with { Owner = null },
        }).Counts(db);
        if (filter.By == WorkGrouping.Cause)
        {
            var causes = await counts.Where(static w => w.Cause != "").GroupBy(static w => w.Cause).Select(static g =>
                new { g.Key, Claims = g.Sum(static w => w.Claims), Cents = g.Sum(static w => w.Cents) })
                .OrderByDescending(static g => g.Cents).ThenBy(static g => g.Key).Take(MostGroups).ToListAsync();
            var first = await FirstLimits(db, filter, causes.ConvertAll(static c => c.Key));
            return causes.ConvertAll(c => new WorkGroup(c.Key, c.Key.Replace('-', ' '), c.Claims, c.Cents,
                first.GetValueOrDefault(c.Key)));
        }
        var numbers = await (filter.By == WorkGrouping.Payer ? counts.GroupBy(static w => w.PayerId)
                : counts.GroupBy(static w => w.OwnerId))
            .Select(static g => new { g.Key, Claims = g.Sum(static w => w.Claims), Cents = g.Sum(static w => w.Cents) })
            .OrderByDescending(static g => g.Cents).ThenBy(static g => g.Key).Take(MostGroups).ToListAsync();
        return numbers.ConvertAll(g => new WorkGroup(g.Key.ToString(CultureInfo.InvariantCulture),
            filter.By == WorkGrouping.Payer ? payers.GetValueOrDefault(g.Key, "") : g.Key == 0 ? Texts.T("nobody")
                : people.GetValueOrDefault(g.Key, ""), g.Claims, g.Cents, null));
    }

    /// <summary>
    /// The first filing limit of open claims by their cause; what is closed or snoozed has none that matters. Each is
    /// the first entry of an index: one query looks them all up.
    /// </summary>
    static async Task<Dictionary<string, DateOnly?>> FirstLimits(PracticeDb db, WorkFilter filter, List<string> causes)
    {
        if (causes.Count == 0 || filter is { Life: ClaimLife.Closed } or { IsAsleep: true }) return [];
        var claims = (filter with { Cause = "" }).Of(db).Where(static c => c.FileBy != null);
        return await db.WorkCounts.Where(w => causes.Contains(w.Cause)).Select(static w => w.Cause).Distinct()
            .Select(cause => new
            {
                Cause = cause, First = claims.Where(c => c.Cause == cause).OrderBy(static c => c.FileBy)
                    .Select(static c => c.FileBy).FirstOrDefault(),
            }).ToDictionaryAsync(static c => c.Cause, static c => c.First);
    }
}
