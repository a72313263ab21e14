using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>The log of what was paid too much, with its clock.</summary>
static class OverpaymentRoutes
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/compliance/overpayments", Show).Needs(Permission.Audit);
        app.MapPost("/compliance/overpayments", Add).Needs(Permission.Comply);
        app.MapPost("/compliance/overpayments/{id:long}/inquiry", Inquire)
            .About<Overpayment>().Needs(Permission.Comply);
        app.MapPost("/compliance/overpayments/{id:long}/settle", Settle).About<Overpayment>().Needs(Permission.Comply);
    }

    static Task<IResult> Show(PracticeDb db, Engine engine, HttpContext context, TimeProvider clock) =>
        Page(db, engine, context, clock, null, new("", "", ""));

    static async Task<IResult> Page(PracticeDb db, Engine engine, HttpContext context, TimeProvider clock,
        InputException? fault, TypedOverpayment typed)
    {
        var today = clock.Today();
        var log = await db.Overpayments.AsNoTracking().Include(static o => o.Claim).ThenInclude(static c => c!.Payer)
            .OrderBy(static o => o.End != OverpaymentEnd.Open).ThenByDescending(static o => o.Id).Take(500)
            .ToListAsync();
        return new RazorComponentResult<OverpaymentsPage>(new
        {
            Open = log.Where(static o => o.End == OverpaymentEnd.Open)
                .OrderBy(static o => Overpayments.DueOf(o, o.Claim?.Payer) ?? DateOnly.MaxValue).ToList(),
            Ended = log.FindAll(static o => o.End != OverpaymentEnd.Open), Today = today, Fault = fault, Typed = typed,
            Found = await Overpayments.Found(db, engine, today),
            MayComply = Access.Allows(Permission.Comply, context.User),
        }) { StatusCode = fault is null ? 200 : 422 };
    }

    static Task<IResult> Add([FromForm] string? key, [FromForm] string? claim, [FromForm] string? amount,
        [FromForm] string? why, [FromForm] string? known, PracticeDb db, Engine engine, HttpContext context,
        TimeProvider clock, CancellationToken stop) => Do(db, engine, context, clock, () => Overpayments.Add(db, engine,
            key ?? "", claim ?? "", (amount ?? "").Trim().Length == 0 ? 0
                : Money.TryParse((amount ?? "").Trim().TrimStart('$'), out var money) ? money.Cents
                : throw new InputException("amount", "this is no amount", "write dollars, such as 12.50"), why ?? "",
            TypedDay.Of(known, "known"), clock.Now(), stop),
            new(claim ?? "", amount ?? "", why ?? ""));

    static Task<IResult> Inquire(long id, [FromForm] string? day, PracticeDb db, Engine engine, HttpContext context,
        TimeProvider clock, CancellationToken stop) => Do(db, engine, context, clock, () => Overpayments.Inquire(db, id,
            TypedDay.Of(day, "day"), clock.Now(), stop), new("", "", ""));

    static Task<IResult> Settle(long id, [FromForm] string? end, [FromForm] string? day, [FromForm] string? why,
        PracticeDb db, Engine engine, HttpContext context, TimeProvider clock, CancellationToken stop) =>
        Do(db, engine, context, clock, () => Overpayments.Settle(db, id,
            Enum.TryParse<OverpaymentEnd>(end, out var chosen) ? chosen : OverpaymentEnd.Open,
            TypedDay.Of(day, "day"), why ?? "", clock.Now(), stop), new("", "", ""));

    static async Task<IResult> Do(PracticeDb db, Engine engine, HttpContext context, TimeProvider clock,
        Func<Task<Overpayment>> act, TypedOverpayment typed)
    {
        try
        {
            await act();
            return TypedResults.Redirect("/compliance/overpayments");
        }
        catch (InputException e)
        {
            db.ChangeTracker.Clear();
            return await Page(db, engine, context, clock, e, typed);
        }
    }
}

/// <summary>What was typed of an overpayment.</summary>
public sealed record TypedOverpayment(string Claim, string Amount, string Why);
