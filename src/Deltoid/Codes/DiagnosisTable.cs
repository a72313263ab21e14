using System.Text;
using Deltoid.Values;

namespace Deltoid.Codes;

public enum DiagnosisStanding : byte
{
    /// <summary>Its three-character category is not in this book, so nothing is said of it.</summary>
    NotInBook,
    Valid,
    /// <summary>A header: more characters are needed.</summary>
    Header,
    /// <summary>The category is in the book in full and has no such code.</summary>
    Invalid,
}

/// <summary>ICD-10-CM: codes sorted, with the flag that tells a billable code from a header. Categories in it are complete. Labels stay in the row file until asked for.</summary>
public sealed class DiagnosisTable
{
    readonly ulong[] codes;
    readonly bool[] billable;
    readonly long[] labels; // start << 8 | length
    readonly byte[] text;

    public DateRange Dates { get; }

    DiagnosisTable(ulong[] codes, bool[] billable, long[] labels, byte[] text, DateRange dates) =>
        (this.codes, this.billable, this.labels, this.text, Dates) = (codes, billable, labels, text, dates);

    public DiagnosisStanding Standing(Code code)
    {
        var index = Sorting.Find(codes, code.Packed);
        if (index >= 0) return billable[index] ? DiagnosisStanding.Valid : DiagnosisStanding.Header;
        return Sorting.Find(codes, code.Packed & 0xFFFFFF00_00000000) >= 0 ? DiagnosisStanding.Invalid : DiagnosisStanding.NotInBook;
    }

    public string Label(Code code)
    {
        var index = Sorting.Find(codes, code.Packed);
        return index < 0 ? "" : Encoding.UTF8.GetString(text, (int)(labels[index] >> 8), (int)(labels[index] & 0xFF));
    }

    public int Count => codes.Length;

    public IEnumerable<Code> Under(Code header)
    {
        var index = Sorting.Find(codes, header.Packed);
        for (index = index < 0 ? ~index : index + 1; index < codes.Length && new Code(codes[index]).StartsWith(header.ToString()); index++)
            if (billable[index]) yield return new Code(codes[index]);
    }

    /// <summary>
    /// Reads <c>code valid from thru label source</c>, sorted by code, all rows of one span of days. It reads bytes and not
    /// <see cref="Rows"/>: the file is larger than all others together.
    /// </summary>
    /// <exception cref="RowException">A row does not read, or is out of order.</exception>
    internal static DiagnosisTable Read(string file, byte[] utf8)
    {
        ReadOnlySpan<byte> text = utf8;
        var count = Lines(text);
        var (codes, billable, labels) = (new ulong[count], new bool[count], new long[count]);
        var (used, row, start) = (0, 0, 0);
        var dates = DateRange.Always;
        for (; start < text.Length; row++)
        {
            var length = text[start..].IndexOf((byte)'\n');
            if (length < 0) length = text.Length - start;
            var line = text.Slice(start, length);
            if (row > 0 && length > 0 && line[0] != '#')
            {
                int one = Tab(line, 0), two = Tab(line, one), three = Tab(line, two), four = Tab(line, three), five = Tab(line, four);
                if (five < 0 || !Code.TryParse(line[..one], out var code)) throw new RowException(file, row + 1, "is not a diagnosis with six cells");
                if (used > 0 && codes[used - 1] >= code.Packed) throw new RowException(file, row + 1, "is out of order");
                if (used == 0 && !DateRange.TryParse(Encoding.UTF8.GetString(line[(two + 1)..three]), Encoding.UTF8.GetString(line[(three + 1)..four]), out dates)) throw new RowException(file, row + 1, "has dates that do not read");
                codes[used] = code.Packed;
                billable[used] = line[one + 1] == '1';
                labels[used++] = ((long)(start + four + 1) << 8) | (uint)Math.Min(five - four - 1, 255);
            }
            start += length + 1;
        }
        return new(codes, billable, labels, utf8, dates);
    }

    /// <summary>How many rows there are: lines but the header and comments.</summary>
    static int Lines(ReadOnlySpan<byte> text)
    {
        var count = -1;
        while (!text.IsEmpty)
        {
            if (text[0] is not ((byte)'#' or (byte)'\n')) count++;
            var end = text.IndexOf((byte)'\n');
            text = end < 0 ? default : text[(end + 1)..];
        }
        return Math.Max(count, 0);
    }

    /// <summary>The tab after this position, or -1 when there is none (then all later ones are missing too).</summary>
    static int Tab(ReadOnlySpan<byte> line, int from)
    {
        if (from < 0) return -1;
        var next = from == 0 ? 0 : from + 1;
        var at = line[next..].IndexOf((byte)'\t');
        return at < 0 ? -1 : next + at;
    }
}
