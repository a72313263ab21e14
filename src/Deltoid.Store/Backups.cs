using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Store;

/// <summary>
/// Backups of the embedded store: made while it is served, and restored only after all of it was found to be as it was
/// written.
/// </summary>
public static class Backups
{
    /// <summary>What a backup says of itself.</summary>
    sealed record About(DateTime Made, string Program, string Migration);

    static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Makes a backup. Claims may be saved meanwhile: the copy is of one moment.</summary>
    /// <param name="db">Open for the store at <paramref name="place"/>.</param>
    /// <param name="anchors">The folder of the anchors.</param>
    /// <param name="to">A folder that is not there yet. It is there whole, or not at all.</param>
    /// <param name="program">The version that makes it.</param>
    /// <exception cref="BackupException">There is something, or the store is damaged.</exception>
    public static async Task Make(PracticeDb db, StorePlace place, string anchors, string to, string program,
        DateTime now, CancellationToken stop = default)
    {
        to = Path.TrimEndingDirectorySeparator(Path.GetFullPath(to));
        if (File.Exists(to) || Directory.Exists(to))
            throw new BackupException($"there is already something at {to}; name a new folder");
        await Note(db, "backup", "", now, stop);
        var part = to + ".part";
        BackupFiles.MakeFolder(part);
        // the anchors first: then none of them is of an event that the copy does not have
        BackupFiles.Copy(anchors, Path.Combine(part, BackupFiles.Anchors), "practice-*.tsv");
        BackupFiles.Copy(Path.Combine(place.Folder, BackupFiles.Keys), Path.Combine(part, BackupFiles.Keys), "*.xml");
        CopyDatabase(place.File, Path.Combine(part, BackupFiles.Database));
        var migration = (await db.Database.GetAppliedMigrationsAsync(stop)).Last();
        BackupFiles.Write(Path.Combine(part, BackupFiles.About),
            JsonSerializer.Serialize(new About(now, program, migration), Plain) + "\n");
        BackupFiles.Close(part);
        Directory.Move(part, to);
    }

    static void CopyDatabase(string from, string to)
    {
        using (var source = Open(from))
        using (var copy = Open(to))
        {
            source.BackupDatabase(copy);
            if (Ask(copy, "PRAGMA integrity_check") is var verdict && verdict != "ok")
                throw new BackupException($"the store itself is damaged: {verdict}");
        }
        using var file = new FileStream(to, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    static string Ask(SqliteConnection connection, string question)
    {
        using var command = connection.CreateCommand();
        command.CommandText = question;
        return command.ExecuteScalar()?.ToString() ?? "";
    }

    /// <summary>An event in the trail of each practice.</summary>
    static async Task Note(PracticeDb db, string act, string why, DateTime now, CancellationToken stop)
    {
        db.PracticeId = 0;
        foreach (var practice in await db.Practices.Select(static p => p.Id).ToListAsync(stop))
        {
            db.PracticeId = practice;
            await db.Change(_ =>
            {
                db.Record(now, act, "store", why);
                return Task.FromResult(0);
            }, stop);
        }
    }

    /// <summary>Puts a backup in the place of a store.</summary>
    /// <param name="anchors">The folder of the anchors, which may lie elsewhere.</param>
    /// <param name="isReplacing">Whether a store that is there may be put aside.</param>
    /// <returns>The folder in which what was there lies now; null when nothing was.</returns>
    /// <exception cref="BackupException">The backup is damaged, or there is a store: nothing was changed.</exception>
    /// <exception cref="NewerStoreException">A later version made it: nothing was changed.</exception>
    /// <exception cref="StoreInUseException">A program serves the store.</exception>
    public static async Task<string?> Restore(string from, StorePlace place, string anchors, bool isReplacing,
        DateTime now, CancellationToken stop = default)
    {
        BackupFiles.Check(from);
        using var alone = StoreUse.Alone(place.Folder);
        if (File.Exists(place.File) && !isReplacing)
            throw new BackupException($"there is a store in {place.Folder}; with --replace it is put aside");
        var fresh = Path.Combine(place.Folder, "restoring");
        BackupFiles.MakeFolder(fresh);
        try
        {
            BackupFiles.Copy(from, fresh, "*", isDeep: true);
            BackupFiles.Check(fresh); // what is on this disk, not what was read
            await Examine(fresh, now, stop);
            var aside = PutAside(place, anchors, now);
            Move(fresh, place.Folder, "deltoid.db*");
            Move(Path.Combine(fresh, BackupFiles.Keys), Path.Combine(place.Folder, BackupFiles.Keys), "*");
            Move(Path.Combine(fresh, BackupFiles.Anchors), anchors, "*");
            return aside;
        }
        finally
        {
            Directory.Delete(fresh, recursive: true);
        }
    }

    /// <summary>The copy is a whole database that this version knows. It gets an event of its own.</summary>
    static async Task Examine(string folder, DateTime now, CancellationToken stop)
    {
        var about = JsonSerializer.Deserialize<About>(
            await File.ReadAllTextAsync(Path.Combine(folder, BackupFiles.About), stop), Plain)!;
        await using var services = new ServiceCollection().AddStore(new() { Folder = folder }).BuildServiceProvider();
        using var scope = services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<PracticeDb>();
        try
        {
            await StoreSetup.Migrate(db, stop);
            var verdict = await db.Database.SqlQueryRaw<string>(
                "SELECT integrity_check AS \"Value\" FROM pragma_integrity_check").FirstAsync(stop);
            if (verdict != "ok") throw new BackupException($"the backup is damaged: {verdict}");
            await Note(db, "restore", FormattableString.Invariant($"backup of {about.Made:yyyy-MM-dd HH:mm} UTC"), now,
                stop);
        }
        finally
        {
            SqliteConnection.ClearPool((SqliteConnection)db.Database.GetDbConnection());
        }
    }

    /// <summary>
    /// What is there is kept in a folder beside it: a restore deletes nothing. Where the disk of the store was lost,
    /// anchors that lie elsewhere may be all that is there.
    /// </summary>
    static string? PutAside(StorePlace place, string anchors, DateTime now)
    {
        var aside = Path.Combine(place.Folder, FormattableString.Invariant($"before-restore-{now:yyyyMMdd-HHmmss}"));
        BackupFiles.MakeFolder(aside);
        var moved = Move(place.Folder, aside, "*.db*") // with its log, and the queue of jobs
            + Move(Path.Combine(place.Folder, BackupFiles.Keys), Path.Combine(aside, BackupFiles.Keys), "*")
            + Move(anchors, Path.Combine(aside, BackupFiles.Anchors), "practice-*.tsv");
        if (moved > 0) return aside;
        Directory.Delete(aside);
        return null;
    }

    /// <returns>How many files were there.</returns>
    static int Move(string from, string to, string names)
    {
        if (!Directory.Exists(from)) return 0;
        var files = Directory.GetFiles(from, names);
        if (files.Length > 0) Directory.CreateDirectory(to);
        foreach (var file in files) File.Move(file, Path.Combine(to, Path.GetFileName(file)));
        return files.Length;
    }
}
