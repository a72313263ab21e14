using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using Deltoid.Batch;
using Deltoid.Results;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>A worker has another code book than the one that a file is checked by: another worker does it, or a later
/// one.</summary>
public sealed class OtherBookException() : Exception("the file is checked by another code book");

/// <summary>
/// Checks a large file of claims by many workers: it is cut into chunks of whole claims, each is scrubbed by the
/// first who is free, results are kept once, and read in order they are what the command line writes of the file.
/// </summary>
public static class Checking
{
    const int BytesAtOnce = 8 << 20;

    /// <summary>
    /// Cuts what is not yet cut, and says how much there is to do. What was cut before a stop is cut again and found
    /// there.
    /// </summary>
    /// <param name="file">From its beginning.</param>
    /// <param name="size">Bytes of a chunk, about.</param>
    public static async Task Cut(PracticeDb db, CodeBooks books, long jobId, Stream file, TimeProvider clock,
        int size, CancellationToken stop = default)
    {
        var engine = books.Of(await Begin(db, books.Engine, jobId, stop));
        var source = new ChunkSource(file, engine.Book, size);
        var known = (await db.Chunks.AsNoTracking().Where(c => c.JobId == jobId).Select(static c => c.Number)
            .ToListAsync(stop)).ToHashSet();
        var (count, claims, some) = (0, 0L, new List<Chunk>());
        while (source.Next() is { } chunk)
        {
            (count, claims) = (count + 1, claims + chunk.Claims);
            if (!known.Contains(chunk.Number))
                some.Add(new() { JobId = jobId, Number = chunk.Number, Claims = chunk.Claims, Content = chunk.Bytes });
            if (some.Sum(static c => c.Content.Length) < BytesAtOnce) continue;
            await Keep(db, some, stop);
        }
        await Keep(db, some, stop);
        await db.Change(async _ =>
        {
            var job = await db.Jobs.SingleAsync(j => j.Id == jobId, stop);
            if (job.State != JobState.Waiting) return 0; // who cut it meanwhile has said so
            (job.State, job.Total, job.Parts) = (JobState.Running, claims, count);
            await db.Uploads.Where(u => u.JobId == jobId).ExecuteDeleteAsync(stop);
            if (count == 0) await End(db, job, clock, stop);
            return 0;
        }, stop);
        db.ChangeTracker.Clear();
    }

    /// <summary>The book that all of the file is checked by, and the line that stands before all.</summary>
    /// <returns>The version of that book.</returns>
    static Task<string> Begin(PracticeDb db, Engine engine, long jobId, CancellationToken stop) => db.Change(async _ =>
    {
        var job = await db.Jobs.SingleAsync(j => j.Id == jobId, stop);
        if (job.Book.Length > 0) return job.Book;
        job.Book = engine.Book.Version;
        var head = new ArrayBufferWriter<byte>();
        FindingsCatalogue.Write(Edits.Shipped.Edits, engine.Book, head);
        db.ChunkResults.Add(new() { JobId = jobId, Number = ChunkResult.Head, Text = head.WrittenSpan.ToArray() });
        return job.Book;
    }, stop);

    static async Task Keep(PracticeDb db, List<Chunk> some, CancellationToken stop)
    {
        if (some.Count == 0) return;
        await db.Change(async _ =>
        {
            db.Chunks.AddRange(some);
            await db.SaveChangesAsync(stop);
            return 0;
        }, stop);
        some.Clear();
        db.ChangeTracker.Clear(); // the bytes are not held
    }

    /// <summary>A file of which nothing moves for so long is put into the queue again.</summary>
    static readonly TimeSpan StandsStill = TimeSpan.FromSeconds(20);

    /// <summary>Takes it on to put the chunks without a result into the queue, where nobody has.</summary>
    /// <returns>Their numbers; none where they are on their way.</returns>
    public static Task<List<int>> Take(PracticeDb db, long jobId, TimeProvider clock,
        CancellationToken stop = default) => db.Change(async _ =>
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var job = await db.Jobs.SingleAsync(j => j.Id == jobId, stop);
        await db.Entry(job).ReloadAsync(stop);
        if (job.State != JobState.Running || now - job.MovedAt < StandsStill) return [];
        job.MovedAt = now;
        var done = db.ChunkResults.Where(r => r.JobId == jobId).Select(static r => r.Number);
        return await db.Chunks.Where(c => c.JobId == jobId && !done.Contains(c.Number))
            .OrderBy(static c => c.Number).Select(static c => c.Number).ToListAsync(stop);
    }, stop);

    /// <summary>Checks one chunk, where nobody has.</summary>
    /// <returns>Claims that were checked.</returns>
    /// <exception cref="OtherBookException">The book that the file is checked by is not here.</exception>
    /// <exception cref="System.Data.Common.DbException">The database is away: it is done later.</exception>
    public static async Task<int> Do(PracticeDb db, CodeBooks books, long jobId, int number, TimeProvider clock,
        CancellationToken stop = default)
    {
        var job = await db.Jobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == jobId, stop);
        if (job is not { State: JobState.Running }) return 0;
        if (await db.ChunkResults.AnyAsync(r => r.JobId == jobId && r.Number == number, stop)) return 0;
        var chunk = await db.Chunks.AsNoTracking().SingleOrDefaultAsync(
            c => c.JobId == jobId && c.Number == number, stop);
        if (chunk is null) return 0;
        var engine = books.Of(job.Book);
        db.PersonId = job.PersonId;
        var result = engine.Scrub(chunk.Content, made => ResultOf(chunk, made));
        await db.Change(_ => Keep(db, chunk, result, clock, stop), stop);
        db.ChangeTracker.Clear();
        return result.Claims;
    }

    /// <summary>Keeps a result, where nobody has; the last one ends the job.</summary>
    static async Task<int> Keep(PracticeDb db, Chunk chunk, ChunkResult result, TimeProvider clock,
        CancellationToken stop)
    {
        var (jobId, number) = (chunk.JobId, chunk.Number);
        if (await db.ChunkResults.AnyAsync(r => r.JobId == jobId && r.Number == number, stop)) return 0;
        var job = await db.Jobs.SingleAsync(j => j.Id == jobId, stop);
        if (job.State != JobState.Running) return 0;
        db.ChunkResults.Add(result);
        (job.Done, job.Parts, job.MovedAt) = (job.Done + chunk.Claims, job.Parts - 1, clock.GetUtcNow().UtcDateTime);
        if (job.Parts > 0) return 1;
        await db.SaveChangesAsync(stop);
        await End(db, job, clock, stop);
        return 1;
    }

    static ChunkResult ResultOf(Chunk chunk, ScrubbedBlock made) => new()
    {
        JobId = chunk.JobId, Number = chunk.Number, Text = made.Text.WrittenSpan.ToArray(),
        Claims = (int)made.Totals.Claims, Clean = (int)made.Totals.Clean, Notes = (int)made.Totals.Findings[0],
        Warnings = (int)made.Totals.Findings[1], Errors = (int)made.Totals.Findings[2],
        Refused = (int)made.Totals.Refused,
    };

    static async Task End(PracticeDb db, Job job, TimeProvider clock, CancellationToken stop)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var sums = await db.ChunkResults.Where(r => r.JobId == job.Id).GroupBy(static _ => 1).Select(static all => new
        {
            Claims = all.Sum(static r => (long)r.Claims), Clean = all.Sum(static r => (long)r.Clean),
            Errors = all.Sum(static r => (long)r.Errors), Warnings = all.Sum(static r => (long)r.Warnings),
            Refused = all.Sum(static r => (long)r.Refused),
        }).SingleAsync(stop);
        (job.State, job.EndedAt, job.Done) = (JobState.Done, now, job.Total);
        job.Says = string.Create(CultureInfo.InvariantCulture,
            $"{sums.Claims:N0} claims checked, {sums.Clean:N0} clean: {sums.Errors:N0} errors, "
                + $"{sums.Warnings:N0} warnings.")
            + (sums.Refused > 0 ? string.Create(CultureInfo.InvariantCulture,
                $" {sums.Refused:N0} parts of the file hold no claims that can be read.") : "");
        await db.Chunks.Where(c => c.JobId == job.Id).ExecuteDeleteAsync(stop);
        db.Record(now, "end", $"job/{job.Id}");
    }

    /// <summary>
    /// What was found, in the order of the file: all of it is the bytes of <c>deltoid scrub --jsonl</c>. A number is
    /// missing where a chunk has no result yet.
    /// </summary>
    public static async IAsyncEnumerable<(int Number, byte[] Text)> Results(PracticeDb db, long jobId,
        int first = ChunkResult.Head, [EnumeratorCancellation] CancellationToken stop = default)
    {
        for (var due = first; await db.ChunkResults.AsNoTracking().Where(r => r.JobId == jobId && r.Number >= due)
            .OrderBy(static r => r.Number).FirstOrDefaultAsync(stop) is { } next; due = next.Number + 1)
            yield return (next.Number, next.Text);
    }
}
