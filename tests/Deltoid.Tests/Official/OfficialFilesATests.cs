using Deltoid.Codes.Official;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Tests.Official;

/// <summary>
/// Real files of HCPCS, the physician fee schedule and the ZIP codes, where they stand beside the clone.
/// </summary>
public sealed class OfficialFilesATests
{
    static Reading Read(string path) => Read(path, OfficialFiles.Bytes(path));

    static Reading Read(string path, byte[] bytes) =>
        Reading.Of(OfficialTables.Of(Reading.FileOf(path, bytes))
                ?? throw new InvalidOperationException($"{path} is known as no table"), path, bytes);

    /// <summary>Rows of a code, in the order of the file.</summary>
    static List<T> RowsOf<T>(Reading read, string section, string code) where T : unmanaged, IPackRow
    {
        var found = new List<T>();
        var rows = read.Pack.Column<T>(section);
        for (var i = 0; i < rows.Count; i++)
            if (read.Pack.CodeOf(rows[i].Id) == Code.Of(code)) found.Add(rows[i]);
        return found;
    }

    [Fact]
    public void Relative_values_of_July_2026()
    {
        OfficialFiles.Need();
        var read = Read("pfs-rvu26c/PPRRVU2026_Jul_nonQPP.csv");
        Assert.Equal(("RVU26C", 19_356, 0, 0),
            (read.Release.Name, read.Pack.Column<RvuRow>("rvu").Count, read.Release.Refused, read.Release.Skipped));
        var factor = read.Pack.Column<ConversionRow>("factor")[0];
        Assert.Equal((33.4009m, 0), (factor.Factor.Value, factor.Qualifying));
        var row = Assert.Single(RowsOf<RvuRow>(read, "rvu", "96372"));
        Assert.Equal((0.17m, 0.28m, 0.28m, 0.01m, 0.46m),
            (row.Work.Value, row.PracticeNonFacility.Value, row.PracticeFacility.Value, row.Malpractice.Value,
                row.TotalNonFacility.Value));
        Assert.Equal(('A', 5, 0, 1, 99),
            ((char)row.Status, row.PcTc, row.NonFacilityNa, row.FacilityNa, row.ImagingFamily));
        // AMA's descriptors, and there is nothing else to be a text
        Assert.Equal(0, read.Pack.Column<byte>("text").Count);
    }

    [Fact]
    public void Relative_values_of_October_2025_in_both_forms()
    {
        OfficialFiles.Need();
        var (csv, text) = (Read("pfs-rvu25d/PPRRVU2025_Oct.csv"), Read("pfs-rvu25d/PPRRVU2025_Oct.txt"));
        var (rows, twins) = (csv.Pack.Column<RvuRow>("rvu"), text.Pack.Column<RvuRow>("rvu"));
        Assert.Equal(("RVU25D", 19_090, 19_090), (csv.Release.Name, rows.Count, twins.Count));
        for (var i = 0; i < rows.Count; i++) Assert.Equal(rows[i], twins[i]);
        Assert.Equal((32.3465m, 32.3465m),
            (csv.Pack.Column<ConversionRow>("factor")[0].Factor.Value,
                text.Pack.Column<ConversionRow>("factor")[0].Factor.Value));
        Assert.Equal(("", ""), (csv.Text, text.Text));
    }

    [Fact]
    public void Geographic_indices()
    {
        OfficialFiles.Need();
        var (now, before) = (Read("pfs-rvu26b/GPCI2026.csv"), Read("pfs-rvu25d/GPCI2025.csv"));
        Assert.Equal(("RVU26B", 109), (now.Release.Name, now.Rows));
        Assert.Equal(("RVU25D", 109), (before.Release.Name, before.Rows));
        var row = now.Pack.Column<GpciRow>("gpci").Span.ToArray().Single(r => now.Pack.TextOf(r.State) == "AK");
        Assert.Equal(("ALASKA", 1.5m, 1.065m, 0.551m),
            (now.Pack.TextOf(row.Name), row.Work.Value, row.Practice.Value, row.Malpractice.Value));
    }

    [Fact]
    public void Caps_of_October_2025()
    {
        OfficialFiles.Need();
        var read = Read("pfs-rvu25d/OPPSCAP_Oct.txt");
        Assert.Equal(("RVU25D", 16_100), (read.Release.Name, read.Rows));
        var rows = RowsOf<CapRow>(read, "cap", "0633T");
        Assert.Equal(("01112-05", 15_069L, 15_069L),
            (read.Pack.TextOf(rows[0].Locality), rows[0].Facility, rows[0].NonFacility));
    }

    [Fact]
    public void Zip_codes_of_October_2025()
    {
        OfficialFiles.Need();
        var read = Read("zip-locality-2025q4/ZIP5_OCT2025.txt");
        var rows = read.Pack.Column<ZipRow>("zip");
        var flagged = 0;
        for (var i = 0; i < rows.Count; i++) flagged += rows[i].NeedsPlusFour;
        Assert.Equal(("2025 Q4", 42_956, 580), (read.Release.Name, rows.Count, flagged));
    }

    [Fact]
    public void Hcpcs_of_2024()
    {
        OfficialFiles.Need();
        var read = Read("hcpcs-2024-rawlines/HCPC2024_rawlines_UPPERCASED.txt");
        Assert.Equal((8091, 383),
            (read.Pack.Column<HcpcsRow>("hcpcs").Count + read.Release.Skipped,
                read.Pack.Column<HcpcsModifierRow>("modifier").Count));
        var (ended, next) = (Assert.Single(RowsOf<HcpcsRow>(read, "hcpcs", "J1030")),
            Assert.Single(RowsOf<HcpcsRow>(read, "hcpcs", "J1010")));
        Assert.Equal((Reading.Days("1982-01-01", "2024-03-31"), Reading.Days("2024-04-01", "")),
            (ended.Dates, next.Dates));
        Assert.Equal(("51", 'D'), (Cell.Of(ended.PriceIndicator, 2), (char)ended.Coverage));
    }

    [Fact]
    public void Hcpcs_of_2019_as_it_was_published()
    {
        OfficialFiles.Need();
        var read = Read("HCPC2019_CONTR_ANWEB.txt",
            OfficialFiles.ZippedBytes("hcpcs-2019-official-zip/2019-Alpha-Numeric-HCPCS-File.zip",
                "HCPC2019_CONTR_ANWEB.txt"));
        Assert.Equal(("2019", 6440, 360),
            (read.Release.Name, read.Pack.Column<HcpcsRow>("hcpcs").Count + read.Release.Skipped,
                read.Pack.Column<HcpcsModifierRow>("modifier").Count));
        Assert.Equal("Ambulance service, advanced life support, non-emergency transport, level 1 (als 1)",
            read.Pack.TextOf(Assert.Single(RowsOf<HcpcsRow>(read, "hcpcs", "A0426")).Long));
        Assert.Equal(0, read.Release.Refused);
    }

    [Fact]
    public void Hcpcs_of_October_2026_in_three_rows()
    {
        OfficialFiles.Need();
        var read = Read("hcpcs-2026oct-header/HCPC2026_OCT_ANWEB.header+rows.excerpt.csv");
        Assert.Equal(("2026 OCT", 3), (read.Release.Name, read.Pack.Column<HcpcsModifierRow>("modifier").Count));
    }
}
