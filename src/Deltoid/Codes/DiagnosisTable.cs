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
        var index = Sorting.Find(codes.Span, code.Packed);
        if (index >= 0)
            return (traits[index] & DiagnosisTraits.Billable) != 0 ? DiagnosisStanding.Valid : DiagnosisStanding.Header;
        if (isWhole || Sorting.Find(codes.Span, code.Packed & 0xFFFFFF00_00000000) >= 0)
            return DiagnosisStanding.Invalid;
        return Beneath?.Standing(code) ?? DiagnosisStanding.NotInBook;
    }

    /// <summary>What its text says of a code: side, unspecified, manifestation; none where it is not here.</summary>
    public DiagnosisTraits Traits(Code code) =>
        Sorting.Find(codes.Span, code.Packed) is >= 0 and var index
            ? traits[index]
            : Beneath?.Traits(code) ?? DiagnosisTraits.None;

    /// <summary>A label as it is in the pool; empty where the code is not here.</summary>
    internal ReadOnlySpan<byte> Utf8Label(Code code) =>
        Sorting.Find(codes.Span, code.Packed) is >= 0 and var index
            ? Utf8LabelAt(index)
            : Beneath is { } table ? table.Utf8Label(code)
            : default;

    public string Label(Code code) =>
        Sorting.Find(codes.Span, code.Packed) is >= 0 and var index ? LabelAt(index) : Beneath?.Label(code) ?? "";

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

    public IEnumerable<Code> Under(Code header)
    {
        var index = Sorting.Find(codes.Span, header.Packed);
        for (index = index < 0 ? ~index : index + 1; index < codes.Count
            && new Code(codes[index]).StartsWith(header.ToString()); index++)
            if (traits[index].HasFlag(DiagnosisTraits.Billable)) yield return new Code(codes[index]);
    }
}
