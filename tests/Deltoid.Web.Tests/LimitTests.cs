using System.Net;

namespace Deltoid.Web.Tests;

/// <summary>Who asks too much waits, and nobody else does.</summary>
public sealed class LimitTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_and_a_practice_that_ask_too_much_wait_and_others_do_not()
    {
        const int Person = 60, Practice = 150;
        var folder = Directory.CreateTempSubdirectory("deltoid-limits").FullName;
        await using var served = await ServedPractice.OpenWith(folder,
            "--RequestsOfPerson", $"{Person}", "--RequestsOfPractice", $"{Practice}");
        using var bea = await Browsing.As(served.Url, Sample.Biller);
        using var omar = await Browsing.As(served.Url, Sample.Owner);
        using var mia = await Browsing.As(served.Url, Sample.Assistant);
        // tokens come back while it asks: one a second
        Assert.InRange(await Flood(bea), Person - 5, Person + 30);
        Assert.Equal(HttpStatusCode.OK, (await omar.Get("/help")).Status);
        Assert.InRange(await Flood(omar), Person - 5, Person + 30);
        // the practice has asked 120 or more: what is left of its 150 is for the third, who has asked nothing yet
        Assert.InRange(await Flood(mia), 5, Person + 30);
        using var nobody = new Browsing(served.Url, "127.0.0.7");
        Assert.Equal(HttpStatusCode.OK, (await nobody.Get("/help")).Status);
        await Task.Delay(2_500, Stop);
        Assert.Equal(HttpStatusCode.OK, (await bea.Get("/help")).Status); // by itself
    }

    /// <returns>How many were answered before one was not.</returns>
    static async Task<int> Flood(Browsing browsing)
    {
        for (var i = 0; i < 500; i++)
        {
            using var answer = await browsing.Send(HttpMethod.Get, "/help");
            if (answer.StatusCode == HttpStatusCode.OK) continue;
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
            Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
            Assert.Contains("Wait a minute", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
            return i;
        }
        return 500;
    }
}
