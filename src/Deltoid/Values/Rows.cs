namespace Deltoid.Values;

/// <summary>A row file that does not read: which file, which row, what is wrong.</summary>
public sealed class RowException(string file, int row, string problem) : FormatException($"{file} row {row}: {problem}");

/// <summary>
/// Reads a row file: tab-separated UTF-8 text, a header line of column names, comment lines that begin with #. A fact is a row;
/// cells are handed out as spans of the text, so opening a book makes no string it does not keep.
/// </summary>
public ref struct Rows
{
    readonly string file;
    readonly ReadOnlySpan<char> header;
    ReadOnlySpan<char> rest;
    ReadOnlySpan<char> line;
    int number;

    public Rows(string file, ReadOnlySpan<char> text)
    {
        this.file = file;
        rest = text;
        if (!Next()) throw new RowException(file, 1, "no header line");
        header = line;
    }

    public readonly string File => file;

    public readonly int Number => number;

    /// <summary>Steps to the next row; false at the end.</summary>
    public bool Next()
    {
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf('\n');
            line = (end < 0 ? rest : rest[..end]).TrimEnd('\r');
            rest = end < 0 ? default : rest[(end + 1)..];
            number++;
            if (line.Length > 0 && line[0] != '#') return true;
        }
        return false;
    }

    /// <summary>The position of a column by its name.</summary>
    /// <exception cref="RowException">There is no such column.</exception>
    public readonly int Column(string name)
    {
        var index = 0;
        foreach (var part in header.Split('\t'))
        {
            if (header[part].Trim().SequenceEqual(name)) return index;
            index++;
        }
        throw new RowException(file, 1, $"no column '{name}'");
    }

    /// <summary>The cell at a column of this row, trimmed; empty when the row is shorter.</summary>
    public readonly ReadOnlySpan<char> this[int column]
    {
        get
        {
            var text = line;
            for (; column > 0; column--)
            {
                var tab = text.IndexOf('\t');
                if (tab < 0) return default;
                text = text[(tab + 1)..];
            }
            var end = text.IndexOf('\t');
            return (end < 0 ? text : text[..end]).Trim();
        }
    }

    public readonly Code Code(int column) => Values.Code.TryParse(this[column], out var code) ? code : throw Wrong(column, "is not a code");

    public readonly DateRange Dates(int from, int thru) => DateRange.TryParse(this[from], this[thru], out var range) ? range : throw Wrong(from, "and its thru are not a range of days");

    public readonly decimal Decimal(int column) =>
        this[column].IsEmpty ? 0m : decimal.TryParse(this[column], System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : throw Wrong(column, "is not a number");

    public readonly int Int(int column) => (int)Decimal(column);

    public readonly bool Flag(int column) => this[column] is "y" or "Y" or "1";

    public readonly Exception Wrong(int column, string problem) => new RowException(file, number, $"cell {column + 1} '{this[column]}' {problem}");

    /// <summary>The codes of a list cell: blank-separated, with ranges such as 99202-99205 written out.</summary>
    public readonly void Codes(int column, List<Code> target)
    {
        target.Clear();
        var cell = this[column];
        foreach (var part in cell.Split(' '))
        {
            var item = cell[part];
            if (item.IsEmpty) continue;
            var dash = item.IndexOf('-');
            if (dash < 0) { target.Add(Values.Code.TryParse(item, out var single) ? single : throw Wrong(column, "is not a list of codes")); continue; }
            AddRange(item[..dash], item[(dash + 1)..], column, target);
        }
    }

    readonly void AddRange(ReadOnlySpan<char> first, ReadOnlySpan<char> last, int column, List<Code> target)
    {
        var letters = char.IsAsciiLetter(first[0]) ? 1 : 0;
        if (first.Length != last.Length || !int.TryParse(first[letters..], out var from) || !int.TryParse(last[letters..], out var to) || to < from || to - from > 9999)
            throw Wrong(column, "holds a range that does not read");
        Span<char> text = stackalloc char[first.Length];
        first.CopyTo(text);
        for (var value = from; value <= to; value++)
        {
            var left = value;
            for (var i = text.Length - 1; i >= letters; i--, left /= 10) text[i] = (char)('0' + (left % 10));
            target.Add(Values.Code.TryParse(text, out var code) ? code : throw Wrong(column, "holds a range that does not read"));
        }
    }
}
