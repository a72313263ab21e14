using System.Text;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes;

internal enum DiagnosisStanding : byte
{
    /// <summary>Its three-character category is not in this book, so no caution is printed.</summary>
    NotInBook,
    Valid,
    /// <summary>A header: more characters are needed.</summary>
    Header,
    /// <summary>The category, or the whole table, is in the book in full and has no such code.</summary>
    Invalid,
}

/// <summary>
/// ICD-10-CM of one fiscal year: codes sorted, with what sets a billable code apart from a header. Categories in it are
/// complete. Labels stay in the pool until asked for.
/// </summary>
internal sealed class DiagnosisTable
{
    readonly Column<ulong> codes;
    readonly Column<DiagnosisTraits> traits;
    readonly Column<TextRef> labels;
    readonly Column<byte> text;

    /// <param name="isWhole">A category that is not in it is none.</param>
    /// <param name="beneath">Asked about categories that are not in this table, where it is not whole.</param>
    internal DiagnosisTable(Column<ulong> codes, Column<DiagnosisTraits> traits, Column<TextRef> labels,
        Column<byte> text, DateRange dates, byte source, bool isWhole = false,
        DiagnosisTable? beneath = null) =>
        (this.codes, this.traits, this.labels, this.text, Dates, Source, this.isWhole, Beneath) = (codes, traits,
            labels, text, dates, source, isWhole, beneath);

    readonly bool isWhole;

    /// <summary>The days for which it is asked.</summary>
    public DateRange Dates { get; }

    /// <summary>Where its rows come from.</summary>
    public byte Source { get; }

    internal DiagnosisTable? Beneath { get; }

    internal DiagnosisTable With(DateRange dates) => new(codes, traits, labels, text, dates, Source, isWhole, Beneath);

    /// <summary>The same over another table, where this one is an excerpt.</summary>
    internal DiagnosisTable Over(DiagnosisTable? beneath) =>
        isWhole ? this : new(codes, traits, labels, text, Dates, Source, isWhole, beneath);

    public DiagnosisStanding Standing(Code code)
    {
        var index = Has(code.Packed);
        if (index >= 0)
            return (traits[index] & DiagnosisTraits.Billable) != 0 ? DiagnosisStanding.Valid : DiagnosisStanding.Header;
        if (isWhole || HasCategoryOf(code.Packed)) return DiagnosisStanding.Invalid;
        return Beneath?.Standing(code) ?? DiagnosisStanding.NotInBook;
    }

    const ulong InCategory = 0xFFFFFF00_00000000, Category = 0x100_00000000; // the first three characters

    /// <summary>
    /// By category, where its codes are: the first in the low half, after the last in the high half; 0 of a category
    /// that was not asked for yet. Workers that write the same side by side do no harm.
    /// </summary>
    long[]? categories;

    const int Categories = 26 * 10 * 36;

    /// <summary>
    /// The index of a code, or the complement of where it would stand. Diagnoses of a file are of few categories, so
    /// each is found in the whole table once.
    /// </summary>
    int Find(ulong code)
    {
        var within = CategoryOf(code, out var first);
        var index = Sorting.Find(within, code);
        return index >= 0 ? index + first : index - first;
    }

    /// <summary>
    /// The index of a code, or -1. All of a small category are compared, several at a time: that is faster than to find
    /// the place, since the next ones are fetched meanwhile.
    /// </summary>
    int Has(ulong code)
    {
        var within = CategoryOf(code, out var first);
        var index = within.Length <= Small ? within.IndexOf(code) : Sorting.Find(within, code);
        return index >= 0 ? index + first : -1;
    }

    const int Small = 128;

    /// <summary>The codes of a code's category and the index of the first; all, where it has none.</summary>
    ReadOnlySpan<ulong> CategoryOf(ulong code, out int first)
    {
        var category = NumberOf(code);
        first = 0;
        if (category < 0) return codes.Span;
        ref var known = ref (categories ??= new long[Categories])[category];
        var range = known;
        if (range == 0) known = range = RangeOf(code & InCategory);
        first = (int)(range & int.MaxValue);
        return codes.Span[first..(int)(range >> 32)];
    }

    /// <summary>A category is its own first code.</summary>
    bool HasCategoryOf(ulong code)
    {
        if (NumberOf(code) is not (>= 0 and var category)) return Find(code & InCategory) >= 0;
        var first = (int)(categories![category] & int.MaxValue); // it was asked for a moment ago
        return first < codes.Count && codes[first] == (code & InCategory);
    }

    long RangeOf(ulong category)
    {
        var (first, end) = (PlaceOf(category), PlaceOf(category + Category));
        return (uint)first | ((long)end << 32) | (1L << 31); // never 0
    }

    int PlaceOf(ulong code)
    {
        var index = Sorting.Find(codes.Span, code);
        return index < 0 ? ~index : index;
    }

    /// <summary>A number for a letter, a digit and a letter or digit; -1 where a code begins otherwise.</summary>
    static int NumberOf(ulong code)
    {
        var (letter, digit) = ((int)(code >> 56) - 'A', (int)(code >> 48 & 0xFF) - '0');
        var third = (int)(code >> 40 & 0xFF);
        third = third <= '9' ? third - '0' : third >= 'A' ? third - 'A' + 10 : -1;
        return letter is >= 0 and < 26 && digit is >= 0 and < 10 && third is >= 0 and < 36
            ? (((letter * 10) + digit) * 36) + third
            : -1;
    }

    /// <summary>What its text says of a code: side, unspecified, manifestation; none where it is not here.</summary>
    public DiagnosisTraits Traits(Code code) =>
        Find(code.Packed) is >= 0 and var index
            ? traits[index]
            : Beneath?.Traits(code) ?? DiagnosisTraits.None;

    /// <summary>A label as it is in the pool; empty where the code is not here.</summary>
    internal ReadOnlySpan<byte> Utf8Label(Code code) =>
        Find(code.Packed) is >= 0 and var index
            ? Utf8LabelAt(index)
            : Beneath is { } table ? table.Utf8Label(code)
            : default;

    public string Label(Code code) =>
        Find(code.Packed) is >= 0 and var index ? LabelAt(index) : Beneath?.Label(code) ?? "";

    /// <summary>The code and label at a place, 0 to <see cref="Count"/>.</summary>
    public (Code Code, DiagnosisTraits Traits) this[int index] => (new(codes[index]), traits[index]);

    public string LabelAt(int index) => Encoding.UTF8.GetString(Utf8LabelAt(index));

    public ReadOnlySpan<byte> Utf8LabelAt(int index) => text.Span.Slice(labels[index].Start, labels[index].Length);

    public int Count => codes.Count;

    internal TextRef LabelRefAt(int index) => labels[index];

    internal void AddTo(RowList<ulong> allCodes, RowList<DiagnosisTraits> allTraits, RowList<TextRef> allLabels)
    {
        allCodes.AddAll(codes.Span);
        allTraits.AddAll(traits.Span);
        allLabels.AddAll(labels.Span);
    }

    /// <summary>The billable codes under a header, in their order.</summary>
    public IEnumerable<Code> Under(Code header)
    {
        for (var index = FirstIndexUnder(header); index >= 0; index = IndexUnder(header, index + 1))
            yield return new Code(codes[index]);
    }

    /// <summary>The first of <see cref="Under"/>; none where there is none.</summary>
    public Code FirstUnder(Code header) =>
        FirstIndexUnder(header) is >= 0 and var index ? new(codes[index]) : default;

    int FirstIndexUnder(Code header)
    {
        var index = Find(header.Packed);
        return IndexUnder(header, index < 0 ? ~index : index + 1);
    }

    /// <summary>The next billable code that begins as a header does; -1 after the last.</summary>
    int IndexUnder(Code header, int index)
    {
        var same = header.IsNone ? 0 : ulong.MaxValue << (64 - (8 * header.Length));
        for (; index < codes.Count && (codes[index] & same) == header.Packed; index++)
            if ((traits[index] & DiagnosisTraits.Billable) != 0) return index;
        return -1;
    }
}
