using System.Globalization;

namespace Deltoid.Values;

/// <summary>Days as texts and files have them: 2026-03-31, in every country.</summary>
static class Days
{
    public const string Form = "yyyy-MM-dd";

    public static string Iso(this DateOnly day) => day.ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>Empty for no day.</summary>
    public static string Iso(this DateOnly? day) => day is { } known ? known.Iso() : "";

    /// <summary>A day that was written by <see cref="Iso(DateOnly)"/>.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static DateOnly Read(ReadOnlySpan<char> text) =>
        TryRead(text, out var day) ? day : throw new FormatException("this is not a day as 2026-03-31");

    /// <summary>ISO 8601, extended or basic (20260331, as X12 writes it).</summary>
    public static bool TryReadEither(ReadOnlySpan<char> text, out DateOnly day) =>
        TryRead(text, out day)
        || DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    public static bool TryRead(ReadOnlySpan<char> text, out DateOnly day) =>
        DateOnly.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
