using System.Globalization;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>Routes with a number: what the practice does not have is not found, whatever the form says.</summary>
static class AboutRows
{
    /// <summary>The number of the route, <c>{id}</c>, is that of such a row.</summary>
    public static RouteHandlerBuilder About<T>(this RouteHandlerBuilder route) where T : Row =>
        route.AddEndpointFilter(IsThere<T>);

    /// <inheritdoc cref="About{T}(RouteHandlerBuilder)"/>
    public static RouteGroupBuilder About<T>(this RouteGroupBuilder routes) where T : Row =>
        routes.AddEndpointFilter(IsThere<T>);

    static async ValueTask<object?> IsThere<T>(EndpointFilterInvocationContext asked, EndpointFilterDelegate next)
        where T : Row
    {
        var id = long.Parse((string)asked.HttpContext.GetRouteValue("id")!, CultureInfo.InvariantCulture);
        var db = asked.HttpContext.RequestServices.GetRequiredService<PracticeDb>();
        return await db.Set<T>().AnyAsync(r => r.Id == id) ? await next(asked) : TypedResults.NotFound();
    }
}
