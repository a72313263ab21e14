using Deltoid.Codes.Packs;
using static Deltoid.Tests.Official.OneFile;

namespace Deltoid.Tests.Official;

public sealed class AspLimitsTests
{
    const string Name = "July 2026 Payment Limits.csv";
    const string Before = "Payment Allowance Limits for Medicare Part B Drugs,,,,\n\"Effective July 1, 2026 "
        + "through September 30, 2026\",,,,\n\"Note: of\ntwo lines\",,,,\n";
    const string Header = "HCPCS Code,Short Description,HCPCS Code Dosage,Payment Limit,Co-insurance Percentage,Notes";
    const string Rows = "90656,our label,0.5 ML,23.215,0.000,\"a note,\nof two lines\"\nA9606,Radium,1 "
        + "microCurie,N/A,20.000,\nJ0561,Penicillin,\"100,000 "
        + "UNITS\",\"1,234.5\",11.593,\n,,,,,\nJ2315,Naltrexone,1 MG,4.525,18.883,Inflation-adjusted "
        + "coinsurance\n";

    [Fact]
    public void Limits_and_coinsurance_are_read_and_descriptions_are_not()
    {
        var file = Of(Name, Before + Header + "\n" + Rows);
        Assert.Equal(3, file.Report.Rows);
        Assert.Equal(("2026 JUL", Days("2026-07-01", "2026-09-30")),
            (file.Report.Release!.Name, file.Report.Release.Covers));
        var naltrexone = file.Row<AspLimitRow>("asp", "J2315");
        Assert.Equal((4.525m, 18.883m, "1 MG"),
            (naltrexone.Limit.Value, naltrexone.Coinsurance.Value, file.Text(naltrexone.Dosage)));
        Assert.Equal(file.Report.Release.Covers, naltrexone.Dates);
        Assert.Equal((1234.5m, "100,000 UNITS"),
            (file.Row<AspLimitRow>("asp", "J0561").Limit.Value,
                file.Text(file.Row<AspLimitRow>("asp", "J0561").Dosage)));
        Assert.Equal(0m, file.Row<AspLimitRow>("asp", "90656").Coinsurance.Value);
        Assert.Equal((8, "A9606 has no payment limit"), Assert.Single(file.Report.Release.Reported));
        Assert.DoesNotContain("our label", System.Text.Encoding.UTF8.GetString(file.Pack.Column<byte>("text").Span),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_column_coinsurance_is_20_percent() =>
        Assert.Equal(20m,
            Of(Name,
                Before + "HCPCS Code,Short Description,HCPCS Code Dosage,Payment "
                    + "Limit\nJ1885,Ketorolac,15 MG,0.286\n").Row<AspLimitRow>("asp", "J1885").Coinsurance.Value);

    [Fact]
    public void Each_column_is_needed() =>
        NeedsColumns(Name, Before, Header, ',', Rows, "HCPCS Code", "HCPCS Code Dosage", "Payment Limit");

    [Theory]
    [InlineData("J2315,Naltrexone,1 MG,4.5", "it is the last line")]
    [InlineData("J2315,Naltrexone,1 MG,four,20.000,\n", "'Payment Limit' is not an amount")]
    [InlineData("J2315,Naltrexone,1 MG,-4.525,20.000,\n", "'Payment Limit' is not an amount")]
    [InlineData("J2315,Naltrexone,1 MG,4.525,120,\n", "not between 0 and 100")]
    [InlineData("J2315,Naltrexone,1 MG,4.525,,\n", "'Co-insurance Percentage' is not a percentage")]
    [InlineData("the end,,,,,\n", "'HCPCS Code' is not a code")]
    [InlineData("J2315,\"Naltrexone", "quote that is not closed")]
    public void A_row_that_does_not_read_refuses_the_file(string row, string why) =>
        Refused(Name, Before + Header + "\n" + row, why);

    [Theory]
    [InlineData("")]
    [InlineData("\"Effective July 1, 2026 through June 30, 2026\",\n")]
    [InlineData("\"Effective Juli 1, 2026 through September 30, 2026\",\n")]
    [InlineData("\"Effective June 31, 2026 through September 30, 2026\",\n")]
    public void Without_days_that_can_be_it_is_refused(string days) =>
        Refused(Name, days + Header + "\n" + Rows, "from which day to which");

    const string Typed = "code\tfrom\tthru\tdosage\tlimit\tcoinsurance\tadded\n";

    [Fact]
    public void Limits_copied_by_hand_have_their_days_in_each_row()
    {
        var file = Of("payment-limits-2026q4.tsv",
            Typed + "J3420\t2026-10-01\t2026-12-31\tup to 1000 MCG\t0.648\t20.000\t\n");
        Assert.Equal(("asp-limit-extract", "2026 OCT", Days("2026-10-01", "2026-12-31")),
            (file.Report.Table!.Name, file.Report.Release!.Name, file.Report.Release.Covers));
        Assert.Equal(0.648m, file.Row<AspLimitRow>("asp", "J3420").Limit.Value);
    }

    [Theory]
    [InlineData("J3420\t2026-10-01\t2026-11-30\t1 MG\t0.648\t20\t\n", "'thru' is not the last day of the quarter")]
    [InlineData("J3420\t2026-10-01\t2026-12-31\t1 MG\t0.648\t20\t\nJ1885\t2026-07-01\t2026-09-30\t15 MG\t0.5\t20\t\n",
        "another quarter than the rows before")]
    [InlineData("J3420\t2026-10-01\t2026-12-31\t1 MG\tfree\t20\t\n", "'limit' is not an amount")]
    [InlineData("J3420\t2026-10-01\t2026-12-31\t1 MG\t0.648\t120\t\n", "'coinsurance' is not a percentage")]
    public void A_row_copied_wrong_refuses_the_file(string rows, string why) =>
        Refused("payment-limits-2026q4.tsv", Typed + rows, why);
}
