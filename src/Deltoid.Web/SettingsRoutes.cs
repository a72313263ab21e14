using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using static Deltoid.Web.Texts;

namespace Deltoid.Web;

/// <summary>What the practice sets up. Every change is an event with the old and the new values.</summary>
static class SettingsRoutes
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/settings", static () => TypedResults.Redirect("/settings/practice")).Needs(Permission.SetUp);
        app.MapGet("/settings/{section}", Show).Needs(Permission.SetUp);
        app.MapPost("/settings/{section}", Save).TakesSetting(static of => Settings.Of((string)of["section"]!, []))
            .Needs(Permission.SetUp);
        app.MapPost("/settings/drugs", Drugs).Needs(Permission.SetUp);
        app.MapPost("/settings/patients/found", FindPatients).ShowsPatients("patients").Needs(Permission.SetUp);
        app.MapGet("/settings/patients/{id:long}", ShowCoverages).Needs(Permission.SetUp);
        app.MapPost("/settings/patients/{id:long}", SaveCoverage)
            .TakesSetting(static _ => Settings.Coverages(0, [])).Needs(Permission.SetUp);
        app.MapGet("/settings/patients/{id:long}/orders", ShowOrders).Needs(Permission.SetUp);
        app.MapPost("/settings/patients/{id:long}/orders", SaveOrder).TakesSetting(static _ => Settings.Orders(0))
            .Needs(Permission.SetUp);
    }

    static RouteHandlerBuilder TakesSetting(this RouteHandlerBuilder route,
        Func<RouteValueDictionary, SettingKind?> kindOf) =>
        route.Takes((values, name) => kindOf(values) is { } kind && SettingSave.IsField(kind, name), "id", "next");

    static async Task<IResult> Show(string section, [FromQuery] long? edit, [FromQuery] long? saved,
        PracticeDb db, TimeProvider clock)
    {
        if (await Settings.Of(db, section) is not { } kind) return TypedResults.NotFound();
        if (kind == Settings.Patients) await Looks.Record(db, clock, "patients");
        return await Page(db, kind, $"/settings/{section}", edit, saved);
    }

    static Task<Patient?> PatientOf(PracticeDb db, long id) =>
        db.Patients.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id);

    static async Task<IResult> ShowCoverages(long id, [FromQuery] long? edit, [FromQuery] long? saved,
        PracticeDb db, TimeProvider clock) => await PatientOf(db, id) is { } patient
            ? await OfPatient(db, clock, await Coverages(db, id), $"/settings/patients/{id}", edit, saved, patient)
            : TypedResults.NotFound();

    static async Task<IResult> ShowOrders(long id, [FromQuery] long? edit, [FromQuery] long? saved, PracticeDb db,
        TimeProvider clock) => await PatientOf(db, id) is { } patient
            ? await OfPatient(db, clock, Settings.Orders(id), $"/settings/patients/{id}/orders", edit, saved, patient)
            : TypedResults.NotFound();

    static async Task<SettingKind> Coverages(PracticeDb db, long patient) => Settings.Coverages(patient,
        await db.Payers.AsNoTracking().OrderBy(static p => p.Name).ToListAsync());

    /// <summary>A record of a patient is opened: that is an event.</summary>
    static async Task<IResult> OfPatient(PracticeDb db, TimeProvider clock, SettingKind kind, string path, long? edit,
        long? saved, Patient patient)
    {
        await db.Change(_ =>
        {
            db.Record(clock.Now(), "read", $"patient/{patient.Id}", "settings");
            return Task.FromResult(0);
        });
        return await Page(db, kind, path, edit, saved, patient);
    }

    static async Task<IResult> Page(PracticeDb db, SettingKind kind, string path, long? edit, long? saved,
        Patient? patient = null)
    {
        var row = kind.IsOne || edit is > 0 ? await kind.Find(db, edit ?? 0) : null;
        if (edit is > 0 && row is null) return TypedResults.NotFound();
        var typed = kind.Fields.ToDictionary(static f => f.Name, f => kind.Shown(f, row));
        return new RazorComponentResult<SettingsPage>(new
        {
            Kind = kind, Path = path, Rows = await kind.List(db), Saved = saved,
            Edited = row is Row known ? known.Id : 0, Typed = typed, Was = row is null ? [] : typed, Patient = patient,
        });
    }

    static async Task<IResult> Save(string section, IFormCollection form, PracticeDb db, Engine engine,
        TimeProvider clock) => await Settings.Of(db, section) is { } kind
            ? await Write(db, engine, clock, kind, $"/settings/{section}", form, null) : TypedResults.NotFound();

    static async Task<IResult> SaveCoverage(long id, IFormCollection form, PracticeDb db, Engine engine,
        TimeProvider clock) => await PatientOf(db, id) is { } patient
            ? await Write(db, engine, clock, await Coverages(db, id), $"/settings/patients/{id}", form, patient)
            : TypedResults.NotFound();

    static async Task<IResult> SaveOrder(long id, IFormCollection form, PracticeDb db, Engine engine,
        TimeProvider clock) => await PatientOf(db, id) is { } patient
            ? await Write(db, engine, clock, Settings.Orders(id), $"/settings/patients/{id}/orders", form, patient)
            : TypedResults.NotFound();

    /// <summary>One change. Where a field cannot be so, nothing is changed; what was typed stays in the form.</summary>
    static async Task<IResult> Write(PracticeDb db, Engine engine, TimeProvider clock, SettingKind kind, string path,
        IFormCollection form, Patient? patient)
    {
        _ = long.TryParse(form["id"], out var id);
        var payers = await db.Payers.AsNoTracking().ToListAsync();
        var saved = await SettingSave.Write(db, clock.Now(), kind, id, form,
            row => RowCheck.Of(row, engine.Book, clock.Today(), payers));
        if (saved.IsSaved)
            return TypedResults.Redirect(form["next"] == StartRoutes.Path ? StartRoutes.Path
                : $"{path}?saved={saved.Id}");
        return new RazorComponentResult<SettingsPage>(new
        {
            Kind = kind, Path = path, Rows = await kind.List(db), Edited = id, saved.Faults, saved.Clashes, saved.Was,
            Patient = patient, Typed = kind.Fields.ToDictionary(static f => f.Name, f => form[f.Name].ToString()),
            Next = form["next"].ToString(),
        }) { StatusCode = 422 };
    }

    /// <summary>Drugs of the code book by what was typed.</summary>
    static IResult Drugs([FromForm] string? q, Engine engine, TimeProvider clock)
    {
        var today = clock.Today();
        var typed = (q ?? "").Trim();
        string[] named = engine.Book.DrugNamed(typed) is { } drug ? [drug.Name] : [];
        return new RazorComponentResult<Options>(new
        {
            Choices = named.Concat(engine.Book.Search.Find(typed, today, 40).Where(static h => h.Drug is not null)
                    .Select(static h => h.Drug!.Name)).Distinct().Take(8)
                .Select(static d => new Choice("drug", d, d, "")).ToList(),
        });
    }

    /// <summary>Patients whose names begin with what was typed; a name is never in an address.</summary>
    static async Task<IResult> FindPatients([FromForm] string? q, PracticeDb db)
    {
        var patients = db.Patients.AsNoTracking();
#pragma warning disable CA1304, CA1311, CA1862 // the database folds
        foreach (var begins in (q ?? "").ToLowerInvariant().Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)
            .Take(4))
            patients = patients.Where(p => p.Family.ToLower().StartsWith(begins)
                || p.Given.ToLower().StartsWith(begins));
#pragma warning restore CA1304, CA1311, CA1862
        var kind = Settings.Patients;
        return new RazorComponentResult<SettingsPage>(new
        {
            Kind = kind, Path = "/settings/patients", Sought = q ?? "",
            Rows = (await patients.OrderBy(static p => p.Family).ThenBy(static p => p.Given).Take(Settings.Most)
                .ToListAsync()).ToList<object>(),
            Typed = kind.Fields.ToDictionary(static f => f.Name, static _ => ""),
        });
    }
}
