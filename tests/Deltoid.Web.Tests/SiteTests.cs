using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Deltoid.Web.Tests;

/// <summary>
/// The site of static files: it answers as the command line does, without a network, and stays light.
/// </summary>
public sealed partial class SiteTests
{
    /// <summary>Bytes as they travel from a host that gzips: the engine with its book, and all beside it.</summary>
    const int MostEngine = 3 << 20, MostElse = 380_000;

    [Fact]
    public async Task The_engine_in_a_browser_answers_as_the_command_line_does_without_a_network()
    {
        await using var app = await MadeSite.Serve();
        Journey.Run("site.mjs", app.Urls.First() + "/",
            ("DELTOID_EXAMPLES", Path.Combine(Repository.Root, "examples")));
    }

    [Fact]
    public void The_first_visit_is_light()
    {
        // what a browser fetches in order to keep all of the site; pages come in one file
        using var list = JsonDocument.Parse(File.ReadAllText(Path.Combine(MadeSite.Folder, "files.json")));
        var files = list.RootElement.EnumerateArray().Select(static file => file.GetString()!)
            .Concat(["files.json", "sw.js"])
            .ToLookup(static file => file.StartsWith("engine/", StringComparison.Ordinal),
                static file => Travels(Path.Combine(MadeSite.Folder, file)));
        var (engine, others) = (files[true].Sum(), files[false].Sum());
        TestContext.Current.TestOutputHelper?.WriteLine($"engine {engine}, beside it {others}");
        Assert.InRange(engine, 1_000_000, MostEngine);
        Assert.InRange(others, 100_000, MostElse);
    }

    static long Travels(string file)
    {
        if (file.EndsWith('z')) return new FileInfo(file).Length; // packed already
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(File.ReadAllBytes(file));
        return packed.Length;
    }

    [GeneratedRegex("""\b(?:href|src|data-cases)="([^"#]+)(?:#[^"]*)?["]""")]
    private static partial Regex Led { get; }

    [GeneratedRegex("""<script(?![^>]*\bsrc=)|<style|\bstyle=|<[^>]*\son\w+=""")]
    private static partial Regex Inline { get; }

    [Fact]
    public void Every_link_leads_to_a_file_and_nothing_is_inline()
    {
        var faults = new List<string>();
        var pages = Directory.GetFiles(MadeSite.Folder, "*.html", SearchOption.AllDirectories);
        foreach (var page in pages)
        {
            var (html, name) = (File.ReadAllText(page), Path.GetRelativePath(MadeSite.Folder, page));
            if (Inline.IsMatch(html)) faults.Add($"{name}: {Inline.Match(html).Value}");
            foreach (Match link in Led.Matches(html))
            {
                var target = WebUtility.HtmlDecode(link.Groups[1].Value);
                if (target.StartsWith("http", StringComparison.Ordinal)) continue;
                if (!File.Exists(Path.Combine(Path.GetDirectoryName(page)!, target))) faults.Add($"{name}: {target}");
            }
        }
        Assert.True(pages.Length > 200, $"{pages.Length} pages");
        Assert.Empty(faults);
    }

    [Fact]
    public void Every_page_of_a_rule_has_its_cases_to_try()
    {
        var rules = Repository.Files("src/Deltoid/Edits", ".md")
            .Where(static file => !file.EndsWith("Edits.Shipped.md", StringComparison.Ordinal)).ToList();
        Assert.True(rules.Count > 50, $"{rules.Count} rules");
        foreach (var rule in rules)
        {
            var page = Path.Combine(MadeSite.Folder, "rules", Path.GetFileNameWithoutExtension(rule) + ".html");
            var buttons = File.ReadAllText(page).Split("data-case=").Length - 1;
            using var cases = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(page, ".json")));
            Assert.True(buttons > 0, rule);
            Assert.Equal(cases.RootElement.GetArrayLength(), buttons);
        }
    }
}
