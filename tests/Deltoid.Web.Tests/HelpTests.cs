using Deltoid.Findings;

namespace Deltoid.Web.Tests;

/// <summary>The pages of the library as HTML: all of them, and nothing in them runs.</summary>
public sealed class HelpTests
{
    [Fact]
    public void Every_page_of_an_edit_is_shown()
    {
        Assert.True(HelpPages.All.Count > 300, $"{HelpPages.All.Count} pages");
        var shown = HelpPages.All.Select(static info => (info.Name, Html: HelpPages.Html(info)))
            .Where(static p => p.Html.Length > 0).ToList();
        Assert.True(shown.Count > 100, $"{shown.Count} pages have a text");
        Assert.All(shown, static page =>
        {
            Assert.StartsWith("<h1>", page.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", page.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(" style=", page.Html, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Theory]
    [InlineData("<script>alert(1)</script>", "<script")]
    [InlineData("a <img src=x onerror=alert(1)> b", "<img")]
    [InlineData("<div style=\"color:red\">x</div>", "<div")]
    [InlineData("`<b>` and <b>bold</b>", "<b>")]
    public void Raw_html_stays_text(string markdown, string tag) =>
        Assert.DoesNotContain(tag, HelpPages.Of(markdown), StringComparison.Ordinal);

    [Theory]
    [InlineData("add-on-without-primary", true), InlineData("NCC0020", true), InlineData("ncc0020", true)]
    [InlineData("no-such-edit", false), InlineData("../../etc/passwd", false), InlineData("", false)]
    public void A_page_is_found_by_its_name_or_id_alone(string name, bool isThere) =>
        Assert.Equal(isThere, HelpPages.Find(name) is FindingInfo);
}
