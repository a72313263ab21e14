using Deltoid.Codes.Official;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Tests.Official;

public sealed class PfsRvuTests
{
    const string Name = "PPRRVU2026_Jul_nonQPP.csv";

    /// <summary>The lines over the columns in 2026, as published; a name reads from the top down.</summary>
    static readonly string[] Header2026 =
    [
        ",,,,,,,,,,,,,,,,,,,,,,,,,,,,,NON-FACILITY,FACILITY,",
        ",,,,NOT USED,,,,,,,,,,,,,,,,,,,,,,PHYSICIAN,,DIAGNOSTIC,PE USED,PE USED,MP USED",
        ",,,,FOR,,,NON-FAC,,FACILITY,,,,,,,,,,,,,,,,,SUPERVISION OF,,IMAGING,FOR OPPS,FOR OPPS,FOR OPPS",
        ",,,STATUS,MEDICARE,WORK,NON-FAC,NA,FACILITY,NA,MP,NON-FACILITY,FACILITY,PCTC,GLOB,PRE,INTRA,POST,MULT,BILAT,ASST,CO-,TEAM,PRIC,ENDO,CONV,DIAGNOSTIC,CALCULATION,FAMILY,PAYMENT,PAYMENT,PAYMENT",
        "HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE "
            + "RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,DAYS,OP,OP,OP,PROC,SURG,SURG,SURG,SURG,IND,BASE,FACTOR,PROCEDURES,FLAG,INDICATOR,AMOUNT,AMOUNT,AMOUNT",
    ];

    const string Injection = "96372,,\"Own label, in "
        + "quotes\",A,,0.17,0.28,,0.28,NA,0.01,0.46,0.46,5,ZZZ,0.00,0.00,0.00,0,0,0,0,0,9,,33.4009,09,0,99,0.00,0.00,0.00";
    const string Scope = "43239,TC,Own label "
        + "two,C,+,2.39,1,NA,1.05,,1234.5,9.25,3.81,1,000,0.10,0.80,0.10,3,2,1,1,2,9,43235,33.4009,09,0,88,3.26,3.27,0.04";

    static readonly PfsRvu Table = new();

    static string Title(string title) => $",,{title}{new string(',', 29)}";

    static string FileOf(IEnumerable<string> header,
        params string[] rows) =>
        string.Concat(((string[])[Title("2026 National Physician Fee Schedule Relative Value File July Release"),
            Title("Copyright of labels"), .. header, .. rows]).Select(static l => l + "\r\n"));

    static string Without(string line, int column) => string.Join(',', line.Split(',').Where((_, i) => i != column));

    static string Turned(string line, int column)
    {
        var cells = line.Split(',');
        (cells[column], cells[column + 1]) = (cells[column + 1], cells[column]);
        return string.Join(',', cells);
    }

    static string NameOf(int column) =>
        string.Join(' ', Header2026.Select(l => l.Split(',')[column]).Where(static c => c.Length > 0));

    [Fact]
    public void The_layout_of_2026_reads()
    {
        var read = Reading.Of(Table, Name, FileOf(Header2026, Injection, Scope));
        Assert.Equal(("RVU26C", Reading.Days("2026-07-01", "2026-12-31")), (read.Release.Name, read.Release.Covers));
        var rows = read.Pack.Column<RvuRow>("rvu");
        var (scope, injection) = (rows[0], rows[1]);
        Assert.Equal(("96372", 0, Reading.Days("2026-07-01", "2026-12-31")),
            (read.Pack.CodeOf(injection.Id).ToString(), injection.Modifier, injection.Dates));
        Assert.Equal((0.17m, 0.28m, 0.28m, 0.01m, 0.46m, 0.46m),
            (injection.Work.Value, injection.PracticeNonFacility.Value, injection.PracticeFacility.Value,
                injection.Malpractice.Value, injection.TotalNonFacility.Value, injection.TotalFacility.Value));
        Assert.Equal(('A', 0, 1, 5, "ZZZ"),
            ((char)injection.Status, injection.NonFacilityNa, injection.FacilityNa, injection.PcTc,
                Cell.Of(injection.Global, 3 + 1)));
        Assert.Equal(("TC", 1, 0, 1234.5m, Code.Of("43235").Packed),
            (Cell.Of(scope.Modifier, 2), scope.NonFacilityNa, scope.FacilityNa, scope.Malpractice.Value,
                scope.EndoscopyBase));
        Assert.Equal((3, 2, 1, 1, 2, 88),
            (scope.Multiple, scope.Bilateral, scope.Assistant, scope.CoSurgeon, scope.Team, scope.ImagingFamily));
        Assert.Equal((3.26m, 3.27m, 0.04m),
            (scope.CapPracticeNonFacility.Value, scope.CapPracticeFacility.Value, scope.CapMalpractice.Value));
        Assert.Equal(new ConversionRow(Reading.Days("2026-07-01", "2026-12-31"), Rate.Of(33.4009m), 0, 0),
            read.Pack.Column<ConversionRow>("factor")[0]);
        Assert.Empty(read.Text);
    }

    [Fact]
    public void The_layout_before_reads_alike()
    {
        var read = Reading.Of(Table, "PPRRVU2025_Oct.csv",
            FileOf(Header2026.Select(static l => Without(l, 23)), Without(Scope, 23)).Replace("2026 National",
                "2025 National", StringComparison.Ordinal).Replace("July", "October", StringComparison.Ordinal));
        Assert.Equal(("RVU25D", Reading.Days("2025-10-01", "2025-12-31")), (read.Release.Name, read.Release.Covers));
        var row = read.Pack.Column<RvuRow>("rvu")[0];
        Assert.Equal((2, 88, 0.04m, Code.Of("43235").Packed),
            (row.Team, row.ImagingFamily, row.CapMalpractice.Value, row.EndoscopyBase));
    }

    [Fact]
    public void Of_the_file_for_qualifying_participants_the_factor_is_taken()
    {
        var read = Reading.Of(Table, "PPRRVU2026_Jul_QPP.csv",
            FileOf(Header2026, Injection, Scope).Replace("33.4009", "33.5675", StringComparison.Ordinal));
        Assert.Equal(1, read.Rows);
        Assert.Equal((33.5675m, 1),
            (read.Pack.Column<ConversionRow>("factor")[0].Factor.Value,
                read.Pack.Column<ConversionRow>("factor")[0].Qualifying));
    }

    [Fact]
    public void A_missing_column_is_refused_by_name()
    {
        for (var i = 1; i < 32; i++)
            if (i != 23)
                Reading.Refused(Table, Name, FileOf(Header2026.Select(l => Without(l, i)), Without(Scope, i)),
                    $"has no column '{NameOf(i)}'");
        Reading.Refused(Table, Name, FileOf(Header2026.Select(static l => Without(l, 0)), Without(Scope, 0)),
            "column 'HCPCS'");
    }

    [Fact]
    public void A_moved_column_is_refused_by_name()
    {
        for (var i = 3; i < 31; i++)
            Reading.Refused(Table, Name, FileOf(Header2026.Select(l => Turned(l, i)), Turned(Scope, i)),
                $"has column '{NameOf(i)}' in another place");
        Reading.Refused(Table, Name, FileOf(Header2026.Select(static l => l + ",NEW"), Scope + ",1"),
            "has 33 columns where 32 are known");
    }

    [Theory]
    [InlineData(0, "9637", "HCPCS")]
    [InlineData(1, "2", "MOD")]
    [InlineData(3, "", "STATUS CODE")]
    [InlineData(5, "", "WORK RVU")]
    [InlineData(6, "-0.28", "NON-FAC PE RVU")]
    [InlineData(7, "N", "NON-FAC NA INDICATOR")]
    [InlineData(13, "A", "PCTC IND")]
    [InlineData(14, "0", "GLOB DAYS")]
    [InlineData(18, "10", "MULT PROC")]
    [InlineData(24, "432", "ENDO BASE")]
    [InlineData(25, "33.41", "CONV FACTOR")]
    [InlineData(28, "100", "DIAGNOSTIC IMAGING FAMILY INDICATOR")]
    public void A_wrong_cell_is_refused_by_column(int column, string value, string name)
    {
        var cells = Scope.Split(',');
        cells[column] = value;
        Reading.Refused(Table, Name, FileOf(Header2026, Injection, string.Join(',', cells)), $"column '{name}'");
    }

    [Fact]
    public void A_file_without_a_factor_is_refused() =>
        Reading.Refused(Table, Name, FileOf(Header2026, Injection.Replace("33.4009", "0.00", StringComparison.Ordinal)),
            "no row with a conversion factor");

    [Fact]
    public void A_release_that_is_not_said_is_refused()
    {
        var text = FileOf(Header2026, Injection).Replace("July ", "", StringComparison.Ordinal);
        Assert.Equal("RVU26A", Reading.Of(Table, "PPRRVU2026_Jan_nonQPP.csv", text).Release.Name);
        Reading.Refused(Table, "PPRRVU.csv", text, "of which release it is");
    }

    [Fact]
    public void A_cut_file_is_refused() => Reading.RefusedWhenCut(Table, Name, FileOf(Header2026, Injection, Scope), 2);

    [Fact]
    public void Utf_16_is_refused() => Reading.RefusedAsUtf16(Table, Name, FileOf(Header2026, Injection));

    static string Line(string status = "A", string work = "0.17",
        string factor = "32.3465") =>
        $"{"96372",-7}{"Own label",-50}{status} {work,6}   0.25     0.25NA  0.01   0.43  "
            + $"0.435ZZZ.00.00.0000000{"",12}{factor,8} 090 99      0.00   0.00   0.00\r\n";

    [Fact]
    public void The_text_of_fixed_columns_reads_alike()
    {
        const string File = "PPRRVU2025_Oct.txt";
        var table = Assert.IsType<PfsRvuText>(Reading.TableOf(File, ""));
        var read = Reading.Of(table, File, "HDR OF ANY KIND\r\n" + Line());
        var row = read.Pack.Column<RvuRow>("rvu")[0];
        Assert.Equal((0.17m, 0.25m, 0.01m, 0.43m, 1, 5, 99),
            (row.Work.Value, row.PracticeFacility.Value, row.Malpractice.Value, row.TotalFacility.Value, row.FacilityNa,
                row.PcTc, row.ImagingFamily));
        Assert.Equal(("RVU25D", 32.3465m, ""),
            (read.Release.Name, read.Pack.Column<ConversionRow>("factor")[0].Factor.Value, read.Text));
        Reading.RefusedWhenCut(table, File, Line() + Line(), 2);
        Reading.Refused(table, File, Line(status: "1"), "column 'STATUS CODE'");
        Reading.Refused(table, "PPRRVU2027_Jan_nonQPP.txt", Line(), "is later than 2026");
        Reading.Refused(table, "PPRRVU.txt", Line(), "of which release it is");
    }
}
