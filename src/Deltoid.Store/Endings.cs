using System.Text.Json;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>
/// The daily watch: what ends soon is a task, once, and the task is closed when it is renewed, replaced or not needed
/// any more. Each kind is looked for in the rows that say its last day.
/// </summary>
public static class Endings
{
    public const string OfCredential = "credential", OfExclusions = "exclusions", OfContract = "contract",
        OfAuthorization = "authorization", OfOrder = "order", OfLot = "lot";

    /// <summary>Whose dates concern who keeps the compliance program alone.</summary>
    public static readonly IReadOnlyList<string> OfCompliance = [OfCredential, OfExclusions];

    /// <summary>
    /// So many days before the last one it is a task. What was over before anybody watched is one only where the
    /// practice cannot do without it, or it lies there still: a treatment that has ended needs no new order.
    /// </summary>
    static readonly Dictionary<string, (int Ahead, bool AlsoOver)> Kinds = new()
    {
        [OfCredential] = (Credentials.Steps[0], true), [OfExclusions] = (Credentials.Steps[2], true),
        [OfContract] = (Credentials.Steps[0], true), [OfAuthorization] = (Credentials.Steps[1], false),
        [OfOrder] = (Credentials.Steps[1], false), [OfLot] = (Credentials.Steps[1], true),
    };

    /// <summary>An order or an authorization that nobody renewed for so many days is not missed any more.</summary>
    const int Forgotten = 90;

    /// <summary>Opens what ends soon, and closes what does not end any more.</summary>
    /// <returns>How many were opened and closed.</returns>
    public static async Task<(int Opened, int Closed)> Watch(PracticeDb db, DateOnly today, DateTime now,
        CancellationToken stop = default)
    {
        if (await Differences(db, today, stop) is ([], [])) return default;
        return await db.Change(async _ =>
        {
            var (opened, closed) = await Differences(db, today, stop); // another program may have watched meanwhile
            foreach (var one in opened)
            {
                // what was closed and ends again on the same day is the same task: a lot was counted again
                var same = await db.Endings
                    .FirstOrDefaultAsync(e => e.Subject == one.Subject && e.Due == one.Due, stop);
                if (same is null) db.Endings.Add(same = one);
                (same.At, same.DoneAt) = (now, null);
                db.Record(now, "task", one.Subject, one.Due.Iso());
            }
            foreach (var one in await db.Endings.Where(e => closed.Contains(e.Id)).ToListAsync(stop))
            {
                one.DoneAt = now;
                db.Record(now, "task-done", one.Subject, one.Due.Iso());
            }
            return (opened.Count, closed.Count);
        }, stop);
    }

    /// <summary>What ends and is no task yet, and the numbers of tasks about what does not end any more.</summary>
    static async Task<(List<Ending> Opened, List<long> Closed)> Differences(PracticeDb db, DateOnly today,
        CancellationToken stop)
    {
        var all = await Found(db, today, stop);
        var ending = all.Select(static e => (e.Subject, e.Due)).ToHashSet();
        var open = await db.Endings.AsNoTracking().Where(static e => e.DoneAt == null)
            .Select(static e => new { e.Id, e.Subject, e.Due }).ToListAsync(stop);
        var tasks = open.Select(static e => (e.Subject, e.Due)).ToHashSet();
        return (all.FindAll(e => !tasks.Contains((e.Subject, e.Due)) && (e.Due >= today || Kinds[e.Kind].AlsoOver)),
            open.FindAll(e => !ending.Contains((e.Subject, e.Due))).ConvertAll(static e => e.Id));
    }

    /// <summary>
    /// Those that are open; first what ends first. An authorization is shown to who may see the claim.
    /// </summary>
    /// <param name="ofCompliance">Also what only concerns who keeps the compliance program.</param>
    public static IQueryable<Ending> Open(PracticeDb db, bool ofCompliance) => db.Endings.AsNoTracking()
        .Where(e => e.DoneAt == null && (ofCompliance || !OfCompliance.Contains(e.Kind))
            && (e.Kind != OfAuthorization || db.Claims.Any(c => c.Id == e.OfId)))
        .OrderBy(static e => e.Due).ThenBy(static e => e.Id);

    /// <summary>All that ends within the days of its kind, or has ended and was not renewed.</summary>
    static async Task<List<Ending>> Found(PracticeDb db, DateOnly today, CancellationToken stop)
    {
        DateOnly Until(string kind) => today.AddDays(Kinds[kind].Ahead);
        var found = new List<Ending>();
        await AddCredentials(db, Until(OfCredential), found, stop);
        await AddExclusions(db, today, Until(OfExclusions), found, stop);
        await AddContracts(db, Until(OfContract), found, stop);
        var from = today.AddDays(-Forgotten);
        await AddAuthorizations(db, from, Until(OfAuthorization), found, stop);
        await AddOrders(db, from, Until(OfOrder), found, stop);
        await AddLots(db, Until(OfLot), found, stop);
        return found;
    }

    static string Named(string kind, long id) => FormattableString.Invariant($"{kind}/{id}");

    static async Task AddCredentials(PracticeDb db, DateOnly until, List<Ending> found, CancellationToken stop)
    {
        var names = (await Staff.All(db, stop)).ToDictionary(static s => s.Subject, static s => s.Name);
        found.AddRange((await Credentials.All(db, stop)).Where(c => c.Expires <= until).Select(c => new Ending
        {
            Subject = Named(OfCredential, c.Id), Kind = OfCredential, Due = c.Expires,
            Whose = $"{c.Kind}, {names.GetValueOrDefault(c.Subject, c.Subject)}",
        }));
    }

    /// <summary>The next look at the list of excluded persons; a practice that never looked is late.</summary>
    static async Task AddExclusions(PracticeDb db, DateOnly today, DateOnly until, List<Ending> found,
        CancellationToken stop)
    {
        var last = await db.ExclusionChecks.AsNoTracking().OrderByDescending(static c => c.Id)
            .Select(static c => (DateTime?)c.At).FirstOrDefaultAsync(stop);
        var due = last is { } at ? DateOnly.FromDateTime(at).AddDays(Exclusions.Days)
            : await db.Endings.Where(static e => e.Subject == OfExclusions).Select(static e => (DateOnly?)e.Due)
                .FirstOrDefaultAsync(stop) ?? today;
        if (due <= until) found.Add(new() { Subject = OfExclusions, Kind = OfExclusions, Due = due });
    }

    /// <summary>A contract ends with the last of its rows; one row without a last day keeps it in force.</summary>
    static async Task AddContracts(PracticeDb db, DateOnly until, List<Ending> found, CancellationToken stop)
    {
        foreach (var payer in await db.Payers.AsNoTracking().Where(static p => p.Contract != "")
            .OrderBy(static p => p.Id).ToListAsync(stop))
        {
            var rates = Agreements.ReadContract(payer.Contract).Rates;
            if (rates.Length > 0 && rates.Max(static r => r.Dates.ThruDay) is var last && last <= until.DayNumber)
                found.Add(new()
                {
                    Subject = Named(OfContract, payer.Id), Kind = OfContract, Due = DateOnly.FromDayNumber(last),
                    Whose = payer.Name, OfId = payer.Id,
                });
        }
    }

    /// <summary>Of a patient and a payer the authorization that lasts longest counts.</summary>
    static async Task AddAuthorizations(PracticeDb db, DateOnly from, DateOnly until, List<Ending> found,
        CancellationToken stop)
    {
        var facts = await db.RecordedFacts.AsNoTracking().Where(static f => f.WithdrawnAt == null
                && (f.Kind == "authorization-on-file" || f.Kind == "authorization-extended"))
            .Join(db.Claims.IgnoreQueryFilters([PracticeDb.OfLocation]), static f => f.ClaimId, static c => c.Id,
                static (f, c) => new { f.Id, f.Document, f.ClaimId, c.Number, c.PatientId, c.PayerId })
            .ToListAsync(stop);
        foreach (var of in facts.Select(static f => (Fact: f, Last: LastDay(f.Document)))
            .Where(static f => f.Last is not null).GroupBy(static f => (f.Fact.PatientId, f.Fact.PayerId)))
        {
            var (fact, last) = of.MaxBy(static f => f.Last);
            if (last >= from && last <= until)
                found.Add(new()
                {
                    Subject = Named(OfAuthorization, fact.Id), Kind = OfAuthorization, Due = last.Value,
                    Whose = fact.Number, OfId = fact.ClaimId,
                });
        }
    }

    /// <summary>The last day that a fact states; null where it has none, or says that there is none.</summary>
    static DateOnly? LastDay(string fact)
    {
        using var document = JsonDocument.Parse(fact);
        var isSo = !document.RootElement.TryGetProperty("is", out var says) || says.ValueKind != JsonValueKind.False;
        return isSo && document.RootElement.TryGetProperty("thru", out var thru)
            && Days.TryRead(thru.GetString() ?? "", out var day) ? day : null;
    }

    /// <summary>A later order of the same drug for the same patient has replaced it.</summary>
    static async Task AddOrders(PracticeDb db, DateOnly from, DateOnly until, List<Ending> found,
        CancellationToken stop) =>
        found.AddRange((await db.StandingOrders.AsNoTracking().Where(o => o.Thru >= from && o.Thru <= until
                && !db.StandingOrders.Any(p => p.PatientId == o.PatientId && p.Drug == o.Drug && p.Thru > o.Thru))
            .OrderBy(static o => o.Id).ToListAsync(stop)).Select(static o => new Ending
            {
                Subject = Named(OfOrder, o.Id), Kind = OfOrder, Due = o.Thru, Whose = o.Drug, OfId = o.PatientId,
            }));

    /// <summary>What is left of a lot must be given, sent back or thrown away.</summary>
    static async Task AddLots(PracticeDb db, DateOnly until, List<Ending> found, CancellationToken stop) =>
        found.AddRange((await db.Lots.AsNoTracking().Where(l => l.Expires <= until
                && db.Movements.Where(m => m.LotId == l.Id).Sum(static m => m.Quantity) > 0)
            .OrderBy(static l => l.Id).ToListAsync(stop)).Select(static l => new Ending
            {
                Subject = Named(OfLot, l.Id), Kind = OfLot, Due = l.Expires, Whose = $"{l.Drug}, {l.Number}",
                OfId = l.Id,
            }));
}
