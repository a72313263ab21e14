using System.Net;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Web.Tests;

/// <summary>Who works at some locations sees the visits and claims of these, and nothing of the others.</summary>
public sealed class LocationTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A claim at each location; the number of the second stands in no page of the first.</summary>
    static async Task<(StoredClaim Here, StoredClaim There)> Two(ServedPractice served)
    {
        var here = await ChartedClaims.Toradol(served);
        var there = await served.InStore(async db =>
        {
            db.LocationIds = [2];
            return await db.Claims.AnyAsync(Stop);
        });
        Assert.False(there); // a location's store begins empty
        var claim = await served.InStore(async db =>
        {
            var patient = await db.Patients.Include(static p => p.Coverages).ThenInclude(static c => c.Payer)
                .OrderBy(static p => p.Id).LastAsync(Stop);
            var document = await File.ReadAllTextAsync(
                Path.Combine(Repository.Root, "examples", "b12-shot-billing.json"), Stop);
            return await Visits.Chart(db, ChartedClaims.EngineOf(served), patient,
                await db.Locations.OrderBy(static l => l.Id).LastAsync(Stop), patient.Coverages[0].Payer,
                number => document.Replace("SAMPLE-1", number, StringComparison.Ordinal), DateTime.UtcNow, Stop);
        });
        await served.InStore(db => WorkTasks.Ask(db, claim.Id, "look at the second", null, null,
            DateTime.UtcNow, Stop));
        return (here, claim);
    }

    static async Task Bind(ServedPractice served, string name, Role role, params long[] locations)
    {
        var person = await served.InStore(db => db.Users.SingleAsync(u => u.UserName == name, Stop));
        using var owner = await Browsing.As(served.Url, Sample.Owner);
        var (status, body) = await owner.Post($"/settings/people/{person.Id}",
            [("Role", role.ToString()), .. locations.Select(static l => ("Location", $"{l}"))]);
        Assert.True(status == HttpStatusCode.Redirect, Browsing.Words(body));
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_biller_of_one_location_sees_lists_and_counts_as_if_the_others_were_not_there(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var (here, there) = await Two(served);
        await Bind(served, Sample.Biller, Role.Biller, 1);
        using var biller = await Browsing.As(served.Url, Sample.Biller);
        var list = await biller.Get("/worklist?life=Held");
        Assert.Contains($"/claims/{here.Id}", list.Body, StringComparison.Ordinal);
        foreach (var page in new[] { "/worklist", "/worklist?life=Ready", "/worklist.csv", "/tasks", "/stock" })
        {
            var (_, body) = await biller.Get(page);
            Assert.DoesNotContain($"/claims/{there.Id}", body, StringComparison.Ordinal);
            Assert.DoesNotContain(there.Number, body, StringComparison.Ordinal);
        }
        Assert.Equal((1L, 1L), await served.InStore(async db =>
        {
            db.LocationIds = [1];
            return (await new WorkFilter().Counts(db).SumAsync(static w => w.Claims, Stop),
                await new WorkFilter().Of(db).LongCountAsync(Stop));
        }));
        await Bind(served, Sample.Biller, Role.Biller); // of the whole practice again
        using var again = await Browsing.As(served.Url, Sample.Biller);
        Assert.Contains($"/claims/{there.Id}", (await again.Get("/worklist?life=Ready")).Body, StringComparison.Ordinal);
    }

    /// <summary>Every route with a claim's number, by every method, and what belongs to the whole practice.</summary>
    [Fact]
    public async Task Nothing_of_another_location_is_reached_by_its_number()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var (_, there) = await Two(served);
        foreach (var (name, role) in new[] { ("cleo", Role.Coder), ("carl", Role.Clinician), ("bill", Role.Biller) })
        {
            await served.AddPerson(name, role);
            await Bind(served, name, role, 1);
            using var person = await Browsing.As(served.Url, name);
            var asked = 0;
            foreach (var route in served.App.Services.GetRequiredService<EndpointDataSource>().Endpoints
                .OfType<RouteEndpoint>())
            {
                var method = new HttpMethod(route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]);
                var needs = route.Metadata.GetMetadata<Access.RoutePolicy>()!.Permission;
                var path = route.RoutePattern.RawText!;
                if (needs is not { } needed || path.Contains("{section}", StringComparison.Ordinal)) continue;
                var isOfClaim = path.StartsWith("/claims/{id", StringComparison.Ordinal);
                if (!isOfClaim && Access.Allows(needed, role, isOfLocations: true)) continue;
                using var answer = await person.Send(method, System.Text.RegularExpressions.Regex.Replace(path,
                    @"\{\w+(:\w+)?\}", $"{there.Id}"));
                Assert.True(Browsing.IsRefused(answer) || isOfClaim && answer.StatusCode is HttpStatusCode.NotFound
                    or HttpStatusCode.BadRequest, $"{role}: {method} {path}: {(int)answer.StatusCode}");
                asked++;
            }
            Assert.True(asked > 30, $"{asked} routes");
        }
        Assert.Equal((1, ClaimLife.Ready), await served.InStore(async db =>
            await db.Claims.Where(c => c.Id == there.Id).Select(static c => ValueTuple.Create(c.Version, c.Life))
                .SingleAsync(Stop)));
    }

    [Fact]
    public async Task An_assistant_of_one_location_charts_there_and_nowhere_else()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        using var everywhere = await Browsing.As(served.Url, Sample.Assistant);
        Assert.Contains("Sample Street</option>", (await everywhere.Get("/chart")).Body, StringComparison.Ordinal);
        await Bind(served, Sample.Assistant, Role.Assistant, 2);
        using var assistant = await Browsing.As(served.Url, Sample.Assistant);
        Assert.DoesNotContain("Sample Street</option>", (await assistant.Get("/chart")).Body,
            StringComparison.Ordinal);
        var form = new VisitForm
        {
            Patient = 1, Location = 1, Day = "2026-03-02", Shots = [new() { Drug = "cyanocobalamin" }],
        };
        Assert.Equal((1L, 2L), await served.InStore(async db =>
        {
            var engine = ChartedClaims.EngineOf(served);
            var before = (await ChartViews.Load(db, engine, form))!.Location.Id;
            db.LocationIds = [2]; // what the form says is not theirs to choose
            return (before, (await ChartViews.Load(db, engine, form))!.Location.Id);
        }));
    }

    [Fact]
    public async Task An_owner_is_of_the_whole_practice()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        using var owner = await Browsing.As(served.Url, Sample.Owner);
        var (status, body) = await owner.Post("/settings/people/1", ("Role", "Owner"), ("Location", "1"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("An owner is of the whole practice.", body, StringComparison.Ordinal);
    }

    /// <summary>A store of the version before locations: its claims get the location of their visit.</summary>
    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task Claims_of_an_older_store_get_the_location_of_their_visit_and_are_counted(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var (here, there) = await Two(served);
        await served.InStore(async db =>
        {
            // back to what the version before wrote, and on again
            foreach (var statement in Backwards(ground)) await db.Database.ExecuteSqlRawAsync(statement, Stop);
            return 0;
        });
        await served.InStore(async db =>
        {
            await db.Database.MigrateAsync(Stop);
            return 0;
        });
        foreach (var claim in new[] { here, there })
            Assert.Equal((claim.LocationId, 1L), await served.InStore(async db =>
            {
                db.LocationIds = [claim.LocationId!.Value];
                return (await db.Claims.Select(static c => c.LocationId).SingleAsync(Stop),
                    await db.WorkCounts.SumAsync(static w => w.Claims, Stop));
            }));
    }

    static IEnumerable<string> Backwards(Ground ground)
    {
        var isSqlite = ground == Ground.Sqlite;
        foreach (var name in new[] { "in", "out", "on" })
            yield return isSqlite ? $"""DROP TRIGGER "Claims_counted_{name}" """
                : $"""DROP TRIGGER "Claims_counted_{name}" ON "Claims"; DROP FUNCTION claims_counted_{name}()""";
        var index = "IX_WorkCounts_PracticeId_Life_Cause_PayerId_OwnerId_IsAsleep";
        yield return isSqlite ? $"""DROP INDEX "{index}_LocationId" """ : $"""DROP INDEX "{index}_L~" """;
        yield return """DELETE FROM "WorkCounts" WHERE "PracticeId" = 1""";
        foreach (var (table, column) in new[]
            { ("WorkCounts", "LocationId"), ("Claims", "LocationId"), ("AspNetUsers", "LocationIds") })
            yield return $"""ALTER TABLE "{table}" DROP COLUMN "{column}" """;
        yield return $"""
            CREATE INDEX "{index}" ON "WorkCounts" ("PracticeId", "Life", "Cause", "PayerId", "OwnerId", "IsAsleep")
            """;
        foreach (var name in new[] { "in", "out", "on" })
            yield return isSqlite
                ? $"""CREATE TRIGGER "Claims_counted_{name}" AFTER INSERT ON "Claims" BEGIN SELECT 1; END"""
                : $"""
                    CREATE FUNCTION claims_counted_{name}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
                    CREATE TRIGGER "Claims_counted_{name}" AFTER INSERT ON "Claims" FOR EACH STATEMENT
                        EXECUTE FUNCTION claims_counted_{name}()
                    """;
        yield return """DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" LIKE '%_OfLocations'""";
    }
}
