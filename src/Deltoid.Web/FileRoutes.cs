using Deltoid.Store;
using Deltoid.Values;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>Files that left and files that came in.</summary>
static class FileRoutes
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/files", Show).Needs(Permission.ReadFiles);
        app.MapGet("/files/{id:long}", Fetch).Needs(Permission.ReadFiles);
        app.MapPost("/files", Take).Needs(Permission.Post);
    }

    static async Task<IResult> Show(PracticeDb db) => await Page(db, []);

    static async Task<IResult> Page(PracticeDb db, IReadOnlyList<Taken> taken) =>
        new RazorComponentResult<FilesPage>(new
        {
            Taken = taken,
            Files = await db.Files.AsNoTracking().OrderByDescending(static f => f.Id).Take(100)
                .Select(static f => new FileRow(f.Id, f.Name, f.Kind, f.IsOutgoing, f.At, f.Content.Length))
                .ToListAsync(),
            Remittances = await db.Remittances.AsNoTracking().OrderByDescending(static r => r.Id).Take(100)
                .ToListAsync(),
        });

    static async Task<IResult> Fetch(long id, PracticeDb db, TimeProvider clock)
    {
        var file = await db.Files.AsNoTracking().FirstOrDefaultAsync(f => f.Id == id);
        if (file is null) return TypedResults.NotFound();
        await db.Change(_ =>
        {
            db.Record(clock.GetUtcNow().UtcDateTime, "read", $"file/{id}");
            return Task.FromResult(0);
        });
        return TypedResults.File(file.Content, "application/edi-x12", file.Name);
    }

    /// <summary>Takes files that were dropped: one that cannot be read does not stop the others.</summary>
    static async Task<IResult> Take(IFormFileCollection files, PracticeDb db, Engine engine, TimeProvider clock,
        CancellationToken stop)
    {
        var taken = new List<Taken>();
        foreach (var file in files)
        {
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, stop);
            db.ChangeTracker.Clear();
            try
            {
                taken.Add(new(file.FileName, await Receiving.Receive(db, engine, Path.GetFileName(file.FileName),
                    bytes.ToArray(), clock.GetUtcNow().UtcDateTime, stop), null));
            }
            catch (InputException e)
            {
                taken.Add(new(file.FileName, null, e));
            }
        }
        return await Page(db, taken);
    }
}

/// <summary>A file in the list.</summary>
public sealed record FileRow(long Id, string Name, string Kind, bool IsOutgoing, DateTime At, int Bytes);

/// <summary>What came of a file that was dropped.</summary>
public sealed record Taken(string Name, Received? Received, InputException? Fault);
