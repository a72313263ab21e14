using Deltoid.Store;
using Deltoid.Store.Model;
using JasperFx;
using JasperFx.CodeGeneration;
using Microsoft.EntityFrameworkCore;
using Wolverine;
using Wolverine.ErrorHandling;
using Wolverine.Postgresql;
using Wolverine.Sqlite;

namespace Deltoid.Web;

/// <summary>
/// The queue of jobs: WolverineFx with its own durable store, a file of SQLite beside the practice's, or a schema of
/// the same PostgreSQL. It starts when the first job is asked for or one is left over, so that starting the application
/// does not wait for it; on PostgreSQL it starts at once, since a colleague's program may have died.
/// </summary>
sealed class JobHost(IServiceProvider services, ServeOptions options) : BackgroundService, IAsyncDisposable
{
    const string Schema = "jobs";

    readonly SemaphoreSlim starting = new(1);
    IHost? host;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // what is left over is asked after the server listens
        try
        {
            var left = await LeftOver(stoppingToken);
            if (left.Count > 0 || options.Postgres is not null) await Started(stoppingToken);
            foreach (var job in left) await Publish(job, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // they are left over again
        }
        catch (Exception e) when (JobWork.MayPass(e))
        {
            // the database is away: requests say so, and the next job starts the queue
        }
    }

    /// <summary>Jobs that were asked for and are not done, of all practices.</summary>
    async Task<List<Job>> LeftOver(CancellationToken stop)
    {
        using var scope = services.CreateScope();
        var (db, jobs) = (scope.ServiceProvider.GetRequiredService<PracticeDb>(), new List<Job>());
        foreach (var practice in await db.Practices.AsNoTracking().Select(static p => p.Id).ToListAsync(stop))
        {
            db.PracticeId = practice; // no statement reads two practices
            jobs.AddRange(await db.Jobs.AsNoTracking().Where(static j => j.State == JobState.Waiting
                || j.State == JobState.Running).ToListAsync(stop));
        }
        return [.. jobs.OrderBy(static j => j.Id)];
    }

    /// <summary>Hands a job to the queue; when this returns, it is on the disk.</summary>
    public async Task Publish(Job job, CancellationToken stop)
    {
        using var scope = (await Started(stop)).Services.CreateScope();
        var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
        await (job.Kind switch
        {
            JobKind.TakeIn or JobKind.LookAt => bus.PublishAsync(new TakeInAnswer(job.PracticeId, job.Id)),
            JobKind.Import => bus.PublishAsync(new ImportClaims(job.PracticeId, job.Id)),
            _ => bus.PublishAsync(new SendClaims(job.PracticeId, job.Id)),
        });
    }

    async Task<IHost> Started(CancellationToken stop)
    {
        if (host is not null) return host;
        await starting.WaitAsync(stop);
        try
        {
            if (host is not null) return host;
            var built = Build(options, new(services), TypeLoadMode.Static);
            await built.StartAsync(stop);
            return host = built;
        }
        finally
        {
            starting.Release();
        }
    }

    /// <summary>Writes the callers of the handlers: <c>Deltoid.Web codegen write</c> in its project's folder.</summary>
    public static Task<int> Generate(string[] args)
    {
        using var nothing = new ServiceCollection().BuildServiceProvider();
        var folder = Directory.CreateTempSubdirectory("deltoid-codegen").FullName;
        return Build(new() { Folder = folder }, new(nothing), TypeLoadMode.Dynamic).RunJasperFxCommands(args);
    }

    static IHost Build(ServeOptions options, JobWork work, TypeLoadMode mode)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        LogLines.Use(builder.Logging);
        builder.Logging.AddFilter(static (_, level) => level >= LogLevel.Critical);
        builder.Services.AddSingleton(work);
        builder.UseWolverine(queue =>
        {
            queue.ApplicationAssembly = typeof(JobHost).Assembly;
            queue.CodeGeneration.TypeLoadMode = mode;
            queue.CodeGeneration.GeneratedCodeOutputPath =
                Path.Combine(Environment.CurrentDirectory, "Internal", "Generated");
            if (options.Postgres is { } connection) queue.PersistMessagesWithPostgresql(connection, Schema);
            else queue.PersistMessagesWithSqlite($"Data Source={Path.Combine(options.Folder, "jobs.db")}");
            queue.Durability.Mode = options.Postgres is null ? DurabilityMode.Solo : DurabilityMode.Balanced;
            queue.Durability.HealthCheckPollingTime = TimeSpan.FromSeconds(2);
            queue.Durability.StaleNodeTimeout = TimeSpan.FromSeconds(10);
            queue.Policies.UseDurableLocalQueues();
            // answers are taken in the order in which they were dropped; an import does not hold them up
            queue.LocalQueueFor<TakeInAnswer>().Sequential();
            queue.LocalQueueFor<ImportClaims>().Sequential();
            queue.LocalQueueFor<SendClaims>().Sequential();
            queue.OnException(JobWork.MayPass).ScheduleRetryIndefinitely(TimeSpan.FromSeconds(1),
                TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4));
            queue.DefaultExecutionTimeout = TimeSpan.FromHours(4); // of a large import
        });
        return builder.Build();
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (Interlocked.Exchange(ref host, null) is not { } running) return;
        await running.StopAsync(cancellationToken);
        running.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(default);
        starting.Dispose();
        Dispose();
    }
}
