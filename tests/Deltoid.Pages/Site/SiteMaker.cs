using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Deltoid.Books;
using Deltoid.Edits;

namespace Deltoid.Pages.Site;

/// <summary>
/// Makes the site: a folder of static files with the engine, the screens that ask it, and the documentation.
/// </summary>
/// <param name="root">The repository.</param>
/// <param name="engine">The folder of the engine's files, as its publish wrote them.</param>
internal sealed class SiteMaker(string root, string engine)
{
    static readonly string[] Borrowed = ["deltoid.css", "ask.css", "lookup.css", "icon.svg"];

    readonly SiteFiles files = new();

    string Own => Path.Combine(root, "src", "Deltoid.Browser", "site");

    /// <summary>Writes the site into a folder, which it makes.</summary>
    public void Make(string folder)
    {
        var texts = Texts();
        List<SitePage> pages = [.. Screens(texts), .. texts];
        foreach (var page in pages)
        {
            files.AddPage(page.Path, SiteShell.Of(page));
            if (page.Cases.Length > 0) files.AddPage(page.CasesPath, page.Cases);
        }
        foreach (var name in Borrowed)
            files.Add(name, File.ReadAllBytes(Path.Combine(root, "src", "Deltoid.Web", "wwwroot", name)));
        foreach (var file in Directory.GetFiles(Own, "*", SearchOption.AllDirectories))
            if (Path.GetRelativePath(Own, file).Replace('\\', '/') is var name
                && name != "sw.js" && !name.StartsWith("pages/", StringComparison.Ordinal))
                files.Add(name, File.ReadAllBytes(file));
        foreach (var file in Examples) files.Add("examples/" + Path.GetFileName(file), File.ReadAllBytes(file));
        files.Add("rules.json", Rules(pages));
        files.AddEngine(engine);
        files.AddBook(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "starter.pack")));
        files.Write(folder, File.ReadAllText(Path.Combine(Own, "sw.js")));
    }

    IEnumerable<string> Examples => Directory.GetFiles(Path.Combine(root, "examples"))
        .Where(static file => Path.GetExtension(file) is ".json" or ".837").Order(StringComparer.Ordinal);

    List<SitePage> Texts()
    {
        var sources = SiteSources.Of(root);
        var text = new SiteText(sources.ToDictionary(static s => s.File, static s => s.Path));
        return [.. sources.Select(source => text.Of(source, File.ReadAllText(Path.Combine(root, source.File))))];
    }

    /// <summary>The pages of <c>site/pages</c>; their first line names title and module.</summary>
    IEnumerable<SitePage> Screens(List<SitePage> texts)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Own, "pages"), "*.html").Order(StringComparer.Ordinal))
        {
            var text = File.ReadAllText(file);
            var end = text.IndexOf('\n', StringComparison.Ordinal);
            var head = text[..end].Replace("<!--", "", StringComparison.Ordinal)
                .Replace("-->", "", StringComparison.Ordinal).Split('|', StringSplitOptions.TrimEntries);
            var name = Path.GetFileName(file);
            var html = text[(end + 1)..]
                .Replace("{examples}", ExampleLinks(name == "scrub.html"), StringComparison.Ordinal)
                .Replace("{release}", StarterBook.Version[..10], StringComparison.Ordinal)
                .Replace("{book}", StarterBook.Version, StringComparison.Ordinal)
                .Replace("{contents}", Contents(texts), StringComparison.Ordinal);
            yield return new(name, head[0], "", html) { Script = head[1] };
        }
    }

    string ExampleLinks(bool ofClaims) => string.Join('\n', Examples.Select(Path.GetFileName)
        .Where(name => name!.EndsWith(".837", StringComparison.Ordinal) == ofClaims)
        .Select(static name => $"  <li><a href=\"#{name}\">{Path.GetFileNameWithoutExtension(name)!.Replace('-', ' ')}"
            + "</a></li>"));

    static string Contents(List<SitePage> texts)
    {
        var html = new StringBuilder();
        foreach (var group in texts.GroupBy(static page => page.Group))
        {
            html.Append($"<section>\n<h2>{WebUtility.HtmlEncode(group.Key)}</h2>\n<ul>\n");
            foreach (var page in group)
                html.Append($"  <li><a href=\"{page.Path}\">{WebUtility.HtmlEncode(page.Title)}</a></li>\n");
            html.Append("</ul>\n</section>\n");
        }
        return html.ToString();
    }

    /// <summary>The page of each kind of finding, by its name and by its id.</summary>
    static string Rules(List<SitePage> pages)
    {
        var paths = pages.Select(static page => page.Path).ToHashSet(StringComparer.Ordinal);
        var all = new JsonObject();
        foreach (var edit in Shipped.Edits.Edits)
            foreach (var info in edit.Infos)
            {
                var path = paths.Contains($"rules/{info.Name}.html") ? $"rules/{info.Name}.html"
                    : $"rules/{edit.Info.Name}.html";
                if (!paths.Contains(path)) continue;
                all[info.Name] = path;
                all[info.Id] = path;
            }
        return all.ToJsonString();
    }
}
