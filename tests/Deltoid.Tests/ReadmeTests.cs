using Deltoid.Cli.Dev;

namespace Deltoid.Tests;

/// <summary>The examples of the README are run, and what it shows is what comes out (./deltoid dev readme writes it).</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void Examples_show_what_comes_out()
    {
        var readme = Repository.Read("README.md");
        Assert.Contains("$ ./deltoid code examples/b12-shot.json", readme, StringComparison.Ordinal);
        Assert.Equal(Readme.Refreshed(readme, Repository.Root), readme);
    }
}
