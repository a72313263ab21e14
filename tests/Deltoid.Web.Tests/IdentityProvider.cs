using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Deltoid.Web.Tests;

/// <summary>What an identity provider may say that is not so.</summary>
public enum Lie { None, OtherNonce, OtherClient, OtherKey, OtherIssuer, TooOld, NotSigned, NoSubject, Denied }

/// <summary>
/// An identity provider of OpenID Connect on a port of this machine: it asks nobody anything, and signs in whom the
/// test names. It checks client, secret and PKCE as the standard says (RFC 7636).
/// </summary>
sealed class IdentityProvider : IAsyncDisposable
{
    public const string Client = "deltoid", Secret = "the secret of the client";

    readonly RSA key = RSA.Create(2048), other = RSA.Create(2048);
    readonly Dictionary<string, (string Nonce, string Challenge, string Back)> codes = [];
    readonly WebApplication app;

    IdentityProvider(WebApplication app) => this.app = app;

    public string Url => app.Urls.First();

    /// <summary>Who signs in next.</summary>
    public string Subject { get; set; } = "subject-1";

    /// <summary>Whether it was by two factors.</summary>
    public bool HasSecondFactor { get; set; }

    public Lie Lie { get; set; }

    public static async Task<IdentityProvider> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var provider = new IdentityProvider(builder.Build());
        provider.app.Urls.Add("http://127.0.0.1:0");
        provider.Route();
        await provider.app.StartAsync();
        return provider;
    }

    void Route()
    {
        app.MapGet("/.well-known/openid-configuration", () => TypedResults.Text($$"""
            { "issuer": "{{Url}}", "authorization_endpoint": "{{Url}}/authorize", "token_endpoint": "{{Url}}/token",
              "jwks_uri": "{{Url}}/keys", "response_types_supported": ["code"], "subject_types_supported": ["public"],
              "id_token_signing_alg_values_supported": ["RS256"] }
            """, "application/json"));
        app.MapGet("/keys", () =>
        {
            var of = key.ExportParameters(false);
            return TypedResults.Text($$"""
                { "keys": [ { "kty": "RSA", "use": "sig", "kid": "1", "alg": "RS256",
                  "n": "{{Base64UrlEncoder.Encode(of.Modulus)}}", "e": "{{Base64UrlEncoder.Encode(of.Exponent)}}" } ] }
                """, "application/json");
        });
        app.MapGet("/authorize", Authorize);
        app.MapPost("/token", Token);
    }

    IResult Authorize(HttpRequest asked)
    {
        var (query, code) = (asked.Query, Guid.NewGuid().ToString("N"));
        var back = query["redirect_uri"].ToString();
        if (query["client_id"] != Client || query["code_challenge_method"] != "S256" || query["scope"] != "openid")
            return TypedResults.BadRequest();
        if (Lie == Lie.Denied)
            return TypedResults.Redirect(back + "?error=access_denied&state=" + Uri.EscapeDataString(query["state"]!));
        codes[code] = (query["nonce"].ToString(), query["code_challenge"].ToString(), back);
        return TypedResults.Redirect($"{back}?code={code}&state={Uri.EscapeDataString(query["state"]!)}");
    }

    async Task<IResult> Token(HttpRequest asked)
    {
        var form = await asked.ReadFormAsync();
        var verifier = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(
            form["code_verifier"].ToString())));
        if (!codes.Remove(form["code"].ToString(), out var given) || given.Challenge != verifier
            || given.Back != form["redirect_uri"] || form["client_id"] != Client || form["client_secret"] != Secret)
            return TypedResults.BadRequest();
        return TypedResults.Json(new { id_token = IdToken(given.Nonce), access_token = "x", token_type = "Bearer" });
    }

    string IdToken(string nonce)
    {
        var now = DateTime.UtcNow.AddHours(Lie == Lie.TooOld ? -2 : 0);
        List<Claim> claims = [new("nonce", Lie == Lie.OtherNonce ? "another" : nonce)];
        if (Lie != Lie.NoSubject) claims.Add(new("sub", Subject));
        claims.Add(new("amr", "pwd"));
        if (HasSecondFactor) claims.Add(new("amr", "mfa"));
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Lie == Lie.OtherIssuer ? "https://other.example" : Url,
            Audience = Lie == Lie.OtherClient ? "another" : Client, Subject = new(claims),
            IssuedAt = now, NotBefore = now, Expires = now.AddMinutes(5),
            SigningCredentials = Lie == Lie.NotSigned ? null : new(new RsaSecurityKey(Lie == Lie.OtherKey ? other : key)
            {
                KeyId = "1",
            }, SecurityAlgorithms.RsaSha256),
        });
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
        other.Dispose();
    }
}
