using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Deltoid.Web;

/// <summary>What the practice sets up. Every change is an event with the old and the new values.</summary>
static class SettingsRoutes
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/settings", static () => TypedResults.Redirect("/settings/practice")).Needs(Permission.SetUp);
        app.MapGet("/settings/{section}", Show).Needs(Permission.SetUp);
        app.MapPost("/settings/{section}", Save).Needs(Permission.SetUp);
        app.MapGet("/settings/patients/{id:long}", ShowCoverages).Needs(Permission.SetUp);
        app.MapPost("/settings/patients/{id:long}", SaveCoverage).Needs(Permission.SetUp);
    }

    static SettingKind? KindOf(string section) => section == "practice" ? Settings.Practice
        : Settings.Kinds.FirstOrDefault(kind => kind.Name == section);

    static async Task<IResult> Show(string section, [FromQuery] long? edit, [FromQuery] long? saved,
        PracticeDb db) =>
        KindOf(section) is { } kind
            ? await Page(db, kind, $"/settings/{section}", edit, saved) : TypedResults.NotFound();

    static async Task<IResult> ShowCoverages(long id, [FromQuery] long? edit, [FromQuery] long? saved,
        PracticeDb db) =>
        await db.Patients.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id) is { } patient
            ? await Page(db, await Coverages(db, id), $"/settings/patients/{id}", edit, saved, patient)
            : TypedResults.NotFound();

    static async Task<SettingKind> Coverages(PracticeDb db, long patient) => Settings.Coverages(patient,
        await db.Payers.AsNoTracking().OrderBy(static p => p.Name).ToListAsync());

    static async Task<IResult> Page(PracticeDb db, SettingKind kind, string path, long? edit, long? saved,
        Patient? patient = null)
    {
        var isOne = kind == Settings.Practice;
        var row = isOne || edit is > 0 ? await kind.Find(db, edit ?? 0) : null;
        if (edit is > 0 && row is null) return TypedResults.NotFound();
        return new RazorComponentResult<SettingsPage>(new
        {
            Kind = kind, Path = path, Rows = await kind.List(db), Saved = saved,
            Edited = row is Row known ? known.Id : 0,
            Typed = kind.Fields.ToDictionary(static f => f.Name, f => row is null ? "" : f.Get(row)),
            Patient = patient,
        });
    }

    static async Task<IResult> Save(string section, IFormCollection form, PracticeDb db, TimeProvider clock) =>
        KindOf(section) is { } kind
            ? await Write(db, clock, kind, $"/settings/{section}", form, null) : TypedResults.NotFound();

    static async Task<IResult> SaveCoverage(long id, IFormCollection form, PracticeDb db, TimeProvider clock) =>
        await db.Patients.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id) is { } patient
            ? await Write(db, clock, await Coverages(db, id), $"/settings/patients/{id}", form, patient)
            : TypedResults.NotFound();

    /// <summary>One change. Where a field cannot be so, nothing is changed; what was typed stays in the form.</summary>
    static async Task<IResult> Write(PracticeDb db, TimeProvider clock, SettingKind kind, string path,
        IFormCollection form, Patient? patient)
    {
        _ = long.TryParse(form["id"], out var id);
        var faults = new Dictionary<string, string>();
        var saved = 0L;
        try
        {
            saved = await db.Change(async _ =>
            {
                var row = id > 0 || kind == Settings.Practice ? await kind.Find(db, id) : kind.New();
                if (row is null) throw new InputException("", "This is not here any more.", "Load the page again.");
                foreach (var field in kind.Fields)
                    if (field.Set(row, form[field.Name].ToString()) is { } fault) faults[field.Name] = fault;
                if (faults.Count > 0) throw new InputException("", "", "");
                if (row is Treatment treatment) Check(treatment, clock);
                return await Record(db, row, kind, clock.GetUtcNow().UtcDateTime);
            });
        }
        catch (DbUpdateException)
        {
            faults[kind.Fields[0].Name] = $"There is such a {kind.One} already.";
        }
        catch (InputException e)
        {
            if (e.Message.Length > 0) faults[kind.Fields[0].Name] = $"{e.Message} {e.Try}".Trim();
        }
        if (faults.Count == 0) return TypedResults.Redirect($"{path}?saved={saved}");
        db.ChangeTracker.Clear();
        return new RazorComponentResult<SettingsPage>(new
        {
            Kind = kind, Path = path, Rows = await kind.List(db), Edited = id, Faults = faults, Patient = patient,
            Typed = kind.Fields.ToDictionary(static f => f.Name, f => form[f.Name].ToString()),
        }) { StatusCode = 422 };
    }

    /// <summary>A treatment that the chart could not read would fail at each shot.</summary>
    static void Check(Treatment treatment, TimeProvider clock)
    {
        var day = DateOnly.FromDateTime(clock.GetLocalNow().DateTime).Iso();
        Documents.Visit($$"""{ "serviceDate": "{{day}}", "administrations": [{{treatment.Administration}}] }""");
    }

    static async Task<long> Record(PracticeDb db, object row, SettingKind kind, DateTime now)
    {
        if (row is Row { Id: 0 } fresh)
        {
            db.Add(fresh);
            await db.SaveChangesAsync();
            db.Record(now, "create", $"{kind.One}/{fresh.Id}", "settings",
                kind.Fields.ToDictionary(static f => f.Name, f => new[] { null, f.Get(fresh) }));
            return fresh.Id;
        }
        var id = row is Row known ? known.Id : db.PracticeId;
        if (Changes(db.Entry(row)) is { Count: > 0 } changes)
            db.Record(now, "change", $"{kind.One}/{id}", "settings", changes);
        return id;
    }

    /// <summary>Old and new value of each field that changed.</summary>
    internal static Dictionary<string, string?[]> Changes(EntityEntry entry)
    {
        entry.DetectChanges();
        return entry.Properties.Concat(entry.ComplexProperties.SelectMany(static c => c.Properties))
            .Where(static p => p.IsModified && !Equals(p.OriginalValue, p.CurrentValue))
            .ToDictionary(static p => p.Metadata.Name,
                static p => new[] { Written(p.OriginalValue), Written(p.CurrentValue) });
    }

    static string? Written(object? value) => value switch
    {
        null => null,
        DateOnly day => day.Iso(),
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
    };
}
