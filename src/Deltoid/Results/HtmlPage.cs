using System.Globalization;
using System.Net;
using System.Text;

namespace Deltoid.Results;

/// <summary>One page of HTML that needs nothing else: headings, sentences, tables, and a plot of bars above its
/// table.</summary>
sealed class HtmlPage
{
    const int PlotWidth = 900, LabelWidth = 260, BarHeight = 18, Row = 26;

    const string Style = "body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 "
        + "1rem;color:#1c2530}table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}"
        + "th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid "
        + "#dde3ea}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}h1{font-size:1.4rem}h2{font-size:1.1rem}svg{max-width:100%;height:auto}svg text{fill:currentColor}"
        + ":root{color-scheme:light dark}@media(prefers-color-scheme:dark){body{background:#14181d;color:#dde3ea}"
        + "th,td{border-color:#39424d}}";

    /// <summary>The page loads nothing and runs nothing.</summary>
    const string Policy = "<meta http-equiv=\"Content-Security-Policy\" "
        + "content=\"default-src 'none'; style-src 'unsafe-inline'\">";

    readonly StringBuilder html = new();

    public HtmlPage(string title) =>
        html.Append(CultureInfo.InvariantCulture,
            $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">{Policy}<title>{Text(title)}"
                + $"</title><style>{Style}</style></head><body>\n<h1>{Text(title)}</h1>\n");

    public HtmlPage Sentence(string text)
    {
        html.Append(CultureInfo.InvariantCulture, $"<p>{Text(text)}</p>\n");
        return this;
    }

    /// <param name="numbers">Columns that hold numbers, from 0.</param>
    public HtmlPage Table(string title, string[] head, IEnumerable<string[]> rows, params int[] numbers)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>{Text(title)}</h2>\n");
        return Table(head, rows, numbers);
    }

    HtmlPage Table(string[] head, IEnumerable<string[]> rows, int[] numbers)
    {
        string Cells(string[] cells, string tag) =>
            string.Concat(cells.Select((cell,
                i) => $"<{tag}{(numbers.Contains(i) ? " class=\"n\"" : "")}>{Text(cell)}</{tag}>"));
        var all = rows.ToList();
        if (all.Count == 0) return Sentence("None.");
        html.Append("<table><thead><tr>").Append(Cells(head, "th")).Append("</tr></thead><tbody>\n");
        foreach (var row in all) html.Append("<tr>").Append(Cells(row, "td")).Append("</tr>\n");
        html.Append("</tbody></table>\n");
        return this;
    }

    /// <summary>Bars to the right, by their length; what is below zero is red and says so. The table below has the same
    /// rows.</summary>
    public HtmlPage Plot(string title, string[] head,
        IReadOnlyList<(string Label, long Value, string Shown, string[] Row)> bars, params int[] numbers)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>{Text(title)}</h2>\n");
        if (bars.Count == 0) return Sentence("None.");
        var most = Math.Max(1, bars.Max(static b => Math.Abs(b.Value)));
        html.Append(CultureInfo.InvariantCulture,
            $"<svg viewBox=\"0 0 {PlotWidth} {(bars.Count * Row) + 4}\" role=\"img\" "
                + $"aria-label=\"{Text(title)}\" font-family=\"system-ui,sans-serif\" font-size=\"13\">\n");
        for (var i = 0; i < bars.Count; i++)
        {
            var (label, value, shown, _) = bars[i];
            var (y, width) = ((i * Row) + 4, (long)(Int128.Abs(value) * (PlotWidth - LabelWidth - 130) / most));
            html.Append(CultureInfo.InvariantCulture,
                $"<text x=\"{LabelWidth - 8}\" y=\"{y + 13}\" text-anchor=\"end\">"
                    + $"{Text(label.Length <= 38 ? label : label[..37] + "…")}</text>");
            html.Append(CultureInfo.InvariantCulture,
                $"<rect x=\"{LabelWidth}\" y=\"{y}\" width=\"{Math.Max(1, width)}\" "
                    + $"height=\"{BarHeight}\" fill=\"{(value < 0 ? "#b3261e" : "#1f6feb")}\"/>");
            html.Append(CultureInfo.InvariantCulture,
                $"<text x=\"{LabelWidth + Math.Max(1, width) + 6}\" y=\"{y + 13}\">{Text(shown)}</text>\n");
        }
        html.Append("</svg>\n");
        return Table(head, bars.Select(static b => b.Row), numbers);
    }

    public override string ToString() => html + "</body></html>\n";

    static string Text(string text) => WebUtility.HtmlEncode(text);
}
