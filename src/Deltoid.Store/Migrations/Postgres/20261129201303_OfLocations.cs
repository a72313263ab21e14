using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Deltoid.Store.Migrations.Postgres
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
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "LocationId",
                table: "Claims",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<List<long>>(
                name: "LocationIds",
                table: "AspNetUsers",
                type: "bigint[]",
                nullable: false,
                defaultValue: new List<long>());

            migrationBuilder.CreateIndex(
                name: "IX_WorkCounts_PracticeId_Life_Cause_PayerId_OwnerId_IsAsleep_L~",
                table: "WorkCounts",
                columns: new[] { "PracticeId", "Life", "Cause", "PayerId", "OwnerId", "IsAsleep", "LocationId" },
                unique: true);
            CountedRows.CountByLocation(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_WorkCounts_PracticeId_Life_Cause_PayerId_OwnerId_IsAsleep_L~",
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
