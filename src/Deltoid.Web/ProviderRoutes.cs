using System.Security.Claims;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Deltoid.Web;

/// <summary>
/// Signing in by the identity provider of the clinic (OpenID Connect, code flow with PKCE). It proves who somebody is;
/// who may come in, and as what, stays with the practice: a person adds the account there to the account here, by
/// their password. Nobody is let in because the provider knows them.
/// </summary>
static class ProviderRoutes
{
    const string Scheme = "provider", Ticket = "provider-of-person";

    /// <summary>Where the provider sends people back.</summary>
    public const string Back = "/sign-in/provider/back";

    /// <summary>A person who has typed the password may go to the provider for so long.</summary>
    static readonly TimeSpan TicketLife = TimeSpan.FromMinutes(5);

    /// <summary>What the provider says of itself and of the person, as far as it is asked.</summary>
    const string Issuer = "iss", Subject = "sub", Methods = "amr", SecondFactor = "mfa";

    /// <summary>Why the provider cannot be asked as the settings say; null: it can, or there is none.</summary>
    public static string? Fault(ServeOptions options) => options.OidcAuthority is not { } authority ? null
        : !Uri.TryCreate(authority, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttps
            && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? "OidcAuthority is no address that begins with https://"
        : string.IsNullOrEmpty(options.OidcClient) ? "OidcClient is empty: write how the provider calls this program"
        : null;

    public static void Add(IServiceCollection services, ServeOptions options)
    {
        if (options.OidcAuthority is not { } authority) return;
        services.AddAuthentication().AddOpenIdConnect(Scheme, o =>
        {
            (o.Authority, o.ClientId, o.ClientSecret) = (authority, options.OidcClient, options.OidcSecret);
            o.RequireHttpsMetadata = !new Uri(authority).IsLoopback;
            (o.ResponseType, o.ResponseMode) = (OpenIdConnectResponseType.Code, OpenIdConnectResponseMode.Query);
            (o.UsePkce, o.SaveTokens, o.MapInboundClaims) = (true, false, false);
            (o.CallbackPath, o.SignInScheme) = (Back, IdentityConstants.ExternalScheme);
            o.ClaimActions.Clear(); // the default leaves out issuer and methods
            o.Scope.Clear();
            o.Scope.Add("openid"); // who somebody is; neither name nor address is needed
            // the answer comes by a link from another site: a cookie that is kept from such would be missing
            o.CorrelationCookie.SameSite = o.NonceCookie.SameSite = SameSiteMode.Lax;
            o.CorrelationCookie.SecurePolicy = o.NonceCookie.SecurePolicy = options.IsSecure
                ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            // the standard lets an answer over TLS go unsigned (OpenID Connect Core 3.1.3.7); this program does not
            o.Events.OnTokenValidated = static came =>
            {
                if (came.SecurityToken.SignatureAlgorithm is null or "" or "none") came.Fail("the answer is not signed");
                return Task.CompletedTask;
            };
            o.Events.OnRemoteFailure = static failed =>
            {
                failed.HandleResponse();
                failed.Response.Redirect("/sign-in/provider/done");
                return Task.CompletedTask;
            };
        });
    }

    public static void Map(WebApplication app, ServeOptions options)
    {
        if (options.OidcAuthority is null) return;
        app.MapGet("/sign-in/provider", static (string? back, HttpContext context) => Go(context,
            "/sign-in/provider/done" + (SignInRoutes.IsHere(back) ? QueryString.Create("back", back!) : default)))
            .ForEverybody();
        app.MapGet("/sign-in/provider/done", Enter).ForEverybody();
        app.MapPost("/account/provider", Begin).ForPeople();
        app.MapGet("/account/provider", Follow).ForPeople();
        app.MapGet("/account/provider/done", Link).ForPeople();
        app.MapPost("/account/provider/remove", Remove).ForPeople();
    }

    /// <summary>To the provider, and back to a page of this program.</summary>
    static async Task<IResult> Go(HttpContext context, string then)
    {
        try
        {
            await context.ChallengeAsync(Scheme, new() { RedirectUri = then });
            return TypedResults.Empty;
        }
        catch (InvalidOperationException) // what the provider says of itself could not be fetched
        {
            return SignInRoutes.Again(503, Away, null);
        }
    }

    const string Away = "The identity provider does not answer. Sign in with your name and password.",
        NotSaid =
            "The identity provider did not sign you in. Try again, or sign in with your name and password.",
        NotKnown =
            "Nobody here signs in by this account. Sign in with your name and password, and add it under My account.";

    /// <summary>Who the provider says has come; asked once.</summary>
    /// <returns>Issuer and subject; null where it says nothing.</returns>
    static async Task<(string Issuer, string Subject, bool HasSecondFactor)?> Answer(HttpContext context)
    {
        var answer = await context.AuthenticateAsync(IdentityConstants.ExternalScheme);
        await context.SignOutAsync(IdentityConstants.ExternalScheme);
        return answer.Principal is { } who && who.FindFirstValue(Issuer) is { Length: > 0 } issuer
            && who.FindFirstValue(Subject) is { Length: > 0 } subject
            ? (issuer, subject, who.HasClaim(Methods, SecondFactor)) : null;
    }

    static async Task<IResult> Enter([FromQuery] string? back, HttpContext context, Acting.SignIns signIns,
        Tries tries, ServeOptions options)
    {
        var from = context.Connection.RemoteIpAddress;
        if (tries.Wait(from, "") is { } wait) return SignInRoutes.Wait(context, wait, back);
        if (await Answer(context) is not var (issuer, subject, hasSecondFactor))
            return SignInRoutes.Again(401, NotSaid, back);
        hasSecondFactor |= options.OidcHasSecondFactor;
        signIns.Method = hasSecondFactor ? Sessions.ByProviderTwice : Sessions.ByProvider;
        var result = await signIns.ExternalLoginSignInAsync(issuer, subject, isPersistent: false,
            bypassTwoFactor: hasSecondFactor);
        if (result.RequiresTwoFactor) return SignInRoutes.ToSecond(back);
        if (result.Succeeded) return TypedResults.Redirect(SignInRoutes.IsHere(back) ? back! : "/");
        tries.Wrong(from, "");
        return SignInRoutes.Again(401, NotKnown, back);
    }

    /// <summary>The password is right: the page shows the way to the provider.</summary>
    static async Task<IResult> Begin([AsParameters] AccountRoutes.Mine mine, [FromForm] string? password,
        IDataProtectionProvider protection)
    {
        var person = await mine.Person();
        if (!await AccountRoutes.Confirm(mine, person, password))
            return await AccountRoutes.Again(mine, AccountRoutes.WrongPassword);
        return await AccountRoutes.Page(mine, "", "",
            TicketsOf(protection).Protect($"{person.Id}", TicketLife));
    }

    static ITimeLimitedDataProtector TicketsOf(IDataProtectionProvider protection) =>
        protection.CreateProtector(Ticket).ToTimeLimitedDataProtector();

    /// <summary>Whether this person has just typed the password.</summary>
    static bool IsOf(string? ticket, ClaimsPrincipal user, IDataProtectionProvider protection)
    {
        try
        {
            return ticket is not null && TicketsOf(protection).Unprotect(ticket) == $"{Acting.IdOf(user)}";
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return false; // it is too old, or none
        }
    }

    static async Task<IResult> Follow([FromQuery] string? ticket, HttpContext context,
        [FromServices] IDataProtectionProvider protection)
    {
        if (!IsOf(ticket, context.User, protection)) return TypedResults.Redirect("/account");
        return await Go(context, "/account/provider/done" + QueryString.Create("ticket", ticket!));
    }

    static async Task<IResult> Link([FromQuery] string? ticket, [AsParameters] AccountRoutes.Mine mine,
        IDataProtectionProvider protection, ServeOptions options)
    {
        if (!IsOf(ticket, mine.Context.User, protection)) return TypedResults.Redirect("/account");
        if (await Answer(mine.Context) is not var (issuer, subject, _))
            return await AccountRoutes.Again(mine, "The identity provider did not sign you in. Nothing was changed.");
        var person = await mine.Person();
        var result = await mine.Change("account of the identity provider added", () => mine.People.AddLoginAsync(person,
            new(issuer, subject, options.OidcName)));
        return result.Succeeded ? TypedResults.Redirect("/account?done=provider")
            : await AccountRoutes.Again(mine, "This account is in use here already. Nothing was changed.");
    }

    static async Task<IResult> Remove([AsParameters] AccountRoutes.Mine mine, [FromForm] string? password)
    {
        var person = await mine.Person();
        if (!await AccountRoutes.Confirm(mine, person, password))
            return await AccountRoutes.Again(mine, AccountRoutes.WrongPassword);
        await mine.Change("account of the identity provider removed", async () =>
        {
            foreach (var login in await mine.People.GetLoginsAsync(person))
                await mine.People.RemoveLoginAsync(person, login.LoginProvider, login.ProviderKey);
            return 0;
        });
        return TypedResults.Redirect("/account?done=removed");
    }
}
