using System.Globalization;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>Screen 8, the manager: figures with their goals, and the claims that each number counts.</summary>
static class ManagerRoutes
{
    const int PageSize = 100;

    public static void Map(WebApplication app)
    {
        app.MapGet("/manager", Show).Needs(Permission.ReadReports);
        app.MapGet("/manager.csv", Csv).Needs(Permission.ReadReports);
        app.MapGet("/manager.pdf", Pdf).Needs(Permission.ReadReports);
        app.MapGet("/manager/drugs", ShowDrugs).Needs(Permission.ReadReports);
        app.MapGet("/manager/changes", ShowChanges).ShowsPatients("report").Needs(Permission.ReadReports);
        app.MapGet("/manager/cards", ShowCards).Needs(Permission.ReadReports);
        app.MapGet("/manager/letters", ShowLetters).Needs(Permission.ReadReports);
        app.MapGet("/manager/letters/{id:long}.pdf", Letter).Needs(Permission.ReadReports);
        app.MapGet("/manager/claims", ShowClaims).ShowsPatients("report").Needs(Permission.ReadReports);
    }

    /// <summary>2026-11 as 202611; null where it is no month.</summary>
    public static int? MonthOf(string? text) => DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd",
        CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? Outcomes.MonthOf(day) : null;

    static async Task<IResult> Show([FromQuery] string? month, PracticeDb db, Engine engine, TimeProvider clock,
        CancellationToken stop) => new RazorComponentResult<ManagerPage>(new
        {
            View = await ManagerView.Load(db, engine, MonthOf(month), clock.Today(), stop),
        });

    static async Task<IResult> Csv([FromQuery] string? month, PracticeDb db, Engine engine, TimeProvider clock,
        CancellationToken stop)
    {
        var view = await ManagerView.Load(db, engine, MonthOf(month), clock.Today(), stop);
        await Exported(db, clock, "CSV", stop);
        return TypedResults.File(ReportFiles.Csv(view), "text/csv", "figures.csv");
    }

    static async Task<IResult> Pdf([FromQuery] string? month, PracticeDb db, Engine engine, TimeProvider clock,
        CancellationToken stop)
    {
        var view = await ManagerView.Load(db, engine, MonthOf(month), clock.Today(), stop);
        var practice = await db.Practices.AsNoTracking().Where(p => p.Id == db.PracticeId).Select(static p => p.Name)
            .SingleAsync(stop);
        await Exported(db, clock, "PDF", stop);
        return TypedResults.File(ReportFiles.Pdf(view, practice), "application/pdf", "figures.pdf");
    }

    static Task Exported(PracticeDb db, TimeProvider clock, string form, CancellationToken stop) =>
        db.Change(_ =>
        {
            db.Record(clock.Now(), "export", "report", "figures as " + form);
            return Task.FromResult(0);
        }, stop);

    /// <summary>What became of the cards that chart systems showed.</summary>
    static async Task<IResult> ShowCards(PracticeDb db, TimeProvider clock, CancellationToken stop) =>
        new RazorComponentResult<CardsPage>(new
        {
            Rows = await CardAnswers.Load(db, clock.Now().AddYears(-1), stop),
        });

    static async Task<IResult> ShowLetters(PracticeDb db, CancellationToken stop) =>
        new RazorComponentResult<LettersPage>(new
        {
            Letters = await db.MonthReports.AsNoTracking().OrderByDescending(static r => r.Month).Take(24)
                .ToListAsync(stop),
        });

    static async Task<IResult> Letter(long id, PracticeDb db, CancellationToken stop) =>
        await db.MonthReports.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, stop) is { } letter
            ? TypedResults.File(letter.Pdf, "application/pdf", $"letter-{Outcomes.NameOf(letter.Month)}.pdf")
            : TypedResults.NotFound();

    static async Task<IResult> ShowDrugs([FromQuery] string? month, PracticeDb db, Engine engine, TimeProvider clock,
        CancellationToken stop)
    {
        await Outcomes.CatchUp(db, engine, most: 3, stop);
        var (today, chosen) = (clock.Today(), MonthOf(month) ?? 0);
        var since = today.AddDays(-StockReports.Days);
        return new RazorComponentResult<DrugsPage>(new
        {
            Month = chosen, Today = today, Months = await db.OutcomeSums
                .Where(static s => s.Month > 0 && s.Claims != 0).Select(static s => s.Month).Distinct()
                    .OrderDescending().Take(24).ToListAsync(stop),
            Rows = await DrugFigures.Load(db, chosen, chosen > 0 ? chosen : OutcomeFilter.Ever, stop),
            Gaps = (await StockReports.Of(db, engine, today, stop)).Gaps.FindAll(static g => g.Kind == GapKind.Open),
            Given = await db.Shots.CountAsync(s => s.Day >= since, stop),
        });
    }

    /// <summary>What the claims of the last 90 days would come to in the next quarter, or by another book.</summary>
    static async Task<IResult> ShowChanges([FromQuery] string? book, PracticeDb db, CodeBooks books, TimeProvider clock,
        CancellationToken stop)
    {
        var today = clock.Today();
        var locality = await db.Locations.AsNoTracking().Where(static l => l.Locality != "").OrderBy(static l => l.Id)
            .Select(static l => l.Locality).FirstOrDefaultAsync(stop) ?? "";
        Lookup.TermsOf(books.Engine.Book, locality, today, out var prices); // unknown: the national amounts
        return new RazorComponentResult<ChangesPage>(new
        {
            View = await BookChanges.Of(db, books, book ?? "", prices, today, stop),
            Choices = BookChanges.Choices(books), Fault = books.Fault, Own = books.Engine.Book, prices.Locality,
        });
    }

    /// <summary>The claims that a number counts, most money first.</summary>
    static async Task<IResult> ShowClaims(HttpContext context, [FromQuery] int? page, PracticeDb db,
        TimeProvider clock, CancellationToken stop)
    {
        var filter = OutcomeFilter.Parse(context.Request.QueryString.Value);
        var (today, at) = (clock.Today(), Math.Max(0, (page ?? 1) - 1));
        var sums = await filter.Sums(db, today, stop);
        return new RazorComponentResult<OutcomesPage>(new
        {
            Filter = filter, Sums = sums, At = at, Pages = (int)((sums.Claims + PageSize - 1) / PageSize),
            Claims = await filter.Page(db, today, at * PageSize, PageSize, stop),
            MayManage = Access.Allows(Permission.Manage, Acting.RoleOf(context.User)!.Value),
            MayReadClaims = Access.Allows(Permission.ReadClaims, Acting.RoleOf(context.User)!.Value),
        });
    }
}
