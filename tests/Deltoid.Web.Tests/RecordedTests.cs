using System.Net;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Web.Tests;

/// <summary>Who sees a patient is one event. Every route there is gets asked; one that is new and records nothing fails
/// here.</summary>
public sealed class RecordedTests : IAsyncLifetime
{
    const string Family = "Zqfamily", Member = "1EG4TE5MK73";

    ServedPractice served = null!;
    Browsing owner = null!;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        served = await ServedPractice.Start(Ground.Sqlite);
        await served.InStore(static db => db.Patients.ExecuteUpdateAsync(static set =>
            set.SetProperty(static p => p.Family, Family), Stop));
        await ChartedClaims.Chart(served, "b12-shot-billing");
        await ChartedClaims.Toradol(served);
        await ChartedClaims.WithoutNdc(served);
        var sent = await ChartedClaims.Chart(served, "b12-shot-billing");
        await served.InStore(async db =>
        {
            await Sending.Send(db, [sent.Id], DateTime.UtcNow, Stop);
            await WorkTasks.Ask(db, sent.Id, "look", null, null, DateTime.UtcNow, Stop);
            return 0;
        });
        owner = await Browsing.As(served.Url, Sample.Owner);
    }

    public async ValueTask DisposeAsync()
    {
        owner.Dispose();
        await served.DisposeAsync();
    }

    IEnumerable<(string Method, string Pattern)> Routes() => served.App.Services
        .GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Select(static r => (r.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0], r.RoutePattern.RawText!));

    static string Filled(string pattern) => pattern.Replace("{id:long}", "1", StringComparison.Ordinal)
        .Replace("{section}", "patients", StringComparison.Ordinal).Replace("{kind}", "patients",
            StringComparison.Ordinal).Replace("{name}", "encounter", StringComparison.Ordinal);

    Task<List<AuditEvent>> EventsAfter(long number) => served.InStore(db => db.Events.AsNoTracking()
        .Where(e => e.Number > number).OrderBy(static e => e.Number).ToListAsync(Stop));

    Task<long> Last() => served.InStore(static db => db.Events.MaxAsync(static e => e.Number, Stop));

    [Fact]
    public async Task Who_sees_a_patient_is_one_event()
    {
        var me = await served.InStore(static db => db.Users.Where(static u => u.UserName == Sample.Owner)
            .Select(static u => u.Id).SingleAsync(Stop));
        var shown = new List<string>();
        var asked = Routes().Where(static r => r.Method == "GET").Select(static r => ("GET", Filled(r.Pattern)))
            .Concat([("GET", "/chart?claim=2"), ("GET", "/chart?saved=1"), ("GET", "/settings/patients?edit=1"),
                ("GET", "/worklist?life=Sent"), ("POST", "/chart/patients"), ("POST", "/settings/patients/found")]);
        var faults = new List<string>();
        foreach (var (method, path) in asked)
        {
            var before = await Last();
            var (status, body) = method == "GET" ? await owner.Get(path) : await owner.Post(path, ("q", Family));
            var events = await EventsAfter(before);
            var isShown = status == HttpStatusCode.OK && (body.Contains(Family, StringComparison.OrdinalIgnoreCase)
                || body.Contains(Member, StringComparison.Ordinal));
            if (isShown) shown.Add(path);
            if (events.Count != (isShown ? 1 : 0) && (isShown || events.Count > 1))
                faults.Add($"{method} {path} {(isShown ? "shows" : "does not show")} a patient: {events.Count} events");
            if (events.Exists(e => e.PersonId != me || e.Act is not ("read" or "export") || e.Subject.Length == 0
                || DateTime.UtcNow - e.At > TimeSpan.FromMinutes(1)))
                faults.Add($"{method} {path}: {string.Join(", ", events.Select(static e => e.Act + " " + e.Subject))}");
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(shown.Count >= 12, string.Join(' ', shown));
    }
}
