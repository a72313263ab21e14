using System.Text;
using Deltoid.Values;

namespace Deltoid.Codes.Official;

/// <summary>
/// Steps through a delimited text: cells of one row at a time, as spans of it. Quotes are those of RFC 4180 and may
/// hold line ends; a tab file has none. Nothing is allocated for a row unless a cell has doubled quotes.
/// </summary>
internal sealed class Delimited : TableRows
{
    const int MostCells = 512, LongestRow = 1 << 20;

    readonly ReadOnlyMemory<byte> text;
    readonly byte separator;
    readonly (int Start, int Length)[] cells = new (int, int)[MostCells];
    readonly RowList<byte> unquoted = new(256); // cells that had doubled quotes
    int next;
    int lines;

    /// <exception cref="OfficialFileException">It is not text of one byte a character.</exception>
    public Delimited(OfficialFile file, char separator)
    {
        (text, this.separator) = (file.Bytes, (byte)separator);
        CheckPlain(file);
        if (file.Bytes.Span is [0xEF, 0xBB, 0xBF, ..]) next = 3;
    }

    /// <summary>Cells of the row.</summary>
    public int Count { get; private set; }

    /// <summary>A cell without blanks around it; empty where the row has no such cell.</summary>
    public override ReadOnlySpan<byte> this[int cell] => Raw(cell).Trim((byte)' ');

    ReadOnlySpan<byte> Raw(int cell)
    {
        if (cell < 0 || cell >= Count) return default;
        var (start, length) = cells[cell];
        return start >= 0 ? text.Span.Slice(start, length) : unquoted.Span.Slice(~start, length);
    }

    /// <summary>Goes to the next row; empty lines are rows of one empty cell.</summary>
    /// <exception cref="OfficialFileException">A row has more cells, or is longer, than any table here; a quote is
    /// never closed.</exception>
    public override bool Next()
    {
        var all = text.Span;
        if (next >= all.Length) return false;
        (Count, Line, IsUnended) = (0, lines + 1, false);
        unquoted.Clear();
        var start = next;
        while (true)
        {
            if (Count == MostCells) throw Fault($"has more than {MostCells} cells");
            var ends = separator != '\t' && next < all.Length && all[next] == '"'
                ? Quoted(all, start)
                : Plain(all, start);
            if (ends) return true;
        }
    }

    /// <summary>A cell up to the separator or the line's end; true at the end of the row.</summary>
    bool Plain(ReadOnlySpan<byte> all, int rowStart)
    {
        var rest = all[next..];
        var length = rest.IndexOfAny(separator, (byte)'\n');
        if (length < 0) length = rest.Length;
        if (next + length - rowStart > LongestRow) throw Fault("is longer than any row of a table");
        var isLast = next + length >= all.Length;
        var ends = isLast || rest[length] == '\n';
        var cell = ends && length > 0 && rest[length - 1] == '\r' ? length - 1 : length;
        cells[Count++] = (next, cell);
        return Step(length, isLast, ends);
    }

    bool Quoted(ReadOnlySpan<byte> all, int rowStart)
    {
        var start = next + 1;
        var (at, doubled) = (start, false);
        while (true)
        {
            var quote = at <= all.Length ? all[at..].IndexOf((byte)'"') : -1;
            if (quote < 0 || at + quote - rowStart > LongestRow) throw Fault("opens a quote that is not closed");
            at += quote;
            if (at + 1 >= all.Length || all[at + 1] != '"') break;
            (doubled, at) = (true, at + 2);
        }
        lines += all[start..at].Count((byte)'\n');
        if (doubled) Undouble(all[start..at]);
        else cells[Count++] = (start, at - start);
        next = at + 1;
        var rest = all[next..];
        var length = rest.IndexOfAny(separator, (byte)'\n'); // what is after a closing quote is nothing, or blanks
        if (length < 0) length = rest.Length;
        var isLast = next + length >= all.Length;
        return Step(length, isLast, isLast || rest[length] == '\n');
    }

    void Undouble(ReadOnlySpan<byte> cell)
    {
        var start = unquoted.Count;
        for (var i = 0; i < cell.Length; i++)
        {
            unquoted.Add(cell[i]);
            if (cell[i] == '"') i++;
        }
        cells[Count++] = (~start, unquoted.Count - start);
    }

    bool Step(int length, bool isLast, bool ends)
    {
        next += isLast ? length : length + 1;
        if (ends) lines++;
        IsUnended = isLast;
        return ends;
    }

    public bool IsBlank
    {
        get
        {
            for (var i = 0; i < Count; i++)
                if (this[i].Length > 0) return false;
            return true;
        }
    }

    /// <summary>Steps to the row with a cell of this name, and takes its cells as the header.</summary>
    /// <param name="column">As published; other spellings after bars.</param>
    /// <exception cref="OfficialFileException">None of the first sixty rows has one.</exception>
    public Header FindHeader(string column)
    {
        var spellings = Array.ConvertAll(column.Split('|'), Header.Fold);
        for (var i = 0; i < 60 && Next(); i++)
            for (var cell = 0; cell < Count; cell++)
                if (Array.IndexOf(spellings, Header.Fold(Cell.Text(this[cell]))) >= 0) return new Header(this);
        throw new OfficialFileException(0, $"has no header with the column '{column.Split('|')[0]}'",
            "use the file as published; if its layout has changed, report it to us: nothing was read from it");
    }

    /// <summary>Asks for as many cells as the header has.</summary>
    /// <exception cref="OfficialFileException">The row has fewer: it is cut, or of another layout.</exception>
    public void Need(Header header)
    {
        if (Count < header.Count) throw Fault($"has {Count} cells where the header has {header.Count}");
    }
}

/// <summary>The columns of a table by their names.</summary>
internal sealed class Header
{
    readonly List<string> names = [];
    readonly int line;

    internal Header(Delimited row)
    {
        line = row.Line;
        for (var i = 0; i < row.Count; i++) names.Add(Fold(Cell.Text(row[i])));
    }

    /// <summary>Lower case, letters and digits only: <c>HCPCS/\nCPT Code</c> is <c>hcpcscptcode</c>.</summary>
    public static string Fold(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    /// <summary>Where a column stands.</summary>
    /// <param name="name">As published; another spelling after a bar: <c>NDC|NDC2</c>.</param>
    /// <exception cref="OfficialFileException">It is not there.</exception>
    public int this[string name] => Find(name) is >= 0 and var at ? at : throw Missing(name);

    /// <summary>
    /// Where the column of just this name stands: for names that others begin with, as NDC and BILLUNITS.
    /// </summary>
    /// <exception cref="OfficialFileException">It is not there.</exception>
    public int Exactly(string name)
    {
        foreach (var spelling in name.Split('|'))
            if (names.IndexOf(Fold(spelling)) is >= 0 and var at) return at;
        throw Missing(name);
    }

    OfficialFileException Missing(string name) =>
        new(line, $"has no column '{name.Split('|')[0]}'",
            "use the file as published; if its layout has changed, report it to us: nothing was read from it");

    /// <summary>Where a column stands, or -1. Its name may be longer than what is asked for.</summary>
    public int Find(string name)
    {
        foreach (var spelling in name.Split('|'))
        {
            var folded = Fold(spelling);
            if (names.IndexOf(folded) is >= 0 and var exact) return exact;
            if (names.FindIndex(n => n.StartsWith(folded, StringComparison.Ordinal)) is >= 0 and var begun)
                return begun;
        }
        return -1;
    }

    public int Count => names.Count;
}

/// <summary>Reads the cells that official files have.</summary>
internal static class Cell
{
    /// <summary>UTF-8, or Windows-1252 where it is not that.</summary>
    public static string Text(ReadOnlySpan<byte> cell)
    {
        if (System.Text.Unicode.Utf8.IsValid(cell)) return Encoding.UTF8.GetString(cell);
        Span<char> text = cell.Length <= 512 ? stackalloc char[512] : new char[cell.Length];
        for (var i = 0; i < cell.Length; i++)
            text[i] = cell[i] is >= 0x80 and < 0xA0 ? Windows[cell[i] - 0x80] : (char)cell[i];
        return new string(text[..cell.Length]);
    }

    /// <summary>Windows-1252 from 0x80 to 0x9F.</summary>
    const string Windows =
        "\u20AC\uFFFD\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\uFFFD\u017D\uFFFD\uFFFD\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\uFFFD\u017E\u0178";

    /// <summary>A day as <c>20260131</c>.</summary>
    public static bool TryDay(ReadOnlySpan<byte> cell, out int day)
    {
        day = 0;
        if (cell.Length != 8) return false;
        var number = 0;
        foreach (var b in cell)
        {
            if (b is < (byte)'0' or > (byte)'9') return false;
            number = (number * 10) + (b - '0');
        }
        return TryDay(number / 10_000, number / 100 % 100, number % 100, out day);
    }

    /// <summary>A day as <c>1/31/2026</c>, <c>01-31-2026</c> or <c>2026-01-31</c>.</summary>
    public static bool TryWrittenDay(ReadOnlySpan<byte> cell, out int day)
    {
        day = 0;
        Span<int> parts = stackalloc int[3];
        var (part, digits) = (0, 0);
        foreach (var b in cell)
        {
            if (b is >= (byte)'0' and <= (byte)'9' && digits < 4)
            {
                parts[part] = (parts[part] * 10) + (b - '0');
                digits++;
            }
            else if (b is (byte)'/' or (byte)'-' && digits > 0 && part < 2)
            {
                part++;
                digits = 0;
            }
            else return false;
        }
        if (part != 2 || digits == 0) return false;
        return parts[0] > 31
            ? TryDay(parts[0], parts[1], parts[2], out day)
            : TryDay(parts[2], parts[0], parts[1], out day);
    }

    static bool TryDay(int year, int month, int date, out int day)
    {
        day = 0;
        if (year is < 1900 or > 2100 || month is < 1 or > 12 || date < 1 || date > DateTime.DaysInMonth(year, month))
            return false;
        day = new DateOnly(year, month, date).DayNumber;
        return true;
    }

    /// <summary>
    /// A number as <c>12</c>, <c>0.17</c>, <c>.17</c> or <c>1,234.50</c>, with at most four decimals that count.
    /// </summary>
    public static bool TryRate(ReadOnlySpan<byte> cell, out Packs.Rate rate)
    {
        rate = default;
        var (value, decimals, digits, isNegative, seenDot) = (0L, 0, 0, false, false);
        for (var i = 0; i < cell.Length; i++)
        {
            var b = cell[i];
            if (b == '-' && i == 0) isNegative = true;
            else if (b is (byte)'$' or (byte)',' && !seenDot) continue;
            else if (b == '.' && !seenDot) seenDot = true;
            else if (b is < (byte)'0' or > (byte)'9' || value > long.MaxValue / 100_000) return false;
            else if (seenDot && decimals == 4)
            {
                if (b != '0') return false;
            }
            else
            {
                value = (value * 10) + (b - '0');
                digits++;
                if (seenDot) decimals++;
            }
        }
        for (; decimals < 4; decimals++) value *= 10;
        rate = new(isNegative ? -value : value);
        return digits > 0;
    }

    public static bool TryInt(ReadOnlySpan<byte> cell, out int value) =>
        System.Buffers.Text.Utf8Parser.TryParse(cell, out value, out var used) && used == cell.Length && used > 0;

    /// <summary>One or two characters as one number, the first high; 0 of none.</summary>
    public static ushort Two(ReadOnlySpan<byte> cell) =>
        cell.Length switch { 0 => 0, 1 => (ushort)(cell[0] << 8), _ => (ushort)((cell[0] << 8) | cell[1]) };

    /// <summary>Up to four characters as one number, the first highest.</summary>
    public static uint Four(ReadOnlySpan<byte> cell)
    {
        var packed = 0u;
        for (var i = 0; i < 4; i++) packed = (packed << 8) | (i < cell.Length ? cell[i] : 0u);
        return packed;
    }

    /// <summary>The characters of <see cref="Two"/> or <see cref="Four"/>.</summary>
    public static string Of(uint packed, int width)
    {
        Span<char> text = stackalloc char[4];
        var length = 0;
        for (var i = width - 1; i >= 0; i--)
            if ((char)((packed >> (8 * i)) & 0xFF) is not '\0' and var c) text[length++] = c;
        return new string(text[..length]);
    }
}
