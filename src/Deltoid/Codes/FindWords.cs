using System.Text;
using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>
/// A word as it was typed, and what it may be beside a word: the beginning of a code, of a package's number.
/// </summary>
/// <param name="Low">The codes that begin so lie between the two; 0 where it is no code.</param>
sealed record TypedWord(byte[] Letters, ulong Low, ulong High, (ulong Low, ulong High)[] Packages)
{
    /// <summary>Slips are forgiven in words of letters, none in numbers and codes.</summary>
    public int Slips =>
        Array.Exists(Letters, static b => b is >= (byte)'0' and <= (byte)'9')
            ? 0
            : Letters.Length switch { < 4 => 0, < 6 => 1, _ => 2 };
}

/// <summary>How texts are cut into words that can be compared: letters and digits of ASCII, lower case.</summary>
static class FindWords
{
    /// <summary>A word's letters after these say nothing more; a place for each fits into an integer.</summary>
    public const int Longest = 40;

    const int MostTyped = 12;

    // what the letters from U+00C0 on are without their marks
    const string Plain = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty";

    /// <summary>Takes the next word off a text; false when there is none.</summary>
    /// <param name="buffer">Of <see cref="Longest"/> characters, for the word.</param>
    public static bool Next(ref ReadOnlySpan<char> text, char[] buffer, out ReadOnlySpan<char> word)
    {
        var (at, length) = (0, 0);
        for (; at < text.Length; at++)
        {
            var letter = Fold(text[at]);
            if (letter == ' ' && length > 0) break;
            if (letter is not (' ' or '\'') && length < Longest) buffer[length++] = letter;
        }
        text = text[at..];
        word = buffer.AsSpan(0, length);
        return length > 0;
    }

    /// <summary>Marks within a word (Crohn's, Toradol®) are left out, all others end it.</summary>
    static char Fold(char c) => c switch
    {
        (>= 'a' and <= 'z') or (>= '0' and <= '9') => c,
        >= 'A' and <= 'Z' => (char)(c + 32),
        '\'' or '\u2019' or '\u00ae' or '\u2122' => '\'',
        >= '\u00c0' and <= '\u00ff' => Plain[c - '\u00c0'],
        _ => ' ',
    };

    /// <summary>The words of a text with a blank between them: "B-12 shot" is "b 12 shot".</summary>
    /// <param name="most">Words that begin after so many characters are left out.</param>
    public static string Joined(string text, int most = Longest * 2)
    {
        var left = text.AsSpan();
        var (buffer, joined) = (new char[Longest], new StringBuilder());
        while (joined.Length < most && Next(ref left, buffer, out var word))
            joined.Append(joined.Length > 0 ? " " : "").Append(word);
        return joined.ToString();
    }

    public static int Count(string text)
    {
        var left = text.AsSpan();
        var (buffer, count) = (new char[Longest], 0);
        while (Next(ref left, buffer, out _)) count++;
        return count;
    }

    /// <summary>What was typed, word by word; words after a dozen are not looked at.</summary>
    public static List<TypedWord> Typed(string text)
    {
        var (words, buffer) = (new List<TypedWord>(), new char[Longest]);
        foreach (var part in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var left = IsDotted(part) ? part.Remove(3, 1).AsSpan() : part.AsSpan();
            var packages = Packages(part);
            if (packages.Length > 0 && part.Contains('-', StringComparison.Ordinal))
                left = part.Replace("-", "", StringComparison.Ordinal);
            while (words.Count < MostTyped && Next(ref left, buffer, out var word)) words.Add(Typed(word, packages));
        }
        return words;
    }

    /// <summary>A diagnosis with its dot.</summary>
    static bool IsDotted(string part) =>
        part.Length > 3 && part[3] == '.' && char.IsAsciiLetter(part[0]) && char.IsAsciiDigit(part[1])
            && Code.TryParse(part, out _);

    static TypedWord Typed(ReadOnlySpan<char> word, (ulong, ulong)[] packages)
    {
        var letters = Encoding.ASCII.GetBytes(word.ToArray());
        if (!Code.TryParse(word, out var code)) return new(letters, 0, 0, packages);
        return new(letters, code.Packed,
            code.Length == Code.MaxLength ? code.Packed : code.Packed | (ulong.MaxValue >> (8 * code.Length)),
            packages);
    }

    /// <summary>
    /// The packages whose eleven digits may be meant: with hyphens, by the layout (0409-0009-02, or as far as it was
    /// typed); ten digits bare in each of the three layouts; fewer as a beginning.
    /// </summary>
    static (ulong Low, ulong High)[] Packages(string part)
    {
        var digits = part.Replace("-", "", StringComparison.Ordinal);
        if (digits.Length is < 4 or > 11 || !digits.All(char.IsAsciiDigit)) return [];
        if (Ndc.TryParse(part, out var ndc, out _)) return [(ndc.Digits, ndc.Digits)];
        var hyphen = part.IndexOf('-', StringComparison.Ordinal);
        if (hyphen is >= 0 and not (4 or 5)) return [];
        var begun = Beginning(hyphen == 4 ? "0" + digits : digits);
        if (hyphen >= 0 || digits.Length != 10) return [begun];
        return [Beginning("0" + digits), Beginning(digits.Insert(5, "0")), Beginning(digits.Insert(9, "0")), begun];
    }

    static (ulong Low, ulong High) Beginning(string digits)
    {
        ulong low = 0, size = 1;
        for (var i = 0; i < 11; i++) low = (low * 10) + (i < digits.Length ? (ulong)(digits[i] - '0') : 0);
        for (var i = digits.Length; i < 11; i++) size *= 10;
        return (low, low + size - 1);
    }
}
