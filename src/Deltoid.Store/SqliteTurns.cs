using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Deltoid.Store;

/// <summary>
/// Whose turn it is to write into a database. SQLite has one writer, and who finds it busy sleeps and asks again: some
/// would wait long. Here they wait in a row. While somebody waits, the statements of the one before are kept for the
/// next: reading their text takes longer than doing what they say.
/// </summary>
#pragma warning disable CA1001 // there is one for each database, as long as the program runs
sealed class SqliteTurns
#pragma warning restore CA1001
{
    /// <summary>Statements that are kept at most; they differ by their tables and by their rows.</summary>
    const int Most = 200;

    static readonly ConcurrentDictionary<string, SqliteTurns> All = new();

    readonly SemaphoreSlim turns = new(1);
    readonly Dictionary<string, sqlite3_stmt> kept = new(StringComparer.Ordinal);
    sqlite3? owner;
    int waiting;

    public static SqliteTurns Of(string database) => All.GetOrAdd(database, static _ => new());

    public async Task Wait(CancellationToken stop)
    {
        Interlocked.Increment(ref waiting);
        try
        {
            await turns.WaitAsync(stop);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    /// <summary>Lets the next one write. An idle connection holds no statements: it can be closed.</summary>
    public void Pass()
    {
        try
        {
            if (Volatile.Read(ref waiting) == 0) Forget();
        }
        finally
        {
            turns.Release();
        }
    }

    /// <summary>A statement for who has the turn.</summary>
    public SqliteStatement Prepared(SqliteConnection connection, string text)
    {
        if (!ReferenceEquals(owner, connection.Handle) || kept.Count >= Most) Forget();
        owner = connection.Handle;
        if (kept.TryGetValue(text, out var known)) return new(known, isKept: true);
        var made = SqliteStatement.Prepare(connection, text);
        kept.Add(text, made.Of);
        return new(made.Of, isKept: true);
    }

    void Forget()
    {
        foreach (var statement in kept.Values) statement.Dispose();
        kept.Clear();
        owner = null;
    }
}

/// <summary>A statement that SQLite has read; where it is kept, the next one uses it again.</summary>
readonly struct SqliteStatement(sqlite3_stmt of, bool isKept) : IDisposable
{
    public sqlite3_stmt Of => of;

    public static SqliteStatement Prepare(SqliteConnection connection, string text)
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(connection.Handle, text, out var statement),
            connection.Handle);
        return new(statement, isKept: false);
    }

    public void Dispose()
    {
        if (!isKept) of.Dispose();
        else _ = raw.sqlite3_clear_bindings(of); // what was written names patients
    }
}
