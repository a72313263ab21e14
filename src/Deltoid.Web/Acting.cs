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
    const string PracticeOf = "practice", RoleClaim = "role-of-person", NameOf = "name-of-person";

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
            db.PracticeId = Number(context.User, PracticeOf);
            db.PersonId = Number(context.User, ClaimTypes.NameIdentifier);
        }
        await next();
    }

    static long Number(ClaimsPrincipal user, string type) =>
        long.Parse(user.FindFirstValue(type)!, CultureInfo.InvariantCulture);

    /// <summary>Writes into the session who the person is. It is asked again at each request.</summary>
    public sealed class Factory(UserManager<Person> people, IOptions<IdentityOptions> options)
        : UserClaimsPrincipalFactory<Person>(people, options)
    {
        protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Person user)
        {
            var identity = await base.GenerateClaimsAsync(user);
            identity.AddClaim(new(PracticeOf, user.PracticeId.ToString(CultureInfo.InvariantCulture)));
            identity.AddClaim(new(RoleClaim, user.Role.ToString()));
            identity.AddClaim(new(NameOf, user.Name));
            if (user.Language.Length > 0) identity.AddClaim(new(Texts.OfPerson, user.Language));
            return identity;
        }
    }

    /// <summary>Who may no longer sign in has no session either.</summary>
    public sealed class SignIns(UserManager<Person> people, IHttpContextAccessor accessor,
        IUserClaimsPrincipalFactory<Person> factory, IOptions<IdentityOptions> options,
        ILogger<SignInManager<Person>> logger, IAuthenticationSchemeProvider schemes,
        IUserConfirmation<Person> confirmation)
        : SignInManager<Person>(people, accessor, factory, options, logger, schemes, confirmation)
    {
        public override Task<bool> CanSignInAsync(Person user) => Task.FromResult(!user.IsDisabled);
    }
}
