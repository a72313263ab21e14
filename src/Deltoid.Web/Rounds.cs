using Deltoid.Store;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>
/// Work that is looked for again and again, practice by practice, beside the requests. What is to be done lies in the
/// store: while that is away, and after a stop, nothing is lost. What fails for one practice stops neither the others
/// nor the program.
/// </summary>
/// <param name="isAtOnce">Whether the first look is at the start.</param>
abstract partial class Rounds(IServiceProvider services, TimeSpan between, bool isAtOnce = false) : BackgroundService
{
    [LoggerMessage(LogLevel.Error, "work beside the requests failed, and is tried again ({Work}, {Kind})")]
    static partial void Failed(ILogger logger, string work, string kind);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the server listens first
        using var timer = new PeriodicTimer(between);
        try
        {
            if (isAtOnce) await Round(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken)) await Round(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // what waits is in the store
        }
    }

    /// <summary>Does once what is due, of all practices.</summary>
    internal async Task Round(CancellationToken stop)
    {
        Begin();
        using var scope = services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<PracticeDb>();
        var practices = new List<long>();
        await Guarded(async () => practices = await db.Practices.AsNoTracking().Select(static p => p.Id)
            .ToListAsync(stop), stop);
        foreach (var practice in practices)
        {
            (db.PracticeId, db.PersonId) = (practice, null); // no statement reads two practices
            db.ChangeTracker.Clear();
            await Guarded(() => Do(db, stop), stop);
        }
    }

    async Task Guarded(Func<Task> act, CancellationToken stop)
    {
        try
        {
            await act();
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            // where the database is away, pages say so
            if (!JobWork.MayPass(e))
                Failed(services.GetRequiredService<ILoggerFactory>().CreateLogger("Deltoid"), GetType().Name,
                    e.GetType().Name);
        }
    }

    /// <summary>What is done once in a round, before the practices.</summary>
    protected virtual void Begin()
    {
    }

    /// <summary>Does what is due of the practice that the store is open for.</summary>
    protected abstract Task Do(PracticeDb db, CancellationToken stop);
}
