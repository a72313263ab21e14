using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Deltoid.Store;

/// <summary>
/// The second wall between practices: PostgreSQL itself shows and takes only rows of the practice that the connection
/// names (<see cref="PracticeSetting"/>). A connection that names none sees nothing. Every table of the model that
/// belongs to a practice or to a person gets a policy, so that none can be forgotten.
/// </summary>
/// <remarks>
/// The policies hold for the owner of the tables too; a superuser and a user with BYPASSRLS go past them. COPY into
/// such a table is refused by PostgreSQL: <see cref="BulkRows{T}"/> inserts arrays.
/// </remarks>
static class RowSecurity
{
    public const string Setting = "deltoid.practice";

    /// <summary>The practice that the connection names; 0 before anybody has signed in, null where none is named.</summary>
    const string Named = $"NULLIF(current_setting('{Setting}', true), '')::bigint";

    /// <param name="tables">The tables that this migration makes; none: all of the model.</param>
    public static void Protect(MigrationBuilder migration, IModel? model, params string[] tables)
    {
        if (migration.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite") return;
        foreach (var type in model!.GetEntityTypes())
        {
            if (type.GetTableName() is not { } table || ConditionOf(type, table) is not { } condition) continue;
            if (tables.Length > 0 && !tables.Contains(table)) continue;
            migration.Sql($"""ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY""");
            migration.Sql($"""ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY""");
            migration.Sql($"""CREATE POLICY of_practice ON "{table}" USING ({condition})""");
        }
    }

    /// <summary>What a migration does to rows of all practices: the policies do not hold for the owner meanwhile.
    /// </summary>
    public static void Without(MigrationBuilder migration, string[] tables, Action act)
    {
        var isPostgres = migration.ActiveProvider != "Microsoft.EntityFrameworkCore.Sqlite";
        void Force(string how)
        {
            if (!isPostgres) return;
            foreach (var table in tables) migration.Sql($"""ALTER TABLE "{table}" {how} ROW LEVEL SECURITY""");
        }
        Force("NO FORCE");
        act();
        Force("FORCE");
    }

    /// <summary>Who signs in is looked up before the practice is known: people and practices are seen with 0.</summary>
    static string? ConditionOf(IEntityType type, string table) => table switch
    {
        "Practices" => $"""{Named} IN (0, "Id")""",
        "AspNetUsers" => $"""{Named} IN (0, "PracticeId")""",
        _ when type.FindProperty("PracticeId") is not null => $"""{Named} = "PracticeId" """,
        _ when type.FindProperty("UserId") is not null =>
            $"""EXISTS (SELECT 1 FROM "AspNetUsers" AS p WHERE p."Id" = "{table}"."UserId")""",
        _ => null,
    };
}
