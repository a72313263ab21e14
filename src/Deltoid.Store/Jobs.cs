using System.Globalization;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>
/// Work that continues after its request. Asked for twice it is one job; done twice it is done once: what a job has done
/// is in the same change as its state, and files and claims are known by what they are.
/// </summary>
public static class Jobs
{
    /// <summary>Keeps what is to be done, before anybody begins.</summary>
    /// <returns>The job; with a key that is known, the job that has it.</returns>
    public static Task<Job> Ask(PracticeDb db, Job job, byte[]? content, CancellationToken stop = default) =>
        db.Change(async _ =>
    {
        if (await db.Jobs.AsNoTracking().FirstOrDefaultAsync(j => j.Key == job.Key, stop) is { } known) return known;
        job.PersonId = db.PersonId;
        db.Jobs.Add(job);
        await db.SaveChangesAsync(stop);
        if (content is not null) db.Uploads.Add(new() { JobId = job.Id, Content = content });
        db.Record(job.At, "ask", $"job/{job.Id}", job.Kind.ToString());
        return job;
    }, stop);

    /// <summary>Does a job, or what is left of it.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away: the job is done later.</exception>
    public static async Task Do(PracticeDb db, CodeBooks books, long jobId, TimeProvider clock,
        CancellationToken stop = default)
    {
        var job = await db.Jobs.SingleOrDefaultAsync(j => j.Id == jobId, stop);
        if (job is null or { State: JobState.Done or JobState.Failed }) return;
        db.PersonId = job.PersonId;
        try
        {
            if (job.Kind == JobKind.Check)
            {
                await Check(db, books, job, clock, stop);
                return;
            }
            if (job.State == JobState.Waiting)
            {
                job.State = JobState.Running;
                await db.SaveChangesAsync(stop);
            }
            switch (job.Kind)
            {
                case JobKind.TakeIn or JobKind.LookAt: await TakeIn(db, books.Engine, job, clock, stop); break;
                case JobKind.Import: await Import(db, books.Engine, job, clock, stop); break;
                default: await Send(db, job, clock, stop); break;
            }
        }
        catch (InputException e)
        {
            await Fail(db, jobId, e.Try is { Length: > 0 } next ? $"{e.Message}. {Sentence(next)}" : e.Message, clock);
        }
    }

    static string Sentence(string text) => text.Length == 0 ? "" : Results.Sentence.Capital(text) + ".";

    /// <summary>A job that cannot be done keeps its reason; what it had begun was taken back.</summary>
    public static async Task Fail(PracticeDb db, long jobId, string why, TimeProvider clock)
    {
        db.ChangeTracker.Clear();
        await db.Change(async _ =>
        {
            var job = await db.Jobs.SingleAsync(j => j.Id == jobId);
            if (await db.Uploads.SingleOrDefaultAsync(u => u.JobId == jobId) is { } upload) db.Uploads.Remove(upload);
            (job.State, job.EndedAt) = (JobState.Failed, clock.GetUtcNow().UtcDateTime);
            job.Says += why;
            db.Record(job.EndedAt.Value, "fail", $"job/{jobId}");
            return 0;
        });
    }

    static void End(Job job, DateTime now, string says)
    {
        (job.State, job.EndedAt) = (JobState.Done, now);
        job.Says += says;
    }

    static async Task TakeIn(PracticeDb db, Engine engine, Job job, TimeProvider clock, CancellationToken stop)
    {
        var upload = await db.Uploads.SingleAsync(u => u.JobId == job.Id, stop);
        var now = clock.GetUtcNow().UtcDateTime;
        await Receiving.Receive(db, engine, job.Name, upload.Content, now, job.Kind == JobKind.LookAt, received =>
        {
            db.Uploads.Remove(upload);
            job.FileId = received.File.Id;
            End(job, now, received.IsNew ? string.Join('\n', received.Acknowledged) : KnownSince(received.File)
                + (received.Remittances.Any(static r => r.State == RemittanceState.Waiting)
                    ? " Its payment waits to be posted." : ""));
        }, stop);
    }

    /// <summary>Cuts a file that came as an upload; one that a program cuts itself has none.</summary>
    static async Task Check(PracticeDb db, CodeBooks books, Job job, TimeProvider clock, CancellationToken stop)
    {
        var upload = job.State == JobState.Waiting
            ? await db.Uploads.AsNoTracking().SingleOrDefaultAsync(u => u.JobId == job.Id, stop) : null;
        if (upload is null) return;
        db.ChangeTracker.Clear();
        await Checking.Cut(db, books, job.Id, new MemoryStream(upload.Content, writable: false), clock,
            Batch.ChunkSource.UsualSize, stop);
    }

    internal static string KnownSince(StoredFile file) => string.Create(CultureInfo.InvariantCulture,
        $"The same file was received on {file.At:MM/dd/yyyy} as {file.Name}. Nothing was posted again.");

    static async Task Import(PracticeDb db, Engine engine, Job job, TimeProvider clock, CancellationToken stop)
    {
        if (job.FileId is not null || await Importing.Begin(db, job, clock.GetUtcNow().UtcDateTime, stop))
            await Importing.Run(db, engine, job, clock, stop);
        db.ChangeTracker.Clear();
        await db.Change(async _ =>
        {
            var done = await db.Jobs.SingleAsync(j => j.Id == job.Id, stop);
            var now = clock.GetUtcNow().UtcDateTime;
            End(done, now, done.Total == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
                $"{done.Done - done.LeftOut:N0} claims imported, {done.LeftOut:N0} left out."));
            db.Record(now, "end", $"job/{job.Id}");
            return 0;
        }, stop);
    }

    static async Task Send(PracticeDb db, Job job, TimeProvider clock, CancellationToken stop)
    {
        long[] ids = [.. job.Claims.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(static id => long.Parse(id, CultureInfo.InvariantCulture))];
        await Sending.Send(db, ids, clock.GetLocalNow().DateTime, file =>
        {
            job.FileId = file.Id;
            End(job, clock.GetUtcNow().UtcDateTime, string.Create(CultureInfo.InvariantCulture,
                $"{ids.Length} claims left in {file.Name}."));
        }, stop);
    }
}
