using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Deltoid.Store.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Reports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "ClosedThru",
                table: "Practices",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "RemittanceId",
                table: "Postings",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Cost",
                table: "Lots",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "RemittanceId",
                table: "ClaimVersions",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ClaimOutcomes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ClaimId = table.Column<long>(type: "bigint", nullable: false),
                    PayerId = table.Column<long>(type: "bigint", nullable: false),
                    Provider = table.Column<string>(type: "text", nullable: false),
                    ServiceDate = table.Column<DateOnly>(type: "date", nullable: false),
                    ServiceMonth = table.Column<int>(type: "integer", nullable: false),
                    Charge = table.Column<long>(type: "bigint", nullable: false),
                    SentOn = table.Column<DateOnly>(type: "date", nullable: false),
                    IsReworked = table.Column<bool>(type: "boolean", nullable: false),
                    IsClean = table.Column<bool>(type: "boolean", nullable: false),
                    Answered = table.Column<DateOnly>(type: "date", nullable: true),
                    Month = table.Column<int>(type: "integer", nullable: false),
                    Lines = table.Column<int>(type: "integer", nullable: false),
                    RefusedLines = table.Column<int>(type: "integer", nullable: false),
                    IsDenied = table.Column<bool>(type: "boolean", nullable: false),
                    IsRefused = table.Column<bool>(type: "boolean", nullable: false),
                    Cause = table.Column<string>(type: "text", nullable: false),
                    IsForeseen = table.Column<bool>(type: "boolean", nullable: false),
                    Judged = table.Column<long>(type: "bigint", nullable: false),
                    Refused = table.Column<long>(type: "bigint", nullable: false),
                    Paid = table.Column<long>(type: "bigint", nullable: false),
                    Reduced = table.Column<long>(type: "bigint", nullable: false),
                    Share = table.Column<long>(type: "bigint", nullable: false),
                    IsAnsweredAgain = table.Column<bool>(type: "boolean", nullable: false),
                    IsOverturned = table.Column<bool>(type: "boolean", nullable: false),
                    Open = table.Column<long>(type: "bigint", nullable: false),
                    Patient = table.Column<long>(type: "bigint", nullable: false),
                    CreditSince = table.Column<DateOnly>(type: "date", nullable: true),
                    Received = table.Column<long>(type: "bigint", nullable: false),
                    WrittenOff = table.Column<long>(type: "bigint", nullable: false),
                    Recovered = table.Column<long>(type: "bigint", nullable: false),
                    PracticeId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClaimOutcomes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ClaimOutcomes_Claims_ClaimId",
                        column: x => x.ClaimId,
                        principalTable: "Claims",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_ClaimOutcomes_Practices_PracticeId",
                        column: x => x.PracticeId,
                        principalTable: "Practices",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ClosedMonths",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Month = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    PersonId = table.Column<long>(type: "bigint", nullable: true),
                    Charges = table.Column<long>(type: "bigint", nullable: false),
                    Payments = table.Column<long>(type: "bigint", nullable: false),
                    Adjustments = table.Column<long>(type: "bigint", nullable: false),
                    WrittenOff = table.Column<long>(type: "bigint", nullable: false),
                    BesideClaims = table.Column<long>(type: "bigint", nullable: false),
                    Payers = table.Column<long>(type: "bigint", nullable: false),
                    Patients = table.Column<long>(type: "bigint", nullable: false),
                    Banked = table.Column<long>(type: "bigint", nullable: false),
                    OpenedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    OpenedWhy = table.Column<string>(type: "text", nullable: false),
                    PracticeId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClosedMonths", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ClosedMonths_Practices_PracticeId",
                        column: x => x.PracticeId,
                        principalTable: "Practices",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "DrugOutcomes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ClaimId = table.Column<long>(type: "bigint", nullable: false),
                    PayerId = table.Column<long>(type: "bigint", nullable: false),
                    Month = table.Column<int>(type: "integer", nullable: false),
                    Drug = table.Column<string>(type: "text", nullable: false),
                    Paid = table.Column<long>(type: "bigint", nullable: false),
                    Share = table.Column<long>(type: "bigint", nullable: false),
                    Cost = table.Column<long>(type: "bigint", nullable: true),
                    WasteCost = table.Column<long>(type: "bigint", nullable: false),
                    WasteCharge = table.Column<long>(type: "bigint", nullable: false),
                    PracticeId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DrugOutcomes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_DrugOutcomes_Practices_PracticeId",
                        column: x => x.PracticeId,
                        principalTable: "Practices",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "MonthReports",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Month = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Text = table.Column<string>(type: "text", nullable: false),
                    Pdf = table.Column<byte[]>(type: "bytea", nullable: false),
                    PracticeId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MonthReports", x => x.Id);
                    table.ForeignKey(
                        name: "FK_MonthReports_Practices_PracticeId",
                        column: x => x.PracticeId,
                        principalTable: "Practices",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "OutcomeMarks",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    PracticeId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OutcomeMarks", x => x.Id);
                    table.ForeignKey(
                        name: "FK_OutcomeMarks_Practices_PracticeId",
                        column: x => x.PracticeId,
                        principalTable: "Practices",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "PracticeRules",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    Text = table.Column<string>(type: "text", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    PersonId = table.Column<long>(type: "bigint", nullable: true),
                    TestedDays = table.Column<int>(type: "integer", nullable: false),
                    Right = table.Column<int>(type: "integer", nullable: false),
                    Other = table.Column<int>(type: "integer", nullable: false),
                    FalseAlarms = table.Column<int>(type: "integer", nullable: false),
                    Refused = table.Column<long>(type: "bigint", nullable: false),
                    OnAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    OffAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    PracticeId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PracticeRules", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PracticeRules_Practices_PracticeId",
                        column: x => x.PracticeId,
                        principalTable: "Practices",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "RefusedLines",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ClaimId = table.Column<long>(type: "bigint", nullable: false),
                    PayerId = table.Column<long>(type: "bigint", nullable: false),
                    Month = table.Column<int>(type: "integer", nullable: false),
                    Code = table.Column<string>(type: "text", nullable: false),
                    Reason = table.Column<string>(type: "text", nullable: false),
                    Cents = table.Column<long>(type: "bigint", nullable: false),
                    PracticeId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RefusedLines", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RefusedLines_Practices_PracticeId",
                        column: x => x.PracticeId,
                        principalTable: "Practices",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ClaimVersions_PracticeId_Id",
                table: "ClaimVersions",
                columns: new[] { "PracticeId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ClaimOutcomes_ClaimId",
                table: "ClaimOutcomes",
                column: "ClaimId");

            migrationBuilder.CreateIndex(
                name: "IX_ClaimOutcomes_PracticeId_ClaimId",
                table: "ClaimOutcomes",
                columns: new[] { "PracticeId", "ClaimId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ClaimOutcomes_PracticeId_CreditSince",
                table: "ClaimOutcomes",
                columns: new[] { "PracticeId", "CreditSince" },
                filter: "\"CreditSince\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ClaimOutcomes_PracticeId_Month_PayerId_Cause_IsRefused_IsDe~",
                table: "ClaimOutcomes",
                columns: new[] { "PracticeId", "Month", "PayerId", "Cause", "IsRefused", "IsDenied" });

            migrationBuilder.CreateIndex(
                name: "IX_ClaimOutcomes_PracticeId_ServiceDate_PayerId_Open_Charge",
                table: "ClaimOutcomes",
                columns: new[] { "PracticeId", "ServiceDate", "PayerId", "Open", "Charge" });

            migrationBuilder.CreateIndex(
                name: "IX_ClaimOutcomes_PracticeId_ServiceMonth_PayerId_IsClean_IsRew~",
                table: "ClaimOutcomes",
                columns: new[] { "PracticeId", "ServiceMonth", "PayerId", "IsClean", "IsReworked", "Charge" });

            migrationBuilder.CreateIndex(
                name: "IX_ClosedMonths_PracticeId_Month",
                table: "ClosedMonths",
                columns: new[] { "PracticeId", "Month" },
                unique: true,
                filter: "\"OpenedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_DrugOutcomes_PracticeId_ClaimId",
                table: "DrugOutcomes",
                columns: new[] { "PracticeId", "ClaimId" });

            migrationBuilder.CreateIndex(
                name: "IX_DrugOutcomes_PracticeId_Month_PayerId_Drug",
                table: "DrugOutcomes",
                columns: new[] { "PracticeId", "Month", "PayerId", "Drug" });

            migrationBuilder.CreateIndex(
                name: "IX_MonthReports_PracticeId_Month",
                table: "MonthReports",
                columns: new[] { "PracticeId", "Month" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_OutcomeMarks_PracticeId",
                table: "OutcomeMarks",
                column: "PracticeId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PracticeRules_PracticeId_Number_Version",
                table: "PracticeRules",
                columns: new[] { "PracticeId", "Number", "Version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_RefusedLines_PracticeId_ClaimId",
                table: "RefusedLines",
                columns: new[] { "PracticeId", "ClaimId" });

            migrationBuilder.CreateIndex(
                name: "IX_RefusedLines_PracticeId_Month_PayerId_Reason_Code_Cents",
                table: "RefusedLines",
                columns: new[] { "PracticeId", "Month", "PayerId", "Reason", "Code", "Cents" });
            WrittenOnceRows.Protect(migrationBuilder, "MonthReports");
            ClosedBooks.Keep(migrationBuilder);
            RowSecurity.Protect(migrationBuilder, TargetModel, "ClaimOutcomes", "RefusedLines", "DrugOutcomes",
                "OutcomeMarks", "ClosedMonths", "PracticeRules", "MonthReports");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ClaimOutcomes");

            migrationBuilder.DropTable(
                name: "ClosedMonths");

            migrationBuilder.DropTable(
                name: "DrugOutcomes");

            migrationBuilder.DropTable(
                name: "MonthReports");

            migrationBuilder.DropTable(
                name: "OutcomeMarks");

            migrationBuilder.DropTable(
                name: "PracticeRules");

            migrationBuilder.DropTable(
                name: "RefusedLines");

            migrationBuilder.DropIndex(
                name: "IX_ClaimVersions_PracticeId_Id",
                table: "ClaimVersions");

            migrationBuilder.DropColumn(
                name: "ClosedThru",
                table: "Practices");

            migrationBuilder.DropColumn(
                name: "RemittanceId",
                table: "Postings");

            migrationBuilder.DropColumn(
                name: "Cost",
                table: "Lots");

            migrationBuilder.DropColumn(
                name: "RemittanceId",
                table: "ClaimVersions");
        }
    }
}
