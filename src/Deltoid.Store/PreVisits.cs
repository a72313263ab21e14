using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>What was ordered in a visit before an injection, as it was typed.</summary>
/// <param name="Thru">The last day on which the order may be followed.</param>
public sealed record NewPreVisit(long PatientId, DateOnly Day, string Mode, long ProviderId, string Drug, DateOnly Thru,
    string Diagnosis, string Indication, DateOnly? ConsentOn, string Note);

/// <summary>A visit before an injection, its order, and the shots that followed it.</summary>
public sealed record PreVisitView(PreVisit Visit, StandingOrder Order, string Provider, IReadOnlyList<Shot> Shots);

/// <summary>
/// Visits before an injection, by video or in the office. Their order is a standing order, which the chart of the
/// injection takes with its day and who gave it; a consent is charted with the shot. No modifier follows from one.
/// </summary>
public static class PreVisits
{
    public static readonly IReadOnlyList<string> Modes = ["video", "audio", "office"];

    /// <summary>The longest time for which an order is good.</summary>
    public const int MostDays = 366;

    /// <exception cref="InputException">A field cannot be so.</exception>
    public static Task<PreVisit> Add(PracticeDb db, NewPreVisit of, DateTime now, CancellationToken stop = default) =>
        db.Change(async _ =>
    {
        if (!await db.Patients.AnyAsync(p => p.Id == of.PatientId, stop))
            throw new InputException("", "the patient is not here", "load the page again");
        if (of.Day > DateOnly.FromDateTime(now)) throw new InputException("day", "this day is to come",
            "write the day of the visit");
        if (!Modes.Contains(of.Mode)) throw new InputException("mode", "how it was held is missing", "choose one");
        var provider = await db.Providers.FirstOrDefaultAsync(p => p.Id == of.ProviderId, stop)
            ?? throw new InputException("provider", "the provider is missing", "choose who held the visit");
        if (of.Drug.Length is 0 or > 100) throw new InputException("drug", "the drug is missing", "type its name");
        if (of.Thru < of.Day || of.Thru > of.Day.AddDays(MostDays))
            throw new InputException("thru", "an order is good for at most a year", "choose an earlier last day");
        if (of.ConsentOn > DateOnly.FromDateTime(now) || of.ConsentOn < of.Day)
            throw new InputException("consent", "the patient agreed on the day of the visit, or later",
                "look at the day");
        if (of.Note.Length > 2_000) throw new InputException("note", "the note is too long", "write less");
        var order = new StandingOrder
        {
            PatientId = of.PatientId, Drug = of.Drug, By = $"{provider.Given} {provider.Family} {provider.Credential}"
                .TrimEnd(), On = of.Day, Thru = of.Thru, Diagnosis = of.Diagnosis, Indication = of.Indication,
        };
        db.StandingOrders.Add(order);
        await db.SaveChangesAsync(stop);
        var visit = new PreVisit
        {
            PatientId = of.PatientId, Day = of.Day, Mode = of.Mode, ProviderId = of.ProviderId, Drug = of.Drug,
            OrderId = order.Id, ConsentOn = of.ConsentOn, Note = of.Note.Trim(), At = now, PersonId = db.PersonId,
        };
        db.PreVisits.Add(visit);
        await db.SaveChangesAsync(stop);
        db.Record(now, "create", $"pre-visit/{visit.Id}", $"patient/{of.PatientId}", new
        {
            visit.Day, visit.Mode, visit.Drug, order.Thru, visit.ConsentOn,
        });
        return visit;
    }, stop);

    /// <summary>The visit whose order a shot of a day follows; null: none.</summary>
    public static async Task<PreVisit?> For(PracticeDb db, long patient, string drug, DateOnly day,
        CancellationToken stop = default) => await db.PreVisits.AsNoTracking()
            .Where(v => v.PatientId == patient && v.Drug == drug && v.Day <= day
                && db.StandingOrders.Any(o => o.Id == v.OrderId && o.Thru >= day))
            .OrderByDescending(static v => v.Day).ThenByDescending(static v => v.Id).FirstOrDefaultAsync(stop);

    /// <summary>Those of a patient, the latest first, each with the shots of its order's days.</summary>
    public static async Task<List<PreVisitView>> Of(PracticeDb db, long patient, CancellationToken stop = default)
    {
        var visits = await db.PreVisits.AsNoTracking().Where(v => v.PatientId == patient)
            .OrderByDescending(static v => v.Day).ThenByDescending(static v => v.Id).ToListAsync(stop);
        if (visits.Count == 0) return [];
        var orders = await db.StandingOrders.AsNoTracking().Where(o => o.PatientId == patient)
            .ToDictionaryAsync(static o => o.Id, stop);
        var shots = await db.Shots.AsNoTracking().Where(s => s.PatientId == patient).OrderBy(static s => s.Day)
            .ToListAsync(stop);
        var names = (await db.Providers.AsNoTracking().ToListAsync(stop)).ToDictionary(static p => p.Id,
            static p => $"{p.Given} {p.Family}");
        return [.. visits.Where(v => orders.ContainsKey(v.OrderId)).Select(v => new PreVisitView(v, orders[v.OrderId],
            names.GetValueOrDefault(v.ProviderId, ""), shots.FindAll(s => s.Drug == v.Drug && s.Day >= v.Day
                && s.Day <= orders[v.OrderId].Thru)))];
    }
}
