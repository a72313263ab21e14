namespace Deltoid.Codes.Official;

/// <summary>Steps through the rows of a published table, whose cells are spans of the file.</summary>
internal abstract class TableRows
{
    /// <summary>The line the row begins in, from 1.</summary>
    public int Line { get; protected set; }

    /// <summary>Whether the row was the last and had no line end: a cut file ends so, and many whole ones.</summary>
    public bool IsUnended { get; protected set; }

    /// <summary>A cell without blanks around it; empty where the row has no such cell.</summary>
    public abstract ReadOnlySpan<byte> this[int cell] { get; }

    /// <summary>Goes to the next row.</summary>
    public abstract bool Next();

    /// <summary>What is wrong with the row.</summary>
    public OfficialFileException Fault(string what,
        string tryThis = "take the file as published, and download it again") =>
        new(Line, IsUnended && what.Length > 0 ? what + "; it is the last line, so the file may be cut" : what,
            tryThis);

    /// <summary>What is wrong with a cell.</summary>
    public OfficialFileException Wrong(string column, string what) => Fault($"column '{column}' {what}");

    /// <summary>The header is not the one that is known here.</summary>
    public OfficialFileException Changed(string what) =>
        Fault(what, "use the file as published; if its layout has changed, report it to us: nothing was read from it");

    /// <exception cref="OfficialFileException">It is not text of one byte a character.</exception>
    protected static void CheckPlain(OfficialFile file)
    {
        var head = file.Bytes.Span[..Math.Min(file.Bytes.Length, 1 << 16)];
        if (head.Contains((byte)0) || head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            throw new OfficialFileException(0, "is not plain text: it may be UTF-16, or no text at all",
                "take the file as published, not one saved by another program");
    }
}

/// <summary>
/// A column of a table: its name, and where it is in a line of fixed columns, counted from 1 as layouts do.
/// </summary>
readonly record struct FixedColumn(string Name, int From, int Thru);

/// <summary>Steps through a text of fixed columns. A line may end before its last columns: those are blank.</summary>
sealed class FixedRows : TableRows
{
    const byte EndOfText = 0x1A; // old programs end a file so

    readonly ReadOnlyMemory<byte> text;
    readonly FixedColumn[] columns;
    int start, length, next;

    /// <exception cref="OfficialFileException">It is not text of one byte a character.</exception>
    public FixedRows(OfficialFile file, params FixedColumn[] columns)
    {
        CheckPlain(file);
        (text, this.columns) = (file.Bytes, columns);
    }

    /// <summary>The line without its end.</summary>
    public ReadOnlySpan<byte> Text => text.Span.Slice(start, length);

    /// <summary>
    /// How many columns the line has lost at its beginning: 0, unless a reader finds that blanks were cut off.
    /// </summary>
    public int Lost { get; set; }

    public override ReadOnlySpan<byte> this[int cell]
    {
        get
        {
            var from = Math.Max(0, columns[cell].From - 1 - Lost);
            var thru = Math.Min(length, columns[cell].Thru - Lost);
            return from < thru ? Text[from..thru].Trim((byte)' ') : default;
        }
    }

    public override bool Next()
    {
        var all = text.Span;
        if (next >= all.Length || all[next] == EndOfText) return false;
        var rest = all[next..];
        var end = rest.IndexOf((byte)'\n');
        IsUnended = end < 0;
        (start, length, Lost) = (next, IsUnended ? rest.Length : end, 0);
        next += IsUnended ? length : length + 1;
        if (length > 0 && all[start + length - 1] == '\r') length--;
        Line++;
        return true;
    }

    /// <summary>
    /// Every line of many tables is as long as every other: one that is not is cut, or of another layout.
    /// </summary>
    /// <exception cref="OfficialFileException">It has another length.</exception>
    public void CheckLength(int columns)
    {
        if (length != columns) throw Fault($"has {length} columns where {columns} are needed");
    }
}
