using System.Data.Common;
using System.Security.Cryptography;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>
/// <c>deltoid share</c>: has a large file of claims checked by all workers of the store, and writes what was found as
/// <c>deltoid scrub --jsonl</c> does. It waits while the database is away, and the same file given again continues.
/// </summary>
sealed class ShareCommand(ServiceProvider services, ServeOptions options, string file, TextWriter error)
{
    const int Done = 0, Usage = 2, Failed = 3, Io = 5;

    static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200), Pause = TimeSpan.FromSeconds(1);

    bool isAway;

    public static async Task<int> Run(string[] args, TextWriter error)
    {
        if (args is not [{ Length: > 0 } file, .. var rest] || file.StartsWith("--", StringComparison.Ordinal))
            return await Tell(error, "use deltoid share FILE", Usage);
        var options = ServeOptions.Of(rest);
        if (options.Postgres is null && !File.Exists(new StorePlace { Folder = options.Folder }.File))
            return await Tell(error, "there is no store in this folder; name its folder with --folder", Io);
        if (!File.Exists(file)) return await Tell(error, $"{file} is not there", Io);
        await using var services = new ServiceCollection().AddSingleton(options.Time)
            .AddSingleton(_ => CodeBooks.Open(options.Books))
            .AddStore(new() { Folder = options.Folder, Postgres = options.Postgres }).BuildServiceProvider();
        try
        {
            return await new ShareCommand(services, options, file, error).Run();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await Tell(error, $"a file cannot be read or written ({e.GetType().Name})", Io);
        }
        catch (DbException e)
        {
            return await Tell(error, $"the database refuses this ({e.GetType().Name})", Io);
        }
    }

    static async Task<int> Tell(TextWriter error, string what, int code)
    {
        await error.WriteLineAsync("deltoid share: " + what);
        return code;
    }

    async Task<int> Run()
    {
        var practices = await Again(static (db, _) => db.Practices.AsNoTracking().Select(static p => p.Id)
            .ToListAsync(), 0);
        if (options.Practice is { } named ? !practices.Contains(named) : practices.Count != 1)
            return await Tell(error, practices.Count == 0 ? "no practice is set up yet"
                : "say for which practice: --practice NUMBER", Usage);
        var practice = options.Practice ?? practices[0];
        var key = await KeyOf(practice);
        var job = await Again((db, books) => Begin(db, books, key), practice);
        await using var output = options.Output is { } to ? File.Create(to) : Console.OpenStandardOutput();
        var next = ChunkResult.Head;
        while (true)
        {
            job = await Again((db, _) => db.Jobs.AsNoTracking().SingleAsync(j => j.Id == job.Id), practice);
            // asked before what there is: what is done by now is all there
            var isOver = job.State is JobState.Done or JobState.Failed;
            next = await Again((db, _) => Write(db, job.Id, next, output), practice);
            if (isOver) break;
            await Task.Delay(Moment);
        }
        return await Tell(error, job.Says, job.State == JobState.Done ? Done : Failed);
    }

    /// <summary>The file is known by its bytes: given again it is the same job.</summary>
    async Task<Guid> KeyOf(long practice)
    {
        await using var stream = File.OpenRead(file);
        var digest = await SHA256.HashDataAsync(stream);
        return new(SHA256.HashData([.. digest, .. BitConverter.GetBytes(practice)]).AsSpan(0, 16));
    }

    async Task<Job> Begin(PracticeDb db, CodeBooks books, Guid key)
    {
        var clock = services.GetRequiredService<TimeProvider>();
        var job = await Jobs.Ask(db, new()
        {
            Key = key, Kind = JobKind.Check, Name = Path.GetFileName(file), At = clock.Now(),
        }, null);
        db.ChangeTracker.Clear();
        if (job.State != JobState.Waiting) return job;
        await using var stream = File.OpenRead(file);
        await Checking.Cut(db, books, job.Id, stream, clock, options.ChunkBytes);
        return job;
    }

    /// <summary>Writes the results that are there in a row.</summary>
    /// <returns>The number of the one that is due.</returns>
    static async Task<int> Write(PracticeDb db, long jobId, int due, Stream output)
    {
        await foreach (var (number, text) in Checking.Results(db, jobId, due))
        {
            if (number != due) break;
            await output.WriteAsync(text);
            due++;
        }
        await output.FlushAsync();
        return due;
    }

    /// <summary>Asks the store; while it is away it is asked again.</summary>
    async Task<T> Again<T>(Func<PracticeDb, CodeBooks, Task<T>> ask, long practice)
    {
        while (true)
        {
            using var scope = services.CreateScope();
            var db = scope.ServiceProvider.GetRequiredService<PracticeDb>();
            db.PracticeId = practice;
            try
            {
                var answer = await ask(db, services.GetRequiredService<CodeBooks>());
                isAway = false;
                return answer;
            }
            catch (Exception e) when (e is not FileNotFoundException and not UnauthorizedAccessException
                && JobWork.MayPass(e))
            {
                if (!isAway) await Tell(error, "the database is away; this waits for it", 0);
                isAway = true;
                await Task.Delay(Pause);
            }
        }
    }
}
