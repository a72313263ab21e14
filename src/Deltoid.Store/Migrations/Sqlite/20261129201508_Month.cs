using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Deltoid.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Month : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "AuditSamples",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Thru = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Npi = table.Column<string>(type: "TEXT", nullable: false),
                    Code = table.Column<string>(type: "TEXT", nullable: false),
                    PayerId = table.Column<long>(type: "INTEGER", nullable: true),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Seed = table.Column<string>(type: "TEXT", nullable: false),
                    Strata = table.Column<string>(type: "TEXT", nullable: false),
                    Digest = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    PersonId = table.Column<long>(type: "INTEGER", nullable: true),
                    PracticeId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditSamples", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AuditSamples_Practices_PracticeId",
                        column: x => x.PracticeId,
                        principalTable: "Practices",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Lessons",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Rule = table.Column<string>(type: "TEXT", nullable: false),
                    Npi = table.Column<string>(type: "TEXT", nullable: false),
                    LearnerId = table.Column<long>(type: "INTEGER", nullable: true),
                    Times = table.Column<int>(type: "INTEGER", nullable: false),
                    First = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Last = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Due = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    TaughtOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Wanted = table.Column<int>(type: "INTEGER", nullable: false),
                    ClosedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    PersonId = table.Column<long>(type: "INTEGER", nullable: true),
                    PracticeId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Lessons", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Lessons_Practices_PracticeId",
                        column: x => x.PracticeId,
                        principalTable: "Practices",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Overpayments",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Key = table.Column<string>(type: "TEXT", nullable: false),
                    Source = table.Column<int>(type: "INTEGER", nullable: false),
                    ClaimId = table.Column<long>(type: "INTEGER", nullable: true),
                    Cents = table.Column<long>(type: "INTEGER", nullable: false),
                    Why = table.Column<string>(type: "TEXT", nullable: false),
                    KnownOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    InquiryFrom = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    InquiryThru = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    End = table.Column<int>(type: "INTEGER", nullable: false),
                    EndedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    EndedWhy = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    PersonId = table.Column<long>(type: "INTEGER", nullable: true),
                    PracticeId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Overpayments", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Overpayments_Claims_ClaimId",
                        column: x => x.ClaimId,
                        principalTable: "Claims",
                        principalColumn: "Id");
                    table.ForeignKey(
                        name: "FK_Overpayments_Practices_PracticeId",
                        column: x => x.PracticeId,
                        principalTable: "Practices",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SampledClaims",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    SampleId = table.Column<long>(type: "INTEGER", nullable: false),
                    ClaimId = table.Column<long>(type: "INTEGER", nullable: false),
                    Place = table.Column<int>(type: "INTEGER", nullable: false),
                    Stratum = table.Column<int>(type: "INTEGER", nullable: false),
                    Npi = table.Column<string>(type: "TEXT", nullable: false),
                    Risks = table.Column<string>(type: "TEXT", nullable: false),
                    Score = table.Column<int>(type: "INTEGER", nullable: true),
                    JudgedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    JudgedById = table.Column<long>(type: "INTEGER", nullable: true),
                    Note = table.Column<string>(type: "TEXT", nullable: false),
                    PracticeId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SampledClaims", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SampledClaims_AuditSamples_SampleId",
                        column: x => x.SampleId,
                        principalTable: "AuditSamples",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_SampledClaims_Claims_ClaimId",
                        column: x => x.ClaimId,
                        principalTable: "Claims",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_SampledClaims_Practices_PracticeId",
                        column: x => x.PracticeId,
                        principalTable: "Practices",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SampledLines",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    SampledClaimId = table.Column<long>(type: "INTEGER", nullable: false),
                    Line = table.Column<int>(type: "INTEGER", nullable: false),
                    Code = table.Column<string>(type: "TEXT", nullable: false),
                    Billed = table.Column<string>(type: "TEXT", nullable: false),
                    Units = table.Column<long>(type: "INTEGER", nullable: false),
                    Paid = table.Column<long>(type: "INTEGER", nullable: false),
                    Verdict = table.Column<int>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    RightCode = table.Column<string>(type: "TEXT", nullable: false),
                    RightUnits = table.Column<long>(type: "INTEGER", nullable: false),
                    Right = table.Column<long>(type: "INTEGER", nullable: false),
                    PracticeId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SampledLines", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SampledLines_Practices_PracticeId",
                        column: x => x.PracticeId,
                        principalTable: "Practices",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_SampledLines_SampledClaims_SampledClaimId",
                        column: x => x.SampledClaimId,
                        principalTable: "SampledClaims",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AuditSamples_PracticeId",
                table: "AuditSamples",
                column: "PracticeId");

            migrationBuilder.CreateIndex(
                name: "IX_Lessons_PracticeId_Rule_Npi_LearnerId",
                table: "Lessons",
                columns: new[] { "PracticeId", "Rule", "Npi", "LearnerId" });

            migrationBuilder.CreateIndex(
                name: "IX_Overpayments_ClaimId",
                table: "Overpayments",
                column: "ClaimId");

            migrationBuilder.CreateIndex(
                name: "IX_Overpayments_PracticeId_End_KnownOn",
                table: "Overpayments",
                columns: new[] { "PracticeId", "End", "KnownOn" });

            migrationBuilder.CreateIndex(
                name: "IX_Overpayments_PracticeId_Key",
                table: "Overpayments",
                columns: new[] { "PracticeId", "Key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SampledClaims_ClaimId",
                table: "SampledClaims",
                column: "ClaimId");

            migrationBuilder.CreateIndex(
                name: "IX_SampledClaims_PracticeId_SampleId_Place",
                table: "SampledClaims",
                columns: new[] { "PracticeId", "SampleId", "Place" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SampledClaims_SampleId",
                table: "SampledClaims",
                column: "SampleId");

            migrationBuilder.CreateIndex(
                name: "IX_SampledLines_PracticeId",
                table: "SampledLines",
                column: "PracticeId");

            migrationBuilder.CreateIndex(
                name: "IX_SampledLines_SampledClaimId",
                table: "SampledLines",
                column: "SampledClaimId");
            RowSecurity.Protect(migrationBuilder, TargetModel, "AuditSamples", "SampledClaims", "SampledLines",
                "Lessons", "Overpayments");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Lessons");

            migrationBuilder.DropTable(
                name: "Overpayments");

            migrationBuilder.DropTable(
                name: "SampledLines");

            migrationBuilder.DropTable(
                name: "SampledClaims");

            migrationBuilder.DropTable(
                name: "AuditSamples");
        }
    }
}
