using System.Globalization;
using System.IO.Compression;
using Deltoid.Store;
using Deltoid.Values;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Deltoid.Web;

/// <summary>The evidence of some days as one file. That it left is an event.</summary>
static class EvidenceRoutes
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/compliance/evidence", static (TimeProvider clock) => Page(clock, null)).Needs(Permission.Audit);
        app.MapPost("/compliance/evidence", Save).Needs(Permission.Audit);
    }

    static IResult Page(TimeProvider clock, InputException? fault) => new RazorComponentResult<EvidencePage>(new
    {
        Today = clock.Today(), Fault = fault,
    }) { StatusCode = fault is null ? 200 : 422 };

    static async Task<IResult> Save([FromForm] string? from, [FromForm] string? thru, [FromForm] bool? patients,
        PracticeDb db, AuditAnchors anchors, TimeProvider clock, CancellationToken stop)
    {
        try
        {
            var (first, last) = (TypedDay.Of(from, "from"), TypedDay.Of(thru, "thru"));
            if (last < first) throw new InputException("thru", "the last day is before the first",
                "choose a later one");
            var files = await Evidence.Of(db, anchors.Read(db.PracticeId), first, last, patients == true, Version,
                clock.Now(), stop);
            db.ChangeTracker.Clear();
            await db.Change(_ =>
            {
                db.Record(clock.Now(), "export", "evidence", string.Create(CultureInfo.InvariantCulture,
                    $"{first.Iso()} to {last.Iso()}{(patients == true ? ", with patients" : "")}"));
                return Task.FromResult(0);
            }, stop);
            return TypedResults.File(Zip(files), "application/zip", $"evidence-{first.Iso()}-{last.Iso()}.zip");
        }
        catch (InputException e)
        {
            return Page(clock, e);
        }
    }

    internal static string Version => BackupCommand.Version;

    internal static byte[] Zip(List<EvidenceFile> files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var file in files)
            {
                using var entry = zip.CreateEntry(file.Name, CompressionLevel.Optimal).Open();
                entry.Write(file.Content);
            }
        return stream.ToArray();
    }
}
