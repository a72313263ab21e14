using Deltoid.Pages;

namespace Deltoid.Tests;

/// <summary>Each rule is covered by a page, or the notes say why it is not.</summary>
public sealed class CoverageTests
{
    [Fact]
    public void Every_id_is_covered_or_explained() => Assert.Empty(Generated.CoverageOf(PageFiles.Root()).Faults());
}
