using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Deltoid.Store;

/// <summary>The store on PostgreSQL 15 or later, for a team.</summary>
public sealed class PostgresDb(DbContextOptions<PostgresDb> options) : PracticeDb(options)
{
    public static DbContextOptionsBuilder Use(DbContextOptionsBuilder builder, string connection) =>
        builder.UseNpgsql(connection);

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
