using System.Globalization;
using System.Security.Claims;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Deltoid.Web;

/// <summary>The person who acts, as the session says: practice, role, name.</summary>
static class Acting
{
    internal const string PracticeClaim = "practice";

    const string RoleClaim = "role-of-person", NameOf = "name-of-person", LocationClaim = "location";

    public static Role? RoleOf(ClaimsPrincipal user) =>
        Enum.TryParse<Role>(user.FindFirstValue(RoleClaim), out var role) ? role : null;

    public static string Name(ClaimsPrincipal user) => user.FindFirstValue(NameOf) ?? "";

    /// <summary>Opens the store for the practice of who asks: from here on, no other practice exists.</summary>
    public static async Task Open(HttpContext context, Func<Task> next)
    {
        context.Response.Headers.CacheControl = "no-cache, no-store"; // a page may show a patient
        if (context.User.Identity?.IsAuthenticated == true)
        {
            var db = context.RequestServices.GetRequiredService<PracticeDb>();
            db.PracticeId = PracticeOf(context.User);
            db.PersonId = IdOf(context.User);
            db.LocationIds = LocationsOf(context.User);
        }
        await next();
    }

    public static long PracticeOf(ClaimsPrincipal user) => Number(user, PracticeClaim);

    public static long IdOf(ClaimsPrincipal user) => Number(user, ClaimTypes.NameIdentifier);

    /// <summary>The locations whose visits and claims the person sees; empty: the whole practice.</summary>
    public static IReadOnlyList<long> LocationsOf(ClaimsPrincipal user) =>
        [.. user.FindAll(LocationClaim).Select(static c => long.Parse(c.Value, CultureInfo.InvariantCulture))];

    /// <summary>A session without a role may do what everybody who signed in may, and nothing else.</summary>
    public static void TakeRole(ClaimsIdentity identity) => identity.TryRemoveClaim(identity.FindFirst(RoleClaim));

    static long Number(ClaimsPrincipal user, string type) =>
        long.Parse(user.FindFirstValue(type)!, CultureInfo.InvariantCulture);

    /// <summary>Writes into the session who the person is. It is asked again at each request.</summary>
    public sealed class Factory(UserManager<Person> people, IOptions<IdentityOptions> options)
        : UserClaimsPrincipalFactory<Person>(people, options)
    {
        protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Person user)
        {
            // what the base adds besides are claims of accounts, which nobody has: a query at each request
            var identity = new ClaimsIdentity(IdentityConstants.ApplicationScheme);
            identity.AddClaim(new(ClaimTypes.NameIdentifier, user.Id.ToString(CultureInfo.InvariantCulture)));
            identity.AddClaim(new(ClaimTypes.Name, user.UserName!));
            identity.AddClaim(new(Options.ClaimsIdentity.SecurityStampClaimType,
                await UserManager.GetSecurityStampAsync(user)));
            identity.AddClaim(new(PracticeClaim, user.PracticeId.ToString(CultureInfo.InvariantCulture)));
            identity.AddClaim(new(RoleClaim, user.Role.ToString()));
            identity.AddClaim(new(NameOf, user.Name));
            foreach (var location in user.LocationIds)
                identity.AddClaim(new(LocationClaim, location.ToString(CultureInfo.InvariantCulture)));
            if (user.Language.Length > 0) identity.AddClaim(new(Texts.OfPerson, user.Language));
            return identity;
        }
    }

    /// <summary>Who may no longer sign in has no session either.</summary>
    public sealed class SignIns(UserManager<Person> people, IHttpContextAccessor accessor,
        IUserClaimsPrincipalFactory<Person> factory, IOptions<IdentityOptions> options,
        ILogger<SignInManager<Person>> logger, IAuthenticationSchemeProvider schemes,
        IUserConfirmation<Person> confirmation, PracticeDb db, TimeProvider clock)
        : SignInManager<Person>(people, accessor, factory, options, logger, schemes, confirmation)
    {
        /// <summary>How the person proves who they are, for the session that begins.</summary>
        public string Method { get; set; } = Sessions.ByPassword;

        public override async Task SignInWithClaimsAsync(Person user,
            AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
        {
            var session = isRefresh && Sessions.IdOf(Context.User) is { } same ? same
                : (await Sessions.Begin(db, user, Method, Context, clock.Now())).Id;
            await base.SignInWithClaimsAsync(user, authenticationProperties,
                additionalClaims.Append(Sessions.ClaimOf(session)));
        }

        bool isRefresh;

        /// <summary>What the cookie says of the person is written again; the session stays.</summary>
        public override async Task RefreshSignInAsync(Person user)
        {
            isRefresh = true;
            await base.RefreshSignInAsync(user);
            isRefresh = false;
        }

        /// <summary>Who has a passkey is asked for it, or for a recovery code, after the password.</summary>
        public override async Task<bool> IsTwoFactorEnabledAsync(Person user) =>
            await base.IsTwoFactorEnabledAsync(user) || (await UserManager.GetPasskeysAsync(user)).Count > 0;

        public override Task<bool> CanSignInAsync(Person user) => Task.FromResult(!user.IsDisabled);

        /// <summary>Asked at each request, so that no session outlives its account.</summary>
        public override async Task<bool> ValidateSecurityStampAsync(Person? user, string? securityStamp) =>
            user is { IsDisabled: false } && await base.ValidateSecurityStampAsync(user, securityStamp);
    }
}
