using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using Names = OpenIddict.Abstractions.OpenIddictConstants.Claims;
using CheckedTokens = OpenIddict.Validation.OpenIddictValidationEvents.ProcessAuthenticationContext;

namespace Deltoid.Web.Api;

/// <summary>
/// Access tokens for programs (OAuth 2.0, client credentials), made and read by OpenIddict. Programs are rows of their
/// practice; a token is sealed with the keys of the server, and each use asks whether its program is still let in.
/// </summary>
static class ApiTokens
{
    public const string Path = "/connect/token";

    static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public static void AddTokens(this IServiceCollection services)
    {
        services.AddOpenIddict().AddServer(static server =>
        {
            server.SetTokenEndpointUris(Path[1..]).AllowClientCredentialsFlow()
                .SetConfigurationEndpointUris(Array.Empty<string>())
                .SetJsonWebKeySetEndpointUris(Array.Empty<string>())
                .SetAccessTokenLifetime(Lifetime).RegisterScopes([.. Access.Scopes.Select(static s => s.Name)])
                // one name, by whatever address the server is reached; tokens are of this server alone
                .SetIssuer(new Uri("https://deltoid/"))
                .EnableDegradedMode() // programs are rows of ours: see ClientSecrets
                .AddEncryptionKey(new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32)))
                .AddSigningKey(new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)));
            // tokens are sealed with the keys of sessions, which all processes of a server share; those above are
            // asked for, and seal nothing
            server.UseDataProtection();
            server.UseAspNetCore().EnableTokenEndpointPassthrough().DisableTransportSecurityRequirement();
            server.AddEventHandler<ValidateTokenRequestContext>(static on => on.UseScopedHandler<ClientSecrets>());
        }).AddValidation(static validation =>
        {
            validation.UseLocalServer();
            validation.UseDataProtection();
            validation.UseAspNetCore();
            validation.AddEventHandler<CheckedTokens>(
                static on => on.UseScopedHandler<ClientInForce>().SetOrder(int.MaxValue));
        });
        services.AddSingleton<IAuthenticationSchemeProvider, OwnAddresses>(); // in the place of the usual one
        TokenMemory.Add(services);
        services.AddScopes();
    }

    public static void Map(WebApplication app) => app.MapPost(Path, Give).ForAnyProgram();

    /// <summary>The secret was right: the token names the program, its practice, and what it may ask.</summary>
    static async Task<IResult> Give(HttpContext context, PracticeDb db, TimeProvider clock)
    {
        var request = context.GetOpenIddictServerRequest()!;
        var now = clock.Now();
        if (await Programs.Find(db, request.ClientId ?? "", request.ClientSecret ?? "", now, context.RequestAborted)
            is not { } client)
            return Refused(Errors.InvalidClient, "The client or its secret is wrong, or it is not let in any more.");
        var own = client.Scopes.Split(' ');
        var asked = request.GetScopes().IsEmpty ? [.. own] : request.GetScopes();
        if (asked.Except(own).Any())
            return Refused(Errors.InvalidScope, "The client does not have this scope.");
        db.PersonId = client.PersonId;
        await db.Change(_ =>
        {
            db.Record(now, "token", $"program/{client.Id}", string.Join(' ', asked));
            return Task.FromResult(0);
        }, context.RequestAborted);
        var identity = new ClaimsIdentity(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, Names.Subject,
            Names.Role);
        identity.SetClaim(Names.Subject, Number(client.Id)).SetClaim(ClaimTypes.NameIdentifier, Number(client.PersonId))
            .SetClaim(Acting.PracticeClaim, Number(client.PracticeId)).SetScopes(asked)
            .SetDestinations(static _ => [Destinations.AccessToken]);
        var principal = new ClaimsPrincipal(identity);
        if (client.ExpiresAt - now < Lifetime) principal.SetAccessTokenLifetime(client.ExpiresAt - now);
        return TypedResults.SignIn(principal,
            authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    static string Number(long id) => id.ToString(CultureInfo.InvariantCulture);

    static IResult Refused(string error, string says) => TypedResults.Forbid(new(new Dictionary<string, string?>
    {
        [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
        [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = says,
    }), [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
}

/// <summary>
/// Who answers at an address of their own is asked there alone: where tokens are given, and where another program that
/// signs people in sends them back. OpenIddict would look at each request, which takes longer than most of them.
/// </summary>
sealed class OwnAddresses(IOptions<AuthenticationOptions> options, IHttpContextAccessor accessor)
    : AuthenticationSchemeProvider(options)
{
    public override Task<IEnumerable<AuthenticationScheme>> GetRequestHandlerSchemesAsync() =>
        accessor.HttpContext?.Request.Path is { } path && !path.StartsWithSegments(ApiTokens.Path)
        && path != ProviderRoutes.Back ? Task.FromResult<IEnumerable<AuthenticationScheme>>([])
            : base.GetRequestHandlerSchemesAsync();
}

/// <summary>Asks a program for its secret; who guesses waits, as who guesses a password.</summary>
sealed class ClientSecrets(PracticeDb db, Tries tries, TimeProvider clock, IHttpContextAccessor accessor)
    : OpenIddict.Server.IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public async ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        var (id, secret) = (context.ClientId ?? "", context.ClientSecret ?? "");
        var place = accessor.HttpContext!.Connection.RemoteIpAddress;
        if (tries.Wait(place, id) is { } wait)
        {
            Tries.Say(accessor.HttpContext.Response, wait);
            context.Reject(Errors.InvalidClient, "There were too many tries with a wrong secret.");
            return;
        }
        if (id.Length > 0 && secret.Length > 0
            && await Programs.Find(db, id, secret, clock.Now(), context.CancellationToken)
                is not null)
            return;
        tries.Wrong(place, id);
        context.Reject(Errors.InvalidClient, "The client or its secret is wrong, or it is not let in any more.");
    }
}

/// <summary>A token opens nothing from the moment at which its program is not let in any more.</summary>
sealed class ClientInForce(PracticeDb db, TimeProvider clock)
    : OpenIddict.Validation.IOpenIddictValidationHandler<CheckedTokens>
{
    public async ValueTask HandleAsync(CheckedTokens context)
    {
        if (context.AccessTokenPrincipal is { } principal && !await IsSo(db, principal, clock.Now(),
            context.CancellationToken))
            context.Reject(Errors.InvalidToken, "The program is not let in any more.");
    }

    /// <summary>Whether the program of a token is let in.</summary>
    public static async Task<bool> IsSo(PracticeDb db, ClaimsPrincipal token, DateTime now, CancellationToken stop)
    {
        var id = long.Parse(token.GetClaim(Names.Subject)!, CultureInfo.InvariantCulture);
        db.PracticeId = Acting.PracticeOf(token);
        return (await db.ApiClients.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, stop))?.IsInForce(now) == true;
    }
}
