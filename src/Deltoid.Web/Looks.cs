using Deltoid.Store;

namespace Deltoid.Web;

/// <summary>A route that shows patients in a list: that a person looked is an event, as where one record is opened.
/// </summary>
static class Looks
{
    /// <param name="what">The list, as the trail has it: worklist, patients.</param>
    public static RouteHandlerBuilder ShowsPatients(this RouteHandlerBuilder route, string what) =>
        route.AddEndpointFilter(async (invocation, next) =>
        {
            var answer = await next(invocation);
            var services = invocation.HttpContext.RequestServices;
            await Record(services.GetRequiredService<PracticeDb>(), services.GetRequiredService<TimeProvider>(), what);
            return answer;
        });

    public static Task<int> Record(PracticeDb db, TimeProvider clock, string what, string why = "")
    {
        db.ChangeTracker.Clear(); // what was read for the page is not a change
        return db.Change(_ =>
        {
            db.Record(clock.Now(), "read", what, why);
            return Task.FromResult(0);
        });
    }
}
