using System.Text;
using Deltoid.Batch;
using Deltoid.Remits;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>What payers send is taken in once, whole, and as cheaply as what it has to do with.</summary>
public sealed class ReceivingTests
{
    static readonly DateTime Now = new(2026, 4, 6, 15, 0, 0, DateTimeKind.Utc);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Charted claims that have left in one file.</summary>
    static async Task<StoredFile> Send(ServedPractice served, int count)
    {
        for (var i = 0; i < count; i++) await ChartedClaims.Chart(served, "b12-shot-billing");
        return await served.InStore(async db => await Sending.Send(db,
            await db.Claims.Where(static c => c.Life == ClaimLife.Ready).Select(static c => c.Id).ToListAsync(Stop),
            Now, Stop));
    }

    static Task<Received> Receive(ServedPractice served, string name, byte[] bytes) => served.InStore(db =>
        Receiving.Receive(db, ChartedClaims.EngineOf(served), name, bytes, Now, Stop));

    /// <summary>The answer with every claim and every earlier file at hand, as <c>deltoid remit</c> gives it.</summary>
    static async Task<string> WithAll(ServedPractice served, byte[] bytes) => await served.InStore(async db =>
    {
        var sent = new SentClaims();
        foreach (var claim in await db.Claims.Where(static c => c.Life >= ClaimLife.Sent).OrderBy(static c => c.Id)
            .ToListAsync(Stop))
        {
            sent.Add(Documents.Claim(claim.Document));
            sent.All[^1].Chart = await Visits.ChartOf(db, claim, Stop);
        }
        var engine = ChartedClaims.EngineOf(served);
        var run = new RemitRun(engine.Book, sent, await Agreements.All(db, Stop), DateOnly.FromDateTime(Now));
        foreach (var file in await db.Files.Where(static f => f.Kind == "835").OrderBy(static f => f.Id)
            .ToListAsync(Stop))
            run.Survey(Input(file.Content), isEarlier: true, Stop);
        using var answer = Receiving.Answer(engine, run, Input(bytes), Stop);
        return answer.RootElement.GetRawText();
    });

    static async Task<string> WithRelated(ServedPractice served, byte[] bytes) => await served.InStore(async db =>
    {
        using var answer = await Receiving.Judge(db, ChartedClaims.EngineOf(served), Input(bytes),
            Receiving.Survey(Input(bytes), Stop), Now, long.MaxValue, Stop);
        return answer.RootElement.GetRawText();
    });

    static RemitInput Input(byte[] bytes) => new("f.835", () => new MemoryStream(bytes, writable: false));

    [Theory, InlineData(Ground.Sqlite, 1), InlineData(Ground.Sqlite, 2), InlineData(Ground.Postgres, 3)]
    public async Task What_has_to_do_with_a_file_gives_the_answer_that_all_files_give(Ground ground, int seed)
    {
        await using var served = await ServedPractice.Start(ground);
        await Send(served, 8);
        var (random, day, posted, related) = (new Random(seed), new DateOnly(2026, 4, 1), 0, 0);
        var sets = new List<PaidSet>();
        for (var number = 1; number <= 40; number++)
        {
            day = day.AddDays(random.Next(2));
            IReadOnlyList<PaidSet> now = random.Next(6) == 0 ? [Some(random, day, sets), Some(random, day, sets)]
                : [Some(random, day, sets)];
            sets.AddRange(now);
            var bytes = PaymentFiles.Write(number, now);
            var (all, few) = (await WithAll(served, bytes), await WithRelated(served, bytes));
            Assert.Equal(all, few);
            if (few.Contains("payment ", StringComparison.Ordinal)) related++;
            var received = (await Receive(served, $"{number}.835", bytes)).Remittances;
            // a person lets those go of which a claim is not known
            await served.InStore(db => Remittances.Post(db, ChartedClaims.EngineOf(served),
                [.. received.Select(static r => r.Id)], Now, Stop));
            posted += received.Count(static r => r.Verdict is "post" or "post-with-warning");
        }
        Assert.InRange(posted, 10, 60); // and what is posted twice, carried over or taken back is among them
        Assert.InRange(related, 3, 40);
        Assert.Equal(0, await served.InStore(db => db.Postings.SumAsync(static p => p.Cents, Stop)));
    }

    /// <summary>A payment: a new one, one that came before, or one that has to do with one that did.</summary>
    static PaidSet Some(Random random, DateOnly day, List<PaidSet> before)
    {
        if (before.Count > 0 && random.Next(5) == 0)
        {
            var earlier = before[random.Next(before.Count)];
            return random.Next(3) switch
            {
                0 => earlier,
                1 => earlier with { Trace = earlier.Trace + "A" },
                _ => earlier with { Claims = [.. earlier.Claims.Select(static c => c with { Status = 'R' })],
                    Trace = earlier.Trace + "R", Day = Day(day), Plb = null },
            };
        }
        var claims = Enumerable.Range(0, random.Next(1, 4)).Select(_ => SomeClaim(random)).ToList();
        (string, string, int)? plb = random.Next(6) switch
        {
            0 => ("FB", "T" + random.Next(20), -random.Next(1, 4) * 500),
            1 => ("FB", "T" + random.Next(20), random.Next(1, 4) * 500),
            2 => ("WO", "C00000" + random.Next(1, 9), 500),
            _ => null,
        };
        return new("T" + random.Next(60), Day(day), claims, random.Next(4) == 0 ? "1987654321" : "1123456789", plb,
            random.Next(12) == 0 ? 1 : 0);
    }

    static string Day(DateOnly day) => day.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);

    static PaidShot SomeClaim(Random random)
    {
        var number = "C00000" + random.Next(1, 9);
        return new(random.Next(6) switch { 0 => "0", 1 => "X" + random.Next(9), _ => number },
            "ICN" + number[^1] + (random.Next(8) == 0 ? "B" : ""), random.Next(5) == 0 ? 0 : 3_000,
            random.Next(6) == 0 ? 900 : 1_050, "12"[random.Next(5) == 0 ? 1 : 0],
            random.Next(2) == 0 ? number : "", random.Next(8) == 0 ? "OTHER" : "1EG4TE5MK73",
            random.Next(8) == 0 ? "20260109" : "20260302");
    }

    [Fact]
    public async Task A_payment_that_cannot_be_posted_whole_waits_with_its_reason_and_the_others_are_posted()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        await Send(served, 3);
        await Receive(served, "1.835", PaymentFiles.Write(1, new PaidSet("T1", "20260401", [new("C000001", "I1")])));
        var again = await Receive(served, "2.835", PaymentFiles.Write(2,
            new PaidSet("T1", "20260401", [new("C000002", "I2")]),
            new PaidSet("T2", "20260401", [new("C000003", "I3")], Off: 1),
            new PaidSet("T3", "20260401", [new("C000003", "I3")])));
        Assert.Equal(["quarantine", "quarantine", "post"], again.Remittances.Select(static r => r.Verdict));
        Assert.Contains("same number, amount and day", again.Remittances[0].Fault, StringComparison.Ordinal);
        Assert.Equal(8_100, await served.InStore(db => db.Postings.Where(static p => p.Account == Account.Cash)
            .SumAsync(static p => p.Cents, Stop)));
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task The_same_file_again_is_one_file_however_it_is_named_or_wrapped_and_whenever_it_comes(
        Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        await Send(served, 1);
        var bytes = PaymentFiles.Write(1, new PaidSet("T1", "20260401", [new("C000001", "I1")]));
        var first = await Receive(served, "first.835", bytes);
        Assert.Equal("C000001 40.50", await Inside(served, first.File));
        var postings = await served.InStore(db => db.Postings.CountAsync(Stop));
        var wrapped = Encoding.ASCII.GetString(bytes).Replace("~", "~\r\n", StringComparison.Ordinal);
        foreach (var (name, text, days) in new[] { ("first.835", bytes, 0), ("other.txt", bytes, 1),
            ("wrapped.835", Encoding.ASCII.GetBytes(wrapped), 2), ("late.835", bytes, 400) })
        {
            var again = await served.InStore(db => Receiving.Receive(db, ChartedClaims.EngineOf(served), name, text,
                Now.AddDays(days), Stop));
            Assert.Equal((false, first.File.Id), (again.IsNew, again.File.Id));
        }
        var numbered = PaymentFiles.Write(7, new PaidSet("T1", "20260401", [new("C000001", "I1")]));
        Assert.Equal("already-received", (await Receive(served, "numbered.835", numbered)).Remittances[0].Verdict);
        Assert.Equal(postings, await served.InStore(db => db.Postings.CountAsync(Stop)));
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_277CA_accepts_one_claim_and_sends_the_other_back_with_its_reason(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var file = await Send(served, 2);
        var received = await Receive(served, "a.277", Answers.Status(file.Control!.Value,
            ("C000001", "A2:20", "WQ"), ("C000002", "A3:164:IL", "U")));
        Assert.Equal("277CA", received.File.Kind);
        Assert.Equal("C000001 0.00, C000002 0.00", await Inside(served, received.File));
        Assert.Equal("C000001 0.00, C000002 0.00", await Inside(served, file));
        var claims = await Claims(served);
        Assert.Equal([ClaimLife.Accepted, ClaimLife.Rejected], claims.Select(static c => c.Life));
        Assert.Contains("A3 164 IL", claims[1].Why, StringComparison.Ordinal);
        Assert.StartsWith("rejected: ", claims[1].Cause, StringComparison.Ordinal);
        Assert.Equal((3, 3), (claims[0].Version, claims[1].Version));
        Assert.False((await Receive(served, "b.277", received.File.Content)).IsNew);
        Assert.Equal(3, (await Claims(served))[1].Version);
    }

    static Task<List<StoredClaim>> Claims(ServedPractice served) =>
        served.InStore(db => db.Claims.AsNoTracking().OrderBy(static c => c.Id).ToListAsync(Stop));

    [Theory, InlineData('A', ClaimLife.Sent), InlineData('E', ClaimLife.Sent), InlineData('R', ClaimLife.Rejected)]
    public async Task A_999_sends_claims_back_only_when_their_set_was_refused(char verdict, ClaimLife life)
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var file = await Send(served, 2);
        var received = await Receive(served, "a.999", Answers.Acknowledgment(file.Control!.Value, verdict));
        Assert.Equal("999", received.File.Kind);
        var claims = await Claims(served);
        Assert.All(claims, c => Assert.Equal((life, 3), (c.Life, c.Version)));
        Assert.Equal("C000001 0.00, C000002 0.00", await Inside(served, received.File));
    }

    [Fact]
    public async Task A_TA1_sends_all_claims_of_the_file_back_and_an_answer_about_an_earlier_sending_none()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var file = await Send(served, 2);
        var received = await Receive(served, "a.ta1", Answers.Interchange(file.Control!.Value, 'R'));
        Assert.Equal("C000001 0.00, C000002 0.00", await Inside(served, received.File));
        Assert.All(await Claims(served), static c => Assert.Equal(ClaimLife.Rejected, c.Life));
        await served.InStore(db => db.Claims.ExecuteUpdateAsync(
            static set => set.SetProperty(static c => c.Life, ClaimLife.Ready), Stop));
        await served.InStore(async db => await Sending.Send(db,
            await db.Claims.Select(static c => c.Id).ToListAsync(Stop), Now, Stop));
        var late = await Receive(served, "late.999", Answers.Acknowledgment(file.Control!.Value, 'R'));
        Assert.All(await Claims(served), static c => Assert.Equal(ClaimLife.Sent, c.Life));
        Assert.Equal("", await Inside(served, late.File)); // it answered none of them
    }

    /// <summary>The claims on the page of a file, with what it paid.</summary>
    static async Task<string> Inside(ServedPractice served, StoredFile file) => string.Join(", ",
        (await served.InStore(db => FileInside.Of(db, file.Id, Stop)))!.Claims.Select(static c => string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"{c.Claim.Number} {c.Paid / 100m:0.00}")));
}
