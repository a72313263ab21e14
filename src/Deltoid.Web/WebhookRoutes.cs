using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Api;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>Addresses that get a message when a claim changes, and what has not arrived there.</summary>
static class WebhookRoutes
{
    const int MostMessages = 50;

    public static void Map(WebApplication app)
    {
        app.MapGet("/settings/webhooks", static (PracticeDb db) => Page(db)).Needs(Permission.Own);
        app.MapPost("/settings/webhooks", Add).Takes("Url").Needs(Permission.Own);
        app.MapPost("/settings/webhooks/{id:long}/end", End).About<WebhookEndpoint>().Needs(Permission.Own);
        app.MapPost("/settings/webhooks/messages/{id:long}/again", Again)
            .About<WebhookDelivery>().Needs(Permission.Own);
    }

    static async Task<IResult> Page(PracticeDb db, string typed = "", string fault = "", string secret = "") =>
        new RazorComponentResult<WebhooksPage>(new
        {
            Endpoints = await db.WebhookEndpoints.AsNoTracking().Where(static e => e.EndedAt == null)
                .OrderBy(static e => e.Id).ToListAsync(),
            Messages = await db.WebhookDeliveries.AsNoTracking()
                .OrderBy(static d => d.State == DeliveryState.Dead ? 0 : d.State == DeliveryState.Waiting ? 1 : 2)
                .ThenByDescending(static d => d.Id).Take(MostMessages).ToListAsync(),
            Typed = typed, Fault = fault, Secret = secret,
        })
        {
            StatusCode = fault.Length > 0 ? 422 : 200
        };

    static async Task<IResult> Add(IFormCollection form, PracticeDb db, FieldKeys keys, ServeOptions options,
        TimeProvider clock)
    {
        var url = form["Url"].ToString().Trim();
        try
        {
            var (_, secret) = await Webhooks.Add(db, keys, url, options.PrivateWebhooks, clock.Now());
            return await Page(db, secret: secret);
        }
        catch (InputException e)
        {
            db.ChangeTracker.Clear();
            return await Page(db, url, $"{Results.Sentence.Capital(e.Message)}: {e.Try}.");
        }
    }

    static async Task<IResult> End(long id, PracticeDb db, TimeProvider clock) =>
        await Webhooks.End(db, id, clock.Now()) ? TypedResults.Redirect("/settings/webhooks")
            : TypedResults.NotFound();

    static async Task<IResult> Again(long id, PracticeDb db, TimeProvider clock) =>
        await Webhooks.Again(db, id, clock.Now()) ? TypedResults.Redirect("/settings/webhooks")
            : TypedResults.NotFound();
}
