using System.Globalization;
using Deltoid.Store;
using Deltoid.X12.Envelope;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary><c>deltoid limits</c>: what this store and this machine take, as set, and how much of it is used.</summary>
static class LimitsCommand
{
    /// <summary>With less than this free, the program says that it is not ready.</summary>
    public const long LeastFree = 256L << 20;

    /// <summary>The largest request, files of a form among it.</summary>
    public const long LargestRequest = 64L << 20;

    public static async Task<int> Run(string[] args, TextWriter output, TextWriter error)
    {
        var options = ServeOptions.Of(args);
        var place = new StorePlace { Folder = options.Folder, Postgres = options.Postgres };
        if (options.Postgres is null && !File.Exists(place.File))
        {
            await error.WriteLineAsync(
                "deltoid limits: there is no store in this folder; name its folder with --folder");
            return 5;
        }
        try
        {
            foreach (var (name, value) in Machine(options).Concat(await Store(place)))
                await output.WriteLineAsync($"{name,-44} {value}");
            return 0;
        }
        catch (Exception e) when (e is System.Data.Common.DbException || JobWork.MayPass(e))
        {
            await error.WriteLineAsync($"deltoid limits: the store cannot be read ({e.GetType().Name})");
            return 5;
        }
    }

    static IEnumerable<(string, string)> Machine(ServeOptions options) =>
    [
        ("level", options.Postgres is null ? "embedded" : options.Rabbit is null ? "team" : "clearinghouse"),
        ("processors", Count(Environment.ProcessorCount)),
        ("memory for this program", Bytes(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)),
        ("free on the disk of the folder", Bytes(FreeOf(options.Folder))),
        ("least free disk, else not ready", Bytes(LeastFree)),
        ("largest upload in a browser", Bytes(LargestRequest)),
        ("largest file by deltoid share", "what the disk holds"),
        ("bytes of a chunk, about", Bytes(options.ChunkBytes)),
        ("chunks at the same time", Count(options.ChunksAtOnce)),
        ("longest segment of X12", Bytes(BlockCutter.LongestSegment)),
        ("largest claim or set that cannot be cut", Bytes(BlockCutter.LargestSetPart)),
        ("requests of a person in a minute", Count(options.RequestsOfPerson)),
        ("requests of a practice in a minute", Count(options.RequestsOfPractice)),
    ];

    static async Task<IEnumerable<(string, string)>> Store(StorePlace place)
    {
        await using var services = new ServiceCollection().AddStore(place).BuildServiceProvider();
        using var scope = services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<PracticeDb>();
        var (claims, events, files) = (0L, 0L, 0L);
        var practices = await db.Practices.AsNoTracking().Select(static p => p.Id).ToListAsync();
        foreach (var practice in practices)
        {
            db.PracticeId = practice;
            claims += await db.Claims.LongCountAsync();
            events += await db.Events.LongCountAsync();
            files += await db.Files.LongCountAsync();
        }
        return
        [
            ("practices", Count(practices.Count)), ("claims", Count(claims)), ("files", Count(files)),
            ("events of the trail", Count(events)),
            ("database", Bytes(place.Postgres is null ? new FileInfo(place.File).Length
                : await db.Database.SqlQueryRaw<long>("SELECT pg_database_size(current_database()) AS \"Value\"")
                    .SingleAsync())),
        ];
    }

    /// <summary>Bytes that are free where a folder lies.</summary>
    public static long FreeOf(string folder) => new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;

    static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    static string Bytes(long value) => value < 1 << 20
        ? string.Create(CultureInfo.InvariantCulture, $"{value / 1024:N0} KB")
        : string.Create(CultureInfo.InvariantCulture, $"{value / (1 << 20):N0} MB");
}
