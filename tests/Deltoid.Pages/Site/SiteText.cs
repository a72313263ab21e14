using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Helpers;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Deltoid.Pages.Site;

/// <summary>Makes HTML of the repository's pages: links lead within the site, cases get a button to try them.</summary>
/// <param name="pathOf">Where a file of the repository is in the site.</param>
internal sealed partial class SiteText(IReadOnlyDictionary<string, string> pathOf)
{
    /// <summary>No raw HTML: what a page writes between angle brackets stays text.</summary>
    static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables()
        .UseAutoIdentifiers(AutoIdentifierOptions.GitHub).DisableHtml().Build();

    /// <summary>The page of a source.</summary>
    /// <param name="text">Its Markdown.</param>
    public SitePage Of(SiteSource source, string text)
    {
        var document = Markdown.Parse(Remarks().Replace(text, ""), Pipeline);
        var title = source.File == "README.md" ? "Start here"
            : document.Descendants<HeadingBlock>().FirstOrDefault() is { Inline: { } inline } ? PlainOf(inline)
            : Path.GetFileNameWithoutExtension(source.File);
        var page = new SitePage(source.Path, title, source.Group, "") { IsText = true };
        foreach (var link in document.Descendants<LinkInline>().ToList()) Lead(link, source, page);
        var cases = source.HasCases ? Page.Read(Path.GetFileNameWithoutExtension(source.File), text).Cases : [];
        AddButtons(document, cases);
        return page with
        {
            Html = Tidy(Render(document)),
            Cases = cases.Count == 0 ? "" : SiteCases.Of(cases), Script = cases.Count == 0 ? "" : "try",
        };
    }

    /// <summary>What the generator of an output notes above it: for us, and not for readers.</summary>
    [GeneratedRegex(@"^<!--.*?-->\n", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Remarks();

    static string PlainOf(ContainerInline inline) => string.Concat(inline.Descendants().Select(static one => one switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        _ => "",
    }));

    /// <summary>
    /// A link into the repository leads to that page of the site; where the site has none, it is text.
    /// </summary>
    void Lead(LinkInline link, SiteSource source, SitePage page)
    {
        var url = link.Url ?? "";
        if (url.StartsWith('#')) return;
        if (url.Contains("://", StringComparison.Ordinal) && !link.IsImage) return;
        var (path, place) = url.IndexOf('#', StringComparison.Ordinal) is >= 0 and var sign
            ? (url[..sign], url[sign..]) : (url, "");
        var file = Resolve(source.File, path);
        if (!link.IsImage && pathOf.TryGetValue(file, out var target)) link.Url = page.Up + target + place;
        else link.ReplaceBy(new ContainerInline());
    }

    static string Resolve(string from, string path)
    {
        var steps = from.Split('/')[..^1].ToList();
        foreach (var step in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            if (step == ".." && steps.Count > 0) steps.RemoveAt(steps.Count - 1);
            else if (step != ".") steps.Add(step);
        return string.Join('/', steps);
    }

    /// <summary>A button below the fences of each case.</summary>
    static void AddButtons(MarkdownDocument document, List<PageCase> cases)
    {
        var next = 0;
        for (var i = 0; i < document.Count && next < cases.Count; i++)
        {
            if (document[i] is not FencedCodeBlock fence || fence.Info != cases[next].Kind
                || fence.Lines.ToString() != cases[next].Input) continue;
            while (i + 1 < document.Count && document[i + 1] is FencedCodeBlock more && IsOf(more, cases, next)) i++;
            document.Insert(++i, new HtmlBlock(null)
            {
                Lines = new StringLineGroup($"<p class=\"try\"><button type=\"button\" data-case=\"{next}\" disabled>"
                    + "Try it</button></p>"),
            });
            next++;
        }
    }

    /// <summary>A fence right below belongs to the case, unless it opens the next.</summary>
    static bool IsOf(FencedCodeBlock fence, List<PageCase> cases, int here) => here + 1 >= cases.Count
        || fence.Info != cases[here + 1].Kind || fence.Lines.ToString() != cases[here + 1].Input;

    static string Render(MarkdownDocument document)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var renderer = new HtmlRenderer(text);
        Pipeline.Setup(renderer);
        renderer.Render(document);
        return text.ToString();
    }

    /// <summary>A wide table scrolls in a box that keys can reach; a head without words is no head.</summary>
    static string Tidy(string html) => html
        .Replace("<table>", "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table>",
            StringComparison.Ordinal)
        .Replace("</table>", "</table></div>", StringComparison.Ordinal)
        .Replace("<th></th>", "<td></td>", StringComparison.Ordinal);
}
