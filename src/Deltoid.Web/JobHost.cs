using Deltoid.Store;
using Deltoid.Store.Model;
using JasperFx;
using JasperFx.CodeGeneration;
using Microsoft.EntityFrameworkCore;
using Wolverine;

namespace Deltoid.Web;

/// <summary>
/// The queue of jobs: WolverineFx with its own durable store (<see cref="QueueLevel"/>). On SQLite it starts when the
/// first job is asked for or one is left over, so that starting the application does not wait for it; on PostgreSQL it
/// starts at once, since a colleague's program may have died.
/// </summary>
sealed class JobHost(IServiceProvider services, ServeOptions options) : BackgroundService, IAsyncDisposable
{
    readonly SemaphoreSlim starting = new(1);
    IHost? host;

    /// <summary>Whether the queue runs; where it starts with the first job, it need not.</summary>
    public bool IsRunning => host is not null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // what is left over is asked after the server listens
        using var timer = new PeriodicTimer(LookEvery);
        var isBegun = false;
        try
        {
            do isBegun = await Look(isBegun, stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // they are left over again
        }
    }

    /// <summary>Looks for work that nobody has.</summary>
    /// <returns>Whether what was left over is in the queue.</returns>
    async Task<bool> Look(bool isBegun, CancellationToken stop)
    {
        try
        {
            if (!isBegun) await BeginLeftOver(stop);
            isBegun = true;
            await HandOutChunks(stop);
        }
        catch (Exception e) when (JobWork.MayPass(e))
        {
            // the database is away: requests say so, and it is looked for again
        }
        return isBegun;
    }

    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    async Task BeginLeftOver(CancellationToken stop)
    {
        // before the queue starts: who asks from now on publishes it
        var left = await Jobs(static j => j.Kind != JobKind.Check || j.State == JobState.Waiting, stop);
        if (options.Postgres is not null) await Started(stop);
        foreach (var job in left) await Publish(job, stop);
    }

    /// <summary>Jobs that were asked for and are not done, of all practices.</summary>
    async Task<List<Job>> Jobs(System.Linq.Expressions.Expression<Func<Job, bool>> which, CancellationToken stop)
    {
        using var scope = services.CreateScope();
        var (db, jobs) = (scope.ServiceProvider.GetRequiredService<PracticeDb>(), new List<Job>());
        foreach (var practice in await db.Practices.AsNoTracking().Select(static p => p.Id).ToListAsync(stop))
        {
            db.PracticeId = practice; // no statement reads two practices
            jobs.AddRange(await db.Jobs.AsNoTracking().Where(static j => j.State == JobState.Waiting
                || j.State == JobState.Running).Where(which).ToListAsync(stop));
        }
        return [.. jobs.OrderBy(static j => j.Id)];
    }

    /// <summary>
    /// Chunks of files that nobody has put into the queue, or that stand still: their program has died, or the broker
    /// has lost its disk.
    /// </summary>
    async Task HandOutChunks(CancellationToken stop)
    {
        foreach (var job in await Jobs(static j => j.Kind == JobKind.Check && j.State == JobState.Running, stop))
        {
            using var scope = services.CreateScope();
            var db = scope.ServiceProvider.GetRequiredService<PracticeDb>();
            db.PracticeId = job.PracticeId;
            await HandOut(db, job.Id, stop);
        }
    }

    /// <summary>Puts the chunks of a file into the queue, where no colleague does.</summary>
    public async Task HandOut(PracticeDb db, long jobId, CancellationToken stop)
    {
        var clock = services.GetRequiredService<TimeProvider>();
        if (await Checking.Take(db, jobId, clock, stop) is not { Count: > 0 } left) return;
        using var scope = (await Started(stop)).Services.CreateScope();
        var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
        foreach (var number in left) await bus.PublishAsync(new CheckChunk(db.PracticeId, jobId, number));
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
            JobKind.Check => bus.PublishAsync(new CheckFile(job.PracticeId, job.Id)),
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
            try
            {
                await built.StartAsync(stop);
            }
            catch
            {
                built.Dispose(); // another is built when it is tried again
                throw;
            }
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
        LogLines.Use(builder.Logging, options);
        builder.Logging.AddFilter(static (_, level) => level >= LogLevel.Critical);
        builder.Services.AddSingleton(work);
        builder.Services.AddWolverine(ExtensionDiscovery.ManualOnly, queue =>
        {
            queue.ApplicationAssembly = typeof(JobHost).Assembly;
            queue.CodeGeneration.TypeLoadMode = mode;
            queue.CodeGeneration.GeneratedCodeOutputPath =
                Path.Combine(Environment.CurrentDirectory, "Internal", "Generated");
            QueueLevel.Use(queue, options);
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
