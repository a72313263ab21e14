using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Deltoid.Store;

/// <summary>The store on PostgreSQL 15 or later, for a team.</summary>
public sealed class PostgresDb(DbContextOptions<PostgresDb> options) : PracticeDb(options)
{
    /// <summary>The practice that the open connection names; null where it names none yet.</summary>
    internal long? NamedPractice { get; set; }

    public static DbContextOptionsBuilder Use(DbContextOptionsBuilder builder, string connection) =>
        builder.UseNpgsql(connection).AddInterceptors(PracticeGuard.OfAll, PracticeSetting.OfAll);

    /// <summary>Whether row security holds for the user of the connection.</summary>
    public async Task<bool> HasRowSecurity(CancellationToken stop = default) =>
        await Database.SqlQueryRaw<bool>("""
            SELECT NOT (rolsuper OR rolbypassrls) AS "Value" FROM pg_roles WHERE rolname = current_user
            """).SingleAsync(stop);

    protected override Task<Practice> Lock(CancellationToken stop) =>
        Practices.FromSql($"""SELECT * FROM "Practices" WHERE "Id" = {PracticeId} FOR UPDATE""").SingleAsync(stop);
}

/// <summary>What <c>dotnet ef</c> asks for when it writes migrations.</summary>
sealed class PostgresDesign : IDesignTimeDbContextFactory<PostgresDb>
{
    public PostgresDb CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<PostgresDb>().UseApplicationServiceProvider(StoreSetup.Surroundings);
        PostgresDb.Use(builder, "Host=design");
        return new(builder.Options);
    }
}
