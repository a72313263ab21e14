using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Deltoid.Values;
using static Deltoid.Web.Texts;

namespace Deltoid.Web;

/// <summary>A file of rows as it came: its first row names the columns.</summary>
sealed record ImportTable(IReadOnlyList<string> Headers, IReadOnlyList<(int Line, string[] Cells)> Rows)
{
    public const int MostBytes = 16 << 20, LongestLine = 1 << 20, MostColumns = 512, MostRows = 100_000;

    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    static readonly string[] Delimiters = [",", ";", "\t", "|"];

    /// <summary>The text of a file: UTF-8, or what spreadsheets on Windows write.</summary>
    /// <exception cref="InputException">It is too large.</exception>
    public static string TextOf(byte[] bytes)
    {
        if (bytes.Length > MostBytes)
            throw new InputException("", T("The file is larger than 16 MB."), T("Split it into several files."));
        try
        {
            return Strict.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }

    /// <summary>Reads a text with commas, semicolons or tabs between its cells.</summary>
    /// <exception cref="InputException">It is no table, or larger than one may be.</exception>
    public static ImportTable Read(string text)
    {
        CheckLines(text);
        using var parser = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            DetectDelimiter = true, DetectDelimiterValues = Delimiters, TrimOptions = TrimOptions.Trim,
            IgnoreBlankLines = true, MaxFieldSize = LongestLine, DetectColumnCountChanges = false,
            BadDataFound = static found => throw new InputException("", T(
                "Line {0}: a quotation mark is where none can be.", found.Context.Parser?.RawRow),
                T("Save the sheet as CSV again.")),
        });
        var (headers, rows) = (Array.Empty<string>(), new List<(int, string[])>());
        try
        {
            while (parser.Read())
            {
                var cells = parser.Record!;
                if (cells.Length > MostColumns)
                    throw new InputException("", T("Line {0} has more than {1} columns.", parser.RawRow, MostColumns),
                        T("Take out the columns that are not needed."));
                if (headers.Length == 0) headers = cells;
                else if (Array.Exists(cells, static c => c.Length > 0))
                    rows.Add((parser.RawRow, [.. cells.Select(Unmarked)]));
                if (rows.Count > MostRows)
                    throw new InputException("", T("The file has more than {0} rows.", MostRows.ToString("N0",
                        CultureInfo.InvariantCulture)), T("Split it into several files."));
            }
        }
        catch (MaxFieldSizeException)
        {
            throw Long(parser.RawRow);
        }
        if (rows.Count == 0)
            throw new InputException("", T("No row is there."),
                T("The first line names the columns, each further line is a row."));
        return new(headers, rows);
    }

    /// <summary>A text that was marked so that a spreadsheet does not take it for a formula comes back as it was.
    /// </summary>
    static string Unmarked(string cell) => cell is ['\'', '=' or '+' or '-' or '@', ..] ? cell[1..] : cell;

    static InputException Long(int line) => new("", T("Line {0} is longer than 1 MB.", line),
        T("A quotation mark may be missing before it."));

    static void CheckLines(string text)
    {
        var line = 1;
        var rest = text.AsSpan();
        while (rest.Length > LongestLine)
        {
            var end = rest.IndexOf('\n');
            if (end is < 0 or > LongestLine) throw Long(line);
            rest = rest[(end + 1)..];
            line++;
        }
    }
}
