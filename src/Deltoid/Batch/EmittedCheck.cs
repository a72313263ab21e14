using Deltoid.Claims;
using Deltoid.Edits.Hipaa5010;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.X12;
using Deltoid.X12.Claims;

namespace Deltoid.Batch;

/// <summary>
/// Reads an 837 that was just written as its receiver would, and reports what is wrong by the fields that were written
/// for it.
/// </summary>
internal sealed class EmittedCheck
{
    readonly List<bool> ofVisit = [];
    readonly List<string> reported = [];

    /// <summary>A claim that goes into the file, in order.</summary>
    /// <param name="isOfVisit">It came from an encounter: its fields are named as they are there.</param>
    /// <param name="lost">Loops of kept segments that could not be written.</param>
    public void Expect(Claim claim, bool isOfVisit, IReadOnlyList<string> lost)
    {
        ofVisit.Add(isOfVisit);
        foreach (var loop in lost)
        {
            var problem = loop.StartsWith("24", StringComparison.Ordinal)
                ? "the claim has no such line: remove this entry, or give its loop the number of a line"
                : "the guide has no such loop: write it as 2300, 2320[2]/2330B or 2400[1]";
            reported.Add($"claim {ofVisit.Count}: /other, loop {loop}: {problem}");
        }
        if (!OtherPlanMismatch.Is(claim)) return;
        var field = PathOf("/statements/otherPlan", isOfVisit);
        const string Problem = "another health plan is stated and its loop 2320 is missing, or"
            + " it is there and denied; a claim carries it under other, in the loops 2320, 2320/2330A and 2320/2330B";
        reported.Add($"claim {ofVisit.Count}: {field}, box 11d: {Problem} [HIP0030]");
    }

    /// <summary>One sentence for each error; empty when a receiver would find none.</summary>
    public IReadOnlyList<string> Of(byte[] file)
    {
        var source = new ClaimSource(new MemoryStream(file));
        var findings = new FindingList();
        for (var number = 1; source.Read(findings) is { } claim; number++)
            Report(findings, claim, $"claim {number}", number <= ofVisit.Count && ofVisit[number - 1]);
        foreach (var (_, others) in source.Others) Report(others, new Claim(), "file", ofVisit.Contains(true));
        return reported;
    }

    void Report(FindingList findings, Claim claim, string subject, bool isOfVisit)
    {
        foreach (ref readonly var finding in findings.Span)
        {
            if (finding.Severity != Severity.Error) continue;
            var path = ClaimPaths.Of(finding);
            var isShared = path.StartsWith("--", StringComparison.Ordinal)
                || path.StartsWith("/billingProvider", StringComparison.Ordinal);
            var box = path.Length > 0 && Places.Box(finding.Place, claim.Setting) is { } item ? $", box {item}" : "";
            var field = path.Length > 0 ? $"{PathOf(path, isOfVisit)}{box}: " : "";
            var start = isShared ? "" : subject + ": ";
            var sentence =
                $"{start}{field}{Sentence.Of(finding, claim, GuideNames.NameOf)} [{GuideNames.RowOf(finding)}]";
            if (!reported.Contains(sentence)) reported.Add(sentence);
        }
    }

    /// <summary>
    /// The field that a finding of a claim's form is about, as it was written: a start for its sentence, empty where it
    /// is about none.
    /// </summary>
    public static string FieldOf(in Finding finding, Claim claim, bool isOfVisit) =>
        Places.Pointer(finding.Place, claim) is { Length: > 0 } path ? PathOf(path, isOfVisit) + ": " : "";

    /// <summary>
    /// A pointer into claim JSON as it is, or as the field of the encounter that fills it:
    /// <c>billing.billingProvider.name</c>.
    /// </summary>
    static string PathOf(string path, bool isOfVisit)
    {
        if (!isOfVisit || path.StartsWith("--", StringComparison.Ordinal)) return path;
        var steps = path[1..].Split('/');
        if (ClaimJson.IsOfBilling(steps[0])) return "billing." + string.Join('.', steps);
        if (steps[^1] == "charge") return "billing.charges"; // of the claim or of a line
        return steps[0] == "visitDate" ? "serviceDate" : path;
    }
}
