namespace Deltoid.Web;

/// <summary>
/// Time that begins at a chosen moment and runs from there, in UTC: the sample is the same on every day and machine.
/// </summary>
sealed class ClockFrom(DateTimeOffset start) : TimeProvider
{
    readonly long since = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => start.ToUniversalTime() + System.GetElapsedTime(since);

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
}
