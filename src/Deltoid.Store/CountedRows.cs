using Microsoft.EntityFrameworkCore.Migrations;

namespace Deltoid.Store;

/// <summary>
/// The database itself counts claims by what worklists ask for (<see cref="Model.WorkCount"/>), in the transaction that
/// writes them. A migration that makes the tables calls this, and one that changes what is counted: a trigger finds its
/// columns when it first runs.
/// </summary>
static class CountedRows
{
    const string Keys = "\"PracticeId\", \"Life\", \"Cause\", \"PayerId\", \"OwnerId\", \"IsAsleep\", "
        + "\"LocationId\"";

    public static void Keep(MigrationBuilder migration)
    {
        if (migration.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite") KeepInSqlite(migration);
        else KeepInPostgres(migration);
    }

    /// <summary>The counts by location: claims that were charted get the location of their visit.</summary>
    public static void CountByLocation(MigrationBuilder migration)
    {
        var isSqlite = migration.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite";
        foreach (var name in new[] { "in", "out", "on" })
            migration.Sql(isSqlite ? $"""DROP TRIGGER "Claims_counted_{name}" """
                : $"""DROP TRIGGER "Claims_counted_{name}" ON "Claims"; DROP FUNCTION claims_counted_{name}()""");
        RowSecurity.Without(migration, ["Claims", "Visits", "WorkCounts"], () =>
        {
            migration.Sql("""
                UPDATE "Claims" SET "LocationId" =
                    (SELECT "LocationId" FROM "Visits" WHERE "Visits"."Id" = "Claims"."VisitId")
                WHERE "VisitId" IS NOT NULL
                """);
            migration.Sql("""DELETE FROM "WorkCounts" """);
            migration.Sql($"""
                INSERT INTO "WorkCounts" ({Keys}, "Claims", "Cents")
                SELECT "PracticeId", "Life", "Cause", "PayerId", COALESCE("OwnerId", 0), "SnoozedUntil" IS NOT NULL,
                    COALESCE("LocationId", 0), COUNT(*), SUM("Charge")
                FROM "Claims" GROUP BY 1, 2, 3, 4, 5, 6, 7
                """);
        });
        Keep(migration);
    }

    static void KeepInSqlite(MigrationBuilder migration)
    {
        static string Of(string row) => $"""
            {row}."PracticeId", {row}."Life", {row}."Cause", {row}."PayerId", COALESCE({row}."OwnerId", 0),
            {row}."SnoozedUntil" IS NOT NULL, COALESCE({row}."LocationId", 0)
            """;
        var enters = $"""
            INSERT INTO "WorkCounts" ({Keys}, "Claims", "Cents") VALUES ({Of("NEW")}, 1, NEW."Charge")
            ON CONFLICT ({Keys}) DO UPDATE SET "Claims" = "Claims" + 1, "Cents" = "Cents" + excluded."Cents";
            """;
        var leaves = $"""
            UPDATE "WorkCounts" SET "Claims" = "Claims" - 1, "Cents" = "Cents" - OLD."Charge"
            WHERE ({Keys}) = ({Of("OLD")});
            """;
        migration.Sql($"""CREATE TRIGGER "Claims_counted_in" AFTER INSERT ON "Claims" BEGIN {enters} END""");
        migration.Sql($"""CREATE TRIGGER "Claims_counted_out" AFTER DELETE ON "Claims" BEGIN {leaves} END""");
        migration.Sql($"""
            CREATE TRIGGER "Claims_counted_on" AFTER UPDATE OF "Life", "Cause", "PayerId", "OwnerId", "SnoozedUntil",
                "LocationId", "Charge" ON "Claims"
            BEGIN {leaves} {enters} END
            """);
    }

    /// <summary>A statement of many rows writes each count once.</summary>
    static void KeepInPostgres(MigrationBuilder migration)
    {
        static string Rows(string table, int sign) => $"""
            SELECT "PracticeId", "Life", "Cause", "PayerId", COALESCE("OwnerId", 0) AS "OwnerId",
                "SnoozedUntil" IS NOT NULL AS "IsAsleep", COALESCE("LocationId", 0) AS "LocationId", {sign} AS sign, {sign} * "Charge" AS cents FROM {table}
            """;
        foreach (var (name, act, tables, rows) in new[]
            {
                ("in", "INSERT", "NEW TABLE AS come", Rows("come", 1)),
                ("out", "DELETE", "OLD TABLE AS gone", Rows("gone", -1)),
                ("on", "UPDATE", "OLD TABLE AS gone NEW TABLE AS come",
                    Rows("gone", -1) + " UNION ALL " + Rows("come", 1)),
            })
        {
            migration.Sql($"""
                CREATE FUNCTION claims_counted_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    INSERT INTO "WorkCounts" AS counts ({Keys}, "Claims", "Cents")
                    SELECT {Keys}, SUM(sign), SUM(cents) FROM ({rows}) AS moved
                    GROUP BY {Keys} HAVING SUM(sign) <> 0 OR SUM(cents) <> 0 ORDER BY {Keys}
                    ON CONFLICT ({Keys}) DO UPDATE SET "Claims" = counts."Claims" + excluded."Claims",
                        "Cents" = counts."Cents" + excluded."Cents";
                    RETURN NULL;
                END $$
                """);
            migration.Sql($"""
                CREATE TRIGGER "Claims_counted_{name}" AFTER {act} ON "Claims" REFERENCING {tables}
                FOR EACH STATEMENT EXECUTE FUNCTION claims_counted_{name}()
                """);
        }
    }
}
