using Deltoid.Codes.Official;
using Deltoid.Codes.Packs;

namespace Deltoid.Tests.Official;

public sealed class PfsCapTests
{
    const string Path = "rvu25d.zip/OPPSCAP_Oct.txt";

    static readonly PfsCap Table = new();

    static string Line(string code = "70170", string modifier = "TC", string carrier = "01112", string locality = "05",
        string facility = "150.69",
        string office =
            "1150.70") => $"{code,-5}{modifier,-2} C {carrier,-5}  {locality,-2}{facility,9}{office,10}\r\n";

    [Fact]
    public void Caps_read_in_cents()
    {
        var read = Reading.Of(Table, Path, Line() + Line(modifier: "", locality: "99") + "\u001A");
        Assert.Equal(("RVU25D", Reading.Days("2025-10-01", "2025-12-31")), (read.Release.Name, read.Release.Covers));
        var rows = read.Pack.Column<CapRow>("cap");
        Assert.Equal(("TC", "01112-05", 15069L, 115070L),
            (Cell.Of(rows[0].Modifier, 2), read.Pack.TextOf(rows[0].Locality), rows[0].Facility, rows[0].NonFacility));
        Assert.Equal((0, "01112-99", 2), (rows[1].Modifier, read.Pack.TextOf(rows[1].Locality), rows.Count));
    }

    [Fact]
    public void A_file_that_says_no_year_is_refused() =>
        Reading.Refused(Table, "OPPSCAP_Oct.txt", Line(), "of which year");

    [Fact]
    public void A_wrong_cell_is_refused_by_column()
    {
        Reading.Refused(Table, Path, Line(code: "7017"), "column 'HCPCS'");
        Reading.Refused(Table, Path, Line(modifier: "T"), "column 'MOD'");
        Reading.Refused(Table, Path, Line(carrier: "1112"), "column 'CARRIER'");
        Reading.Refused(Table, Path, Line(locality: "5"), "column 'LOCALITY'");
        Reading.Refused(Table, Path, Line(facility: "150.6"), "column 'FACILITY PRICE'");
        Reading.Refused(Table, Path, Line(office: ""), "column 'NON-FACILITY PRICE'");
    }

    [Fact]
    public void A_column_that_moved_is_refused() =>
        Reading.Refused(Table, Path, Line().Replace("05", "05 ", StringComparison.Ordinal),
            "has 39 columns where 38 are needed");

    [Fact]
    public void A_cut_file_is_refused()
    {
        Reading.RefusedWhenCut(Table, Path, Line() + Line(), 2);
        Reading.Refused(Table, Path, "", "has no caps");
    }

    [Fact]
    public void Utf_16_is_refused() => Reading.RefusedAsUtf16(Table, Path, Line());
}
