using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>Who works here: whether somebody is excluded, and whose license ends when.</summary>
static class StaffRoutes
{
    /// <summary>The published list has some 15 MB.</summary>
    const int LargestList = 48 << 20;

    public static void Map(WebApplication app)
    {
        app.MapGet("/compliance/staff", Show).Needs(Permission.Audit);
        app.MapPost("/compliance/staff/check", Check).Takes("day", "files").Needs(Permission.Comply);
        app.MapPost("/compliance/staff/matches/{id:long}", Decide).About<ExclusionMatch>().Needs(Permission.Comply);
        app.MapPost("/compliance/staff/births", Born).Needs(Permission.Comply);
        app.MapPost("/compliance/staff/dates", Add).Needs(Permission.Comply);
        app.MapPost("/compliance/staff/dates/{id:long}/renew", Renew).About<Credential>().Needs(Permission.Comply);
        app.MapPost("/compliance/staff/dates/{id:long}/end", End).About<Credential>().Needs(Permission.Comply);
    }

    static Task<IResult> Show(PracticeDb db, HttpContext context, TimeProvider clock) =>
        Page(db, context, clock, null, new());

    static async Task<IResult> Page(PracticeDb db, HttpContext context, TimeProvider clock, InputException? fault,
        TypedCredential typed) => new RazorComponentResult<StaffPage>(new
        {
            Staff = await Staff.All(db), Watched = await Credentials.All(db), Fault = fault, Typed = typed,
            Last = await db.ExclusionChecks.AsNoTracking().OrderByDescending(static c => c.Id).FirstOrDefaultAsync(),
            Matches = await db.ExclusionMatches.AsNoTracking().OrderBy(static m => m.Decision)
                .ThenByDescending(static m => m.Id).Take(100).ToListAsync(),
            Today = clock.Today(), MayComply = Access.Allows(Permission.Comply, context.User),
        }) { StatusCode = fault is null ? 200 : 422 };

    static async Task<IResult> Do(PracticeDb db, HttpContext context, TimeProvider clock, Func<Task> act,
        TypedCredential? typed = null)
    {
        try
        {
            await act();
            return TypedResults.Redirect("/compliance/staff");
        }
        catch (InputException e)
        {
            db.ChangeTracker.Clear();
            return await Page(db, context, clock, e, typed ?? new());
        }
    }

    static Task<IResult> Check(IFormCollection form, PracticeDb db, HttpContext context, TimeProvider clock,
        CancellationToken stop) => Do(db, context, clock, async () =>
    {
        if (form.Files["files"] is not { Length: > 0 } file)
            throw new InputException("files", "the file is missing", "choose the CSV file that OIG publishes");
        if (file.Length > LargestList) throw new InputException("files", "the file is too large",
            "choose the CSV file that OIG publishes");
        using var copy = new MemoryStream();
        await file.CopyToAsync(copy, stop);
        await Exclusions.Check(db, file.FileName, copy.ToArray(), TypedDay.Of(form["day"], "day"),
            clock.Now(), stop);
    });

    static Task<IResult> Decide(long id, [FromForm] string? decision, [FromForm] string? why, PracticeDb db,
        Engine engine, HttpContext context, TimeProvider clock, CancellationToken stop) => Do(db, context, clock,
            () => Exclusions.Decide(db, engine, id, Enum.TryParse<MatchDecision>(decision, out var said) ? said
                : MatchDecision.Open, why ?? "", clock.Now(), stop));

    static Task<IResult> Born([FromForm] string? who, [FromForm] string? day, PracticeDb db, HttpContext context,
        TimeProvider clock, CancellationToken stop) => Do(db, context, clock,
            () => Staff.Born(db, who ?? "", TypedDay.Of(day, "day"), clock.Now(), stop));

    static Task<IResult> Add([FromForm] TypedCredential typed, PracticeDb db, Engine engine, HttpContext context,
        TimeProvider clock, CancellationToken stop) => Do(db, context, clock, () => Credentials.Add(db, engine, new()
        {
            Subject = typed.Who, Kind = typed.Kind, Number = typed.Number.Trim(), State = typed.State.Trim(),
            From = TypedDay.Of(typed.From, "from"), Expires = TypedDay.Of(typed.Expires, "expires"),
        }, clock.Now(), stop), typed);

    static Task<IResult> Renew(long id, [FromForm] string? from, [FromForm] string? expires, PracticeDb db,
        Engine engine, HttpContext context, TimeProvider clock, CancellationToken stop) => Do(db, context, clock,
            () => Credentials.Renew(db, engine, id, TypedDay.Of(from, "from"),
                TypedDay.Of(expires, "expires"), clock.Now(), stop));

    static Task<IResult> End(long id, [FromForm] string? why, PracticeDb db, HttpContext context, TimeProvider clock,
        CancellationToken stop) => Do(db, context, clock,
            () => Credentials.End(db, id, why ?? "", clock.Now(), stop));
}

/// <summary>What was typed of a license or another date.</summary>
public sealed record TypedCredential
{
    public string Who { get; init => field = value ?? ""; } = "";

    public string Kind { get; init => field = value ?? ""; } = "";

    public string Number { get; init => field = value ?? ""; } = "";

    public string State { get; init => field = value ?? ""; } = "";

    public string From { get; init => field = value ?? ""; } = "";

    public string Expires { get; init => field = value ?? ""; } = "";
}
