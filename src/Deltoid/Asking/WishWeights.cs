using System.Globalization;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>
/// How much the words of a question speak for a wish that must be refused: points of wish-weights.tsv, which ./write
/// learns from examples. So a wish in words that no row of wishes.tsv has is known by its kind. Immutable; one is
/// shared.
/// </summary>
internal sealed class WishWeights
{
    /// <summary>From so many points on it is refused, whatever else could answer.</summary>
    public const int Sure = 40;

    /// <summary>
    /// From so many on, more than a question of unknown words alone has, it is refused where nothing answers, and an
    /// answer says what is true to bill.
    /// </summary>
    public const int Likely = 20;

    /// <summary>From so few on it is honest, although a row of wishes.tsv has its words.</summary>
    public const int Honest = -120;

    /// <summary>The row of what every question has.</summary>
    public const string Always = "(always)";

    static readonly Lazy<WishWeights> shipped = new(static () => new());

    static readonly string[] Endings = ["ing", "ed", "es", "s"];

    const int ShortestStem = 3;

    readonly Dictionary<string, int> points = new(StringComparer.Ordinal);

    WishWeights()
    {
        var rows = ShippedRows.Open("asking/wish-weights.tsv");
        int said = rows.Column("said"), of = rows.Column("points");
        while (rows.Next()) points.Add(new(rows[said]), int.Parse(rows[of], CultureInfo.InvariantCulture));
    }

    public static WishWeights Shipped => shipped.Value;

    public int Of(WishText text, CodeBook book)
    {
        var traits = TraitsOf(text, book);
        var sum = 0;
        foreach (var trait in traits) sum += points.GetValueOrDefault(trait);
        return points.GetValueOrDefault(Always) + (int)(sum / Math.Sqrt(traits.Count));
    }

    /// <summary>
    /// The stems of its words, each two that follow each other, and the names of wish-words.tsv that it has.
    /// </summary>
    public static HashSet<string> TraitsOf(WishText text, CodeBook book)
    {
        var traits = new HashSet<string>(StringComparer.Ordinal);
        var before = "^";
        foreach (var word in text.Words)
        {
            var stem = StemOf(word, book);
            traits.Add(stem);
            traits.Add($"{before} {stem}");
            before = stem;
        }
        traits.Add(before + " $");
        foreach (var name in WishWords.Shipped.Names)
            if (text.Find(name).Count > 0) traits.Add(":" + name);
        return traits;
    }

    static string StemOf(string word, CodeBook book)
    {
        if (word.All(char.IsAsciiDigit) && word.Length != 5) return "#";
        if (WishWords.IsWord("@code", word)) return "@code";
        if (WishWords.IsWord("@dx", word)) return "@dx";
        if (char.IsAsciiDigit(word[0])) return "#";
        if (DrugNames.Of(book).Names(word)) return "@drug";
        var stem = word;
        foreach (var ending in Endings)
            if (word.EndsWith(ending, StringComparison.Ordinal) && word.Length - ending.Length >= ShortestStem
                && !word.EndsWith("ss", StringComparison.Ordinal))
            {
                stem = word[..^ending.Length];
                if (stem.Length > ShortestStem && stem[^1] == stem[^2] && stem[^1] is not ('l' or 's'))
                    stem = stem[..^1];
                break;
            }
        return stem.Length > ShortestStem && stem[^1] == 'e' ? stem[..^1] : stem;
    }
}
