using System.Collections.Concurrent;
using System.Data.Common;
using Deltoid.Store.Model;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Deltoid.Store;

/// <summary>The store in one file, for one machine.</summary>
public sealed class SqliteDb(DbContextOptions<SqliteDb> options) : PracticeDb(options)
{
    /// <summary>
    /// A commit is on the disk when it returns: write-ahead log, <c>synchronous=FULL</c>. Anything less loses what was
    /// acknowledged when the power fails.
    /// </summary>
    public static DbContextOptionsBuilder Use(DbContextOptionsBuilder builder, string file) =>
        builder.UseSqlite(new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true }.ToString())
            .AddInterceptors(new PracticeGuard(), new Durable());

    /// <summary>A transaction of SQLite that writes is alone.</summary>
    protected override Task<Practice> Lock(CancellationToken stop) =>
        Practices.SingleAsync(p => p.Id == PracticeId, stop);

    /// <summary>
    /// SQLite has one writer, and who finds it busy sleeps and asks again: some would wait long. Here they wait in a
    /// row, each database its own.
    /// </summary>
    static readonly ConcurrentDictionary<string, SemaphoreSlim> Turns = new();

    protected override async Task<IDisposable?> Turn(CancellationToken stop)
    {
        var turns = Turns.GetOrAdd(Database.GetDbConnection().DataSource, static _ => new(1));
        await turns.WaitAsync(stop);
        return new Taken(turns);
    }

    sealed class Taken(SemaphoreSlim turns) : IDisposable
    {
        public void Dispose() => turns.Release();
    }

    sealed class Durable : DbConnectionInterceptor
    {
        // pages of 8 KB in a new file: a claim fills more than half of a usual one
        const string Settings = "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            + "PRAGMA busy_timeout=5000;";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Settings;
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData,
            CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Settings;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}

/// <summary>What <c>dotnet ef</c> asks for when it writes migrations.</summary>
sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteDb>
{
    public SqliteDb CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<SqliteDb>().UseApplicationServiceProvider(StoreSetup.Surroundings);
        SqliteDb.Use(builder, "design.db");
        return new(builder.Options);
    }
}
