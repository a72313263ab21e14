using System.Globalization;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.WebBench;

/// <summary>
/// Rows of claims as a large practice has them: most are closed, a few causes make most of the rest, half belong to
/// somebody. A seed decides them all.
/// </summary>
sealed class ManyClaims(long practice, long[] patients, long[] payers, long[] people)
{
    const int Causes = 40, Seed = 20261129;

    static readonly (ClaimLife Life, int Percent)[] Lives =
    [
        (ClaimLife.Closed, 55), (ClaimLife.Answered, 15), (ClaimLife.Sent, 10), (ClaimLife.Held, 8),
        (ClaimLife.Accepted, 5), (ClaimLife.Ready, 4), (ClaimLife.Rejected, 3),
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
        const int Piece = 20_000;
        await db.Database.OpenConnectionAsync();
        if (db is SqliteDb) await db.Database.ExecuteSqlRawAsync("PRAGMA cache_size = -500000");
        var table = new BulkRows<StoredClaim>(db, hasOwnIds: false);
        for (var from = 0; from < count; from += Piece)
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await table.Write([.. Enumerable.Range(from, Math.Min(Piece, count - from)).Select(n => Next(n, today))],
                default);
            await transaction.CommitAsync();
        }
        foreach (var sql in db is PostgresDb ? new[] { "VACUUM (ANALYZE) \"Claims\"", "VACUUM (ANALYZE) \"WorkCounts\"",
            "ANALYZE" } : ["PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA cache_size = -2000"])
            await db.Database.ExecuteSqlRawAsync(sql);
        await db.Database.CloseConnectionAsync();
    }
}
