using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Deltoid.Web.Tests;

/// <summary>A developer follows the page on CDS Hooks: each step answers what it says.</summary>
[Collection(nameof(SharedPractice))]
public sealed partial class CdsPageTests(SharedPractice shared)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_step_answers_what_the_page_says()
    {
        using var client = new HttpClient { BaseAddress = new((await shared.On(Ground.Sqlite)).Url) };
        var steps = Step().Matches(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs/cds-hooks.md"),
            Stop));
        Assert.True(steps.Count >= 3);
        foreach (Match step in steps)
        {
            using var asked = new HttpRequestMessage(HttpMethod.Get, step.Groups[1].Value);
            if (step.Groups[2].Success)
            {
                var body = await File.ReadAllTextAsync(Path.Combine(Repository.Root, step.Groups[2].Value), Stop);
                asked.Method = HttpMethod.Post;
                asked.Content = new StringContent(body, Encoding.UTF8, "application/json");
            }
            using var answer = await client.SendAsync(asked, Stop);
            var text = await answer.Content.ReadAsStringAsync(Stop);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
            Assert.Contains(step.Groups[3].Value, text);
        }
    }

    [GeneratedRegex("curl -s http://127.0.0.1:5080(/[^ \n]+)(?:[^\n]*--data @([^ \n]+))?\n +```\n[^`]*`([^`]+)`")]
    private static partial Regex Step();
}
