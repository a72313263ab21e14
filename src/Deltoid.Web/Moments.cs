namespace Deltoid.Web;

/// <summary>What a clock says: the moment in UTC, and the day where the server is.</summary>
static class Moments
{
    public static DateTime Now(this TimeProvider clock) => clock.GetUtcNow().UtcDateTime;

    public static DateOnly Today(this TimeProvider clock) => DateOnly.FromDateTime(clock.GetLocalNow().DateTime);
}
