using System.Globalization;
using Deltoid.Store;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary><c>deltoid audit evidence</c>: what an auditor asks for, as a folder or as one zip file.</summary>
static class EvidenceCommand
{
    const int Done = 0, Usage = 2, Io = 5;

    /// <summary>From, Thru, Output and Patients of the command line.</summary>
    sealed record Asked(string From = "", string Thru = "", string Output = "", bool Patients = false);

    /// <returns>0: done; 2: usage; 5: the store cannot be read, or the output cannot be written.</returns>
    public static async Task<int> Run(string[] args, TextWriter output, TextWriter error)
    {
        var (options, asked) = (ServeOptions.Of(args),
            new ConfigurationBuilder().AddCommandLine(args).Build().Get<Asked>() ?? new());
        if (DayOf(asked.From) is not { } from || DayOf(asked.Thru) is not { } thru || thru < from
            || asked.Output.Length == 0)
            return await Tell(error, "name the days with --from and --to (2026-01-31), and a new place with --output",
                Usage);
        var to = Path.TrimEndingDirectorySeparator(Path.GetFullPath(asked.Output));
        if (File.Exists(to) || Directory.Exists(to))
            return await Tell(error, "there is already something at the place of --output; name a new one", Usage);
        if (options.Postgres is null && !File.Exists(new StorePlace { Folder = options.Folder }.File))
            return await Tell(error, "there is no store in this folder; name its folder with --folder", Io);
        try
        {
            var made = await Make(options, from, thru, asked.Patients);
            if (made is null)
                return await Tell(error, "an earlier version has written this store; start deltoid serve once, which "
                    + "brings it up to date", Io);
            Write(to, made);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{made.Count} files are in {to}.")
                + (asked.Patients ? " They hold patients: keep them where only you can read them."
                    : " No patient is in them."));
            return Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException
            or System.Data.Common.DbException)
        {
            return await Tell(error, $"a file or the store cannot be read or written ({e.GetType().Name})", Io);
        }
    }

    static DateOnly? DayOf(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture,
        DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The files of all practices, each in its folder where there are several; null: the store is older.
    /// </summary>
    static async Task<List<EvidenceFile>?> Make(ServeOptions options, DateOnly from, DateOnly thru, bool withPatients)
    {
        await using var services = new ServiceCollection()
            .AddStore(new() { Folder = options.Folder, Postgres = options.Postgres }).BuildServiceProvider();
        using var scope = services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<PracticeDb>();
        if ((await db.Database.GetPendingMigrationsAsync()).Any()) return null;
        var (anchors, all) = (new AuditAnchors(options.AnchorFolder), new List<EvidenceFile>());
        var practices = await db.Practices.Select(static p => p.Id).OrderBy(static i => i).ToListAsync();
        var now = options.Time.GetUtcNow().UtcDateTime;
        foreach (var practice in practices)
        {
            db.PracticeId = practice;
            var files = await Evidence.Of(db, anchors.Read(practice), from, thru, withPatients,
                EvidenceRoutes.Version, now);
            all.AddRange(practices.Count == 1 ? files : files.Select(f => f with
            {
                Name = string.Create(CultureInfo.InvariantCulture, $"practice-{practice}/{f.Name}"),
            }));
            db.ChangeTracker.Clear();
            await db.Change(_ =>
            {
                db.Record(now, "export", "evidence", $"{from.Iso()} to {thru.Iso()}"
                    + (withPatients ? ", with patients" : ""));
                return Task.FromResult(0);
            });
        }
        return all;
    }

    /// <summary>It is there whole, or not at all.</summary>
    static void Write(string to, List<EvidenceFile> files)
    {
        var part = to + ".part";
        if (to.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            File.WriteAllBytes(part, EvidenceRoutes.Zip(files));
            File.Move(part, to);
            return;
        }
        foreach (var file in files)
        {
            var path = Path.Combine(part, file.Name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, file.Content);
        }
        Directory.Move(part, to);
    }

    static async Task<int> Tell(TextWriter error, string what, int code)
    {
        await error.WriteLineAsync($"deltoid audit evidence: {what}");
        return code;
    }
}
