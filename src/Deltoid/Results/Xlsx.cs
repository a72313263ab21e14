using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Deltoid.Results;

/// <summary>
/// A workbook of one sheet (ECMA-376). A text is an inline string, which no spreadsheet takes for a formula; a number
/// is written with all its digits. The same rows give the same bytes.
/// </summary>
static class Xlsx
{
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        Packages = "http://schemas.openxmlformats.org/package/2006/",
        Sheets = "application/vnd.openxmlformats-officedocument.spreadsheetml.",
        Head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

    /// <summary>The first day that a zip archive can state: no clock is read.</summary>
    static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="rows">Cells are texts, decimals, or null for an empty one.</param>
    public static byte[] Write(string sheet, IEnumerable<object?[]> rows)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "[Content_Types].xml", $"<Types xmlns=\"{Packages}content-types\">"
                + "<Default Extension=\"rels\" "
                + "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                + $"<Override PartName=\"/xl/workbook.xml\" ContentType=\"{Sheets}sheet.main+xml\"/>"
                + $"<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{Sheets}worksheet+xml\"/></Types>");
            Add(zip, "_rels/.rels", Relation("officeDocument", "xl/workbook.xml"));
            Add(zip, "xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets>"
                + $"<sheet name=\"{Text(sheet)}\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
            Add(zip, "xl/_rels/workbook.xml.rels", Relation("worksheet", "worksheets/sheet1.xml"));
            Add(zip, "xl/worksheets/sheet1.xml", $"<worksheet xmlns=\"{Main}\"><sheetData>{Rows(rows)}"
                + "</sheetData></worksheet>");
        }
        return bytes.ToArray();
    }

    static string Relation(string kind, string target) =>
        $"<Relationships xmlns=\"{Packages}relationships\"><Relationship Id=\"rId1\" Type=\"{Relations}/{kind}\" "
            + $"Target=\"{target}\"/></Relationships>";

    static void Add(ZipArchive zip, string name, string xml)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = Epoch;
        using var stream = entry.Open();
        stream.Write(Encoding.UTF8.GetBytes(Head + xml));
    }

    static string Rows(IEnumerable<object?[]> rows)
    {
        var (xml, number) = (new StringBuilder(), 0);
        foreach (var row in rows)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<row r=\"{++number}\">");
            for (var i = 0; i < row.Length; i++)
                xml.Append(Cell(string.Create(CultureInfo.InvariantCulture, $"{Column(i)}{number}"), row[i]));
            xml.Append("</row>");
        }
        return xml.ToString();
    }

    static string Cell(string at, object? value) => value switch
    {
        null => "",
        decimal number => string.Create(CultureInfo.InvariantCulture, $"<c r=\"{at}\"><v>{number}</v></c>"),
        _ => $"<c r=\"{at}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{Text((string)value)}</t></is></c>",
    };

    /// <summary>A, B … Z, AA; from 0.</summary>
    static string Column(int index) => index < 26
        ? ((char)('A' + index)).ToString()
        : Column((index / 26) - 1) + Column(index % 26);

    /// <summary>Escaped; characters that XML has no place for are left out.</summary>
    static string Text(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var c in text)
            _ = c switch
            {
                '&' => kept.Append("&amp;"),
                '<' => kept.Append("&lt;"),
                '>' => kept.Append("&gt;"),
                '"' => kept.Append("&quot;"),
                < ' ' and not '\t' and not '\n' => kept,
                '\uFFFE' or '\uFFFF' => kept,
                _ => kept.Append(c),
            };
        return kept.ToString();
    }
}
