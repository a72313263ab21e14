using System.Text.RegularExpressions;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>
/// What the words of a question mean: rows of words.tsv, each a feature with the phrases for it, in English and
/// Spanish. Immutable; one is shared.
/// </summary>
internal sealed class Lexicon
{
    static readonly Lazy<Lexicon> shipped = new(static () => new());

    /// <summary>Shorter words are not mended: too many others are near.</summary>
    const int ShortestMended = 5, LongWord = 8;

    readonly List<(string Feature, string Phrase)> phrases = [];
    readonly List<(string Feature, Regex Pattern)> patterns = [];
    readonly Dictionary<string, Regex> named = new(StringComparer.Ordinal);
    readonly HashSet<string> words = new(StringComparer.Ordinal);

    Lexicon()
    {
        ReadPatterns();
        var rows = ShippedRows.Open("asking/words.tsv");
        int feature = rows.Column("feature"), said = rows.Column("said");
        while (rows.Next())
        {
            var name = new string(rows[feature]);
            var list = rows[said];
            while (Rows.NextItem(ref list, '|', out var phrase)) Add(name, phrase);
        }
        words.UnionWith(WishWords.Shipped.Words);
        words.UnionWith(Stances.Words);
    }

    void ReadPatterns()
    {
        var rows = ShippedRows.Open("asking/patterns.tsv");
        int feature = rows.Column("feature"), pattern = rows.Column("pattern");
        while (rows.Next())
        {
            var text = new string(rows[pattern]);
            var name = new string(rows[feature]);
            if (name[0] == '(')
            {
                named.Add(name, new(text, RegexOptions.CultureInvariant));
                continue;
            }
            patterns.Add((name, new(text, RegexOptions.CultureInvariant, Longest)));
            foreach (Match word in WholeWord.Matches(text)) words.Add(word.Value);
        }
    }

    /// <summary>A pattern that is no feature: its name has brackets.</summary>
    public Regex Pattern(string name) => named[name];

    /// <summary>Words of a pattern, so that none is taken for a slip of another.</summary>
    static readonly Regex WholeWord = new(@"(?<![\\a-z])[a-z]{5,}(?![a-z\\])");

    /// <summary>
    /// No pattern of ours needs so long, on the busiest machine; a question that was made to be slow is left unread by it.
    /// </summary>
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    public static Lexicon Shipped => shipped.Value;

    /// <summary>How many phrases there are.</summary>
    public int Count => phrases.Count;

    void Add(string feature, ReadOnlySpan<char> phrase)
    {
        var isOpen = phrase.EndsWith("*");
        var folded = FindWords.Joined(new(isOpen ? phrase[..^1] : phrase));
        foreach (var word in folded.Split(' ')) words.Add(word);
        phrases.Add((feature, isOpen ? folded + "*" : folded));
    }

    /// <summary>Adds the features whose phrases the text has.</summary>
    public void Mark(string text, HashSet<string> features)
    {
        var affirmed = Denied.Replace(text, " ");
        foreach (var (feature, phrase) in phrases)
        {
            var isPlain = !IsFact(feature) || phrase.StartsWith("no ", StringComparison.Ordinal);
            if (Phrase.Match(isPlain ? text : affirmed, phrase) > 0) features.Add(feature);
        }
        foreach (var (feature, pattern) in patterns)
            if (!features.Contains(feature) && IsIn(IsFact(feature) ? affirmed : text, pattern)) features.Add(feature);
    }

    /// <summary>What would be taken for a fact of the case, so that "not", "no" or "without" before it counts.</summary>
    static bool IsFact(string feature) => feature.Contains(':', StringComparison.Ordinal)
        || feature is "counseled" or "chemo-word" or "guidance-word" or "same-syringe" or "joint-target" or "vein-door";

    /// <summary>A word that is denied, with those between: "without counseling", "not a Medicare patient".</summary>
    static readonly Regex Denied = new(@"\b(?:no|not|non|without|w o|sin|isn t|wasn t|instead of|rather than)(?: (?:a|any|the|in|into|given|with|by|charted|documented|"
        + @"traditional|it|un|una|el|la))* (?!longer|doubt|show|one|pay|paid)\w+");

    static bool IsIn(string text, Regex pattern)
    {
        try { return pattern.IsMatch(text); }
        catch (RegexMatchTimeoutException) { return false; }
    }

    /// <summary>Whether a word is a phrase of a feature.</summary>
    public bool Says(string feature, string word) => phrases.Contains((feature, word));

    public bool Knows(string word) => words.Contains(word) || phrases.Exists(row => row.Phrase.EndsWith('*')
        && word.StartsWith(row.Phrase.AsSpan(0, row.Phrase.Length - 1), StringComparison.Ordinal));

    /// <summary>The word that was probably meant; empty when none is near or it needs no mending.</summary>
    public string Mended(string word)
    {
        if (word.Length < ShortestMended || !word.All(char.IsAsciiLetterLower) || Knows(word)
            || WishWords.Shipped.Begins(word)) return "";
        var (best, least) = ("", word.Length < LongWord ? 2 : 3);
        foreach (var known in words)
        {
            if (known.Length < ShortestMended - 1 || known[0] != word[0]) continue;
            var distance = Nearest.Distance(word, known);
            if (distance < least) (best, least) = (known, distance);
        }
        return best;
    }
}
