using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>What people do with money that a payer withheld, and what they must not do.</summary>
public sealed class DenialTests
{
    static readonly DateTime Now = new(2026, 4, 6, 15, 0, 0, DateTimeKind.Utc);

    static readonly DateOnly Today = new(2026, 4, 6);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A claim that was sent, and whose first line was denied with CO-197.</summary>
    static async Task<StoredClaim> Denied(ServedPractice served)
    {
        var claim = await ChartedClaims.Chart(served, "b12-shot-billing");
        return await served.InStore(async db =>
        {
            await Sending.Send(db, [claim.Id], Now, Stop);
            await Receiving.Receive(db, ChartedClaims.EngineOf(served), $"{claim.Number}.835", PaymentFiles.Write(
                (int)claim.Id, new PaidSet("T" + claim.Id, "20260401", [new(claim.Number, "I" + claim.Id, Shot: 0)])),
                Now, Stop);
            return await db.Claims.AsNoTracking().SingleAsync(c => c.Id == claim.Id, Stop);
        });
    }

    static Task<T> Try<T>(ServedPractice served, Func<PracticeDb, Task<T>> act) => served.InStore(act);

    [Fact]
    public async Task A_denied_claim_says_its_cause_its_step_and_its_last_day_and_names_each_step_that_must_not_be()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var claim = await Denied(served);
        Assert.Equal(ClaimLife.Answered, claim.Life);
        Assert.StartsWith("CO-197: ", claim.Why, StringComparison.Ordinal);
        var view = (await Try(served, db => DenialView.Of(db, claim.Id, Today)))!;
        Assert.Equal(("denial", claim.Cause), (view.Kind, view.Cause));
        Assert.Contains(view.Reasons, static r => r.StartsWith("CO-197 (", StringComparison.Ordinal));
        Assert.Equal(10, view.Steps.Count); // all but "nothing", and none is hidden
        Assert.InRange(view.Steps.Count(static s => s.Standing == StepStanding.Proposed), 0, 1);
        Assert.Contains(view.Steps, static s => s is { Action: "bill-patient", Standing: StepStanding.Forbidden,
            Says.Length: > 0 });
        Assert.Equal((3_800, 0), view.Owed);
        var counted = await Try(served, db => db.WorkCounts.Where(w => w.Cause == claim.Cause)
            .SumAsync(static w => w.Claims, Stop));
        Assert.Equal(1, counted); // the worklist groups it by its cause
    }

    [Fact]
    public async Task A_write_off_closes_the_claim_with_its_reason_and_what_is_forbidden_is_refused()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var claim = await Denied(served);
        foreach (var act in new Func<PracticeDb, Task<long>>[]
            {
                db => Denials.BillPatient(db, claim.Id, "the payer will not", Now, Stop), // CO: the patient owes nothing
                db => Denials.WriteOff(db, claim.Id, " ", Now, Stop), db => Denials.WriteOff(db, 999, "x", Now, Stop),
            })
            await Assert.ThrowsAsync<InputException>(() => Try(served, act));
        Assert.Equal(3_800, await Try(served, db => Denials.WriteOff(db, claim.Id, "no number was asked for", Now,
            Stop)));
        await Assert.ThrowsAsync<InputException>(() => Try(served, db => Denials.WriteOff(db, claim.Id, "again", Now,
            Stop)));
        await Try(served, async db =>
        {
            Assert.Equal(ClaimLife.Closed, await db.Claims.Select(static c => c.Life).SingleAsync(Stop));
            Assert.Equal(3_800, await db.Postings.Where(static p => p.Account == Account.WriteOff)
                .SumAsync(static p => p.Cents, Stop));
            Assert.Equal((0, 0), await Ledger.Owed(db, claim.Id, Stop));
            Assert.Equal("no number was asked for", (await db.Events.SingleAsync(static e => e.Act == "write-off",
                Stop)).Why);
            return 0;
        });
    }

    [Fact]
    public async Task An_appeal_is_followed_to_its_outcome_and_the_next_one_is_of_the_next_level()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var claim = await Denied(served);
        Task<Appeal> Send(DateOnly day) => Try(served, db => Denials.SendAppeal(db, claim.Id, day, Now, Stop));
        await Assert.ThrowsAsync<InputException>(() => Send(Today.AddDays(1)));
        Assert.Equal((1, 3_800L), (await Send(Today)) is var first ? (first.Level, first.Asked) : default);
        await Assert.ThrowsAsync<InputException>(() => Send(Today));
        Assert.Equal(Today.AddDays(60), (await Try(served, db => db.Tasks.SingleAsync(Stop))).Due);
        await Try(served, db => Denials.EndAppeal(db, claim.Id, AppealOutcome.Lost, Now, Stop));
        await Assert.ThrowsAsync<InputException>(() => Try(served, db => Denials.EndAppeal(db, claim.Id,
            AppealOutcome.Won, Now, Stop)));
        Assert.Equal(2, (await Send(Today)).Level);
    }

    [Fact]
    public async Task The_letter_says_only_what_the_case_says_or_why_there_is_none()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var (claim, unpaid) = (await Denied(served), await ChartedClaims.Chart(served, "b12-shot-billing"));
        var (letter, why) = await Try(served, db => Denials.LetterOf(db, ChartedClaims.EngineOf(served), claim, Now,
            Stop));
        Assert.Equal(letter is null, why.Length > 0);
        Assert.Equal("no payment of a payer is posted on this claim", (await Try(served, async db =>
            await Denials.LetterOf(db, ChartedClaims.EngineOf(served),
                await db.Claims.AsNoTracking().SingleAsync(c => c.Id == unpaid.Id, Stop), Now, Stop))).Why);
        using var bea = await Browsing.As(served.Url, "bea");
        var page = (await bea.Get($"/claims/{claim.Id}/answer")).Body;
        Assert.Contains("CO-197", page, StringComparison.Ordinal);
        Assert.Contains(claim.Cause, System.Net.WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.DoesNotContain(claim.MemberId.Length > 0 ? claim.MemberId : "1EG4", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_posting_that_is_taken_back_takes_its_denial_with_it()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var claim = await Denied(served);
        await Try(served, async db => await Remittances.TakeBack(db, ChartedClaims.EngineOf(served),
            await db.Remittances.Select(static r => r.FileId).SingleAsync(Stop), "wrong file", Now, Stop));
        var now = await Try(served, db => db.Claims.AsNoTracking().SingleAsync(c => c.Id == claim.Id, Stop));
        Assert.Equal((ClaimLife.Sent, null, ""), (now.Life, now.Answer, now.Cause));
    }

    static Task<RecordedFact> HasAuthorization(ServedPractice served, long claim) => Try(served,
        db => RecordFacts.Add(db, ChartedClaims.EngineOf(served), claim, "authorization-on-file", isSo: true,
            new Dictionary<string, string>
            {
                ["number"] = "A1", ["codes"] = "96372, J3420", ["from"] = "2026-01-01", ["thru"] = "2026-12-31",
            }, "folder of authorizations", Now));

    [Fact]
    public async Task Claims_with_the_same_cause_are_worked_on_together_each_by_its_own_answer()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var (first, second, third) = (await Denied(served), await Denied(served), await Denied(served));
        var other = await ChartedClaims.Chart(served, "b12-shot-billing"); // nobody has answered it
        using var client = await RouteTests.Client(served, Role.Biller);
        foreach (var one in new[] { first, second, third }) await HasAuthorization(served, one.Id);
        var step = (await Try(served, db => DenialView.Of(db, first.Id, Today)))!.Steps
            .First(static s => s.Standing == StepStanding.Proposed).Action;
        var page = await client.GetStringAsync($"/claims/{first.Id}/alike?action={step}", Stop);
        foreach (var one in new[] { first, second, third })
            Assert.Contains(one.Number, page, StringComparison.Ordinal);
        Assert.DoesNotContain(other.Number, page, StringComparison.Ordinal);
        var taken = await Try(served, db => AlikeDenials.Take(db, ChartedClaims.EngineOf(served),
            [first.Id, second.Id, other.Id], step, "it was approved", Today, Now, Stop));
        Assert.Equal([first.Id, second.Id], taken.Claims.Select(static c => c.Id));
        Assert.Equal(other.Id, Assert.Single(taken.Left).Claim.Id);
        taken = await Try(served, db => AlikeDenials.Take(db, ChartedClaims.EngineOf(served), [third.Id],
            "bill-patient", "the payer will not", null, Now, Stop));
        Assert.Empty(taken.Claims); // CO: the patient owes nothing
        Assert.NotEmpty(Assert.Single(taken.Left).Why);
        Assert.Equal((3_800, 0), await Try(served, db => Ledger.Owed(db, third.Id, Stop)));
        Assert.Null(await Try(served, db => db.VerifyEvents(Stop)));
    }

    [Theory]
    [InlineData("write-off", "", null), InlineData("appeal", "", null), InlineData("write-off", "why", "none")]
    public async Task A_step_on_many_claims_is_refused_whole_where_what_it_needs_is_missing(string action, string why,
        string? none)
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var claim = await Denied(served);
        await Assert.ThrowsAsync<InputException>(() => Try(served, db => AlikeDenials.Take(db,
            ChartedClaims.EngineOf(served), none is null ? [claim.Id] : [], action, why, null, Now, Stop)));
        Assert.Equal((3_800, 0), await Try(served, db => Ledger.Owed(db, claim.Id, Stop)));
    }
}
