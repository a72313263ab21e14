using System.Globalization;

namespace Deltoid.Values;

/// <summary>Which day a text may mean that is not written as an input has it.</summary>
static class LooseDay
{
    public const string Usual = "write it as 2026-03-31";

    static readonly string[]
        MonthFirst = ["M/d/yyyy", "M-d-yyyy", "M.d.yyyy", "M/d/yy", "M-d-yy", "MMddyyyy", "yyyy/M/d", "yyyy.M.d",
            "yyyy-M-d", "MMMM d, yyyy", "MMM d, yyyy", "MMMM d yyyy", "MMM d yyyy", "d MMMM yyyy", "d MMM yyyy",
            "d-MMM-yyyy"],
        DayFirst = ["d/M/yyyy", "d-M-yyyy", "d.M.yyyy", "d/M/yy", "d-M-yy"];

    /// <summary>What to write instead: the day as Americans read it, and as others do where that is another.</summary>
    public static string Try(ReadOnlySpan<char> text)
    {
        var (american, other) = (Read(text, MonthFirst), Read(text, DayFirst));
        if (american is null && other is null) return Usual;
        if (american is null) return $"write it as {other.Iso()}, if the day comes first in it";
        return other is null || other == american
            ? $"write it as {american.Iso()}"
            : $"write it as {american.Iso()}, or as {other.Iso()} if the day comes first in it";
    }

    static DateOnly? Read(ReadOnlySpan<char> text, string[] forms) =>
        DateOnly.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var day)
            ? day
            : null;
}
