using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Deltoid.Store.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Claims : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Events_PracticeId_Why_Subject",
                table: "Events");

            migrationBuilder.AddColumn<long>(
                name: "FileId",
                table: "ClaimVersions",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Postings_PracticeId_FileId",
                table: "Postings",
                columns: new[] { "PracticeId", "FileId" },
                filter: "\"FileId\" IS NOT NULL AND \"Kind\" <> 'charge'");

            migrationBuilder.CreateIndex(
                name: "IX_ClaimVersions_PracticeId_FileId_ClaimId",
                table: "ClaimVersions",
                columns: new[] { "PracticeId", "FileId", "ClaimId" },
                filter: "\"FileId\" IS NOT NULL");

            migrationBuilder.DropIndex(
                name: "IX_Claims_PracticeId_OwnerId_Rank_Id_Life_Cause_PayerId",
                table: "Claims");

            migrationBuilder.DropIndex(
                name: "IX_Claims_VisitId",
                table: "Claims");

            migrationBuilder.CreateIndex(
                name: "IX_Claims_PracticeId_OwnerId_Rank_Id_Life_Cause_PayerId",
                table: "Claims",
                columns: new[] { "PracticeId", "OwnerId", "Rank", "Id", "Life", "Cause", "PayerId" },
                descending: new[] { false, false, true, false, false, false, false },
                filter: "\"Life\" <> 7 AND \"SnoozedUntil\" IS NULL AND \"OwnerId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Claims_VisitId",
                table: "Claims",
                column: "VisitId",
                filter: "\"VisitId\" IS NOT NULL");

            // documents and files are most of what is written; a server that was built without lz4 keeps its own way
            migrationBuilder.Sql("""
                DO $$ BEGIN
                    ALTER TABLE "Claims" ALTER "Document" SET COMPRESSION lz4;
                    ALTER TABLE "ClaimVersions" ALTER "Document" SET COMPRESSION lz4;
                    ALTER TABLE "Files" ALTER "Content" SET COMPRESSION lz4;
                    ALTER TABLE "Uploads" ALTER "Content" SET COMPRESSION lz4;
                EXCEPTION WHEN feature_not_supported THEN NULL;
                END $$
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Postings_PracticeId_FileId",
                table: "Postings");

            migrationBuilder.DropIndex(
                name: "IX_ClaimVersions_PracticeId_FileId_ClaimId",
                table: "ClaimVersions");

            migrationBuilder.DropColumn(
                name: "FileId",
                table: "ClaimVersions");

            migrationBuilder.CreateIndex(
                name: "IX_Events_PracticeId_Why_Subject",
                table: "Events",
                columns: new[] { "PracticeId", "Why", "Subject" },
                filter: "\"Why\" LIKE 'file/%'");

            migrationBuilder.DropIndex(
                name: "IX_Claims_PracticeId_OwnerId_Rank_Id_Life_Cause_PayerId",
                table: "Claims");

            migrationBuilder.DropIndex(
                name: "IX_Claims_VisitId",
                table: "Claims");

            migrationBuilder.CreateIndex(
                name: "IX_Claims_PracticeId_OwnerId_Rank_Id_Life_Cause_PayerId",
                table: "Claims",
                columns: new[] { "PracticeId", "OwnerId", "Rank", "Id", "Life", "Cause", "PayerId" },
                descending: new[] { false, false, true, false, false, false, false },
                filter: "\"Life\" <> 7 AND \"SnoozedUntil\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Claims_VisitId",
                table: "Claims",
                column: "VisitId");
        }
    }
}
