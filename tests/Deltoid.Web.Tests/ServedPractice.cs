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

    /// <summary>Starts one, on a copy of data that were made once, where nothing is asked that changes them.</summary>
    /// <param name="change">What a test puts in the place of a part.</param>
    public static async Task<ServedPractice> Start(Ground ground, bool isSample = true, bool hasHistory = false,
        Action<WebApplicationBuilder>? change = null, string? clock = null)
    {
        Assert.SkipWhen(ground == Ground.Postgres && !PostgresServer.IsHere,
            "PostgreSQL is not installed (./test --install)");
        var isKnown = hasHistory ? clock == HistoryEnds && isSample : clock is null;
        if (!isKnown) return await Fill(ground, isSample, hasHistory, change, clock);
        var made = await (hasHistory ? WithHistory[ground] : Made[(ground, isSample)]).Value;
        var folder = Directory.CreateTempSubdirectory("deltoid-served").FullName;
        foreach (var file in Directory.GetFiles(made.Folder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(made.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        var postgres = made.Postgres is { } template ? PostgresServer.Copy(template) : null;
        return await Open(folder, postgres, isSample, hasHistory, change, clock);
    }

    /// <summary>Put in by a test that counts what the daily watch finds: the program's own may find it first.</summary>
    public static void Unwatched(WebApplicationBuilder builder) => builder.Services.Remove(
        builder.Services.Single(static s => s.ImplementationType == typeof(EndingWatch)));

    /// <summary>When time begins for the sample with its three months that is made once.</summary>
    public const string HistoryEnds = "2026-11-30T15:00:00Z";

    static Task<ServedPractice> Fill(Ground ground, bool isSample, bool hasHistory,
        Action<WebApplicationBuilder>? change, string? clock) =>
        Open(Directory.CreateTempSubdirectory("deltoid-served").FullName,
            ground == Ground.Postgres ? PostgresServer.NewDatabase() : null, isSample, hasHistory, change, clock);

    /// <summary>What a practice has at its first start; the programs that wrote it have ended.</summary>
    static readonly Dictionary<(Ground, bool), Lazy<Task<ServedPractice>>> Made = new(
        from ground in Enum.GetValues<Ground>()
        from isSample in new[] { true, false }
        select KeyValuePair.Create((ground, isSample), new Lazy<Task<ServedPractice>>(async () =>
        {
            var made = await Fill(ground, isSample, hasHistory: false, change: null, clock: null);
            AtTheEnd.Do(() => Directory.Delete(made.folder, recursive: true));
            if (isSample) await made.WatchEndings();
            await made.End();
            return made;
        })));

    /// <summary>The same with three months.</summary>
    static readonly Dictionary<Ground, Lazy<Task<ServedPractice>>> WithHistory = Enum.GetValues<Ground>().ToDictionary(
        static ground => ground, static ground => new Lazy<Task<ServedPractice>>(async () =>
        {
            var made = await Fill(ground, isSample: true, hasHistory: true, change: null, HistoryEnds);
            AtTheEnd.Do(() => Directory.Delete(made.folder, recursive: true));
            await SampleMonths.AreWritten(made);
            await made.WatchEndings();
            await made.End();
            return made;
        }));

    /// <summary>What the daily watch would write into each copy is written once.</summary>
    Task<(int Opened, int Closed)> WatchEndings()
    {
        var clock = app.Services.GetRequiredService<TimeProvider>();
        return InStore(db => Endings.Watch(db, clock.Today(), clock.Now()));
    }

    /// <summary>A practice whose data lie there already; the folder goes away with it.</summary>
    public static Task<ServedPractice> Open(string folder, string? postgres = null) =>
        Open(folder, postgres, isSample: true, hasHistory: false);

    /// <summary>The same with further options.</summary>
    public static Task<ServedPractice> OpenWith(string folder, params string[] more) =>
        Open(folder, null, isSample: true, hasHistory: false, more: more);

    static async Task<ServedPractice> Open(string folder, string? postgres, bool isSample, bool hasHistory,
        Action<WebApplicationBuilder>? change = null, string? clock = null, params string[] more)
    {
        string[] database = postgres is null ? [] : ["--Postgres", postgres];
        string[] time = clock is null ? [] : ["--Clock", clock];
        return new(folder, await Serving.Start(["--Folder", folder, "--Listen", "http://127.0.0.1:0",
            "--Sample", isSample.ToString(), "--History", hasHistory.ToString(), .. Unlimited, .. database, .. time,
            .. more], builder =>
            {
                // hashing slowly is what AccountTests try; the others only sign in
                builder.Services.PostConfigure<PasswordHasherOptions>(static o => o.IterationCount = 1_000);
                change?.Invoke(builder);
            }), postgres);
    }

    /// <summary>A test asks in a second what people ask in an hour.</summary>
    static readonly string[] Unlimited = ["--RequestsOfPerson", "6000000", "--RequestsOfPractice", "6000000"];

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

    /// <summary>Ends the program; what it wrote stays.</summary>
    public async Task End()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Npgsql.NpgsqlConnection.ClearAllPools();
    }

    public async ValueTask DisposeAsync()
    {
        await End();
        Directory.Delete(folder, recursive: true);
    }
}
