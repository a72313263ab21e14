using System.Globalization;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>Screen 5, the worklist, and a claim of it.</summary>
static class WorkRoutes
{
    /// <summary>Claims on a page.</summary>
    const int PageSize = 50;

    public static void Map(WebApplication app)
    {
        app.MapGet("/work", Show).Needs(Permission.ReadClaims);
        app.MapGet("/claims/{id:long}", ShowClaim).Needs(Permission.ReadClaims);
        app.MapPost("/claims/send", Send).Needs(Permission.SendClaims);
    }

    static async Task<IResult> Show(PracticeDb db, HttpContext context, [FromQuery] string? life,
        [FromQuery] long? after)
    {
        ClaimLife? wanted = Enum.TryParse<ClaimLife>(life, ignoreCase: true, out var asked) ? asked : null;
        var claims = db.Claims.AsNoTracking().Include(static c => c.Patient).Include(static c => c.Payer)
            .Where(c => wanted == null ? c.Life != ClaimLife.Closed : c.Life == wanted);
        if (after is { } last) claims = claims.Where(c => c.Id > last);
        var page = await claims.OrderBy(static c => c.Id).Take(PageSize + 1).ToListAsync();
        var counts = await db.Claims.GroupBy(static c => c.Life)
            .Select(static g => new { g.Key, Claims = g.Count(), Cents = g.Sum(static c => c.Charge) }).ToListAsync();
        return new RazorComponentResult<WorkPage>(new
        {
            Claims = page.Take(PageSize).ToList(), Life = wanted,
            Next = page.Count > PageSize ? page[PageSize - 1].Id : (long?)null,
            Counts = counts.ToDictionary(static c => c.Key, static c => (c.Claims, c.Cents)),
            MaySend = Acting.RoleOf(context.User) is { } role && Access.Allows(Permission.SendClaims, role),
        });
    }

    static async Task<IResult> ShowClaim(long id, PracticeDb db, Engine engine, TimeProvider clock)
    {
        var stored = await db.Claims.AsNoTracking().Include(static c => c.Patient).Include(static c => c.Payer)
            .FirstOrDefaultAsync(c => c.Id == id);
        if (stored is null) return TypedResults.NotFound();
        await db.Change(_ =>
        {
            db.Record(clock.GetUtcNow().UtcDateTime, "read", $"claim/{id}");
            return Task.FromResult(0);
        });
        var visit = await db.Visits.AsNoTracking().FirstOrDefaultAsync(v => v.Id == stored.VisitId);
        var claim = Documents.Claim(stored.Document);
        return new RazorComponentResult<ClaimPage>(new
        {
            Stored = stored, Claim = claim, engine.Book,
            Findings = engine.Scrub(claim, visit is null ? null : Documents.Visit(visit.Document)),
            Story = await db.ClaimVersions.AsNoTracking().Where(v => v.ClaimId == id).OrderBy(static v => v.Version)
                .ToListAsync(),
            Postings = await db.Postings.AsNoTracking().Where(p => p.ClaimId == id && p.Cents > 0)
                .OrderBy(static p => p.Id).ToListAsync(),
            Owed = await Ledger.Owed(db, id),
        });
    }

    static async Task<IResult> Send(IFormCollection form, PracticeDb db, TimeProvider clock)
    {
        var ids = form["claim"].Select(static id => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture,
            out var number) ? number : 0).ToHashSet();
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
