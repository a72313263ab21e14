using Microsoft.AspNetCore.Routing.Template;

namespace Deltoid.Web.Api;

/// <summary>The routes of programs, version 1.</summary>
static class ApiRoutes
{
    public static void Map(WebApplication app)
    {
        ApiTokens.Map(app);
        ApiDocument.Map(app);
        ApiPage.Map(app);
        var api = app.MapGroup("/api/v1");
        EngineRoutes.Map(api);
        FhirRoutes.Map(api);
        EncounterApi.Map(api);
        ClaimApi.Map(api);
        RemittanceApi.Map(api);
        JobApi.Map(api);
        PatientApi.Map(api);
        MapRest(api); // after all others
    }

    /// <summary>What no other route of a group takes.</summary>
    public static void MapRest(RouteGroupBuilder group) =>
        group.MapMethods(Rest, ["GET", "POST", "PUT", "PATCH", "DELETE"], Nothing).ForAnyProgram();

    const string Rest = "/{**path}";

    /// <summary>Nothing is at an address (404), or it takes other methods (405, RFC 9110 15.5.6).</summary>
    static ApiProblem Nothing(HttpContext context, EndpointDataSource all)
    {
        var methods = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var route in all.Endpoints.OfType<RouteEndpoint>())
            if (route.RoutePattern.RawText is { } text && !text.EndsWith(Rest, StringComparison.Ordinal)
                && new TemplateMatcher(new(route.RoutePattern), []).TryMatch(context.Request.Path, []))
                methods.UnionWith(route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []);
        if (methods.Count == 0 || methods.Contains(context.Request.Method)) return ApiProblem.NoRoute;
        context.Response.Headers.Allow = string.Join(", ", methods);
        return ApiProblem.OfStatus(StatusCodes.Status405MethodNotAllowed);
    }
}
