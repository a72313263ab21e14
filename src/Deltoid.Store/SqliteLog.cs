using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Deltoid.Store;

/// <summary>
/// The write-ahead log of a database: a change commits into it, lets the next one write, and is answered when it has
/// been written through. What the log holds goes back into the database beside the work, so that nobody who saves
/// waits for that.
/// </summary>
/// <remarks>
/// The log is read in its order after a power failure, up to the first part that is not whole. So one flush that began
/// after a commit holds this commit and all before it.
/// </remarks>
sealed class SqliteLog(string database)
{
    /// <summary>Pages that go into the log between two times that they are brought back beside the work.</summary>
    const int Many = 1_000;

    /// <summary>
    /// Pages in the log from which on who commits brings them back, so that the log begins again where commits follow
    /// each other without a gap.
    /// </summary>
    public const int TooMany = 16_000;

    static readonly ConcurrentDictionary<string, SqliteLog> All = new();

    int pages, isReturning;

    public static SqliteLog Of(string database) => All.GetOrAdd(database, static d => new(d));

    /// <summary>Commits that are answered when the log has been written through.</summary>
    public SharedFlush Flush { get; } = new(() =>
    {
        WriteThrough(database);
        return Task.CompletedTask;
    });

    static void WriteThrough(string database)
    {
        try
        {
            // opened each time: the file goes away with the last connection, and another one takes its name
            using var file = File.OpenHandle(database + "-wal", FileMode.Open, FileAccess.ReadWrite,
                FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(file);
        }
        catch (FileNotFoundException)
        {
            // all of it was brought into the database, and that to the disk, before the file went away
        }
    }

    /// <summary>Counts what a connection has committed, while nobody else writes.</summary>
    public void Count(SqliteConnection connection)
    {
        raw.sqlite3_db_status(connection.Handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var written, out _, 1);
        if ((pages += written) < Many || Interlocked.Exchange(ref isReturning, 1) != 0) return;
        pages = 0;
        _ = Task.Run(Return);
    }

    void Return()
    {
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
                { DataSource = database, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
            command.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // the disk is full or away: the log stays as it is, and the next commit asks again
        }
        finally
        {
            Volatile.Write(ref isReturning, 0);
        }
    }
}
