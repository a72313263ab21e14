using Deltoid.Store;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>
/// For those who watch the program: <c>/healthz</c> says that it runs, <c>/health</c> that it can work: store, queue
/// and disk. Neither says anything of a practice.
/// </summary>
static class ReadyRoutes
{
    /// <summary>Who watches asks often, and must have its answer when the database has none.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void Map(WebApplication app)
    {
        // beside the limits: a flood from one place must not look as if the program was down
        app.MapGet("/healthz", static () => "ok").ForEverybody().DisableRateLimiting();
        app.MapGet("/health", Ready).ForEverybody().DisableRateLimiting();
    }

    static async Task<IResult> Ready(PracticeDb db, JobHost queue, ServeOptions options, CancellationToken stop)
    {
        var parts = new Dictionary<string, bool>
        {
            ["store"] = await Answers(db, stop),
            ["queue"] = options.Postgres is null || queue.IsRunning,
            ["disk"] = LimitsCommand.FreeOf(options.Folder) >= LimitsCommand.LeastFree,
        };
        return TypedResults.Text(string.Concat(parts.Select(static p => $"{p.Key}: {(p.Value ? "ok" : "away")}\n")),
            statusCode: parts.Values.All(static is_ => is_) ? 200 : 503);
    }

    static async Task<bool> Answers(PracticeDb db, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Patience);
        try
        {
            return await db.Database.ExecuteSqlRawAsync("SELECT 1", limit.Token) != 0;
        }
        catch (Exception e) when (JobWork.MayPass(e))
        {
            return false;
        }
    }
}
