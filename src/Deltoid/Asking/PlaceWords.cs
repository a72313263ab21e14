using Deltoid.Codes;

namespace Deltoid.Asking;

/// <summary>The words of a question that may name a place: those after "in", else those that nothing else
/// explains.</summary>
internal static class PlaceWords
{
    static readonly string[] Openers = ["in", "at", "for", "near", "of", "en", "de"];

    static readonly HashSet<string> Fillers = new(StringComparer.Ordinal)
    {
        "the", "a", "an", "my", "our", "is", "are", "what", "whats", "s", "how", "much", "does", "do", "i", "we", "to", "and", "or",
        "on", "it", "this", "that", "per", "office", "clinic", "area", "city", "county", "now", "today", "year", "current", "national",
        "el", "la", "los", "en", "de", "por", "un", "una", "que", "es", "y", "q", "with", "from", "by", "be", "get", "gets", "locality",
    };

    public static IEnumerable<string> Of(Inquiry asked)
    {
        var words = asked.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var i = words.Length - 2; i >= 0; i--)
            if (Openers.Contains(words[i])
                && Taken(asked, words.AsSpan(i + 1)) is { Length: > 0 } place) yield return place;
        if (words.Length > 0 && Taken(asked, words) is { Length: > 0 } rest) yield return rest;
    }

    /// <summary>Words that neither our rows nor our rules nor the book explain; it may be something else that is
    /// meant.</summary>
    public static List<string> Unexplained(Inquiry asked)
    {
        var words = new List<string>();
        foreach (var word in asked.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            if (word.Length > 3 && word.All(char.IsAsciiLetterLower) && !Fillers.Contains(word)
                && !IsExplained(asked, word)
                && !RuleSearch.Shipped.Knows(word))
                words.Add(word);
        return words;
    }

    /// <summary>Whether words that nothing else explains are the name of a locality or a state.</summary>
    public static bool NamesPlace(Inquiry asked)
    {
        var text = Taken(asked, asked.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return text.Length >= 4 && IsPlace(asked, text);
    }

    /// <summary>Whether words begin the name of a locality, or name a state.</summary>
    public static bool IsPlace(Inquiry asked, string words) => States.LettersOf(words).Length > 0
        || Cities.ZipOf(words) is not null
        || asked.Book.Localities.Any(row => row.Dates.Contains(asked.Day)
            && FindWords.Joined(row.Name).Split(' ').Contains(words.Split(' ')[0]));

    /// <summary>A word of our rows, of a drug that was found, or of no weight.</summary>
    public static bool IsKnown(Inquiry asked, string word) => Fillers.Contains(word) || IsExplained(asked, word);

    static string Taken(Inquiry asked, ReadOnlySpan<string> words)
    {
        var taken = new List<string>();
        foreach (var word in words)
        {
            if (Fillers.Contains(word) || word.Any(char.IsAsciiDigit) || IsExplained(asked, word)) continue;
            taken.Add(word);
        }
        return string.Join(' ', taken);
    }

    static bool IsExplained(Inquiry asked, string word) =>
        Lexicon.Shipped.Knows(word) || asked.DrugNames.Exists(name => name.Split(' ').Contains(word))
            || asked.Mended.Contains(word)
            || word is "jan" or "feb" or "march" or "april" or "may" or "june" or "july" or "august";
}
