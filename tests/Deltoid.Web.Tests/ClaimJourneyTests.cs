using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>Journeys of who bills: the worklist, the claim, two people on one.</summary>
public sealed class ClaimJourneyTests
{
    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_red_claim_is_mended_and_sent_by_keyboard(Ground ground)
    {
        await using var served = await Journey.Served(ground);
        await ChartedClaims.Toradol(served);
        Journey.Run("red-claim.mjs", served.Url);
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
        Journey.Run("spoken-claim.mjs", served.Url);
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
        Journey.Run("claim-twins.mjs", served.Url);
        // the auditor changed nothing; the claim that a colleague sent has not changed after that
        Assert.Equal(red.Version, await served.InStore(db =>
            db.Claims.Where(c => c.Id == red.Id).Select(static c => c.Version).SingleAsync()));
        var versions = await served.InStore(db => db.ClaimVersions.Where(v => v.ClaimId == ready.Id)
            .OrderBy(static v => v.Version).Select(static v => v.Why).ToListAsync());
        Assert.Equal(["charted", "changed"], versions[..2]);
        Assert.StartsWith("sent in ", Assert.Single(versions[2..]), StringComparison.Ordinal);
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }

    /// <summary>Each act under each twin in the long run; in the plain one each act, and each twin, once.</summary>
    [Fact]
    public async Task What_goes_wrong_around_an_act_changes_nothing_and_what_is_done_is_done_once()
    {
        Assert.SkipUnless(PostgresServer.IsHere, "PostgreSQL is not installed (./test --install)");
        using var server = PostgresServer.Own();
        await using var served = await ServedPractice.Open(Directory.CreateTempSubdirectory("deltoid-twins").FullName,
            server.Create());
        for (var i = 0; i < 8; i++) await ChartedClaims.Toradol(served);
        for (var i = 0; i < 4; i++) await ChartedClaims.WithoutNdc(served);
        for (var i = 0; i < 8; i++) await ChartedClaims.Chart(served, "b12-shot-billing");
        await served.AddPerson("ada", Role.Auditor);
        string[] acts = ["assign", "fix", "save", "ask", "send"], twins = ["role", "session", "down", "slow", "zoom"];
        var rows = LongRun.IsOn ? acts.SelectMany(act => twins.Select(twin => $"{act}:{twin}"))
            : acts.Zip(twins, static (act, twin) => $"{act}:{twin}");
        using var database = new Switch(served.Folder, server);
        Journey.Run("twins.mjs", served.Url, TimeSpan.FromMinutes(10),
            ("ROWS", string.Join(' ', rows)), ("SWITCH", database.Path));
        Assert.Equal(0, await served.InStore(static db => db.Postings.SumAsync(static p => p.Cents)));
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }

    [Fact]
    public async Task A_worklist_is_assigned_put_away_undone_and_kept_as_a_view_by_keyboard()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        for (var i = 0; i < 4; i++) await ChartedClaims.Chart(served, "b12-shot-billing");
        await ChartedClaims.Toradol(served);
        Journey.Run("work-moves.mjs", served.Url);
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
        Journey.Run("set-aside.mjs", served.Url, ("CLAIM", $"{claim.Id}"), ("SENT", $"{sent.Id}"));
        Assert.True(await served.InStore(db => db.Overrides.AnyAsync(o => o.ClaimId == claim.Id)));
        Assert.Equal('7', Documents.Claim((await served.InStore(db =>
            db.Claims.SingleAsync(c => c.Id == sent.Id))).Document).Frequency);
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }

    [Fact]
    public async Task Two_people_change_one_claim_and_lose_nothing()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var claim = await ChartedClaims.Chart(served, "b12-shot-billing");
        Journey.Run("two-people.mjs", served.Url);
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
        Journey.Run("ninety.mjs", served.Url);
        var changed = (await Versions(served)).Count(c => before[c.Key] != c.Value);
        Assert.Equal(90, changed);
    }

    static Task<Dictionary<long, int>> Versions(ServedPractice served) => served.InStore(static db =>
        db.Claims.ToDictionaryAsync(static c => c.Id, static c => c.Version));
}
