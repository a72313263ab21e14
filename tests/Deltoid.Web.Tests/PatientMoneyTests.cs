using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>What is the patient's of a claim: billed, paid, taken back, given up; and what a void leaves open.
/// </summary>
public sealed class PatientMoneyTests
{
    static readonly DateTime Now = new(2026, 4, 6, 15, 0, 0, DateTimeKind.Utc);

    static readonly DateOnly Today = new(2026, 4, 6);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A claim that a payer has paid, all but what is the patient's: 30.00, of the shot 3.00 by coinsurance.
    /// </summary>
    static async Task<StoredClaim> Answered(ServedPractice served, string payer = "commercial")
    {
        var claim = await ChartedClaims.Chart(served, "b12-shot-billing", payer);
        await served.InStore(db => Sending.Send(db, [claim.Id], Now, Stop));
        await Receive(served, 1, new PaidShot(claim.Number, "I1", Coinsurance: 300));
        return await Claim(served, claim.Id);
    }

    static async Task Receive(ServedPractice served, int number, params PaidShot[] paid)
    {
        var received = await served.InStore(db => Receiving.Receive(db, ChartedClaims.EngineOf(served),
            $"{number}.835", PaymentFiles.Write(number, new PaidSet("T" + number, "20260401", paid)), Now, Stop));
        var payment = Assert.Single(received.Remittances);
        Assert.True(payment.State == RemittanceState.Posted, payment.Fault);
    }

    static Task<StoredClaim> Claim(ServedPractice served, long id) =>
        served.InStore(db => db.Claims.AsNoTracking().SingleAsync(c => c.Id == id, Stop));

    static Task<(long Payers, long Patient)> Owed(ServedPractice served, long id) =>
        served.InStore(db => Ledger.Owed(db, id, Stop));

    static async Task Balanced(ServedPractice served)
    {
        Assert.Equal(0, await served.InStore(db => db.Postings.SumAsync(static p => p.Cents, Stop)));
        Assert.Null(await served.InStore(db => db.VerifyEvents(Stop)));
    }

    static PatientPayment Check(long cents) => new(cents, Today, "check", "1001");

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task The_patients_share_is_billed_paid_and_the_claim_is_closed(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var claim = await Answered(served);
        Assert.Equal((ClaimLife.Answered, (0L, 300L)), (claim.Life, await Owed(served, claim.Id)));
        Assert.Contains("bill the patient", claim.Why, StringComparison.Ordinal);
        var billed = await served.InStore(db => PatientMoney.Bill(db, claim.Id, Now, Stop));
        Assert.Equal((1, 300L), (billed.Number, billed.Cents));
        Assert.Equal([(1, 3_800L, 3_000L, 500L, 300L, 0L), (2, 1_250L, 1_050L, 200L, 0L, 0L)],
            billed.Lines.Select(static l => (l.Line, l.Charged, l.Plan, l.Off, l.Share, l.Paid)));
        claim = await Claim(served, claim.Id);
        Assert.Equal((Today.AddDays(PatientMoney.DaysToPay), true), (claim.SnoozedUntil, claim.IsSnoozedForNews));

        foreach (var wrong in new[]
            {
                Check(301), Check(0), Check(100) with { Day = Today.AddDays(1) }, Check(100) with { How = "barter" },
                Check(100) with { Reference = " " }, Check(100) with { Day = new(2020, 1, 1) },
            })
            await Assert.ThrowsAsync<InputException>(() => served.InStore(db =>
                PatientMoney.Pay(db, claim.Id, wrong, Today, Now, Stop)));
        await served.InStore(db => PatientMoney.Pay(db, claim.Id, Check(100), Today, Now, Stop));
        Assert.Equal((0, 200), await Owed(served, claim.Id));
        var again = await served.InStore(db => PatientMoney.Bill(db, claim.Id, Now, Stop));
        Assert.Equal((2, 200L, 100L), (again.Number, again.Cents, again.Lines.Sum(static l => l.Paid)));
        var last = await served.InStore(db => PatientMoney.Pay(db, claim.Id, new(200, Today, "cash", ""), Today, Now,
            Stop));
        claim = await Claim(served, claim.Id);
        Assert.Equal((ClaimLife.Closed, null), (claim.Life, claim.SnoozedUntil));
        await Assert.ThrowsAsync<InputException>(() => served.InStore(db => PatientMoney.Bill(db, claim.Id, Now,
            Stop)));

        // what was billed stays as it was; a payment that the bank gave back opens the claim again
        Assert.Equal([300L, 200L], (await served.InStore(db => PatientMoney.Statements(db, claim.Id, Stop)))
            .Select(static s => s.Cents));
        await served.InStore(db => PatientMoney.TakeBack(db, claim.Id, last.Entry, "it bounced", Now, Stop));
        await Assert.ThrowsAsync<InputException>(() => served.InStore(db => PatientMoney.TakeBack(db, claim.Id,
            last.Entry, "again", Now, Stop)));
        Assert.Equal((ClaimLife.Answered, (0L, 200L)), ((await Claim(served, claim.Id)).Life,
            await Owed(served, claim.Id)));
        await served.InStore(db => PatientMoney.WriteOff(db, claim.Id, "hardship", Now, Stop));
        Assert.Equal((ClaimLife.Closed, (0L, 0L)), ((await Claim(served, claim.Id)).Life,
            await Owed(served, claim.Id)));
        await Balanced(served);
    }

    [Fact]
    public async Task A_member_of_Medicaid_is_not_billed()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var claim = await Answered(served, "medicaid");
        Assert.Equal((ClaimLife.Closed, (0L, 0L)), (claim.Life, await Owed(served, claim.Id)));
        // a share that an earlier version put to the patient
        await served.InStore(db => db.Change(_ =>
        {
            Ledger.Move(db, new(claim.Id, 1, "patient", null, Today, Now), Account.Patient, Account.Contractual, 300);
            return Task.FromResult(0);
        }, Stop));
        var refused = await Assert.ThrowsAsync<InputException>(() => served.InStore(db =>
            PatientMoney.Bill(db, claim.Id, Now, Stop)));
        Assert.Contains("must not be billed", refused.Message, StringComparison.Ordinal);
        using var bea = await Browsing.As(served.Url, "bea");
        var page = (await bea.Get($"/claims/{claim.Id}")).Body;
        Assert.DoesNotContain("/statement", page, StringComparison.Ordinal);
        Assert.Contains("patient-bars", page, StringComparison.Ordinal);
        await served.InStore(db => PatientMoney.WriteOff(db, claim.Id, "Medicaid member", Now, Stop));
        Assert.Equal(ClaimLife.Closed, (await Claim(served, claim.Id)).Life);
    }

    [Fact]
    public async Task A_write_off_above_the_limit_is_asked_by_one_person_and_done_by_another()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var claim = await Answered(served);
        await served.InStore(async db =>
        {
            await db.Change(_ =>
            {
                Ledger.Move(db, new(claim.Id, 1, "charge", null, Today, Now), Account.Receivable, Account.Revenue,
                    FourEyes.Limit);
                Ledger.Move(db, new(claim.Id, 1, "patient", null, Today, Now), Account.Patient, Account.Receivable,
                    FourEyes.Limit);
                return Task.FromResult(0);
            }, Stop);
            return 0;
        });
        Task<long> As(long person) => served.InStore(db =>
        {
            db.PersonId = person;
            return PatientMoney.WriteOff(db, claim.Id, "hardship", Now, Stop);
        });
        Assert.Equal(0, await As(1));
        Assert.Equal(FourEyes.Limit + 300, (await Owed(served, claim.Id)).Patient);
        Assert.Equal(PatientMoney.GivenUp, (await served.InStore(db => FourEyes.Asked(db, claim.Id, Stop)))!.Act);
        await Assert.ThrowsAsync<InputException>(() => As(1)); // the same person is not a second one
        Assert.Equal(FourEyes.Limit + 300, await As(2));
        Assert.Equal(ClaimLife.Closed, (await Claim(served, claim.Id)).Life);
        Assert.Null(await served.InStore(db => FourEyes.Asked(db, claim.Id, Stop)));
        Assert.Equal(0, await served.InStore(db => db.Tasks.CountAsync(static t => t.DoneAt == null, Stop)));
        await Balanced(served);
    }

    [Fact]
    public async Task A_biller_finds_the_button_on_the_claim_and_on_the_answer_and_prints_the_statement()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var claim = await Answered(served);
        using var bea = await Browsing.As(served.Url, "bea");
        foreach (var page in new[] { $"/claims/{claim.Id}", $"/claims/{claim.Id}/answer" })
            Assert.Contains($"action=\"/claims/{claim.Id}/statement\"", (await bea.Get(page)).Body,
                StringComparison.Ordinal);
        Assert.Equal(302, (int)(await bea.Send(HttpMethod.Post, $"/claims/{claim.Id}/statement", ("from", "answer")))
            .StatusCode);
        var (_, body) = await bea.Get($"/claims/{claim.Id}/answer");
        Assert.Contains("statement?number=1", body, StringComparison.Ordinal);
        using var pdf = await bea.Send(HttpMethod.Get, $"/claims/{claim.Id}/statement?number=1");
        Assert.Equal("application/pdf", pdf.Content.Headers.ContentType?.MediaType);
        using var none = await bea.Send(HttpMethod.Get, $"/claims/{claim.Id}/statement?number=2");
        Assert.Equal(404, (int)none.StatusCode);
    }

    /// <summary>A void of a paid claim: payers take back what they paid, and nobody owes anything else.</summary>
    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_void_leaves_open_what_was_paid_until_the_payer_takes_it_back(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var engine = ChartedClaims.EngineOf(served);
        var claim = await Answered(served);
        await served.InStore(db => PatientMoney.Pay(db, claim.Id, Check(100), Today, Now, Stop));
        await served.InStore(db => Correcting.Correct(db, engine, claim.Id, '8', Now, Stop));
        Assert.Equal((0, 200), await Owed(served, claim.Id)); // it has not left
        var file = await served.InStore(db => Sending.Send(db, [claim.Id], Now, Stop));
        Assert.Equal((-4_050, -100), await Owed(served, claim.Id));
        Assert.Equal(0, (await Claim(served, claim.Id)).Charge);

        // refused, it never was; sent again, it is again
        await served.InStore(db => Receiving.Receive(db, engine, "r.999",
            Answers.Acknowledgment(file.Control!.Value, 'R'), Now, Stop));
        Assert.Equal(((0L, 200L), 5_050L), (await Owed(served, claim.Id), (await Claim(served, claim.Id)).Charge));
        await served.InStore(db => Sending.Again(db, engine, claim.Id, "enrolled now", Now, Stop));
        Assert.Equal((-4_050, -100), await Owed(served, claim.Id));

        var other = await ChartedClaims.Chart(served, "b12-shot-billing", "commercial");
        await served.InStore(db => Sending.Send(db, [other.Id], Now, Stop));
        await Receive(served, 2, new PaidShot(claim.Number, "I1", Coinsurance: 300, Status: 'R'),
            new PaidShot(other.Number, "I2"));
        Assert.Equal((0, -100), await Owed(served, claim.Id));
        await served.InStore(db => PatientMoney.PayBack(db, claim.Id, Check(100), Today, Now, Stop));
        Assert.Equal((ClaimLife.Closed, (0L, 0L)), ((await Claim(served, claim.Id)).Life,
            await Owed(served, claim.Id)));
        var sums = await served.InStore(async db => (await db.Postings.Where(p => p.ClaimId == claim.Id
            && p.Account != Account.Expected && p.Account != Account.Agreed).GroupBy(static p => p.Account)
            .Select(static g => new { g.Key, Cents = g.Sum(static p => p.Cents) }).ToListAsync(Stop)));
        Assert.All(sums, static s => Assert.Equal(0, s.Cents));
        await Balanced(served);
    }

    [Fact]
    public async Task A_self_pay_claim_is_billed_and_paid_and_no_payer_is_asked_for_a_reopening()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var claim = await ChartedClaims.Chart(served, "b12-shot-billing", "self-pay");
        Assert.Equal((ClaimLife.Closed, (0L, 5_050L)), (claim.Life, await Owed(served, claim.Id)));
        await Assert.ThrowsAsync<InputException>(() => served.InStore(db => Correcting.AskReopening(db, claim.Id, "why",
            Now, Stop)));
        using var bea = await Browsing.As(served.Url, "bea");
        var page = (await bea.Get($"/claims/{claim.Id}")).Body;
        Assert.DoesNotContain("/reopening", page, StringComparison.Ordinal);
        Assert.Contains("/statement", page, StringComparison.Ordinal);
        await served.InStore(db => PatientMoney.Bill(db, claim.Id, Now, Stop));
        await served.InStore(db => PatientMoney.Pay(db, claim.Id, new(5_050, Today, "card", "77"), Today, Now, Stop));
        Assert.Equal((ClaimLife.Closed, (0L, 0L)), ((await Claim(served, claim.Id)).Life,
            await Owed(served, claim.Id)));
        await Balanced(served);
    }
}
