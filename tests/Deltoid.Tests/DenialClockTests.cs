using System.Text;
using Deltoid.Books;
using Deltoid.Pages;
using Deltoid.Remits;

namespace Deltoid.Tests;

/// <summary>Last days that turn on what a claim files as, and what is done when they have passed.</summary>
public sealed class DenialClockTests
{
    static readonly Resolver Resolver = new(StarterBook.Open());

    static string First(string filing, string produced, string reason, string facts) =>
        DenialPage.Print(Resolver.Resolve(DeniedClaimJson.Read(Encoding.UTF8.GetBytes($$"""
            { "claim": { "id": "P1", "setting": "professional", "placeOfService": "11", "charge": 14.00,
                "payer": { "kind": "tricare", "filing": "{{filing}}" }, "diagnoses": ["E53.8"],
                "lines": [ { "number": 1, "code": "J3420", "units": 1, "charge": 14.00, "date": "2025-10-04" } ] },
              "record": [ {{facts}} ],
              "remittance": { "produced": "{{produced}}", "adjustments": [] },
              "payments": [ { "id": "P1", "status": "4", "charge": 14.00, "paid": 0, "adjustments": [],
                "lines": [ { "procedure": { "kind": "HC", "code": "J3420" }, "charge": 14.00, "paid": 0,
                  "adjustments": [ { "group": "CO", "reason": "{{reason}}", "amount": 14.00 } ] } ] } ],
              "today": "{{produced}}" }
            """)))).Split('\n')[0];

    const string Accepted =
            """{ "fact": "filing-proof", "kind": "277ca", "on": "2026-04-22", "verdict": "accepted" }""",
        Met = """{ "fact": "coverage-criteria-met" }""",
        Typed = """{ "fact": "diagnosis-documented", "codes": ["D51.0"] }""";

    /// <summary>The network of the Department of Veterans Affairs takes claims for 180 days, TRICARE for a
    /// year.</summary>
    [Theory]
    [InlineData("CH", "2026-06-22", "29", Accepted, "DN-11 appeal by 2026-09-20, 90 days from remittance")]
    [InlineData("VA", "2026-06-22", "29", Accepted, "DN-11 write-off")]
    [InlineData("CH", "2026-03-02", "146", Typed, "DN-15 corrected-claim by 2026-10-04, 365 days from service")]
    [InlineData("VA", "2026-03-02", "146", Typed, "DN-15 corrected-claim by 2026-04-02, 180 days from service")]
    [InlineData("VA", "2026-06-22", "146", Typed, "DN-15 write-off")]
    [InlineData("VA", "2026-06-22", "50", Met, "DN-7 appeal by 2026-09-20, 90 days from remittance")]
    public void VeteransHaveTheirOwn(string filing, string produced, string reason, string facts, string first) =>
        Assert.Equal(first, First(filing, produced, reason, facts));

    /// <summary>The holidays of 5 U.S.C. 6103, as the Office of Personnel Management lists them for 2026 and
    /// 2027.</summary>
    [Theory]
    [InlineData("2026-01-01", "2026-01-02")]
    [InlineData("2026-01-19", "2026-01-20")]
    [InlineData("2026-02-16", "2026-02-17")]
    [InlineData("2026-05-25", "2026-05-26")]
    [InlineData("2026-06-19", "2026-06-22")]
    [InlineData("2026-07-03", "2026-07-06")]
    [InlineData("2026-09-07", "2026-09-08")]
    [InlineData("2026-10-12", "2026-10-13")]
    [InlineData("2026-11-11", "2026-11-12")]
    [InlineData("2026-11-26", "2026-11-27")]
    [InlineData("2026-12-25", "2026-12-28")]
    [InlineData("2027-07-05", "2027-07-06")]
    [InlineData("2027-12-24", "2027-12-27")]
    [InlineData("2026-05-18", "2026-05-18")]
    [InlineData("2026-11-19", "2026-11-19")]
    public void AWorkdayFollows(string day, string workday) =>
        Assert.Equal(DateOnly.Parse(workday, System.Globalization.CultureInfo.InvariantCulture),
            FederalDays.Workday(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)));
}
