using System.Net;
using System.Text.RegularExpressions;
using Deltoid.Store.Model;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Web.Tests;

/// <summary>What a page makes a browser fetch, in the bytes that go over the wire.</summary>
public sealed partial class WeightTests
{
    const int MostScript = 120_000, MostStyle = 25_000;

    [GeneratedRegex("""<(script|link|img|iframe|source)\b[^>]*?\b(?:src|href)="([^"]*)"[^>]*>""")]
    private static partial Regex Fetched { get; }

    [GeneratedRegex("""\bfrom '([^']+)'|\bimport\(?'([^']+)'""")]
    private static partial Regex Imported { get; }

    [Fact]
    public async Task No_page_is_heavy_and_nothing_comes_from_elsewhere()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        await ChartedClaims.Chart(served, "b12-shot-billing");
        using var client = await RouteTests.Client(served, Role.Owner);
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");
        var sizes = new Dictionary<string, int>();
        var pages = served.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(static r => r.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
            .Select(static r => r.RoutePattern.RawText!).Where(static path => !path.Contains('{'))
            .Append("/claims/1").ToList();
        var shown = 0;
        foreach (var page in pages)
        {
            using var answer = await client.GetAsync(page, TestContext.Current.CancellationToken);
            if (answer.Content.Headers.ContentType?.MediaType != "text/html") continue;
            Assert.Empty(answer.Content.Headers.ContentEncoding); // a page holds secrets: its length must not tell them
            var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            if (!html.Contains("<html", StringComparison.Ordinal)) continue;
            shown++;
            var (script, style) = (0, 0);
            foreach (Match one in Fetched.Matches(html))
            {
                var path = WebUtility.HtmlDecode(one.Groups[2].Value);
                Assert.True(path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal),
                    $"{page} fetches {path}");
                var bytes = await Weigh(client, path, sizes);
                if (one.Groups[1].Value == "script") script += bytes;
                else if (one.Value.Contains("stylesheet", StringComparison.Ordinal)) style += bytes;
            }
            Assert.InRange(script, 1, MostScript);
            Assert.InRange(style, 1, MostStyle);
        }
        Assert.True(shown >= 10, $"{shown} pages");
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n',
            sizes.Select(static s => $"{s.Value,7} {s.Key}")));
    }

    /// <summary>The bytes of a file as it is sent, and of the modules that it imports.</summary>
    static async Task<int> Weigh(HttpClient client, string path, Dictionary<string, int> sizes)
    {
        if (sizes.TryGetValue(path, out var known)) return known;
        sizes[path] = 0; // modules may import each other
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("gzip", answer.Content.Headers.ContentEncoding);
        if (path.Contains("?v=", StringComparison.Ordinal))
            Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        var packed = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var bytes = packed.Length;
        using var unpacked = new StreamReader(new System.IO.Compression.GZipStream(new MemoryStream(packed),
            System.IO.Compression.CompressionMode.Decompress));
        if (path.Contains(".js", StringComparison.Ordinal))
            foreach (Match import in Imported.Matches(await unpacked.ReadToEndAsync(
                TestContext.Current.CancellationToken)))
                bytes += await Weigh(client, new Uri(new Uri(client.BaseAddress!, path),
                    import.Groups[1].Value + import.Groups[2].Value).PathAndQuery, sizes);
        return sizes[path] = bytes;
    }

    [Fact]
    public async Task A_file_that_the_browser_has_is_not_sent_again()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        using var client = await RouteTests.Client(served, null);
        using var first = await client.GetAsync("/deltoid.css", TestContext.Current.CancellationToken);
        Assert.True(first.Headers.CacheControl!.NoCache);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/deltoid.css");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        using var stale = await client.GetAsync("/deltoid.css?v=0", TestContext.Current.CancellationToken);
        Assert.True(stale.Headers.CacheControl!.NoCache); // a page of an earlier version may ask
    }
}
