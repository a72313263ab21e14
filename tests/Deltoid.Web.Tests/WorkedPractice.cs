using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Web.Tests;

/// <summary>
/// A sample practice in which there is something of everything: claims that are ready, held, sent and answered, a task,
/// a file, a draft, a payer with its contract. Its owner may ask every route.
/// </summary>
[CollectionDefinition(nameof(WorkedPractice))]
public sealed class WorkedPractice : ICollectionFixture<WorkedPractice>, IAsyncLifetime
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    internal ServedPractice Served { get; private set; } = null!;

    internal Browsing Owner { get; private set; } = null!;

    /// <summary>Claims by what is to be done with them.</summary>
    public long Ready { get; private set; }

    public long Held { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Served = await ServedPractice.Start(Ground.Sqlite);
        Ready = (await ChartedClaims.Chart(Served, "b12-shot-billing")).Id;
        Held = (await ChartedClaims.Toradol(Served)).Id;
        await ChartedClaims.WithoutNdc(Served);
        var sent = await ChartedClaims.Chart(Served, "b12-shot-billing");
        await Served.InStore(async db =>
        {
            await Sending.Send(db, [sent.Id], DateTime.UtcNow, Stop);
            return await WorkTasks.Ask(db, Ready, "look", null, null, DateTime.UtcNow, Stop);
        });
        await Others();
        foreach (var (payer, life, action) in new[]
            {
                ("medicare", ClaimLife.Answered, "new-claim"), ("medicare", ClaimLife.Rejected, ""),
                ("medicare", ClaimLife.Answered, "reopening"), ("commercial", ClaimLife.Answered, "corrected-claim"),
                ("commercial", ClaimLife.Answered, "bill-patient"),
            })
            await Answer(payer, life, action);
        Owner = await Browsing.As(Served.Url, Sample.Owner);
    }

    /// <summary>A message that did not arrive, a file that may have, a chart system and what became of its card.
    /// </summary>
    Task<int> Others() => Served.InStore(async db =>
    {
        var ended = new WebhookEndpoint { Url = "https://example.invalid", Secret = "", EndedAt = DateTime.UtcNow };
        db.WebhookEndpoints.Add(ended);
        await db.SaveChangesAsync(Stop);
        db.WebhookDeliveries.Add(new()
        {
            EndpointId = ended.Id, EventNumber = 1, ClaimId = Ready, Type = "claim.created", Body = "{}",
            State = DeliveryState.Dead,
        });
        db.ChartSystems.Add(new() { Name = "EHR", Address = "https://ehr.example.invalid", ClientId = "x" });
        db.CardAnswers.Add(new()
        {
            Card = Guid.NewGuid(), Service = "inject-order-sign", Finding = "CHT0003", At = DateTime.UtcNow,
        });
        db.Transmissions.Add(new()
        {
            FileId = await db.Files.Select(static f => f.Id).FirstAsync(Stop), State = TransmissionState.Uncertain,
        });
        return await db.SaveChangesAsync(Stop);
    });

    /// <summary>A claim that was sent, and what a payer said of it.</summary>
    async Task Answer(string payer, ClaimLife life, string action)
    {
        var claim = await ChartedClaims.Chart(Served, "b12-shot-billing", payer);
        await Served.InStore(async db =>
        {
            await Sending.Send(db, [claim.Id], DateTime.UtcNow, Stop);
            var stored = await db.Claims.SingleAsync(c => c.Id == claim.Id, Stop);
            (stored.Life, stored.Answer) = (life, action.Length == 0 ? null
                : $$"""{ "payerControl": "CM26069A0001", "action": "{{action}}" }""");
            return await db.SaveChangesAsync(Stop);
        });
    }

    public async ValueTask DisposeAsync()
    {
        Owner.Dispose();
        await Served.DisposeAsync();
    }

    /// <summary>Those of people: what programs ask, ApiTests ask.</summary>
    internal IEnumerable<RouteEndpoint> Routes() =>
        Served.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(static r => !ApiProgram.Asks(r));

    internal List<RouteEndpoint> Posts() => [.. Routes().Where(static r => MethodOf(r) == "POST")];

    /// <summary>The route that takes what is posted to an address; null: there is none.</summary>
    internal (RouteEndpoint Route, RouteValueDictionary Values)? PostTo(string address)
    {
        var found = new List<(RouteEndpoint Route, RouteValueDictionary Values)>();
        foreach (var route in Posts())
        {
            var values = new RouteValueDictionary();
            if (new TemplateMatcher(new(route.RoutePattern), []).TryMatch(address, values)) found.Add((route, values));
        }
        return found.Count == 0 ? null : found.MinBy(static f => f.Route.RoutePattern.Parameters.Count);
    }

    internal static string MethodOf(RouteEndpoint route) =>
        route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];

    /// <summary>An address of the route, of the first of what it is about.</summary>
    internal static string Filled(RouteEndpoint route) => route.RoutePattern.RawText!
        .Replace("{id:long}", "1", StringComparison.Ordinal).Replace("{section}", "patients", StringComparison.Ordinal)
        .Replace("{kind}", "patients", StringComparison.Ordinal).Replace("{name}", "encounter",
            StringComparison.Ordinal);

    /// <summary>Every page, and the states of pages that other fields are shown in.</summary>
    internal IEnumerable<string> Pages() => Routes().Where(static r => MethodOf(r) == "GET").Select(Filled)
        .Concat([$"/chart?claim={Held}", $"/claims/{Held}", $"/claims/{Ready + 3}", "/worklist?life=Sent",
            $"/claims/{Ready + 6}/answer", $"/claims/{Ready + 8}/answer", "/worklist?life=Ready", "/worklist?life=Held",
            $"/claims/{Ready + 3}/record?fact=order-on-file", "/manager/claims?set=Sent",
            "/manager/books?month=2026-03"])
        .Concat(from section in (string[])["practice", "locations", "providers", "payers", "fees", "treatments",
            "patients"] select $"/settings/{section}?edit=1");

    internal Task<long> LastEvent() => Served.InStore(static db => db.Events.MaxAsync(static e => e.Number, Stop));

    internal Task<List<AuditEvent>> EventsAfter(long number) => Served.InStore(db => db.Events.AsNoTracking()
        .Where(e => e.Number > number).OrderBy(static e => e.Number).ToListAsync(Stop));
}
