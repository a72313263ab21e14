using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Deltoid.Store;
using Microsoft.AspNetCore.Routing;

namespace Deltoid.Web.Tests;

/// <summary>A program of others, as it asks the API.</summary>
sealed class ApiProgram : IDisposable
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    readonly HttpClient client;

    /// <summary>A route of programs: no form of a page is sent there.</summary>
    public static bool Asks(RouteEndpoint route) => route.RoutePattern.RawText is var path
        && (path!.StartsWith("/api", StringComparison.Ordinal) || path == Api.ApiTokens.Path
            || path.StartsWith(Cds.CdsRoutes.Path, StringComparison.Ordinal));

    ApiProgram(HttpClient client) => this.client = client;

    /// <summary>The token that it has.</summary>
    public string Bearer => client.DefaultRequestHeaders.Authorization!.Parameter!;

    /// <summary>A program without a token.</summary>
    public static ApiProgram Unknown(string url) => new(new() { BaseAddress = new(url) });

    /// <summary>A program that the practice lets in, with its token.</summary>
    public static async Task<ApiProgram> LetIn(ServedPractice served, long practice, params string[] scopes)
    {
        var (made, secret) = await served.InStore(db =>
        {
            db.PracticeId = practice;
            return Programs.Make(db, "EHR link", scopes, DateTime.UtcNow.AddDays(30), DateTime.UtcNow, Stop);
        });
        return await WithToken(served.Url, made.ClientId, secret);
    }

    public static async Task<ApiProgram> WithToken(string url, string id, string secret)
    {
        var program = Unknown(url);
        var (status, answer) = await program.Token(id, secret);
        Assert.Equal(HttpStatusCode.OK, status);
        program.client.DefaultRequestHeaders.Authorization =
            new("Bearer", answer.GetProperty("access_token").GetString());
        return program;
    }

    public async Task<(HttpStatusCode Status, JsonElement Answer)> Token(string id, string secret, string scope = "")
    {
        using var answer = await client.PostAsync("/connect/token", new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials", ["client_id"] = id, ["client_secret"] = secret,
                ["scope"] = scope,
            }), Stop);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Stop));
    }

    /// <summary>Sends a request with a body of JSON or X12; a change bears a key.</summary>
    public async Task<HttpResponseMessage> Send(string method, string path, string? body = null, string? key = null,
        string? version = null, string media = "application/json")
    {
        using var request = new HttpRequestMessage(new(method), path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8,
            new MediaTypeHeaderValue(media));
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (version is not null) request.Headers.TryAddWithoutValidation("If-Match", version);
        return await client.SendAsync(request, Stop);
    }

    /// <summary>The answer as JSON, with its status.</summary>
    public async Task<(int Status, JsonElement Json)> Ask(string method, string path, string? body = null,
        string? key = null, string? version = null, string media = "application/json")
    {
        using var answer = await Send(method, path, body, key, version, media);
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Stop));
    }

    public void Dispose() => client.Dispose();
}
