using System.Text.Json.Nodes;
using Deltoid.Print;
using Deltoid.Results.Letters;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>What a patient takes home: the estimate of their share, and the summary of a visit.</summary>
static class CarePaperRoutes
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/care/{id:long}/estimate", Estimate).Needs(Permission.Chart);
        app.MapGet("/care/{id:long}/estimate/paper", EstimatePaper).Needs(Permission.Chart);
        app.MapGet("/care/visits/{id:long}/summary", Summary).Needs(Permission.Chart);
    }

    static async Task<IResult> Estimate(long id, [FromQuery] long? treatment, PracticeDb db, Engine engine,
        TimeProvider clock, CancellationToken stop)
    {
        if (await ShareView.Of(db, engine, id, treatment ?? 0, clock.Today(), stop) is not { } view)
            return TypedResults.NotFound();
        await Looks.Record(db, clock, $"patient/{id}", "estimate");
        return new RazorComponentResult<EstimatePage>(new { View = view });
    }

    static async Task<IResult> EstimatePaper(long id, [FromQuery] long? treatment, PracticeDb db, Engine engine,
        TimeProvider clock, CancellationToken stop)
    {
        if (await ShareView.Of(db, engine, id, treatment ?? 0, clock.Today(), stop) is not { } view)
            return TypedResults.NotFound();
        var practice = await db.Practices.AsNoTracking().SingleAsync(p => p.Id == db.PracticeId, stop);
        await Looks.Record(db, clock, $"patient/{id}", "estimate");
        return TypedResults.File(LetterPdf.Of(view.Paper(practice)), "application/pdf", "estimate.pdf");
    }

    static async Task<IResult> Summary(long id, PracticeDb db, TimeProvider clock, CancellationToken stop)
    {
        if (await db.Visits.AsNoTracking().FirstOrDefaultAsync(v => v.Id == id, stop) is not { } visit)
            return TypedResults.NotFound();
        var patient = await db.Patients.AsNoTracking().SingleAsync(p => p.Id == visit.PatientId, stop);
        var practice = await db.Practices.AsNoTracking().SingleAsync(p => p.Id == db.PracticeId, stop);
        var asked = (await CareOutcomes.Of(db, clock.Today(), patient.Id, stop)).FindAll(o => o.VisitId == id
            && o.Last is null);
        await Looks.Record(db, clock, $"patient/{patient.Id}", "summary");
        return TypedResults.File(LetterPdf.Of(PaperOf(practice, patient, visit, asked)), "application/pdf",
            $"visit-{visit.ServiceDate.Iso()}.pdf");
    }

    /// <summary>What was charted, in words for the patient; what was not charted is not in it.</summary>
    static Paper PaperOf(Practice practice, Patient patient, Visit visit, List<OutcomeDue> asked)
    {
        var paper = new Paper($"Your visit on {AsShown.Day(visit.ServiceDate)}");
        paper.Blocks.Add(new LetterLines(practice.Name, practice.Address.Line,
            $"{practice.Address.City}, {practice.Address.State} {PostalText.Zip(practice.Address.Zip)}",
            PostalText.Phone(practice.Phone)));
        paper.Blocks.Add(new LetterLines($"{patient.Given} {patient.Family}",
            $"born {AsShown.Day(patient.BirthDate)}"));
        paper.Blocks.Add(new LetterHeading("What you were given"));
        var document = JsonNode.Parse(visit.Document)!.AsObject();
        foreach (var given in (document["administrations"] as JsonArray ?? []).OfType<JsonObject>())
            paper.Blocks.Add(new LetterTable([], RowsOf(given), [], [1, 3]));
        paper.Blocks.Add(new LetterHeading("What is next"));
        if (asked.Count > 0)
            paper.Blocks.Add(new LetterList([.. asked.Select(static o => new Statement(
                $"On {AsShown.Day(o.Due)} we will ask you about {o.Field.Name}, from {o.Field.Low} to "
                + $"{o.Field.High}."))]));
        paper.Blocks.Add(new LetterParagraph("Call us when something worries you"
            + (practice.Phone.Length > 0 ? $": {PostalText.Phone(practice.Phone)}." : ".")
            + " Call 911 when you have trouble breathing or your face swells."));
        return paper;
    }

    static List<string[]> RowsOf(JsonObject given)
    {
        string Text(string name) => given[name]?.ToString() ?? "";
        return [.. new[]
        {
            ("Medicine", Text("drug")), ("Dose", Text("dose")), ("How", HowOf(Text("route"))), ("Where", Text("site")),
            ("Why", Text("indication")), ("Lot number", Text("lot")),
            ("Ordered by", given["order"]?["by"]?.ToString() ?? ""),
            ("Watched afterward", Text("observed") is { Length: > 0 } minutes ? $"{minutes} minutes" : ""),
            ("How you felt", Text("response")),
        }.Where(static r => r.Item2.Length > 0).Select(static r => new[] { r.Item1, r.Item2 })];
    }

    static string HowOf(string route) => route switch
    {
        "im" => "a shot into the muscle", "sc" => "a shot under the skin", "intradermal" => "a shot into the skin",
        "iv-push" => "through a vein", "iv-infusion" => "through a vein, as an infusion",
        "intra-articular" => "a shot into the joint", _ => route,
    };
}
