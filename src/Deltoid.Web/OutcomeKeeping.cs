using Deltoid.Store;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>Keeps up the outcomes of every practice, so that a report does not wait for them; and writes the letter of
/// a month when it is over.</summary>
sealed partial class OutcomeKeeping(IServiceProvider services, Engine engine, TimeProvider clock,
    ILoggerFactory loggers) : BackgroundService
{
    static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    [LoggerMessage(LogLevel.Error, "the outcomes of claims were not brought up to date ({Kind})")]
    static partial void Failed(ILogger logger, string kind);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Between, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await Keep(stoppingToken);
    }

    async Task Keep(CancellationToken stop)
    {
        try
        {
            foreach (var practice in await Practices(stop))
            {
                using var scope = services.CreateScope();
                var db = scope.ServiceProvider.GetRequiredService<PracticeDb>();
                db.PracticeId = practice;
                await Outcomes.CatchUp(db, engine, stop: stop);
                await Write(db, stop);
            }
        }
        catch (Exception e) when (e is DbUpdateException or System.Data.Common.DbException
            or Values.InputException or InvalidOperationException)
        {
            Failed(loggers.CreateLogger("Deltoid"), e.GetType().Name);
        }
    }

    /// <summary>The letter of the last month, once that is over.</summary>
    async Task Write(PracticeDb db, CancellationToken stop)
    {
        if (await MonthLetters.Due(db, ManagerRoutes.Today(clock), stop) is not { } month) return;
        var practice = await db.Practices.Where(p => p.Id == db.PracticeId).Select(static p => p.Name)
            .SingleAsync(stop);
        await MonthLetters.Make(db, engine, month, clock.GetUtcNow().UtcDateTime,
            sentences => ReportFiles.Letter(sentences, practice, month), stop);
    }

    async Task<List<long>> Practices(CancellationToken stop)
    {
        using var scope = services.CreateScope();
        return await scope.ServiceProvider.GetRequiredService<PracticeDb>().Practices.Select(static p => p.Id)
            .ToListAsync(stop);
    }
}
