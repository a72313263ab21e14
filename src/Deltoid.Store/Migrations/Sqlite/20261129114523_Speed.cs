using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Deltoid.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Speed : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_VisitVersions_PracticeId",
                table: "VisitVersions");

            migrationBuilder.DropIndex(
                name: "IX_VisitVersions_VisitId_Version",
                table: "VisitVersions");

            migrationBuilder.DropIndex(
                name: "IX_StandingOrders_PatientId_Drug",
                table: "StandingOrders");

            migrationBuilder.DropIndex(
                name: "IX_StandingOrders_PracticeId",
                table: "StandingOrders");

            migrationBuilder.DropIndex(
                name: "IX_Remittances_FileId",
                table: "Remittances");

            migrationBuilder.DropIndex(
                name: "IX_RecordedFacts_PracticeId",
                table: "RecordedFacts");

            migrationBuilder.DropIndex(
                name: "IX_Postings_ClaimId",
                table: "Postings");

            migrationBuilder.DropIndex(
                name: "IX_Postings_PracticeId",
                table: "Postings");

            migrationBuilder.DropIndex(
                name: "IX_Movements_ClaimId",
                table: "Movements");

            migrationBuilder.DropIndex(
                name: "IX_Movements_PracticeId",
                table: "Movements");

            migrationBuilder.DropIndex(
                name: "IX_Events_PracticeId_Subject",
                table: "Events");

            migrationBuilder.DropIndex(
                name: "IX_ClaimVersions_ClaimId_Version",
                table: "ClaimVersions");

            migrationBuilder.DropIndex(
                name: "IX_ClaimVersions_PracticeId",
                table: "ClaimVersions");

            migrationBuilder.CreateIndex(
                name: "IX_VisitVersions_PracticeId_VisitId_Version",
                table: "VisitVersions",
                columns: new[] { "PracticeId", "VisitId", "Version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_StandingOrders_PracticeId_PatientId_Drug",
                table: "StandingOrders",
                columns: new[] { "PracticeId", "PatientId", "Drug" });

            migrationBuilder.CreateIndex(
                name: "IX_Remittances_PracticeId_FileId",
                table: "Remittances",
                columns: new[] { "PracticeId", "FileId" });

            migrationBuilder.CreateIndex(
                name: "IX_RecordedFacts_PracticeId_ClaimId",
                table: "RecordedFacts",
                columns: new[] { "PracticeId", "ClaimId" });

            migrationBuilder.CreateIndex(
                name: "IX_Postings_PracticeId_ClaimId",
                table: "Postings",
                columns: new[] { "PracticeId", "ClaimId" });

            migrationBuilder.CreateIndex(
                name: "IX_Movements_PracticeId_ClaimId",
                table: "Movements",
                columns: new[] { "PracticeId", "ClaimId" });

            migrationBuilder.CreateIndex(
                name: "IX_Events_PracticeId_Subject_Number",
                table: "Events",
                columns: new[] { "PracticeId", "Subject", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_ClaimVersions_PracticeId_ClaimId_Version",
                table: "ClaimVersions",
                columns: new[] { "PracticeId", "ClaimId", "Version" },
                unique: true);
            PlannedRows.Tell(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_VisitVersions_PracticeId_VisitId_Version",
                table: "VisitVersions");

            migrationBuilder.DropIndex(
                name: "IX_StandingOrders_PracticeId_PatientId_Drug",
                table: "StandingOrders");

            migrationBuilder.DropIndex(
                name: "IX_Remittances_PracticeId_FileId",
                table: "Remittances");

            migrationBuilder.DropIndex(
                name: "IX_RecordedFacts_PracticeId_ClaimId",
                table: "RecordedFacts");

            migrationBuilder.DropIndex(
                name: "IX_Postings_PracticeId_ClaimId",
                table: "Postings");

            migrationBuilder.DropIndex(
                name: "IX_Movements_PracticeId_ClaimId",
                table: "Movements");

            migrationBuilder.DropIndex(
                name: "IX_Events_PracticeId_Subject_Number",
                table: "Events");

            migrationBuilder.DropIndex(
                name: "IX_ClaimVersions_PracticeId_ClaimId_Version",
                table: "ClaimVersions");

            migrationBuilder.CreateIndex(
                name: "IX_VisitVersions_PracticeId",
                table: "VisitVersions",
                column: "PracticeId");

            migrationBuilder.CreateIndex(
                name: "IX_VisitVersions_VisitId_Version",
                table: "VisitVersions",
                columns: new[] { "VisitId", "Version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_StandingOrders_PatientId_Drug",
                table: "StandingOrders",
                columns: new[] { "PatientId", "Drug" });

            migrationBuilder.CreateIndex(
                name: "IX_StandingOrders_PracticeId",
                table: "StandingOrders",
                column: "PracticeId");

            migrationBuilder.CreateIndex(
                name: "IX_Remittances_FileId",
                table: "Remittances",
                column: "FileId");

            migrationBuilder.CreateIndex(
                name: "IX_RecordedFacts_PracticeId",
                table: "RecordedFacts",
                column: "PracticeId");

            migrationBuilder.CreateIndex(
                name: "IX_Postings_ClaimId",
                table: "Postings",
                column: "ClaimId");

            migrationBuilder.CreateIndex(
                name: "IX_Postings_PracticeId",
                table: "Postings",
                column: "PracticeId");

            migrationBuilder.CreateIndex(
                name: "IX_Movements_ClaimId",
                table: "Movements",
                column: "ClaimId");

            migrationBuilder.CreateIndex(
                name: "IX_Movements_PracticeId",
                table: "Movements",
                column: "PracticeId");

            migrationBuilder.CreateIndex(
                name: "IX_Events_PracticeId_Subject",
                table: "Events",
                columns: new[] { "PracticeId", "Subject" });

            migrationBuilder.CreateIndex(
                name: "IX_ClaimVersions_ClaimId_Version",
                table: "ClaimVersions",
                columns: new[] { "ClaimId", "Version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ClaimVersions_PracticeId",
                table: "ClaimVersions",
                column: "PracticeId");
        }
    }
}
