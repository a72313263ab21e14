using System.Globalization;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Deltoid.WebBench;

/// <summary>
/// Rows of claims as a large practice has them: most are closed, a few causes make most of the rest, half belong to
/// somebody. A seed decides them all. SQLite gets them by a prepared statement, PostgreSQL by binary COPY.
/// </summary>
sealed class ManyClaims(long practice, long[] patients, long[] payers, long[] people)
{
    const int Causes = 40, Seed = 20261129;

    static readonly (ClaimLife Life, int Percent)[] Lives =
    [
        (ClaimLife.Closed, 55), (ClaimLife.Answered, 15), (ClaimLife.Sent, 10), (ClaimLife.Held, 8),
        (ClaimLife.Accepted, 5), (ClaimLife.Ready, 4), (ClaimLife.Rejected, 3),
    ];

    static readonly string[] Columns =
    [
        "PracticeId", "Number", "PatientId", "PayerId", "ServiceDate", "Charge", "Life", "Version", "Document",
        "Errors", "Warnings", "Cause", "Why", "Missing", "FileBy", "Rank", "OwnerId", "SnoozedUntil",
        "IsSnoozedForNews",
    ];

    readonly Random random = new(Seed);

    public static string Cause(int number) => $"cause-{number:00}";

    public static IEnumerable<string> AllCauses => Enumerable.Range(0, Causes).Select(Cause);

    /// <summary>One in front of the others: the first is half of all, the next half of the rest.</summary>
    int Skewed(int count) => Math.Min(count - 1, (int)Math.Log2(1 / (1 - random.NextDouble())) + random.Next(3));

    StoredClaim Next(int number, DateOnly today)
    {
        var (life, percent) = (ClaimLife.Closed, random.Next(100));
        foreach (var (of, share) in Lives)
            if ((percent -= share) < 0) { life = of; break; }
        var day = today.AddDays(life == ClaimLife.Closed ? -random.Next(30, 2000) : -random.Next(1, 200));
        var isFaulty = life is ClaimLife.Held or ClaimLife.Rejected or ClaimLife.Answered;
        var claim = new StoredClaim
        {
            PracticeId = practice, Number = string.Create(CultureInfo.InvariantCulture, $"M{number:0000000}"),
            PatientId = patients[random.Next(patients.Length)], PayerId = payers[Skewed(payers.Length)],
            ServiceDate = day, Charge = random.Next(1_000, 90_000), Life = life, Version = 1, Document = "{}",
            Errors = isFaulty ? 1 + random.Next(3) : 0, Cause = isFaulty ? Cause(Skewed(Causes)) : "",
            Why = isFaulty ? "Line 2: what is missing, in a sentence as long as those of the editor are." : "",
            FileBy = random.Next(20) == 0 ? null : day.AddDays(365),
            OwnerId = life == ClaimLife.Closed || random.Next(2) == 0 ? null : people[Skewed(people.Length)],
            SnoozedUntil = life != ClaimLife.Closed && random.Next(30) == 0 ? today.AddDays(1 + random.Next(60)) : null,
        };
        claim.Rank = Ranking.Of(claim);
        return claim;
    }

    public async Task Fill(PracticeDb db, int count, DateOnly today)
    {
        await db.Database.OpenConnectionAsync();
        if (db.Database.GetDbConnection() is NpgsqlConnection postgres) await Copy(postgres, count, today);
        else await Insert((SqliteConnection)db.Database.GetDbConnection(), count, today);
        foreach (var sql in db is PostgresDb ? new[] { "VACUUM (ANALYZE) \"Claims\"", "VACUUM (ANALYZE) \"WorkCounts\"",
            "ANALYZE" } : ["PRAGMA wal_checkpoint(TRUNCATE)"])
            await db.Database.ExecuteSqlRawAsync(sql);
    }

    static string Names => string.Join(", ", Columns.Select(static c => $"\"{c}\""));

    async Task Copy(NpgsqlConnection connection, int count, DateOnly today)
    {
        const int Piece = 100_000;
        for (var from = 0; from < count; from += Piece)
        {
            await using var copy = await connection.BeginBinaryImportAsync(
                $"COPY \"Claims\" ({Names}) FROM STDIN (FORMAT BINARY)");
            for (var number = from; number < Math.Min(count, from + Piece); number++)
            {
                await copy.StartRowAsync();
                foreach (var value in Values(Next(number, today))) await Write(copy, value);
            }
            await copy.CompleteAsync();
        }
    }

    static Task Write(NpgsqlBinaryImporter copy, object? value) => value switch
    {
        null => copy.WriteNullAsync(),
        long number => copy.WriteAsync(number, NpgsqlDbType.Bigint),
        int number => copy.WriteAsync(number, NpgsqlDbType.Integer),
        bool flag => copy.WriteAsync(flag, NpgsqlDbType.Boolean),
        DateOnly day => copy.WriteAsync(day, NpgsqlDbType.Date),
        _ => copy.WriteAsync((string)value, NpgsqlDbType.Text),
    };

    static object?[] Values(StoredClaim c) =>
    [
        c.PracticeId, c.Number, c.PatientId, c.PayerId, c.ServiceDate, c.Charge, (int)c.Life, c.Version, c.Document,
        c.Errors, c.Warnings, c.Cause, c.Why, c.Missing, c.FileBy, c.Rank, c.OwnerId, c.SnoozedUntil,
        c.IsSnoozedForNews,
    ];

    async Task Insert(SqliteConnection connection, int count, DateOnly today)
    {
        await using var cache = connection.CreateCommand();
        cache.CommandText = "PRAGMA cache_size=-500000"; // of this connection: it writes a million rows at once
        cache.ExecuteNonQuery();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = connection.CreateCommand();
        command.Transaction = (SqliteTransaction)transaction;
        command.CommandText = $"INSERT INTO \"Claims\" ({Names}) VALUES ({string.Join(", ",
            Columns.Select(static c => "@" + c))})";
        var parameters = Array.ConvertAll(Columns, c => command.Parameters.Add(new SqliteParameter("@" + c, null)));
        for (var number = 0; number < count; number++)
        {
            var values = Values(Next(number, today));
            for (var i = 0; i < values.Length; i++)
                parameters[i].Value = values[i] switch
                {
                    null => DBNull.Value, DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    var other => other,
                };
            command.ExecuteNonQuery();
        }
        await transaction.CommitAsync();
    }
}
