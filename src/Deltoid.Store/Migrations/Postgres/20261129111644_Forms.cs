using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Deltoid.Store.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Forms : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Setting",
                table: "Locations",
                type: "text",
                nullable: false,
                defaultValue: "professional");

            migrationBuilder.CreateIndex(
                name: "IX_Events_PracticeId_Why_Subject",
                table: "Events",
                columns: new[] { "PracticeId", "Why", "Subject" },
                filter: "\"Why\" LIKE 'file/%'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Events_PracticeId_Why_Subject",
                table: "Events");

            migrationBuilder.DropColumn(
                name: "Setting",
                table: "Locations");
        }
    }
}
