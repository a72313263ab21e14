using Deltoid.Store;

namespace Deltoid.Web;

/// <summary>
/// Notes the last event of every practice outside of the database: once a minute while events are written, and when the
/// program ends.
/// </summary>
sealed partial class Anchoring(IServiceProvider services, AuditAnchors anchors, TimeProvider clock,
    ILoggerFactory loggers) : BackgroundService
{
    static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    [LoggerMessage(LogLevel.Critical, "the audit trail of practice {Practice} ends before its last anchor: events are "
        + "missing; run deltoid audit verify")]
    static partial void Cut(ILogger logger, long practice);

    [LoggerMessage(LogLevel.Error, "the audit trail was not anchored ({Kind})")]
    static partial void Failed(ILogger logger, string kind);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Between, clock);
        try
        {
            do await Anchor(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // StopAsync notes what came since
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Anchor(cancellationToken);
    }

    async Task Anchor(CancellationToken stop)
    {
        var logger = loggers.CreateLogger("Deltoid");
        try
        {
            using var scope = services.CreateScope();
            foreach (var practice in await anchors.Write(scope.ServiceProvider.GetRequiredService<PracticeDb>(),
                clock.Now(), stop))
                Cut(logger, practice);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException
            or System.Data.Common.DbException)
        {
            Failed(logger, e.GetType().Name);
        }
    }
}
