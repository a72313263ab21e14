using System.Globalization;
using Deltoid.Findings;
using Deltoid.Forms;
using Deltoid.Results;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>What is done about a claim besides changing its fields: set aside, corrected, printed, asked of somebody.
/// </summary>
static class ClaimActRoutes
{
    /// <summary>A printer's nudge in millimeters, at most.</summary>
    const decimal MostNudge = 20;

    public static void Map(WebApplication app)
    {
        var claims = app.OfClaims();
        claims.MapPost("/claims/{id:long}/set-aside", SetAside).Takes("version", "key", "reason", "until")
            .Needs(Permission.SetAside);
        claims.MapPost("/claims/{id:long}/take-back", TakeBack).Takes("override", "list").Needs(Permission.SetAside);
        claims.MapPost("/claims/{id:long}/correct", Correct).Takes("frequency", "list").Needs(Permission.EditClaims);
        claims.MapPost("/claims/{id:long}/renew", Renew).Takes("list").Needs(Permission.EditClaims);
        claims.MapPost("/claims/{id:long}/send-again", SendAgain).Takes("reason", "list").Needs(Permission.SendClaims);
        claims.MapPost("/claims/{id:long}/reopening", AskReopening).Takes("reason", "list")
            .Needs(Permission.EditClaims);
        claims.MapGet("/claims/{id:long}/paper", Print).Needs(Permission.ReadClaims);
        claims.MapPost("/claims/{id:long}/tasks", AskSomebody).Takes("text", "for", "due", "list")
            .Needs(Permission.EditClaims);
        app.MapGet("/tasks", ShowTasks).ShowsPatients("tasks").Needs(Permission.ReadClaims);
        app.MapPost("/tasks/{id:long}/done", Finish).Takes("claim", "list").Needs(Permission.ReadClaims);
    }

    static int Number(IFormCollection form, string name) =>
        int.TryParse(form[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    static DateOnly? DayOf(IFormCollection form, string name) => DateOnly.TryParseExact(form[name], "yyyy-MM-dd",
        CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    static RedirectHttpResult To(long id, IFormCollection form, string? saved = null) =>
        TypedResults.Redirect(ClaimView.PathOf(id, form["list"].ToString(), saved));

    static async Task<IResult> SetAside(long id, IFormCollection form, PracticeDb db, Engine engine,
        TimeProvider clock)
    {
        await Overrides.SetAside(db, engine, id, Number(form, "version"), form["key"].ToString(),
            form["reason"].ToString(), DayOf(form, "until") ?? throw new InputException("until", "the last day is "
                + "missing", "choose how long the finding is set aside"), clock.Now());
        return TypedResults.NoContent();
    }

    static async Task<IResult> TakeBack(long id, IFormCollection form, PracticeDb db, Engine engine, TimeProvider clock)
    {
        await Overrides.TakeBack(db, engine, id, Number(form, "override"), clock.Now());
        return To(id, form);
    }

    static async Task<IResult> Correct(long id, IFormCollection form, PracticeDb db, Engine engine, TimeProvider clock)
    {
        await Correcting.Correct(db, engine, id, form["frequency"] == "8" ? '8' : '7', clock.Now());
        return To(id, form, "yes");
    }

    static async Task<IResult> Renew(long id, IFormCollection form, PracticeDb db, Engine engine, TimeProvider clock)
    {
        await Correcting.Renew(db, engine, id, clock.Now());
        return To(id, form, "yes");
    }

    static async Task<IResult> SendAgain(long id, IFormCollection form, PracticeDb db, Engine engine,
        TimeProvider clock)
    {
        await Sending.Again(db, engine, id, form["reason"].ToString(), clock.GetLocalNow().DateTime);
        return To(id, form);
    }

    static async Task<IResult> AskReopening(long id, IFormCollection form, PracticeDb db, TimeProvider clock)
    {
        await Correcting.AskReopening(db, id, form["reason"].ToString(), clock.Now());
        return To(id, form);
    }

    /// <summary>The CMS-1500 as it would be mailed: on plain paper with our lines, or the texts for the red form.
    /// </summary>
    static async Task<IResult> Print(long id, PracticeDb db, TimeProvider clock, [FromQuery] string? mode,
        [FromQuery] decimal? right, [FromQuery] decimal? down)
    {
        var stored = await db.Claims.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id);
        if (stored is null) return TypedResults.NotFound();
        var claim = Documents.Claim(stored.Document);
        var findings = new FindingList();
        var forms = Cms1500.Of(claim, findings);
        if (forms.Count == 0)
            throw new InputException(stored.Number, "the CMS-1500 does not hold this claim", "send it as 837");
        await db.Change(_ =>
        {
            db.Record(clock.Now(), "read", $"claim/{id}", "as paper");
            return Task.FromResult(0);
        });
        return TypedResults.File(Cms1500Pdf.Write(forms, mode == "red" ? Cms1500Mode.Overlay : Cms1500Mode.Full,
            compressed: true, Math.Clamp(right ?? 0, -MostNudge, MostNudge),
            Math.Clamp(down ?? 0, -MostNudge, MostNudge)), "application/pdf", $"cms-1500-{stored.Number}.pdf");
    }

    /// <summary>How many forms it fills, and what does not go onto them.</summary>
    internal static (int Forms, List<string> Problems) PaperOf(Claims.Claim claim)
    {
        var findings = new FindingList();
        var forms = Cms1500.Of(claim, findings).Count;
        var problems = new List<string>();
        foreach (ref readonly var finding in findings.Span)
            if (finding.Severity != Severity.Info) problems.Add(Sentence.Of(finding, claim, static _ => ""));
        return (forms, problems);
    }

    static async Task<IResult> AskSomebody(long id, IFormCollection form, PracticeDb db, TimeProvider clock)
    {
        await WorkTasks.Ask(db, id, form["text"].ToString(), Number(form, "for") is > 0 and var person ? person : null,
            DayOf(form, "due"), clock.Now());
        return To(id, form);
    }

    static async Task<IResult> ShowTasks(PracticeDb db, TimeProvider clock, HttpContext context)
    {
        var endings = await Endings.Open(db, Access.Allows(Permission.Comply, context.User)).Take(WorkTasks.Most)
            .ToListAsync();
        var patients = endings.Where(static e => e.Kind == Endings.OfOrder).Select(static e => e.OfId ?? 0).ToList();
        return new RazorComponentResult<TasksPage>(new
        {
            MayChart = Access.Allows(Permission.Chart, context.User), Endings = endings,
            MaySetUp = Access.Allows(Permission.SetUp, context.User),
            MayReadStock = Access.Allows(Permission.ReadStock, context.User),
            Tasks = await db.Tasks.AsNoTracking().Include(static t => t.Claim).Where(static t => t.DoneAt == null)
                .OrderBy(static t => t.Due == null).ThenBy(static t => t.Due).ThenBy(static t => t.Id)
                .Take(WorkTasks.Most).ToListAsync(),
            People = await db.Users.AsNoTracking().Where(u => u.PracticeId == db.PracticeId)
                .ToDictionaryAsync(static u => u.Id, static u => u.Name),
            Patients = await db.Patients.AsNoTracking().Where(p => patients.Contains(p.Id))
                .ToDictionaryAsync(static p => p.Id, static p => p.Family + ", " + p.Given),
            Me = db.PersonId ?? 0, Today = clock.Today(),
        });
    }

    static async Task<IResult> Finish(long id, PracticeDb db, IFormCollection form, TimeProvider clock)
    {
        if (!await db.Tasks.AnyAsync(t => t.Id == id)) return TypedResults.NotFound();
        await WorkTasks.Finish(db, id, clock.Now());
        return long.TryParse(form["claim"], NumberStyles.None, CultureInfo.InvariantCulture, out var claim)
            ? To(claim, form) : TypedResults.Redirect("/tasks");
    }
}
