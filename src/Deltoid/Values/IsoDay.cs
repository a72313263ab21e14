using System.Globalization;

namespace Deltoid.Values;

/// <summary>A day as it is written everywhere but in X12: <c>2026-03-02</c>, whatever the culture of the machine.</summary>
public static class IsoDay
{
    public static string Of(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
