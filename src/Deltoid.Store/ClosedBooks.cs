using Microsoft.EntityFrameworkCore.Migrations;

namespace Deltoid.Store;

/// <summary>
/// The database itself refuses a posting with a day whose books are closed, from every writer. A migration that makes
/// <see cref="Model.Practice.ClosedThru"/> calls this.
/// </summary>
static class ClosedBooks
{
    public static void Keep(MigrationBuilder migration)
    {
        if (migration.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite")
        {
            migration.Sql("""
                CREATE TRIGGER "Postings_closed" BEFORE INSERT ON "Postings"
                WHEN NEW."Day" <= (SELECT "ClosedThru" FROM "Practices" WHERE "Id" = NEW."PracticeId")
                BEGIN SELECT RAISE(ABORT, 'the books of this day are closed'); END
                """);
            return;
        }
        migration.Sql("""
            CREATE FUNCTION books_closed() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF EXISTS (SELECT 1 FROM come JOIN "Practices" AS p ON p."Id" = come."PracticeId"
                    WHERE come."Day" <= p."ClosedThru")
                THEN RAISE EXCEPTION 'the books of this day are closed'; END IF;
                RETURN NULL;
            END $$
            """);
        migration.Sql("""
            CREATE TRIGGER "Postings_closed" AFTER INSERT ON "Postings" REFERENCING NEW TABLE AS come
            FOR EACH STATEMENT EXECUTE FUNCTION books_closed()
            """);
    }
}
