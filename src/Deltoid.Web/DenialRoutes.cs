using System.Globalization;
using Deltoid.Print;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>The denial workbench: what the payer said, why, and the one right step.</summary>
static class DenialRoutes
{
    public static void Map(WebApplication app)
    {
        var claims = app.OfClaims();
        claims.MapGet("/claims/{id:long}/answer", Show).Needs(Permission.ReadClaims);
        claims.MapGet("/claims/{id:long}/letter", Letter).Needs(Permission.ReadClaims);
        claims.MapPost("/claims/{id:long}/write-off", WriteOff).Needs(Permission.Post);
        claims.MapPost("/claims/{id:long}/bill-patient", BillPatient).Needs(Permission.Post);
        claims.MapPost("/claims/{id:long}/appeal", Appeal).Needs(Permission.Post);
        claims.MapPost("/claims/{id:long}/appeal/end", EndAppeal).Needs(Permission.Post);
    }

    static async Task<IResult> Show(long id, PracticeDb db, HttpContext context, TimeProvider clock) =>
        await Page(id, db, context, clock, null);

    static async Task<IResult> Page(long id, PracticeDb db, HttpContext context, TimeProvider clock,
        InputException? fault)
    {
        var view = await DenialView.Of(db, id, clock.Today());
        if (view is null) return TypedResults.NotFound();
        await Looks.Record(db, clock, $"claim/{id}", "answer");
        return new RazorComponentResult<DenialPage>(new
        {
            View = view with
            {
                MayEdit = Access.Allows(Permission.EditClaims, context.User),
                MayPost = Access.Allows(Permission.Post, context.User),
            },
            Fault = fault,
        }) { StatusCode = fault is null ? 200 : 422 };
    }

    /// <summary>The letter as a PDF; where none goes with the answer, the page says why.</summary>
    static async Task<IResult> Letter(long id, PracticeDb db, Engine engine, HttpContext context, TimeProvider clock,
        CancellationToken stop)
    {
        var claim = await db.Claims.AsNoTracking().SingleAsync(c => c.Id == id, stop);
        var (letter, why) = await Denials.LetterOf(db, engine, claim, clock.Now(), stop);
        if (letter is null)
            return await Page(id, db, context, clock, new InputException("", why, "look at what is to be done"));
        await Looks.Record(db, clock, $"claim/{id}", "letter");
        return TypedResults.File(LetterPdf.Of(letter), "application/pdf", $"letter-{claim.Number}.pdf");
    }

    static Task<IResult> WriteOff(long id, [FromForm] string? why, PracticeDb db, HttpContext context,
        TimeProvider clock, CancellationToken stop) => Do(id, db, context, clock,
            () => Denials.WriteOff(db, id, why ?? "", clock.Now(), stop));

    static Task<IResult> BillPatient(long id, [FromForm] string? why, PracticeDb db, HttpContext context,
        TimeProvider clock, CancellationToken stop) => Do(id, db, context, clock,
            () => Denials.BillPatient(db, id, why ?? "", clock.Now(), stop));

    static Task<IResult> Appeal(long id, [FromForm] string? sent, PracticeDb db, HttpContext context,
        TimeProvider clock, CancellationToken stop) => Do(id, db, context, clock,
            () => Denials.SendAppeal(db, id, DateOnly.TryParseExact(sent, "yyyy-MM-dd", CultureInfo.InvariantCulture,
                DateTimeStyles.None, out var day) ? day : throw new InputException("sent", "the day is missing",
                "write the day on which the letter left"), clock.Now(), stop));

    static Task<IResult> EndAppeal(long id, [FromForm] string? outcome, PracticeDb db, HttpContext context,
        TimeProvider clock, CancellationToken stop) => Do(id, db, context, clock,
            () => Denials.EndAppeal(db, id, Enum.TryParse<AppealOutcome>(outcome, out var said) ? said
                : AppealOutcome.Open, clock.Now(), stop));

    static async Task<IResult> Do(long id, PracticeDb db, HttpContext context, TimeProvider clock, Func<Task> act)
    {
        try
        {
            await act();
            return TypedResults.Redirect($"/claims/{id}/answer");
        }
        catch (InputException e)
        {
            return await Page(id, db, context, clock, e);
        }
    }
}
