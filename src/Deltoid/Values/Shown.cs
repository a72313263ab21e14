using System.Globalization;
using System.Text;

namespace Deltoid.Values;

/// <summary>Text of an input as it can be shown on any screen: a character that would steer the screen is written as
/// its number.</summary>
internal static class Shown
{
    /// <summary>The text itself where it has no such character.</summary>
    public static string Of(string text) => Of(text, "");

    /// <param name="allowed">Characters that are let through: the line feed of a message of several lines.</param>
    public static string Of(string text, string allowed)
    {
        var at = 0;
        while (at < text.Length && !Steers(text[at], allowed)) at++;
        if (at == text.Length) return text;
        var shown = new StringBuilder(text, 0, at, text.Length + 16);
        for (; at < text.Length; at++)
            if (Steers(text[at], allowed)) shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[at]:X4}");
            else shown.Append(text[at]);
        return shown.ToString();
    }

    static bool Steers(char c, string allowed) =>
        (char.IsControl(c)
            || char.GetUnicodeCategory(
                c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        && !allowed.Contains(c, StringComparison.Ordinal);
}
