using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Deltoid.Store.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class RowsOfNamedPractice : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_ClaimOutcomes_Practices_PracticeId",
                table: "ClaimOutcomes");

            migrationBuilder.DropForeignKey(
                name: "FK_ClaimVersions_Practices_PracticeId",
                table: "ClaimVersions");

            migrationBuilder.DropForeignKey(
                name: "FK_Claims_Practices_PracticeId",
                table: "Claims");

            migrationBuilder.DropForeignKey(
                name: "FK_Coverage_Practices_PracticeId",
                table: "Coverage");

            migrationBuilder.DropForeignKey(
                name: "FK_DrugOutcomes_Practices_PracticeId",
                table: "DrugOutcomes");

            migrationBuilder.DropForeignKey(
                name: "FK_Events_Practices_PracticeId",
                table: "Events");

            migrationBuilder.DropForeignKey(
                name: "FK_KeptAnswers_Practices_PracticeId",
                table: "KeptAnswers");

            migrationBuilder.DropForeignKey(
                name: "FK_LineNumbers_Practices_PracticeId",
                table: "LineNumbers");

            migrationBuilder.DropForeignKey(
                name: "FK_OutcomeSums_Practices_PracticeId",
                table: "OutcomeSums");

            migrationBuilder.DropForeignKey(
                name: "FK_PaidClaims_Practices_PracticeId",
                table: "PaidClaims");

            migrationBuilder.DropForeignKey(
                name: "FK_Patients_Practices_PracticeId",
                table: "Patients");

            migrationBuilder.DropForeignKey(
                name: "FK_Postings_Practices_PracticeId",
                table: "Postings");

            migrationBuilder.DropForeignKey(
                name: "FK_RefusedLines_Practices_PracticeId",
                table: "RefusedLines");

            migrationBuilder.DropForeignKey(
                name: "FK_Shots_Practices_PracticeId",
                table: "Shots");

            migrationBuilder.DropForeignKey(
                name: "FK_Visits_Practices_PracticeId",
                table: "Visits");

            migrationBuilder.DropForeignKey(
                name: "FK_WorkCounts_Practices_PracticeId",
                table: "WorkCounts");

            migrationBuilder.AddCheckConstraint(
                name: "CK_WorkCounts_PracticeId",
                table: "WorkCounts",
                sql: "\"PracticeId\" > 0");

            migrationBuilder.AddCheckConstraint(
                name: "CK_Visits_PracticeId",
                table: "Visits",
                sql: "\"PracticeId\" > 0");

            migrationBuilder.AddCheckConstraint(
                name: "CK_Shots_PracticeId",
                table: "Shots",
                sql: "\"PracticeId\" > 0");

            migrationBuilder.AddCheckConstraint(
                name: "CK_RefusedLines_PracticeId",
                table: "RefusedLines",
                sql: "\"PracticeId\" > 0");

            migrationBuilder.AddCheckConstraint(
                name: "CK_Postings_PracticeId",
                table: "Postings",
                sql: "\"PracticeId\" > 0");

            migrationBuilder.AddCheckConstraint(
                name: "CK_Patients_PracticeId",
                table: "Patients",
                sql: "\"PracticeId\" > 0");

            migrationBuilder.AddCheckConstraint(
                name: "CK_PaidClaims_PracticeId",
                table: "PaidClaims",
                sql: "\"PracticeId\" > 0");

            migrationBuilder.AddCheckConstraint(
                name: "CK_OutcomeSums_PracticeId",
                table: "OutcomeSums",
                sql: "\"PracticeId\" > 0");

            migrationBuilder.AddCheckConstraint(
                name: "CK_LineNumbers_PracticeId",
                table: "LineNumbers",
                sql: "\"PracticeId\" > 0");

            migrationBuilder.AddCheckConstraint(
                name: "CK_KeptAnswers_PracticeId",
                table: "KeptAnswers",
                sql: "\"PracticeId\" > 0");

            migrationBuilder.AddCheckConstraint(
                name: "CK_Events_PracticeId",
                table: "Events",
                sql: "\"PracticeId\" > 0");

            migrationBuilder.AddCheckConstraint(
                name: "CK_DrugOutcomes_PracticeId",
                table: "DrugOutcomes",
                sql: "\"PracticeId\" > 0");

            migrationBuilder.AddCheckConstraint(
                name: "CK_Coverage_PracticeId",
                table: "Coverage",
                sql: "\"PracticeId\" > 0");

            migrationBuilder.AddCheckConstraint(
                name: "CK_Claims_PracticeId",
                table: "Claims",
                sql: "\"PracticeId\" > 0");

            migrationBuilder.AddCheckConstraint(
                name: "CK_ClaimVersions_PracticeId",
                table: "ClaimVersions",
                sql: "\"PracticeId\" > 0");

            migrationBuilder.AddCheckConstraint(
                name: "CK_ClaimOutcomes_PracticeId",
                table: "ClaimOutcomes",
                sql: "\"PracticeId\" > 0");

            PracticesStay.Keep(migrationBuilder, "ClaimOutcomes", "ClaimVersions", "Claims", "Coverage",
                "DrugOutcomes", "Events", "KeptAnswers", "LineNumbers", "OutcomeSums", "PaidClaims", "Patients",
                "Postings",
                "RefusedLines", "Shots", "Visits", "WorkCounts");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            PracticesStay.Forget(migrationBuilder);

            migrationBuilder.DropCheckConstraint(
                name: "CK_WorkCounts_PracticeId",
                table: "WorkCounts");

            migrationBuilder.DropCheckConstraint(
                name: "CK_Visits_PracticeId",
                table: "Visits");

            migrationBuilder.DropCheckConstraint(
                name: "CK_Shots_PracticeId",
                table: "Shots");

            migrationBuilder.DropCheckConstraint(
                name: "CK_RefusedLines_PracticeId",
                table: "RefusedLines");

            migrationBuilder.DropCheckConstraint(
                name: "CK_Postings_PracticeId",
                table: "Postings");

            migrationBuilder.DropCheckConstraint(
                name: "CK_Patients_PracticeId",
                table: "Patients");

            migrationBuilder.DropCheckConstraint(
                name: "CK_PaidClaims_PracticeId",
                table: "PaidClaims");

            migrationBuilder.DropCheckConstraint(
                name: "CK_OutcomeSums_PracticeId",
                table: "OutcomeSums");

            migrationBuilder.DropCheckConstraint(
                name: "CK_LineNumbers_PracticeId",
                table: "LineNumbers");

            migrationBuilder.DropCheckConstraint(
                name: "CK_KeptAnswers_PracticeId",
                table: "KeptAnswers");

            migrationBuilder.DropCheckConstraint(
                name: "CK_Events_PracticeId",
                table: "Events");

            migrationBuilder.DropCheckConstraint(
                name: "CK_DrugOutcomes_PracticeId",
                table: "DrugOutcomes");

            migrationBuilder.DropCheckConstraint(
                name: "CK_Coverage_PracticeId",
                table: "Coverage");

            migrationBuilder.DropCheckConstraint(
                name: "CK_Claims_PracticeId",
                table: "Claims");

            migrationBuilder.DropCheckConstraint(
                name: "CK_ClaimVersions_PracticeId",
                table: "ClaimVersions");

            migrationBuilder.DropCheckConstraint(
                name: "CK_ClaimOutcomes_PracticeId",
                table: "ClaimOutcomes");

            migrationBuilder.AddForeignKey(
                name: "FK_ClaimOutcomes_Practices_PracticeId",
                table: "ClaimOutcomes",
                column: "PracticeId",
                principalTable: "Practices",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "FK_ClaimVersions_Practices_PracticeId",
                table: "ClaimVersions",
                column: "PracticeId",
                principalTable: "Practices",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "FK_Claims_Practices_PracticeId",
                table: "Claims",
                column: "PracticeId",
                principalTable: "Practices",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "FK_Coverage_Practices_PracticeId",
                table: "Coverage",
                column: "PracticeId",
                principalTable: "Practices",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "FK_DrugOutcomes_Practices_PracticeId",
                table: "DrugOutcomes",
                column: "PracticeId",
                principalTable: "Practices",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "FK_Events_Practices_PracticeId",
                table: "Events",
                column: "PracticeId",
                principalTable: "Practices",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "FK_KeptAnswers_Practices_PracticeId",
                table: "KeptAnswers",
                column: "PracticeId",
                principalTable: "Practices",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "FK_LineNumbers_Practices_PracticeId",
                table: "LineNumbers",
                column: "PracticeId",
                principalTable: "Practices",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "FK_OutcomeSums_Practices_PracticeId",
                table: "OutcomeSums",
                column: "PracticeId",
                principalTable: "Practices",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "FK_PaidClaims_Practices_PracticeId",
                table: "PaidClaims",
                column: "PracticeId",
                principalTable: "Practices",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "FK_Patients_Practices_PracticeId",
                table: "Patients",
                column: "PracticeId",
                principalTable: "Practices",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "FK_Postings_Practices_PracticeId",
                table: "Postings",
                column: "PracticeId",
                principalTable: "Practices",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "FK_RefusedLines_Practices_PracticeId",
                table: "RefusedLines",
                column: "PracticeId",
                principalTable: "Practices",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "FK_Shots_Practices_PracticeId",
                table: "Shots",
                column: "PracticeId",
                principalTable: "Practices",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "FK_Visits_Practices_PracticeId",
                table: "Visits",
                column: "PracticeId",
                principalTable: "Practices",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "FK_WorkCounts_Practices_PracticeId",
                table: "WorkCounts",
                column: "PracticeId",
                principalTable: "Practices",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);
        }
    }
}
