using System.Globalization;
using System.Net;
using System.Text;

namespace Deltoid.Results;

/// <summary>
/// One page of HTML that needs nothing else: headings, sentences, lists, tables, and a plot of bars above its table.
/// It fits a phone and paper, follows the reader's light, dark or high contrast, and can be read by ear.
/// </summary>
sealed class HtmlPage
{
    const int Row = 44, BarHeight = 14, Baseline = 15, WidestBar = 700;

    /// <summary>A table with more columns keeps its width on a small screen and is moved sideways.</summary>
    const int MostNarrow = 3;

    /// <summary>Colours by name, light then dark; a test holds their contrast.</summary>
    internal const string Style = """
        :root{color-scheme:light dark;--ink:#1c2530;--paper:#fff;--soft:#55606d;--line:#c6ced8;--stripe:#f4f6f9;
        --bar:#1a5fb4;--bad:#a3161a}
        @media(prefers-color-scheme:dark){:root{--ink:#dfe5ec;--paper:#15191e;--soft:#a3afbc;--line:#3c4652;
        --stripe:#1c2228;--bar:#6ea8fe;--bad:#ff8a80}}
        @media(prefers-contrast:more){:root{--ink:#000;--soft:#000;--line:#000;--bar:#003a8c;--bad:#7a0000}}
        @media(prefers-contrast:more) and (prefers-color-scheme:dark){:root{--ink:#fff;--paper:#000;--soft:#fff;
        --line:#fff;--bar:#9ec5ff;--bad:#ffb3ad}}
        *{box-sizing:border-box}
        body{font:16px/1.55 system-ui,sans-serif;margin:0 auto;max-width:62rem;padding:1rem clamp(.75rem,4vw,2rem) 3rem;
        color:var(--ink);background:var(--paper);overflow-wrap:break-word}
        h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0}
        h2{font-size:1.15rem;line-height:1.3;margin:2.2rem 0 .4rem}
        p,ol,ul{max-width:70ch;margin:.5rem 0}
        li{margin:.25rem 0}
        .scroll{overflow-x:auto;margin:.5rem 0}
        .scroll:focus-visible{outline:3px solid var(--bar);outline-offset:2px}
        table{border-collapse:collapse;width:100%}
        table.wide{min-width:44rem}
        th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--line)}
        thead th{border-bottom:2px solid var(--soft)}
        tbody th{font-weight:600}
        tbody tr:nth-child(even){background:var(--stripe)}
        .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        dl{margin:.5rem 0;max-width:80ch}
        dt{font-weight:600;margin-top:.7rem}
        dd{margin:0;color:var(--soft)}
        svg{display:block;width:100%;max-width:44rem;margin:.6rem 0;font:14px system-ui,sans-serif}
        svg text{fill:var(--ink)}
        svg rect{fill:var(--bar)}
        svg rect.bad{fill:var(--bad)}
        @media(max-width:30rem){body{font-size:15px}th,td{padding:.35rem .4rem}}
        @media(forced-colors:active){svg text,svg rect,svg rect.bad{fill:CanvasText}}
        @media print{@page{margin:15mm}:root{--ink:#000;--paper:#fff;--soft:#333;--line:#888;--stripe:#fff;
        --bar:#444;--bad:#000}body{font-size:10.5pt;max-width:none;padding:0}h2{break-after:avoid;margin-top:1.4rem}
        thead{display:table-header-group}tr,dt,dd,svg{break-inside:avoid}.scroll{overflow:visible}
        table.wide{min-width:0}}
        """;

    /// <summary>The page loads nothing and runs nothing.</summary>
    const string Policy = "<meta http-equiv=\"Content-Security-Policy\" "
        + "content=\"default-src 'none'; style-src 'unsafe-inline'\">";

    readonly StringBuilder html = new();

    public HtmlPage(string title) =>
        html.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8">{Policy}
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <title>{Text(title)}</title>
            <style>
            {Style}
            </style></head><body><main>
            <h1>{Text(title)}</h1>

            """);

    public HtmlPage Heading(string text)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>{Text(text)}</h2>\n");
        return this;
    }

    public HtmlPage Sentence(string text)
    {
        html.Append(CultureInfo.InvariantCulture, $"<p>{Text(text)}</p>\n");
        return this;
    }

    /// <summary>Terms and what they mean.</summary>
    public HtmlPage Terms(string title, IEnumerable<(string Term, string Means)> terms)
    {
        Heading(title);
        html.Append("<dl>\n");
        foreach (var (term, means) in terms)
            html.Append(CultureInfo.InvariantCulture, $"<dt>{Text(term)}</dt><dd>{Text(means)}</dd>\n");
        html.Append("</dl>\n");
        return this;
    }

    /// <param name="numbers">Columns that hold numbers, from 0.</param>
    public HtmlPage Table(string title, string[] head, IEnumerable<string[]> rows, params int[] numbers) =>
        Heading(title).Rows(title, head, rows, numbers);

    HtmlPage Rows(string title, string[] head, IEnumerable<string[]> rows, int[] numbers)
    {
        var all = rows.ToList();
        if (all.Count == 0) return Sentence("None.");
        html.Append(CultureInfo.InvariantCulture,
            $"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{Text(title)}: table\">")
            .Append(head.Length > MostNarrow ? "<table class=\"wide\">" : "<table>").Append("<thead><tr>");
        for (var i = 0; i < head.Length; i++) Cell("th scope=\"col\"", head[i], numbers.Contains(i));
        html.Append("</tr></thead><tbody>\n");
        foreach (var row in all)
        {
            html.Append("<tr>");
            for (var i = 0; i < row.Length; i++)
                Cell(i == 0 ? "th scope=\"row\"" : "td", row[i], numbers.Contains(i));
            html.Append("</tr>\n");
        }
        html.Append("</tbody></table></div>\n");
        return this;
    }

    void Cell(string tag, string text, bool isNumber) =>
        html.Append(CultureInfo.InvariantCulture,
            $"<{tag}{(isNumber ? " class=\"n\"" : "")}>{Text(text)}</{tag[..2]}>");

    /// <summary>
    /// Bars by their length, each below its name and with its value at its end; what is below zero has
    /// another color and its sign. The table below has the same rows.
    /// </summary>
    public HtmlPage Plot(string title, string[] head,
        IReadOnlyList<(string Label, long Value, string Shown, string[] Row)> bars, params int[] numbers)
    {
        Heading(title);
        if (bars.Count == 0) return Sentence("None.");
        var most = Math.Max(1, bars.Max(static b => Math.Abs(b.Value)));
        html.Append(CultureInfo.InvariantCulture,
            $"<svg height=\"{bars.Count * Row}\" role=\"img\" "
                + $"aria-label=\"{Text(title)}: bars, with the same numbers as the table below\">\n");
        for (var i = 0; i < bars.Count; i++)
        {
            var (label, value, shown, _) = bars[i];
            var (y, tenths) = (i * Row, Math.Max(4, (long)(Int128.Abs(value) * WidestBar / most)));
            var width = string.Create(CultureInfo.InvariantCulture, $"{tenths / 10}.{tenths % 10}%");
            html.Append(CultureInfo.InvariantCulture, $"<text x=\"0\" y=\"{y + Baseline}\">{Text(Fitted(label))}</text>"
                + $"<rect x=\"0\" y=\"{y + Baseline + 6}\" width=\"{width}\" height=\"{BarHeight}\""
                + $"{(value < 0 ? " class=\"bad\"" : "")}/>"
                + $"<text x=\"{width}\" dx=\"6\" y=\"{y + Baseline + 6 + BarHeight - 2}\">{Text(shown)}</text>\n");
        }
        html.Append("</svg>\n");
        return Rows(title, head, bars.Select(static b => b.Row), numbers);
    }

    const int MostLabel = 80;

    static string Fitted(string label) => label.Length <= MostLabel ? label : label[..(MostLabel - 1)] + "…";

    public override string ToString() => html + "</main></body></html>\n";

    static string Text(string text) => WebUtility.HtmlEncode(Values.Shown.Of(text));
}
