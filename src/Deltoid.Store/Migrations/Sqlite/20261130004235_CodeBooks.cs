using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Deltoid.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class CodeBooks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "JudgedBy",
                table: "Practices",
                type: "TEXT",
                nullable: true,
                defaultValue: ""); // what was judged before is judged again

            migrationBuilder.AddColumn<long>(
                name: "JudgedThru",
                table: "Practices",
                type: "INTEGER",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "JudgedBy",
                table: "Practices");

            migrationBuilder.DropColumn(
                name: "JudgedThru",
                table: "Practices");
        }
    }
}
