namespace Deltoid.Notes;

/// <summary>
/// Words that are found although one letter is left out, added, changed, or swapped with the next: "decliend". Only a
/// word that means nothing else is read so. Where several are near, the one of the earliest row is meant.
/// </summary>
internal sealed class NearWords
{
    const int Shortest = 5, Longest = 20;

    readonly Dictionary<string, int> words = []; // to its place in the rows
    readonly HashSet<string> known = [];
    readonly Dictionary<string, List<string>> without = new(8192); // a word with a letter left out, to the words

    /// <summary>Whether a word is the name of a drug, or an everyday word.</summary>
    public Known IsKnown { get; set; } = static _ => false;

    public delegate bool Known(ReadOnlySpan<char> word);

    public void Know(string word) => known.Add(word);

    public void Add(string word)
    {
        if (word.Length is < Shortest or > Longest || word.AsSpan().ContainsAnyExceptInRange('a', 'z')
            || !words.TryAdd(word, words.Count))
            return;
        for (var i = 0; i < word.Length; i++)
        {
            var shorter = word.Remove(i, 1);
            if (!without.TryGetValue(shorter, out var all)) without[shorter] = all = [];
            if (!all.Contains(word)) all.Add(word);
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
        var (best, first) = ("", int.MaxValue);
        Take(word, shorter.TryGetValue(word, out var longer) ? longer : null, ref best, ref first);
        Span<char> left = stackalloc char[Longest];
        for (var i = 0; i < word.Length; i++)
        {
            word[..i].CopyTo(left);
            word[(i + 1)..].CopyTo(left[i..]);
            var rest = left[..(word.Length - 1)];
            if (whole.TryGetValue(rest, out var exact, out var place) && place < first && !IsForm(word, exact))
                (best, first) = (exact, place);
            Take(word, shorter.TryGetValue(rest, out var others) ? others : null, ref best, ref first);
        }
        return best;
    }

    void Take(ReadOnlySpan<char> word, List<string>? near, ref string best, ref int first)
    {
        foreach (var each in near ?? [])
            if (words[each] is var place && place < first && !IsForm(word, each)
                && DrugWords.Distance(word, each, 1) <= 1)
                (best, first) = (each, place);
    }
}
