using System.Globalization;
using Deltoid.Values;

namespace Deltoid.Codes.Official;

/// <summary>
/// A quarterly release of the physician fee schedule: RVU26A from January, B April, C July, D October. It decides from
/// its quarter's first day to the end of the year: what comes later says so itself.
/// </summary>
static class PfsRelease
{
    /// <summary>Of the year and month that a title or a name has; false when one is not there.</summary>
    public static bool TrySet(Release release, string text)
    {
        var (year, month) = (Quarters.YearIn(text), Quarters.MonthIn(text));
        if (year == 0 || month == 0) return false;
        Set(release, year, (month - 1) / 3);
        return true;
    }

    /// <summary>
    /// Of the release's name in a path, as the zip has it (<c>rvu26c.zip</c>); false when it is not there.
    /// </summary>
    public static bool TrySetByPath(Release release, string path)
    {
        for (var at = path.IndexOf("RVU", StringComparison.OrdinalIgnoreCase); at >= 0; at = path.IndexOf("RVU", at + 1,
            StringComparison.OrdinalIgnoreCase))
        {
            var name = path.AsSpan(at + 3);
            if (name.Length < 3
                || !int.TryParse(name[..2], NumberStyles.None, CultureInfo.InvariantCulture, out var year)
                || char.ToUpperInvariant(name[2]) is not (>= 'A' and <= 'D' and var letter))
                continue;
            Set(release, 2000 + year, letter - 'A');
            return true;
        }
        return false;
    }

    static void Set(Release release, int year, int quarter)
    {
        release.Name = $"RVU{year % 100:00}{(char)('A' + quarter)}";
        release.Covers = DateRange.Of(new(year, (quarter * 3) + 1, 1), new DateOnly(year, 12, 31));
    }
}
