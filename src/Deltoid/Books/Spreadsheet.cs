using System.IO.Compression;
using System.Text;
using System.Xml;
using Deltoid.Codes.Official;
using Deltoid.Values;

namespace Deltoid.Books;

/// <summary>
/// The first sheet of an .xlsx as comma-separated text, so that a table is read the same way whatever it came in. Rows
/// keep their numbers, and are as wide as the widest before them. A day becomes 20260131 where the cell is shown as a
/// day; any other number stays as written, to the fifteen digits that a spreadsheet shows: it writes 0.17 as
/// 0.17000000000000001.
/// </summary>
sealed class Spreadsheet
{
    const int MostRows = 1 << 20, MostColumns = 512, LongestText = 1 << 29;

    readonly SpreadsheetParts parts;
    readonly StringBuilder cell = new();
    readonly RowList<byte> text = new(1 << 16);
    int lines, width, column; // lines ended, cells of the widest row, cells of this row

    Spreadsheet(ZipArchive zip) => parts = new(zip);

    /// <exception cref="OfficialFileException">It is not a workbook, or larger than one may be.</exception>
    public static ReadOnlyMemory<byte> Text(ZipArchive zip)
    {
        try
        {
            var sheet = new Spreadsheet(zip);
            using var xml = sheet.parts.OpenSheet();
            sheet.Read(xml);
            return sheet.text.ToArray();
        }
        catch (Exception e) when (e is XmlException or InvalidDataException or FormatException or OverflowException)
        {
            throw Fault("is a spreadsheet that cannot be read: it is cut, damaged or larger than any table");
        }
    }

    internal static OfficialFileException Fault(string what) =>
        new(0, what, "download it again, or give the text or CSV file of the same release");

    void Read(XmlReader xml)
    {
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "row") EndRow();
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "row") StartRow(xml);
            else if (xml.LocalName == "c") ReadCell(xml);
        }
    }

    void StartRow(XmlReader xml)
    {
        var number = xml.GetAttribute("r") is { } said ? SpreadsheetParts.Number(said) : lines + 1;
        if (number <= lines || number > MostRows)
            throw Fault("is a spreadsheet whose rows are out of order, or too many");
        for (; lines < number - 1; lines++) text.Add((byte)'\n');
        column = 0;
        if (xml.IsEmptyElement) EndRow();
    }

    void EndRow()
    {
        for (; column < width; column++)
            if (column > 0) text.Add((byte)',');
        width = column;
        text.Add((byte)'\n');
        lines++;
    }

    void ReadCell(XmlReader xml)
    {
        var at = xml.GetAttribute("r") is { } said ? ColumnOf(said) : column;
        var (kind, style) = (xml.GetAttribute("t") ?? "n", xml.GetAttribute("s"));
        cell.Clear();
        if (!xml.IsEmptyElement) ReadValue(xml);
        if (cell.Length == 0) return;
        if (at < column || at >= MostColumns)
            throw Fault("is a spreadsheet whose cells are out of order, or in too many columns");
        for (; column < at; column++)
            if (column > 0) text.Add((byte)',');
        if (column++ > 0) text.Add((byte)',');
        Write(kind switch
        {
            "s" => parts.TextOf(cell.ToString()),
            "n" => parts.Shown(cell.ToString(), style),
            _ => cell.ToString()
        });
    }

    /// <summary>Takes the value, or the text that is in the cell itself, and reads to the cell's end.</summary>
    void ReadValue(XmlReader xml)
    {
        var isValue = false;
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "c"))
        {
            if (xml.NodeType is XmlNodeType.Element or XmlNodeType.EndElement)
                isValue = xml.NodeType == XmlNodeType.Element && xml.LocalName is "v" or "t" && !xml.IsEmptyElement;
            else if (isValue) cell.Append(xml.Value);
        }
    }

    void Write(string value)
    {
        var plain = value.Replace("_x000D_", "", StringComparison.Ordinal);
        if (plain.AsSpan().IndexOfAny(",\"\r\n") >= 0)
            plain = $"\"{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        text.AddAll(Encoding.UTF8.GetBytes(plain));
        if (text.Count > LongestText) throw Fault("is a spreadsheet larger than any published table");
    }

    /// <summary>The column of B12 is 1.</summary>
    static int ColumnOf(string place)
    {
        var number = 0;
        foreach (var c in place.AsSpan()[..Math.Min(place.Length, 4)])
            if (char.IsAsciiLetterUpper(c)) number = (number * 26) + (c - 'A' + 1);
        return number - 1;
    }
}
