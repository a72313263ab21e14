using Deltoid.Codes.Official;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Tests.Official;

public sealed class HcpcsTests
{
    const string Name = "HCPC2026_JAN_ANWEB.txt", CsvName = "HCPC2026_OCT_ANWEB.csv";

    const string CsvHeader = "HCPC,SEQNUM,RECID,LONG DESCRIPTION,SHORT "
        + "DESCRIPTION,PRICE1,PRICE2,PRICE3,PRICE4,MULT_PI,CIM1,CIM2,CIM3,MCM1,MCM2,MCM3,STATUTE,LABCERT1,LABCERT2,LABCERT3,LABCERT4,LABCERT5,LABCERT6,LABCERT7,LABCERT8,"
        + "XREF1,XREF2,XREF3,XREF4,XREF5,COV,ASC_GRP,ASC_DT,OPPS,OPPS_PI,OPPS_DT,PROCNOTE,BETOS,TOS1,TOS2,TOS3,TOS4,TOS5,ANEST_BU,ADD "
        + "DT,ACT EFF DT,TERM DT,ACTION CD\n";

    static readonly Hcpcs Table = new();

    /// <summary>A line of 320 columns.</summary>
    static string Line(string code, int number, char kind, string text, string label = "", string price = "",
        string others = "", string added = "", string changed = "",
        string ended = "") =>
        $"{code,5}{number:00000}{kind}{text,-80}{label,-28}{price,-8}{"",77}{others,-25}D"
            + $"{"",38}{added,-8}{changed,-8}{ended,-8}{(added.Length > 0 ? 'N' : ' ')}{"",27}\r\n";

    static string CsvRow(params (string Column, string Value)[] cells)
    {
        var names = CsvHeader.TrimEnd('\n').Split(',');
        var row = new string[names.Length];
        foreach (var (column, value) in cells) row[Array.IndexOf(names, column)] = value;
        return string.Join(',', row) + "\n";
    }

    static readonly string Drug = CsvRow(("HCPC", "J1010"), ("SEQNUM", "0010"), ("RECID", "3"),
        ("LONG DESCRIPTION", "\"Methyl, one mg\""), ("SHORT DESCRIPTION", "Methyl"), ("PRICE1", "51"), ("COV", "D"),
        ("ADD DT", "20240401"), ("ACT EFF DT", "20240401"), ("ACTION CD", "N"));

    static readonly string Ended = Line("J1030", 100, '3', "First part, up to (the", "Short one", "51", "J1010G0008",
        "19820101", "20240401", "20240331");

    [Fact]
    public void Fixed_columns_are_codes_with_the_days_of_their_life()
    {
        var read = Reading.Of(Table, Name,
            "***Disclaimers\t\t\r\n\r\n" + Ended + Line("J1030", 200, '4', "second part), 40 mg")
                + Line("J2919", 100, '3', "Plain", "Plain", added: "20240401"));
        Assert.Equal(("2026 JAN", Reading.Days("2026-01-01", "2026-03-31")), (read.Release.Name, read.Release.Covers));
        var rows = read.Pack.Column<HcpcsRow>("hcpcs");
        Assert.Equal(2, rows.Count);
        Assert.Equal(("J1030", Reading.Days("1982-01-01", "2024-03-31"), new DateOnly(2024, 4, 1).DayNumber),
            (read.Pack.CodeOf(rows[0].Id).ToString(), rows[0].Dates, rows[0].ActionDay));
        Assert.Equal(("First part, up to (the second part), 40 mg", "Short one"),
            (read.Pack.TextOf(rows[0].Long), read.Pack.TextOf(rows[0].Short)));
        Assert.Equal((Code.Of("J1010").Packed, Code.Of("G0008").Packed, 0UL),
            (rows[0].First, rows[0].Second, rows[0].Third));
        Assert.Equal(("51", 'D'), (Cell.Of(rows[0].PriceIndicator, 2), (char)rows[0].Coverage));
        Assert.Equal((Reading.Days("2024-04-01", ""), 0), (rows[1].Dates, rows[1].ActionDay));
    }

    [Fact]
    public void Modifiers_are_a_table_of_their_own()
    {
        var read = Reading.Of(Table, Name,
            Line("JW", 100, '7', "Amount left", "Left", added: "20030101") + Line("JW", 200, '8', "over") + Ended);
        var row = read.Pack.Column<HcpcsModifierRow>("modifier")[0];
        Assert.Equal(("JW", "Amount left over", Reading.Days("2003-01-01", "")),
            (Cell.Of(row.Modifier, 2), read.Pack.TextOf(row.Label), row.Dates));
        Assert.Equal(1, read.Pack.Column<HcpcsRow>("hcpcs").Count);
    }

    [Fact]
    public void Lines_that_a_program_trimmed_read_alike()
    {
        var text = Line("JW", 100, '7', "Amount left", "Left", added: "20030101") + Line("JW", 200, '8', "over")
            + Ended;
        var read = Reading.Of(Table, "HCPC2024_lines.txt",
            string.Join('\n', text.Split('\n').Select(static l => l.Trim())));
        Assert.IsType<Hcpcs>(Reading.TableOf("HCPC2024_lines.txt",
            Line("JW", 100, '7', "Amount left", added: "20030101").Trim()));
        Assert.Equal(("2024", Reading.Days("2024-01-01", "2024-12-31")), (read.Release.Name, read.Release.Covers));
        Assert.Equal("Amount left over", read.Pack.TextOf(read.Pack.Column<HcpcsModifierRow>("modifier")[0].Label));
        Assert.Equal("J1030", read.Pack.CodeOf(read.Pack.Column<HcpcsRow>("hcpcs")[0].Id).ToString());
    }

    [Fact]
    public void Codes_of_other_publishers_are_left_with_all_their_lines()
    {
        var read = Reading.Of(Table, Name,
            Line("D0120", 100, '3', "Dental", "Dental", added: "20000101") + Line("D0120", 200, '4', "goes on")
                + Line("96372", 100, '3', "Level one", "One", added: "20000101") + Ended);
        Assert.Equal((2, 1), (read.Release.Skipped, read.Rows));
        Assert.DoesNotContain("goes on", read.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Level one", read.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_code_that_ends_before_it_begins_is_left_and_told()
    {
        var read = Reading.Of(Table, Name,
            Line("J1000", 100, '3', "Odd", added: "20240401", ended: "20240331") + Ended);
        Assert.Equal((1, 1), (read.Release.Refused, read.Rows));
        Assert.Equal((1, "J1000 ends before it was added"), read.Release.Reported[0]);
    }

    [Theory]
    [InlineData("20240231", "", "", "ADD DT")]
    [InlineData("", "", "", "ADD DT")]
    [InlineData("20240101", "2024", "", "ACT EFF DT")]
    [InlineData("20240101", "20240101", "20241301", "TERM DT")]
    public void Wrong_days_are_refused_by_column(string added, string changed, string ended,
        string column) =>
        Reading.Refused(Table, Name,
            Ended + Line("J1040", 100, '3', "Text", added: added, changed: changed, ended: ended) + Ended,
            $"column '{column}'");

    [Fact]
    public void A_text_that_goes_on_for_another_code_is_refused() =>
        Reading.Refused(Table, Name, Ended + Line("J1040", 200, '4', "Text"),
            "column 'HCPC' is J1040, whose text continues here");

    [Fact]
    public void Csv_reads_wherever_its_columns_stand()
    {
        var modifier = CsvRow(("HCPC", "   JW"), ("RECID", "7"), ("LONG DESCRIPTION", "Amount"), ("ADD DT", "20030101"),
            ("ACTION CD", "N"));
        var read = Reading.Of(Table, CsvName, CsvHeader + modifier + Drug);
        Assert.Equal(("2026 OCT", Reading.Days("2026-10-01", "2026-12-31"), 2),
            (read.Release.Name, read.Release.Covers, read.Rows));
        var row = read.Pack.Column<HcpcsRow>("hcpcs")[0];
        Assert.Equal(("Methyl, one mg", "51", 'D', Reading.Days("2024-04-01", "")),
            (read.Pack.TextOf(row.Long), Cell.Of(row.PriceIndicator, 2), (char)row.Coverage, row.Dates));
        var turned = string.Concat((CsvHeader
            + Drug.Replace("\"Methyl, one mg\"", "Methyl", StringComparison.Ordinal)).Split('\n',
            StringSplitOptions.RemoveEmptyEntries).Select(static l => string.Join(',', l.Split(',').Reverse()) + "\n"));
        Assert.Equal("J1010", Reading.Of(Table, CsvName, turned).Pack.CodeOf(0).ToString());
    }

    [Theory]
    [InlineData("HCPC")]
    [InlineData("RECID")]
    [InlineData("LONG DESCRIPTION")]
    [InlineData("SHORT DESCRIPTION")]
    [InlineData("PRICE1")]
    [InlineData("XREF1")]
    [InlineData("XREF2")]
    [InlineData("XREF3")]
    [InlineData("COV")]
    [InlineData("ADD DT")]
    [InlineData("ACT EFF DT")]
    [InlineData("TERM DT")]
    [InlineData("ACTION CD")]
    public void A_missing_column_is_refused_by_name(string column) =>
        Reading.Refused(Table, CsvName,
            string.Join(',', CsvHeader.TrimEnd('\n').Split(',').Select(c => c == column ? "OTHER" : c)) + "\n" + Drug,
            $"column '{column}'");

    [Fact]
    public void A_cut_file_is_refused()
    {
        Reading.RefusedWhenCut(Table, Name, Ended + Ended.Replace("J1030", "J1040", StringComparison.Ordinal), 29);
        Reading.RefusedWhenCut(Table, CsvName,
            CsvHeader + Drug
                + Drug.Replace("J1010", "J1020", StringComparison.Ordinal)
                    .Replace("\"Methyl, one mg\"", "Methyl", StringComparison.Ordinal), 1);
    }

    [Fact]
    public void Utf_16_is_refused()
    {
        Reading.RefusedAsUtf16(Table, Name, Ended);
        Reading.RefusedAsUtf16(Table, CsvName, CsvHeader + Drug);
    }

    [Fact]
    public void A_name_without_a_year_is_refused() =>
        Reading.Refused(Table, "HCPC_ANWEB.txt", Ended, "does not say in its name");

    [Fact]
    public void It_is_known_by_name_or_content()
    {
        Assert.IsType<Hcpcs>(Reading.TableOf(Name, ""));
        Assert.IsType<Hcpcs>(Reading.TableOf("HCPC2024.txt", Ended));
        Assert.IsType<Hcpcs>(Reading.TableOf("any.csv", CsvHeader));
        foreach (var other in new[]
        {
            "HCPC2019_README.txt", "HCPC2019_Trans_Alpha.xlsx", "HCPC2019_CONTR_ANWEB.xlsx", "proc_notes_2019.txt",
            "HCPC2026_recordlayout.txt", "NOC codes_JAN 2026.xlsx", "Changes_by_HCPCSCode.prn"
        })
        {
            Assert.Null(Reading.TableOf(other, "HCPCS/MOD      TYPE OF CHANGE"));
            Assert.DoesNotContain("of no published table", OfficialTables.WhyLeft(Reading.FileOf(other, [])),
                StringComparison.Ordinal);
        }
    }
}
