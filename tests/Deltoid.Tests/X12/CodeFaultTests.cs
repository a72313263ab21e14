using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.X12;
using Deltoid.X12.Acknowledgments;
using Deltoid.X12.Claims;
using Deltoid.X12.Guides;

namespace Deltoid.Tests;

/// <summary>Each rule that is code: broken in a set that is right but for that, it is told where it says.</summary>
public sealed class CodeFaultTests
{
    [Fact]
    public void Every_rule_in_code_has_a_sample_that_fails()
    {
        var faults = new List<string>();
        foreach (var fault in CodeFaults.All)
        {
            var said = Try(fault);
            if (said.Length > 0) faults.Add($"{fault.Info.Id} {fault.Info.Name} ({fault.Guide}, {fault.What}): {said}");
        }
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    static string Try(CodeFault fault)
    {
        var said = Try(fault, Specimens.Of(fault.Guide));
        if (said != None) return said;
        foreach (var more in Specimens.More(fault.Guide))
            if (Try(fault, more) is var again && again != None) return again;
        return None;
    }

    const string None = "no specimen can have it";

    static string Try(CodeFault fault, Specimens specimens)
    {
        var said = None;
        foreach (var root in specimens.Family)
        {
            var text = new SpecimenText(specimens.Guide, root);
            if (fault.Break(text) is not { } at) continue;
            var found = X12Reading.Of(text.Bytes()).Findings;
            if (found.Exists(f => f.Info == fault.Info && f.Source.Segment == at.Ordinal
                && f.Source.Element == fault.Element && f.Source.Component == fault.Component
                && f.Source.ByteOffset == fault.Offset(at)))
                return "";
            said = $"expected at {at.Ordinal} {fault.Element}-{fault.Component} byte "
                + $"{fault.Offset(at)} of {at.Name}*{string.Join('*', at.Elements)}\n      "
                + $"{string.Join("\n      ", found.Take(5).Select(f => X12Reading.Text(f)))}";
        }
        return said;
    }

    /// <summary>One is about a TA1, which is in no set; one about a whole file, which its check follows.</summary>
    static readonly FindingInfo[] Unsaid =
        [AcknowledgmentFindings.InterchangeVerdict, ClaimContentFindings.NumberAgain];

    /// <summary>
    /// Every kind of finding that the readers of X12 have is shown by a row, by a rule in code, or by a hostile case.
    /// </summary>
    [Fact]
    public void Every_finding_has_a_sample()
    {
        var shown = new HashSet<FindingInfo>(CodeFaults.All.Select(static f => f.Info));
        foreach (var guide in GuideChecks.Guides)
            foreach (var fault in GuideFaults.Of(guide)) shown.Add(fault.Info);
        foreach (var info in HostileCases.Shown) shown.Add(info);
        var all = FindingHelp.OfX12;
        var open = all.Where(i => !shown.Contains(i) && !Array.Exists(Unsaid, u => u == i))
            .Select(static i => $"{i.Id} {i.Name}").ToList();
        Assert.True(open.Count == 0, string.Join("\n", open));
    }
}
