using Deltoid.Results;
using Deltoid.X12;
using Deltoid.X12.Guides;

namespace Deltoid.Tests;

/// <summary>The list of what is checked of X12 is complete, and every row and kind in it can be explained.</summary>
public sealed class X12ChecksTests
{
    [Fact]
    public void No_row_is_open()
    {
        foreach (var guide in GuideChecks.Guides)
            Assert.Empty(GuideChecks.Rows(guide).Where(static r => r.Use.StartsWith('S') && r.Situation.Length == 0)
                .Select(static r => r.Id));
    }

    [Fact]
    public void Ids_of_kinds_are_unique_and_have_a_type()
    {
        var all = FindingHelp.OfX12.ToList();
        Assert.Empty(all.GroupBy(static i => i.Id).Where(static g => g.Count() > 1).Select(static g => g.Key));
        Assert.Empty(all.GroupBy(static i => i.Name).Where(static g => g.Count() > 1).Select(static g => g.Key));
        Assert.Empty(all.Select(static i => i.Id).Intersect(X12Findings.Retired));
        Assert.All(all, static i => Assert.Matches("^X120[0-9]{3}$", i.Id));
        Assert.All(all, static i => Assert.InRange(i.Snip, 1, 4));
    }

    [Theory]
    [InlineData("X12P1705", "2300 CLM", "element too many")]
    [InlineData("x12r1285", "2100 CAS05", "@carc")]
    [InlineData("X12P8044", "2300", "HL04=1")]
    [InlineData("X120101", "remittance-claim-balance", "adjustments")]
    [InlineData("FRM0001", "box-overflow", "characters")]
    public void Rows_rules_and_kinds_are_explained(string id, string where, string what)
    {
        var (exit, output, _) = CommandLine.Run("explain", id);
        Assert.Equal(0, exit);
        Assert.Contains(where, output, StringComparison.Ordinal);
        Assert.Contains(what, output, StringComparison.Ordinal);
    }
}
