using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>Words and codes of rows in charted text and in blank-separated lists.</summary>
internal static class Phrase
{
    /// <summary>
    /// Where a folded text has the word, as whole words: the length of the match, or 0. A word may be a plural;
    /// <c>*</c> at its end means any ending.
    /// </summary>
    public static int Match(ReadOnlySpan<char> text, ReadOnlySpan<char> word)
    {
        var open = word.EndsWith('*');
        if (open) word = word[..^1];
        for (var from = 0; from <= text.Length - word.Length; from++)
        {
            var at = text[from..].IndexOf(word, StringComparison.Ordinal);
            if (at < 0) return 0;
            from += at;
            if (from > 0 && text[from - 1] != ' ') continue;
            var rest = text[(from + word.Length)..];
            var isWhole = rest.IsEmpty || rest[0] == ' ' || rest.SequenceEqual("s") || rest.StartsWith("s ");
            if (open || isWhole) return word.Length;
        }
        return 0;
    }

    /// <summary>The longest of several words that the text has, or 0.</summary>
    public static int Match(ReadOnlySpan<char> text, string[] words)
    {
        var longest = 0;
        foreach (var word in words) longest = Math.Max(longest, Match(text, word));
        return longest;
    }

    /// <summary>Whether a blank-separated list holds the word.</summary>
    public static bool Lists(ReadOnlySpan<char> list, ReadOnlySpan<char> word)
    {
        while (Rows.NextItem(ref list, ' ', out var item))
            if (item.SequenceEqual(word)) return true;
        return false;
    }

    /// <summary>Whether a blank-separated list of codes and ranges (<c>78000-78999 G0219</c>) holds the code.</summary>
    public static bool Covers(ReadOnlySpan<char> list, Code code)
    {
        while (Rows.NextItem(ref list, ' ', out var item))
        {
            var dash = item.IndexOf('-');
            if (dash < 0 ? item.SequenceEqual(code.ToString()) : IsBetween(code, item[..dash], item[(dash + 1)..]))
                return true;
        }
        return false;
    }

    static bool IsBetween(Code code, ReadOnlySpan<char> first, ReadOnlySpan<char> last)
    {
        var text = code.ToString();
        return text.Length == first.Length && text.AsSpan().CompareTo(first, StringComparison.Ordinal) >= 0
            && text.AsSpan().CompareTo(last, StringComparison.Ordinal) <= 0;
    }
}
