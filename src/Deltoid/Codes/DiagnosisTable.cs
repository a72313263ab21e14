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

/// <summary>ICD-10-CM: codes sorted, with the flag that tells a billable code from a header. Categories in it are complete.</summary>
public sealed class DiagnosisTable
{
    readonly ulong[] codes;
    readonly bool[] billable;
    readonly (int Start, int Length)[] labels;
    readonly string text;

    public DateRange Dates { get; }

    internal DiagnosisTable(ulong[] codes, bool[] billable, (int, int)[] labels, string text, DateRange dates) =>
        (this.codes, this.billable, this.labels, this.text, Dates) = (codes, billable, labels, text, dates);

    public DiagnosisStanding Standing(Code code)
    {
        var index = Array.BinarySearch(codes, code.Packed);
        if (index >= 0) return billable[index] ? DiagnosisStanding.Valid : DiagnosisStanding.Header;
        return Array.BinarySearch(codes, code.Packed & 0xFFFFFF00_00000000) >= 0 ? DiagnosisStanding.Invalid : DiagnosisStanding.NotInBook;
    }

    public string Label(Code code)
    {
        var index = Array.BinarySearch(codes, code.Packed);
        return index < 0 ? "" : text.Substring(labels[index].Start, labels[index].Length);
    }

    public int Count => codes.Length;

    public IEnumerable<Code> Under(Code header)
    {
        var index = Array.BinarySearch(codes, header.Packed);
        for (index = index < 0 ? ~index : index + 1; index < codes.Length && new Code(codes[index]).StartsWith(header.ToString()); index++)
            if (billable[index]) yield return new Code(codes[index]);
    }
}
