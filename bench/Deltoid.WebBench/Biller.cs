using System.Net;
using Deltoid.Web;
using Microsoft.AspNetCore.Builder;

namespace Deltoid.WebBench;

/// <summary>A biller who has signed in, as a browser does.</summary>
static class Biller
{
    public static async Task<HttpClient> SignIn(WebApplication app)
    {
        var client = new HttpClient(new HttpClientHandler { CookieContainer = new(), AllowAutoRedirect = false })
        {
            BaseAddress = new(app.Urls.First()), Timeout = Timeout.InfiniteTimeSpan, // what is slow shall show
        };
        using var answer = await client.PostAsync("/sign-in", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["name"] = Sample.Biller, ["password"] = Sample.Password,
            ["__RequestVerificationToken"] = TokenOf(await client.GetStringAsync("/sign-in")),
        }));
        return answer.StatusCode == HttpStatusCode.Redirect && !answer.Headers.Location!.OriginalString
            .Contains("sign-in", StringComparison.Ordinal) ? client
            : throw new InvalidOperationException("the bench cannot sign in");
    }

    public static string TokenOf(string page) =>
        page.Split("name=\"__RequestVerificationToken\" value=\"")[1].Split('"')[0];
}
