using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>Months of the books: what they come to beside the bank, closed and opened again.</summary>
static class BooksRoutes
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/manager/books", static ([FromQuery] string? month, PracticeDb db, HttpContext context,
            TimeProvider clock, CancellationToken stop) => Page(ManagerRoutes.MonthOf(month), db, context, clock, null,
                stop)).Needs(Permission.ReadReports);
        app.MapPost("/manager/books/close", static ([FromForm] string? month, PracticeDb db, HttpContext context,
            TimeProvider clock, CancellationToken stop) => Do(month, db, context, clock, number =>
                MonthBooks.Close(db, number, clock.Now(), clock.Today(), stop), stop))
            .Needs(Permission.Manage);
        app.MapPost("/manager/books/reopen", static ([FromForm] string? month, [FromForm] string? why, PracticeDb db,
            HttpContext context, TimeProvider clock, CancellationToken stop) => Do(month, db, context, clock, number =>
                MonthBooks.Reopen(db, number, why ?? "", clock.Now(), stop), stop))
            .Needs(Permission.Own);
    }

    static async Task<IResult> Do(string? month, PracticeDb db, HttpContext context, TimeProvider clock,
        Func<int, Task> act, CancellationToken stop)
    {
        try
        {
            await act(ManagerRoutes.MonthOf(month) ?? throw new InputException("month", "the month is missing",
                "choose one of the list"));
            return TypedResults.Redirect("/manager/books?month=" + month);
        }
        catch (InputException e)
        {
            db.ChangeTracker.Clear();
            return await Page(ManagerRoutes.MonthOf(month), db, context, clock, e, stop);
        }
    }

    static async Task<IResult> Page(int? month, PracticeDb db, HttpContext context, TimeProvider clock,
        InputException? fault, CancellationToken stop)
    {
        var (months, role) = (await MonthBooks.Months(db, clock.Today(), stop),
            Acting.RoleOf(context.User)!.Value);
        var closings = await db.ClosedMonths.AsNoTracking().OrderByDescending(static m => m.Month)
            .ThenByDescending(static m => m.Id).ToListAsync(stop);
        var shown = month is { } asked && months.Contains(asked) ? asked : months.ElementAtOrDefault(1) is > 0 and var m
            ? m : months.FirstOrDefault();
        return new RazorComponentResult<BooksPage>(new
        {
            Month = shown, Months = months, First = shown == 0 ? null : await MonthBooks.FirstOpen(db, shown,
                await db.Practices.Where(p => p.Id == db.PracticeId).Select(static p => p.ClosedThru)
                    .SingleAsync(stop), stop), Closings = closings, Fault = fault,
            Sums = shown == 0 ? new ClosedMonth() : await MonthBooks.Sums(db, shown, stop),
            Bank = shown == 0 ? new BankMonth(0, 0, [], [], [], 0) : await MonthBooks.Bank(db, shown, stop),
            People = await db.Users.AsNoTracking().Where(u => u.PracticeId == db.PracticeId)
                .ToDictionaryAsync(static u => u.Id, static u => u.Name, stop),
            MayClose = Access.Allows(Permission.Manage, role) && shown != 0
                && MonthBooks.LastOf(shown) < clock.Today(),
            MayReopen = Access.Allows(Permission.Own, role),
        }) { StatusCode = fault is null ? 200 : 422 };
    }
}
