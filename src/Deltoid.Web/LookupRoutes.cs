using Deltoid.Store;
using Deltoid.Values;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Deltoid.Web;

/// <summary>Screen 3: look up. No account is needed; nothing of it is about a patient.</summary>
static class LookupRoutes
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/lookup", Show).ForEverybody();
        app.MapGet("/lookup/found", Found).ForEverybody();
        app.MapGet("/lookup/units", Units).ForEverybody();
        app.MapGet("/lookup/price", Price).ForEverybody();
        app.MapGet("/help", static IResult () => new RazorComponentResult<HelpIndex>(new { })).ForEverybody();
        app.MapGet("/help/{name}", Help).ForEverybody();
    }

    /// <summary>What is typed, cut to what a person types.</summary>
    static string Cut(string? text) => text is null ? "" : text.Length > 80 ? text[..80] : text;

    static DateOnly DayOf(string? date, TimeProvider clock) => Days.TryRead(date, out var day)
        && day.Year is > 1999 and < 2100 ? day : clock.Today();

    /// <param name="q">What was typed.</param>
    /// <param name="of">What was chosen; without it the page of what was typed, or of the first that was found.</param>
    static IResult Show([FromQuery] string? q, [FromQuery] string? of,
        [FromQuery] string? date, Engine engine, TimeProvider clock)
    {
        var (typed, asked, day) = (Cut(q).Trim(), Cut(of).Trim(), DayOf(date, clock));
        var found = Lookup.Find(engine.Book, typed, day);
        var named = asked.Length > 0 ? asked : typed;
        var pages = named.Length > 0 ? Lookup.Pages(engine.Book, named, day) : [];
        if (pages.Count == 0 && asked.Length == 0 && found.Find(static f => f.Kind != "edit") is { } first)
            pages = Lookup.Pages(engine.Book, first.Name, day);
        return new RazorComponentResult<LookupPage>(new
        {
            Typed = typed.Length > 0 ? typed : asked, Day = day, Found = found, Sheets = pages,
            Book = engine.Book.Version,
            Near = pages.Count == 0 && named.Length > 0 ? Lookup.Near(engine.Book, named, day) : [],
        });
    }

    static IResult Found([FromQuery] string? q, [FromQuery] string? date, Engine engine,
        TimeProvider clock)
    {
        var (typed, day) = (Cut(q).Trim(), DayOf(date, clock));
        return new RazorComponentResult<FoundList>(new { Lines = Lookup.Find(engine.Book, typed, day), Typed = typed });
    }

    static IResult Units([FromQuery] string? code, [FromQuery] string? dose,
        [FromQuery] string? date, Engine engine, TimeProvider clock) =>
        new RazorComponentResult<LookupAnswer>(
            new { Text = Lookup.Units(engine.Book, Cut(code), Cut(dose), DayOf(date, clock)) });

    static IResult Price([FromQuery] string? code, [FromQuery] string? modifiers,
        [FromQuery] string? locality, [FromQuery] string? place, [FromQuery] string? units, [FromQuery] string? date,
        Engine engine, TimeProvider clock)
    {
        var (answer, notes) = Lookup.Price(engine.Book, Cut(code), Cut(modifiers), Cut(locality), Cut(place),
            int.TryParse(units, out var count) ? count : 1, DayOf(date, clock));
        return new RazorComponentResult<LookupAnswer>(new { Text = answer, Notes = notes });
    }

    static IResult Help(string name) => HelpPages.Find(Cut(name)) is { } info
        ? new RazorComponentResult<HelpPage>(new { Info = info })
        : new RazorComponentResult<Problem>(new
        {
            Message = "There is no help page with this name.", Next = "Look it up: press the key /.",
        }) { StatusCode = 404 };
}
