using Deltoid.Store;

namespace Deltoid.Web;

/// <summary>
/// Takes another code book into use where one was chosen on the shelf, and judges by it the claims that have not left.
/// </summary>
sealed partial class BookWatch(IServiceProvider services, CodeBooks books, TimeProvider clock, ILoggerFactory loggers)
    : Rounds(services, TimeSpan.FromSeconds(5))
{
    [LoggerMessage(LogLevel.Warning, "the code book in use is {Version}")]
    static partial void LogTaken(ILogger logger, string version);

    [LoggerMessage(LogLevel.Error, "the code book that was chosen is not in use: {Fault}; {Version} stays")]
    static partial void LogRefused(ILogger logger, string fault, string version);

    protected override void Begin()
    {
        if (!books.Look()) return;
        var (logger, version) = (loggers.CreateLogger("Deltoid"), books.Engine.Book.Version);
        if (books.Fault is { Length: > 0 } fault) LogRefused(logger, fault, version);
        else LogTaken(logger, version);
    }

    protected override async Task Do(PracticeDb db, CancellationToken stop)
    {
        while (await OpenClaims.CatchUp(db, books.Engine, clock.Now(), stop)) stop.ThrowIfCancellationRequested();
    }
}
