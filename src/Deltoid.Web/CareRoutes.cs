using System.Globalization;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>Around the shot: the visit that ordered it, how the patient did, and what the patient will pay.</summary>
static class CareRoutes
{
    const int MostFound = 20;

    public static void Map(WebApplication app)
    {
        app.MapGet("/care", Show).ShowsPatients("care").Needs(Permission.Chart);
        app.MapPost("/care/find", Find).ShowsPatients("patients").Needs(Permission.Chart);
        app.MapGet("/care/{id:long}", ShowPatient).Needs(Permission.Chart);
        app.MapPost("/care/{id:long}/visits", AddVisit).About<Patient>().Needs(Permission.Chart);
        app.MapPost("/care/{id:long}/outcomes", Say).About<Patient>().Needs(Permission.Chart);
        app.MapPost("/care/{id:long}/benefits", AddBenefit).About<Patient>().Needs(Permission.Chart);
        app.MapGet("/care/fields", static (PracticeDb db) => Fields(db, null)).Needs(Permission.SetUp);
        app.MapPost("/care/fields", AddField).Needs(Permission.SetUp);
        app.MapPost("/care/fields/{id:long}/end", EndField).About<OutcomeField>().Needs(Permission.SetUp);
    }

    static Task<IResult> Show(PracticeDb db, HttpContext context, TimeProvider clock) =>
        Page(db, context, clock, "", null);

    static async Task<IResult> Page(PracticeDb db, HttpContext context, TimeProvider clock, string asked,
        List<Patient>? found) => new RazorComponentResult<CarePage>(new
        {
            Due = await CareOutcomes.Of(db, clock.Today(), null), Today = clock.Today(),
            Asked = asked, Found = found, MaySetUp = Access.Allows(Permission.SetUp, context.User),
        });

    static async Task<IResult> Find([FromForm] string? q, PracticeDb db, HttpContext context, TimeProvider clock)
    {
        var words = (q ?? "").ToLowerInvariant().Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        var patients = db.Patients.AsNoTracking();
        foreach (var word in words.Take(4))
#pragma warning disable CA1304, CA1311, CA1862 // the database folds
            patients = patients.Where(p => p.Family.ToLower().StartsWith(word) || p.Given.ToLower().StartsWith(word));
#pragma warning restore CA1304, CA1311, CA1862
        return await Page(db, context, clock, q ?? "", words.Length == 0 ? []
            : await patients.OrderBy(static p => p.Family).ThenBy(static p => p.Given).Take(MostFound).ToListAsync());
    }

    static Task<IResult> ShowPatient(long id, PracticeDb db, HttpContext context, TimeProvider clock,
        CancellationToken stop) => PatientPage(id, db, context, clock, null, stop);

    internal static async Task<IResult> PatientPage(long id, PracticeDb db, HttpContext context, TimeProvider clock,
        InputException? fault, CancellationToken stop)
    {
        if (await CareView.Of(db, id, clock.Today(), stop) is not { } view) return TypedResults.NotFound();
        await Looks.Record(db, clock, $"patient/{id}", "care");
        return new RazorComponentResult<CarePatientPage>(new { View = view, Fault = fault })
        {
            StatusCode = fault is null ? 200 : 422,
        };
    }

    static async Task<IResult> Do(long id, PracticeDb db, HttpContext context, TimeProvider clock, Func<Task> act,
        CancellationToken stop)
    {
        if (!await db.Patients.AnyAsync(p => p.Id == id, stop)) return TypedResults.NotFound();
        try
        {
            await act();
            return TypedResults.Redirect($"/care/{id}");
        }
        catch (InputException e)
        {
            db.ChangeTracker.Clear();
            return await PatientPage(id, db, context, clock, e, stop);
        }
    }

    static Task<IResult> AddVisit(long id, [FromForm] TypedPreVisit typed, PracticeDb db, Engine engine,
        HttpContext context, TimeProvider clock, CancellationToken stop) => Do(id, db, context, clock,
            () => PreVisits.Add(db, new(id, TypedDay.Of(typed.Day, "day"), typed.Mode, typed.Provider,
                ChartViews.DrugOf(engine, typed.Drug), TypedDay.Of(typed.Thru, "thru"), typed.Diagnosis.Trim(),
                typed.Indication.Trim(), typed.Consent.Length == 0 ? null : TypedDay.Of(typed.Consent, "consent"),
                typed.Note), clock.Now(), stop), stop);

    static Task<IResult> Say(long id, [FromForm] long visit, [FromForm] long field, [FromForm] int week,
        [FromForm] string? value, [FromForm] string? why, PracticeDb db, HttpContext context, TimeProvider clock,
        CancellationToken stop) => Do(id, db, context, clock, () => CareOutcomes.Say(db, visit, field, week, value ?? "",
            why ?? "", clock.Now(), stop), stop);

    static Task<IResult> AddBenefit(long id, [FromForm] TypedBenefit typed, PracticeDb db, HttpContext context,
        TimeProvider clock, CancellationToken stop) => Do(id, db, context, clock, async () =>
    {
        if (!await db.Set<Coverage>().AnyAsync(c => c.Id == typed.Coverage && c.PatientId == id, stop))
            throw new InputException("coverage", "the plan is missing", "choose one");
        await Benefits.Note(db, new()
        {
            CoverageId = typed.Coverage, AsOf = TypedDay.Of(typed.Asked, "asked"), Source = typed.Source,
            DeductibleLeft = CentsOf(typed.Deductible, "deductible"), Copay = CentsOf(typed.Copay, "copay"),
            PocketLeft = CentsOf(typed.Pocket, "pocket"), Coinsurance = typed.Coinsurance.Trim().Length == 0 ? null
                : decimal.TryParse(typed.Coinsurance.Trim().TrimEnd('%', ' '), NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture, out var percent) && percent <= 100 ? (int)(percent * 100)
                : throw new InputException("coinsurance", "this is no percentage", "write one from 0 to 100"),
        }, clock.Now(), stop);
    }, stop);

    static long? CentsOf(string text, string at) => text.Trim().Length == 0 ? null
        : Money.TryParse(text.Trim().TrimStart('$'), out var money) ? money.Cents
        : throw new InputException(at, "this is no amount", "write dollars, such as 20.00");

    static async Task<IResult> Fields(PracticeDb db, InputException? fault) =>
        new RazorComponentResult<OutcomeFieldsPage>(new
        {
            Fields = await db.OutcomeFields.AsNoTracking().Where(static f => f.EndedOn == null)
                .OrderBy(static f => f.Id).ToListAsync(), Fault = fault,
            Treatments = await db.Treatments.AsNoTracking().OrderBy(static t => t.Name).ToListAsync(),
        }) { StatusCode = fault is null ? 200 : 422 };

    static async Task<IResult> AddField([FromForm] long treatment, [FromForm] string? name, [FromForm] string? unit,
        [FromForm] int? low, [FromForm] int? high, [FromForm] string? weeks, PracticeDb db, Engine engine,
        TimeProvider clock, CancellationToken stop)
    {
        try
        {
            await CareOutcomes.AddField(db, engine, treatment, name ?? "", unit ?? "", low ?? 0, high ?? 0, weeks ?? "",
                clock.Now(), stop);
            return TypedResults.Redirect("/care/fields");
        }
        catch (InputException e)
        {
            db.ChangeTracker.Clear();
            return await Fields(db, e);
        }
    }

    static async Task<IResult> EndField(long id, PracticeDb db, TimeProvider clock, CancellationToken stop)
    {
        await CareOutcomes.EndField(db, id, clock.Now(), stop);
        return TypedResults.Redirect("/care/fields");
    }
}

/// <summary>A visit before an injection, as it was typed.</summary>
public sealed record TypedPreVisit
{
    public string Day { get; init => field = value ?? ""; } = "";

    public string Mode { get; init => field = value ?? ""; } = "";

    public long Provider { get; init; }

    public string Drug { get; init => field = value ?? ""; } = "";

    public string Thru { get; init => field = value ?? ""; } = "";

    public string Diagnosis { get; init => field = value ?? ""; } = "";

    public string Indication { get; init => field = value ?? ""; } = "";

    public string Consent { get; init => field = value ?? ""; } = "";

    public string Note { get; init => field = value ?? ""; } = "";
}

/// <summary>What a payer said of a plan, as it was typed.</summary>
public sealed record TypedBenefit
{
    public long Coverage { get; init; }

    public string Asked { get; init => field = value ?? ""; } = "";

    public string Deductible { get; init => field = value ?? ""; } = "";

    public string Copay { get; init => field = value ?? ""; } = "";

    public string Coinsurance { get; init => field = value ?? ""; } = "";

    public string Pocket { get; init => field = value ?? ""; } = "";

    public string Source { get; init => field = value ?? ""; } = "";
}
