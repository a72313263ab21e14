using System.Globalization;

namespace Deltoid.Values;

/// <summary>Days as texts and files have them: 2026-03-31, in every country.</summary>
static class Days
{
    public const string Form = "yyyy-MM-dd";

    public static string Iso(this DateOnly day) => day.ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>Empty for no day.</summary>
    public static string Iso(this DateOnly? day) => day is { } known ? known.Iso() : "";

    public static bool TryRead(ReadOnlySpan<char> text, out DateOnly day) =>
        DateOnly.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
