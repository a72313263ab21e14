using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>Plain text for people: wrapped at 100 columns, painted only when colour is asked for.</summary>
internal readonly record struct TextPage(Action<string> Write, bool Color)
{
    public const int Width = 100;

    const char BeginsCode = '\uE000', EndsCode = '\uE001'; // private use: no text that is shown means anything by them

    public void Line(string text = "") => Write(text + "\n");

    /// <summary>A code within a text for <see cref="Wrap"/>: grey where colour is asked for.</summary>
    public static string Code(string code) => $"{BeginsCode}{code}{EndsCode}";

    string Painted(string text) => text
        .Replace($"{BeginsCode}", Color ? "\x1b[90m" : "", StringComparison.Ordinal)
        .Replace($"{EndsCode}", Color ? "\x1b[0m" : "", StringComparison.Ordinal);

    static int ColumnsOf(string word) => word.Length - word.Count(static c => c is BeginsCode or EndsCode);

    public string Strong(string text) => Color ? $"\x1b[1m{text}\x1b[0m" : text;

    /// <summary>Writes a text in lines of at most <see cref="Width"/> columns, the first after a lead, the others
    /// indented as far. It cannot steer the screen.</summary>
    /// <param name="columns">The columns the lead takes on screen, when it is painted.</param>
    public void Wrap(string lead, string text, int columns = -1)
    {
        var indent = new string(' ', columns < 0 ? lead.Length : columns);
        var (line, used, start) = (lead, indent.Length, true);
        foreach (var word in Shown.Of(text).Split(' '))
        {
            var wide = ColumnsOf(word);
            if (!start && used + 1 + wide > Width)
            {
                Line(Painted(line));
                (line, used, start) = (indent, indent.Length, true);
            }
            line += start ? word : " " + word;
            used += start ? wide : wide + 1;
            start = false;
        }
        Line(Painted(line));
    }
}
