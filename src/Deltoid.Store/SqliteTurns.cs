using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
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

    /// <summary>In the form in which the provider writes it.</summary>
    public int Bind(int at, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(of, at),
        string text => BindText(at, text),
        long number => raw.sqlite3_bind_int64(of, at, number),
        int number => raw.sqlite3_bind_int64(of, at, number),
        bool flag => raw.sqlite3_bind_int(of, at, flag ? 1 : 0),
        Enum number => raw.sqlite3_bind_int64(of, at, Convert.ToInt64(number, Invariant)),
        DateOnly day => raw.sqlite3_bind_text(of, at, day.ToString("yyyy-MM-dd", Invariant)),
        DateTime instant => raw.sqlite3_bind_text(of, at,
            instant.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", Invariant)),
        byte[] bytes => raw.sqlite3_bind_blob(of, at, bytes),
        Guid guid => raw.sqlite3_bind_text(of, at, guid.ToString().ToUpperInvariant()),
        _ => throw new InvalidOperationException($"rows with a {value.GetType().Name} are not written in bulk"),
    };

    int BindText(int at, string text)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        var code = raw.sqlite3_bind_text(of, at, bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)));
        ArrayPool<byte>.Shared.Return(bytes);
        return code;
    }

    /// <summary>Does what it says, once.</summary>
    /// <returns>Whether it has found a row, which is read before <see cref="Done"/>.</returns>
    public bool Step(SqliteConnection connection, params ReadOnlySpan<object> values)
    {
        for (var at = 0; at < values.Length; at++)
            SqliteException.ThrowExceptionForRC(Bind(at + 1, values[at]), connection.Handle);
        var code = raw.sqlite3_step(of);
        if (code is raw.SQLITE_ROW or raw.SQLITE_DONE) return code == raw.SQLITE_ROW;
        code = raw.sqlite3_extended_errcode(connection.Handle);
        Done();
        SqliteException.ThrowExceptionForRC(code, connection.Handle);
        return false;
    }

    /// <summary>It may be used again; a fault was said before.</summary>
    public void Done() => _ = raw.sqlite3_reset(of);

    static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public void Dispose()
    {
        if (!isKept) of.Dispose();
        else _ = raw.sqlite3_clear_bindings(of); // what was written names patients
    }
}
