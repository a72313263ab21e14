using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>Edits graded by remittances; rules of the practice, tried and switched on and off by a person.</summary>
static class RulesRoutes
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/manager/rules", Show).Needs(Permission.ReadReports);
        app.MapPost("/manager/rules/try", Try).Needs(Permission.Manage);
        app.MapPost("/manager/rules/on", On).Needs(Permission.Manage);
        app.MapPost("/manager/rules/off", Off).Needs(Permission.Manage);
    }

    /// <param name="edit">The rule whose text is in the form; none: an example of the next number.</param>
    /// <param name="of">A list of claims, as <see cref="OutcomeFilter"/> says it: a rule for its denials.</param>
    static async Task<IResult> Show([FromQuery] int? edit, [FromQuery] string? of, PracticeDb db, Engine engine,
        HttpContext context, TimeProvider clock, CancellationToken stop)
    {
        if (of is null) return await Page(db, engine, context, clock, stop, edit: edit);
        await Outcomes.CatchUp(db, engine, most: 3, stop);
        var text = await PracticeRules.OfList(db, engine, OutcomeFilter.Parse(of), clock.Today(), stop);
        return await Page(db, engine, context, clock, stop, text, isOfList: true);
    }

    static async Task<IResult> Try([FromForm] string? text, PracticeDb db, Engine engine, HttpContext context,
        TimeProvider clock, CancellationToken stop)
    {
        try
        {
            return await Page(db, engine, context, clock, stop, text,
                await PracticeRules.Try(db, engine, text ?? "", clock.Today(), stop));
        }
        catch (InputException e)
        {
            return await Page(db, engine, context, clock, stop, text, null, e);
        }
    }

    static async Task<IResult> On([FromForm] string? text, PracticeDb db, Engine engine, HttpContext context,
        TimeProvider clock, CancellationToken stop)
    {
        try
        {
            await PracticeRules.SwitchOn(db, engine, text ?? "", clock.Now(),
                clock.Today(), stop);
            return TypedResults.Redirect("/manager/rules#own");
        }
        catch (InputException e)
        {
            return await Page(db, engine, context, clock, stop, text, null, e);
        }
    }

    static async Task<IResult> Off([FromForm] int? rule, PracticeDb db, Engine engine, HttpContext context,
        TimeProvider clock, CancellationToken stop)
    {
        try
        {
            await PracticeRules.SwitchOff(db, engine, rule ?? 0, clock.Now(), stop);
            return TypedResults.Redirect("/manager/rules#own");
        }
        catch (InputException e)
        {
            return await Page(db, engine, context, clock, stop, null, null, e);
        }
    }

    static async Task<IResult> Page(PracticeDb db, Engine engine, HttpContext context, TimeProvider clock,
        CancellationToken stop, string? text = null, BackTest? test = null, InputException? fault = null,
        int? edit = null, bool isOfList = false)
    {
        db.ChangeTracker.Clear();
        var today = clock.Today();
        await Outcomes.CatchUp(db, engine, most: 3, stop);
        var rules = await db.PracticeRules.AsNoTracking().OrderBy(static r => r.Number)
            .ThenByDescending(static r => r.Version).ToListAsync(stop);
        var since = new Dictionary<long, BackTest>();
        foreach (var rule in rules.Where(static r => r.IsOn))
            since[rule.Id] = await PracticeRules.Since(db, engine, rule, today, stop);
        return new RazorComponentResult<RulesPage>(new
        {
            Grades = await PracticeRules.Grades(db, engine, today, stop), Rules = rules, Since = since,
            Text = text ?? rules.Find(r => r.Number == edit)?.Text
                ?? Example(await PracticeRules.NextNumber(db, stop), today),
            IsOfList = isOfList, IsDrawn = text is not null, Test = test, Fault = fault,
            MayManage = Access.Allows(Permission.Manage,
                Acting.RoleOf(context.User)!.Value),
        }) { StatusCode = fault is null ? 200 : 422 };
    }

    /// <summary>The form of a rule, to be written over.</summary>
    static string Example(int number, DateOnly today) => FormattableString.Invariant($"""
        rule      OWN{number:0000} place-22-by-physician
        severity  warning
        outcome   denial
        predicts  CO-5
        message   This payer denies the shot in place 22: the hospital bills it
        citation  Our remittances
        from      {today.Year}-01-01
        when      code is 96372
        and       place is 22
        case fires
          pos 22  dos {today:yyyy-MM-dd}
          1  96372  x1
        case quiet
          pos 11  dos {today:yyyy-MM-dd}
          1  96372  x1

        """);
}
