using System.Globalization;
using Deltoid.Findings;

namespace Deltoid.X12;

/// <summary>Where a finding of a file is, as X12 people write it.</summary>
internal static class FindingPaths
{
    /// <summary>
    /// The loop (with the number of the claim's line), the segment, the element and component: <c>2400[2]/SV1-01-2</c>;
    /// empty where the finding names no segment.
    /// </summary>
    public static string Of(in Finding finding)
    {
        var (segment, loop) = (GuideNames.SegmentOf(finding), GuideNames.LoopOf(finding)?.Name ?? "");
        if (segment.Length == 0) return "";
        if (loop.Length > 0) loop += LineOf(finding) + "/";
        var at = finding.Source;
        var component = at.Component > 0 ? string.Create(CultureInfo.InvariantCulture, $"-{at.Component}") : "";
        var element = at.Element == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"-{at.Element:00}{component}");
        return $"{loop}{segment}{element}";
    }

    static string LineOf(in Finding finding) =>
        finding.Place.Line > 0 && GuideNames.LoopOf(finding) is { IsInLines: true }
            ? string.Create(CultureInfo.InvariantCulture, $"[{finding.Place.Line}]")
            : "";

    /// <summary>The name of the segment that an X12 finding is about, and what it is; either may be empty.</summary>
    public static (string Name, string Label) Segment(in Finding finding)
    {
        if (finding.B is { Kind: ArgKind.Segment, Value: 0 }) return ("", "");
        var (name, row) = (GuideNames.SegmentOf(finding), GuideNames.SegmentRowOf(finding));
        return (name, row is not null && row.Name == name ? row.Label : "");
    }
}
