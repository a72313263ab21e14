using System.Data.Common;
using System.Net.Sockets;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>Does jobs of the store, each with a store of its own.</summary>
public sealed partial class JobWork(IServiceProvider services)
{
    [LoggerMessage(LogLevel.Error, "a bug in a job: please report this ({Kind})\n{Where}")]
    static partial void Log(ILogger logger, string kind, string where);

    [LoggerMessage(LogLevel.Warning, "a job waits and is tried again ({Kind})\n{Where}")]
    static partial void LogWaiting(ILogger logger, string kind, string where);

    /// <exception cref="DbException">The database is away: the queue tries again.</exception>
    public Task Do(long practiceId, long jobId, CancellationToken stop) => Guarded(practiceId, jobId, async db =>
    {
        await Jobs.Do(db, Books, jobId, Clock, stop);
        if (await db.Jobs.AnyAsync(j => j.Id == jobId && j.Kind == JobKind.Check, stop))
            await services.GetRequiredService<JobHost>().HandOut(db, jobId, stop);
    }, stop);

    /// <inheritdoc cref="Do"/>
    public Task DoChunk(long practiceId, long jobId, int number, CancellationToken stop) =>
        Guarded(practiceId, jobId, db => Telemetry.WatchChunk(jobId, number, () =>
            Checking.Do(db, Books, jobId, number, Clock, stop)), stop);

    CodeBooks Books => services.GetRequiredService<CodeBooks>();

    TimeProvider Clock => services.GetRequiredService<TimeProvider>();

    async Task Guarded(long practiceId, long jobId, Func<PracticeDb, Task> act, CancellationToken stop)
    {
        using var scope = services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<PracticeDb>();
        db.PracticeId = practiceId;
        try
        {
            await act(db);
        }
        catch (Exception e) when (MayPass(e))
        {
            if (!stop.IsCancellationRequested) LogWaiting(Logger, KindOf(e), e.StackTrace ?? "");
            throw;
        }
        catch (Exception e)
        {
            Log(Logger, KindOf(e), e.StackTrace ?? "");
            await Jobs.Fail(db, jobId, "Something went wrong here. Please report this; what was done before stays.",
                Clock);
        }
    }

    ILogger Logger => services.GetRequiredService<ILoggerFactory>().CreateLogger("Deltoid");

    /// <summary>Kinds and codes; a message may quote a patient.</summary>
    static string KindOf(Exception e) => e.GetType().Name + (e is DbException { ErrorCode: var code } ? $" {code}" : "")
        + (e is SqliteException sqlite ? $" {sqlite.SqliteExtendedErrorCode}" : "")
        + (e.InnerException is { } inner ? " after " + KindOf(inner) : "");

    /// <summary>
    /// It may go well later: the database was away or busy, the disk full, a colleague first, or we stop.
    /// </summary>
    internal static bool MayPass(Exception e) => e switch
    {
        OperationCanceledException or IOException or SocketException or TimeoutException
            or DbUpdateConcurrencyException or OtherBookException => true,
        SqliteException sqlite => sqlite.SqliteErrorCode is Busy or Locked or ReadWriteFailed or Full or CannotOpen,
        DbException { IsTransient: true } => true,
        DbException { SqlState: { } state } => state.StartsWith("08", StringComparison.Ordinal)
            || state.StartsWith("53", StringComparison.Ordinal) || state.StartsWith("57", StringComparison.Ordinal),
        _ => e.InnerException is { } inner && MayPass(inner),
    };

    internal const int Busy = 5, Locked = 6, ReadWriteFailed = 10, Full = 13, CannotOpen = 14; // SQLite's numbers
}
