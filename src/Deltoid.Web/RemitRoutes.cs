using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using static Deltoid.Web.Texts;

namespace Deltoid.Web;

/// <summary>Payments of payers: looked at before they are posted, posted, taken back.</summary>
static class RemitRoutes
{
    const int MostPayments = 200;

    public static void Map(WebApplication app)
    {
        app.MapGet("/remittances", Show).Needs(Permission.ReadFiles);
        app.MapPost("/remittances", Take).Takes("key", "files").Needs(Permission.Post);
        app.MapPost("/remittances/post", Post).Takes("payment").Needs(Permission.Post);
        app.MapPost("/remittances/holds", Hold).Needs(Permission.Post);
        app.MapGet("/remittances/{id:long}", ShowOne).Needs(Permission.ReadFiles);
        app.MapPost("/remittances/{id:long}/match", Match).Needs(Permission.Post);
        app.MapPost("/remittances/{id:long}/take-back", TakeBack).Needs(Permission.Post);
        app.MapPost("/remittances/{id:long}/another", IsAnother).Needs(Permission.Post);
        PaperRoutes.Map(app);
    }

    static async Task<IResult> Show(PracticeDb db, HttpContext context, [FromQuery] string? posted,
        [FromQuery] string? from)
    {
        var after = int.TryParse(from, out var typed) && typed > 0 ? typed : 0;
        // what needs a person comes first
        var payments = await db.Remittances.AsNoTracking()
            .OrderBy(static r => r.State != RemittanceState.Waiting ? 2 : r.Held != "" ? 0 : 1)
            .ThenByDescending(static r => r.Id).Skip(after).Take(MostPayments).ToListAsync();
        var ids = payments.ConvertAll(static p => p.Id);
        return new RazorComponentResult<RemittancesPage>(new
        {
            Payments = payments, After = after,
            Sums = await db.Remittances.GroupBy(static r => r.State).Select(static g => new StateSum(g.Key, g.Count(),
                g.Sum(static r => r.Amount))).ToListAsync(),
            Jobs = await FileRoutes.JobsOf(db, JobKind.LookAt),
            Banked = (await db.Deposits.Where(d => d.RemittanceId != null && ids.Contains(d.RemittanceId.Value))
                .Select(static d => d.RemittanceId!.Value).ToListAsync()).ToHashSet(),
            Open = await db.Deposits.AsNoTracking().Where(static d => d.RemittanceId == null)
                .OrderByDescending(static d => d.Day).Take(50).ToListAsync(),
            Holds = await db.HoldRules.AsNoTracking().OrderBy(static h => h.Reason).ToListAsync(),
            MayPost = Access.Allows(Permission.Post, context.User),
            Posted = int.TryParse(posted, out var count) ? count : (int?)null,
            MayImport = Access.Allows(Permission.SetUp, context.User),
        });
    }

    /// <summary>Keeps the files that were dropped; each is read by a job of its own, and nothing is posted.</summary>
    static async Task<IResult> Take(IFormCollection form, PracticeDb db, JobHost host, TimeProvider clock,
        CancellationToken stop)
    {
        await FileRoutes.Keep(form, JobKind.LookAt, db, host, clock, stop);
        return TypedResults.Redirect("/remittances");
    }

    static async Task<IResult> Post(IFormCollection form, PracticeDb db, Engine engine, TimeProvider clock,
        CancellationToken stop)
    {
        var ids = form["payment"].Where(static id => id is not null).Select(static id => long.TryParse(id, out var n)
            ? n : 0).ToHashSet();
        var done = await Remittances.Post(db, engine, ids, clock.Now(), stop);
        return TypedResults.Redirect($"/remittances?posted={done.Count(static r => r.State == RemittanceState.Posted)}");
    }

    static async Task<IResult> ShowOne(long id, PracticeDb db, Engine engine, HttpContext context, TimeProvider clock,
        CancellationToken stop) => await Page(id, db, engine, context, clock, null, stop);

    static async Task<IResult> Page(long id, PracticeDb db, Engine engine, HttpContext context, TimeProvider clock,
        InputException? fault, CancellationToken stop)
    {
        var view = await RemitView.Of(db, engine, id, clock.Now(), stop);
        if (view is null) return TypedResults.NotFound();
        await Looks.Record(db, clock, $"remittance/{id}");
        return new RazorComponentResult<RemittancePage>(new
        {
            View = view with { MayPost = Access.Allows(Permission.Post, context.User) },
            Fault = fault,
        }) { StatusCode = fault is null ? 200 : 422 };
    }

    /// <summary>From now on payments with a reason wait for a person, or wait no more.</summary>
    static async Task<IResult> Hold([FromForm] string? payer, [FromForm] string reason, [FromForm] string on,
        [FromForm] long? back, PracticeDb db, Engine engine, HttpContext context, TimeProvider clock,
        CancellationToken stop)
    {
        try
        {
            await Remittances.Hold(db, payer ?? "", reason, on == "true", clock.Now(), stop);
            return TypedResults.Redirect(back is { } id ? $"/remittances/{id}" : "/remittances#holds");
        }
        catch (InputException e)
        {
            return back is { } id ? await Page(id, db, engine, context, clock, e, stop) : TypedResults.BadRequest();
        }
    }

    static async Task<IResult> Match(long id, [FromForm] string number, [FromForm] string? claim, PracticeDb db,
        Engine engine, HttpContext context, TimeProvider clock, CancellationToken stop)
    {
        if (await db.Remittances.SingleOrDefaultAsync(r => r.Id == id, stop) is not { } payment)
            return TypedResults.NotFound();
        try
        {
            await Remittances.Match(db, payment, number, claim?.Trim() ?? "", clock.Now(), stop);
            return TypedResults.Redirect($"/remittances/{id}");
        }
        catch (InputException e)
        {
            return await Page(id, db, engine, context, clock, e, stop);
        }
    }

    static async Task<IResult> IsAnother(long id, [FromForm] string? why, PracticeDb db, Engine engine,
        HttpContext context, TimeProvider clock, CancellationToken stop)
    {
        if (!await db.Remittances.AnyAsync(r => r.Id == id, stop)) return TypedResults.NotFound();
        try
        {
            await Remittances.IsAnother(db, id, why ?? "", clock.Now(), stop);
            return TypedResults.Redirect($"/remittances/{id}");
        }
        catch (InputException e)
        {
            db.ChangeTracker.Clear();
            return await Page(id, db, engine, context, clock, e, stop);
        }
    }

    /// <param name="only">yes: this payment alone, and not the others of its file.</param>
    static async Task<IResult> TakeBack(long id, [FromForm] string? why, [FromForm] string? only, PracticeDb db,
        Engine engine, HttpContext context, TimeProvider clock, CancellationToken stop)
    {
        if (await db.Remittances.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, stop) is not { } payment)
            return TypedResults.NotFound();
        try
        {
            var now = clock.Now();
            if (only == "yes") await Remittances.TakeBackOne(db, engine, payment, why ?? "", now, stop);
            else await Remittances.TakeBack(db, engine, payment.FileId, why ?? "", now, stop);
            return TypedResults.Redirect($"/remittances/{id}");
        }
        catch (InputException e)
        {
            return await Page(id, db, engine, context, clock, e, stop);
        }
    }
}

/// <summary>How many payments are in a state, and what they come to in cents.</summary>
public sealed record StateSum(RemittanceState State, int Count, long Cents);
