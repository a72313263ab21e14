using Deltoid.Codes.Official;
using Deltoid.Codes.Packs;

namespace Deltoid.Tests.Official;

public sealed class ZipLocalityTests
{
    const string Name = "ZIP5_OCT2025.txt";

    static readonly ZipLocality Table = new();

    static string Line(string state = "AK", string zip = "99501", string carrier = "02102", string locality = "01",
        string rural = "", string plusFour = "0",
        string quarter =
            "20254") =>
        $"{state,-2}{zip,-5}{carrier,-5}{locality,-2}{rural,1}Z9{rural,1}  {plusFour,1} A{"",52}{quarter,-5}\r\n";

    [Fact]
    public void Zip_codes_read()
    {
        var read = Reading.Of(Table, Name, Line() + Line("WY", "83128", "03602", "21", "B", "1"));
        Assert.Equal(("2025 Q4", Reading.Days("2025-10-01", "2025-12-31")), (read.Release.Name, read.Release.Covers));
        var rows = read.Pack.Column<ZipRow>("zip");
        Assert.Equal((99501, 2102, 1, "AK", 0, 0),
            (rows[0].Zip, rows[0].Carrier, rows[0].Locality, Cell.Of(rows[0].State, 2), rows[0].Rural,
                rows[0].NeedsPlusFour));
        Assert.Equal((83128, 3602, 21, "WY", (byte)'B', 1),
            (rows[1].Zip, rows[1].Carrier, rows[1].Locality, Cell.Of(rows[1].State, 2), rows[1].Rural,
                rows[1].NeedsPlusFour));
        Assert.Equal(Reading.Days("2025-10-01", "2025-12-31"), rows[1].Dates);
    }

    [Fact]
    public void A_wrong_cell_is_refused_by_column()
    {
        Reading.Refused(Table, Name, Line(state: "A"), "column 'State'");
        Reading.Refused(Table, Name, Line(zip: "9950"), "column 'Zip Code'");
        Reading.Refused(Table, Name, Line(carrier: "0210X"), "column 'Carrier'");
        Reading.Refused(Table, Name, Line(locality: ""), "column 'Pricing Locality'");
        Reading.Refused(Table, Name, Line(rural: "X"), "column 'Rural Indicator'");
        Reading.Refused(Table, Name, Line(plusFour: ""), "column 'Plus Four Flag'");
    }

    [Fact]
    public void A_wrong_quarter_is_refused()
    {
        Reading.Refused(Table, Name, Line(quarter: "20255"), "column 'Year/Quarter' is not a year and a quarter");
        Reading.Refused(Table, Name, Line(quarter: ""), "column 'Year/Quarter'");
        Reading.Refused(Table, Name, Line() + Line(quarter: "20261"), "column 'Year/Quarter' is not 20254");
    }

    [Fact]
    public void A_column_that_moved_is_refused() =>
        Reading.Refused(Table, Name, Line().Replace("Z9", "Z9 ", StringComparison.Ordinal),
            "has 81 columns where 80 are needed");

    [Fact]
    public void A_cut_file_is_refused()
    {
        Reading.RefusedWhenCut(Table, Name, Line() + Line(), 2);
        Reading.Refused(Table, Name, "", "has no ZIP codes");
    }

    [Fact]
    public void Utf_16_is_refused() => Reading.RefusedAsUtf16(Table, Name, Line());

    [Fact]
    public void Files_beside_it_are_left()
    {
        Assert.IsType<ZipLocality>(Reading.TableOf(Name, ""));
        foreach (var other in new[] { "ZIP5lyout.txt", "ZIP9lyout.txt", "ZIP9_OCT2025.txt", "ZIP5_OCT2025.xlsx" })
            Assert.Null(Reading.TableOf(other, ""));
        Assert.Contains("nine-digit", OfficialTables.WhyLeft(Reading.FileOf("ZIP9_OCT2025.txt", [])),
            StringComparison.Ordinal);
    }
}
