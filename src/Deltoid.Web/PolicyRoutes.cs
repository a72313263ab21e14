using Deltoid.Store;
using Deltoid.Values;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>Policies: everybody reads them and says so; who keeps the program publishes them.</summary>
static class PolicyRoutes
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/policies", Show).ForPeople();
        app.MapGet("/policies/{id:long}/file", Fetch).ForPeople();
        app.MapPost("/policies/{id:long}/read", Read).ForPeople();
        app.MapPost("/policies", Publish).Takes("name", "from", "text", "file").Needs(Permission.Comply);
    }

    static Task<IResult> Show(PracticeDb db, HttpContext context, TimeProvider clock) => Page(db, context, clock, null,
        null);

    static async Task<IResult> Page(PracticeDb db, HttpContext context, TimeProvider clock, InputException? fault,
        IFormCollection? typed) => new RazorComponentResult<PoliciesPage>(new
        {
            All = await Policies.All(db), Today = clock.Today(), Fault = fault, Typed = typed,
            MayComply = Access.Allows(Permission.Comply, context.User),
            MayAudit = Access.Allows(Permission.Audit, context.User),
        }) { StatusCode = fault is null ? 200 : 422 };

    static async Task<IResult> Fetch(long id, PracticeDb db) =>
        await db.Policies.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id) is { Content: { } content } policy
            ? TypedResults.File(content, "application/pdf", policy.FileName) : TypedResults.NotFound();

    static async Task<IResult> Read(long id, PracticeDb db, HttpContext context, TimeProvider clock,
        CancellationToken stop)
    {
        try
        {
            await Policies.Read(db, id, clock.Now(), stop);
            return TypedResults.Redirect("/policies");
        }
        catch (InputException e)
        {
            db.ChangeTracker.Clear();
            return await Page(db, context, clock, e, null);
        }
    }

    static async Task<IResult> Publish(IFormCollection form, PracticeDb db, HttpContext context, TimeProvider clock,
        CancellationToken stop)
    {
        try
        {
            var (name, content) = ("", (byte[]?)null);
            if (form.Files["file"] is { Length: > 0 } file)
            {
                if (file.Length > Policies.LargestFile)
                    throw new InputException("file", "the file is larger than 5 MB", "take a smaller one");
                using var copy = new MemoryStream();
                await file.CopyToAsync(copy, stop);
                (name, content) = (file.FileName, copy.ToArray());
            }
            await Policies.Publish(db, form["name"].ToString(), TypedDay.Of(form["from"], "from"),
                form["text"].ToString().ReplaceLineEndings("\n"), name, content, clock.Now(), stop);
            return TypedResults.Redirect("/policies");
        }
        catch (InputException e)
        {
            db.ChangeTracker.Clear();
            return await Page(db, context, clock, e, form);
        }
    }
}
