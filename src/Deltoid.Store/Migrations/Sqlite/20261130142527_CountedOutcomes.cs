using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Deltoid.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class CountedOutcomes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_RefusedLines_PracticeId_ClaimId",
                table: "RefusedLines");

            migrationBuilder.DropIndex(
                name: "IX_DrugOutcomes_PracticeId_Month_PayerId_Drug",
                table: "DrugOutcomes");

            migrationBuilder.DropIndex(
                name: "IX_ClaimOutcomes_PracticeId_Month_PayerId_Cause_IsRefused_IsDenied",
                table: "ClaimOutcomes");

            migrationBuilder.DropIndex(
                name: "IX_ClaimOutcomes_PracticeId_ServiceDate_PayerId_Open_Charge",
                table: "ClaimOutcomes");

            migrationBuilder.DropIndex(
                name: "IX_ClaimOutcomes_PracticeId_ServiceMonth_PayerId_IsClean_IsReworked_Charge",
                table: "ClaimOutcomes");

            migrationBuilder.AddColumn<string>(
                name: "Cause",
                table: "DrugOutcomes",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "Charge",
                table: "DrugOutcomes",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "Marks",
                table: "DrugOutcomes",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "Open",
                table: "DrugOutcomes",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "Received",
                table: "DrugOutcomes",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "Refused",
                table: "DrugOutcomes",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<DateOnly>(
                name: "ServiceDate",
                table: "DrugOutcomes",
                type: "TEXT",
                nullable: false,
                defaultValue: new DateOnly(1, 1, 1));

            migrationBuilder.AddColumn<int>(
                name: "ServiceMonth",
                table: "DrugOutcomes",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "OutcomeSums",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Claims = table.Column<long>(type: "INTEGER", nullable: false),
                    Lines = table.Column<long>(type: "INTEGER", nullable: false),
                    RefusedLines = table.Column<long>(type: "INTEGER", nullable: false),
                    Judged = table.Column<long>(type: "INTEGER", nullable: false),
                    Paid = table.Column<long>(type: "INTEGER", nullable: false),
                    Reduced = table.Column<long>(type: "INTEGER", nullable: false),
                    Share = table.Column<long>(type: "INTEGER", nullable: false),
                    WrittenOff = table.Column<long>(type: "INTEGER", nullable: false),
                    Recovered = table.Column<long>(type: "INTEGER", nullable: false),
                    PracticeId = table.Column<long>(type: "INTEGER", nullable: false),
                    PayerId = table.Column<long>(type: "INTEGER", nullable: false),
                    ServiceMonth = table.Column<int>(type: "INTEGER", nullable: false),
                    Month = table.Column<int>(type: "INTEGER", nullable: false),
                    Cause = table.Column<string>(type: "TEXT", nullable: false),
                    Marks = table.Column<int>(type: "INTEGER", nullable: false),
                    Charge = table.Column<long>(type: "INTEGER", nullable: false),
                    Refused = table.Column<long>(type: "INTEGER", nullable: false),
                    Open = table.Column<long>(type: "INTEGER", nullable: false),
                    Received = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OutcomeSums", x => x.Id);
                    table.ForeignKey(
                        name: "FK_OutcomeSums_Practices_PracticeId",
                        column: x => x.PracticeId,
                        principalTable: "Practices",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.AddColumn<int>(
                name: "Marks",
                table: "ClaimOutcomes",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            RowSecurity.Protect(migrationBuilder, TargetModel, "OutcomeSums");
            SummedOutcomes.Fill(migrationBuilder);

            migrationBuilder.DropColumn(
                name: "IsAnsweredAgain",
                table: "ClaimOutcomes");

            migrationBuilder.DropColumn(
                name: "IsClean",
                table: "ClaimOutcomes");

            migrationBuilder.DropColumn(
                name: "IsDenied",
                table: "ClaimOutcomes");

            migrationBuilder.DropColumn(
                name: "IsForeseen",
                table: "ClaimOutcomes");

            migrationBuilder.DropColumn(
                name: "IsOverturned",
                table: "ClaimOutcomes");

            migrationBuilder.DropColumn(
                name: "IsRefused",
                table: "ClaimOutcomes");

            migrationBuilder.DropColumn(
                name: "IsReworked",
                table: "ClaimOutcomes");

            migrationBuilder.CreateIndex(
                name: "IX_RefusedLines_PracticeId_ClaimId_Reason",
                table: "RefusedLines",
                columns: new[] { "PracticeId", "ClaimId", "Reason" });

            migrationBuilder.CreateIndex(
                name: "IX_RefusedLines_PracticeId_Reason_ClaimId",
                table: "RefusedLines",
                columns: new[] { "PracticeId", "Reason", "ClaimId" });

            migrationBuilder.CreateIndex(
                name: "IX_DrugOutcomes_listed",
                table: "DrugOutcomes",
                columns: new[] { "PracticeId", "Drug", "Refused", "Charge", "ClaimId", "Month", "ServiceMonth", "PayerId", "Marks", "Cause", "Open", "Received" },
                descending: new[] { false, false, true, true, false, false, false, false, false, false, false, false });

            migrationBuilder.CreateIndex(
                name: "IX_DrugOutcomes_summed",
                table: "DrugOutcomes",
                columns: new[] { "PracticeId", "Drug", "PayerId", "Month", "Paid", "Share", "Cost", "WasteCost", "WasteCharge" });

            migrationBuilder.CreateIndex(
                name: "IX_ClaimOutcomes_PracticeId_ServiceDate_Charge",
                table: "ClaimOutcomes",
                columns: new[] { "PracticeId", "ServiceDate", "Charge" });

            migrationBuilder.CreateIndex(
                name: "IX_ClaimOutcomes_listed",
                table: "ClaimOutcomes",
                columns: new[] { "PracticeId", "Refused", "Charge", "ClaimId", "Month", "ServiceMonth", "PayerId", "Marks", "Cause", "ServiceDate", "Open" },
                descending: new[] { false, true, true, false, false, false, false, false, false, false, false });

            migrationBuilder.CreateIndex(
                name: "IX_ClaimOutcomes_open",
                table: "ClaimOutcomes",
                columns: new[] { "PracticeId", "ServiceDate", "Open", "Charge", "Refused", "Received", "PayerId", "Cause", "Marks" },
                filter: "\"Open\" > 0");

            migrationBuilder.CreateIndex(
                name: "IX_OutcomeSums_PracticeId_Month_ServiceMonth_PayerId_Marks_Cause",
                table: "OutcomeSums",
                columns: new[] { "PracticeId", "Month", "ServiceMonth", "PayerId", "Marks", "Cause" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "OutcomeSums");

            migrationBuilder.DropIndex(
                name: "IX_RefusedLines_PracticeId_ClaimId_Reason",
                table: "RefusedLines");

            migrationBuilder.DropIndex(
                name: "IX_RefusedLines_PracticeId_Reason_ClaimId",
                table: "RefusedLines");

            migrationBuilder.DropIndex(
                name: "IX_DrugOutcomes_listed",
                table: "DrugOutcomes");

            migrationBuilder.DropIndex(
                name: "IX_DrugOutcomes_summed",
                table: "DrugOutcomes");

            migrationBuilder.DropIndex(
                name: "IX_ClaimOutcomes_PracticeId_ServiceDate_Charge",
                table: "ClaimOutcomes");

            migrationBuilder.DropIndex(
                name: "IX_ClaimOutcomes_listed",
                table: "ClaimOutcomes");

            migrationBuilder.DropIndex(
                name: "IX_ClaimOutcomes_open",
                table: "ClaimOutcomes");

            migrationBuilder.DropColumn(
                name: "Cause",
                table: "DrugOutcomes");

            migrationBuilder.DropColumn(
                name: "Charge",
                table: "DrugOutcomes");

            migrationBuilder.DropColumn(
                name: "Marks",
                table: "DrugOutcomes");

            migrationBuilder.DropColumn(
                name: "Open",
                table: "DrugOutcomes");

            migrationBuilder.DropColumn(
                name: "Received",
                table: "DrugOutcomes");

            migrationBuilder.DropColumn(
                name: "Refused",
                table: "DrugOutcomes");

            migrationBuilder.DropColumn(
                name: "ServiceDate",
                table: "DrugOutcomes");

            migrationBuilder.DropColumn(
                name: "ServiceMonth",
                table: "DrugOutcomes");

            migrationBuilder.DropColumn(
                name: "Marks",
                table: "ClaimOutcomes");

            migrationBuilder.AddColumn<bool>(
                name: "IsReworked",
                table: "ClaimOutcomes",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsAnsweredAgain",
                table: "ClaimOutcomes",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsClean",
                table: "ClaimOutcomes",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsDenied",
                table: "ClaimOutcomes",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsForeseen",
                table: "ClaimOutcomes",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsOverturned",
                table: "ClaimOutcomes",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsRefused",
                table: "ClaimOutcomes",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "IX_RefusedLines_PracticeId_ClaimId",
                table: "RefusedLines",
                columns: new[] { "PracticeId", "ClaimId" });

            migrationBuilder.CreateIndex(
                name: "IX_DrugOutcomes_PracticeId_Month_PayerId_Drug",
                table: "DrugOutcomes",
                columns: new[] { "PracticeId", "Month", "PayerId", "Drug" });

            migrationBuilder.CreateIndex(
                name: "IX_ClaimOutcomes_PracticeId_Month_PayerId_Cause_IsRefused_IsDenied",
                table: "ClaimOutcomes",
                columns: new[] { "PracticeId", "Month", "PayerId", "Cause", "IsRefused", "IsDenied" });

            migrationBuilder.CreateIndex(
                name: "IX_ClaimOutcomes_PracticeId_ServiceDate_PayerId_Open_Charge",
                table: "ClaimOutcomes",
                columns: new[] { "PracticeId", "ServiceDate", "PayerId", "Open", "Charge" });

            migrationBuilder.CreateIndex(
                name: "IX_ClaimOutcomes_PracticeId_ServiceMonth_PayerId_IsClean_IsReworked_Charge",
                table: "ClaimOutcomes",
                columns: new[] { "PracticeId", "ServiceMonth", "PayerId", "IsClean", "IsReworked", "Charge" });
        }
    }
}
