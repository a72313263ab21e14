using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>Payments that a person looks at: posted whole, taken back whole, held by a rule, matched by hand.</summary>
public sealed class RemittanceDeskTests
{
    static readonly DateTime Now = new(2026, 4, 6, 15, 0, 0, DateTimeKind.Utc);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Charted claims that have left in one file; their numbers.</summary>
    static async Task<List<string>> Send(ServedPractice served, int count)
    {
        for (var i = 0; i < count; i++) await ChartedClaims.Chart(served, "b12-shot-billing");
        return await served.InStore(async db =>
        {
            var claims = await db.Claims.Where(static c => c.Life == ClaimLife.Ready).OrderBy(static c => c.Id)
                .ToListAsync(Stop);
            await Sending.Send(db, claims.ConvertAll(static c => c.Id), Now, Stop);
            return claims.ConvertAll(static c => c.Number);
        });
    }

    static Task<Received> LookAt(ServedPractice served, string name, params PaidSet[] sets) => served.InStore(db =>
        Receiving.Receive(db, ChartedClaims.EngineOf(served), name, PaymentFiles.Write(name.Length, sets), Now,
            isLook: true, null, Stop));

    static Task<List<Remittance>> Post(ServedPractice served, Received received) => served.InStore(db =>
        Remittances.Post(db, ChartedClaims.EngineOf(served),
            [.. received.Remittances.Select(static r => r.Id)], Now, Stop));

    /// <summary>What each account holds, and where each claim stands.</summary>
    static Task<string> Books(ServedPractice served) => served.InStore(async db => string.Join('\n',
        (await db.Postings.GroupBy(static p => new { p.ClaimId, p.Line, p.Account })
            .Select(static g => new { g.Key, Cents = g.Sum(static p => p.Cents) }).ToListAsync(Stop))
        .Where(static s => s.Cents != 0).Select(static s => $"{s.Key}: {s.Cents}")
        .Concat((await db.Claims.AsNoTracking().ToListAsync(Stop))
            .Select(static c => $"{c.Number} {c.Life} {c.Answer}")).Order(StringComparer.Ordinal)));

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task What_is_looked_at_is_posted_taken_back_and_posted_again_to_the_same_books(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var numbers = await Send(served, 2);
        var before = await Books(served);
        var received = await LookAt(served, "look.835", new PaidSet("T1", "20260401",
            [new(numbers[0], "I1"), new(numbers[1], "I2", Shot: 0)], Plb: ("WO", "OTHER", 500)));
        Assert.Equal(RemittanceState.Waiting, Assert.Single(received.Remittances).State);
        Assert.Equal(before, await Books(served));

        Assert.Equal(RemittanceState.Posted, Assert.Single(await Post(served, received)).State);
        var posted = await Books(served);
        Assert.NotEqual(before, posted);
        Assert.Empty(await Post(served, received)); // once

        await served.InStore(db => Remittances.TakeBack(db, ChartedClaims.EngineOf(served), received.File.Id,
            "wrong bank", Now, Stop));
        Assert.Equal(before, await Books(served));
        await Assert.ThrowsAsync<InputException>(() => served.InStore(db => Remittances.TakeBack(db,
            ChartedClaims.EngineOf(served), received.File.Id, "again", Now, Stop)));

        Assert.Equal(RemittanceState.Posted, Assert.Single(await Post(served, received)).State);
        Assert.Equal(posted, await Books(served));
        Assert.Null(await served.InStore(db => db.VerifyEvents(Stop)));
    }

    [Fact]
    public async Task A_claim_whose_second_payment_is_taken_back_is_where_the_first_left_it()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var number = Assert.Single(await Send(served, 1));
        await Post(served, await LookAt(served, "1.835",
            new PaidSet("T1", "20260401", [new(number, "I1", Shot: 0)])));
        var after = await Books(served);
        var second = await LookAt(served, "22.835",
            new PaidSet("T2", "20260402", [new(number, "I1", Shot: 0, Status: 'R'), new(number, "I1")]));
        Assert.Equal(RemittanceState.Posted, Assert.Single(await Post(served, second)).State);
        Assert.NotEqual(after, await Books(served));
        await served.InStore(db => Remittances.TakeBack(db, ChartedClaims.EngineOf(served), second.File.Id, "why",
            Now, Stop));
        Assert.Equal(after, await Books(served));
    }

    [Fact]
    public async Task A_reason_that_the_practice_holds_keeps_a_payment_for_a_person()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var numbers = await Send(served, 2);
        await Assert.ThrowsAsync<InputException>(() => served.InStore(db =>
            Remittances.Hold(db, "", "97", isOn: true, Now, Stop)));
        await served.InStore(db => Remittances.Hold(db, "", "co-197", isOn: true, Now, Stop));
        async Task<Remittance> Came(int n, int paid) => Assert.Single((await served.InStore(db => Receiving.Receive(db,
            ChartedClaims.EngineOf(served), $"{n}.835", PaymentFiles.Write(n, new PaidSet("T" + n, "20260401",
                [new(numbers[n - 1], "I" + n, Shot: paid)])), Now, Stop))).Remittances);
        var held = await Came(1, 0);
        Assert.Equal((RemittanceState.Waiting, $"CO-197 on claim {numbers[0]}"), (held.State, held.Held));
        Assert.Equal(RemittanceState.Posted, (await Came(2, 3_000)).State);
        await served.InStore(db => Remittances.Hold(db, "", "CO-197", isOn: false, Now, Stop));
        Assert.Equal(0, await served.InStore(db => db.HoldRules.CountAsync(Stop)));
        var posted = await served.InStore(db => Remittances.Post(db, ChartedClaims.EngineOf(served), [held.Id], Now,
            Stop));
        Assert.Equal((RemittanceState.Posted, ""), (posted[0].State, posted[0].Held));
    }

    [Fact]
    public async Task A_payment_that_nothing_leads_to_a_claim_is_matched_by_hand_and_posted_on_it()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var number = Assert.Single(await Send(served, 1));
        var received = await LookAt(served, "hand.835", new PaidSet("T1", "20260401",
            [new("OLD-77", "I1", Member: "OTHER", Day: "20260109")]));
        var payment = Assert.Single(received.Remittances);
        async Task<string> ClaimNow() => await served.InStore(async db =>
        {
            var (file, set) = await Remittances.Look(db, ChartedClaims.EngineOf(served), payment, Now, Stop);
            using var _ = file;
            return AnswerJson.Claim(set.GetProperty("claims")[0]);
        });
        Assert.Equal("", await ClaimNow());
        foreach (var wrong in new[] { ("OLD-77", "NO-SUCH"), ("OLD-78", number) })
            await Assert.ThrowsAsync<InputException>(() => served.InStore(db => Remittances.Match(db, payment,
                wrong.Item1, wrong.Item2, Now, Stop)));
        await served.InStore(db => Remittances.Match(db, payment, "OLD-77", number, Now, Stop));
        Assert.Equal(number, await ClaimNow());
        await Post(served, received);
        Assert.Equal(ClaimLife.Closed, await served.InStore(db => db.Claims.Select(static c => c.Life)
            .SingleAsync(Stop)));
    }

    [Fact]
    public async Task A_deposit_finds_its_payment_by_number_and_amount_and_a_doubtful_one_stays_open()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var numbers = await Send(served, 3);
        for (var i = 0; i < 3; i++)
            await LookAt(served, new string('p', i + 1) + ".835",
                new PaidSet("TRACE" + i, "20260401", [new(numbers[i], "I" + i)]));
        await served.InStore(async db =>
        {
            db.Deposits.Add(new() { Day = new(2026, 4, 2), Amount = 4_050, Text = "EFT TRACE1 PAYER" });
            db.Deposits.Add(new() { Day = new(2026, 4, 2), Amount = 4_050, Text = "EFT" }); // one of two
            db.Deposits.Add(new() { Day = new(2026, 6, 2), Amount = 4_050, Text = "TRACE2" }); // too late
            db.Deposits.Add(new() { Day = new(2026, 4, 2), Amount = 4_051, Text = "TRACE0" }); // a cent more
            await db.SaveChangesAsync(Stop);
            Assert.Equal(1, await Deposits.Match(db, Stop));
            var found = await db.Deposits.SingleAsync(static d => d.RemittanceId != null, Stop);
            Assert.Equal("TRACE1", (await db.Remittances.SingleAsync(r => r.Id == found.RemittanceId, Stop)).Trace);
            return 0;
        });
    }

    /// <summary>J6: of twelve files one was received before, one is off by a cent, and one takes money back.</summary>
    [Fact]
    public async Task Twelve_remittances_are_looked_at_and_posted_in_a_browser()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var numbers = await Send(served, 11);
        var paid = numbers.ConvertAll(static n => new PaidSet("T" + n[^2..], "20260401", [new(n, "I" + n)]));
        await Post(served, await LookAt(served, "earlier.835", paid[10]));
        PaidSet[] dropped =
        [
            .. paid[..9], paid[10],
            new("BACK", "20260402", [new(numbers[10], "I" + numbers[10], Status: 'R'),
                new(numbers[10], "I" + numbers[10], Shot: 2_000), .. paid[9].Claims]),
            paid[9] with { Trace = "CENT", Off = 1 },
        ];
        var folder = Directory.CreateTempSubdirectory("deltoid-remittances").FullName;
        for (var i = 0; i < dropped.Length; i++)
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{i:00}.835"), PaymentFiles.Write(100 + i, dropped[i]),
                Stop);
        Journey.Run("remittances.mjs", served.Url, ("FILES", folder));
        Directory.Delete(folder, recursive: true);
        // what came to the bank is what was posted: ten whole, and one by ten dollars less
        Assert.Equal(11 * 4_050 - 1_000, await served.InStore(db => db.Postings
            .Where(static p => p.Account == Account.Cash).SumAsync(static p => p.Cents, Stop)));
        Assert.Equal(0, await served.InStore(db => db.Postings.SumAsync(static p => p.Cents, Stop)));
    }
}
