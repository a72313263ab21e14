using Deltoid.Web;
using Deltoid.Web.Tests;
using Microsoft.AspNetCore.Builder;

namespace Deltoid.WebBench;

/// <summary>
/// Where a sample practice is served from: SQLite in a folder, or PostgreSQL. A folder or a database that is named is
/// kept for the next run; one of its own goes away.
/// </summary>
sealed class Ground(bool isPostgres, string? kept = null) : IAsyncDisposable
{
    WebApplication? app;

    readonly string folder = isPostgres ? Directory.CreateTempSubdirectory("deltoid-bench").FullName : kept
        ?? Directory.CreateTempSubdirectory("deltoid-bench").FullName;

    public async Task<WebApplication> Serve()
    {
        Console.WriteLine(isPostgres ? "PostgreSQL" : "SQLite");
        string[] database = isPostgres ? ["--Postgres", kept ?? PostgresServer.NewDatabase()] : [];
        return app = await Serving.Start(["--Folder", folder, "--Listen", "http://127.0.0.1:0", "--Sample", "True",
            "--History", "False", "--RequestsOfPerson", "1000000", "--RequestsOfPractice", "1000000", .. database]);
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.StopAsync(); // what works beside the requests ends before what it works with
            await app.DisposeAsync();
        }
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (kept is null || isPostgres) Directory.Delete(folder, recursive: true);
    }
}
