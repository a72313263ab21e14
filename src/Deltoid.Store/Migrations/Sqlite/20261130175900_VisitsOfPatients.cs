using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Deltoid.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class VisitsOfPatients : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Visits_PracticeId_PatientId_ServiceDate",
                table: "Visits",
                columns: new[] { "PracticeId", "PatientId", "ServiceDate" });

            migrationBuilder.AddColumn<long>(
                name: "Revision",
                table: "Practices",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            SetUpRows.Count(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            SetUpRows.CountNoMore(migrationBuilder);

            migrationBuilder.DropColumn(
                name: "Revision",
                table: "Practices");

            migrationBuilder.DropIndex(
                name: "IX_Visits_PracticeId_PatientId_ServiceDate",
                table: "Visits");
        }
    }
}
