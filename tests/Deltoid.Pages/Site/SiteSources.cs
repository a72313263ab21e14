namespace Deltoid.Pages.Site;

/// <summary>A page in Markdown that the site shows.</summary>
/// <param name="File">In the repository, with slashes.</param>
/// <param name="Path">In the site.</param>
/// <param name="HasCases">Its fences are cases of coding and scrubbing (<see cref="Page"/>).</param>
internal sealed record SiteSource(string File, string Path, string Group, bool HasCases);

/// <summary>Which pages of the repository become pages of the site, and under what heading.</summary>
internal static class SiteSources
{
    static readonly (string Folder, string Into, string Group, bool HasCases)[] Folders =
    [
        ("docs", "docs", "Documentation", false),
        ("src/Deltoid/Edits", "rules", "Rules that claims are checked by", true),
        ("docs/cases", "cases", "Situations and what to bill", true),
        ("src/Deltoid/Remits/Causes", "denials", "Denials and what to do", false),
        ("src/Deltoid/Remits/Payments", "payments", "Payments that do not fit", false),
        ("docs/x12-checks", "x12", "Checks of X12", false),
        ("docs/decisions", "decisions", "Decisions of the design", false),
    ];

    /// <summary>In the order of the contents.</summary>
    public static IReadOnlyList<SiteSource> Of(string root)
    {
        var all = new List<SiteSource> { new("README.md", "docs/start.html", Folders[0].Group, false) };
        foreach (var (folder, into, group, hasCases) in Folders)
            foreach (var file in FilesOf(Path.Combine(root, folder), into == "rules"))
            {
                var name = Path.GetFileNameWithoutExtension(file);
                var isPlain = name is "README" or "Edits.Shipped";
                all.Add(new(Path.GetRelativePath(root, file).Replace('\\', '/'),
                    $"{into}/{(name == "README" ? "index" : name.ToLowerInvariant())}.html", group,
                    hasCases && !isPlain));
            }
        return all;
    }

    static IEnumerable<string> FilesOf(string folder, bool isDeep) => Directory.Exists(folder)
        ? Directory.GetFiles(folder, "*.md", isDeep ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly)
            .OrderBy(static file => Path.GetFileName(file), StringComparer.Ordinal)
        : [];
}
