using System.Diagnostics;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>People's journeys in headless Chromium: each is a script of <c>tests/browser</c>.</summary>
public sealed class JourneyTests
{
    static string Scripts => Path.Combine(Repository.Root, "tests", "browser");

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_shot_is_charted_sent_and_paid(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        Run("first-shot.mjs", served.Url);
        Assert.Equal(0, await served.InStore(static db => db.Postings.SumAsync(static p => p.Cents)));
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }

    [Theory, InlineData("lookup.mjs"), InlineData("ask.mjs")]
    public async Task A_question_is_answered_without_an_account(string script)
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        Run(script, served.Url);
        Assert.Equal(0, await served.InStore(static db => db.Claims.CountAsync())); // a question keeps nothing
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task What_is_set_up_and_by_whom_is_in_the_trail(Ground ground)
    {
        await using var served = await Served(ground);
        Run("settings.mjs", served.Url);
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_payers_contract_and_a_standing_order_are_set_up_by_two_people(Ground ground)
    {
        await using var served = await Served(ground);
        Run("rooms.mjs", served.Url);
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task An_empty_folder_becomes_a_practice_with_its_first_shot(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground, isSample: false);
        Run("first-run.mjs", served.Url, ("DELTOID_SETUP", served.SetUpPath));
        Assert.Equal(0, await served.InStore(static db => db.Postings.SumAsync(static p => p.Cents)));
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_list_is_imported_once_however_often_it_comes(Ground ground)
    {
        await using var served = await Served(ground);
        Run("import.mjs", served.Url);
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_person_sets_up_second_factors_and_ends_sessions(Ground ground)
    {
        await using var served = await Served(ground);
        Run("account.mjs", served.Url);
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_red_claim_is_mended_and_sent_by_keyboard(Ground ground)
    {
        await using var served = await Served(ground);
        await ChartedClaims.Toradol(served);
        Run("red-claim.mjs", served.Url);
        // nothing asserts that the visit was separate before a person has found it in the record
        var events = await served.InStore(static db => db.Events.OrderBy(static e => e.Number).ToListAsync());
        var added = events.FindIndex(static e => e.Changes.Contains("""
            "line.1.modifiers":["","25"]
            """.Trim(), StringComparison.Ordinal));
        Assert.InRange(events.FindIndex(static e => e.Act == "attest"), 0, added - 1);
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }

    [Fact]
    public async Task A_red_claim_is_mended_by_what_a_screen_reader_is_given()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var claim = await ChartedClaims.Toradol(served);
        Run("spoken-claim.mjs", served.Url);
        Assert.Equal(ClaimLife.Sent, await served.InStore(db =>
            db.Claims.Where(c => c.Id == claim.Id).Select(static c => c.Life).SingleAsync()));
    }

    [Fact]
    public async Task Who_may_not_change_a_claim_does_not_and_who_is_interrupted_loses_nothing()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var red = await ChartedClaims.Toradol(served);
        var ready = await ChartedClaims.Chart(served, "b12-shot-billing", "commercial");
        await served.AddPerson("ada", Role.Auditor);
        Run("claim-twins.mjs", served.Url);
        // the auditor changed nothing; the claim that a colleague sent has not changed after that
        Assert.Equal(red.Version, await served.InStore(db =>
            db.Claims.Where(c => c.Id == red.Id).Select(static c => c.Version).SingleAsync()));
        var versions = await served.InStore(db => db.ClaimVersions.Where(v => v.ClaimId == ready.Id)
            .OrderBy(static v => v.Version).Select(static v => v.Why).ToListAsync());
        Assert.Equal(["charted", "changed"], versions[..2]);
        Assert.StartsWith("sent in ", Assert.Single(versions[2..]), StringComparison.Ordinal);
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }

    [Fact]
    public async Task A_worklist_is_assigned_put_away_undone_and_kept_as_a_view_by_keyboard()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        for (var i = 0; i < 4; i++) await ChartedClaims.Chart(served, "b12-shot-billing");
        await ChartedClaims.Toradol(served);
        Run("work-moves.mjs", served.Url);
        Assert.Equal(1, await served.InStore(static db => db.SavedViews.CountAsync()));
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }

    [Fact]
    public async Task A_finding_is_set_aside_the_claim_printed_sent_corrected_and_seen_as_X12()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var claim = await ChartedClaims.Chart(served, "ketorolac-new-patient", "commercial",
            ("line.1.modifiers", ""), ("line.3.units", "1"));
        var sent = await ChartedClaims.Chart(served, "b12-shot-billing", "commercial");
        await served.InStore(async db =>
        {
            await Sending.Send(db, [sent.Id], DateTime.UtcNow);
            var stored = await db.Claims.SingleAsync(c => c.Id == sent.Id);
            (stored.Life, stored.Answer) = (ClaimLife.Answered,
                """{ "payerControl": "CM26069A0001", "action": "corrected-claim" }""");
            return await db.SaveChangesAsync();
        });
        Run("set-aside.mjs", served.Url, ("CLAIM", $"{claim.Id}"), ("SENT", $"{sent.Id}"));
        Assert.True(await served.InStore(db => db.Overrides.AnyAsync(o => o.ClaimId == claim.Id)));
        Assert.Equal('7', Documents.Claim((await served.InStore(db =>
            db.Claims.SingleAsync(c => c.Id == sent.Id))).Document).Frequency);
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }

    [Fact]
    public async Task Two_shots_in_one_visit_get_their_codes_and_XS()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        await ChartedClaims.TwoShots(served);
        Run("two-shots.mjs", served.Url);
        Assert.True(await served.InStore(static db => db.Events.AnyAsync(static e => e.Act == "attest")));
    }

    [Fact]
    public async Task Two_people_change_one_claim_and_lose_nothing()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var claim = await ChartedClaims.Chart(served, "b12-shot-billing");
        Run("two-people.mjs", served.Url);
        Assert.Equal(await served.InStore(db => db.Claims.Select(static c => c.Charge).SingleAsync()),
            (await served.InStore(db => Ledger.Owed(db, claim.Id))).Payers);
        Assert.Equal(0, await served.InStore(static db => db.Postings.SumAsync(static p => p.Cents)));
    }

    [Fact]
    public async Task Ninety_claims_are_fixed_together_and_sent()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        for (var i = 0; i < 90; i++) await ChartedClaims.WithoutNdc(served);
        for (var i = 0; i < 124; i++)
            if (i % 4 == 0) await ChartedClaims.Toradol(served);
            else await ChartedClaims.Chart(served, "b12-shot-billing");
        var before = await Versions(served);
        Run("ninety.mjs", served.Url);
        var changed = (await Versions(served)).Count(c => before[c.Key] != c.Value);
        Assert.Equal(90, changed);
    }

    static Task<Dictionary<long, int>> Versions(ServedPractice served) => served.InStore(static db =>
        db.Claims.ToDictionaryAsync(static c => c.Id, static c => c.Version));

    [Fact]
    public async Task A_shot_is_charted_by_keyboard_in_35_keys_and_nothing_typed_is_lost()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        Run("chart-shot.mjs", served.Url);
        Assert.Equal(11_000_000, await served.InStore(static async db => await Stock.OnHand(db,
            (await db.Lots.SingleAsync(static l => l.Number == "XYZ2025")).Id)));
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }

    [Fact]
    public async Task A_shot_without_vial_and_site_is_held_and_freed_and_the_shelf_agrees()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        Run("held-shot.mjs", served.Url);
        Assert.Equal(0, await served.InStore(static db => db.Postings.SumAsync(static p => p.Cents)));
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }

    [Fact]
    public async Task A_vial_is_scanned_with_the_camera()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        Run("camera.mjs", served.Url, ("DELTOID_FILMS", served.Folder));
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
        await using var served = await Served(ground);
        Run("offline-shot.mjs", served.Url);
        var claims = await served.InStore(static db => db.Claims.Include(static c => c.Patient)
            .OrderBy(static c => c.Id).ToListAsync());
        Assert.Equal(["Specimen", "Example", "Example"], claims.ConvertAll(static c => c.Patient.Family));
        var places = claims.ConvertAll(static c => Documents.Claim(c.Document).PlaceOfService.ToString());
        Assert.Equal(["12", "12", "11"], places);
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }

    static bool IsLong => Environment.GetEnvironmentVariable("DELTOID_LONG") == "1";

    /// <summary>On PostgreSQL in the long run: what differs there, the store's tests and two journeys hold.</summary>
    static Task<ServedPractice> Served(Ground ground)
    {
        Assert.SkipUnless(ground == Ground.Sqlite || IsLong,
            "a long test (./test --long)");
        return ServedPractice.Start(ground);
    }

    internal static void Run(string script, string url, params (string Name, string Value)[] about) =>
        Run(script, url, TimeSpan.FromMinutes(2), about);

    internal static void Run(string script, string url, TimeSpan most, params (string Name, string Value)[] about)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/chromium") && Directory.Exists(Path.Combine(Scripts, "node_modules")),
            "Chromium or the packages of tests/browser are not installed (./test --install)");
        var start = new ProcessStartInfo("node", [script])
        {
            WorkingDirectory = Scripts, RedirectStandardError = true, RedirectStandardOutput = true,
        };
        start.Environment["DELTOID_URL"] = url;
        start.Environment["DELTOID_PASSWORD"] = Sample.Password;
        start.Environment["DELTOID"] = Path.Combine(AppContext.BaseDirectory, "Deltoid.Cli");
        foreach (var (name, value) in about) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(most)) process.Kill(entireProcessTree: true);
        Assert.True(process.ExitCode == 0, $"{script}: {output.Result}\n{error.Result}");
    }
}
