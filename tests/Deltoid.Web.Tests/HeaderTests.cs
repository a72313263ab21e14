using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Deltoid.Store.Model;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Web.Tests;

/// <summary>What every answer bears, by TLS: of each route, of each kind of error, of each static file.</summary>
public sealed class HeaderTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_answer_bears_the_headers_that_keep_it_safe_and_every_cookie_is_of_this_host()
    {
        var folder = Directory.CreateTempSubdirectory("deltoid-tls").FullName;
        var certificate = Path.Combine(folder, "test.pfx");
        await File.WriteAllBytesAsync(certificate, Certificate(), Stop);
        await using var served = await ServedPractice.OpenWith(folder, "--Listen", "https://127.0.0.1:0",
            "--Kestrel:Certificates:Default:Path", certificate, "--Kestrel:Certificates:Default:Password", "test");
        await ChartedClaims.Chart(served, "b12-shot-billing");
        var cookies = new CookieContainer();
        using var client = new HttpClient(new HttpClientHandler
        {
            AllowAutoRedirect = false, CookieContainer = cookies,
            ServerCertificateCustomValidationCallback = static (_, _, _, _) => true,
        }) { BaseAddress = new(served.Url) };
        var seen = new List<string>();
        using (var form = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["name"] = Sample.Owner, ["password"] = Sample.Password,
                ["__RequestVerificationToken"] = await JobForms.Token(client, "/sign-in"),
            }))
        using (var entered = await client.PostAsync("/sign-in", form, Stop)) Check("POST /sign-in", entered, seen);
        Assert.All(cookies.GetAllCookies(), static cookie => Assert.True(cookie.Name.StartsWith("__Host-",
            StringComparison.Ordinal) && cookie is { Secure: true, HttpOnly: true, Path: "/" }, cookie.Name));
        Assert.True(cookies.Count >= 2, $"{cookies.Count} cookies");
        var routes = served.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
        foreach (var route in routes)
            foreach (var number in new[] { "1", "999999" })
            {
                var method = route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];
                var path = route.RoutePattern.RawText!.Replace("{id:long}", number, StringComparison.Ordinal)
                    .Replace("{section}", "patients", StringComparison.Ordinal);
                using var answer = await client.SendAsync(new(new(method), path), Stop);
                Check($"{method} {path}", answer, seen);
                var body = await answer.Content.ReadAsStringAsync(Stop);
                if (body.Contains("Example", StringComparison.Ordinal)
                    && body.Contains("1EG4TE5MK73", StringComparison.Ordinal))
                    Assert.True(answer.Headers.CacheControl?.NoStore, $"{path} shows a patient and may be kept");
            }
        foreach (var path in new[] { "/deltoid.css", "/keys.js", "/icon.svg", "/worker.js", "/not/here", "/claims/x" })
            Check(path, await client.GetAsync(path, Stop), seen);
        await served.InStore(static db => db.Database.ExecuteSqlRawAsync("DROP TABLE \"WorkCounts\"", Stop));
        Check("/worklist", await client.GetAsync("/worklist", Stop), seen);
        foreach (var status in new[] { "200", "302", "400", "404", "500" }) Assert.Contains(status, seen);
    }

    static void Check(string what, HttpResponseMessage answer, List<string> seen)
    {
        seen.Add(((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture));
        string Header(string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(' ', values) : "";
        void Has(string name, string part) => Assert.True(Header(name).Contains(part, StringComparison.Ordinal),
            $"{what} ({(int)answer.StatusCode}): {name}: {Header(name)}");
        Has("Strict-Transport-Security", "max-age=31536000");
        Has("X-Content-Type-Options", "nosniff");
        Has("Referrer-Policy", "no-referrer");
        Has("X-Frame-Options", "DENY");
        Has("Cross-Origin-Opener-Policy", "same-origin");
        foreach (var part in new[] { "default-src 'self'", "object-src 'none'", "base-uri 'none'",
            "frame-ancestors 'none'", "form-action 'self'",
            "require-trusted-types-for 'script'", "trusted-types deltoid" }) Has("Content-Security-Policy", part);
        Assert.DoesNotContain("'unsafe-", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("", Header("Server") + Header("X-Powered-By"));
        // chart systems ask for cards from pages of their own; nobody else does
        Assert.Equal(what.Contains(Cds.CdsRoutes.Path, StringComparison.Ordinal) ? "*" : "",
            Header("Access-Control-Allow-Origin"));
        if (!answer.Headers.TryGetValues("Set-Cookie", out var cookies)) return;
        foreach (var cookie in cookies.Select(static c => c.ToLowerInvariant()))
            Assert.True(cookie.StartsWith("__host-", StringComparison.Ordinal)
                && cookie.Contains("; secure", StringComparison.Ordinal)
                && cookie.Contains("; path=/;", StringComparison.Ordinal)
                && cookie.Contains("; httponly", StringComparison.Ordinal)
                && !cookie.Contains("; domain", StringComparison.Ordinal)
                && (cookie.Contains("; samesite=lax", StringComparison.Ordinal)
                    || cookie.Contains("; samesite=strict", StringComparison.Ordinal)), $"{what}: {cookie}");
    }

    static byte[] Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        return made.Export(X509ContentType.Pfx, "test");
    }
}
