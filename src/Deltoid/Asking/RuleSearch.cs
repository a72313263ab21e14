using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Rules;

namespace Deltoid.Asking;

/// <summary>A rule, or the first paragraph of a finding's page, and how well its words fit, in thousandths.</summary>
internal readonly record struct RuleHit(Rule? Rule, FindingInfo? Finding, string Text, int Score);

/// <summary>
/// Finds rules and pages of findings by words: each word counts by how rare it is among the rules (in thousandths of
/// its binary logarithm),
/// once a rule, and short rules come first. Whole numbers only, so that every machine finds the same.
/// </summary>
internal sealed class RuleSearch
{
    static readonly Lazy<RuleSearch> shipped = new(static () => new());

    /// <summary>A question must be met by this much of the weight of its words, and by two words at least that are
    /// not both common.</summary>
    const int LeastPercent = 55, LeastWords = 2, LeastScore = 12000;

    static readonly HashSet<string> Stops = new(StringComparer.Ordinal)
    {
        "a", "an", "the", "is", "are", "was", "be", "do", "does", "did", "i", "we", "you", "my", "our", "it", "to", "of", "on", "in", "for",
        "and", "or", "with", "what", "how", "when", "where", "which", "who", "why", "can", "could", "should", "would", "will", "have",
        "has", "had", "if", "at", "by", "as", "that", "this", "there", "not", "no", "yes", "need", "must", "may", "please", "me",
        "they", "them", "he", "she", "her", "his", "from", "so", "any", "some", "get", "got", "about", "into", "than", "then", "too",
    };

    readonly List<(RuleHit Of, HashSet<string> Words)> rules = [];
    readonly Dictionary<string, int> counts = [];

    RuleSearch()
    {
        foreach (var rule in RuleBook.Shipped.Rules)
            Add(new(rule, null, rule.Line, 0),
                $"{rule.Line} {rule["believed"]} {rule.Section}");
        foreach (var edit in Edits.Shipped.Edits.Edits)
            if (ParagraphOf(edit.Info.Name) is { Length: > 0 } text) Add(new(null, edit.Info, text, 0), text);
    }

    void Add(RuleHit of, string text)
    {
        var words = WordsOf(text);
        rules.Add((of, words));
        foreach (var word in words) counts[word] = counts.GetValueOrDefault(word) + 1;
    }

    /// <summary>The first paragraph of a page, on one line and without marks; empty where there is no page.</summary>
    static string ParagraphOf(string name)
    {
        using var stream = typeof(RuleSearch).Assembly.GetManifestResourceStream($"pages/{name}.md");
        if (stream is null) return "";
        using var reader = new StreamReader(stream);
        var lines = new List<string>();
        for (var line = reader.ReadLine(); line is not null; line = reader.ReadLine())
        {
            if (line.StartsWith('#')) continue;
            if (line.Length == 0 && lines.Count > 0) break;
            if (line.Length > 0) lines.Add(line.Replace("`", "", StringComparison.Ordinal));
        }
        return string.Join(' ', lines);
    }

    public static RuleSearch Shipped => shipped.Value;

    /// <summary>Whether a rule has the word, or it is one that says nothing.</summary>
    public bool Knows(string word) => Stops.Contains(word) || counts.ContainsKey(Stem(word));

    static HashSet<string> WordsOf(string text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in FindWords.Joined(text, int.MaxValue).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            if (!Stops.Contains(word)) words.Add(Stem(word));
        return words;
    }

    /// <summary>Without the endings that change no meaning here: injections, injected, injecting.</summary>
    static string Stem(string word)
    {
        foreach (var ending in (
            ReadOnlySpan<string>)["ations", "ation", "ions", "ion", "ings", "ing", "ies", "ed", "es", "s"])
            if (word.Length > ending.Length + 3
                && word.EndsWith(ending, StringComparison.Ordinal)) return word[..^ending.Length];
        return word;
    }

    /// <summary>The rules that fit well enough, best first.</summary>
    public IReadOnlyList<RuleHit> Find(string question)
    {
        var (asked, hits) = (WordsOf(question), new List<RuleHit>());
        var whole = asked.Sum(WeightOf);
        foreach (var (of, words) in rules)
        {
            var (met, score) = (0, 0);
            foreach (var word in asked)
                if (words.Contains(word)) (met, score) = (met + 1, score + WeightOf(word));
            if (met >= LeastWords && score >= LeastScore
                && score * 100L >= (long)whole * LeastPercent) hits.Add(of with { Score = score - words.Count * 20 });
        }
        hits.Sort(static (x, y) => x.Score != y.Score ? y.Score.CompareTo(x.Score)
            : string.CompareOrdinal(x.Text, y.Text));
        return hits;
    }

    /// <summary>A word that no rule has weighs as one that a single rule has: it says that something else is
    /// meant.</summary>
    int WeightOf(string word)
    {
        var ratio = rules.Count / Math.Max(1, counts.GetValueOrDefault(word));
        var whole = int.Log2(Math.Max(1, ratio));
        return 1000 * whole + 1000 * (ratio - (1 << whole)) / (1 << whole);
    }
}
