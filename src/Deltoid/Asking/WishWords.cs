using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>
/// The words that wishes are made of, by name (wish-words.tsv): acts, things, aims. Immutable; one is shared.
/// </summary>
internal sealed class WishWords
{
    /// <summary>How many words <c>..</c> may mean.</summary>
    const int Gap = 5;

    static readonly Lazy<WishWords> shipped = new(static () => new());

    readonly Dictionary<string, List<string[]>> named = new(StringComparer.Ordinal);

    WishWords()
    {
        var rows = ShippedRows.Open("asking/wish-words.tsv");
        int name = rows.Column("name"), said = rows.Column("said");
        while (rows.Next())
        {
            if (!named.TryGetValue(new(rows[name]), out var phrases)) named.Add(new(rows[name]), phrases = []);
            var list = rows[said];
            while (Rows.NextItem(ref list, '|', out var phrase)) phrases.Add(new string(phrase).Split(' '));
        }
        stems = new(() => [.. named.Values.SelectMany(static phrases => phrases).SelectMany(static phrase => phrase)
            .Where(static word => word.EndsWith('*')).Select(static word => word[..^1]).Distinct()]);
    }

    readonly Lazy<List<string>> stems;

    public static WishWords Shipped => shipped.Value;

    public IEnumerable<string> Names => named.Keys;

    public bool Has(string name) => named.ContainsKey(name);

    /// <summary>All whole words, so that none is taken for a slip of another.</summary>
    public IEnumerable<string> Words => named.Values.SelectMany(static phrases => phrases)
        .SelectMany(static phrase => phrase).Where(static word => word.All(char.IsAsciiLetterLower));

    /// <summary>Whether a word begins as one with any ending does.</summary>
    public bool Begins(string word) => stems.Value.Exists(stem => word.StartsWith(stem, StringComparison.Ordinal));

    /// <summary>Whether a word is one of a name.</summary>
    public bool Is(string name, string word) => named[name].Exists(phrase => phrase.Length == 1 && phrase[0] == word);

    /// <summary>Where the words of a name stand: first word and the word after the last.</summary>
    public List<(int From, int End)> Find(string name, string[] words)
    {
        var found = new List<(int, int)>();
        for (var i = 0; i < words.Length; i++)
            foreach (var phrase in named[name])
                if (EndOf(phrase, 0, words, i) is var end && end > i) found.Add((i, end));
        return found;
    }

    /// <summary>The word after a phrase that begins at a word; -1 where it does not.</summary>
    static int EndOf(string[] phrase, int part, string[] words, int at)
    {
        if (part == phrase.Length) return at;
        if (phrase[part] == "..")
        {
            for (var skipped = 0; skipped <= Gap; skipped++)
                if (EndOf(phrase, part + 1, words, at + skipped) is var end && end >= 0) return end;
            return -1;
        }
        return at < words.Length && IsWord(phrase[part], words[at]) ? EndOf(phrase, part + 1, words, at + 1) : -1;
    }

    public static bool IsWord(string part, string word) => part switch
    {
        "#" => word.All(char.IsAsciiDigit),
        "@code" => word.Length == 5 && word[1..^1].All(char.IsAsciiDigit)
            && (char.IsAsciiDigit(word[0]) || char.IsAsciiDigit(word[^1])),
        "@dx" => word.Length is > 2 and < 8 && char.IsAsciiLetter(word[0]) && char.IsAsciiDigit(word[1])
            && char.IsAsciiDigit(word[2]) && word is not "b12" && (word.Length != 5 || !word[1..].All(char.IsAsciiDigit)),
        [.. var start, '*'] => word.StartsWith(start, StringComparison.Ordinal),
        _ => word == part,
    };
}
