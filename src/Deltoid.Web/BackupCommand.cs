using System.Reflection;
using Deltoid.Store;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary><c>deltoid backup</c> and <c>deltoid restore</c>, for the embedded store.</summary>
static class BackupCommand
{
    const int Done = 0, Usage = 2, Unreadable = 3, Io = 5;

    /// <param name="args">The folder, then options.</param>
    /// <returns>0: done; 2: usage; 3: the backup cannot be used; 5: the store cannot be read or written.</returns>
    public static async Task<int> Backup(string[] args, TextWriter output, TextWriter error)
    {
        if (args is not [{ Length: > 0 } to, .. var rest] || to.StartsWith("--", StringComparison.Ordinal))
            return await Tell(error, "backup", "use deltoid backup FOLDER", Usage);
        var options = ServeOptions.Of(rest);
        if (options.Postgres is not null)
            return await Tell(error, "backup", "PostgreSQL makes its own backups. Run pg_dump --format=custom as a "
                + "user that row security does not hold back (a superuser, or one with BYPASSRLS), and copy the "
                + "folders keys and anchors", Usage);
        var place = new StorePlace { Folder = options.Folder };
        if (!File.Exists(place.File))
            return await Tell(error, "backup", "there is no store in this folder; name its folder with --folder", Io);
        return await Guarded("backup", error, async () =>
        {
            await using var services = new ServiceCollection().AddStore(place).BuildServiceProvider();
            using var scope = services.CreateScope();
            var db = scope.ServiceProvider.GetRequiredService<PracticeDb>();
            if ((await db.Database.GetPendingMigrationsAsync()).Any())
                throw new BackupException("an earlier version has written this store; start deltoid serve once, "
                    + "which brings it up to date");
            await Backups.Make(db, place, options.AnchorFolder, to, Version,
                options.Time.GetUtcNow().UtcDateTime);
            await output.WriteLineAsync($"The backup is in {to}. It holds patients: keep it where only you can read "
                + "it, and a copy of it elsewhere.");
            return Done;
        });
    }

    /// <inheritdoc cref="Backup"/>
    public static async Task<int> Restore(string[] args, TextWriter output, TextWriter error)
    {
        if (args is not [{ Length: > 0 } from, .. var rest] || from.StartsWith("--", StringComparison.Ordinal))
            return await Tell(error, "restore", "use deltoid restore FOLDER", Usage);
        var options = ServeOptions.Of(rest);
        if (options.Postgres is not null)
            return await Tell(error, "restore", "PostgreSQL restores its own backups: run pg_restore, put the folders "
                + "keys and anchors back, then deltoid audit verify, which says whether all of it is there", Usage);
        if (!Directory.Exists(from))
            return await Tell(error, "restore", "there is no backup in this folder", Unreadable);
        return await Guarded("restore", error, async () =>
        {
            var aside = await Backups.Restore(from, new() { Folder = options.Folder }, options.AnchorFolder,
                options.Replace, options.Time.GetUtcNow().UtcDateTime);
            await output.WriteLineAsync($"The backup is restored to {options.Folder}."
                + (aside is null ? "" : $" What was there before is in {aside}."));
            // events of after the backup are not there, and the trail says that it was restored
            return await AuditCommand.Run(["verify", .. rest], output, error);
        });
    }

    internal static string Version => typeof(BackupCommand).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    static async Task<int> Guarded(string command, TextWriter error, Func<Task<int>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception e) when (e is BackupException or NewerStoreException)
        {
            return await Tell(error, command, e.Message, Unreadable);
        }
        catch (StoreInUseException e)
        {
            return await Tell(error, command, e.Message, Io);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Data.Common.DbException)
        {
            return await Tell(error, command, $"a file cannot be read or written ({e.GetType().Name})", Io);
        }
    }

    static async Task<int> Tell(TextWriter error, string command, string what, int code)
    {
        await error.WriteLineAsync($"deltoid {command}: {what}");
        return code;
    }
}
