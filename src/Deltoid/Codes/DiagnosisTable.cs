using System.Text;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes;

public enum DiagnosisStanding : byte
{
    /// <summary>Its three-character category is not in this book, so nothing is said of it.</summary>
    NotInBook,
    Valid,
    /// <summary>A header: more characters are needed.</summary>
    Header,
    /// <summary>The category, or the whole table, is in the book in full and has no such code.</summary>
    Invalid,
}

/// <summary>ICD-10-CM of one fiscal year: codes sorted, with what tells a billable code from a header. Categories in it are complete. Labels stay in the rows until asked for.</summary>
public sealed class DiagnosisTable
{
    readonly Column<ulong> codes;
    readonly Column<DiagnosisTraits> traits;
    readonly Column<TextRef> labels;
    readonly Column<byte> text;

    /// <param name="isWhole">A category that is not in it is none.</param>
    /// <param name="beneath">Asked about categories that are not in this table, where it is not whole.</param>
    internal DiagnosisTable(Column<ulong> codes, Column<DiagnosisTraits> traits, Column<TextRef> labels, Column<byte> text, DateRange dates, byte source, bool isWhole = false, DiagnosisTable? beneath = null) =>
        (this.codes, this.traits, this.labels, this.text, Dates, Source, this.isWhole, Beneath) = (codes, traits, labels, text, dates, source, isWhole, beneath);

    readonly bool isWhole;

    /// <summary>The days for which it is asked.</summary>
    public DateRange Dates { get; }

    /// <summary>Where its rows come from.</summary>
    public byte Source { get; }

    internal DiagnosisTable? Beneath { get; }

    internal DiagnosisTable With(DateRange dates) => new(codes, traits, labels, text, dates, Source, isWhole, Beneath);

    public DiagnosisStanding Standing(Code code)
    {
        var index = Sorting.Find(codes.Span, code.Packed);
        if (index >= 0) return (traits[index] & DiagnosisTraits.Billable) != 0 ? DiagnosisStanding.Valid : DiagnosisStanding.Header;
        if (isWhole || Sorting.Find(codes.Span, code.Packed & 0xFFFFFF00_00000000) >= 0) return DiagnosisStanding.Invalid;
        return Beneath?.Standing(code) ?? DiagnosisStanding.NotInBook;
    }

    /// <summary>What its text says of a code: side, unspecified, manifestation; none where it is not here.</summary>
    public DiagnosisTraits Traits(Code code) => Sorting.Find(codes.Span, code.Packed) is >= 0 and var index ? traits[index] : Beneath?.Traits(code) ?? DiagnosisTraits.None;

    public string Label(Code code) => Sorting.Find(codes.Span, code.Packed) is >= 0 and var index ? LabelAt(index) : Beneath?.Label(code) ?? "";

    /// <summary>The code and label at a place, 0 to <see cref="Count"/>.</summary>
    public (Code Code, DiagnosisTraits Traits) this[int index] => (new(codes[index]), traits[index]);

    public string LabelAt(int index) => Encoding.UTF8.GetString(Utf8LabelAt(index));

    public ReadOnlySpan<byte> Utf8LabelAt(int index) => text.Span.Slice(labels[index].Start, labels[index].Length);

    public int Count => codes.Count;

    public IEnumerable<Code> Under(Code header)
    {
        var index = Sorting.Find(codes.Span, header.Packed);
        for (index = index < 0 ? ~index : index + 1; index < codes.Count && new Code(codes[index]).StartsWith(header.ToString()); index++)
            if (traits[index].HasFlag(DiagnosisTraits.Billable)) yield return new Code(codes[index]);
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
        var (codes, traits, labels) = (new ulong[count], new DiagnosisTraits[count], new TextRef[count]);
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
                traits[used] = line[one + 1] == '1' ? DiagnosisTraits.Billable : DiagnosisTraits.None;
                labels[used++] = new(start + four + 1, five - four - 1);
            }
            start += length + 1;
        }
        return new(Column.Of<ulong>(codes.AsSpan(0, used)), Column.Of<DiagnosisTraits>(traits), Column.Of<TextRef>(labels), Column.Of<byte>(utf8), dates, 0);
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
