using System.Globalization;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.X12;

namespace Deltoid.Results;

/// <summary>Findings for a person: errors first, each with its authority, its fix and what it explains.</summary>
static class FindingPage
{
    /// <param name="except">Kinds that are told elsewhere.</param>
    /// <returns>How many were written.</returns>
    public static int Write(TextPage page, Claim claim, FindingList findings, Func<Arg, string> names, FindingInfo[] except)
    {
        var count = 0;
        foreach (var severity in (ReadOnlySpan<Severity>)[Severity.Error, Severity.Warning, Severity.Info])
            for (var i = 0; i < findings.Count; i++)
            {
                if (findings[i].Severity != severity || findings[i].Under != 0 || Array.IndexOf(except, findings[i].Info) >= 0) continue;
                WriteOne(page, claim, findings, i, names);
                count++;
            }
        return count;
    }

    static void WriteOne(TextPage page, Claim claim, FindingList findings, int index, Func<Arg, string> names)
    {
        ref readonly var finding = ref findings[index];
        page.Wrap($"  {Painted(page, finding.Severity)} ", $"{Where(finding, claim)}{Sentence.Of(finding, claim, names)} [{finding.Info.Id}; {(GuideNames.RowOf(finding) is { Length: > 0 } row ? row : finding.Info.Citation.Section)}]", 10);
        if (FindingText.Fix(finding, names) is { Length: > 0 } fix) page.Wrap($"          fix ({FindingText.Of(finding.Info.Fix!.Safety)}): ", $"{fix}.");
        for (var i = 0; i < findings.Count; i++)
            if (findings[i].Under == index + 1) page.Wrap("          also ", $"{findings[i].Info.Id} {findings[i].Info.Name}");
    }

    /// <summary>Where it stands in the X12 that was read: the segment from ST = 1, its loop and element.</summary>
    static string Where(in Finding finding, Claim claim)
    {
        var isX12 = finding.Source.Interchange > 0;
        var at = isX12 ? finding.Source : ClaimPlaces.Of(claim, finding.Place);
        if (at.Segment == 0) return "";
        var path = isX12 ? ClaimPlaces.Path(finding) : ClaimPlaces.Path(claim, at, finding.Place.Line);
        return string.Create(CultureInfo.InvariantCulture, $"segment {at.Segment}{(path.Length > 0 ? " " + path : "")}: ");
    }

    static string Painted(TextPage page, Severity severity)
    {
        var word = $"{FindingText.Of(severity),-7}";
        return !page.Color ? word : severity switch { Severity.Error => $"\x1b[31m{word}\x1b[0m", Severity.Warning => $"\x1b[33m{word}\x1b[0m", _ => word };
    }
}
