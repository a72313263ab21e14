using Deltoid.Findings;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Inquiries;

/// <summary>
/// From a finding about a question to a payer back to the field of claim JSON that it was made from, for those who ask
/// about a claim and hear what is missing.
/// </summary>
internal static class InquiryPaths
{
    /// <summary>How the loop begins, segment, element (0: any), and the field.</summary>
    static readonly (string Loop, string Segment, int Element, string Path)[] Paths =
    [
        ("2100A", "NM1", 9, "/payer/id"), ("2100A", "NM1", 0, "/payer/name"),
        ("2100B", "NM1", 9, "--sender"), ("2100B", "NM1", 0, "--submitter"),
        ("2100C", "NM1", 9, "/billingProvider/npi"), ("2100C", "NM1", 4, "/billingProvider/first"),
        ("2100C", "NM1", 0, "/billingProvider/name"),
        ("2100D", "NM1", 9, "/subscriber/memberId"), ("2100D", "NM1", 8, "/subscriber/memberId"),
        ("2100D", "NM1", 4, "/subscriber/first"), ("2100D", "NM1", 0, "/subscriber/name"),
        ("2000D", "DMG", 3, "/subscriber/sex"), ("2000D", "DMG", 0, "/subscriber/birthDate"),
        ("2100E", "NM1", 4, "/patient/first"), ("2100E", "NM1", 0, "/patient/name"),
        ("2000E", "DMG", 3, "/patient/sex"), ("2000E", "DMG", 0, "/patient/birthDate"),
        ("2100E", "INS", 0, "/patient/relationship"), ("2100", "DTP", 0, "/visitDate"),
        ("2110", "EQ", 2, "/lines/code"), ("2110", "EQ", 0, "--service-type"), ("2110", "DTP", 0, "/visitDate"),
        ("2200", "TRN", 0, "/id"), ("2200", "AMT", 0, "/charge"), ("2200", "DTP", 0, "/visitDate"),
        ("2210", "SVC", 1, "/lines/code"), ("2210", "SVC", 2, "/lines/charge"), ("2210", "SVC", 7, "/lines/units"),
        ("2210", "SVC", 4, "/lines/revenueCode"), ("2210", "DTP", 0, "/lines/date"),
        ("2210", "REF", 0, "/lines/control"),
    ];

    /// <summary>
    /// The levels of a 270 are one letter above those of a 276: its providers are 2100B, its subscribers 2100C.
    /// </summary>
    static string LoopOf(Guide guide, string loop) =>
        guide.Set == InquirySets.EligibilityInquiry && loop is [.., var letter] && letter is >= 'B' and <= 'D'
        ? $"{(loop.StartsWith("2100", StringComparison.Ordinal) ? "2100" : loop[..^1])}{(char)(letter + 1)}"
        : loop;

    /// <summary>
    /// A JSON pointer such as <c>/payer/id</c>, or an option such as <c>--sender</c>; empty where neither is known.
    /// </summary>
    public static string Of(in Finding finding)
    {
        if (finding.A.Kind != ArgKind.Row || InquirySets.Lettered((char)finding.A.Extra) is not { } guide)
            return "";
        if (guide.SegmentOf((int)finding.A.Value) is not (>= 0 and var index)) return "";
        var segment = guide.Segments[index];
        var (loop, element) = (LoopOf(guide, guide.Loops[segment.Loop].Name), (int)finding.Source.Element);
        if (segment.Name == "DMG" && loop.StartsWith("2100", StringComparison.Ordinal)) loop = "2000" + loop[4..];
        foreach (var row in Paths)
            if (loop.StartsWith(row.Loop, StringComparison.Ordinal) && row.Segment == segment.Name
                && (row.Element == 0 || row.Element == element))
                return row.Path;
        return "";
    }

    /// <summary>
    /// Of which claim, from 1, a segment of questions is: each subscriber's level was made from one. What is above the
    /// first is of the first.
    /// </summary>
    public static int ClaimAt(Inquiry inquiry, int ordinal)
    {
        var (count, guide) = (0, inquiry.Guide!);
        var level = guide.SegmentIndex(guide.Set == InquirySets.StatusInquiry ? "2000D" : "2000C", "HL");
        foreach (ref readonly var kept in inquiry.Segments)
            if (kept.Ordinal > 0 && kept.Ordinal <= ordinal && kept.Row == level + 1) count++;
        return Math.Max(count, 1);
    }
}
