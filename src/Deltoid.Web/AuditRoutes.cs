using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Deltoid.Print;
using Deltoid.Results;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>What the form of a new audit asks for, as it was typed.</summary>
public sealed record SampleForm
{
    public string Name { get; init => field = value ?? ""; } = "";

    public string From { get; init => field = value ?? ""; } = "";

    public string Thru { get; init => field = value ?? ""; } = "";

    public string Kind { get; init => field = value ?? ""; } = nameof(SampleKind.Random);

    public string Size { get; init => field = value ?? ""; } = "30";

    public string Seed { get; init => field = value ?? ""; } = "";

    public string Npi { get; init => field = value ?? ""; } = "";

    public string Code { get; init => field = value ?? ""; } = "";

    public long? Payer { get; init; }
}

/// <summary>Audits: draw a sample, judge its claims, see what it says of all of them.</summary>
static class AuditRoutes
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/compliance", Show).Needs(Permission.Audit);
        app.MapPost("/compliance/audits", Draw).Needs(Permission.Audit);
        app.MapGet("/compliance/audits/{id:long}", ShowSample).Needs(Permission.Audit);
        app.MapGet("/compliance/audits/{id:long}/report", Report).Needs(Permission.Audit);
        app.MapGet("/compliance/audits/{id:long}/errors", Errors).Needs(Permission.Audit);
        app.MapGet("/compliance/claims/{id:long}", Review).Needs(Permission.Audit);
        app.MapPost("/compliance/claims/{id:long}", Judge).Takes(static (_, name) => IsOfLine(name), "note", "all")
            .About<SampledClaim>().Needs(Permission.Audit);
    }

    static readonly string[] OfLine = ["verdict", "reason", "code", "units", "right"];

    /// <summary>A field of a line: <c>line.12.verdict</c>.</summary>
    static bool IsOfLine(string name) => name.Split('.') is ["line", var id, var field]
        && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _) && OfLine.Contains(field);

    static Task<IResult> Show(PracticeDb db, TimeProvider clock) => Page(db, clock, new()
    {
        From = clock.Today().AddDays(-90).Iso(), Thru = clock.Today().Iso(), Seed = NewSeed(),
    }, null);

    /// <summary>A seed that nobody has chosen.</summary>
    static string NewSeed() => RandomNumberGenerator.GetInt32(100_000_000, int.MaxValue)
        .ToString(CultureInfo.InvariantCulture);

    static async Task<IResult> Page(PracticeDb db, TimeProvider clock, SampleForm form, InputException? fault)
    {
        var samples = await db.AuditSamples.AsNoTracking().OrderByDescending(static s => s.Id).Take(100)
            .Select(s => new SampleLine(s, db.SampledClaims.Count(c => c.SampleId == s.Id),
                db.SampledClaims.Count(c => c.SampleId == s.Id && c.JudgedAt != null))).ToListAsync();
        return new RazorComponentResult<AuditsPage>(new
        {
            Samples = samples, Form = form, Fault = fault, Today = clock.Today(),
            Providers = await db.Providers.AsNoTracking().OrderBy(static p => p.Family).ToListAsync(),
            Payers = await db.Payers.AsNoTracking().OrderBy(static p => p.Name).ToListAsync(),
        }) { StatusCode = fault is null ? 200 : 422 };
    }

    static async Task<IResult> Draw([FromForm] SampleForm form, PracticeDb db, Engine engine, TimeProvider clock,
        CancellationToken stop)
    {
        try
        {
            var sample = await Audits.Draw(db, engine, new(form.Name, TypedDay.Of(form.From, "from"),
                TypedDay.Of(form.Thru, "thru"), Enum.TryParse<SampleKind>(form.Kind, out var kind) ? kind : 0,
                int.TryParse(form.Size, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0,
                form.Seed.Trim(), form.Npi, form.Code.Trim().ToUpperInvariant(), form.Payer), clock.Now(), stop);
            return TypedResults.Redirect($"/compliance/audits/{sample.Id}");
        }
        catch (InputException e)
        {
            db.ChangeTracker.Clear();
            return await Page(db, clock, form, e);
        }
    }

    static async Task<IResult> ShowSample(long id, PracticeDb db, CancellationToken stop) =>
        await AuditResult.Of(db, id, stop) is { } result
            ? new RazorComponentResult<AuditPage>(new { Result = result }) : TypedResults.NotFound();

    static async Task<IResult> Report(long id, PracticeDb db, TimeProvider clock, CancellationToken stop)
    {
        if (await AuditResult.Of(db, id, stop) is not { } result) return TypedResults.NotFound();
        var practice = await db.Practices.AsNoTracking().SingleAsync(p => p.Id == db.PracticeId, stop);
        await Looks.Record(db, clock, $"audit/{id}", "report");
        return TypedResults.File(LetterPdf.Of(AuditReport.Of(practice, result, clock.Today())), "application/pdf",
            $"audit-{id}.pdf");
    }

    /// <summary>The lines in error, for who mends them: claim numbers, no patients.</summary>
    static async Task<IResult> Errors(long id, PracticeDb db, TimeProvider clock, CancellationToken stop)
    {
        if (await AuditResult.Of(db, id, stop) is not { } result) return TypedResults.NotFound();
        var text = new StringBuilder();
        AuditReport.AddErrors(text, result);
        db.ChangeTracker.Clear();
        await db.Change(_ =>
        {
            db.Record(clock.Now(), "export", $"audit/{id}", "errors as CSV");
            return Task.FromResult(0);
        }, stop);
        return TypedResults.File(Encoding.UTF8.GetBytes("\uFEFF" + text), "text/csv", $"audit-{id}-errors.csv");
    }

    static Task<IResult> Review(long id, PracticeDb db, Engine engine, TimeProvider clock, CancellationToken stop) =>
        ReviewOf(id, db, engine, clock, null, null, stop);

    static async Task<IResult> ReviewOf(long id, PracticeDb db, Engine engine, TimeProvider clock,
        IFormCollection? typed, InputException? fault, CancellationToken stop)
    {
        if (await ReviewView.Of(db, engine, id, stop) is not { } view) return TypedResults.NotFound();
        await Looks.Record(db, clock, $"claim/{view.Sampled.ClaimId}", "audit");
        return new RazorComponentResult<ReviewPage>(new { View = view, Typed = typed, Fault = fault })
        {
            StatusCode = fault is null ? 200 : 422,
        };
    }

    static async Task<IResult> Judge(long id, IFormCollection form, PracticeDb db, Engine engine, TimeProvider clock,
        CancellationToken stop)
    {
        var lines = await db.SampledLines.AsNoTracking().Where(l => l.SampledClaimId == id).Select(static l => l.Id)
            .ToListAsync(stop);
        if (lines.Count == 0) return TypedResults.NotFound();
        string Field(long line, string name) => form[string.Create(CultureInfo.InvariantCulture,
            $"line.{line}.{name}")].ToString();
        var isAll = form["all"] == "agree";
        try
        {
            var of = await Audits.Judge(db, id, lines.ConvertAll(l => new JudgedLine(l, isAll ? LineVerdict.Agree
                : Enum.TryParse<LineVerdict>(Field(l, "verdict"), out var verdict) ? verdict : LineVerdict.Open,
                Field(l, "reason"), Field(l, "code"), Field(l, "units"), Field(l, "right"))), form["note"].ToString(),
                clock.Now(), stop);
            var next = await db.SampledClaims.Where(c => c.SampleId == of.SampleId && c.JudgedAt == null)
                .OrderBy(static c => c.Place).Select(static c => (long?)c.Id).FirstOrDefaultAsync(stop);
            return TypedResults.Redirect(next is { } open ? $"/compliance/claims/{open}"
                : $"/compliance/audits/{of.SampleId}");
        }
        catch (InputException e)
        {
            db.ChangeTracker.Clear();
            return await ReviewOf(id, db, engine, clock, form, e, stop);
        }
    }
}

/// <summary>A sample in the list.</summary>
public sealed record SampleLine(AuditSample Sample, int Claims, int Judged);
