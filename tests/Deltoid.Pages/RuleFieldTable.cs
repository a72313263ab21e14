using System.Text;
using Deltoid.PayerRules;

namespace Deltoid.Pages;

/// <summary>The fields that a payer rule may ask for, as tables of docs/payer-rules.md.</summary>
internal static class RuleFieldTable
{
    const string End = "<!-- end -->";

    /// <summary>
    /// The page with its tables as they are now: between <c>&lt;!-- rule fields claim --&gt;</c>, or <c>chart</c>, and
    /// <c>&lt;!-- end --&gt;</c>.
    /// </summary>
    public static string Refreshed(string page) => With(With(page, "claim", false), "chart", true);

    static string With(string page, string name, bool ofChart)
    {
        var begin = $"<!-- rule fields {name} -->";
        var from = page.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var to = page.IndexOf(End, from, StringComparison.Ordinal);
        var text = new StringBuilder(
            "\n| field | what it is | example | `is missing`, `is given` |\n|---|---|---|---|\n");
        foreach (var field in RuleFields.All.Where(f => f.IsOfChart == ofChart))
            text.Append($"| `{field.Word}` | {field.Says} | `{field.Example}` | ")
                .Append(field.CanBeMissing ? "yes |\n" : "no |\n");
        return page[..from] + text + page[to..];
    }
}
