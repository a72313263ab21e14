using System.Globalization;
using System.Text.Json;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>A claim with the same cause: what its payer said, and whether the chosen step fits its answer.</summary>
public sealed record AlikeRow(DenialView View, DenialStep Step, long Owed);

/// <summary>Denials of one cause, looked at one by one and worked on together.</summary>
static class AlikeRoutes
{
    public static void Map(WebApplication app)
    {
        var claims = app.OfClaims();
        claims.MapGet("/claims/{id:long}/alike", static (long id, [FromQuery] string? action, PracticeDb db,
            HttpContext context, TimeProvider clock, CancellationToken stop) =>
            Page(id, action, db, context, clock, null, null, stop)).Needs(Permission.ReadClaims);
        claims.MapPost("/claims/{id:long}/alike", Take).Takes("action", "why", "sent", "claim")
            .Needs(Permission.EditClaims);
    }

    /// <summary>Money is posted by those who may post; claims are changed by those who may edit.</summary>
    static bool May(HttpContext context, string action) => Access.Allows(action is "write-off" or "bill-patient"
        or "appeal" ? Permission.Post : Permission.EditClaims, context.User);

    static async Task<IResult> Page(long id, string? action, PracticeDb db, HttpContext context, TimeProvider clock,
        TakenTogether? taken, InputException? fault, CancellationToken stop)
    {
        var one = await db.Claims.AsNoTracking().SingleAsync(c => c.Id == id, stop);
        var views = one.Cause.Length == 0 ? [] : (await AlikeDenials.Of(db, one).AsNoTracking()
            .Include(static c => c.Patient).Include(static c => c.Payer).ToListAsync(stop)).ConvertAll(ViewOf);
        // what most answers ask for comes first
        var choices = views.SelectMany(static v => v.Steps).Where(static s => s.Standing is StepStanding.Proposed
            or StepStanding.Possible).GroupBy(static s => s.Action).OrderByDescending(static g =>
                g.Count(static s => s.Standing == StepStanding.Proposed)).Where(g => May(context, g.Key))
            .Select(static g => g.First()).ToList();
        var chosen = choices.Find(c => c.Action == action) ?? choices.FirstOrDefault();
        var rows = new List<AlikeRow>();
        if (chosen is { } step)
            foreach (var view in views)
                rows.Add(new(view, view.Steps.First(s => s.Action == step.Action),
                    (await Ledger.Owed(db, view.Claim.Id, stop)).Payers));
        await Looks.Record(db, clock, $"claim/{id}", "claims with the same cause");
        return new RazorComponentResult<AlikePage>(new
        {
            Claim = one, Rows = rows, Choices = choices, Chosen = chosen, Taken = taken, Fault = fault,
            Today = clock.Today(),
        }) { StatusCode = fault is null ? 200 : 422 };
    }

    static DenialView ViewOf(StoredClaim claim)
    {
        using var answer = JsonDocument.Parse(claim.Answer!);
        return DenialView.Read(claim, answer.RootElement);
    }

    static async Task<IResult> Take(long id, IFormCollection form, PracticeDb db, Engine engine, HttpContext context,
        TimeProvider clock, CancellationToken stop)
    {
        var action = form["action"].ToString();
        try
        {
            if (!May(context, action))
                throw new InputException("action", "your role has no part in this", "ask a colleague who posts");
            var taken = await AlikeDenials.Take(db, engine, [.. form["claim"].Select(static text => long.TryParse(text,
                NumberStyles.None, CultureInfo.InvariantCulture, out var one) ? one : 0).Distinct()], action,
                form["why"].ToString(), DateOnly.TryParseExact(form["sent"], "yyyy-MM-dd",
                    CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null, clock.Now(), stop);
            return await Page(id, action, db, context, clock, taken, null, stop);
        }
        catch (InputException e)
        {
            return await Page(id, action, db, context, clock, null, e, stop);
        }
    }
}
