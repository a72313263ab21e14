using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Store;

/// <summary>Where the store is.</summary>
public sealed record StorePlace
{
    /// <summary>A folder for the embedded database and the keys of sessions.</summary>
    public string Folder { get; init; } = "deltoid-data";

    /// <summary>How to reach PostgreSQL; null: one file in <see cref="Folder"/>.</summary>
    public string? Postgres { get; init; }

    public string File => Path.Combine(Folder, "deltoid.db");
}

/// <summary>Opens the store.</summary>
public static class StoreSetup
{
    /// <summary>The first schema of accounts with passkeys.</summary>
    static readonly Version Schema = IdentitySchemaVersions.Version3;

    /// <summary>What the model asks of its surroundings, for a program that only writes migrations.</summary>
    internal static IServiceProvider Surroundings { get; } = new ServiceCollection()
        .Configure<IdentityOptions>(static o => o.Stores.SchemaVersion = Schema).BuildServiceProvider();

    public static IServiceCollection AddStore(this IServiceCollection services, StorePlace place)
    {
        services.Configure<IdentityOptions>(static o => o.Stores.SchemaVersion = Schema);
        if (place.Postgres is { } connection)
            return services.AddDbContext<PracticeDb, PostgresDb>(options => PostgresDb.Use(options, connection),
                optionsLifetime: ServiceLifetime.Singleton);
        Directory.CreateDirectory(place.Folder);
        return services.AddDbContext<PracticeDb, SqliteDb>(options => SqliteDb.Use(options, place.File),
            optionsLifetime: ServiceLifetime.Singleton);
    }

    /// <summary>Whether nothing was ever written to the database.</summary>
    public static async Task<bool> IsNew(PracticeDb db, CancellationToken stop = default) =>
        !(await db.Database.GetAppliedMigrationsAsync(stop)).Any();

    /// <summary>Brings the database to this version.</summary>
    /// <exception cref="NewerStoreException">A later version has written it.</exception>
    public static async Task Migrate(PracticeDb db, CancellationToken stop = default)
    {
        var known = db.Database.GetMigrations().ToHashSet();
        var applied = (await db.Database.GetAppliedMigrationsAsync(stop)).ToList();
        if (applied.Find(m => !known.Contains(m)) is { } later) throw new NewerStoreException(later);
        // asking what is pending is cheap; starting to migrate compares the whole model
        if (applied.Count < known.Count) await db.Database.MigrateAsync(stop);
    }
}

/// <summary>A later version of Deltoid has written the database; this one must not touch it.</summary>
public sealed class NewerStoreException(string migration) : Exception(
    $"a later version of Deltoid has written this database (its change {migration} is not known here); "
    + "start that version, or restore the backup from before the upgrade");
