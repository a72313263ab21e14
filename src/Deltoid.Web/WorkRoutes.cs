using System.Globalization;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>Screen 5, the worklist.</summary>
static class WorkRoutes
{
    /// <summary>The list is one form: what is done with its claims depends on the button.</summary>
    static readonly string[] OfList = ["list", "key", "mark", "claim", "all", "person", "until", "news"];

    public static void Map(WebApplication app)
    {
        app.MapGet("/worklist", Show).ShowsPatients("worklist").Needs(Permission.ReadClaims);
        app.MapGet("/worklist.csv", WorkExport.Save).Needs(Permission.ReadClaims);
        app.MapGet("/worklist/done", ShowDone).ShowsPatients("worklist").Needs(Permission.ReadClaims);
        app.MapGet("/worklist/left", ShowLeft).Needs(Permission.ReadClaims).Unattended();
        app.MapPost("/worklist/fix", Plan).Takes(OfList).Needs(Permission.EditClaims);
        app.MapPost("/worklist/fix/apply", Apply).Takes("key", "list", "claim").Needs(Permission.EditClaims);
        app.MapPost("/worklist/fix/undo", Undo).Takes("batch", "list", "claim").Needs(Permission.EditClaims);
        app.MapPost("/worklist/assign", Assign).Takes(OfList).Needs(Permission.EditClaims);
        app.MapPost("/worklist/snooze", Snooze).Takes(OfList).Needs(Permission.EditClaims);
        app.MapPost("/worklist/undo", TakeBack).Takes("batch", "list").Needs(Permission.EditClaims);
        app.MapPost("/worklist/views", SaveView).Takes("name", "list").Needs(Permission.ReadClaims);
        app.MapPost("/worklist/views/remove", RemoveView).Takes("view", "list").Needs(Permission.ReadClaims);
        app.MapPost("/claims/send", Send).Takes(OfList).Needs(Permission.SendClaims);
    }

    static async Task<IResult> Show(PracticeDb db, Engine engine, HttpContext context, TimeProvider clock,
        [FromQuery] string? after, [FromQuery] string? moved)
    {
        var today = clock.Today();
        await Worklist.Wake(db, engine, today, clock.Now());
        var filter = WorkFilter.Parse(context.Request.QueryString.Value);
        var view = await WorkView.Load(db, filter, PlaceOf(after), today, clock,
            May(context, Permission.Comply));
        return new RazorComponentResult<WorkPage>(new
        {
            View = view with
            {
                MaySend = May(context, Permission.SendClaims), MayEdit = May(context, Permission.EditClaims),
                Moved = moved ?? "",
                MovedClaims = moved is null ? 0 : (await Worklist.MovedIn(db, moved, clock.Now())).Count,
            },
        });
    }

    /// <summary>What the number of claims that the person has done today counts.</summary>
    static async Task<IResult> ShowDone(PracticeDb db, TimeProvider clock)
    {
        var done = await Worklist.Done(db, clock.GetLocalNow().Date.ToUniversalTime());
        return new RazorComponentResult<DonePage>(new
        {
            Done = done,
            Claims = await db.Claims.AsNoTracking().Include(static c => c.Patient).Include(static c => c.Payer)
                .Where(c => done.Ids.Contains(c.Id)).OrderBy(static c => c.Id).Take(Worklist.Most).ToListAsync(),
        });
    }

    /// <summary>Which of the rows on a person's screen are in the list no longer, and who worked on them.</summary>
    static async Task<IResult> ShowLeft(HttpContext context, PracticeDb db, [FromQuery] string? ids)
    {
        var shown = (ids ?? "").Split(' ').Select(static id => long.TryParse(id, NumberStyles.None,
            CultureInfo.InvariantCulture, out var number) ? number : 0).Where(static id => id > 0)
            .Take(WorkView.PageSize).ToHashSet();
        var there = await WorkFilter.Parse(context.Request.QueryString.Value).Of(db)
            .Where(c => shown.Contains(c.Id)).Select(static c => c.Id).ToListAsync();
        var left = new List<(long, string)>();
        foreach (var id in shown.Except(there).Order())
            left.Add((id, (await SettingSave.LastOn(db, FormattableString.Invariant($"claim/{id}"))).Who));
        return new RazorComponentResult<LeftRows>(new { Left = left });
    }

    static bool May(HttpContext context, Permission permission) =>
        Access.Allows(permission, context.User);

    /// <summary>Where a page begins, as its address says it: rank and number of the claim before it.</summary>
    static (long Rank, long Id)? PlaceOf(string? after) =>
        after?.Split('_') is [var rank, var id] && long.TryParse(rank, CultureInfo.InvariantCulture, out var r)
            && long.TryParse(id, CultureInfo.InvariantCulture, out var i) ? (r, i) : null;

    static HashSet<long> IdsOf(IFormCollection form, string name = "claim") => [.. form[name].Select(static id =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)];

    /// <summary>The list that a form came from, in its own spelling.</summary>
    static string ListOf(IFormCollection form) => WorkFilter.Parse(form["list"]).ToString();

    /// <summary>What can be fixed in one go among the marked claims, or all of a list. Nothing is changed.</summary>
    static async Task<IResult> Plan(IFormCollection form, PracticeDb db, Engine engine)
    {
        var (ids, list) = (IdsOf(form, "mark"), ListOf(form));
        var claims = form["all"] == "yes" ? WorkFilter.Parse(list).Of(db) : db.Claims.Where(c => ids.Contains(c.Id));
        return new RazorComponentResult<BulkPage>(new
        {
            Fixes = await BulkFix.Plan(db, engine, claims), List = list, Asked = await claims.CountAsync(),
        });
    }

    static async Task<IResult> Apply(IFormCollection form, HttpContext context, PracticeDb db, Engine engine,
        TimeProvider clock) => new RazorComponentResult<BulkDonePage>(new
        {
            Done = await BulkFix.Apply(db, engine, IdsOf(form), form["key"].ToString(), clock.Now()),
            List = ListOf(form), MaySend = May(context, Permission.SendClaims),
        });

    static async Task<IResult> Undo(IFormCollection form, HttpContext context, PracticeDb db, Engine engine,
        TimeProvider clock) => new RazorComponentResult<BulkDonePage>(new
        {
            Done = await BulkFix.Undo(db, engine, IdsOf(form), form["batch"].ToString(), clock.Now()),
            List = ListOf(form), IsUndone = true,
        });

    static async Task<IResult> Assign(IFormCollection form, PracticeDb db, TimeProvider clock)
    {
        var person = long.TryParse(form["person"], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && id > 0 ? id : (long?)null;
        return Back(form, (await Worklist.Assign(db, IdsOf(form, "mark"), person, clock.Now())).Batch);
    }

    static async Task<IResult> Snooze(IFormCollection form, PracticeDb db, TimeProvider clock)
    {
        if (!DateOnly.TryParseExact(form["until"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var until))
            throw new InputException("until", "this is not a day", "choose a day to come");
        return Back(form, (await Worklist.Snooze(db, IdsOf(form, "mark"), until, form["news"] == "yes", clock.Now()))
            .Batch);
    }

    static async Task<IResult> TakeBack(IFormCollection form, PracticeDb db, TimeProvider clock)
    {
        await Worklist.Undo(db, form["batch"].ToString(), clock.Now());
        return Back(form, null);
    }

    /// <summary>To the list that the form came from; what was moved can be undone there.</summary>
    static RedirectHttpResult Back(IFormCollection form, string? moved)
    {
        var list = ListOf(form);
        if (moved is not null) list += $"{(list.Length > 0 ? "&" : "")}moved={Uri.EscapeDataString(moved)}";
        return TypedResults.Redirect("/worklist" + (list.Length > 0 ? "?" + list : ""));
    }

    static async Task<IResult> SaveView(IFormCollection form, PracticeDb db)
    {
        var name = form["name"].ToString().Trim();
        if (name.Length is 0 or > WorkView.LongestName)
            throw new InputException("name", "the view needs a name",
                $"write a name of at most {WorkView.LongestName} characters");
        await db.Change(async _ =>
        {
            var view = await db.SavedViews.FirstOrDefaultAsync(v => v.PersonId == db.PersonId && v.Name == name);
            if (view is null)
                db.SavedViews.Add(view = new() { PersonId = db.PersonId!.Value, Name = name, Query = "" });
            view.Query = ListOf(form);
            return 0;
        });
        return Back(form, null);
    }

    static async Task<IResult> RemoveView(IFormCollection form, PracticeDb db)
    {
        var ids = IdsOf(form, "view");
        await db.Change(async _ =>
        {
            db.SavedViews.RemoveRange(await db.SavedViews.Where(v => v.PersonId == db.PersonId && ids.Contains(v.Id))
                .ToListAsync());
            return 0;
        });
        return Back(form, null);
    }

    /// <summary>A job for each payer: it writes the file and marks its claims sent.</summary>
    static async Task<IResult> Send(IFormCollection form, PracticeDb db, JobHost host, TimeProvider clock,
        CancellationToken stop)
    {
        var ids = IdsOf(form);
        var key = Guid.TryParse(form["key"], out var given) ? given : Guid.NewGuid();
        var chosen = await db.Claims.Where(c => ids.Contains(c.Id)).OrderBy(static c => c.Id)
            .Select(static c => new { c.Id, c.PayerId, c.Payer.Name }).ToListAsync(stop);
        var asked = new List<Job>();
        foreach (var payer in chosen.GroupBy(static c => c.PayerId).OrderBy(static g => g.Key))
            asked.Add(await Jobs.Ask(db, new()
            {
                Key = FileRoutes.KeyOf(key, asked.Count), Kind = JobKind.Send, Name = payer.First().Name,
                At = clock.Now(),
                Claims = string.Join(' ', payer.Select(static c => c.Id.ToString(CultureInfo.InvariantCulture))),
            }, null, stop));
        foreach (var job in asked) await host.Publish(job, stop);
        await FileRoutes.Wait(db, asked, stop);
        return TypedResults.Redirect("/files");
    }
}
