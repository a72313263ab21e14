using Microsoft.EntityFrameworkCore.Migrations;

namespace Deltoid.Store;

/// <summary>
/// The database itself counts the changes of what a practice has set up (<see cref="Model.Practice.Revision"/>), in the
/// transaction that makes them and for every writer: who has read it once knows whether it is still so
/// (<see cref="SetUp"/>).
/// </summary>
static class SetUpRows
{
    static readonly string[] Tables =
        ["Locations", "Fees", "Providers", "Payers", "PracticeRules", "ExclusionMatches", "Credentials"];

    static readonly (string Act, string Name, string Row)[] Acts =
        [("INSERT", "in", "NEW"), ("UPDATE", "on", "NEW"), ("DELETE", "out", "OLD")];

    public static void Count(MigrationBuilder migration)
    {
        var isSqlite = migration.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite";
        foreach (var (act, name, row) in Acts)
        {
            var counts = $"""
                UPDATE "Practices" SET "Revision" = "Revision" + 1 WHERE "Id" = {row}."PracticeId";
                """;
            if (!isSqlite)
                migration.Sql($"""
                    CREATE FUNCTION set_up_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN {counts} RETURN NULL; END $$
                    """);
            foreach (var table in Tables)
                migration.Sql($"""CREATE TRIGGER "{table}_set_up_{name}" AFTER {act} ON "{table}" """ + (isSqlite
                    ? $"BEGIN {counts} END" : $"FOR EACH ROW EXECUTE FUNCTION set_up_{name}()"));
        }
    }

    public static void CountNoMore(MigrationBuilder migration)
    {
        var isSqlite = migration.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite";
        foreach (var (_, name, _) in Acts)
        {
            foreach (var table in Tables)
                migration.Sql($"""DROP TRIGGER "{table}_set_up_{name}" """ + (isSqlite ? "" : $"""ON "{table}" """));
            if (!isSqlite) migration.Sql($"DROP FUNCTION set_up_{name}()");
        }
    }
}
