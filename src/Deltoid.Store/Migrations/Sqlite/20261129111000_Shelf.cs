using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Deltoid.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Shelf : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "IsOfChart",
                table: "Tasks",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "NotBilled",
                table: "Shots",
                type: "TEXT",
                nullable: false,
                defaultValue: "");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "IsOfChart",
                table: "Tasks");

            migrationBuilder.DropColumn(
                name: "NotBilled",
                table: "Shots");
        }
    }
}
