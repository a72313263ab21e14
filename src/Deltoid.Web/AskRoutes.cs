using Deltoid.Store;
using Deltoid.Values;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Deltoid.Web;

/// <summary>Screen 2: ask before you bill. A form that answers; it keeps nothing, and needs no account.</summary>
static class AskRoutes
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/ask", Show).ForEverybody();
        app.MapPost("/ask", Answer).ForEverybody();
        app.MapPost("/ask/answer", Part).ForEverybody();
        app.MapPost("/ask/line", Line).ForEverybody();
        app.MapPost("/ask/line/answer", LinePart).ForEverybody();
    }

    static IResult Show([FromQuery] string? example, Engine engine, TimeProvider clock,
        HttpContext context)
    {
        var form = AskForm.Examples.FirstOrDefault(e => e.Name == example).Form ?? new();
        form = form with { Day = clock.Today().Iso() };
        return Page(form, engine, context, form.Drug.Length > 0);
    }

    static IResult Answer([FromForm] AskForm form, Engine engine, HttpContext context) =>
        Page(form, engine, context, isAsked: true);

    /// <summary>A question in a line: answered above the form, which stays as it opens.</summary>
    static IResult Line([FromForm] string? question, Engine engine, TimeProvider clock, HttpContext context) =>
        new RazorComponentResult<AskPage>(new
        {
            Form = new AskForm { Day = clock.Today().Iso() }, MayChart = MayChart(context),
            Question = LineAnswer.Asked(question),
            Said = LineAnswer.To(question, engine.Book, clock.Today()),
        });

    static IResult LinePart([FromForm] string? question, Engine engine, TimeProvider clock) =>
        new RazorComponentResult<AskLine>(new { Said = LineAnswer.To(question, engine.Book, clock.Today()) });

    static IResult Page(AskForm form, Engine engine, HttpContext context, bool isAsked)
    {
        var (coded, fault) = isAsked ? Ask(form, engine) : (null, null);
        return new RazorComponentResult<AskPage>(
            new { Form = form, Coded = coded, Fault = fault, MayChart = MayChart(context) });
    }

    static RazorComponentResult<AskResult> Part([FromForm] AskForm form, Engine engine, HttpContext context)
    {
        var (coded, fault) = Ask(form, engine);
        return new(new { Form = form, Coded = coded, Fault = fault, MayChart = MayChart(context) });
    }

    static (Results.CodedVisit?, InputException?) Ask(AskForm form, Engine engine)
    {
        if (form.Drug.Trim().Length + form.Visit.Trim().Length == 0) return (null, null);
        try { return (engine.Code(Documents.Visit(form.Document(engine.Book))), null); }
        catch (InputException e) { return (null, e); }
    }

    static bool MayChart(HttpContext context) =>
        Access.Allows(Permission.Chart, context.User);
}
