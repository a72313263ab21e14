using Deltoid.Charting;
using Deltoid.Results;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>Screen 1: chart a shot. While it is typed, the page shows what will be billed.</summary>
static class ChartRoutes
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/chart", Show).Needs(Permission.Chart);
        app.MapGet("/chart/treatment/{id:long}", Fill).Needs(Permission.Chart);
        app.MapPost("/chart/preview", Preview).Needs(Permission.Chart);
        app.MapPost("/chart", Save).Needs(Permission.Chart);
    }

    static async Task<IResult> Show(PracticeDb db, TimeProvider clock, [FromQuery] long? saved,
        [FromQuery] string? drug, [FromQuery] string? dose, [FromQuery] string? route,
        [FromQuery] string? container) =>
        new RazorComponentResult<ChartPage>(new
        {
            Patients = await db.Patients.AsNoTracking().OrderBy(static p => p.Family).ThenBy(static p => p.Given)
                .Take(500).ToListAsync(),
            Treatments = await db.Treatments.AsNoTracking().OrderBy(static t => t.Name).ToListAsync(),
            Shot = new ShotForm
            {
                Day = Today(clock), Drug = drug ?? "", Dose = dose ?? "", Route = route ?? "",
                Container = container ?? "",
            },
            Saved = saved is { } id
                ? await db.Claims.Include(static c => c.Patient).FirstOrDefaultAsync(c => c.Id == id)
                : null,
        });

    /// <summary>The fields of a treatment that people know by name: what is the same each time.</summary>
    static async Task<IResult> Fill(long id, PracticeDb db, TimeProvider clock) =>
        await db.Treatments.AsNoTracking().FirstOrDefaultAsync(t => t.Id == id) is { } treatment
            ? new RazorComponentResult<ShotFields>(new { Shot = ShotForm.Of(treatment, Today(clock)) })
            : TypedResults.NotFound();

    static async Task<IResult> Preview([FromForm] ShotForm shot, PracticeDb db, Engine engine)
    {
        if (await Load(db, shot) is not { } chart) return new RazorComponentResult<WillBill>(new { });
        try
        {
            var coded = engine.Code(Documents.Visit(chart.Document("PREVIEW")));
            return new RazorComponentResult<WillBill>(new { Coded = coded });
        }
        catch (InputException e)
        {
            return new RazorComponentResult<WillBill>(new { Fault = e });
        }
    }

    static async Task<IResult> Save([FromForm] ShotForm shot, PracticeDb db, Engine engine, TimeProvider clock)
    {
        if (await Load(db, shot) is not { } chart)
            throw new InputException("", "no patient is chosen, or the patient has no coverage",
                "choose a patient, and save again");
        var claim = await Visits.Chart(db, engine, chart.Patient, chart.Location,
            chart.Coverage.Payer, chart.Document,
            clock.GetUtcNow().UtcDateTime);
        return TypedResults.Redirect($"/chart?saved={claim.Id}");
    }

    static async Task<ShotChart?> Load(PracticeDb db, ShotForm shot)
    {
        var patient = await db.Patients.AsNoTracking().Include(static p => p.Coverages).ThenInclude(static c => c.Payer)
            .FirstOrDefaultAsync(p => p.Id == shot.Patient);
        if (patient?.Coverages.MinBy(static c => c.Rank) is not { } coverage) return null;
        if (await db.Locations.AsNoTracking().OrderBy(static l => l.Id).FirstOrDefaultAsync() is not { } location)
            return null;
        return new(await db.Practices.AsNoTracking().SingleAsync(p => p.Id == db.PracticeId), location, patient,
            coverage, await db.Providers.AsNoTracking().OrderBy(static p => p.Id).FirstOrDefaultAsync(),
            await db.Fees.AsNoTracking().ToListAsync(), await WasSeen(db, patient, shot), shot);
    }

    static async Task<bool> WasSeen(PracticeDb db, Patient patient, ShotForm shot)
    {
        if (!DateOnly.TryParse(shot.Day, out var day)) return false;
        var since = day.AddYears(-3);
        return await db.Visits.AnyAsync(
            v => v.PatientId == patient.Id && v.ServiceDate >= since && v.ServiceDate < day);
    }

    static string Today(TimeProvider clock) => DateOnly.FromDateTime(clock.GetLocalNow().DateTime).Iso();
}
