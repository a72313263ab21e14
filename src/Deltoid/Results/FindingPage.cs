using System.Globalization;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12;
using Deltoid.X12.Claims;
using Deltoid.X12.Guides;

namespace Deltoid.Results;

/// <summary>Findings for a person: errors first, each with its authority, its fix and what it explains.</summary>
static class FindingPage
{
    /// <summary>What is not there is before the segment that has its place.</summary>
    static readonly FindingInfo[] Absent =
    [
        X12Findings.SegmentMissing, X12Findings.LoopMissing, X12Findings.SegmentAsked, X12Findings.LoopAsked,
    ];

    /// <param name="except">Kinds that are shown elsewhere.</param>
    /// <returns>How many were written.</returns>
    public static int Write(TextPage page, Claim claim, FindingList findings, Func<Arg, string> names,
        FindingInfo[] except)
    {
        var count = 0;
        foreach (var severity in (ReadOnlySpan<Severity>)[Severity.Error, Severity.Warning, Severity.Info])
            for (var i = 0; i < findings.Count; i++)
            {
                if (findings[i].Severity != severity || findings[i].Under != 0
                    || Array.IndexOf(except, findings[i].Info) >= 0)
                    continue;
                WriteOne(page, claim, findings, i, names);
                count++;
            }
        return count;
    }

    static void WriteOne(TextPage page, Claim claim, FindingList findings, int index, Func<Arg, string> names)
    {
        ref readonly var finding = ref findings[index];
        page.Wrap($"  {Painted(page, finding.Severity)} ",
            $"{Where(finding, claim)}{Sentence.Of(finding, claim, names)} [{finding.Info.Id}; "
                + $"{(GuideNames.RowOf(finding) is { Length: > 0 } row ? row : Cites.Short(finding.Info.Citation.Section))}]",
            10);
        if (FindingText.Fix(finding, names) is { Length: > 0 } fix)
            page.Wrap($"          fix ({FindingText.Of(finding.Info.Fix!.Safety)}): ", $"{fix}.");
        for (var i = 0; i < findings.Count; i++)
            if (findings[i].Under == index + 1)
                page.Wrap("          also ", $"{findings[i].Info.Id} {findings[i].Info.Name}");
    }

    /// <summary>
    /// Where it stands: in X12 that was read the segment from ST = 1, its loop and element; on paper the box of the
    /// CMS-1500 or the form locator of the UB-04.
    /// </summary>
    static string Where(in Finding finding, Claim claim)
    {
        var isX12 = finding.Info.Maker == Maker.File;
        var at = isX12 ? finding.Source : ClaimPlaces.Of(claim, finding);
        var where = string.Join(", ",
            new[] { InWords(finding, claim, at, isX12), BoxOf(finding, claim) }.Where(static w => w.Length > 0));
        return where.Length > 0 ? where + ": " : "";
    }

    /// <summary><c>segment 12 (NM1, subscriber name), element 9</c>; empty where it is in no segment.</summary>
    static string InWords(in Finding finding, Claim claim, in SourcePlace at, bool isX12)
    {
        if (at.Segment == 0) return "";
        if (Array.IndexOf(Absent, finding.Info) >= 0)
            return string.Create(CultureInfo.InvariantCulture, $"before segment {at.Segment}");
        var (name, label) = isX12 ? FindingPaths.Segment(finding) : ClaimPlaces.Segment(claim, at);
        var named = name.Length == 0 ? "" : label.Length == 0 ? $" ({name})" : $" ({name}, {label})";
        var element = at.Element == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", element {at.Element}");
        var component = at.Component == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $", component {at.Component}");
        var repeat = at.Repeat <= 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", repetition {at.Repeat}");
        return string.Create(CultureInfo.InvariantCulture, $"segment {at.Segment}{named}{element}{repeat}{component}");
    }

    /// <summary>None of a visit that was coded here: its findings are about the chart.</summary>
    static string BoxOf(in Finding finding, Claim claim) =>
        claim.Origins.Count > 0 || Places.Box(finding.Place, claim.Setting) is not { } box ? ""
            : claim.Setting == Setting.Facility ? "FL " + box
            : "box " + box;

    static string Painted(TextPage page, Severity severity)
    {
        var word = $"{FindingText.Of(severity),-7}";
        return !page.Color
            ? word
            : severity switch
            {
                Severity.Error => $"\x1b[31m{word}\x1b[0m",
                Severity.Warning => $"\x1b[33m{word}\x1b[0m",
                _ => word
            };
    }
}
