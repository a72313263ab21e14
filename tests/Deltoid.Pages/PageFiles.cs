namespace Deltoid.Pages;

/// <summary>Where the pages and the tables of the coverage page stand in the repository.</summary>
internal static class PageFiles
{
    /// <summary>The repository that holds the working directory or the program.</summary>
    /// <exception cref="DirectoryNotFoundException">Neither lies in the repository.</exception>
    public static string Root()
    {
        foreach (var start in (string[])[Directory.GetCurrentDirectory(), AppContext.BaseDirectory])
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
                if (File.Exists(Path.Combine(folder.FullName, "Deltoid.slnx"))) return folder.FullName;
        throw new DirectoryNotFoundException("this command works inside a clone of the repository");
    }

    /// <summary>The pages of cases, docs/cases/*.md, in order of their names.</summary>
    public static IReadOnlyList<Page> Cases(string root) => Read(Path.Combine(root, "docs", "cases"));

    /// <summary>The pages of the edits, beside the edits.</summary>
    public static IReadOnlyList<Page> Edits(string root) => Read(Path.Combine(root, "src", "Deltoid", "Edits"));

    /// <summary>The text of a file of examples/.</summary>
    public static string Example(string file) => File.ReadAllText(Path.Combine(Root(), "examples", file.Trim()));

    static List<Page> Read(string folder)
    {
        if (!Directory.Exists(folder)) return [];
        var files = Directory.GetFiles(folder, "*.md", SearchOption.AllDirectories)
            .Where(f => Path.GetFileNameWithoutExtension(f) is not ("README" or "Edits.Shipped"));
        return [.. files.Order(StringComparer.Ordinal)
                .Select(f => Page.Read(Path.GetFileNameWithoutExtension(f), File.ReadAllText(f)))];
    }
}
