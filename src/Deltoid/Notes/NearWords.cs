namespace Deltoid.Notes;

/// <summary>
/// Words that are found although one letter is left out, added, changed, or swapped with the next: "decliend". Only a
/// word that means nothing else is read so, and only where one word is near.
/// </summary>
internal sealed class NearWords
{
    const int Shortest = 5, Longest = 20;

    readonly HashSet<string> words = [];
    readonly HashSet<string> known = [];
    readonly Dictionary<string, string> without = new(8192); // a word with a letter left out, to the word

    /// <summary>Whether a word is the name of a drug, or an everyday word.</summary>
    public Known IsKnown { get; set; } = static _ => false;

    public delegate bool Known(ReadOnlySpan<char> word);

    public void Know(string word) => known.Add(word);

    public void Add(string word)
    {
        if (word.Length is < Shortest or > Longest || word.AsSpan().ContainsAnyExceptInRange('a', 'z')
            || !words.Add(word))
            return;
        for (var i = 0; i < word.Length; i++)
        {
            var shorter = word.Remove(i, 1);
            without[shorter] = without.TryGetValue(shorter, out var other) && other != word ? "" : word;
        }
    }

    /// <summary>The word that is meant; empty where the word is known, or none or several are near.</summary>
    public string Of(ReadOnlySpan<char> word, int shortest)
    {
        if (word.Length < shortest || word.Length > Longest || word.ContainsAnyExceptInRange('a', 'z')
            || known.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word))
            return "";
        var meant = Nearest(word);
        return meant.Length > 0 && !IsKnown(word) ? meant : "";
    }

    /// <summary>"resumed" is a form of "resume", and not that word spelled wrong.</summary>
    static bool IsForm(ReadOnlySpan<char> word, string near) =>
        near.Length != word.Length && (word.StartsWith(near) || near.AsSpan().StartsWith(word));

    string Nearest(ReadOnlySpan<char> word)
    {
        var (whole, shorter) = (words.GetAlternateLookup<ReadOnlySpan<char>>(),
            without.GetAlternateLookup<ReadOnlySpan<char>>());
        var best = shorter.TryGetValue(word, out var one) && !IsForm(word, one) ? one : "";
        Span<char> left = stackalloc char[Longest];
        for (var i = 0; i < word.Length; i++)
        {
            word[..i].CopyTo(left);
            word[(i + 1)..].CopyTo(left[i..]);
            var rest = left[..(word.Length - 1)];
            var near = whole.TryGetValue(rest, out var exact) ? exact
                : shorter.TryGetValue(rest, out var other) && other.Length > 0 && DrugWords.Distance(word, other, 1) <= 1
                ? other : "";
            if (near.Length == 0 || near == best || IsForm(word, near)) continue;
            if (best.Length > 0) return "";
            best = near;
        }
        return best;
    }
}
