using Microsoft.EntityFrameworkCore.Migrations;

namespace Deltoid.Store;

/// <summary>
/// What SQLite takes for granted of a practice's tables. Without it, SQLite believes that a practice has ten claims,
/// and reads all of them where fifty are asked by their numbers. Written once for a large practice, so that a plan is
/// the same on the first day and after ten years; a query that is fast there is fast with few rows.
/// </summary>
static class PlannedRows
{
    /// <summary>
    /// Index, and its numbers: the rows in it, then how many of them share the first column, the first two, and so on.
    /// </summary>
    static readonly (string Table, string Index, string Rows)[] All =
    [
        ("Claims", "PracticeId_Number", "1000000 1000000 1"),
        ("Claims", "PracticeId_ServiceDate", "1000000 1000000 500"),
        ("Claims", "PracticeId_MemberId", "1000000 1000000 2"),
        ("Claims", "PracticeId_Reference", "1000000 1000000 2"),
        ("Claims", "PracticeId_FirstDay", "1000000 1000000 500"),
        ("Claims", "PracticeId_SnoozedUntil", "1000000 1000000 100"),
        ("Claims", "PracticeId_Rank_Id_Life_Cause_PayerId_OwnerId", "1000000 1000000 1 1 1 1 1 1"),
        ("Claims", "PracticeId_Rank_Id_Life_Cause_PayerId_OwnerId_SnoozedUntil", "1000000 1000000 1 1 1 1 1 1 1"),
        ("Claims", "PracticeId_Cause_Rank_Id_Life_PayerId_OwnerId", "1000000 1000000 5000 1 1 1 1 1"),
        ("Claims", "PracticeId_PayerId_Rank_Id_Life_Cause_OwnerId", "1000000 1000000 30000 1 1 1 1 1"),
        ("Claims", "PracticeId_OwnerId_Rank_Id_Life_Cause_PayerId", "1000000 1000000 30000 1 1 1 1 1"),
        ("Claims", "PracticeId_Life_Rank_Id_Cause_PayerId_OwnerId_SnoozedUntil",
            "1000000 1000000 100000 1 1 1 1 1 1"),
        ("Claims", "PracticeId_Cause_FileBy_Life_PayerId_OwnerId", "1000000 1000000 5000 500 50 5 1"),
        ("Claims", "PatientId", "1000000 10"),
        ("Claims", "PayerId", "1000000 1000000"),
        ("Claims", "VisitId", "1000000 1"),
        ("Patients", "PracticeId_Family_Given", "100000 100000 50 2"),
    ];

    /// <summary>For the migration that has these indexes; another engine counts by itself.</summary>
    public static void Tell(MigrationBuilder migration)
    {
        if (migration.ActiveProvider != "Microsoft.EntityFrameworkCore.Sqlite") return;
        migration.Sql("ANALYZE sqlite_schema"); // makes the table of these numbers
        migration.Sql("DELETE FROM sqlite_stat1");
        foreach (var (table, index, rows) in All)
            migration.Sql($"INSERT INTO sqlite_stat1 VALUES ('{table}', 'IX_{table}_{index}', '{rows}')");
        migration.Sql("ANALYZE sqlite_schema"); // reads them
    }
}
