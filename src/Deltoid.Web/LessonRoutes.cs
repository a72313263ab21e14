using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Deltoid.Web;

/// <summary>Who is taught what, and whether the error came back.</summary>
static class LessonRoutes
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/compliance/education", Show).Needs(Permission.Audit);
        app.MapPost("/compliance/education", Assign).Needs(Permission.Comply);
        app.MapPost("/compliance/education/{id:long}/taught", Teach).About<Lesson>().Needs(Permission.Comply);
        app.MapPost("/compliance/education/{id:long}/close", Close).About<Lesson>().Needs(Permission.Comply);
    }

    static Task<IResult> Show(PracticeDb db, HttpContext context, TimeProvider clock) =>
        Page(db, context, clock, null);

    static async Task<IResult> Page(PracticeDb db, HttpContext context, TimeProvider clock, InputException? fault)
    {
        var today = clock.Today();
        return new RazorComponentResult<EducationPage>(new
        {
            Found = await Lessons.Found(db, today), All = await Lessons.All(db), Today = today, Fault = fault,
            MayComply = Access.Allows(Permission.Comply, context.User),
        }) { StatusCode = fault is null ? 200 : 422 };
    }

    static Task<IResult> Assign([FromForm] string? rule, [FromForm] string? npi, [FromForm] long? learner,
        [FromForm] int? wanted, PracticeDb db, HttpContext context, TimeProvider clock, CancellationToken stop) =>
        Do(db, context, clock, () => Lessons.Assign(db, rule ?? "", npi ?? "", learner, wanted ?? 0,
            clock.Now(), stop));

    static Task<IResult> Teach(long id, [FromForm] string? day, PracticeDb db, HttpContext context, TimeProvider clock,
        CancellationToken stop) => Do(db, context, clock,
            () => Lessons.Teach(db, id, TypedDay.Of(day, "day"), clock.Now(), stop));

    static Task<IResult> Close(long id, PracticeDb db, HttpContext context, TimeProvider clock,
        CancellationToken stop) => Do(db, context, clock, () => Lessons.Close(db, id, clock.Now(), stop));

    static async Task<IResult> Do(PracticeDb db, HttpContext context, TimeProvider clock, Func<Task<Lesson>> act)
    {
        try
        {
            await act();
            return TypedResults.Redirect("/compliance/education");
        }
        catch (InputException e)
        {
            db.ChangeTracker.Clear();
            return await Page(db, context, clock, e);
        }
    }
}
