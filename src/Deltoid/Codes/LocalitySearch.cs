using System.Text;

namespace Deltoid.Codes;

/// <summary>
/// Finds payment localities by what people call them: <c>06102-16</c>, <c>chicago</c>, <c>il</c>, <c>Marin County</c>,
/// <c>rest of ohio</c>. Case, order and marks do not matter; slips are forgiven when nothing else matches.
/// </summary>
internal static class LocalitySearch
{
    /// <summary>A word of so many letters may have two slips.</summary>
    const int LongName = 10;

    /// <summary>Words that say what kind of place it is. They are left out when nothing matches with them.</summary>
    static readonly string[] Kinds =
        ["rest", "of", "the", "state", "statewide", "area", "city", "county", "cnty", "metro", "metropolitan",
            "greater"];

    /// <summary>How else people write a word of a name.</summary>
    static readonly (string Written, string Name)[] Same =
        [("saint", "st"), ("ft", "fort"), ("county", "cnty"), ("surrounding", "surr"), ("poughkeepsie", "poughkpsie")];

    /// <summary>The localities that fit best; all of them when nothing is asked for.</summary>
    /// <param name="localities">Those of one day.</param>
    public static List<LocalityRow> Find(IReadOnlyList<LocalityRow> localities, string text)
    {
        var places = localities.Select(static row => new Place(row)).ToList();
        var words = WordsOf(text);
        if (words.Count == 0) return [.. localities];
        if (words.TrueForAll(static w => w.All(char.IsAsciiDigit))) return Numbered(places, string.Concat(words));
        var found = Named(places, words);
        return found.Count > 0 ? found : Named(places, words.FindAll(static w => !Kinds.Contains(w)));
    }

    static List<LocalityRow> Numbered(List<Place> places, string digits) =>
        Fitting(places, p => p.Number.StartsWith(digits, StringComparison.Ordinal));

    /// <summary>From the strictest reading to the loosest: the first that fits any locality decides.</summary>
    static List<LocalityRow> Named(List<Place> places, List<string> words)
    {
        if (words.Count == 0) return [];
        Predicate<Place>[] readings =
        [
            p => p.IsState(words),
            p => p.IsWhole(p.WithoutState(words)),
            p => p.HasCounty(p.WithoutState(words)),
            p => p.WithoutState(words).TrueForAll(p.Words.Contains),
            p => p.WithoutState(words).TrueForAll(p.HasBeginning),
        ];
        foreach (var reading in readings)
            if (Fitting(places, reading) is { Count: > 0 } found) return found;
        return Nearest(places, words);
    }

    static List<LocalityRow> Fitting(List<Place> places, Predicate<Place> fits) =>
        [.. places.FindAll(fits).Select(static p => p.Row)];

    /// <summary>
    /// Those with the fewest slips; of those the ones whose whole name was written, if there are any.
    /// </summary>
    static List<LocalityRow> Nearest(List<Place> places, List<string> words)
    {
        var typed = words.ConvertAll(static w => new TypedWord(Encoding.ASCII.GetBytes(w), 0, 0, []));
        var slips = places.ConvertAll(p => p.Slips(typed));
        var least = slips.Min();
        if (least == int.MaxValue) return [];
        var nearest = places.Where((_, i) => slips[i] == least).ToList();
        var whole = nearest.FindAll(p => p.Words.Count == words.Count);
        return [.. (whole.Count > 0 ? whole : nearest).Select(static p => p.Row)];
    }

    static List<string> WordsOf(string text)
    {
        var (words, buffer) = (new List<string>(), new char[FindWords.Longest]);
        var left = text.AsSpan();
        while (FindWords.Next(ref left, buffer, out var word))
        {
            var written = word.ToString();
            words.Add(Array.Find(Same, s => s.Written == written) is { Name: { } name } ? name : written);
        }
        return words;
    }

    /// <summary>A locality with the words it can be found by.</summary>
    sealed class Place(LocalityRow row)
    {
        readonly List<string> state = WordsOf($"{row.State} {States.NameOf(row.State)}");
        readonly List<string> county = WordsOf(row.Name.Split('(') is [_, var counties, ..] ? counties : "");

        public LocalityRow Row { get; } = row;

        public string Number { get; } = row.Mac + row.Number;

        public List<string> Words { get; } = WordsOf(row.Name);

        /// <summary>The two letters of the state, or its whole name.</summary>
        public bool IsState(List<string> words) =>
            (words is [var one] && one == state[0]) || words.SequenceEqual(state[1..]);

        /// <summary>The words that say more than the state; all of them when there is nothing else.</summary>
        public List<string> WithoutState(List<string> words) =>
            words.FindAll(w => !state.Contains(w)) is { Count: > 0 } more ? more : words;

        public bool IsWhole(List<string> words) =>
            words.Order(StringComparer.Ordinal).SequenceEqual(Words.Order(StringComparer.Ordinal));

        /// <summary>Whether a word of the name begins so.</summary>
        public bool HasBeginning(string word) =>
            word.Length > 2 && Words.Exists(name => name.StartsWith(word, StringComparison.Ordinal));

        /// <summary>A name with counties in brackets is first of all those counties.</summary>
        public bool HasCounty(List<string> words) =>
            words.TrueForAll(county.Contains) && words.Exists(static w => !Kinds.Contains(w));

        /// <summary>A price hangs on it, so fewer than for a code: Atlantis is not Atlanta.</summary>
        static int Allowed(TypedWord word) => Math.Min(word.Slips, word.Letters.Length < LongName ? 1 : 2);

        /// <summary>
        /// Slips of the words against this name; <see cref="int.MaxValue"/> when a word is not in it.
        /// </summary>
        public int Slips(List<TypedWord> typed)
        {
            var sum = 0;
            foreach (var word in typed)
            {
                var allowed = Allowed(word);
                var names = Words.Concat(state).Select(Encoding.ASCII.GetBytes)
                    .Where(name => name[0] == word.Letters[0]);
                var least = names.Select(name => FindIndex.Slips(word.Letters, name, allowed))
                    .DefaultIfEmpty(int.MaxValue).Min();
                if (least > allowed) return int.MaxValue;
                sum += least;
            }
            return sum;
        }
    }
}
