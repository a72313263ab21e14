namespace Deltoid.Tests;

/// <summary>Every claim of every edit's page has the findings that the page says, all of them and no others.</summary>
public sealed class PageTests
{
    public static TheoryData<string, int> Cases => EditPages.Names();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Holds(string page, int line)
    {
        var one = EditPages.Find(page, line);
        Assert.Equal(one.Findings, one.Run());
    }

    [Fact]
    public void The_clean_claim_is_clean() => Assert.Equal("", new PageCase("clean", 0, CleanClaim.Notation, "", "", "").Run());

    [Fact]
    public void No_finding_names_a_patient()
    {
        foreach (var one in EditPages.All) Assert.DoesNotContain("ZZMARKER", one.Run(), StringComparison.Ordinal);
    }
}
