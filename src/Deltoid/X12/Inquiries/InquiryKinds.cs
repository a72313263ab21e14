using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Inquiries;

/// <summary>An element whose form another element of its segment names.</summary>
/// <param name="IsCode">It is a code of a list, not a number that names somebody.</param>
readonly record struct InquiryKind(string Segment, int KindElement, int Element, int Component, bool IsCode)
{
    public bool IsComponent => Component > 1;
}

/// <summary>
/// Which elements of a guide have a form that another element names, and where diagnoses are pointed to.
/// </summary>
sealed class InquiryKinds
{
    static readonly InquiryKind[] All =
    [
        new("NM1", 8, 9, 1, IsCode: false), new("REF", 1, 2, 1, IsCode: false), new("PRV", 2, 3, 1, IsCode: false),
        new("EQ", 2, 2, 2, IsCode: true), new("EB", 13, 13, 2, IsCode: true), new("SVC", 1, 1, 2, IsCode: true),
        new("III", 1, 2, 1, IsCode: true),
    ];

    static readonly (string Kind, Outside List)[]
        Numbers =
        [
            ("XX", Outside.Npi), ("HPI", Outside.Npi), ("FI", Outside.Tax), ("24", Outside.Tax), ("34", Outside.Tax),
            ("TJ", Outside.Tax), ("SY", Outside.Tax), ("EI", Outside.Tax), ("PXC", Outside.Taxonomy),
        ],
        Codes = [("HC", Outside.Procedure), ("NU", Outside.Revenue), ("N4", Outside.Ndc)],
        Places = [("ZZ", Outside.Place)];

    static readonly ulong Question = SegmentReader.PackOf("EQ"), Benefit = SegmentReader.PackOf("EB");

    static readonly string[] Counted = ["2110C", "2110D", "2200D", "2200E"];

    readonly InquiryKind?[] kinds;
    readonly bool[] items;

    public InquiryKinds(Guide guide)
    {
        kinds = Array.ConvertAll(guide.Segments, row => KindOf(guide, row));
        items = Array.ConvertAll(guide.Segments, row => IsFirst(row) && Counted.Contains(guide.Loops[row.Loop].Name));

        bool IsFirst(SegmentRow row) => guide.Loops[row.Loop].First == row.Index;
    }

    /// <summary>Whether a segment begins what is counted: a question, a benefit, a claim.</summary>
    public bool IsItem(int row) => items[row];

    /// <summary>The element that has a form by another; none where the guide's own row says its form.</summary>
    static InquiryKind? KindOf(Guide guide, SegmentRow row)
    {
        if (Array.FindIndex(All, k => k.Segment == row.Name) is not (>= 0 and var found)) return null;
        var spec = guide.Specs[row.FirstSpec + All[found].Element - 1];
        return spec.Use == Use.NotUsed || spec.Outside != Outside.None || spec.Codes >= 0 ? null : All[found];
    }

    public InquiryKind? Of(int row) => kinds[row];

    /// <summary>The element that points to diagnoses, or 0.</summary>
    public static int PointerOf(ulong segment) => segment == Question ? 5 : segment == Benefit ? 14 : 0;

    /// <summary>The list whose form a kind of number or code has.</summary>
    public static Outside ListOf(in InquiryKind of, ReadOnlySpan<byte> kind)
    {
        var lists = !of.IsCode ? Numbers : of.Segment == "III" ? Places : Codes;
        foreach (var (name, list) in lists)
            if (System.Text.Ascii.Equals(kind, name)) return list;
        return Outside.None;
    }
}
