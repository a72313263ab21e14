using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Deltoid.Store.Model;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Deltoid.Store;

/// <summary>The store in one file, for one machine.</summary>
public sealed class SqliteDb(DbContextOptions<SqliteDb> options) : PracticeDb(options)
{
    /// <summary>
    /// A commit is on the disk when it returns: write-ahead log, <c>synchronous=FULL</c>. Anything less loses what was
    /// acknowledged when the power fails. Within <see cref="PracticeDb.Change"/>, which waits for the disk itself,
    /// commits of several people are brought there together (<see cref="SqliteLog"/>).
    /// </summary>
    public static DbContextOptionsBuilder Use(DbContextOptionsBuilder builder, string file) =>
        builder.UseSqlite(new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true }.ToString(),
            // a list is one parameter: of thousands, each is looked for among all by its name
            static o => o.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter))
            .AddInterceptors(PracticeGuard.OfAll, Durable.OfAll);

    /// <summary>A transaction of SQLite that writes is alone.</summary>
    protected override Task<Practice> Lock(CancellationToken stop) =>
        Practices.SingleAsync(p => p.Id == PracticeId, stop);

    protected override async Task<IAsyncDisposable?> Turn(CancellationToken stop)
    {
        var turns = SqliteTurns.Of(File);
        await turns.Wait(stop);
        var taken = new Taken(this, turns);
        try
        {
            await taken.Open(stop);
        }
        catch
        {
            taken.Leave();
            throw;
        }
        turn = turns;
        return taken;
    }

    SqliteTurns? turn;

    /// <summary>A statement for the change that is going on; null outside of one.</summary>
    internal SqliteStatement? Prepared(string text) =>
        turn?.Prepared((SqliteConnection)Database.GetDbConnection(), text);

    /// <summary>
    /// What each change asks and writes by a statement that is kept: EF Core would put it together, and SQLite read
    /// it, while all others wait.
    /// </summary>
    T Kept<T>(string text, Func<sqlite3_stmt, T> read, T none, params ReadOnlySpan<object> values)
    {
        var connection = (SqliteConnection)Database.GetDbConnection();
        using var statement = Prepared(text) ?? SqliteStatement.Prepare(connection, text);
        try
        {
            return statement.Step(connection, values) ? read(statement.Of) : none;
        }
        finally
        {
            statement.Done();
        }
    }

    internal override Task<(long Number, string Hash)> LastEvent(CancellationToken stop) =>
        Task.FromResult(Kept("""
            SELECT "Number", "Hash" FROM "Events" WHERE "PracticeId" = ? ORDER BY "Number" DESC LIMIT 1
            """, static row => (raw.sqlite3_column_int64(row, 0), raw.sqlite3_column_text(row, 1).utf8_to_string()),
            (0L, ""), PracticeId));

    internal override Task<bool> IsCharted(Guid key, CancellationToken stop) => Task.FromResult(Kept(
        """SELECT 1 FROM "Visits" WHERE "PracticeId" = ? AND "Key" = ?""", static _ => true, false, PracticeId, key));

    internal override Task WriteNextClaim(Practice of, CancellationToken stop) => Task.FromResult(Kept(
        """UPDATE "Practices" SET "NextClaim" = ? WHERE "Id" = ?""", static _ => true, true, of.NextClaim, of.Id));

    internal override Task OnDisk() => SqliteLog.Of(File).Flush.Wait();

    string File => Database.GetDbConnection().DataSource;

    static void Set(SqliteConnection connection, string settings)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of this class
        command.CommandText = settings;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>
    /// Who has the turn writes by the connection of the one before: it has in its memory what all changes read and
    /// write, and after another connection has written it would read that again. A connection that is open stays.
    /// </summary>
    sealed class Taken(SqliteDb db, SqliteTurns turns) : IAsyncDisposable
    {
        readonly string? before = db.Database.GetDbConnection().State == System.Data.ConnectionState.Closed
            ? db.Database.GetConnectionString() : null;

        public async Task Open(CancellationToken stop)
        {
            if (before is not null) db.Database.SetConnectionString(Durable.OfWriter(before));
            await db.Database.OpenConnectionAsync(stop);
            if (before is null) Set((SqliteConnection)db.Database.GetDbConnection(), "PRAGMA synchronous=NORMAL");
        }

        public void Leave()
        {
            try
            {
                if (before is not null) db.Database.SetConnectionString(before);
            }
            finally
            {
                turns.Pass();
            }
        }

        public async ValueTask DisposeAsync()
        {
            db.turn = null;
            try
            {
                var connection = (SqliteConnection)db.Database.GetDbConnection();
                SqliteLog.Of(db.File).Count(connection);
                if (before is null) Durable.SetFull(connection);
                await db.Database.CloseConnectionAsync();
            }
            finally
            {
                Leave();
            }
        }
    }

    sealed class Durable : DbConnectionInterceptor
    {
        public static readonly Durable OfAll = new();

        // pages of 8 KB in a new file: a claim fills more than half of a usual one; what SQLite puts aside for a moment
        // holds patients, and stays in memory
        static readonly string Settings = "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            + $"PRAGMA busy_timeout=5000; PRAGMA wal_autocheckpoint={SqliteLog.TooMany}; PRAGMA temp_store=MEMORY;";

        /// <summary>
        /// A change waits for the disk itself; and what changes read and write again and again is more than the 2 MB of
        /// a usual connection.
        /// </summary>
        const string OfTurn = "PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32768;";

        /// <summary>Connections that come out of their pool as they went into it.</summary>
        static readonly ConditionalWeakTable<sqlite3, object> Settled = [];

        /// <summary>A connection that cannot be set is set again when it is opened the next time.</summary>
        public static void SetFull(SqliteConnection connection)
        {
            try
            {
                Set(connection, "PRAGMA synchronous=FULL");
            }
            catch
            {
                Settled.Remove(connection.Handle!);
                throw;
            }
        }

        static readonly ConcurrentDictionary<string, string> Writers = new();

        /// <summary>The pool of who has the turn: another one than that of all others, by this word alone.</summary>
        public static string OfWriter(string connection) => Writers.GetOrAdd(connection, static c =>
            new SqliteConnectionStringBuilder(c) { Cache = SqliteCacheMode.Private }.ToString());

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            var sqlite = (SqliteConnection)connection;
            if (Settled.TryGetValue(sqlite.Handle!, out _)) return;
            Set(sqlite, Settings);
            if (new SqliteConnectionStringBuilder(sqlite.ConnectionString).Cache == SqliteCacheMode.Private)
                Set(sqlite, OfTurn);
            Settled.TryAdd(sqlite.Handle!, Settings);
        }

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData,
            CancellationToken cancellationToken = default)
        {
            ConnectionOpened(connection, eventData);
            return Task.CompletedTask;
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
