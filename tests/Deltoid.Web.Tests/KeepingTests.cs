using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>What many do at one time is kept once each, in order; what is written once stays.</summary>
public sealed class KeepingTests
{
    static readonly DateTime Now = new(2026, 4, 6, 15, 0, 0, DateTimeKind.Utc);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task The_database_guards_every_table_that_is_written_once(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        await served.InStore(async db =>
        {
            var guards = await db.Database.SqlQueryRaw<string>(ground == Ground.Sqlite
                ? "SELECT name AS \"Value\" FROM sqlite_master WHERE type = 'trigger'"
                : "SELECT tgname AS \"Value\" FROM pg_trigger WHERE NOT tgisinternal").ToListAsync(Stop);
            var tables = db.Model.GetEntityTypes().Where(static t => t.ClrType.IsAssignableTo(typeof(WrittenOnce)))
                .Select(static t => t.GetTableName()!).ToList();
            Assert.InRange(tables.Count, 6, 40);
            Assert.All(tables, table => Assert.True(guards.Contains(table + "_change")
                && guards.Contains(table + "_remove"), table));
            return 0;
        });
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_job_that_a_hundred_ask_for_at_a_time_is_one(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var key = Guid.NewGuid();
        var jobs = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => served.InStore(db =>
            Jobs.Ask(db, new() { Key = key, Kind = JobKind.TakeIn, Name = "x", At = Now }, [1], Stop)), Stop)));
        Assert.Single(jobs.Select(static j => j.Id).Distinct());
        Assert.Equal((1, 1), await served.InStore(async db =>
            (await db.Jobs.CountAsync(Stop), await db.Uploads.CountAsync(Stop))));
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task Many_writers_of_one_claim_leave_versions_without_gaps_and_balanced_books(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var claim = await ChartedClaims.Chart(served, "b12-shot-billing");
        var (writers, updates, saved) = (LongRun.Count(8, 50), LongRun.Count(6, 1_000), 0);
        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            var random = new Random(writer);
            for (var i = 0; i < updates; i++)
            {
                var charge = FormattableString.Invariant($"{random.Next(1, 900)}.{random.Next(10, 99)}");
                var version = await served.InStore(db => db.Claims.Select(static c => c.Version).SingleAsync(Stop));
                var edited = await served.InStore(db => Editing.Save(db, ChartedClaims.EngineOf(served), claim.Id,
                    version, new Dictionary<string, string> { ["line.1.charge"] = charge }, Now, stop: Stop));
                if (edited is { IsSaved: true, Changes.Count: > 0 }) Interlocked.Increment(ref saved);
            }
        }, Stop)));
        await served.InStore(async db =>
        {
            var after = await db.Claims.AsNoTracking().SingleAsync(Stop);
            Assert.Equal(saved + 1, after.Version);
            Assert.Equal(Enumerable.Range(1, after.Version), await db.ClaimVersions.OrderBy(static v => v.Version)
                .Select(static v => v.Version).ToListAsync(Stop));
            Assert.Equal((after.Charge, 0), await Ledger.Owed(db, claim.Id, Stop));
            Assert.All(await db.Postings.GroupBy(static p => p.Entry).Select(static g => g.Sum(static p => p.Cents))
                .ToListAsync(Stop), static sum => Assert.Equal(0, sum));
            Assert.Null(await db.VerifyEvents(Stop));
            return 0;
        });
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public async Task Charges_payments_and_take_backs_in_any_order_balance_to_the_cent(int seed)
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var random = new Random(seed);
        var claim = await ChartedClaims.Chart(served, "b12-shot-billing", "commercial");
        await served.InStore(db => Sending.Send(db, [claim.Id], Now, Stop));
        var (paid, taken, given) = (0L, new List<PaidShot>(), 0L);
        for (var step = 1; step <= LongRun.Count(25, 300); step++)
        {
            var shot = taken.Count > 0 && random.Next(3) == 0 ? taken[^1] with { Status = 'R' }
                : new PaidShot(claim.Number, "I" + step, random.Next(0, 3_800), random.Next(0, 1_250));
            if (shot.IsReversal) taken.RemoveAt(taken.Count - 1);
            else taken.Add(shot);
            var received = await served.InStore(db => Receiving.Receive(db, ChartedClaims.EngineOf(served),
                $"{step}.835", PaymentFiles.Write(step, new PaidSet("T" + step, "20260401", [shot])), Now, Stop));
            if (received.Remittances[0].Verdict is "post" or "post-with-warning") paid += shot.Paid;
            var sums = await served.InStore(db => db.Postings.GroupBy(static p => p.Account)
                .Select(static g => new { g.Key, Cents = g.Sum(static p => p.Cents) }).ToDictionaryAsync(
                    static g => g.Key, static g => g.Cents, Stop));
            given = sums.GetValueOrDefault(Account.Contractual);
            Assert.Equal(0, sums.Values.Sum());
            Assert.Equal(paid, sums.GetValueOrDefault(Account.Cash));
            Assert.Equal((await served.InStore(db => db.Claims.Select(static c => c.Charge).SingleAsync(Stop)))
                - paid - given, (await served.InStore(db => Ledger.Owed(db, claim.Id, Stop))).Payers);
        }
        Assert.NotEqual(0, given);
    }
}
