using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>Journeys of who charts: from the empty folder and the shot to the claim.</summary>
public sealed class ChartJourneyTests
{
    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_shot_is_charted_sent_and_paid(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        Journey.Run("first-shot.mjs", served.Url);
        Assert.Equal(0, await served.InStore(static db => db.Postings.SumAsync(static p => p.Cents)));
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task An_empty_folder_becomes_a_practice_with_its_first_shot(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground, isSample: false);
        Journey.Run("first-run.mjs", served.Url, ("DELTOID_SETUP", served.SetUpPath));
        Assert.Equal(0, await served.InStore(static db => db.Postings.SumAsync(static p => p.Cents)));
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }

    [Fact]
    public async Task Two_shots_in_one_visit_get_their_codes_and_XS()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        await ChartedClaims.TwoShots(served);
        Journey.Run("two-shots.mjs", served.Url);
        Assert.True(await served.InStore(static db => db.Events.AnyAsync(static e => e.Act == "attest")));
    }

    [Fact]
    public async Task A_shot_is_charted_by_keyboard_in_35_keys_and_nothing_typed_is_lost()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        Journey.Run("chart-shot.mjs", served.Url);
        Assert.Equal(11_000_000, await served.InStore(static async db => await Stock.OnHand(db,
            (await db.Lots.SingleAsync(static l => l.Number == "XYZ2025")).Id)));
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }

    [Fact]
    public async Task A_shot_without_vial_and_site_is_held_and_freed_and_the_shelf_agrees()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        Journey.Run("held-shot.mjs", served.Url);
        Assert.Equal(0, await served.InStore(static db => db.Postings.SumAsync(static p => p.Cents)));
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }

    [Fact]
    public async Task A_note_is_pasted_and_only_what_is_confirmed_is_charted()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        Journey.Run("paste-note.mjs", served.Url);
        var visit = System.Text.Json.Nodes.JsonNode.Parse(await served.InStore(static async db =>
            (await db.Visits.SingleAsync()).Document))!;
        var given = Assert.Single(visit["administrations"]!.AsArray())!;
        Assert.Equal(("ketorolac", "30 mg", "im", "right deltoid", "low back pain"), (given["drug"]!.ToString(),
            given["dose"]!.ToString(), given["route"]!.ToString(), given["site"]!.ToString(),
            given["indication"]!.ToString()));
        foreach (var left in (string[])["lot", "expires", "response"]) Assert.Null(given[left]);
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }

    [Fact]
    public async Task A_vial_is_scanned_with_the_camera()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        Journey.Run("camera.mjs", served.Url, ("DELTOID_FILMS", served.Folder));
        using var client = await RouteTests.Client(served, null);
        // only the worker may compile, and scripts of elsewhere are refused there too
        foreach (var (path, may) in new[] { ("/scan-worker.js", true), ("/camera.js", false), ("/sign-in", false) })
        {
            using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Equal(may, policy.Contains("wasm-unsafe-eval", StringComparison.Ordinal));
            Assert.DoesNotContain("'unsafe-eval'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe-inline", policy, StringComparison.Ordinal);
        }
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task Without_a_network_nothing_typed_is_lost_and_nothing_is_charted_twice(Ground ground)
    {
        await using var served = await Journey.Served(ground);
        Journey.Run("offline-shot.mjs", served.Url);
        var claims = await served.InStore(static db => db.Claims.Include(static c => c.Patient)
            .OrderBy(static c => c.Id).ToListAsync());
        Assert.Equal(["Specimen", "Example", "Example"], claims.ConvertAll(static c => c.Patient.Family));
        var places = claims.ConvertAll(static c => Documents.Claim(c.Document).PlaceOfService.ToString());
        Assert.Equal(["12", "12", "11"], places);
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }
}
