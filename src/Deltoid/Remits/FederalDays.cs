namespace Deltoid.Remits;

/// <summary>
/// Days on which no federal office works. Medicare still takes on the next workday what was due on such a day (Pub.
/// 100-04, ch. 1, §70 for claims; ch. 29 for appeals); the deadline itself is shown as it is counted.
/// </summary>
internal static class FederalDays
{
    static readonly (int Month, int Day)[] Fixed = [(1, 1), (6, 19), (7, 4), (11, 11), (12, 25)];

    /// <summary>The day itself, or the next one on which federal offices work.</summary>
    public static DateOnly Workday(DateOnly day)
    {
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || IsHoliday(day)) day = day.AddDays(1);
        return day;
    }

    /// <summary>A holiday on a Saturday is kept on the Friday before it, one on a Sunday on the Monday after it (5
    /// U.S.C. 6103).</summary>
    static bool IsHoliday(DateOnly day) =>
        IsFixed(day) || IsOfWeek(day)
        || (day.DayOfWeek == DayOfWeek.Friday && IsFixed(day.AddDays(1)))
        || (day.DayOfWeek == DayOfWeek.Monday && IsFixed(day.AddDays(-1)));

    static bool IsFixed(DateOnly day) => Array.IndexOf(Fixed, (day.Month, day.Day)) >= 0;

    /// <summary>King, Washington, Memorial, Labor and Columbus Day are Mondays; Thanksgiving is a Thursday.</summary>
    static bool IsOfWeek(DateOnly day) => (day.Month, day.DayOfWeek, ((day.Day - 1) / 7) + 1) switch
    {
        (1 or 2, DayOfWeek.Monday, 3) => true,
        (5, DayOfWeek.Monday, _) => day.AddDays(7).Month == 6,
        (9, DayOfWeek.Monday, 1) => true,
        (10, DayOfWeek.Monday, 2) => true,
        (11, DayOfWeek.Thursday, 4) => true,
        _ => false,
    };
}
