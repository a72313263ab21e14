using Deltoid.Batch;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.X12;

namespace Deltoid.Cli;

/// <summary>Reads an 837 that was just written as its receiver would, and tells what is wrong by the fields of claim JSON.</summary>
static class EmittedCheck
{
    /// <summary>One sentence for each error; empty when a receiver would find none.</summary>
    public static List<string> Of(byte[] file)
    {
        var told = new List<string>();
        var source = new ClaimSource(new MemoryStream(file));
        var findings = new FindingList();
        for (var number = 1; source.Read(findings) is { } claim; number++) Tell(findings, claim, $"claim {number}", told);
        foreach (var (_, others) in source.Others) Tell(others, new Claim(), "file", told);
        return told;
    }

    static void Tell(FindingList findings, Claim claim, string subject, List<string> told)
    {
        foreach (ref readonly var finding in findings.Span)
        {
            if (finding.Severity != Severity.Error) continue;
            var path = ClaimPaths.Of(finding);
            var sentence = $"{(path.StartsWith("--", StringComparison.Ordinal) || path.StartsWith("/billingProvider", StringComparison.Ordinal) ? "" : subject + ": ")}{(path.Length > 0 ? path + ": " : "")}{Sentence.Of(finding, claim, GuideNames.NameOf)} [{GuideNames.RowOf(finding)}]";
            if (!told.Contains(sentence)) told.Add(sentence);
        }
    }
}
