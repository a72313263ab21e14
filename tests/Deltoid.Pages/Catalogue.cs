using System.Globalization;
using System.Text;
using Deltoid.Edits;
using Deltoid.Findings;

namespace Deltoid.Pages;

/// <summary>
/// Writes the two files that list the edits: their registration (<c>Shipped.cs</c>), from the names of the files in the
/// packs, and the catalogue of findings (<c>Edits.Shipped.md</c>), from the edits. Text in, text out; a test fails when
/// either is stale.
/// </summary>
internal static class Catalogue
{
    /// <summary>
    /// Findings that were shipped once and are no more: id, name and the day; the id is never used again.
    /// </summary>
    static readonly (string Id, string Name, string Retired)[] Retired = [];

    /// <summary>The source of <see cref="Shipped"/>.</summary>
    /// <param name="files">Paths below Edits/, with slashes: <c>Ncci/PairEdit.cs</c>. A class with a page of its name
    /// is an edit.</param>
    public static string Registration(IEnumerable<string> files)
    {
        var all = files.ToHashSet(StringComparer.Ordinal);
        var edits = new List<string>();
        foreach (var file in all)
        {
            var slash = file.LastIndexOf('/');
            if (slash < 0 || !file.EndsWith(".cs", StringComparison.Ordinal)) continue;
            var (pack, name) = (file[..slash], file[(slash + 1)..^3]);
            if (all.Contains($"{pack}/{PageOf(name)}.md")) edits.Add($"{pack.Replace('/', '.')}.{name}");
        }
        edits.Sort(StringComparer.Ordinal);
        var text = new StringBuilder("""
            namespace Deltoid.Edits;

            /// <summary>The edits that are shipped. Written by <c>./write</c>; a test fails when it is stale.</summary>
            internal static class Shipped
            {
                public static EditSet Edits { get; } = new(

            """);
        for (var i = 0; i < edits.Count; i++)
            text.Append("        new ").Append(edits[i]).Append(i + 1 < edits.Count ? "(),\n" : "());\n");
        return text.Append("}\n").ToString();
    }

    /// <summary>The table of all findings that edits make, by id.</summary>
    public static string Table(EditSet edits)
    {
        var rows = new List<string>();
        foreach (var edit in edits.Edits)
            foreach (var info in edit.Infos)
                rows.Add($"| {info.Id} | {info.Name} | {FindingText.Of(info.Severity)} | "
                    + $"{FindingText.Of(info.Outcome)} | {FindingText.Of(info.Citation.Authority)} | "
                    + $"{Since(info)} | {Thru(info)} |");
        foreach (var (id, name, day) in Retired) rows.Add($"| {id} | {name} | | | | | {day} |");
        rows.Sort(StringComparer.Ordinal);
        return "# Findings of the shipped edits\n\nWritten by `./write`. Ids are never changed and never "
            + "used again; `since` is the first service\ndate, empty for any.\n\n"
            + "| id | name | severity | outcome | authority | since | retired " + "|\n|---|---|---|---|---|---|---|\n"
            + string.Join('\n', rows) + "\n";
    }

    /// <summary>
    /// The page of an edit, without its ending: <c>NurseVisitWithInjection</c> has <c>nurse-visit-with-injection</c>.
    /// </summary>
    public static string PageOf(string className)
    {
        var text = new StringBuilder();
        foreach (var c in className)
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0) text.Append('-');
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }

    static string Since(FindingInfo info) =>
        info.Effective?.From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    static string Thru(FindingInfo info) =>
        info.Effective?.Thru?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
