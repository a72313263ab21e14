using System.Diagnostics;
using System.Globalization;
using Deltoid.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Deltoid.Web.Tests;

/// <summary>
/// Two workers in processes of their own, a PostgreSQL and, for a clearinghouse, a RabbitMQ, each behind a cable that
/// can be pulled. What a supervisor does, the test does: who was killed is started again.
/// </summary>
sealed class Team : IAsyncDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("deltoid-team").FullName;
    readonly PostgresServer postgres = PostgresServer.Own();
    readonly RabbitServer? rabbit;
    readonly TcpRelay toPostgres;
    readonly TcpRelay? toRabbit;
    readonly Process?[] workers = new Process?[2];
    readonly string direct, connection;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    Team(bool hasBroker)
    {
        rabbit = hasBroker ? new() : null;
        toPostgres = new(postgres.Port);
        toRabbit = rabbit is null ? null : new(rabbit.Port);
        direct = postgres.Create();
        connection = new NpgsqlConnectionStringBuilder(direct)
        {
            Port = toPostgres.Port, Timeout = 5, CommandTimeout = 10, MaxPoolSize = 20,
        }.ConnectionString;
    }

    public static async Task<Team> Start(bool hasBroker)
    {
        Assert.SkipUnless(PostgresServer.IsHere, "PostgreSQL is not installed (./test --install)");
        Assert.SkipWhen(hasBroker && !RabbitServer.IsHere, "RabbitMQ is not installed (./test --install)");
        var team = new Team(hasBroker);
        try
        {
            await (await ServedPractice.Open(Path.Combine(team.folder, "web"), team.direct)).DisposeAsync();
            await team.StartWorkers(2);
            return team;
        }
        catch
        {
            await team.DisposeAsync();
            throw;
        }
    }

    string[] Place => ["--Postgres", connection, "--Folder", folder,
        .. toRabbit is null ? Array.Empty<string>()
            : ["--Rabbit", $"amqp://guest:guest@127.0.0.1:{toRabbit.Port}/?heartbeat=5"]];

    /// <summary>So many workers, and no more.</summary>
    public async Task StartWorkers(int count)
    {
        for (var i = 0; i < workers.Length; i++)
        {
            if (workers[i] is { } old) End(old);
            workers[i] = i < count ? await StartWorker() : null;
        }
    }

    async Task<Process> StartWorker()
    {
        var worker = Program("work", [.. Place, "--ChunksAtOnce", "1"]);
        while (await worker.StandardOutput.ReadLineAsync(Stop) is { } line)
            if (line.StartsWith("Deltoid works on", StringComparison.Ordinal))
            {
                _ = worker.StandardOutput.ReadToEndAsync(Stop); // a full pipe would hold it up
                return worker;
            }
        throw new InvalidOperationException("a worker did not start");
    }

    static Process Program(string command, string[] arguments) => Process.Start(new ProcessStartInfo(
        Path.Combine(AppContext.BaseDirectory, "Deltoid.Web"), [command, .. arguments])
        { RedirectStandardOutput = true })!;

    static void End(Process process)
    {
        if (!process.HasExited) process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    /// <summary>Has a file checked by the workers.</summary>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> Share(string file, string output, int chunkBytes)
    {
        var watch = Stopwatch.StartNew();
        using var share = Program("share", [file, .. Place, "--Output", output,
            "--ChunkBytes", chunkBytes.ToString(CultureInfo.InvariantCulture)]);
        await share.WaitForExitAsync(Stop);
        Assert.Equal(0, share.ExitCode);
        return watch.Elapsed;
    }

    /// <summary>All that can happen to a machine: what is done to it, and how it comes back.</summary>
    public IReadOnlyList<(string Name, Action Do, Func<Task> Mend)> Faults =>
    [
        ("a worker is killed", () => End(workers[0]!), async () => workers[0] = await StartWorker()),
        ("a worker sleeps", () => Signals.Send("STOP", workers[1]!.Id), Of(() => Signals.Send("CONT", workers[1]!.Id))),
        ("PostgreSQL is killed", postgres.Kill, Of(postgres.Start)),
        ("PostgreSQL sleeps", () => Signals.Send("STOP", Signals.Tree(postgres.Id)),
            Of(() => Signals.Send("CONT", Signals.Tree(postgres.Id)))),
        ("PostgreSQL is cut off", toPostgres.Cut, Of(toPostgres.Mend)),
        .. rabbit is null ? [] : (IEnumerable<(string, Action, Func<Task>)>)
        [
            ("RabbitMQ is killed", rabbit.Kill, Of(rabbit.Start)),
            ("RabbitMQ sleeps", () => Signals.Send("STOP", rabbit.Id), Of(() => Signals.Send("CONT", rabbit.Id))),
            ("RabbitMQ is cut off", toRabbit!.Cut, Of(toRabbit.Mend)),
        ],
    ];

    static Func<Task> Of(Action act) => () =>
    {
        act();
        return Task.CompletedTask;
    };

    /// <summary>Messages that were given up, and those that are still on their way.</summary>
    public async Task<(long Dead, long OnTheirWay)> Messages()
    {
        await using var open = new NpgsqlConnection(direct);
        await open.OpenAsync(Stop);
        async Task<long> Count(string from)
        {
            await using var command = new NpgsqlCommand($"SELECT count(*) FROM jobs.{from}", open);
            return (long)(await command.ExecuteScalarAsync(Stop))!;
        }
        var dead = await Count("wolverine_dead_letters");
        var under = await Count("wolverine_incoming_envelopes WHERE status <> 'Handled'")
            + await Count("wolverine_outgoing_envelopes");
        if (rabbit is null) return (dead, under + await Count("wolverine_queue_deltoid_chunks"));
        var queues = rabbit.Queues();
        dead += queues.Where(static q => q.Key.Contains("dead", StringComparison.Ordinal)).Sum(static q => q.Value);
        return (dead, under + queues.GetValueOrDefault("deltoid_chunks"));
    }

    /// <summary>The store as the practice sees it.</summary>
    public async Task<T> InStore<T>(Func<PracticeDb, Task<T>> ask)
    {
        await using var services = new ServiceCollection().AddStore(new() { Postgres = direct }).BuildServiceProvider();
        using var scope = services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<PracticeDb>();
        db.PracticeId = 1;
        return await ask(db);
    }

    /// <summary>What was checked is forgotten, so that the same file is checked anew.</summary>
    public Task<int> Forget() => InStore(static async db =>
    {
        await db.ChunkResults.ExecuteDeleteAsync(Stop);
        await db.Chunks.ExecuteDeleteAsync(Stop);
        return await db.Jobs.ExecuteDeleteAsync(Stop);
    });

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in workers)
            if (worker is not null) End(worker);
        toPostgres.Dispose();
        toRabbit?.Dispose();
        NpgsqlConnection.ClearAllPools();
        rabbit?.Dispose();
        postgres.Dispose();
        await Task.Run(() => Directory.Delete(folder, recursive: true), CancellationToken.None);
    }
}
