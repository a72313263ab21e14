using System.Globalization;
using Deltoid.Values;

namespace Deltoid.Web;

/// <summary>A day that a form must have.</summary>
static class TypedDay
{
    /// <param name="at">The field.</param>
    /// <exception cref="InputException">It is no day.</exception>
    public static DateOnly Of(string? text, string at) => DateOnly.TryParseExact(text, "yyyy-MM-dd",
        CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new InputException(at, "the day is missing", "choose one");
}
