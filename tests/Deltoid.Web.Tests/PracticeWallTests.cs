using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Deltoid.Web.Tests;

/// <summary>No statement reaches rows of another practice, whoever wrote it.</summary>
public sealed class PracticeWallTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Two practices beside the sample's, each with a patient.</summary>
    static async Task<List<long>> Others(ServedPractice served) => await served.InStore(async db =>
    {
        var others = new List<long>();
        foreach (var name in new[] { "Second", "Third" })
        {
            db.PracticeId = 0;
            var practice = new Practice
            {
                Name = name, Npi = "1234567893", TaxId = "1",
                Address = new() { Line = "1", City = "X", State = "IL", Zip = "62701" },
            };
            db.Practices.Add(practice);
            await db.SaveChangesAsync(Stop);
            db.PracticeId = practice.Id;
            db.Patients.Add(new() { Family = name, Given = "Pat", Sex = "U",
                Address = new() { Line = "1", City = "X", State = "IL", Zip = "62701" } });
            await db.SaveChangesAsync(Stop);
            others.Add(practice.Id);
        }
        return others;
    });

    [Fact]
    public async Task PostgreSQL_shows_a_connection_the_rows_of_the_practice_that_it_names()
    {
        await using var served = await ServedPractice.Start(Ground.Postgres);
        var others = await Others(served);
        await using var raw = new NpgsqlConnection(served.Postgres);
        await raw.OpenAsync(Stop);
        var tables = await Column(raw, """
            SELECT DISTINCT table_name::text FROM information_schema.columns
            WHERE table_schema = 'public' AND column_name IN ('PracticeId', 'UserId')
            """);
        Assert.True(tables.Count > 15, string.Join(' ', tables));
        // a table that was made without its policy would be open
        Assert.Equal(tables.Append("Practices").Order(StringComparer.Ordinal), (await Column(raw,
            "SELECT relname::text FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"))
            .Order(StringComparer.Ordinal));
        foreach (var table in tables.Append("Practices"))
            Assert.Equal(0L, await Scalar(raw, $"SELECT count(*) FROM \"{table}\""));
        foreach (var practice in others.Prepend(1))
        {
            await Scalar(raw, $"SELECT set_config('deltoid.practice', '{practice}', false)");
            foreach (var table in tables.Where(static t => !t.StartsWith("AspNetUser", StringComparison.Ordinal)))
                Assert.Equal(0L, await Scalar(raw,
                    $"SELECT count(*) FROM \"{table}\" WHERE \"PracticeId\" <> {practice}"));
            Assert.Equal(practice == 1 ? 2L : 1L, await Scalar(raw, "SELECT count(*) FROM \"Patients\""));
            Assert.Equal(1L, await Scalar(raw, "SELECT count(*) FROM \"Practices\""));
            Assert.Equal(practice == 1 ? 3L : 0L, await Scalar(raw, "SELECT count(*) FROM \"AspNetUsers\""));
        }
        // as the last one: nothing of the first is changed, and nothing is put among its rows
        Assert.Equal(0, await Execute(raw, "UPDATE \"Patients\" SET \"Family\" = 'x' WHERE \"PracticeId\" = 1"));
        Assert.Equal(0, await Execute(raw, "DELETE FROM \"Fees\" WHERE \"PracticeId\" = 1"));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => Execute(raw,
            "INSERT INTO \"Fees\" (\"PracticeId\", \"Code\", \"Cents\") VALUES (1, 'J0001', 1)"));
        Assert.Equal("42501", refused.SqlState);
        // before anybody has signed in, practice 0 is named: it has no rows
        await Scalar(raw, "SELECT set_config('deltoid.practice', '0', false)");
        foreach (var insert in new[]
            {
                "\"Fees\" (\"PracticeId\", \"Code\", \"Cents\") VALUES (0, 'J0001', 1)",
                "\"LineNumbers\" (\"PracticeId\", \"ClaimId\", \"Control\") VALUES (0, 1, 'x')",
            })
            refused = await Assert.ThrowsAsync<PostgresException>(() => Execute(raw, "INSERT INTO " + insert));
        Assert.Equal(PostgresErrorCodes.CheckViolation, refused.SqlState);
    }

    [Fact]
    public async Task A_connection_of_PostgreSQL_forgets_the_practice_when_it_goes_back_to_its_pool()
    {
        await using var served = await ServedPractice.Start(Ground.Postgres);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(2, await served.InStore(static db => db.Patients.CountAsync(Stop)));
            Assert.Equal(0, await served.InStore(static db =>
            {
                db.PracticeId = 0;
                return db.Patients.IgnoreQueryFilters().Where(static p => p.PracticeId == 1L).CountAsync(Stop);
            }));
        }
        await using var pooled = new NpgsqlConnection(served.Postgres);
        await pooled.OpenAsync(Stop);
        Assert.Equal(0L, await Scalar(pooled, "SELECT count(*) FROM \"Patients\""));
    }

    [Fact]
    public async Task PostgreSQL_follows_when_the_practice_changes_within_a_transaction()
    {
        await using var served = await ServedPractice.Start(Ground.Postgres);
        var others = await Others(served);
        await served.InStore(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Stop);
            Assert.Equal(2, await db.Patients.CountAsync(Stop));
            db.PracticeId = others[0];
            Assert.Equal("Second", (await db.Patients.SingleAsync(Stop)).Family);
            return 0;
        });
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_statement_that_forgets_the_practice_is_refused(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        await served.InStore(async db =>
        {
            // the filter left out, in a query, below a join, in a change of many rows, and by hand
            foreach (var forgotten in new Func<Task>[]
                {
                    () => db.Patients.IgnoreQueryFilters().ToListAsync(Stop),
                    () => db.Claims.IgnoreQueryFilters().AnyAsync(static c => c.Id == 1, Stop),
                    () => db.Patients.IgnoreQueryFilters().Include(static p => p.Coverages).ToListAsync(Stop),
                    () => db.Users.Join(db.Shots.IgnoreQueryFilters(), static u => u.Id, static s => s.Id,
                        static (u, _) => u).ToListAsync(Stop),
                    () => db.Fees.IgnoreQueryFilters().ExecuteDeleteAsync(Stop),
                    () => db.Fees.IgnoreQueryFilters().ExecuteUpdateAsync(
                        static set => set.SetProperty(static f => f.Cents, 1), Stop),
                    () => db.Fees.FromSqlRaw("SELECT * FROM \"Fees\"").IgnoreQueryFilters().ToListAsync(Stop),
                    () => db.Database.ExecuteSqlRawAsync("UPDATE \"Fees\" SET \"Cents\" = 1", Stop),
                    () => db.Database.ExecuteSqlRawAsync("DELETE FROM Fees", Stop),
                    () => db.Database.ExecuteSqlRawAsync("UPDATE \"Fees\" SET \"PracticeId\" = 1", Stop),
                    () => db.Database.SqlQueryRaw<long>("SELECT \"Id\" AS \"Value\" FROM \"Fees\"").ToListAsync(Stop),
                })
                await Assert.ThrowsAsync<PracticeForgottenException>(forgotten);
            // what names it goes through
            Assert.Equal(2, await db.Patients.Include(static p => p.Coverages).CountAsync(Stop));
            Assert.Equal(1, await db.Fees.Where(static f => f.Code == "J1030").ExecuteDeleteAsync(Stop));
            var patient = await db.Patients.FirstAsync(Stop);
            await db.Entry(patient).ReloadAsync(Stop); // a row of the practice, read again by its number
            return 0;
        });
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_row_of_another_practice_is_not_changed_under_a_false_flag(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var others = await Others(served);
        await served.InStore(async db =>
        {
            db.PracticeId = others[0];
            var theirs = new Fee { Id = 1, PracticeId = others[0], Code = "96372", Cents = 3800 };
            db.Fees.Attach(theirs).Entity.Cents = 1;
            await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync(Stop));
            db.ChangeTracker.Clear();
            db.Fees.Remove(new() { Id = 1, PracticeId = others[0], Code = "96372", Cents = 3800 });
            await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync(Stop));
            return 0;
        });
        Assert.Equal(3800, await served.InStore(static db => db.Fees.Where(static f => f.Id == 1)
            .Select(static f => f.Cents).SingleAsync(Stop)));
    }

    static async Task<List<string>> Column(NpgsqlConnection raw, string sql)
    {
        await using var command = new NpgsqlCommand(sql, raw);
        await using var reader = await command.ExecuteReaderAsync(Stop);
        var found = new List<string>();
        while (await reader.ReadAsync(Stop)) found.Add(reader.GetString(0));
        return found;
    }

    static async Task<object?> Scalar(NpgsqlConnection raw, string sql)
    {
        await using var command = new NpgsqlCommand(sql, raw);
        return await command.ExecuteScalarAsync(Stop);
    }

    static async Task<int> Execute(NpgsqlConnection raw, string sql)
    {
        await using var command = new NpgsqlCommand(sql, raw);
        return await command.ExecuteNonQueryAsync(Stop);
    }
}
