using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>Once a quarter the owner looks at who may do what.</summary>
static class AccessReviewRoutes
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/compliance/access", Show).Needs(Permission.Audit);
        app.MapPost("/compliance/access", Review).Needs(Permission.Own);
    }

    static Task<IResult> Show(PracticeDb db, HttpContext context, TimeProvider clock) => Page(db, context, clock, null);

    static async Task<IResult> Page(PracticeDb db, HttpContext context, TimeProvider clock, InputException? fault)
    {
        var today = clock.Today();
        return new RazorComponentResult<AccessPage>(new
        {
            Lines = await AccessReviews.Of(db, today), Today = today, Fault = fault, Me = db.PersonId ?? 0,
            Quarters = await AccessReviews.Before(db), MayOwn = Access.Allows(Permission.Own, context.User),
        }) { StatusCode = fault is null ? 200 : 422 };
    }

    static async Task<IResult> Review([FromForm] long? person, [FromForm] string? keep, [FromForm] string? why,
        PracticeDb db, UserManager<Person> people, HttpContext context, TimeProvider clock, CancellationToken stop)
    {
        try
        {
            await db.Change(async _ =>
            {
                var of = await db.Users.SingleOrDefaultAsync(u => u.Id == person && u.PracticeId == db.PracticeId, stop)
                    ?? throw new InputException("", "this person is not here", "load the list again");
                var isKept = keep == "yes";
                if (!isKept && keep != "no") throw new InputException("keep", "the decision is missing", "choose one");
                if (!isKept) await PeopleRoutes.Check(db, context, of, of.Role, isDisabled: true);
                var check = await AccessReviews.Note(db, of, isKept, why ?? "", clock.Now(), stop);
                if (isKept) return check;
                of.IsDisabled = true;
                PeopleRoutes.Done(await people.UpdateSecurityStampAsync(of)); // sessions end with the next request
                db.Record(clock.Now(), "change", $"person/{of.Id}", "access review",
                    new Dictionary<string, string?[]> { ["IsDisabled"] = ["False", "True"] });
                return check;
            }, stop);
            return TypedResults.Redirect("/compliance/access");
        }
        catch (InputException e)
        {
            db.ChangeTracker.Clear();
            return await Page(db, context, clock, e);
        }
    }
}
