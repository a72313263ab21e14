using Deltoid.Notes;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>A reading of a note for a person: the words, and beside them the field they fill.</summary>
internal static class NotePage
{
    const int WordsWide = 38;

    public static void Write(NoteReading reading, TextPage page)
    {
        page.Line(page.Strong(reading.Facts.Count > 0 ? "What the note says"
            : "The note names nothing that was given here"));
        foreach (var fact in reading.Facts.OrderBy(static f => f.Start))
        {
            var words = OneLine(reading.Quote(fact), WordsWide);
            page.Wrap($"  {words.PadRight(WordsWide)}  ",
                $"{FieldOf(fact.Path)}: {fact.Written}{(fact.By == "model" ? " (proposed)" : "")}");
        }
        if (reading.Questions.Count > 0)
        {
            page.Line();
            page.Line(page.Strong("What to ask"));
            foreach (var question in reading.Questions)
            {
                var quoted = question.Quotes.Select(static q => $"\"{OneLine(q, 60)}\"");
                var quotes = question.Quotes.Length > 0 ? "; the note says " + string.Join(" and ", quoted) : "";
                var codes = question.Candidates.Length > 0 ? $"; could be {string.Join(", ", question.Candidates)}"
                    : "";
                page.Wrap("  ", $"{FieldOf(question.Path)}: it decides {question.Decides}{quotes}{codes}", 4);
            }
        }
        if (reading.Ignored.Count == 0) return;
        page.Line();
        page.Line(page.Strong("What was set aside"));
        foreach (var each in reading.Ignored)
            page.Wrap($"  {each.Why}: ", $"\"{OneLine(reading.Text[each.Start..each.End], 200)}\"", 4);
    }

    /// <summary><c>/administrations/0/dose</c> is "drug 1, dose".</summary>
    static string FieldOf(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            ["administrations", var number, .. var rest] => $"drug {Next(number)}, {string.Join(' ', rest)}",
            ["diagnoses", ..] => "diagnosis",
            ["visits", _, .. var rest] => $"visit, {string.Join(' ', rest)}",
            ["procedures", _, .. var rest] => $"procedure, {string.Join(' ', rest)}",
            _ => string.Join(' ', parts),
        };
    }

    static int Next(string number) => int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) + 1;

    static string OneLine(string words, int most)
    {
        var line = Shown.Of(words.ReplaceLineEndings(" "));
        return line.Length <= most ? line : line[..(most - 1)] + "…";
    }
}
