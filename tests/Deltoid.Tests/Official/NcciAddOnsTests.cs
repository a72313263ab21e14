using Deltoid.Codes.Packs;
using Deltoid.Values;
using static Deltoid.Tests.Official.OneFile;

namespace Deltoid.Tests.Official;

public sealed class NcciAddOnsTests
{
    const string Name = "AOC_V2026Q2-MCR.csv";
    const string Before = "CPT only copyright,,,\n";
    const string Header =
        "AOC_Edit_Type,Add-On_Code,AOC_DelDT,Primary_Code,Primary_Code_DelDT,AOC_Edit_EffDT,AOC_Edit_DelDT,Special_Instruction_Notes";
    const string Rows = "1,90472,,90471,,2013001,,\n2,0054T,,CCCCC,,2013091,,Contractor Defined Primary "
        + "Codes\n1,96375,,96374,2024366,2013001,2025001,\n1,99355,2022365,99354,,2023001,,\n";

    [Fact]
    public void A_row_is_in_force_until_the_first_deletion()
    {
        var file = Of(Name, Before + Header + "\n" + Rows);
        Assert.Equal(("2026Q2", Days("2026-04-01", "2026-06-30"), 3),
            (file.Report.Release!.Name, file.Report.Release.Covers, file.Report.Rows));
        var vaccine = file.Row<AddOnPairRow>("addon", "90472");
        Assert.Equal((Code.Of("90471"), DateRange.Of(new(2013, 1, 1)), (byte)1),
            (file.Pack.CodeOf(vaccine.Parent), vaccine.Dates, vaccine.Type));
        Assert.Equal((-1, new DateOnly(2013, 4, 1)),
            (file.Row<AddOnPairRow>("addon", "0054T").Parent, file.Row<AddOnPairRow>("addon", "0054T").Dates.From));
        Assert.Equal(new DateOnly(2024, 12, 31), file.Row<AddOnPairRow>("addon", "96375").Dates.Thru);
        Assert.Equal((6, "99355 with 99354 is deleted before it is effective"),
            Assert.Single(file.Report.Release.Reported));
    }

    [Fact]
    public void Without_days_it_is_known_since_the_quarter_of_its_name()
    {
        const string text = "primary_code\tadd_on_code\taoc_edit_type\nCCCCC\t0054T\t2\n90471\t90472\t1\n";
        var file = Of("ncci-2024q3/aoc.tsv", text);
        Assert.Equal(new DateRange(0, int.MaxValue, new DateOnly(2024, 7, 1).DayNumber),
            file.Row<AddOnPairRow>("addon", "90472").Dates);
        Assert.Equal(DateRange.Always, Of("aoc.tsv", text).Row<AddOnPairRow>("addon", "90472").Dates);
    }

    [Fact]
    public void Each_column_is_needed() =>
        NeedsColumns(Name, Before, Header, ',', Rows, "AOC_Edit_Type", "Add-On_Code", "Primary_Code");

    [Theory]
    [InlineData("1,90472,,90", "'Primary_Code' is neither a code nor CCCCC")]
    [InlineData("1,904", "it is the last line")]
    [InlineData("4,90472,,90471,,2013001,,\n", "'AOC_Edit_Type' is not 1, 2 or 3")]
    [InlineData("1,9047,,90471,,2013001,,\n", "'Add-On_Code' is not a code")]
    [InlineData("1,90472,,90471,,2013366,,\n", "'AOC_Edit_EffDT' is not a day")]
    [InlineData("1,90472,,90471,,2013001,20131301,\n", "'AOC_Edit_DelDT' is not a day")]
    public void A_row_that_does_not_read_refuses_the_file(string row, string why) =>
        Refused(Name, Before + Header + "\n" + row, why);
}
