using System.Globalization;

namespace Deltoid.Values;

/// <summary>A row file that does not read: which file, which row, what is wrong.</summary>
internal sealed class RowException(string file, int row, string problem)
    : FormatException($"{file} row {row}: {problem}");

/// <summary>
/// Reads a row file: tab-separated UTF-8 text, a header line of column names, comment lines that begin with #. A fact
/// is a row; cells are handed out as spans of the text, so opening a book makes no string it does not keep.
/// </summary>
internal ref struct Rows
{
    const int MaxCells = 64;

    readonly string file;
    readonly ReadOnlySpan<char> header;
    readonly int[] tabs = new int[MaxCells + 1]; // where each cell of the line ends
    ReadOnlySpan<char> rest;
    ReadOnlySpan<char> line;
    int cells;
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
            if (line.Length > 0 && line[0] != '#')
            {
                Cut();
                return true;
            }
        }
        return false;
    }

    void Cut()
    {
        cells = 0;
        var from = 0;
        while (true)
        {
            var tab = line[from..].IndexOf('\t');
            if (cells == MaxCells) throw new RowException(file, number, "has more than 64 cells");
            tabs[cells++] = tab < 0 ? line.Length : from + tab;
            if (tab < 0) return;
            from += tab + 1;
        }
    }

    /// <summary>The position of a column by its name.</summary>
    /// <exception cref="RowException">There is no such column.</exception>
    public readonly int Column(string name)
    {
        var left = header;
        for (var index = 0; ; index++)
        {
            var tab = left.IndexOf('\t');
            if ((tab < 0 ? left : left[..tab]).Trim().SequenceEqual(name)) return index;
            if (tab < 0) throw new RowException(file, 1, $"no column '{name}'");
            left = left[(tab + 1)..];
        }
    }

    /// <summary>
    /// Takes the next item off a list that is separated by <paramref name="mark"/>; false at its end. Empty items are
    /// passed over.
    /// </summary>
    public static bool NextItem(ref ReadOnlySpan<char> list, char mark, out ReadOnlySpan<char> item)
    {
        while (!list.IsEmpty)
        {
            var end = list.IndexOf(mark);
            item = (end < 0 ? list : list[..end]).Trim();
            list = end < 0 ? default : list[(end + 1)..];
            if (!item.IsEmpty) return true;
        }
        item = default;
        return false;
    }

    /// <summary>The cell at a column of this row, trimmed; empty when the row is shorter.</summary>
    public readonly ReadOnlySpan<char> this[int column]
    {
        get
        {
            if (column >= cells) return default;
            var from = column == 0 ? 0 : tabs[column - 1] + 1;
            return line[from..tabs[column]].Trim();
        }
    }

    public readonly Code Code(int column) =>
        Values.Code.TryParse(this[column], out var code) ? code : throw Wrong(column, "is not a code");

    public readonly DateRange Dates(int from, int thru) =>
        DateRange.TryParse(this[from], this[thru], out var range)
            ? range
            : throw Wrong(from, "and its thru are not a range of days");

    /// <summary>
    /// A number such as <c>0.17</c>, exact; 0 when the cell is empty. At most 18 digits, read by hand since a book has
    /// twenty thousand of them.
    /// </summary>
    public readonly decimal Decimal(int column)
    {
        var cell = this[column];
        long digits = 0;
        var (count, point) = (0, -1);
        foreach (var c in cell)
        {
            if (c == '.' && point < 0)
            {
                point = count;
                continue;
            }
            if (!char.IsAsciiDigit(c) || ++count > 18) throw Wrong(column, "is not a number");
            digits = (digits * 10) + (c - '0');
        }
        var low = unchecked((int)digits); // the lower 32 bits as they stand
        return new decimal(low, (int)(digits >> 32), 0, false, (byte)(point < 0 ? 0 : count - point));
    }

    public readonly int Int(int column) => decimal.ToInt32(Decimal(column));

    public readonly bool Flag(int column) => this[column] is "y" or "Y" or "1";

    public readonly Exception Wrong(int column, string problem) =>
        new RowException(file, number, $"cell {column + 1} '{this[column]}' {problem}");

    /// <summary>The codes of a list cell: blank-separated, with ranges such as 99202-99205 written out.</summary>
    public readonly void Codes(int column, RowList<Code> target)
    {
        target.Clear();
        var cell = this[column];
        while (NextItem(ref cell, ' ', out var item))
        {
            var dash = item.IndexOf('-');
            if (dash < 0)
            {
                target.Add(Values.Code.TryParse(item, out var single)
                    ? single
                    : throw Wrong(column, "is not a list of codes"));
                continue;
            }
            AddRange(item[..dash], item[(dash + 1)..], column, target);
        }
    }

    readonly void AddRange(ReadOnlySpan<char> first, ReadOnlySpan<char> last, int column, RowList<Code> target)
    {
        var letters = char.IsAsciiLetter(first[0]) ? 1 : 0;
        if (first.Length != last.Length
            || !int.TryParse(first[letters..], NumberStyles.Integer, CultureInfo.InvariantCulture, out var from)
            || !int.TryParse(last[letters..], NumberStyles.Integer, CultureInfo.InvariantCulture, out var to)
            || to < from || to - from > 9999)
            throw Wrong(column, "holds a range that does not read");
        Span<char> text = stackalloc char[first.Length];
        first.CopyTo(text);
        for (var value = from; value <= to; value++)
        {
            var left = value;
            for (var i = text.Length - 1; i >= letters; i--, left /= 10) text[i] = (char)('0' + (left % 10));
            target.Add(Values.Code.TryParse(text, out var code)
                ? code
                : throw Wrong(column, "holds a range that does not read"));
        }
    }
}
