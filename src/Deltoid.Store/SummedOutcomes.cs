using Microsoft.EntityFrameworkCore.Migrations;

namespace Deltoid.Store;

/// <summary>Marks and sums of the outcomes that a store had before these were kept, by the same rules.</summary>
static class SummedOutcomes
{
    /// <summary>Each mark, by what was kept of a claim; the numbers are those of <see cref="Model.OutcomeMarks"/>.
    /// </summary>
    static readonly (int Mark, string When)[] OfClaims =
    [
        (1, "NOT \"IsClean\""), (2, "\"IsReworked\""), (4, "\"IsDenied\""), (8, "\"IsRefused\""),
        (16, "\"IsForeseen\""), (32, "\"IsAnsweredAgain\""), (64, "\"IsOverturned\""), (128, "\"Open\" > 0"),
        (256, "\"IsRefused\" AND \"Recovered\" > 0"), (512, "\"IsRefused\" AND \"WrittenOff\" > 0"),
        (1024, "NOT \"IsRefused\" AND \"Share\" + \"Reduced\" > 0"),
        (2048, "\"Judged\" - \"Reduced\" - \"Share\" > \"Paid\""), (4096, HasDrug("")),
        (8192, HasDrug("AND d.\"Paid\" < d.\"Cost\"")),
        (16384, HasDrug("AND d.\"WasteCost\" > 0 AND d.\"WasteCharge\" = 0")),
    ];

    const string Summed = """
        "Charge", "Refused", "Open", "Received", "Lines", "RefusedLines", "Judged", "Paid", "Reduced", "Share",
        "WrittenOff", "Recovered"
        """;

    static string HasDrug(string when) => "EXISTS (SELECT 1 FROM \"DrugOutcomes\" AS d WHERE d.\"PracticeId\" = "
        + $"\"ClaimOutcomes\".\"PracticeId\" AND d.\"ClaimId\" = \"ClaimOutcomes\".\"ClaimId\" {when})";

    static string MarkIf(int mark, string when) => $"CASE WHEN {when} THEN {mark} ELSE 0 END";

    public static void Fill(MigrationBuilder migration) =>
        RowSecurity.Without(migration, ["ClaimOutcomes", "DrugOutcomes", "OutcomeSums"], () =>
        {
            migration.Sql($"""
                UPDATE "ClaimOutcomes" SET "Marks" = {string.Join(" + ", OfClaims.Select(static m =>
                    MarkIf(m.Mark, m.When)))}
                """);
            migration.Sql($"""
                UPDATE "DrugOutcomes" SET "ServiceDate" = o."ServiceDate", "ServiceMonth" = o."ServiceMonth",
                    "Cause" = o."Cause", "Charge" = o."Charge", "Refused" = o."Refused", "Open" = o."Open",
                    "Received" = o."Received", "Marks" = (o."Marks" & 8191)
                        + {MarkIf(8192, "\"DrugOutcomes\".\"Paid\" < \"DrugOutcomes\".\"Cost\"")}
                        + {MarkIf(16384, "\"WasteCost\" > 0 AND \"WasteCharge\" = 0")}
                FROM "ClaimOutcomes" AS o
                WHERE o."PracticeId" = "DrugOutcomes"."PracticeId" AND o."ClaimId" = "DrugOutcomes"."ClaimId"
                """);
            migration.Sql($"""
                INSERT INTO "OutcomeSums" ("PracticeId", "PayerId", "ServiceMonth", "Month", "Cause", "Marks", "Claims",
                    {Summed})
                SELECT "PracticeId", "PayerId", "ServiceMonth", "Month", "Cause", "Marks", COUNT(*),
                    {string.Join(", ", Summed.Split(',', StringSplitOptions.TrimEntries).Select(static c =>
                        $"SUM({c})"))}
                FROM "ClaimOutcomes" GROUP BY 1, 2, 3, 4, 5, 6
                """);
        });
}
