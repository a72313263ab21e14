using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Deltoid.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OfLocations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_WorkCounts_PracticeId_Life_Cause_PayerId_OwnerId_IsAsleep",
                table: "WorkCounts");

            migrationBuilder.AddColumn<long>(
                name: "LocationId",
                table: "WorkCounts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "LocationId",
                table: "Claims",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "LocationIds",
                table: "AspNetUsers",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.CreateIndex(
                name: "IX_WorkCounts_PracticeId_Life_Cause_PayerId_OwnerId_IsAsleep_LocationId",
                table: "WorkCounts",
                columns: new[] { "PracticeId", "Life", "Cause", "PayerId", "OwnerId", "IsAsleep", "LocationId" },
                unique: true);
            CountedRows.CountByLocation(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_WorkCounts_PracticeId_Life_Cause_PayerId_OwnerId_IsAsleep_LocationId",
                table: "WorkCounts");

            migrationBuilder.DropColumn(
                name: "LocationId",
                table: "WorkCounts");

            migrationBuilder.DropColumn(
                name: "LocationId",
                table: "Claims");

            migrationBuilder.DropColumn(
                name: "LocationIds",
                table: "AspNetUsers");

            migrationBuilder.CreateIndex(
                name: "IX_WorkCounts_PracticeId_Life_Cause_PayerId_OwnerId_IsAsleep",
                table: "WorkCounts",
                columns: new[] { "PracticeId", "Life", "Cause", "PayerId", "OwnerId", "IsAsleep" },
                unique: true);
        }
    }
}
