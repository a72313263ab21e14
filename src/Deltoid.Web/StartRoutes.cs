using System.Collections.Concurrent;
using Deltoid.Store;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>
/// Whether a practice has what a first shot needs: a location, a provider, a payer, a patient with a plan. What was
/// there once is not asked again.
/// </summary>
sealed class Readiness
{
    readonly ConcurrentDictionary<long, bool> ready = new();

    /// <summary>The steps in their order, each with whether it is done.</summary>
    public static async Task<IReadOnlyList<(string Step, bool IsDone)>> Steps(PracticeDb db) =>
    [
        ("locations", await db.Locations.AnyAsync()), ("providers", await db.Providers.AnyAsync()),
        ("payers", await db.Payers.AnyAsync()), ("fees", await db.Fees.AnyAsync()),
        ("patients", await db.Patients.AnyAsync()), ("coverage", await db.Set<Store.Model.Coverage>().AnyAsync()),
    ];

    public async Task<bool> IsReady(PracticeDb db)
    {
        if (ready.ContainsKey(db.PracticeId)) return true;
        if (!(await Steps(db)).All(static s => s.IsDone)) return false;
        ready[db.PracticeId] = true;
        return true;
    }
}

/// <summary>The first steps of a practice: one form after the other, then the first shot.</summary>
static class StartRoutes
{
    public const string Path = "/start";

    public static void Map(WebApplication app) => app.MapGet(Path, Show).Needs(Permission.SetUp);

    static async Task<IResult> Show(PracticeDb db)
    {
        var steps = await Readiness.Steps(db);
        var next = steps.FirstOrDefault(static s => !s.IsDone).Step;
        var patient = next == "coverage"
            ? await db.Patients.AsNoTracking().OrderBy(static p => p.Id).FirstAsync() : null;
        var kind = patient is not null ? Settings.Coverages(patient.Id,
                await db.Payers.AsNoTracking().OrderBy(static p => p.Name).ToListAsync())
            : next is null ? null : await Settings.Of(db, next);
        return new RazorComponentResult<StartPage>(new
        {
            Steps = steps, Kind = kind, Patient = patient,
            Path = patient is null ? $"/settings/{next}"
                : FormattableString.Invariant($"/settings/patients/{patient.Id}"),
        });
    }
}
