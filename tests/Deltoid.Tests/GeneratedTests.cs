using Deltoid.Pages;

namespace Deltoid.Tests;

/// <summary>No generated file is stale: what is committed is what <c>./write</c> would write.</summary>
public sealed class GeneratedTests
{
    [Fact]
    public void No_generated_file_is_stale()
    {
        var root = PageFiles.Root();
        var stale = Generated.Files(root).Prepend(Generated.Registration(root))
            .Where(static f => Generated.IsStale(f.Path, f.Text))
            .Select(f => $"{Path.GetRelativePath(root, f.Path)} is stale: run ./write").ToList();
        Assert.True(stale.Count == 0, string.Join('\n', stale));
    }
}
