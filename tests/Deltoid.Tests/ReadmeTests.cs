namespace Deltoid.Tests;

/// <summary>
/// The README shows what the program writes; that what it shows comes out is held by <see cref="GeneratedTests"/>.
/// </summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_first_example_is_the_visit_of_the_introduction() =>
        Assert.Contains("$ ./deltoid code examples/b12-shot.json", Repository.Read("README.md"),
            StringComparison.Ordinal);
}
