using System.Collections.Concurrent;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace Deltoid.Store;

/// <summary>The store on PostgreSQL 15 or later, for a team.</summary>
public sealed class PostgresDb(DbContextOptions<PostgresDb> options) : PracticeDb(options)
{
    /// <summary>The practice that the open connection names; null where it names none yet.</summary>
    internal long? NamedPractice { get; set; }

    /// <summary>
    /// Statements that are asked again and again are planned once for a connection, where the connection string says
    /// nothing else.
    /// </summary>
    const int Prepared = 200;

    public static DbContextOptionsBuilder Use(DbContextOptionsBuilder builder, string connection)
    {
        var terms = new NpgsqlConnectionStringBuilder(connection);
        if (!terms.ContainsKey("Max Auto Prepare")) terms.MaxAutoPrepare = Prepared;
        return builder.UseNpgsql(terms.ConnectionString)
            .AddInterceptors(PracticeGuard.OfAll, PracticeSetting.OfAll);
    }

    /// <summary>
    /// Tables into which rows go by the thousand. Row security takes rows of no practice but the one that is named, and
    /// a change holds that one's row: to look it up again for each row was a sixth of the server's time.
    /// </summary>
    static readonly Type[] OfMany =
    [
        typeof(AuditEvent), typeof(ClaimOutcome), typeof(ClaimVersion), typeof(Coverage), typeof(DrugOutcome),
        typeof(KeptAnswer), typeof(LineNumber), typeof(OutcomeSum), typeof(PaidClaim), typeof(Patient), typeof(Posting),
        typeof(RefusedLine), typeof(Shot), typeof(StoredClaim), typeof(Visit), typeof(WorkCount),
    ];

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        foreach (var type in OfMany)
        {
            var table = builder.Model.FindEntityType(type)!;
            table.RemoveForeignKey(table.GetForeignKeys()
                .Single(static key => key.PrincipalEntityType.ClrType == typeof(Practice)));
            builder.Entity(type).ToTable(t => t.HasCheckConstraint($"CK_{table.GetTableName()}_PracticeId",
                "\"PracticeId\" > 0")); // before anybody has signed in, practice 0 is named
        }
    }

    /// <summary>Whether row security holds for the user of the connection.</summary>
    public async Task<bool> HasRowSecurity(CancellationToken stop = default) =>
        await Database.SqlQueryRaw<bool>("""
            SELECT NOT (rolsuper OR rolbypassrls) AS "Value" FROM pg_roles WHERE rolname = current_user
            """).SingleAsync(stop);

    /// <summary>
    /// The changes of a practice wait here for each other, so none waits for the disk while it holds the others up: its
    /// commit returns before it is there, and <see cref="OnDisk"/> waits.
    /// </summary>
    protected override Task<Practice> Lock(CancellationToken stop) => Practices.FromSql($"""
        SELECT * FROM "Practices" WHERE "Id" = {PracticeId} AND set_config('synchronous_commit', 'off', true) = 'off'
        FOR UPDATE
        """).SingleAsync(stop);

    static readonly ConcurrentDictionary<string, SharedFlush> Flushes = new();

    internal override Task OnDisk() => Flush.Wait();

    internal SharedFlush Flush { get; } = Flushes.GetOrAdd(
        RelationalOptionsExtension.Extract(options).ConnectionString!,
        static connection => new(() => WriteThrough(connection)));

    /// <summary>
    /// The log goes to the disk in its order: with this message, all that was committed before it. A pool of one is
    /// beside the pool of those who wait.
    /// </summary>
    static async Task WriteThrough(string connection)
    {
        var terms = new NpgsqlConnectionStringBuilder(connection) { MinPoolSize = 0, MaxPoolSize = 1 };
        await using var own = new NpgsqlConnection(terms.ConnectionString);
        await own.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT pg_logical_emit_message(true, 'deltoid', '')", own);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>The user of the database goes past its row security: one wall between practices would be missing.</summary>
public sealed class NoRowSecurityException() : Exception("the user of the database goes past its row security "
    + "(superuser or BYPASSRLS), so nothing in the database keeps practices apart; give it a user of its own "
    + "(packaging/database.sh makes one), or start with --WithoutRowSecurity true");

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
