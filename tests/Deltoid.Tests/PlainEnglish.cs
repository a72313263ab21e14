using System.Text.RegularExpressions;

namespace Deltoid.Tests;

/// <summary>What a sentence for users must be: whole, short, in everyday words.</summary>
internal static partial class PlainEnglish
{
    const int MostWords = 28;

    public static IEnumerable<string> Faults(string where, string text)
    {
        foreach (Match match in Banned().Matches(text)) yield return $"{where}: '{match.Value}'";
        if (text.Length == 0 || text[^1] is not ('.' or '?')) yield return $"{where}: does not end as a sentence";
        foreach (var sentence in SentenceEnd().Split(text))
            if (sentence.Split(' ').Length > MostWords) yield return $"{where}: {sentence.Split(' ').Length} words in one sentence";
    }

    [GeneratedRegex(@"\b(is told|are told|lacks?|stands? (in|on|behind|under)|behind|anew|whoever|thereof|hereby|aforementioned|pursuant|but for|goes on|adjudicat\w+|utiliz\w+)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Banned();

    /// <summary>A full stop after a word, not after an abbreviation of two letters (<c>ch.</c>).</summary>
    [GeneratedRegex(@"(?<=[a-z0-9)]{3}[.?:;]) ")]
    private static partial Regex SentenceEnd();
}
