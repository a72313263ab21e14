using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Deltoid.Books;

/// <summary>
/// What a workbook keeps beside its first sheet: where that is, the texts of its cells, and which styles show a day.
/// </summary>
sealed class SpreadsheetParts
{
    const int MostTexts = 1 << 22, LongestTexts = 1 << 28, LargestPart = 1 << 30, LongestDecimals = 28,
        ShownDigits = 15;

    readonly ZipArchive zip;
    readonly List<string> texts = [];
    readonly List<bool> isDay = []; // by style
    readonly string sheet;
    bool is1904;

    public SpreadsheetParts(ZipArchive zip)
    {
        this.zip = zip;
        sheet = FindSheet();
        if (zip.GetEntry("xl/sharedStrings.xml") is { } strings) ReadTexts(strings);
        if (zip.GetEntry("xl/styles.xml") is { } styles) ReadStyles(styles);
    }

    public XmlReader OpenSheet() =>
        Open(zip.GetEntry(sheet) ?? throw Spreadsheet.Fault("is a spreadsheet without a first sheet"));

    static XmlReader Open(ZipArchiveEntry part) =>
        XmlReader.Create(part.Open(),
            new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null,
                MaxCharactersInDocument = LargestPart, CloseInput = true, IgnoreComments = true,
                IgnoreProcessingInstructions = true });

    public static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    public string TextOf(string number) =>
        Number(number) is var at && at < texts.Count
            ? texts[at]
            : throw Spreadsheet.Fault("is a spreadsheet whose texts are cut");

    /// <summary>The part that is the first sheet: the workbook names it by a relation.</summary>
    string FindSheet()
    {
        var relation = "";
        using (var workbook = Open(zip.GetEntry("xl/workbook.xml") ?? throw Spreadsheet.Fault("is no spreadsheet")))
        {
            while (workbook.Read())
            {
                if (workbook.NodeType != XmlNodeType.Element) continue;
                if (workbook.LocalName == "workbookPr") is1904 = workbook.GetAttribute("date1904") is "1" or "true";
                if (workbook.LocalName == "sheet" && relation.Length == 0)
                    relation = workbook.GetAttribute("id",
                        "http://schemas.openxmlformats.org/officeDocument/2006/relationships") ?? "";
            }
        }
        using var relations = Open(zip.GetEntry("xl/_rels/workbook.xml.rels")
            ?? throw Spreadsheet.Fault("is no spreadsheet"));
        while (relations.Read())
            if (relations is { NodeType: XmlNodeType.Element, LocalName: "Relationship" }
                && relations.GetAttribute("Id") == relation && relations.GetAttribute("Target") is { } target)
                return target.StartsWith('/') ? target[1..] : $"xl/{target}";
        throw Spreadsheet.Fault("is a spreadsheet without a first sheet");
    }

    void ReadTexts(ZipArchiveEntry part)
    {
        using var xml = Open(part);
        var (text, length, isText) = (new StringBuilder(), 0L, false);
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "rPh") xml.Skip(); // how the text is pronounced
            if (xml.NodeType == XmlNodeType.Element) isText = xml.LocalName == "t" && !xml.IsEmptyElement;
            else if (xml.NodeType == XmlNodeType.EndElement) isText = false;
            else if (isText) text.Append(xml.Value);
            if (xml.LocalName != "si" || (xml.NodeType != XmlNodeType.EndElement && !xml.IsEmptyElement)) continue;
            texts.Add(text.ToString());
            length += text.Length;
            text.Clear();
            if (texts.Count > MostTexts || length > LongestTexts)
                throw Spreadsheet.Fault("is a spreadsheet larger than any published table");
        }
    }

    void ReadStyles(ZipArchiveEntry part)
    {
        using var xml = Open(part);
        var (own, inCells) = (new HashSet<string>(), false);
        while (xml.Read())
        {
            if (xml.LocalName == "cellXfs") inCells = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "numFmt" && ShowsDay(xml.GetAttribute("formatCode") ?? ""))
                own.Add(xml.GetAttribute("numFmtId") ?? "");
            if (xml.LocalName == "xf" && inCells)
                isDay.Add(xml.GetAttribute("numFmtId") is { } format
                    && (format is "14" or "15" or "16" or "17" or "22" || own.Contains(format)));
        }
    }

    /// <summary>
    /// Whether a format has a year in it, outside of texts and colors; what shows only hours is no day.
    /// </summary>
    static bool ShowsDay(string format)
    {
        var isQuoted = false;
        foreach (var c in format)
        {
            if (c is '"' or '[' or ']') isQuoted = c is '[' || (c is '"' && !isQuoted);
            else if (!isQuoted && c is 'y' or 'Y') return true;
        }
        return false;
    }

    /// <summary>A number as it is shown: a day as 20260131, any other to fifteen digits.</summary>
    public string Shown(string written, string? style)
    {
        if (style is not null && Number(style) is var at && at < isDay.Count && isDay[at]
            && int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var serial))
            return Day(serial) ?? written;
        if (written.Length <= ShownDigits && !written.Contains('E', StringComparison.Ordinal)) return written;
        if (!decimal.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return written;
        var (decimals, size) = (ShownDigits, Math.Abs(number));
        for (; size >= 1 && decimals > 0; size /= 10) decimals--;
        for (; size is > 0 and < 0.1m && decimals < LongestDecimals; size *= 10) decimals++;
        return Math.Round(number, decimals).ToString("0.############################", CultureInfo.InvariantCulture);
    }

    /// <summary>Days are counted from 1900, with a 29 February that year did not have, or from 1904.</summary>
    string? Day(int serial)
    {
        var first = is1904 ? new DateOnly(1904, 1, 1)
            : serial < 60 ? new DateOnly(1899, 12, 31)
            : new DateOnly(1899, 12, 30);
        return serial is < 1 or > 2_900_000 || (serial == 60 && !is1904)
            ? null
            : first.AddDays(serial).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
    }
}
