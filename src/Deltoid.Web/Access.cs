using System.Security.Claims;
using Deltoid.Store.Model;

namespace Deltoid.Web;

/// <summary>What a route lets a person do.</summary>
enum Permission
{
    /// <summary>Chart what was given.</summary>
    Chart,
    ReadStock,
    /// <summary>Receive, count, discard and recall drugs.</summary>
    KeepStock,
    ReadClaims,
    /// <summary>Change claims, and attest what the record supports.</summary>
    EditClaims,
    /// <summary>Set findings aside, with a reason and for a time.</summary>
    SetAside,
    /// <summary>Send claims to payers.</summary>
    SendClaims,
    /// <summary>See files that came in or left.</summary>
    ReadFiles,
    /// <summary>Take in what payers send, and post it.</summary>
    Post,
    /// <summary>See what became of all claims, in sums.</summary>
    ReadReports,
    /// <summary>Close months, and switch rules of the practice on and off.</summary>
    Manage,
    /// <summary>The trail of who did what.</summary>
    ReadTrail,
    /// <summary>Draw samples of paid claims, and judge them.</summary>
    Audit,
    /// <summary>Keep the compliance program: overpayments, lessons.</summary>
    Comply,
    /// <summary>Change what the practice sets up: people, payers, fees, patients …</summary>
    SetUp,
    /// <summary>What only an owner decides: who needs a second factor.</summary>
    Own,
}

/// <summary>
/// Who may do what: the one table. A route without a permission is refused to everybody; a test asks every route with
/// every role.
/// </summary>
static class Access
{
    static readonly (Permission Permission, Role[] Roles)[] Table =
    [
        (Permission.Chart, [Role.Owner, Role.Manager, Role.Clinician, Role.Assistant]),
        (Permission.ReadStock,
            [Role.Owner, Role.Manager, Role.Clinician, Role.Assistant, Role.Biller, Role.Coder, Role.Auditor]),
        (Permission.KeepStock, [Role.Owner, Role.Manager, Role.Clinician, Role.Assistant]),
        (Permission.ReadClaims, [Role.Owner, Role.Manager, Role.Biller, Role.Coder, Role.Clinician, Role.Auditor]),
        (Permission.EditClaims, [Role.Owner, Role.Manager, Role.Biller, Role.Coder]),
        (Permission.SetAside, [Role.Owner, Role.Manager, Role.Biller]),
        (Permission.SendClaims, [Role.Owner, Role.Manager, Role.Biller]),
        (Permission.ReadFiles, [Role.Owner, Role.Manager, Role.Biller, Role.Auditor]),
        (Permission.Post, [Role.Owner, Role.Manager, Role.Biller]),
        (Permission.ReadReports, [Role.Owner, Role.Manager, Role.Biller, Role.Auditor]),
        (Permission.Manage, [Role.Owner, Role.Manager]),
        (Permission.ReadTrail, [Role.Owner, Role.Auditor]),
        (Permission.Audit, [Role.Owner, Role.Manager, Role.Auditor]),
        (Permission.Comply, [Role.Owner, Role.Manager]),
        (Permission.SetUp, [Role.Owner, Role.Manager]),
        (Permission.Own, [Role.Owner]),
    ];

    /// <summary>
    /// What a program may ask by its token, beside the permission that a person must have to hand it out.
    /// </summary>
    public static readonly (string Name, Permission Permission, string Says)[] Scopes =
    [
        ("encounters.write", Permission.Chart, "Chart encounters, with their claims and charges"),
        ("claims.read", Permission.ReadClaims, "Read claims"),
        ("claims.write", Permission.EditClaims, "Change claims"),
        ("claims.send", Permission.SendClaims, "Send claims to payers"),
        ("remittances.read", Permission.ReadFiles, "Read remittances"),
        ("remittances.write", Permission.Post, "Hand in what payers answer, and post it"),
        ("files.read", Permission.ReadFiles, "Read files that came in or left, and jobs"),
        ("patients.read", Permission.SetUp, "Read patients and their coverage"),
        ("patients.write", Permission.SetUp, "Add patients with their coverage"),
        ("stock.read", Permission.ReadStock, "Read the stock of drugs"),
    ];

    /// <summary>What a person of some locations may do there, by role; all else is of the whole practice.</summary>
    static readonly Permission[] OfLocations =
    [
        Permission.Chart, Permission.ReadStock, Permission.KeepStock, Permission.ReadClaims, Permission.EditClaims,
        Permission.SetAside, Permission.SendClaims,
    ];

    public static bool Allows(Permission permission, Role role, bool isOfLocations = false) =>
        Array.Exists(Table, row => row.Permission == permission && row.Roles.Contains(role))
        && (!isOfLocations || OfLocations.Contains(permission));

    public static bool Allows(Permission permission, ClaimsPrincipal? user) => user is not null
        && Acting.RoleOf(user) is { } role && Allows(permission, role, Acting.LocationsOf(user).Count > 0);

    /// <summary>The first screen of a role.</summary>
    public static string Home(Role role) => Allows(Permission.ReadClaims, role) && role != Role.Clinician
        ? "/worklist" : Allows(Permission.Chart, role) ? "/chart" : "/nothing";

    /// <summary>This route needs a permission.</summary>
    public static T Needs<T>(this T route, Permission permission) where T : IEndpointConventionBuilder =>
        route.RequireAuthorization(permission.ToString()).WithMetadata(new RoutePolicy(permission)).WithWholeForms();

    /// <summary>This route is for everybody, also before signing in.</summary>
    public static T ForEverybody<T>(this T route) where T : IEndpointConventionBuilder =>
        route.AllowAnonymous().WithMetadata(new RoutePolicy(null)).WithWholeForms();

    /// <summary>A route for everybody who has signed in.</summary>
    public static T ForPeople<T>(this T route) where T : IEndpointConventionBuilder =>
        route.RequireAuthorization(People).WithMetadata(new RoutePolicy(null)).WithWholeForms();

    public const string People = "People";

    /// <summary>What a route needs of a person, or of a program; null where it is open on purpose.</summary>
    internal sealed record RoutePolicy(Permission? Permission, string? Scope = null);

    public static void AddAccess(this IServiceCollection services) => services.AddAuthorization(options =>
    {
        options.AddPolicy(People, static policy => policy.RequireAuthenticatedUser());
        foreach (var permission in Enum.GetValues<Permission>())
            options.AddPolicy(permission.ToString(), policy => policy.RequireAuthenticatedUser().RequireAssertion(
                context => Allows(permission, context.User)));
        options.FallbackPolicy = new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder()
            .RequireAssertion(static _ => false).Build();
    });
}
