using System.Globalization;
using System.Security.Claims;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>
/// Sessions are rows: a cookie names one, and each request asks whether it is still open. What a person does keeps it
/// open for 15 minutes, and for 12 hours at most; what a page asks by itself does not.
/// </summary>
static class Sessions
{
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(15), Longest = TimeSpan.FromHours(12);

    /// <summary>How exactly it is kept when a person was last seen.</summary>
    static readonly TimeSpan Grain = TimeSpan.FromSeconds(30);

    public const string ByPassword = "password", ByCode = "code", ByRecoveryCode = "recovery code",
        ByPasskey = "passkey", BySetUp = "key of the console", ByProvider = "identity provider",
        ByProviderTwice = "identity provider, two factors";

    const string IdClaim = "session", NeedsFactor = "needs-second-factor";

    /// <summary>A route that pages ask by themselves, not the person.</summary>
    public static T Unattended<T>(this T route) where T : IEndpointConventionBuilder =>
        route.WithMetadata(new UnattendedRoute());

    sealed record UnattendedRoute;

    public static long? IdOf(ClaimsPrincipal user) =>
        long.TryParse(user.FindFirstValue(IdClaim), CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>The practice asks for a second factor, and this session has none: it may only set one up.</summary>
    public static bool NeedsSecondFactor(ClaimsPrincipal user) => user.HasClaim(static c => c.Type == NeedsFactor);

    public static Claim ClaimOf(long session) => new(IdClaim, session.ToString(CultureInfo.InvariantCulture));

    /// <summary>Opens a session for a person who has just proved who they are; the one before it ends.</summary>
    public static async Task<Session> Begin(PracticeDb db, Person person, string method, HttpContext context,
        DateTime now)
    {
        var before = IdOf(context.User);
        var session = new Session
        {
            PersonId = person.Id, Method = method, StartedAt = now, SeenAt = now,
            Device = DeviceOf(context.Request.Headers.UserAgent.ToString()),
        };
        (db.PracticeId, db.PersonId) = (person.PracticeId, person.Id);
        await db.Change(async _ =>
        {
            if (before is { } id) await End(db, db.Sessions.Where(s => s.Id == id && s.PersonId == person.Id), now);
            db.Sessions.Add(session);
            db.Record(now, "sign-in", $"person/{person.Id}", $"with {method}");
            return 0;
        });
        return session;
    }

    public static Task<int> End(PracticeDb db, IQueryable<Session> which, DateTime now) => which
        .Where(static s => s.EndedAt == null)
        .ExecuteUpdateAsync(set => set.SetProperty(static s => s.EndedAt, now));

    /// <summary>Asked at each request: is the account as it was, and the session open?</summary>
    public static async Task Validate(CookieValidatePrincipalContext context)
    {
        var id = IdOf(context.Principal!);
        await SecurityStampValidator.ValidatePrincipalAsync(context);
        if (context.Principal?.Identity is not ClaimsIdentity identity) return;
        var services = context.HttpContext.RequestServices;
        var (db, now) = (services.GetRequiredService<PracticeDb>(),
            services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        db.PracticeId = Acting.PracticeOf(context.Principal);
        var session = await db.Sessions.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id && s.EndedAt == null);
        if (session is null || session.PersonId != Acting.IdOf(context.Principal)
            || now - session.SeenAt > Idle || now - session.StartedAt > Longest)
        {
            db.PracticeId = 0;
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
            return;
        }
        identity.AddClaim(ClaimOf(session.Id));
        if (session.Method is ByPassword or ByProvider && await db.Practices.AnyAsync(p => p.Id == db.PracticeId
            && p.RequiresSecondFactor))
        {
            Acting.TakeRole(identity);
            identity.AddClaim(new(NeedsFactor, "yes"));
        }
        if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<UnattendedRoute>() is not null)
            context.ShouldRenew = false;
        else if (now - session.SeenAt > Grain)
            await db.Commit(_ => db.Sessions.Where(s => s.Id == id) // in its turn: alone it might wait for all others
                .ExecuteUpdateAsync(set => set.SetProperty(static s => s.SeenAt, now)));
    }

    /// <summary>What a person knows the browser by; the rest of what it says is not kept.</summary>
    static string DeviceOf(string agent)
    {
        static string Named(string agent, (string Mark, string Name)[] known, string other) =>
            known.FirstOrDefault(k => agent.Contains(k.Mark, StringComparison.Ordinal)).Name ?? other;
        return Named(agent, [("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")],
            "A program") + " on " + Named(agent, [("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"),
            ("Android", "Android"), ("Mac OS", "Mac"), ("Linux", "Linux")], "an unknown system");
    }
}
