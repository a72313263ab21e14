using Deltoid.Books;
using Deltoid.Edits;

namespace Deltoid.Pages;

/// <summary>Every file of the repository that is generated, as it should be now.</summary>
internal static class Generated
{
    /// <summary>
    /// The registration of the edits. What is in it must be compiled before the other files can be made.
    /// </summary>
    public static (string Path, string Text) Registration(string root)
    {
        var folder = Path.Combine(root, "src", "Deltoid", "Edits");
        var files = Directory.GetFiles(folder, "*.*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/'));
        return (Path.Combine(folder, "Shipped.cs"), Catalogue.Registration(files));
    }

    /// <summary>
    /// All other files, each with its path; made one by one, since the page of coverage runs every case.
    /// </summary>
    public static IEnumerable<(string Path, string Text)> Files(string root)
    {
        var docs = Path.Combine(root, "docs");
        yield return (Path.Combine(root, "src", "Deltoid", "Edits", "Edits.Shipped.md"),
            Catalogue.Table(Shipped.Edits));
        yield return (Path.Combine(root, "src", "Deltoid", "Asking", "wish-weights.tsv"), WishLearning.Table(root));
        yield return (Path.Combine(root, "src", "Deltoid", "Notes", "giving-weights.tsv"), GivingLearning.Table(root));
        yield return (Path.Combine(docs, "coverage.md"), CoverageOf(root).Text());
        foreach (var (name, text) in X12Checks.Files()) yield return (Path.Combine([docs, .. name.Split('/')]), text);
        foreach (var file in SchemaFiles.Of(root)) yield return file;
        var letters = Path.Combine(docs, "letters.md");
        yield return (letters, LetterExamples.Refreshed(File.ReadAllText(letters)));
        var rules = Path.Combine(docs, "payer-rules.md");
        yield return (rules, Readme.Refreshed(RuleFieldTable.Refreshed(File.ReadAllText(rules)), root));
        var readme = Path.Combine(root, "README.md");
        yield return (readme, Readme.Refreshed(File.ReadAllText(readme), root));
    }

    /// <summary>What the pages cover, by running each of their cases.</summary>
    public static Coverage CoverageOf(string root) =>
        Coverage.Of(root, new PageRun(StarterBook.Open(), new Scrubber()));

    public static bool IsStale(string path, string text) => !File.Exists(path) || File.ReadAllText(path) != text;
}
