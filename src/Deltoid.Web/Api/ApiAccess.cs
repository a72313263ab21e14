using OpenIddict.Abstractions;

namespace Deltoid.Web.Api;

/// <summary>
/// Routes of programs: a token with the scope, or none at all. A browser's session opens none of them.
/// </summary>
static class ApiAccess
{
    /// <summary>How a program says who it is.</summary>
    public const string Scheme = "program";

    /// <summary>This route needs a token that has a scope.</summary>
    public static T ForPrograms<T>(this T route, string scope) where T : IEndpointConventionBuilder =>
        route.RequireAuthorization(PolicyOf(scope)).WithMetadata(new Access.RoutePolicy(null, scope));

    /// <summary>This route is for every program, also without a token.</summary>
    public static T ForAnyProgram<T>(this T route) where T : IEndpointConventionBuilder =>
        route.AllowAnonymous().WithMetadata(new Access.RoutePolicy(null));

    static string PolicyOf(string scope) => "scope " + scope;

    public static void AddScopes(this IServiceCollection services) => services.AddAuthorization(static options =>
    {
        foreach (var (scope, _, _) in Access.Scopes)
            options.AddPolicy(PolicyOf(scope), policy => policy.AddAuthenticationSchemes(Scheme)
                .RequireAuthenticatedUser().RequireAssertion(context => context.User.HasScope(scope)));
    });
}
