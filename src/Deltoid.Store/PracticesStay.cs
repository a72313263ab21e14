using Microsoft.EntityFrameworkCore.Migrations;

namespace Deltoid.Store;

/// <summary>
/// PostgreSQL refuses to remove a practice that has rows in tables without a foreign key to it
/// (<see cref="PostgresDb"/>); the key of the other tables refuses it for theirs. The migration that drops those keys
/// calls this.
/// </summary>
static class PracticesStay
{
    /// <param name="tables">Those without the key.</param>
    public static void Keep(MigrationBuilder migration, params string[] tables)
    {
        var has = string.Join(" OR ", tables.Select(static t =>
            $"""EXISTS (SELECT 1 FROM "{t}" WHERE "PracticeId" = OLD."Id")"""));
        // row security shows rows of the practice that is named only
        migration.Sql($"""
            CREATE FUNCTION practice_stays() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE named text := current_setting('{RowSecurity.Setting}', true); is_used boolean;
            BEGIN
                PERFORM set_config('{RowSecurity.Setting}', OLD."Id"::text, true);
                is_used := {has};
                PERFORM set_config('{RowSecurity.Setting}', COALESCE(named, ''), true);
                IF is_used THEN RAISE EXCEPTION 'a practice that has rows stays'; END IF;
                RETURN OLD;
            END $$
            """);
        migration.Sql("""
            CREATE TRIGGER "Practices_stay" BEFORE DELETE ON "Practices"
            FOR EACH ROW EXECUTE FUNCTION practice_stays()
            """);
    }

    public static void Forget(MigrationBuilder migration)
    {
        migration.Sql("""DROP TRIGGER "Practices_stay" ON "Practices" """);
        migration.Sql("DROP FUNCTION practice_stays()");
    }
}
