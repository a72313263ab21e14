using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>What payers pay twice and take back: the books of the claim come to what really happened.</summary>
public sealed class PaidTwiceTests
{
    static readonly DateTime Now = new(2026, 4, 6, 15, 0, 0, DateTimeKind.Utc);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A charted shot (38.00 and 12.50) that has left; its number.</summary>
    static async Task<string> Sent(ServedPractice served)
    {
        await ChartedClaims.Chart(served, "b12-shot-billing");
        return await served.InStore(async db =>
        {
            var claim = await db.Claims.SingleAsync(static c => c.Life == ClaimLife.Ready, Stop);
            await Sending.Send(db, [claim.Id], Now, Stop);
            return claim.Number;
        });
    }

    static Task<Received> Receive(ServedPractice served, string trace, PaidShot[] claims,
        (string, string, int)? kept = null) => served.InStore(db => Receiving.Receive(db,
            ChartedClaims.EngineOf(served), trace + ".835", PaymentFiles.Write(trace[^1],
                new PaidSet(trace, "20260401", claims, Plb: kept)), Now, Stop));

    static Task<(long Payers, long Patient)> Owed(ServedPractice served) => served.InStore(static async db =>
        await Ledger.Owed(db, (await db.Claims.FirstAsync(Stop)).Id, Stop));

    static Task<ClaimLife> Life(ServedPractice served) =>
        served.InStore(static async db => (await db.Claims.OrderBy(static c => c.Id).FirstAsync(Stop)).Life);

    static Task<List<FoundOverpayment>> Found(ServedPractice served) => served.InStore(db =>
        Overpayments.Found(db, ChartedClaims.EngineOf(served), DateOnly.FromDateTime(Now), Stop));

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_second_payment_is_a_credit_of_what_was_paid_and_no_more(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var number = await Sent(served);
        await Receive(served, "T1", [new(number, "I1")]);
        Assert.Equal((0, 0), await Owed(served));
        await Receive(served, "T2", [new(number, "I2")]);
        Assert.Equal((-4_050, 0), await Owed(served)); // not less what the contract took off a second time
        var credit = Assert.Single(await Found(served));
        Assert.Equal((OverpaymentSource.Credit, 4_050), (credit.Source, credit.Cents));

        var entry = await served.InStore(db => Overpayments.Add(db, ChartedClaims.EngineOf(served), credit.Key, "", 0,
            "", DateOnly.FromDateTime(Now), Now, Stop));
        await served.InStore(db => Overpayments.Settle(db, entry.Id, OverpaymentEnd.Refunded,
            DateOnly.FromDateTime(Now), "check 771", Now, Stop));
        Assert.Equal(((0, 0), ClaimLife.Closed), (await Owed(served), await Life(served)));
        await served.InStore(async db =>
        {
            await Outcomes.CatchUp(db, ChartedClaims.EngineOf(served), stop: Stop);
            var outcome = await db.ClaimOutcomes.SingleAsync(Stop);
            Assert.Equal((0, 4_050, null), (outcome.Open, outcome.Received, outcome.CreditSince));
            return 0;
        });
    }

    [Fact]
    public async Task A_recovery_that_names_the_claim_is_on_the_claim_and_goes_back_with_its_payment()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var first = await Sent(served);
        await Receive(served, "T1", [new(first, "I1")]);
        await Receive(served, "T2", [new(first, "I2")]);
        var second = await Sent(served);
        var kept = await Receive(served, "T3", [new(second, "I3")], ("WO", first, 4_050));
        Assert.Equal(RemittanceState.Posted, Assert.Single(kept.Remittances).State);
        Assert.Equal(((0, 0), ClaimLife.Closed), (await Owed(served), await Life(served)));
        Assert.Empty(await Found(served)); // neither a credit, nor money that the payer kept for no claim

        await served.InStore(db => Remittances.TakeBack(db, ChartedClaims.EngineOf(served), kept.File.Id, "wrong",
            Now, Stop));
        Assert.Equal(((-4_050, 0), ClaimLife.Answered), (await Owed(served), await Life(served)));
    }

    [Fact]
    public async Task Interest_beside_a_claim_is_no_money_that_the_payer_kept()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        await Receive(served, "T1", [new(await Sent(served), "I1")], ("L6", "", -137));
        Assert.Empty(await Found(served));
        await Receive(served, "T2", [new(await Sent(served), "I2")], ("WO", "OTHER", 1_500));
        Assert.Equal((OverpaymentSource.TakeBack, 1_500), Assert.Single(await Found(served)) is var one
            ? (one.Source, one.Cents) : default);
    }

    [Fact]
    public async Task A_reversal_and_its_correction_withhold_nothing_and_take_off_what_they_say()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var number = await Sent(served);
        await Receive(served, "T1", [new(number, "I1", Shot: 2_000)]);
        await Receive(served, "T2", [new(number, "I1", Shot: 2_000, Status: 'R'), new(number, "I2")]);
        Assert.Equal(((0, 0), ClaimLife.Closed), (await Owed(served), await Life(served)));
        var off = await served.InStore(static db => db.Postings.Where(static p => p.Account == Account.Contractual)
            .SumAsync(static p => p.Cents, Stop));
        Assert.Equal(1_000, off);
        Assert.Equal(("", ""), await served.InStore(static async db => await db.Claims.Select(static c =>
            new { c.Cause, c.Why }).SingleAsync(Stop) is var c ? (c.Cause, c.Why) : default));
    }

    [Fact]
    public async Task What_was_written_off_is_taken_up_again_when_the_payer_pays_after_all()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var number = await Sent(served);
        var before = await Receive(served, "T1", [new(number, "I1", Shot: 0, Drug: 0)]);
        await served.InStore(async db => await Denials.WriteOff(db, (await db.Claims.SingleAsync(Stop)).Id, "too late",
            Now, Stop));
        Assert.Equal((0, 0), await Owed(served));
        var paid = await Receive(served, "T2", [new(number, "I1", Shot: 0, Drug: 0, Status: 'R'), new(number, "I2")]);
        Assert.Equal(RemittanceState.Posted, Assert.Single(paid.Remittances).State);
        Assert.Equal((0, 0), await Owed(served));
        Assert.Empty(await Found(served));
        Assert.Equal(0, await WrittenOff());
        // taken back, it is written off again
        await served.InStore(db => Remittances.TakeBack(db, ChartedClaims.EngineOf(served), paid.File.Id, "wrong", Now,
            Stop));
        Assert.Equal(5_050, await WrittenOff());
        Assert.NotEqual(before.File.Id, paid.File.Id);

        Task<long> WrittenOff() => served.InStore(static db => db.Postings
            .Where(static p => p.Account == Account.WriteOff).SumAsync(static p => p.Cents, Stop));
    }

    [Fact]
    public async Task The_log_takes_no_more_than_was_paid()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var number = await Sent(served);
        await Receive(served, "T1", [new(number, "I1")]);
        Task<Overpayment> Add(long cents) => served.InStore(db => Overpayments.Add(db, ChartedClaims.EngineOf(served),
            "", number, cents, "a letter of the payer", DateOnly.FromDateTime(Now), Now, Stop));
        Assert.Equal("amount", (await Assert.ThrowsAsync<InputException>(() => Add(4_051))).At);
        Assert.Equal(4_050, (await Add(4_050)).Cents);
    }

    [Fact]
    public async Task A_payment_of_a_claim_that_is_not_known_waits_for_a_person()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var received = await Receive(served, "T1", [new(await Sent(served), "I1"), new("ZZ999", "I2", Member: "M999", Day: "20250601")]);
        var waiting = Assert.Single(received.Remittances);
        Assert.Equal((RemittanceState.Waiting, "claim ZZ999 is not known here"), (waiting.State, waiting.Held));
        Assert.Equal((5_050, 0), await Owed(served));
        await served.InStore(db => Remittances.Post(db, ChartedClaims.EngineOf(served), [waiting.Id], Now, Stop));
        Assert.Equal((0, 0), await Owed(served));
    }

    [Fact]
    public async Task A_payment_that_looks_like_another_is_posted_when_the_payer_says_that_it_is_one()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        await Receive(served, "T1", [new(await Sent(served), "I1")]);
        var second = await Sent(served);
        var twin = Assert.Single((await Receive(served, "T1", [new(second, "I2")])).Remittances);
        Assert.Equal(("quarantine", RemittanceState.Aside), (twin.Verdict, twin.State));
        await Assert.ThrowsAsync<InputException>(() => served.InStore(db =>
            Remittances.IsAnother(db, twin.Id, " ", Now, Stop)));
        await served.InStore(db => Remittances.IsAnother(db, twin.Id, "Ms. Desk, by phone", Now, Stop));
        Assert.Equal(["another payment: Ms. Desk, by phone"], await served.InStore(db => db.Events
            .Where(e => e.Act == "change" && e.Subject == $"remittance/{twin.Id}").Select(static e => e.Why)
            .ToListAsync(Stop)));
        var posted = Assert.Single(await served.InStore(db => Remittances.Post(db, ChartedClaims.EngineOf(served),
            [twin.Id], Now, Stop)));
        Assert.Equal(RemittanceState.Posted, posted.State);
        await Assert.ThrowsAsync<InputException>(() => served.InStore(db =>
            Remittances.IsAnother(db, twin.Id, "again", Now, Stop)));
    }
}
