using Deltoid.Codes.Packs;
using Deltoid.Values;
using static Deltoid.Tests.Official.OneFile;

namespace Deltoid.Tests.Official;

public sealed class NcciExtractsTests
{
    const string PairHeader = "col1,col2,effective,deleted,modifier_indicator,ref_version",
        UnitHeader = "code,max_units,mai,ref_version";
    const string Pairs =
        "96372,99211,2020-10-01,,0,NCCI-2026Q4\n96372,99211,2009-01-01,2019-12-31,0,NCCI-2026Q4\n96372,99213,2020-10-01,,1,NCCI-2026Q3\n";
    const string Units = "96372,3,3,MUE-2026Q3\n96372,4,3,MUE-2026Q4\nG0008,1,2,MUE-2026Q4\n";

    [Fact]
    public void Pairs_go_into_the_practitioner_table_and_are_never_the_whole_of_it()
    {
        var file = Of("pairs.csv", PairHeader + "\n" + Pairs);
        Assert.Equal(("2026Q4", Days("2026-07-01", "2026-12-31")),
            (file.Report.Release!.Name, file.Report.Release.Covers));
        Assert.Equal([DateRange.Of(new(2020, 10, 1)), Days("2009-01-01", "2019-12-31")],
            file.Pairs("96372", "99211").Select(p => p.Dates).OrderByDescending(d => d.FromDay));
        Assert.Equal((byte)1, Assert.Single(file.Pairs("96372", "99213")).Indicator);
        Assert.False(file.Pack.Manifest.Sources[0].IsWhole);
    }

    [Fact]
    public void Limits_of_an_earlier_quarter_end_with_it()
    {
        var file = Of("units.csv", UnitHeader + "\n" + Units);
        var rows = file.Rows<MueRow>("mue").Where(r => file.CodeOf(r) == Code.Of("96372")).ToArray();
        Assert.Equal([(3, Days("2026-07-01", "2026-09-30")), (4, DateRange.Of(new(2026, 10, 1)))],
            rows.Select(r => (r.Limit, r.Dates)));
        Assert.Equal(((byte)0, (byte)3), (rows[1].Table, rows[1].Mai));
        Assert.Equal("2026Q4", file.Report.Release!.Name);
        Assert.False(file.Pack.Manifest.Sources[0].IsWhole);
    }

    [Fact]
    public void Each_column_is_needed()
    {
        NeedsColumns("pairs.csv", "", PairHeader, ',', Pairs, "deleted", "modifier_indicator", "ref_version");
        NeedsColumns("units.csv", "", UnitHeader, ',', Units, "mai", "ref_version");
    }

    [Theory]
    [InlineData("96372,99211,2020-13-01,,0,NCCI-2026Q4\n", "'effective' is not a day")]
    [InlineData("96372,99211,2020-10-01,soon,0,NCCI-2026Q4\n", "'deleted' is not a day")]
    [InlineData("96372,99211,2020-10-01,,2,NCCI-2026Q4\n", "'modifier_indicator' is not")]
    [InlineData("96372,99211,2020-10-01,,0,NCCI-2026Q", "'ref_version' is not a quarter")]
    [InlineData("96372,99211,2020-10-01,,0", "it is the last line")]
    public void A_pair_that_does_not_read_refuses_the_file(string row, string why) =>
        Refused("pairs.csv", PairHeader + "\n" + row, why);

    [Theory]
    [InlineData("96372,-1,3,MUE-2026Q4\n", "'max_units' is not")]
    [InlineData("96372,4,4,MUE-2026Q4\n", "'mai' is not")]
    [InlineData("9637,4,3,MUE-2026Q4\n", "'code' is not")]
    [InlineData("96372,4,3,MUE-2026Q5\n", "'ref_version' is not a quarter")]
    public void A_limit_that_does_not_read_refuses_the_file(string row, string why) =>
        Refused("units.csv", UnitHeader + "\n" + row, why);
}
