using System.Globalization;
using System.Text;
using Deltoid.Store.Model;
using Deltoid.Values;

namespace Deltoid.Store;

/// <summary>Somebody who may not be paid by federal programs.</summary>
internal sealed record Excluded(string Family, string Given, string Business, string Npi, DateOnly? Birth, string Type,
    DateOnly On)
{
    public string Name => Business.Length > 0 ? Business : $"{Given} {Family}";
}

/// <summary>
/// OIG's List of Excluded Individuals/Entities as it is published: one CSV file a month, with the columns LASTNAME to
/// WVRSTATE. It is read row by row and not kept.
/// </summary>
internal sealed class ExclusionList
{
    static readonly string[] Wanted =
        ["LASTNAME", "FIRSTNAME", "BUSNAME", "NPI", "DOB", "EXCLTYPE", "EXCLDATE", "REINDATE"];

    readonly TextReader reader;
    readonly int[] columns;

    /// <exception cref="InputException">The file is not this list.</exception>
    public ExclusionList(TextReader reader)
    {
        this.reader = reader;
        var head = Cells(reader.ReadLine() ?? "").ConvertAll(static c => c.Trim().ToUpperInvariant());
        columns = Array.ConvertAll(Wanted, w => head.IndexOf(w));
        if (Array.IndexOf(columns, -1) is var missing and >= 0)
            throw new InputException("files", $"the column {Wanted[missing]} is missing",
                "take the CSV file that OIG publishes as it is");
    }

    /// <summary>Rows so far.</summary>
    public int Count { get; private set; }

    /// <summary>Who is excluded. Who was reinstated is not any more.</summary>
    /// <exception cref="InputException">A row does not read.</exception>
    public IEnumerable<Excluded> Rows()
    {
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0) continue;
            Count++;
            var cells = Cells(line);
            string Cell(int column) => columns[column] < cells.Count ? cells[columns[column]].Trim() : "";
            if (DayOf(Cell(6)) is not { } on)
                throw new InputException("files", $"row {Count + 1} has no day of exclusion",
                    "take the CSV file that OIG publishes as it is");
            if (DayOf(Cell(7)) is not null) continue;
            yield return new(Cell(0), Cell(1), Cell(2), Cell(3).Trim('0').Length == 0 ? "" : Cell(3), DayOf(Cell(4)),
                Cell(5), on);
        }
    }

    /// <summary>Eight digits; zeros where there is none.</summary>
    static DateOnly? DayOf(string text) => DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture,
        DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The cells of a line; one in quotes may hold commas.</summary>
    static List<string> Cells(string line)
    {
        var (cells, cell, isQuoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && isQuoted && i + 1 < line.Length && line[i + 1] == '"') cell.Append(line[i++]);
            else if (line[i] == '"') isQuoted = !isQuoted;
            else if (line[i] == ',' && !isQuoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else cell.Append(line[i]);
        }
        cells.Add(cell.ToString());
        return cells;
    }
}
