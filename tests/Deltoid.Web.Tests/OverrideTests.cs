using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;
using static Deltoid.Web.Tests.ChartedClaims;

namespace Deltoid.Web.Tests;

/// <summary>What a person sets aside: how long it counts, and what cannot be set aside.</summary>
public sealed class OverrideTests
{
    static readonly DateTime Now = new(2026, 3, 20, 15, 0, 0, DateTimeKind.Utc);
    static readonly DateOnly Today = new(2026, 3, 20);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static Task<List<Proposal>> Counting(ServedPractice served, long id) => served.InStore(async db =>
    {
        var stored = await db.Claims.AsNoTracking().SingleAsync(c => c.Id == id, Stop);
        return ClaimView.Counting(new Proposals(EngineOf(served), await Visits.DocumentOf(db, stored))
            .Of(Documents.Claim(stored.Document)), await Overrides.Of(db, id, Stop));
    });

    static Task<StoredClaim> Claim(ServedPractice served, long id) =>
        served.InStore(db => db.Claims.AsNoTracking().SingleAsync(c => c.Id == id, Stop));

    /// <summary>A visit beside a shot, without 25: some plans pay both all the same.</summary>
    static Task<StoredClaim> Without25(ServedPractice served) =>
        Chart(served, "ketorolac-new-patient", mistakes: ("line.1.modifiers", ""));

    /// <summary>Sets everything of the claim aside that may be.</summary>
    static async Task AllAside(ServedPractice served, long id, DateOnly until)
    {
        var version = (await Claim(served, id)).Version;
        foreach (var problem in await Counting(served, id))
            await served.InStore(db => Overrides.SetAside(db, EngineOf(served), id, version, problem.Key,
                "the plan said so on the phone", until, Now, Stop));
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_claim_whose_findings_are_set_aside_leaves_and_the_story_says_why(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var claim = await Without25(served);
        var before = await Counting(served, claim.Id);
        Assert.NotEmpty(before);
        await AllAside(served, claim.Id, Today.AddDays(30));
        Assert.Empty(await Counting(served, claim.Id));
        var ready = await Claim(served, claim.Id);
        Assert.Equal((ClaimLife.Ready, 0, claim.Version), (ready.Life, ready.Errors, ready.Version));
        Assert.Equal("837", (await served.InStore(db => Sending.Send(db, [claim.Id], Now, Stop))).Kind);
        var events = await served.InStore(db => db.Events.Where(static e => e.Act == "set-aside").ToListAsync(Stop));
        Assert.Equal(before.Count, events.Count);
        Assert.All(events, static e => Assert.Equal("the plan said so on the phone", e.Why));
        Assert.Null(await served.InStore(static db => db.VerifyEvents(Stop)));
    }

    [Fact]
    public async Task It_comes_back_when_its_time_is_over_and_until_then_the_claim_cannot_slip_out()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var claim = await Without25(served);
        await AllAside(served, claim.Id, Today.AddDays(2));
        await served.InStore(async db =>
        {
            await Worklist.Wake(db, EngineOf(served), Today.AddDays(2), Now.AddDays(2), Stop);
            return 0;
        });
        Assert.Equal(ClaimLife.Ready, (await Claim(served, claim.Id)).Life); // its last day counts
        await Assert.ThrowsAsync<InputException>(() => served.InStore(db =>
            Sending.Send(db, [claim.Id], Now.AddDays(3), Stop)));
        await served.InStore(async db =>
        {
            await Worklist.Wake(db, EngineOf(served), Today.AddDays(3), Now.AddDays(3), Stop);
            return 0;
        });
        Assert.Equal((ClaimLife.Held, claim.Errors), ((await Claim(served, claim.Id)) is var held
            ? (held.Life, held.Errors) : default));
        Assert.Equal(await served.InStore(db => db.Overrides.CountAsync(Stop)),
            await served.InStore(db => db.Events.CountAsync(static e => e.Act == "count-again", Stop)));
    }

    [Fact]
    public async Task It_comes_back_with_each_change_of_the_claim_and_when_it_is_taken_back()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var engine = EngineOf(served);
        var claim = await Without25(served);
        await AllAside(served, claim.Id, Today.AddDays(30));
        var edited = await served.InStore(db => Editing.Save(db, engine, claim.Id, claim.Version,
            new Dictionary<string, string> { ["authorization"] = "A-7" }, Now, stop: Stop));
        Assert.Equal(ClaimLife.Held, edited.Claim.Life);
        Assert.NotEmpty(await Counting(served, claim.Id));

        await AllAside(served, claim.Id, Today.AddDays(30));
        Assert.Equal(ClaimLife.Ready, (await Claim(served, claim.Id)).Life);
        var one = await served.InStore(async db => (await Overrides.Of(db, claim.Id, Stop))[0]);
        await served.InStore(db => Overrides.TakeBack(db, engine, claim.Id, one.Id, Now, Stop));
        Assert.Equal(one.Key, Assert.Single(await Counting(served, claim.Id)).Key);
        Assert.Equal(ClaimLife.Held, (await Claim(served, claim.Id)).Life);
    }

    [Fact]
    public async Task What_the_front_door_refuses_and_what_has_no_reason_is_not_set_aside()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var engine = EngineOf(served);
        // a code that does not exist is refused before anybody judges the claim
        var claim = await Chart(served, "b12-shot-billing", "medicare", ("line.2.ndcQuantity", ""), ("line.1.code", ""));
        var refused = (await Counting(served, claim.Id)).Find(static p => !p.MayBeSetAside);
        Assert.NotNull(refused);
        async Task Fails(string key, string reason, int version, int days, long id) =>
            await Assert.ThrowsAsync<InputException>(() => served.InStore(db => Overrides.SetAside(db, engine,
                id, version, key, reason, Today.AddDays(days), Now, Stop)));
        await Fails(refused.Key, "a good reason", claim.Version, 30, claim.Id);
        var other = await Without25(served);
        // nor what bills units that were not given
        var units = await Toradol(served);
        var wrong = (await Counting(served, units.Id)).Find(static p => p.Name == "units-disagree-with-dose");
        Assert.False(wrong!.MayBeSetAside);
        await Fails(wrong.Key, "a good reason", units.Version, 30, units.Id);
        var key = (await Counting(served, other.Id))[0].Key;
        await Fails(key, "  ", other.Version, 30, other.Id);
        await Fails(key, "a good reason", other.Version, -1, other.Id);
        await Fails(key, "a good reason", other.Version, Overrides.MostDays + 1, other.Id);
        await Fails("0123456789abcdef", "a good reason", other.Version, 30, other.Id);
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => served.InStore(db => Overrides.SetAside(db,
            engine, other.Id, other.Version - 1, key, "a good reason", Today.AddDays(30), Now, Stop)));
        Assert.Equal(0, await served.InStore(db => db.Overrides.CountAsync(Stop)));
    }
}
