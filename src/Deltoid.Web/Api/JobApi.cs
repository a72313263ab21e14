using System.Text.Json;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Api;

/// <summary>Work that continues after its request, and the files that it takes or makes.</summary>
static class JobApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/jobs/{id:long}", ShowJob).ForPrograms("files.read");
        api.MapGet("/files", ShowFiles).ForPrograms("files.read");
        api.MapGet("/files/{id:long}", ShowFile).ForPrograms("files.read");
        api.MapGet("/files/{id:long}/content", Fetch).ForPrograms("files.read");
    }

    /// <summary>The job is kept, and will be done.</summary>
    public static ApiAnswer Accepted(Job job) => ApiAnswer.Json(json => Write(job, json)) with
    {
        Status = StatusCodes.Status202Accepted, Location = FormattableString.Invariant($"/api/v1/jobs/{job.Id}"),
    };

    static async Task<IResult> ShowJob(long id, PracticeDb db, CancellationToken stop) =>
        await db.Jobs.AsNoTracking().FirstOrDefaultAsync(j => j.Id == id, stop) is { } job
            ? ApiAnswer.Json(json => Write(job, json)).Tagged() : ApiProblem.NotFound;

    static void Write(Job job, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, job.Id);
        json.Word("kind", job.Kind);
        json.Word("state", job.State);
        json.Moment("at", job.At);
        json.Moment("endedAt", job.EndedAt);
        json.Id("fileId", job.FileId);
        json.WriteString("says"u8, job.Says);
        json.WriteEndObject();
    }

    static async Task<IResult> ShowFiles(HttpContext context, PracticeDb db, TimeProvider clock,
        CancellationToken stop)
    {
        var page = Paging.Of(context);
        var rows = await Rows(db.Files.Where(f => f.Id > page.After).OrderBy(static f => f.Id).Take(page.Most + 1))
            .ToListAsync(stop);
        await Looks.Record(db, clock, "files"); // what came in may be named after a patient
        return page.Answer("files", rows, static f => f.Id, Write);
    }

    static IQueryable<FileRow> Rows(IQueryable<StoredFile> files) => files.AsNoTracking()
        .Select(static f => new FileRow(f.Id, f.Name, f.Kind, f.IsOutgoing, f.At, f.Content.Length));

    static async Task<IResult> ShowFile(long id, PracticeDb db, TimeProvider clock, CancellationToken stop)
    {
        if (await Rows(db.Files.Where(f => f.Id == id)).FirstOrDefaultAsync(stop) is not { } file)
            return ApiProblem.NotFound;
        await Looks.Record(db, clock, $"file/{id}");
        return ApiAnswer.Json(json => Write(file, json)).Tagged();
    }

    static void Write(FileRow file, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, file.Id);
        json.WriteString("name"u8, file.Name);
        json.WriteString("kind"u8, file.Kind);
        json.WriteBoolean("outgoing"u8, file.IsOutgoing);
        json.Moment("at", file.At);
        json.WriteNumber("bytes"u8, file.Bytes);
        json.WriteEndObject();
    }

    static async Task<IResult> Fetch(long id, PracticeDb db, TimeProvider clock, CancellationToken stop)
    {
        if (await db.Files.AsNoTracking().FirstOrDefaultAsync(f => f.Id == id, stop) is not { } file)
            return ApiProblem.NotFound;
        await Looks.Record(db, clock, $"file/{id}");
        return ApiAnswer.Bytes(file.Content, "application/edi-x12").Tagged();
    }
}
