using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Deltoid.Pages.Site;

/// <summary>The index of the search: of each page its title and its words, each once.</summary>
internal static partial class SiteIndex
{
    const int ShortestWord = 2;

    public static string Of(IEnumerable<SitePage> pages)
    {
        var all = new JsonArray();
        foreach (var page in pages.Where(static page => page.Group.Length > 0))
            all.Add((JsonNode)new JsonObject
            {
                ["path"] = page.Path, ["title"] = page.Title, ["group"] = page.Group,
                ["words"] = string.Join(' ', WordsOf(page.Text)),
            });
        return all.ToJsonString();
    }

    static IEnumerable<string> WordsOf(string text) => Word().Matches(text.ToLowerInvariant())
        .Select(static match => match.Value.Trim('.', '-')).Where(static word => word.Length >= ShortestWord)
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"[\p{L}\p{N}.-]+")]
    private static partial Regex Word();
}
