using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>What the store's speed rests on, without a clock: who waits for the disk, and what a query reads.</summary>
public sealed class SpeedTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task People_who_save_together_wait_for_the_disk_together_and_each_is_answered_after_it(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var flush = await served.InStore(static db => Task.FromResult(db is PostgresDb postgres ? postgres.Flush
            : SqliteLog.Of(db.Database.GetDbConnection().DataSource).Flush));
        for (var i = 0; i < 3; i++)
        {
            var before = flush.Flushes;
            await Note(served);
            Assert.True(flush.Flushes > before);
        }
        const int Waiting = 1_000;
        var begun = flush.Flushes;
        await Task.WhenAll(Enumerable.Range(0, Waiting).Select(_ => flush.Wait()).ToList());
        Assert.InRange(flush.Flushes - begun, 1, Waiting / 2);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Note(served), Stop)));
        Assert.Equal(11, await served.InStore(db => db.Events.CountAsync(static e => e.Act == "note", Stop)));
        Assert.Null(await served.InStore(db => db.VerifyEvents(Stop)));
    }

    /// <summary>When the flush is done, nothing that was committed is only in the memory of the server.</summary>
    [Fact]
    public async Task On_PostgreSQL_the_log_is_written_as_far_as_it_went_when_a_change_is_answered()
    {
        await using var served = await ServedPractice.Start(Ground.Postgres);
        for (var i = 0; i < 20; i++)
        {
            var (behind, written) = await served.InStore(async db =>
            {
                var commit = await db.Commit(_ =>
                {
                    db.Record(DateTime.UtcNow, "note", "claim/1");
                    return db.Database.SqlQueryRaw<string>(
                        "SELECT current_setting('synchronous_commit') AS \"Value\"").SingleAsync(Stop);
                }, Stop);
                var at = await db.Database.SqlQueryRaw<string>(
                    "SELECT pg_current_wal_insert_lsn()::text AS \"Value\"").SingleAsync(Stop);
                await db.OnDisk();
                return (commit, await db.Database.SqlQueryRaw<bool>(
                    "SELECT pg_current_wal_flush_lsn() >= {0}::pg_lsn AS \"Value\"", at).SingleAsync(Stop));
            });
            Assert.Equal(("off", true), (behind, written)); // the commit itself did not wait
        }
    }

    static Task<int> Note(ServedPractice served) => served.InStore(db => db.Change(_ =>
    {
        db.Record(DateTime.UtcNow, "note", "claim/1");
        return Task.FromResult(0);
    }, Stop));

    [Fact]
    public async Task Outside_of_a_change_each_commit_waits_for_the_disk_itself()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        foreach (var isOpen in new[] { false, true, false })
            await served.InStore(async db =>
            {
                if (isOpen) await db.Database.OpenConnectionAsync(Stop);
                for (var i = 0; i < 2; i++)
                {
                    await db.Change(async _ =>
                    {
                        Assert.Equal(1, await Synchronous(db));
                        return 0;
                    }, Stop);
                    Assert.Equal(2, await Synchronous(db)); // FULL
                }
                return 0;
            });
    }

    /// <summary>Who waits for the turn takes the connection and the statements of who failed before.</summary>
    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_change_that_fails_among_others_leaves_nothing_and_harms_none(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        const int All = 24;
        var failed = await Task.WhenAll(Enumerable.Range(0, All).Select(i => Task.Run(() => Fails(served, i), Stop)));
        Type? Of(int kind) => Assert.Single(failed.Where((_, i) => i % 4 == kind).Distinct());
        Assert.Null(Of(0));
        Assert.Equal(typeof(InvalidTimeZoneException), Of(1)); // it gave up after its rows were written
        Assert.Equal(typeof(InvalidOperationException), Of(2)); // its postings do not come to zero
        var refused = failed.Where(static (_, i) => i % 4 == 3).ToList(); // each key is there once
        Assert.Single(refused, static f => f is null);
        Assert.Equal(All / 4 - 1, refused.Count(static f => f == typeof(DbUpdateException)));
        await served.InStore(async db =>
        {
            Assert.Equal(2 * (All / 4 + 1), await db.Postings.CountAsync(static p => p.Kind == "tried", Stop));
            Assert.Equal(0, await db.Postings.SumAsync(static p => p.Cents, Stop));
            Assert.Equal(All / 4 + 1, await db.Events.CountAsync(static e => e.Act == "tried", Stop));
            Assert.Equal(1, await db.KeptAnswers.CountAsync(Stop));
            Assert.Null(await db.VerifyEvents(Stop));
            return 0;
        });
    }

    /// <summary>The kind of what went wrong; null where nothing did.</summary>
    static Task<Type?> Fails(ServedPractice served, int i) => served.InStore(async db =>
    {
        var now = DateTime.UtcNow;
        try
        {
            await db.Change(async _ =>
            {
                db.Record(now, "tried", "claim/1");
                Ledger.Move(db, new(null, null, "tried", null, DateOnly.FromDateTime(now), now), Account.Cash,
                    Account.Receivable, 100);
                if (i % 4 == 2) db.NewPostings[0].Cents++;
                if (i % 4 == 3)
                    db.NewAnswers.Add(new()
                    {
                        PersonId = 1, Key = "one", Digest = "", Status = 200, Media = "", Body = [1], At = now,
                    });
                await db.SaveChangesAsync(Stop);
                return i % 4 == 1 ? throw new InvalidTimeZoneException() : 0;
            }, Stop);
            return null;
        }
        catch (Exception e) when (e is InvalidTimeZoneException or InvalidOperationException or DbUpdateException)
        {
            return (Type?)e.GetType();
        }
    });

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task What_is_set_up_is_read_once_and_again_when_anybody_has_changed_it(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var first = await served.InStore(static db => db.SetUp(Stop));
        Assert.Same(first, await served.InStore(static db => db.SetUp(Stop)));
        await Note(served); // a change of something else
        Assert.Same(first, await served.InStore(static db => db.SetUp(Stop)));
        // as another process does it, which no context here knows of
        foreach (var (statement, fees) in new[]
            {
                ("INSERT INTO \"Fees\" (\"PracticeId\", \"Code\", \"Cents\") VALUES (1, 'X0001', 5)", "X0001 5"),
                ("UPDATE \"Fees\" SET \"Cents\" = 6 WHERE \"PracticeId\" = 1 AND \"Code\" = 'X0001'", "X0001 6"),
                ("DELETE FROM \"Fees\" WHERE \"PracticeId\" = 1 AND \"Code\" = 'X0001'", ""),
            })
        {
            await served.InStore(db => db.Database.ExecuteSqlRawAsync(statement, Stop));
            Assert.Equal(fees, await served.InStore(AddedFee));
            Assert.Equal(fees, await served.InStore(db => db.Change(_ => AddedFee(db), Stop)));
        }
        // what a change has set up, it sees itself; where it fails, nobody ever sees it
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => served.InStore(db => db.Change<int>(async _ =>
        {
            Assert.Equal("", await AddedFee(db));
            db.Fees.Add(new() { Code = "X0001", Cents = 7 });
            await db.SaveChangesAsync(Stop);
            Assert.Equal("X0001 7", await AddedFee(db));
            throw new InvalidTimeZoneException();
        }, Stop)));
        Assert.Equal("", await served.InStore(AddedFee));
        // another practice has set up nothing of it
        var other = await served.InStore(db =>
        {
            db.PracticeId = 2;
            return db.SetUp(Stop);
        });
        Assert.Equal((0, 0, 0), (other.Fees.Count, other.Payers.Count, other.Locations.Count));
        Assert.NotEmpty(first.Locations);
    }

    static async Task<string> AddedFee(PracticeDb db) =>
        string.Join(' ', (await db.SetUp(Stop)).Fees.Where(static f => f.Code == "X0001")
            .Select(static f => $"{f.Code} {f.Cents}"));

    static Task<int> Synchronous(PracticeDb db) =>
        db.Database.SqlQueryRaw<int>("SELECT synchronous AS \"Value\" FROM pragma_synchronous").SingleAsync(Stop);

    [Fact]
    public async Task What_belongs_to_a_claim_is_found_by_the_claim_however_much_the_practice_has()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        foreach (var (table, column) in new[]
            {
                ("Postings", "ClaimId"), ("ClaimVersions", "ClaimId"), ("Overrides", "ClaimId"),
                ("LineNumbers", "ClaimId"), ("Tasks", "ClaimId"), ("Movements", "ClaimId"), ("Shots", "ClaimId"),
                ("RecordedFacts", "ClaimId"), ("VisitVersions", "VisitId"), ("StandingOrders", "PatientId"),
                ("Remittances", "FileId"), ("Coverage", "PatientId"), ("Visits", "PatientId"),
            })
            Assert.Contains($"{column}=?", await Plan(served, table, $"\"{column}\" = 5"), StringComparison.Ordinal);
        // fifty rows of a list by their numbers, not all claims of the practice
        Assert.Contains("(rowid=?)", await Plan(served, "Claims", "\"Id\" IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)"),
            StringComparison.Ordinal);
        Assert.Contains("Number=?", await Plan(served, "Claims", "\"Number\" = 'C000001'"), StringComparison.Ordinal);
        Assert.Contains("Subject=?", await Plan(served, "Events", "\"Subject\" = 'claim/5' ORDER BY \"Number\""),
            StringComparison.Ordinal);
    }

    static Task<string> Plan(ServedPractice served, string table, string condition) => served.InStore(async db =>
    {
        await db.Database.OpenConnectionAsync(Stop);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText =
            $"EXPLAIN QUERY PLAN SELECT * FROM \"{table}\" WHERE \"PracticeId\" = 1 AND {condition}";
        await using var plan = await command.ExecuteReaderAsync(Stop);
        var text = "";
        while (await plan.ReadAsync(Stop)) text += plan.GetString(3) + "; ";
        return text;
    });
}
