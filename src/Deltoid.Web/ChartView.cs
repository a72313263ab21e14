using System.Globalization;
using System.Text.Json.Nodes;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>What the chart screen shows beside what was typed: the patient, the vials, the last time.</summary>
public sealed record ChartView
{
    public required VisitForm Form { get; init; }

    public Patient? Patient { get; init; }

    /// <summary>What is shown beside each shot, in their order.</summary>
    public IReadOnlyList<ShotView> Shots { get; init; } = [];

    public IReadOnlyList<Treatment> Treatments { get; init; } = [];

    /// <summary>What came of what was pressed: a scan that is not read, a lot that cannot be given.</summary>
    public string Notice { get; init; } = "";

    /// <summary>NDCs of which one must be chosen, with the rest of what was scanned.</summary>
    public PackageScan? Asked { get; init; }

    /// <summary>The field that is next.</summary>
    public string Focus { get; init; } = "";

    public IReadOnlyList<Location> Locations { get; init; } = [];

    public IReadOnlyList<Provider> Providers { get; init; } = [];

    /// <summary>Which shots are vaccines: counseling decides their codes, and each has its sheet.</summary>
    public IReadOnlySet<int> Vaccines { get; init; } = new HashSet<int>();

    public bool HasVaccine => Vaccines.Count > 0;

    /// <summary>The claim that is completed here; its version is in the form.</summary>
    public StoredClaim? Claim { get; init; }
}

/// <summary>What is shown beside a shot.</summary>
/// <param name="Before">The visit in which it was ordered; null: none is charted.</param>
public sealed record ShotView(IReadOnlyList<(Lot Lot, long Left)> Offers, Shot? Last, StandingOrder? Order,
    PreVisit? Before = null);

/// <summary>Loads what the chart screen shows, and what the claim needs.</summary>
static class ChartViews
{
    public static async Task<ChartView> View(PracticeDb db, Engine engine, VisitForm form)
    {
        if (form.Shots.Count == 0) form = form with { Shots = [new()] };
        var shots = new List<ShotView>();
        foreach (var shot in form.Shots) shots.Add(await Beside(db, engine, form, shot));
        return new()
        {
            Form = form, Shots = shots,
            Patient = await db.Patients.AsNoTracking().Include(static p => p.Coverages).ThenInclude(static c => c.Payer)
                .FirstOrDefaultAsync(p => p.Id == form.Patient),
            Locations = await db.Locations.AsNoTracking().OrderBy(static l => l.Id).ToListAsync(),
            Providers = await db.Providers.AsNoTracking().OrderBy(static p => p.Id).ToListAsync(),
            Vaccines = Enumerable.Range(0, form.Shots.Count)
                .Where(i => engine.Book.DrugNamed(form.Shots[i].Drug)?.Vaccine is not null).ToHashSet(),
            Treatments = await db.Treatments.AsNoTracking().OrderBy(static t => t.Name).Take(9).ToListAsync(),
            Claim = form.Claim == 0 ? null
                : await db.Claims.AsNoTracking().FirstOrDefaultAsync(c => c.Id == form.Claim),
        };
    }

    static async Task<ShotView> Beside(PracticeDb db, Engine engine, VisitForm form, ShotForm shot)
    {
        var name = DrugOf(engine, shot.Drug);
        if (name.Length == 0 || DayOf(form) is not { } day) return new([], null, null);
        var offers = await Stock.Offers(db, name, day);
        if (shot.LotId != 0 && !offers.Exists(o => o.Lot.Id == shot.LotId)
            && await db.Lots.AsNoTracking().FirstOrDefaultAsync(l => l.Id == shot.LotId) is { } chosen)
            offers.Insert(0, (chosen, await Stock.OnHand(db, chosen.Id)));
        // a shot of the same day is the last one too; what is saved says the one of a day before
        return new(offers, await LastOf(db, form, name, day.AddDays(1)), await OrderOf(db, form.Patient, name, day),
            await PreVisits.For(db, form.Patient, name, day));
    }

    /// <summary>The last time before a day that the patient had the drug, not counting this visit.</summary>
    static Task<Shot?> LastOf(PracticeDb db, VisitForm form, string drug, DateOnly before) =>
        db.Shots.AsNoTracking().Where(s => s.PatientId == form.Patient && s.Drug == drug && s.Day < before
            && s.ClaimId != form.Claim).OrderByDescending(static s => s.Day).FirstOrDefaultAsync();

    public static Task<StandingOrder?> OrderOf(PracticeDb db, long patient, string drug, DateOnly day) =>
        db.StandingOrders.AsNoTracking().Where(o => o.PatientId == patient && o.Drug == drug && o.On <= day
            && o.Thru >= day).OrderByDescending(static o => o.On).FirstOrDefaultAsync();

    /// <summary>The generic name where the book knows the drug, else as it was typed.</summary>
    public static string DrugOf(Engine engine, string typed) =>
        engine.Book.DrugNamed(typed)?.Name ?? typed.Trim();

    public static DateOnly? DayOf(VisitForm form) =>
        DateOnly.TryParse(form.Day, CultureInfo.InvariantCulture, out var day) ? day : null;

    /// <summary>The visit with all that its claim needs; null while there is no patient with a plan.</summary>
    /// <param name="wasSeen">Where it is known already; else earlier visits are looked for.</param>
    public static async Task<ShotChart?> Load(PracticeDb db, Engine engine, VisitForm form, bool? wasSeen = null)
    {
        var patient = await db.Patients.AsNoTracking().Include(static p => p.Coverages)
            .FirstOrDefaultAsync(p => p.Id == form.Patient);
        if (DayOf(form) is not { } on || patient?.CoverageOn(on) is not { } coverage) return null;
        var practice = await db.Practices.AsNoTracking().SingleAsync(p => p.Id == db.PracticeId);
        var setUp = await db.SetUp(practice);
        foreach (var plan in patient.Coverages) plan.Payer = setUp.Payers[plan.PayerId];
        var locations = setUp.Locations.Where(db.Sees).ToList();
        if ((locations.Find(l => l.Id == form.Location) ?? locations.FirstOrDefault()) is not { } location)
            return null;
        var (vials, before, preVisits) = (new List<Lot?>(), new List<DateOnly?>(), new List<PreVisit?>());
        foreach (var shot in form.Shots)
        {
            vials.Add(shot.LotId == 0 ? null
                : await db.Lots.AsNoTracking().FirstOrDefaultAsync(l => l.Id == shot.LotId));
            before.Add(DayOf(form) is { } day
                ? (await LastOf(db, form, DrugOf(engine, shot.Drug), day))?.Day : null);
            preVisits.Add(await PreVisits.For(db, form.Patient, DrugOf(engine, shot.Drug), on));
        }
        return new(practice, location, patient, coverage,
            setUp.Providers.FirstOrDefault(p => p.Id == form.Provider)
                ?? (setUp.Providers.Count > 0 ? setUp.Providers[0] : null),
            setUp.Fees, wasSeen ?? await WasSeen(db, form), form, vials, before)
        {
            PreVisits = preVisits,
        };
    }

    /// <summary>A patient as the form shows who is chosen.</summary>
    public static string Named(Patient of) => $"{of.Family}, {of.Given} · {AsShown.Day(of.BirthDate)}";

    /// <summary>Whether the field names the patient who was chosen; nobody was, or an empty field, is no other one.
    /// </summary>
    public static async Task<bool> IsNamed(PracticeDb db, VisitForm form)
    {
        if (form.Patient == 0 || form.Who.Trim().Length == 0) return true;
        var patient = await db.Patients.AsNoTracking().FirstOrDefaultAsync(p => p.Id == form.Patient);
        return patient is not null && Named(patient) == form.Who.Trim();
    }

    /// <summary>
    /// A visit that is completed stays with its patient: what is typed for another one is the form of a new shot.
    /// </summary>
    public static async Task<VisitForm> OfItsPatient(PracticeDb db, VisitForm form) =>
        form.Claim != 0 && await db.Claims.AnyAsync(c => c.Id == form.Claim && c.PatientId != form.Patient)
            ? form with { Claim = 0, Version = 0, Key = Guid.CreateVersion7() } : form;

    /// <summary>
    /// The one patient whom a text names by the birth date and by each of its words; 0 where none or several fit.
    /// </summary>
    public static async Task<long> PatientNamed(PracticeDb db, string text)
    {
        var words = text.Split([' ', ',', '·'], StringSplitOptions.RemoveEmptyEntries).ToList();
        var day = words.FindIndex(static w => DateOnly.TryParse(w, CultureInfo.InvariantCulture, out _));
        if (day < 0 || words.Count < 2) return 0;
        var born = DateOnly.Parse(words[day], CultureInfo.InvariantCulture);
        words.RemoveAt(day);
        var fit = (await db.Patients.AsNoTracking().Where(p => p.BirthDate == born).ToListAsync())
            .FindAll(p => words.TrueForAll(w => $"{p.Family} {p.Given}".Split(' ')
                .Contains(w, StringComparer.OrdinalIgnoreCase)));
        return fit is [var one] ? one.Id : 0;
    }

    static async Task<bool> WasSeen(PracticeDb db, VisitForm form)
    {
        if (DayOf(form) is not { } day) return false;
        var since = day.AddYears(-3);
        return await db.Visits.IgnoreQueryFilters([PracticeDb.OfLocation]).AnyAsync(
            v => v.PatientId == form.Patient && v.ServiceDate >= since && v.ServiceDate < day);
    }

    /// <summary>The form of a visit that was saved, to complete it.</summary>
    public static async Task<VisitForm?> Saved(PracticeDb db, long claimId)
    {
        if (await db.Claims.AsNoTracking().FirstOrDefaultAsync(c => c.Id == claimId) is not { } claim) return null;
        if (await db.Visits.AsNoTracking().FirstOrDefaultAsync(v => v.Id == claim.VisitId) is not { } visit)
            return null;
        var lots = await db.Shots.AsNoTracking().Where(s => s.ClaimId == claimId)
            .ToDictionaryAsync(static s => s.Ordinal, static s => s.LotId ?? 0);
        var document = JsonNode.Parse(visit.Document)!.AsObject();
        var shots = document["administrations"]!.AsArray().Select((given, i) =>
        {
            var shot = ShotForm.Of(given!.AsObject()) with { LotId = lots.GetValueOrDefault(i) };
            return shot.LotId == 0 ? shot
                : shot with { Ndc = "", Lot = "", Expires = "", Container = "", Holds = "" };
        }).ToList();
        for (var i = 0; i < shots.Count; i++)
            if (shots[i] is { IsNotGiven: true, Lot.Length: > 0 } refused
                && await db.Lots.AsNoTracking().FirstOrDefaultAsync(l => l.Number == refused.Lot
                    && l.Ndc == refused.Ndc) is { } lot)
                shots[i] = refused with { LotId = lot.Id };
        var npi = document["billing"]?["renderingProvider"]?["npi"]?.ToString();
        return new()
        {
            Location = visit.LocationId,
            Provider = await db.Providers.Where(p => p.Npi == npi).Select(static p => p.Id).FirstOrDefaultAsync(),
            Counseled = document["counseling"] is { } counseled ? counseled.GetValue<bool>() ? "yes" : "no" : "",
            Key = visit.Key, Claim = claim.Id, Version = claim.Version, Patient = claim.PatientId,
            Day = visit.ServiceDate.Iso(), Supervision = document["provider"]?["supervision"]?.ToString() ?? "",
            Role = document["provider"]?["role"]?.ToString() ?? "", Shots = shots,
        };
    }
}
