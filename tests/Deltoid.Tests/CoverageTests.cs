using Deltoid.Books;
using Deltoid.Cli.Dev;

namespace Deltoid.Tests;

/// <summary>docs/coverage.md says what the pages show, no more and no less.</summary>
public sealed class CoverageTests
{
    static readonly Lazy<Coverage> Now = new(() => Coverage.Of(PageFiles.Root(), new PageRun(StarterBook.Open(), new Scrubber())));

    [Fact]
    public void The_page_is_not_stale() =>
        Assert.True(Now.Value.Text() == File.ReadAllText(Path.Combine(PageFiles.Root(), "docs", "coverage.md")), "docs/coverage.md is stale: run ./deltoid dev coverage");

    [Fact]
    public void Every_id_is_covered_or_explained() => Assert.Empty(Now.Value.Faults());
}
