using System.Text;
using Deltoid.Books;
using Deltoid.Edits;
using Deltoid.Findings;
using Deltoid.Results;
using Markdig;

namespace Deltoid.Web;

/// <summary>The page of every edit, as the library ships it: text in Markdown, shown as HTML.</summary>
static class HelpPages
{
    /// <summary>Tables, and no raw HTML: what a page writes between angle brackets stays text.</summary>
    static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();

    /// <summary>The finding with this name or id; null when there is none.</summary>
    public static FindingInfo? Find(string name) => FindingHelp.Find(name, Shipped.Edits);

    /// <summary>The page of a finding as HTML; empty when it has none.</summary>
    public static string Html(FindingInfo info)
    {
        var text = Books.Pages.Text(info.Name);
        if (text.Length == 0 && Shipped.Edits.Find(info.Id) is { } edit) text = Books.Pages.Text(edit.Info.Name);
        return text.Length == 0 ? "" : Of(text);
    }

    /// <summary>Markdown as HTML.</summary>
    public static string Of(string markdown) => Markdown.ToHtml(markdown, Pipeline);

    /// <summary>What is said of every finding of a kind: its severity, authority, what a payer answers.</summary>
    public static IReadOnlyList<(string Name, string Text)> Facts(FindingInfo info) =>
        [.. FindingHelp.Of(info, "").Facts.Select(static fact => (fact.Name, fact.Text))];

    /// <summary>All that have a page of their own, by group of their ids.</summary>
    public static IReadOnlyList<FindingInfo> All { get; } =
    [
        .. FindingHelp.All(Shipped.Edits).DistinctBy(static info => info.Name)
            .OrderBy(static info => info.Id, StringComparer.Ordinal),
    ];
}
