using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Deltoid.Store;

/// <summary>
/// The database itself refuses to change or remove a row of <see cref="WrittenOnce"/> for everybody. A migration that
/// makes such a table calls this.
/// </summary>
static class WrittenOnceRows
{
    public static void Protect(MigrationBuilder migration, params string[] tables)
    {
        var isSqlite = migration.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite";
        if (!isSqlite)
            migration.Sql("""
                CREATE OR REPLACE FUNCTION written_once() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'a row of % is written once', TG_TABLE_NAME; END $$
                """);
        foreach (var table in tables)
            foreach (var (act, name) in new[] { ("UPDATE", "change"), ("DELETE", "remove") })
                migration.Sql(isSqlite
                    ? $"""
                        CREATE TRIGGER "{table}_{name}" BEFORE {act} ON "{table}"
                        BEGIN SELECT RAISE(ABORT, 'a row of {table} is written once'); END
                        """
                    : $"""
                        CREATE TRIGGER "{table}_{name}" BEFORE {act} ON "{table}"
                        FOR EACH ROW EXECUTE FUNCTION written_once()
                        """);
    }

    /// <summary>The database refuses a movement that would leave less than nothing of a lot, from every writer.</summary>
    public static void NeverBelowZero(MigrationBuilder migration)
    {
        const string Left = """(SELECT SUM("Quantity") FROM "Movements" WHERE "LotId" = NEW."LotId") < 0""";
        if (migration.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite")
        {
            migration.Sql($"""
                CREATE TRIGGER "Movements_below_zero" AFTER INSERT ON "Movements" WHEN {Left}
                BEGIN SELECT RAISE(ABORT, 'a lot would hold less than nothing'); END
                """);
            return;
        }
        migration.Sql($"""
            CREATE FUNCTION below_zero() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF {Left} THEN RAISE EXCEPTION 'a lot would hold less than nothing'; END IF;
                RETURN NEW;
            END $$
            """);
        migration.Sql("""
            CREATE TRIGGER "Movements_below_zero" AFTER INSERT ON "Movements"
            FOR EACH ROW EXECUTE FUNCTION below_zero()
            """);
    }
}
