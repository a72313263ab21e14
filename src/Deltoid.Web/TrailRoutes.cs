using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using static Deltoid.Web.Texts;

namespace Deltoid.Web;

/// <summary>The trail of who did what, for the owner and the auditor.</summary>
static class TrailRoutes
{
    const int PageSize = 100;

    public static void Map(WebApplication app)
    {
        app.MapGet("/trail", static (PracticeDb db, [FromQuery] long? before, [FromQuery] string? act) =>
            Page(db, before, act ?? "", null)).Needs(Permission.ReadTrail);
        app.MapPost("/trail/verify", Verify).Needs(Permission.ReadTrail);
    }

    /// <summary>Follows the whole chain: nothing was changed, left out or put in another order.</summary>
    static async Task<IResult> Verify(PracticeDb db, AuditAnchors anchors, CancellationToken stop)
    {
        var chain = await AuditChain.Verify(db, anchors.Read(db.PracticeId), stop);
        return await Page(db, null, "", chain.Fault is { } fault
            ? T("Event {0} {1}. The events before it are as they were written.", fault.Number, fault.Why) + " "
                + T("Report it to the owner, and keep a copy of the store as it is now.")
            : T("All {0} events are as they were written.", AsShown.Count(chain.Count)), chain.Fault is null);
    }

    static async Task<IResult> Page(PracticeDb db, long? before, string act, string? verdict, bool isWhole = true)
    {
        var events = db.Events.AsNoTracking().Where(e => (act.Length == 0 || e.Act == act)
            && (before == null || e.Number < before));
        var page = await events.OrderByDescending(static e => e.Number).Take(PageSize + 1).ToListAsync();
        return new RazorComponentResult<TrailPage>(new
        {
            Events = page.Take(PageSize).ToList(), Act = act, Verdict = verdict, IsWhole = isWhole,
            Before = page.Count > PageSize ? page[PageSize - 1].Number : (long?)null,
            Acts = await db.Events.Select(static e => e.Act).Distinct().OrderBy(static a => a).ToListAsync(),
            People = await db.Users.AsNoTracking().Where(u => u.PracticeId == db.PracticeId)
                .ToDictionaryAsync(static u => u.Id, static u => u.Name),
        });
    }
}
