using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Web.Tests;

/// <summary>On what a store lies.</summary>
public enum Ground { Sqlite, Postgres }

/// <summary>The application, served to this test alone, with the sample practice.</summary>
sealed class ServedPractice : IAsyncDisposable
{
    readonly string folder;
    readonly WebApplication app;

    ServedPractice(string folder, WebApplication app, string? postgres) =>
        (this.folder, this.app, Postgres) = (folder, app, postgres);

    /// <summary>How to reach its database on PostgreSQL; null on SQLite.</summary>
    public string? Postgres { get; }

    /// <summary>Where its data lies.</summary>
    public string Folder => folder;

    public static async Task<ServedPractice> Start(Ground ground, bool isSample = true, bool hasHistory = false,
        Action<WebApplicationBuilder>? change = null, string? clock = null)
    {
        Assert.SkipWhen(ground == Ground.Postgres && !PostgresServer.IsHere,
            "PostgreSQL is not installed (./test --install)");
        var folder = Directory.CreateTempSubdirectory("deltoid-served").FullName;
        string[] database = ground == Ground.Postgres ? ["--Postgres", PostgresServer.NewDatabase()] : [];
        string[] time = clock is null ? [] : ["--Clock", clock];
        return new(folder, await Serving.Start(
            ["--Folder", folder, "--Listen", "http://127.0.0.1:0", "--Sample", isSample.ToString(),
                "--History", hasHistory.ToString(), .. database, .. time], change),
            database.LastOrDefault());
    }

    /// <summary>A practice whose data lie there already; the folder goes away with it.</summary>
    public static async Task<ServedPractice> Open(string folder, params string[] more) => new(folder,
        await Serving.Start(["--Folder", folder, "--Listen", "http://127.0.0.1:0", "--Sample", "true", "--History",
            "false", .. more]), null);

    public string Url => app.Urls.First();

    public WebApplication App => app;

    /// <summary>The address that the console shows while nobody has an account.</summary>
    public string SetUpPath => "/setup?key=" + app.Services.GetRequiredService<FirstRun>().Key;

    /// <summary>The store as a request of the sample practice sees it.</summary>
    public async Task<T> InStore<T>(Func<PracticeDb, Task<T>> ask)
    {
        using var scope = app.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<PracticeDb>();
        db.PracticeId = 1;
        return await ask(db);
    }

    /// <summary>A person who signs in with the sample's password.</summary>
    public async Task AddPerson(string name, Role role)
    {
        using var scope = app.Services.CreateScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        var made = await people.CreateAsync(
            new() { UserName = name, Name = $"{name} ({role})", Role = role, PracticeId = 1 }, Sample.Password);
        Assert.True(made.Succeeded);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Npgsql.NpgsqlConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }
}
