using System.Text.RegularExpressions;

namespace Deltoid.Tests;

/// <summary>What a sentence for users must be: whole, short, in everyday words.</summary>
internal static partial class PlainEnglish
{
    const int MostWords = 28;

    public static IEnumerable<string> Faults(string where, string text)
    {
        foreach (var word in BannedIn(text)) yield return $"{where}: '{word}'";
        if (text.Length == 0 || text[^1] is not ('.' or '?')) yield return $"{where}: does not end as a sentence";
        foreach (var sentence in Sentences(text))
            if (sentence.Split(' ').Length > MostWords)
                yield return $"{where}: {sentence.Split(' ').Length} words in one sentence";
    }

    /// <summary>The words of a text that have a plainer one, or an American spelling.</summary>
    public static IEnumerable<string> BannedIn(string text) => Banned().Matches(text).Select(static m => m.Value);

    /// <summary>
    /// The same of a comment or of a page for those who work on the code: there a fault is an error of X12, and a
    /// sentence may end with "of it".
    /// </summary>
    public static IEnumerable<string> BannedInNotes(string text) =>
        BannedIn(text).Where(static word => !InNotes().IsMatch(word));

    [GeneratedRegex(@"^(faults?|of (it|them)|utiliz\w+)$", RegexOptions.IgnoreCase)]
    private static partial Regex InNotes();

    public static string[] Sentences(string text) => SentenceEnd().Split(text);

    /// <summary>
    /// The school grade that a text asks for, by the Automated Readability Index: 4.71 × letters per word
    /// + 0.5 × words per sentence − 21.43. Codes, numbers and places for arguments are not words.
    /// </summary>
    public static decimal Grade(IEnumerable<string> texts)
    {
        var (letters, words, sentences) = (0, 0, 0);
        foreach (var sentence in texts.SelectMany(Sentences))
        {
            var found = Word().Matches(sentence);
            if (found.Count == 0) continue;
            sentences++;
            words += found.Count;
            letters += found.Sum(static m => m.Length);
        }
        return 4.71m * letters / words + 0.5m * words / sentences - 21.43m;
    }

    [GeneratedRegex(@"(?<![\w.{-])(" +
        @"told|tells?|telling|lack(s|ed|ing)?|behind|anew|whoever|but for|go(es)? on|faults?" +
        @"|(stands?|stood) (in|on|behind|under|for|alone|beside|at)|of (it|them)(?=\s*([.;:!?]|$))" +
        @"|whilst|hence|shall|thereof|hereby|aforementioned|pursuant|adjudicates?|adjudicated|utiliz\w+" +
        @"|counsell\w+|\w*anaesth\w+|labelled(?!\()|programmes?|millimetres?|recognised" +
        @")(?![\w-])", RegexOptions.IgnoreCase)]
    private static partial Regex Banned();

    /// <summary>A full stop after a word, not after an abbreviation of two letters (<c>ch.</c>).</summary>
    [GeneratedRegex(@"(?<=[a-z0-9)]{3}[.?:;]) ")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"(?<![\w{.-])[A-Za-z]+(?:'[a-z]+)?(?![\w}])")]
    private static partial Regex Word();
}
