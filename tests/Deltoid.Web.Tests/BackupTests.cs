using System.Diagnostics;
using System.Globalization;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Deltoid.Web.Tests;

/// <summary>A backup is the store of one moment; what is damaged, newer or in the way is refused before anything is
/// changed.</summary>
public sealed class BackupTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("deltoid-backups").FullName;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    string At(string name) => Path.Combine(folder, name);

    [Fact]
    public async Task A_backup_made_while_claims_are_saved_is_restored_as_it_was()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        using var enough = new CancellationTokenSource();
        var (acknowledged, isWriting) = (0, enough.Token);
        var writing = Task.Run(async () =>
        {
            while (!isWriting.IsCancellationRequested)
            {
                await ChartedClaims.Chart(served, "b12-shot-billing");
                Interlocked.Increment(ref acknowledged);
            }
        }, Stop);
        while (Volatile.Read(ref acknowledged) == 0) await Task.Delay(10, Stop);
        for (var i = 0; i < LongRun.Count(3, 50); i++)
        {
            var before = Volatile.Read(ref acknowledged);
            Assert.Equal((0, ""), await Backup(served.Folder, At($"busy-{i}")));
            Assert.Equal((0, ""), await Restore(At($"busy-{i}"), At($"restored-{i}")));
            Assert.InRange(await Whole(At($"restored-{i}")), before, Volatile.Read(ref acknowledged) + 1);
        }
        await enough.CancelAsync();
        await writing;
        Assert.Equal((0, ""), await Backup(served.Folder, At("quiet")));
        Assert.Equal((0, ""), await Restore(At("quiet"), At("machine")));
        var (source, copy) = (Rows(served.Folder), Rows(At("machine")));
        Assert.Equal(source, copy.Where(static row => !row.Contains("|restore|", StringComparison.Ordinal)));
        Assert.Equal(source.Count + 1, copy.Count); // its trail says that it was restored
        // a program that serves it keeps a restore away
        Assert.Equal(5, (await Restore(At("quiet"), served.Folder, "--Replace", "true")).Code);
        Assert.Equal(source, Rows(served.Folder));
        // everybody signs in as before, with keys of sessions that came along
        var keys = Directory.GetFiles(Path.Combine(At("machine"), "keys"));
        await using var again = await ServedPractice.Open(At("machine"));
        using var browsing = await Browsing.As(again.Url, Sample.Biller);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await browsing.Get("/worklist")).Status);
        Assert.Equal(keys, Directory.GetFiles(Path.Combine(again.Folder, "keys")));
    }

    /// <summary>Claims are numbered without a gap, books come to zero, and the trail is whole.</summary>
    /// <returns>How many claims there are.</returns>
    static async Task<int> Whole(string store) => await InStore(store, async db =>
    {
        var numbers = await db.Claims.OrderBy(static c => c.Number).Select(static c => c.Number).ToListAsync(Stop);
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(static n => $"C{n:000000}"), numbers);
        Assert.Equal(0, await db.Postings.SumAsync(static p => p.Cents, Stop));
        Assert.Null(await db.VerifyEvents(Stop));
        return numbers.Count;
    });

    static async Task<T> InStore<T>(string store, Func<PracticeDb, Task<T>> ask)
    {
        await using var services = new ServiceCollection().AddStore(new() { Folder = store }).BuildServiceProvider();
        using var scope = services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<PracticeDb>();
        db.PracticeId = 1;
        var answer = await ask(db);
        SqliteConnection.ClearPool((SqliteConnection)db.Database.GetDbConnection());
        return answer;
    }

    [Fact]
    public async Task A_damaged_newer_or_unwanted_backup_is_refused_before_anything_is_changed()
    {
        await MakeStore(At("store"), claims: 3);
        Assert.Equal((0, ""), await Backup(At("store"), At("good")));
        Assert.Equal(3, (await Backup(At("store"), At("good"))).Code); // no backup is overwritten
        SqliteConnection.ClearAllPools(); // the last one that closes writes what is in the log into the file
        var before = Hashes(At("store"));
        Assert.Equal(3, (await Restore(At("good"), At("store"))).Code); // a store is there
        var random = new Random(72);
        var files = Directory.GetFiles(At("good"), "*", SearchOption.AllDirectories);
        for (var i = 0; i < LongRun.Count(100, 1_000); i++)
        {
            // each file in turn, the small ones too
            var file = files[i % files.Length];
            var bytes = await File.ReadAllBytesAsync(file, Stop);
            var at = random.Next(bytes.Length);
            var bit = (byte)(1 << random.Next(8));
            bytes[at] ^= bit;
            await File.WriteAllBytesAsync(file, bytes, Stop);
            var (code, said) = await Restore(At("good"), At("store"), "--Replace", "true");
            Assert.True(code == 3 && said.Contains("damaged", StringComparison.Ordinal), $"{file} at {at}: {said}");
            bytes[at] ^= bit;
            await File.WriteAllBytesAsync(file, bytes, Stop);
        }
        foreach (var file in files)
        {
            File.Move(file, file + "-gone");
            Assert.Equal(3, (await Restore(At("good"), At("store"), "--Replace", "true")).Code);
            File.Move(file + "-gone", file);
            var bytes = await File.ReadAllBytesAsync(file, Stop);
            await File.WriteAllBytesAsync(file, bytes[..(bytes.Length / 2)], Stop);
            Assert.Equal(3, (await Restore(At("good"), At("store"), "--Replace", "true")).Code);
            await File.WriteAllBytesAsync(file, bytes, Stop);
        }
        Execute(At("good"), "INSERT INTO \"__EFMigrationsHistory\" VALUES ('99990101000000_Later', '99')");
        File.Delete(Path.Combine(At("good"), BackupFiles.Hashes));
        BackupFiles.Close(At("good"));
        var (newer, why) = await Restore(At("good"), At("store"), "--Replace", "true");
        Assert.Equal(3, newer);
        Assert.Contains("later version", why, StringComparison.Ordinal);
        Assert.Equal(before, Hashes(At("store")));
    }

    [Fact]
    public async Task A_store_that_is_replaced_is_put_aside_and_so_are_its_anchors_elsewhere()
    {
        await MakeStore(At("store"), claims: 2);
        string[] elsewhere = ["--Anchors", At("anchors")];
        await InStore(At("store"), db => new AuditAnchors(At("anchors")).Write(db, DateTime.UtcNow, Stop));
        Assert.Equal((0, ""), await Backup(At("store"), At("good"), elsewhere));
        await MakeStore(At("store"), claims: 1);
        await InStore(At("store"), db => new AuditAnchors(At("anchors")).Write(db, DateTime.UtcNow, Stop));
        var rows = Rows(At("store"));
        Assert.Equal((0, ""), await Restore(At("good"), At("store"), ["--Replace", "true", .. elsewhere]));
        Assert.Equal(2, await Whole(At("store")));
        var aside = Assert.Single(Directory.GetDirectories(At("store"), "before-restore-*"));
        Assert.Equal(rows, Rows(aside));
        Assert.True(new AuditAnchors(Path.Combine(aside, "anchors")).HasAny(1));
        // the trail goes on from what was restored, and its anchors with it
        await InStore(At("store"), db => new AuditAnchors(At("anchors")).Write(db, DateTime.UtcNow, Stop));
        using var said = new StringWriter(CultureInfo.InvariantCulture);
        Assert.Equal(0, await AuditCommand.Run(["verify", "--Folder", At("store"), .. elsewhere], said, said));
    }

    [Fact]
    public async Task Where_the_disk_was_lost_and_only_anchors_elsewhere_are_left_a_backup_is_restored_whole()
    {
        await MakeStore(At("store"), claims: 2);
        string[] elsewhere = ["--Anchors", At("anchors")];
        await InStore(At("store"), db => new AuditAnchors(At("anchors")).Write(db, DateTime.UtcNow, Stop));
        Assert.Equal((0, ""), await Backup(At("store"), At("good"), elsewhere));
        SqliteConnection.ClearAllPools();
        Directory.Delete(At("store"), recursive: true);
        Assert.Equal((0, ""), await Restore(At("good"), At("store"), elsewhere));
        Assert.Equal(2, await Whole(At("store")));
        var aside = Assert.Single(Directory.GetDirectories(At("store"), "before-restore-*"));
        Assert.True(new AuditAnchors(Path.Combine(aside, "anchors")).HasAny(1));
    }

    [Fact]
    public async Task A_dump_of_PostgreSQL_is_restored_whole_and_its_trail_says_so()
    {
        Assert.SkipUnless(PostgresServer.IsHere, "PostgreSQL is not installed (./test --install)");
        await using var served = await ServedPractice.Start(Ground.Postgres);
        for (var i = 0; i < 3; i++) await ChartedClaims.Chart(served, "b12-shot-billing");
        await served.InStore(db => new AuditAnchors(At("noted")).Write(db, DateTime.UtcNow, Stop));
        Assert.Equal(2, (await Backup(served.Folder, At("no"), "--Postgres", served.Postgres!)).Code);
        Assert.Equal(2, (await Restore(served.Folder, At("no"), "--Postgres", served.Postgres!)).Code);
        var (from, to) = (new NpgsqlConnectionStringBuilder(served.Postgres), new NpgsqlConnectionStringBuilder(
            PostgresServer.NewDatabase()));
        Run("pg_dump", from, "--format=custom", "--file=" + At("dump"), from.Database!);
        Run("pg_restore", to, "--dbname=" + to.Database, At("dump"));
        using var said = new StringWriter(CultureInfo.InvariantCulture);
        var code = await AuditCommand.Run(["verify", "--Folder", served.Folder, "--Anchors", At("noted"),
            "--Postgres", to.ToString()], said, said);
        Assert.True(code == 0, said.ToString());
        await using var services = new ServiceCollection().AddStore(new() { Postgres = to.ToString() })
            .BuildServiceProvider();
        using var scope = services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<PracticeDb>();
        Assert.Equal(0, await db.Claims.CountAsync(Stop)); // row security came along: no practice is named
        db.PracticeId = 1;
        Assert.Equal(3, await db.Claims.CountAsync(Stop));
        await Assert.ThrowsAnyAsync<Exception>(() => db.Database.ExecuteSqlRawAsync(
            "DELETE FROM \"Postings\" WHERE \"PracticeId\" = 1", Stop));
    }

    /// <summary>As the superuser of the tests' server, whom row security does not hold back.</summary>
    static void Run(string program, NpgsqlConnectionStringBuilder at, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, ["-h", at.Host!,
            "-p", at.Port.ToString(CultureInfo.InvariantCulture), "-U", "deltoid", .. arguments])
        {
            RedirectStandardError = true
        })!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, said);
    }

    /// <summary>Another program and another claim, without the application: a store and its practice.</summary>
    static Task<int> MakeStore(string store, int claims) => InStore(store, async db =>
    {
        if (await StoreSetup.IsNew(db, Stop))
        {
            await StoreSetup.Migrate(db, Stop);
            await Sample.Fill(db, Task.FromResult("no password"), new(2026, 3, 4));
        }
        db.PracticeId = 1;
        db.ChangeTracker.Clear();
        var patient = await db.Patients.Include(static p => p.Coverages).ThenInclude(static c => c.Payer)
            .OrderBy(static p => p.Id).FirstAsync(Stop);
        var visit = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "examples", "b12-shot-billing.json"),
            Stop);
        for (var i = 0; i < claims; i++)
            await Visits.Chart(db, Book.Value, patient, await db.Locations.FirstAsync(Stop),
                patient.Coverages[0].Payer, number => visit.Replace("SAMPLE-1", number, StringComparison.Ordinal),
                DateTime.UtcNow);
        Directory.CreateDirectory(Path.Combine(store, "keys"));
        await File.WriteAllTextAsync(Path.Combine(store, "keys", "key-1.xml"), "<key />", Stop);
        await new AuditAnchors(Path.Combine(store, "anchors")).Write(db, DateTime.UtcNow, Stop);
        return 0;
    });

    static readonly Lazy<Engine> Book = new(static () => new(Books.StarterBook.Open()));

    static async Task<(int Code, string Said)> Backup(string store, string to, params string[] more)
    {
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        return (await BackupCommand.Backup([to, "--Folder", store, .. more], TextWriter.Null, error),
            error.ToString());
    }

    static async Task<(int Code, string Said)> Restore(string from, string store, params string[] more)
    {
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        return (await BackupCommand.Restore([from, "--Folder", store, .. more], TextWriter.Null, error),
            error.ToString());
    }

    static void Execute(string store, string statement)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(store, "deltoid.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    /// <summary>Every row of every table, as text.</summary>
    static List<string> Rows(string store)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(store, "deltoid.db")};Pooling=False");
        connection.Open();
        var rows = new List<string>();
        foreach (var table in Read(connection, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"))
            rows.AddRange(Read(connection, $"SELECT * FROM \"{table}\" ORDER BY 1, 2").Select(row => $"{table}:{row}"));
        return [.. rows.Where(static r => !r.StartsWith("sqlite_sequence:Events", StringComparison.Ordinal))];
    }

    static List<string> Read(SqliteConnection connection, string question)
    {
        using var command = connection.CreateCommand();
        command.CommandText = question;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i) is byte[] b
                ? Convert.ToHexString(b) : reader.GetValue(i).ToString())));
        return rows;
    }

    static List<string> Hashes(string store) => [.. Directory.GetFiles(store, "*", SearchOption.AllDirectories)
        .Where(static f => Path.GetFileName(f) is not "in-use").Order()
        .Select(static f => f + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(
            File.ReadAllBytes(f))))];

    public void Dispose()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
