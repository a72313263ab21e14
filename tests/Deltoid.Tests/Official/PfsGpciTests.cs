using Deltoid.Codes.Official;
using Deltoid.Codes.Packs;

namespace Deltoid.Tests.Official;

public sealed class PfsGpciTests
{
    const string Name = "GPCI2026.csv";
    const string Header = "Medicare Administrative Contractor (MAC),State,Locality Number,Locality "
        + "Name,2026 PW GPCI (with 1.0 Floor)***,2026 PE GPCI,2026 MP GPCI";
    const string Alaska = "02102,AK,01,ALASKA*,1.500,1.065,0.551";

    static readonly PfsGpci Table = new();

    static string FileOf(string header,
        params string[] rows) =>
        $"ADDENDUM E,,,,,,\n,,,,,,\n{header}\n{string.Join('\n', rows)}"
            + $"\n,,,,,,\n*Work index has a floor.,,,,,,\n";

    [Fact]
    public void Indices_read()
    {
        var read = Reading.Of(Table, Name,
            FileOf(Header, Alaska, "01112,CA,5,\"SOME CITY (ONE, TWO)\",1.019,1.4,.609"));
        Assert.Equal(("2026", Reading.Days("2026-01-01", "2026-12-31"), 2),
            (read.Release.Name, read.Release.Covers, read.Rows));
        var rows = read.Pack.Column<GpciRow>("gpci");
        Assert.Equal(("02102", "AK", "01", "ALASKA"),
            (read.Pack.TextOf(rows[0].Mac), read.Pack.TextOf(rows[0].State), read.Pack.TextOf(rows[0].Number),
                read.Pack.TextOf(rows[0].Name)));
        Assert.Equal((1.5m, 1.065m, 0.551m), (rows[0].Work.Value, rows[0].Practice.Value, rows[0].Malpractice.Value));
        Assert.Equal(("05", "SOME CITY (ONE, TWO)", 1.019m, 1.4m, 0.609m),
            (read.Pack.TextOf(rows[1].Number), read.Pack.TextOf(rows[1].Name), rows[1].Work.Value,
                rows[1].Practice.Value, rows[1].Malpractice.Value));
    }

    [Fact]
    public void A_release_in_the_path_says_from_when()
    {
        Assert.Equal(("RVU26C", Reading.Days("2026-07-01", "2026-12-31")), Of("rvu26c.zip/GPCI2026.csv"));
        // another year's release: its name is no help
        Assert.Equal(("2026", Reading.Days("2026-01-01", "2026-12-31")), Of("rvu25d.zip/GPCI2026.csv"));

        static (string, Values.DateRange) Of(string path) =>
            Reading.Of(Table, path, FileOf(Header, Alaska)).Release is var release
                ? (release.Name, release.Covers)
                : default;
    }

    [Fact]
    public void Of_two_work_indices_the_one_with_the_floor_is_taken()
    {
        var read = Reading.Of(Table, Name,
            FileOf(Header.Replace("2026 PW GPCI (", "2026 PW GPCI (without 1.0 Floor),2026 PW GPCI (",
                    StringComparison.Ordinal), "10112,AL,00,ALABAMA,0.869,1.000,0.875,0.566"));
        Assert.Equal(1.000m, read.Pack.Column<GpciRow>("gpci")[0].Work.Value);
    }

    [Theory]
    [InlineData("Medicare Administrative Contractor (MAC)", "Medicare Administrative Contractor (MAC)")]
    [InlineData("State", "State")]
    [InlineData("Locality Number", "Locality Number")]
    [InlineData("Locality Name", "Locality Name")]
    [InlineData("2026 PW GPCI (with 1.0 Floor)***", "2026 PW GPCI (with 1.0 Floor)")]
    [InlineData("2026 PE GPCI", "2026 PE GPCI")]
    [InlineData("2026 MP GPCI", "2026 MP GPCI")]
    public void A_missing_column_is_refused_by_name(string column, string named) =>
        Reading.Refused(Table, Name, FileOf(Header.Replace(column, "Other", StringComparison.Ordinal), Alaska),
            $"column '{named}'");

    [Fact]
    public void A_header_without_a_year_is_refused() =>
        Reading.Refused(Table, Name, FileOf(Header.Replace("2026 ", "", StringComparison.Ordinal), Alaska),
            "column '2026 PW GPCI'");

    [Theory]
    [InlineData("2102,AK,01,ALASKA,1.5,1,1", "Medicare Administrative Contractor (MAC)")]
    [InlineData("02102,Alaska,01,ALASKA,1.5,1,1", "State")]
    [InlineData("02102,AK,1A,ALASKA,1.5,1,1", "Locality Number")]
    [InlineData("02102,AK,01,ALASKA,,1,1", "PW GPCI")]
    [InlineData("02102,AK,01,ALASKA,1.5,1e0,1", "PE GPCI")]
    [InlineData("02102,AK,01,ALASKA,1.5,1,0", "MP GPCI")]
    public void A_wrong_cell_is_refused_by_column(string row, string column) =>
        Reading.Refused(Table, Name, FileOf(Header, Alaska, row), $"column '{column}'");

    [Fact]
    public void A_row_behind_the_footnotes_is_refused() =>
        Reading.Refused(Table, Name, FileOf(Header, Alaska) + Alaska + "\n", "comes after the footnotes");

    [Fact]
    public void A_cut_file_is_refused()
    {
        var text = $"{Header}\n{Alaska}\n{Alaska}\n";
        Reading.RefusedWhenCut(Table, Name, text, 0);
        Reading.Refused(Table, Name, Header + "\n", "has no localities");
    }

    [Fact]
    public void Utf_16_is_refused() => Reading.RefusedAsUtf16(Table, Name, FileOf(Header, Alaska));

    [Fact]
    public void Its_twin_of_fixed_columns_is_left()
    {
        Assert.IsType<PfsGpci>(Reading.TableOf(Name, ""));
        Assert.Null(Reading.TableOf("GPCI2025.txt", "2025 PW GPCI"));
        Assert.Contains("give the CSV", OfficialTables.WhyLeft(Reading.FileOf("GPCI2025.txt", [])),
            StringComparison.Ordinal);
    }
}
