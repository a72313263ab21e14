namespace Deltoid.Tests;

/// <summary>
/// X12 files that nobody here wrote, where they stand in ../shared/corpus beside the clone; they are not part of the
/// repository.
/// </summary>
internal static class Corpus
{
    public static string Folder { get; } = Path.Combine(Path.GetDirectoryName(Repository.Root)!, "shared", "corpus");

    /// <summary>Skips the test where they are not there.</summary>
    public static void Need() =>
        Assert.SkipUnless(Directory.Exists(Folder), "the X12 corpus is not beside this clone (../shared/corpus)");
}
