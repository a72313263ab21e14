using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Deltoid.Store;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Validation.AspNetCore;

namespace Deltoid.Web.Api;

/// <summary>
/// Who asks with an access token. OpenIddict reads it, which takes a fifth of what it takes to chart a visit: so what it
/// read is remembered for a few minutes, by a hash of the token. Whether the program is still let in is asked each time.
/// </summary>
sealed class TokenMemory(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger,
    UrlEncoder encoder, TokenMemory.Known known, PracticeDb db, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    const string Reader = OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme;

    /// <summary>What was read of tokens, by their hashes.</summary>
    public sealed class Known
    {
        /// <summary>Programs have a token each; who sends more is read again.</summary>
        const int Most = 1_000;

        static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

        readonly ConcurrentDictionary<string, (ClaimsPrincipal Program, DateTimeOffset Until)> tokens =
            new(StringComparer.Ordinal);

        public ClaimsPrincipal? Of(string hash, DateTimeOffset now) =>
            tokens.TryGetValue(hash, out var one) && now < one.Until ? one.Program : null;

        /// <summary>No longer than the token is in force.</summary>
        public void Keep(string hash, ClaimsPrincipal program, DateTimeOffset now)
        {
            if (tokens.Count >= Most) tokens.Clear();
            var end = program.GetExpirationDate() ?? now;
            tokens[hash] = (program, end < now + Long ? end : now + Long);
        }
    }

    public static void Add(IServiceCollection services) => services.AddSingleton<Known>().AddAuthentication()
        .AddScheme<AuthenticationSchemeOptions, TokenMemory>(ApiAccess.Scheme, static _ => { });

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization is not [{ Length: > 0 } sent]) return AuthenticateResult.NoResult();
        var (hash, now) = (Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(sent))), clock.GetUtcNow());
        if (known.Of(hash, now) is { } program && await ClientInForce.IsSo(db, program, now.UtcDateTime,
            Context.RequestAborted))
            return AuthenticateResult.Success(new(program, Scheme.Name));
        await Begin();
        var read = await Context.AuthenticateAsync(Reader);
        if (read is { Succeeded: true, Principal: { } of }) known.Keep(hash, of, now);
        return read;
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await Begin();
        await Context.AuthenticateAsync(Reader); // so that it knows what was wrong
        await Context.ChallengeAsync(Reader, properties);
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        await Begin();
        await Context.ForbidAsync(Reader, properties);
    }

    /// <summary>OpenIddict answers only for a request that it was shown (<see cref="OwnAddresses"/>).</summary>
    async Task Begin()
    {
        if (hasBegun) return;
        hasBegun = true;
        if (await Context.RequestServices.GetRequiredService<IAuthenticationHandlerProvider>()
            .GetHandlerAsync(Context, Reader) is IAuthenticationRequestHandler reader)
            await reader.HandleRequestAsync();
    }

    bool hasBegun;
}
