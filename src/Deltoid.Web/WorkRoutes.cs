using System.Globalization;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>Claims of one cause: how many, what they come to, and the first filing limit among them.</summary>
public sealed record WorkGroup(string Cause, int Claims, long Cents, DateOnly? First);

/// <summary>Screen 5, the worklist.</summary>
static class WorkRoutes
{
    /// <summary>Claims on a page.</summary>
    const int PageSize = 50;

    public static void Map(WebApplication app)
    {
        app.MapGet("/worklist", Show).Needs(Permission.ReadClaims);
        app.MapPost("/worklist/fix", Plan).Needs(Permission.EditClaims);
        app.MapPost("/worklist/fix/apply", Apply).Needs(Permission.EditClaims);
        app.MapPost("/worklist/fix/undo", Undo).Needs(Permission.EditClaims);
        app.MapPost("/claims/send", Send).Needs(Permission.SendClaims);
    }

    static async Task<IResult> Show(PracticeDb db, HttpContext context, TimeProvider clock, [FromQuery] string? after)
    {
        var filter = WorkFilter.Parse(context.Request.QueryString.Value);
        var claims = PlaceOf(after) is var (rank, id) ? filter.After(db, rank, id) : filter.Of(db);
        var page = await WorkFilter.InOrder(claims.AsNoTracking().Include(static c => c.Patient)
            .Include(static c => c.Payer)).Take(PageSize + 1).ToListAsync();
        var counts = await db.Claims.GroupBy(static c => c.Life)
            .Select(static g => new { g.Key, Claims = g.Count(), Cents = g.Sum(static c => c.Charge) }).ToListAsync();
        var groups = await (filter with { Cause = "" }).Of(db).Where(static c => c.Cause != "")
            .GroupBy(static c => c.Cause).Select(static g => new { g.Key, Claims = g.Count(),
                Cents = g.Sum(static c => c.Charge), First = g.Min(static c => c.FileBy) }).ToListAsync();
        var last = page.Count > PageSize ? page[PageSize - 1] : null;
        return new RazorComponentResult<WorkPage>(new
        {
            Claims = page.Take(PageSize).ToList(), Filter = filter, Today = DateOnly.FromDateTime(
                clock.GetLocalNow().DateTime),
            Next = last is null ? null : string.Create(CultureInfo.InvariantCulture, $"{last.Rank}_{last.Id}"),
            Groups = groups.OrderByDescending(static g => g.Cents)
                .Select(static g => new WorkGroup(g.Key, g.Claims, g.Cents, g.First)).ToList(),
            Counts = counts.ToDictionary(static c => c.Key, static c => (c.Claims, c.Cents)),
            MaySend = May(context, Permission.SendClaims), MayEdit = May(context, Permission.EditClaims),
        });
    }

    static bool May(HttpContext context, Permission permission) =>
        Acting.RoleOf(context.User) is { } role && Access.Allows(permission, role);

    /// <summary>Where a page begins, as its address says it: rank and number of the claim before it.</summary>
    static (long Rank, long Id)? PlaceOf(string? after) =>
        after?.Split('_') is [var rank, var id] && long.TryParse(rank, CultureInfo.InvariantCulture, out var r)
            && long.TryParse(id, CultureInfo.InvariantCulture, out var i) ? (r, i) : null;

    static HashSet<long> IdsOf(IFormCollection form) => [.. form["claim"].Select(static id =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)];

    /// <summary>What can be fixed in one go among the chosen claims, or all of a list. Nothing is changed.</summary>
    static async Task<IResult> Plan(IFormCollection form, PracticeDb db, Engine engine)
    {
        var (ids, list) = (IdsOf(form), form["list"].ToString());
        var claims = form["all"] == "yes" ? WorkFilter.Parse(list).Of(db) : db.Claims.Where(c => ids.Contains(c.Id));
        return new RazorComponentResult<BulkPage>(new
        {
            Fixes = await BulkFix.Plan(db, engine, claims), List = list, Asked = await claims.CountAsync(),
        });
    }

    static async Task<IResult> Apply(IFormCollection form, HttpContext context, PracticeDb db, Engine engine,
        TimeProvider clock) => new RazorComponentResult<BulkDonePage>(new
        {
            Done = await BulkFix.Apply(db, engine, IdsOf(form), form["key"].ToString(),
                clock.GetUtcNow().UtcDateTime),
            List = form["list"].ToString(), MaySend = May(context, Permission.SendClaims),
        });

    static async Task<IResult> Undo(IFormCollection form, HttpContext context, PracticeDb db, Engine engine,
        TimeProvider clock) => new RazorComponentResult<BulkDonePage>(new
        {
            Done = await BulkFix.Undo(db, engine, IdsOf(form), form["batch"].ToString(),
                clock.GetUtcNow().UtcDateTime),
            List = form["list"].ToString(), IsUndone = true,
        });

    static async Task<IResult> Send(IFormCollection form, PracticeDb db, TimeProvider clock)
    {
        var ids = IdsOf(form);
        var files = new List<StoredFile>();
        var payers = await db.Claims.Where(c => ids.Contains(c.Id)).GroupBy(static c => c.PayerId)
            .Select(static g => g.Key).ToListAsync();
        foreach (var payer in payers)
        {
            var of = await db.Claims.Where(c => c.PayerId == payer && ids.Contains(c.Id)).Select(static c => c.Id)
                .ToListAsync();
            files.Add(await Sending.Send(db, of, clock.GetLocalNow().DateTime));
        }
        return TypedResults.Redirect("/files");
    }
}
