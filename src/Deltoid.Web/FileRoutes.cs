using System.Security.Cryptography;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>Files that left and files that came in.</summary>
static class FileRoutes
{
    const int MostJobs = 20;

    /// <summary>So long an answer waits for its jobs: most are done by then.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public static void Map(WebApplication app)
    {
        app.MapGet("/files", Show).Needs(Permission.ReadFiles);
        app.MapGet("/files/{id:long}", Fetch).Needs(Permission.ReadFiles);
        app.MapGet("/files/{id:long}/inside", Inside).Needs(Permission.ReadFiles);
        app.MapGet("/files/jobs", ShowJobs).Needs(Permission.ReadFiles);
        app.MapGet("/files/checks/{id:long}", FetchCheck).Needs(Permission.ReadFiles);
        app.MapPost("/files", Take).Takes("key", "files", "only").Needs(Permission.Post);
    }

    static async Task<IResult> Show(PracticeDb db) =>
        new RazorComponentResult<FilesPage>(new
        {
            Jobs = await JobsOf(db, JobKind.TakeIn, JobKind.Import, JobKind.Send, JobKind.Check),
            Files = await db.Files.AsNoTracking().OrderByDescending(static f => f.Id).Take(100)
                .Select(static f => new FileRow(f.Id, f.Name, f.Kind, f.IsOutgoing, f.At, f.Content.Length))
                .ToListAsync(),
        });

    /// <summary>The last jobs, those still running first, with what payments of their files came to.</summary>
    internal static async Task<List<JobRow>> JobsOf(PracticeDb db, params JobKind[] kinds)
    {
        var jobs = await db.Jobs.AsNoTracking().Where(j => kinds.Contains(j.Kind))
            .OrderByDescending(static j => j.Id).Take(MostJobs).ToListAsync();
        var files = jobs.Where(static j => j.Kind is JobKind.TakeIn or JobKind.LookAt && j.Says.Length == 0)
            .Select(static j => j.FileId).ToHashSet();
        var payments = await db.Remittances.AsNoTracking().Where(r => files.Contains(r.FileId))
            .OrderBy(static r => r.Id).ToListAsync();
        return [.. jobs.OrderBy(static j => j.EndedAt is not null)
            .Select(j => new JobRow(j, [.. payments.Where(p => p.FileId == j.FileId && j.Says.Length == 0)]))];
    }

    /// <summary>How far the jobs are; when the last is done, the page is asked for again.</summary>
    static async Task<IResult> ShowJobs(HttpContext context, PracticeDb db)
    {
        var jobs = await JobsOf(db, Enum.GetValues<JobKind>());
        if (!jobs.Exists(static j => j.IsGoingOn)) context.Response.Headers["HX-Refresh"] = "true";
        return new RazorComponentResult<JobList>(new { Jobs = jobs });
    }

    /// <summary>What is in a file. It names patients, so that the look is in the trail.</summary>
    static async Task<IResult> Inside(long id, PracticeDb db, TimeProvider clock, CancellationToken stop)
    {
        if (await FileInside.Of(db, id, stop) is not { } inside) return TypedResults.NotFound();
        await db.Change(_ =>
        {
            db.Record(clock.Now(), "read", $"file/{id}");
            return Task.FromResult(0);
        }, stop);
        return new RazorComponentResult<FilePage>(new { Inside = inside });
    }

    static async Task<IResult> Fetch(long id, PracticeDb db, TimeProvider clock)
    {
        var file = await db.Files.AsNoTracking().FirstOrDefaultAsync(f => f.Id == id);
        if (file is null) return TypedResults.NotFound();
        await db.Change(_ =>
        {
            db.Record(clock.Now(), "read", $"file/{id}");
            return Task.FromResult(0);
        });
        // what came in may be named after a patient, and a name stays in the list of downloads
        return TypedResults.File(file.Content, "application/edi-x12",
            file.IsOutgoing ? file.Name : $"file-{id}.{file.Kind}");
    }

    /// <summary>What was found in a file that was checked: the lines of JSON of <c>deltoid scrub --jsonl</c>.</summary>
    static async Task<IResult> FetchCheck(long id, PracticeDb db, TimeProvider clock)
    {
        if (!await db.Jobs.AnyAsync(j => j.Id == id && j.Kind == JobKind.Check && j.State == JobState.Done))
            return TypedResults.NotFound();
        await db.Change(_ =>
        {
            db.Record(clock.Now(), "read", $"job/{id}");
            return Task.FromResult(0);
        });
        return TypedResults.Stream(async to =>
        {
            await foreach (var (_, text) in Checking.Results(db, id)) await to.WriteAsync(text);
        }, "application/jsonl", $"findings-{id}.jsonl");
    }

    /// <summary>Keeps the files that were dropped, and has each taken in by a job of its own.</summary>
    static async Task<IResult> Take(IFormCollection form, PracticeDb db, JobHost host, TimeProvider clock,
        CancellationToken stop)
    {
        await Keep(form, JobKind.TakeIn, db, host, clock, stop);
        return TypedResults.Redirect("/files");
    }

    /// <param name="kind">Of files that are no claims.</param>
    internal static async Task Keep(IFormCollection form, JobKind kind, PracticeDb db, JobHost host, TimeProvider clock,
        CancellationToken stop)
    {
        var asked = new List<Job>();
        var key = Guid.TryParse(form["key"], out var given) ? given : Guid.NewGuid();
        foreach (var file in form.Files)
        {
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, stop);
            var name = Path.GetFileName(file.FileName);
            try
            {
                foreach (var (inside, content) in Unpacked.Of(name, bytes.ToArray()))
                    asked.Add(await Ask(inside, !IsOfClaims(content) ? kind
                        : form["only"] == "check" ? JobKind.Check : JobKind.Import, content));
            }
            catch (InputException e)
            {
                asked.Add(await Ask(name, kind, null));
                await Jobs.Fail(db, asked[^1].Id, Results.Sentence.Capital($"{e.Message}: {e.Try}."), clock);
            }
        }
        foreach (var job in asked) await host.Publish(job, stop);
        await Wait(db, asked, stop);

        Task<Job> Ask(string name, JobKind kind, byte[]? content)
        {
            db.ChangeTracker.Clear();
            return Jobs.Ask(db, new()
            {
                Key = KeyOf(key, asked.Count), Kind = kind, Name = name, At = clock.Now(),
            }, content, stop);
        }
    }

    /// <summary>The key of the form is that of its first job; others follow from it.</summary>
    internal static Guid KeyOf(Guid form, int ordinal) => ordinal == 0 ? form
        : new(SHA256.HashData([.. form.ToByteArray(), .. BitConverter.GetBytes(ordinal)]).AsSpan(0, 16));

    /// <summary>Whether the first group holds claims (GS01 is HC).</summary>
    static bool IsOfClaims(ReadOnlySpan<byte> content) =>
        content.StartsWith("ISA"u8) && content.Length > 110 && content[106..].TrimStart(" \r\n"u8) is var group
            && group.StartsWith("GS"u8) && group.Length > 5 && group[3..5].SequenceEqual("HC"u8);

    /// <summary>Waits for jobs to end, within reason.</summary>
    internal static async Task Wait(PracticeDb db, List<Job> jobs, CancellationToken stop)
    {
        var ids = jobs.ConvertAll(static j => j.Id);
        var until = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (Environment.TickCount64 < until && await db.Jobs.AnyAsync(
            j => ids.Contains(j.Id) && (j.State == JobState.Waiting || j.State == JobState.Running), stop))
            await Task.Delay(25, stop);
    }
}

/// <summary>A job in the list, with the payments of its file.</summary>
public sealed record JobRow(Job Job, List<Remittance> Payments)
{
    public bool IsGoingOn => Job.State is JobState.Waiting or JobState.Running;
}

/// <summary>A file in the list.</summary>
public sealed record FileRow(long Id, string Name, string Kind, bool IsOutgoing, DateTime At, int Bytes);
