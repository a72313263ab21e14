using System.IO.Compression;
using System.Text;
using Deltoid.Books;
using Deltoid.Codes.Official;

namespace Deltoid.Tests.Official;

public sealed class SpreadsheetTests
{
    const string Main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"",
        Related = "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    const string Strings = $"<sst {Main}><si><t>Code</t></si><si><r><t>a, \"b\"</t></r><r><t "
        + $"xml:space=\"preserve\"> &amp; c</t></r><rPh><t>no</t></rPh></si><si><t/></si></sst>";
    const string Styles = $"<styleSheet {Main}><numFmts><numFmt numFmtId=\"164\" "
        + $"formatCode=\"[$-409]d\\-mmm\\-yyyy\"/><numFmt numFmtId=\"165\" formatCode=\"0.00 "
        + $"&quot;days&quot;\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf "
        + $"numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf "
        + $"numFmtId=\"165\"/></cellXfs></styleSheet>";

    /// <summary>A workbook with these rows in its first sheet.</summary>
    internal static byte[] Book(string rows, string properties = "", string strings = Strings)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Part(string name, string text)
            {
                using var part = zip.CreateEntry(name).Open();
                part.Write(Encoding.UTF8.GetBytes(text));
            }
            Part("xl/workbook.xml",
                $"<workbook {Main} {Related}>{properties}<sheets><sheet name=\"One\" sheetId=\"7\" "
                    + $"r:id=\"rId2\"/><sheet name=\"Two\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
            Part("xl/_rels/workbook.xml.rels",
                "<Relationships "
                    + "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
                    + "Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" "
                    + "Target=\"/xl/worksheets/sheet2.xml\"/></Relationships>");
            Part("xl/worksheets/sheet1.xml", $"<worksheet {Main}><sheetData/></worksheet>");
            Part("xl/worksheets/sheet2.xml", $"<worksheet {Main}><sheetData>{rows}</sheetData></worksheet>");
            Part("xl/sharedStrings.xml", strings);
            Part("xl/styles.xml", Styles);
        }
        return bytes.ToArray();
    }

    static string Text(byte[] book)
    {
        using var zip = new ZipArchive(new MemoryStream(book));
        return Encoding.UTF8.GetString(Spreadsheet.Text(zip).Span);
    }

    static string Text(string rows, string properties = "") => Text(Book(rows, properties));

    [Fact]
    public void The_first_sheet_becomes_rows_of_cells() =>
        Assert.Equal("Code,,\"a, \"\"b\"\" & c\"\n\n90371,,\n,x y,\n", Text(
            "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>2</v></c><c r=\"C1\" "
                + "t=\"s\"><v>1</v></c></row><row r=\"3\"><c r=\"A3\"><v>90371</v></c></row><row r=\"4\"><c "
                + "r=\"B4\" t=\"inlineStr\"><is><t>x y</t></is></c></row>"));

    [Theory]
    [InlineData("<v>46023</v>", 1, "20260101")]
    [InlineData("<v>46023</v>", 2, "20260101")]
    [InlineData("<v>46023</v>", 3, "46023")]
    [InlineData("<v>46023</v>", 0, "46023")]
    [InlineData("<v>59</v>", 1, "19000228")]
    [InlineData("<v>60</v>", 1, "60")]
    [InlineData("<v>46023.5</v>", 1, "46023.5")]
    [InlineData("<v>0.17000000000000001</v>", 0, "0.17")]
    [InlineData("<v>2.8999999999999998E-3</v>", 0, "0.0029")]
    [InlineData("<v>136.95200000000003</v>", 0, "136.952")]
    [InlineData("<v>33.4009</v>", 0, "33.4009")]
    [InlineData("<f>1+1</f><v>2</v>", 0, "2")]
    public void Days_are_written_out_and_numbers_are_as_shown(string cell, int style, string text) =>
        Assert.Equal(text + "\n", Text($"<row r=\"1\"><c r=\"A1\" s=\"{style}\">{cell}</c></row>"));

    [Fact]
    public void Days_may_be_counted_from_1904() =>
        Assert.Equal("20260101\n", Text("<row><c s=\"1\"><v>44561</v></c></row>", "<workbookPr date1904=\"1\"/>"));

    [Theory]
    [InlineData("<row r=\"2\"/><row r=\"1\"/>")]
    [InlineData("<row r=\"9999999\"/>")]
    [InlineData("<row r=\"1\"><c r=\"ZZZ1\"><v>1</v></c></row>")]
    [InlineData("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>99</v></c></row>")]
    [InlineData("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>x</v></c></row>")]
    [InlineData("<row r=\"1\">")]
    public void What_no_spreadsheet_has_is_refused(string rows) =>
        Assert.Throws<OfficialFileException>(() => Text(rows));

    [Fact]
    public void A_dtd_is_refused() =>
        Assert.Throws<OfficialFileException>(() => Text(Book("", "", "<!DOCTYPE sst [<!ENTITY a \"b\">]>" + Strings)));

    [Fact]
    public void A_table_reads_from_a_spreadsheet_as_from_text()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var rows = "<row r=\"1\"><c t=\"str\"><v>Addendum B for January 2026</v></c></row><row r=\"2\"><c "
                + "t=\"str\"><v>HCPCS</v></c><c t=\"str\"><v>SI</v></c><c t=\"str\"><v>APC</v></c><c "
                + "t=\"str\"><v>Payment Rate</v></c></row><row r=\"3\"><c><v>96372</v></c><c "
                + "t=\"str\"><v>Q1</v></c><c><v>5692</v></c><c><v>73.560000000000002</v></c></row>";
            File.WriteAllBytes(Path.Combine(folder.FullName, "addendum_b.xlsx"), Book(rows));
            var met = Assert.Single(new Intake(TestContext.Current.CancellationToken).Of([folder.FullName]));
            var file = OneFile.Of(met.Path, met.File!.Bytes.ToArray());
            Assert.Equal(73.56m, Assert.Single(file.Rows<Codes.Packs.AddendumRow>("opps")).Rate.Value);
        }
        finally { folder.Delete(recursive: true); }
    }

    [Fact]
    public void The_hcpcs_file_of_2019_reads()
    {
        OfficialFiles.Need();
        using var zip = ZipFile.OpenRead(OfficialFiles.At("hcpcs-2019-official-zip/2019-Alpha-Numeric-HCPCS-File.zip"));
        var bytes = new MemoryStream();
        using (var part = zip.GetEntry("HCPC2019_CONTR_ANWEB.xlsx")!.Open()) part.CopyTo(bytes);
        var rows = new Delimited(new OfficialFile("HCPC2019.xlsx", "HCPC2019.xlsx",
                Encoding.UTF8.GetBytes(Text(bytes.ToArray()))), ',');
        var header = rows.FindHeader("HCPC");
        var (added, count) = ("", 0);
        while (rows.Next())
        {
            rows.Need(header);
            count++;
            if (Cell.Text(rows[0]) == "J3420") added = Cell.Text(rows[header["ADD DT"]]);
        }
        Assert.Equal("19860101", added);
        Assert.True(count > 6000, $"{count} rows");
    }
}
