using System.Net;

namespace Deltoid.Pages.Site;

/// <summary>The page around every page.</summary>
internal static class SiteShell
{
    /// <summary>
    /// Scripts, styles and data come from the site alone, nothing is inline, and a form sends nothing: what is typed
    /// stays. The engine is WebAssembly, which has a word of its own.
    /// </summary>
    public const string Policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
        + "img-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; "
        + "form-action 'none'";

    static readonly (string Path, string Name)[] Screens =
    [
        ("ask.html", "Ask"), ("question.html", "Question"), ("note.html", "Note"), ("code.html", "Code"),
        ("scrub.html", "Scrub"), ("lookup.html", "Look up"), ("contents.html", "Read"),
    ];

    public static string Of(SitePage page)
    {
        var title = WebUtility.HtmlEncode(page.Title == "Deltoid" ? "Deltoid" : page.Title + " · Deltoid");
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8" />
            <meta http-equiv="Content-Security-Policy" content="{Policy}" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="referrer" content="no-referrer" />
            <title>{title}</title>
            {string.Join('\n', Styles(page).Select(name => StyleOf(page, name)))}
            <link rel="icon" href="{page.Up}icon.svg" />
            <link rel="manifest" href="{page.Up}site.webmanifest" />
            <script type="module" src="{page.Up}js/site.js"></script>
            {(page.Script.Length == 0 ? "" : $"<script type=\"module\" src=\"{page.Up}js/{page.Script}.js\"></script>")}
            </head>
            <body>
            <a class="skip" href="#main">Go to the content</a>
            <header>
            <a class="brand" href="{page.Up}index.html">Deltoid</a>
            <nav aria-label="Screens">{string.Concat(Screens.Select(screen => Link(page, screen)))}</nav>
            </header>
            <main id="main" tabindex="-1"{(page.Cases.Length == 0 ? "" : $" data-cases=\"{CasesOf(page)}\"")}>
            {Crumbs(page)}{(page.IsText ? $"<div class=\"text\">\n{page.Html}</div>" : page.Html)}
            </main>
            <footer><p id="offline" role="status"></p></footer>
            </body>
            </html>

            """;
    }

    static string StyleOf(SitePage page, string name) =>
        $"<link rel=\"stylesheet\" href=\"{page.Up}{name}.css\" />";

    static string CasesOf(SitePage page) => Path.GetFileName(page.CasesPath);

    /// <summary>The look of the application, and what the page's kind adds.</summary>
    static IEnumerable<string> Styles(SitePage page) => page.Script switch
    {
        "ask" or "code" or "note" or "try" => ["deltoid", "ask", "site"],
        "lookup" or "question" or "search" => ["deltoid", "lookup", "site"],
        _ => ["deltoid", "site"],
    };

    static string Link(SitePage page, (string Path, string Name) screen) =>
        $"<a href=\"{page.Up}{screen.Path}\"{(IsHere(page, screen.Path) ? " aria-current=\"page\"" : "")}>"
            + $"{screen.Name}</a>";

    static bool IsHere(SitePage page, string path) => page.Path == path || (path == "contents.html" && page.IsText);

    static string Crumbs(SitePage page) => !page.IsText ? "" : $"<p class=\"crumbs quiet\">"
        + $"<a href=\"{page.Up}contents.html\">Read</a> › {WebUtility.HtmlEncode(page.Group)}</p>\n";
}
