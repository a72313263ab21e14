using Deltoid.Pages;

namespace Deltoid.Tests;

/// <summary>
/// Every case of every page, in docs/cases and beside the edits, is run: what a page says is what the program does.
/// </summary>
public sealed class CasePageTests
{
    static PageRun Runner => EditPages.Runner;

    static readonly Lazy<IReadOnlyList<Page>> Pages = new(() =>
        [.. PageFiles.Cases(PageFiles.Root()), .. EditPages.Pages]);

    /// <summary>Page, ordinal of the case, and its heading for the list of tests.</summary>
    public static TheoryData<string, int, string> Cases()
    {
        var data = new TheoryData<string, int, string>();
        foreach (var page in Pages.Value)
            for (var i = 0; i < page.Cases.Count; i++) data.Add(page.Name, i, page.Cases[i].Name);
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Holds(string page, int ordinal, string heading)
    {
        var one = Pages.Value.Single(p => p.Name == page).Cases[ordinal];
        string fault;
        lock (Runner) fault = Runner.Judge(one); // the runner has one scrubber, which serves one worker
        if (fault.Length > 0) Assert.Fail($"{page}: {heading}\n{fault}");
    }

    [Fact]
    public void The_clean_claim_is_clean_and_no_finding_names_its_patient()
    {
        lock (Runner)
        {
            Assert.Equal("", Runner.Judge(Page.Read("clean", "# Clean\n```claim\n```\n").Cases[0]));
            foreach (var one in EditPages.All)
                Assert.DoesNotContain("ZZMARKER", Runner.Print(Runner.Run(one), "findings"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_example_has_its_case()
    {
        var shown = Pages.Value.SelectMany(p => p.Cases).Where(c => c.Kind == "example").Select(c => c.Input.Trim());
        Assert.Equal(Directory.GetFiles(Path.Combine(PageFiles.Root(), "examples"), "*.json").Select(Path.GetFileName)
                .Order(), shown.Order());
    }

    [Theory]
    [InlineData("# Page\n```recipe\n```\n", "is not a fence")]
    [InlineData("# Page\n```lines\n```\n", "without a case")]
    [InlineData("# Page\n```change\n```\n", "needs an encounter")]
    [InlineData("# Page\n```encounter\n{}\n", "not closed")]
    public void A_page_that_does_not_follow_the_grammar_is_refused(string text, string fault) =>
        Assert.Contains(fault, Assert.Throws<FormatException>(() => Page.Read("page", text)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_case_without_expectations_fails()
    {
        var page = Page.Read("page", "# Page\n```example\nb12.json\n```\n");
        lock (Runner) Assert.Contains("states nothing", Runner.Judge(page.Cases[0]), StringComparison.Ordinal);
    }
}
