using System.Globalization;
using System.Net;
using System.Text;

namespace Deltoid.Results.Letters;

/// <summary>
/// A letter as one file of HTML that a person edits in the browser and prints: no script, no network. What a person
/// does before it is sent stands above it and is not printed.
/// </summary>
internal static class LetterHtml
{
    const string Style = """
        :root{color-scheme:light dark;--ink:#1c2530;--paper:#fff;--desk:#eef1f4;
        --line:#8a94a0;--note:#fff6dd;--edge:#b98900}
        @media(prefers-color-scheme:dark){
        :root{--ink:#e8ecf1;--paper:#1b2027;--desk:#101317;--line:#77818d;--note:#2d2714;--edge:#d9a62e}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--desk);color:var(--ink);font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
        main,aside{max-width:50rem;margin:1rem auto;padding:1.5rem clamp(1rem,5vw,4rem);background:var(--paper)}
        aside{background:var(--note);border:1px solid var(--edge);border-left-width:.4rem}
        aside h2{margin-top:0}
        main:focus-visible,.scroll:focus-visible{outline:3px solid var(--edge)}
        h1{font-size:1.45rem;line-height:1.25;margin:1.5rem 0 .5rem}
        h2{font-size:1.08rem;margin:1.6rem 0 .4rem;break-after:avoid}
        p,ul,ol,address{margin:.5rem 0;font-style:normal}
        li{margin:.2rem 0}
        .where{color:inherit;opacity:.85}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;width:100%;margin:.6rem 0}
        th,td{text-align:left;vertical-align:top;padding:.3rem .5rem;border:1px solid var(--line)}
        .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        tr{break-inside:avoid}
        .blank{display:flex;gap:.6rem;align-items:end;margin:1.1rem 0}
        .blank span{flex:1;border-bottom:1px solid currentColor;min-height:1.5em}
        @media(max-width:30rem){th,td{padding:.25rem .3rem;font-size:.88rem}}
        @media(forced-colors:active){aside{border-color:Mark}}
        @media print{:root{--ink:#000;--paper:#fff;--desk:#fff;--line:#555}
        aside{display:none}
        main{max-width:none;margin:0;padding:0}body{font-size:11pt}.scroll{overflow:visible}
        @page{size:letter;margin:1in}}
        """;

    public static string Of(Letter letter)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="referrer" content="no-referrer">
            <title>{Text(letter.Title)}</title>
            <style>
            {Style}
            </style></head><body>

            """);
        html.Append("<aside aria-labelledby=\"before\"><h2 id=\"before\">Before you send it</h2>\n"
            + "<p>This part is for the practice. It is not printed. Click into the letter to change its words."
            + "</p>\n<ul>\n");
        foreach (var item in letter.Before) html.Append("<li>").Append(Text(item)).Append("</li>\n");
        html.Append("</ul></aside>\n<main contenteditable=\"true\" spellcheck=\"true\" aria-label=\"The letter\">\n");
        var isTitled = false;
        foreach (var block in letter.Blocks)
        {
            if (block is LetterHeading && !isTitled)
            {
                isTitled = true;
                html.Append("<h1>").Append(Text(letter.Title)).Append("</h1>\n");
            }
            Write(html, block);
        }
        return html.Append("</main>\n</body></html>\n").ToString();
    }

    static void Write(StringBuilder html, LetterBlock block)
    {
        switch (block)
        {
            case LetterHeading heading: html.Append("<h2>").Append(Text(heading.Text)).Append("</h2>\n"); break;
            case LetterParagraph paragraph: html.Append("<p>").Append(Text(paragraph.Text)).Append("</p>\n"); break;
            case LetterLines lines:
                html.Append("<address>").AppendJoin("<br>", lines.Lines.Select(Text)).Append("</address>\n");
                break;
            case LetterBlank blank:
                html.Append("<p class=\"blank\">").Append(Text(blank.Label)).Append(": <span></span></p>\n");
                break;
            case LetterList list: Write(html, list); break;
            case LetterTable table: Write(html, table); break;
        }
    }

    static void Write(StringBuilder html, LetterList list)
    {
        var tag = list.IsNumbered ? "ol" : "ul";
        html.Append('<').Append(tag).Append(">\n");
        foreach (var item in list.Items)
        {
            html.Append("<li>").Append(Text(item.Text));
            if (item.Where.Length > 0)
                html.Append(" <span class=\"where\">(").Append(Text(item.Where)).Append(")</span>");
            html.Append("</li>\n");
        }
        html.Append("</").Append(tag).Append(">\n");
    }

    static void Write(StringBuilder html, LetterTable table)
    {
        html.Append("<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Table\"><table>\n");
        if (table.Head.Length > 0)
        {
            html.Append("<thead><tr>");
            for (var i = 0; i < table.Head.Length; i++)
                html.Append("<th scope=\"col\"").Append(ClassOf(table, i)).Append('>').Append(Text(table.Head[i]))
                    .Append("</th>");
            html.Append("</tr></thead>\n");
        }
        html.Append("<tbody>\n");
        foreach (var row in table.Rows)
        {
            html.Append("<tr>");
            for (var i = 0; i < row.Length; i++)
            {
                var tag = i == 0 ? "th" : "td";
                html.Append('<').Append(tag).Append(i == 0 ? " scope=\"row\"" : "").Append(ClassOf(table, i))
                    .Append('>').Append(Text(row[i])).Append("</").Append(tag).Append('>');
            }
            html.Append("</tr>\n");
        }
        html.Append("</tbody></table></div>\n");
    }

    static string ClassOf(LetterTable table, int column) =>
        Array.IndexOf(table.Numbers, column) >= 0 ? " class=\"n\"" : "";

    /// <summary>Escaped; what would steer a screen or turn the direction of the words is shown as a sign.</summary>
    static string Text(string text) => WebUtility.HtmlEncode(Values.Shown.Of(text));
}
