using System.Text;

namespace Deltoid.Forms;

/// <summary>Texts as a form that machines read takes them: capitals of ASCII, one blank between words.</summary>
static class FormWords
{
    /// <summary>Each letter of ASCII, and the capitals that are printed as it.</summary>
    static readonly (char Plain, string Accented)[] Letters =
    [
        ('A', "ÀÁÂÃÄÅĀĂĄǍ"),
        ('C', "ÇĆĈĊČ"),
        ('D', "ĎĐÐ"),
        ('E', "ÈÉÊËĒĔĖĘĚ"),
        ('G', "ĜĞĠĢ"),
        ('H', "ĤĦ"),
        ('I', "ÌÍÎÏĨĪĬĮİı"),
        ('J', "Ĵ"),
        ('K', "Ķ"),
        ('L', "ĹĻĽĿŁ"),
        ('N', "ÑŃŅŇ"),
        ('O', "ÒÓÔÕÖØŌŎŐ"),
        ('R', "ŔŖŘ"),
        ('S', "ŚŜŞŠȘ"),
        ('T', "ŢŤŦȚ"),
        ('U', "ÙÚÛÜŨŪŬŮŰŲµμΜ"),
        ('W', "Ŵ"),
        ('Y', "ÝŶŸ"),
        ('Z', "ŹŻŽ"),
        ('\'', "’‘ʼ`´"),
        ('-', "–—‐‑−"),
        ('"', "“”„"),
    ];

    static readonly (char Sign, string Plain)[] Pairs =
    [
        ('Æ', "AE"),
        ('Œ', "OE"),
        ('Þ', "TH"),
        ('ß', "SS"),
        ('ẞ', "SS"),
        ('Ĳ', "IJ"),
        ('…', "..."),
        ('½', "1/2"),
        ('¼', "1/4"),
        ('¾', "3/4")
    ];

    /// <param name="lost">How many characters have no counterpart; a question mark for each.</param>
    public static string Capitals(string text, out int lost)
    {
        var plain = new StringBuilder(text.Length);
        lost = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                if (plain.Length > 0 && plain[^1] != ' ') plain.Append(' ');
                continue;
            }
            if (rune.Value is (>= 0x300 and <= 0x36F) or 0x200B or 0x200D or 0xFEFF)
                continue; // an accent that follows its letter, signs without width
            var sign = Capital(rune);
            if (sign is null) lost++;
            plain.Append(sign ?? "?");
        }
        return plain.ToString().TrimEnd();
    }

    /// <summary>The sign in ASCII, or null when it has none.</summary>
    static string? Capital(Rune rune)
    {
        var upper = Rune.ToUpperInvariant(rune);
        if (upper.IsAscii) return upper.ToString();
        if (!upper.IsBmp) return null;
        var sign = (char)upper.Value;
        foreach (var (plain, accented) in Letters)
            if (accented.Contains(sign, StringComparison.Ordinal)) return plain.ToString();
        foreach (var (from, plain) in Pairs)
            if (from == sign) return plain;
        return null;
    }

    /// <summary>
    /// Names and addresses: no commas, periods or other signs (NUCC manual, items 2, 5, 33), but what is part of a name
    /// stays: <c>O'Brien-Smith</c>, <c>1/2</c>.
    /// </summary>
    public static string WithoutPunctuation(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var c in text)
            kept.Append(c is '-' or '\'' or '/' or '&' || c > 127 || char.IsAsciiLetterOrDigit(c) ? c.ToString()
                : c is '.' or '#' ? ""
                : " ");
        return kept.ToString();
    }

    /// <summary>
    /// LAST JR, FIRST, M: of the middle name its initial; a single letter at the end of the first names is that too.
    /// </summary>
    public static string LastFirst(string last, string suffix, string first, string middle)
    {
        (last, first, middle) = (WithoutPunctuation($"{last} {suffix}").Trim(), WithoutPunctuation(first).Trim(),
            WithoutPunctuation(middle).Trim());
        if (middle.Length == 0 && first.Length > 2 && first[^2] == ' ')
            (first, middle) = (first[..^2].TrimEnd(), first[^1..]);
        if (middle.Length > 1) middle = middle[..(char.IsHighSurrogate(middle[0]) ? 2 : 1)];
        return string.Join(", ", new[] { last, first, middle }.Where(static part => part.Length > 0));
    }

    /// <summary>Numbers of all sorts: neither hyphens nor blanks.</summary>
    public static string LettersAndDigits(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var c in text)
            if (char.IsAsciiLetterOrDigit(c) || c == '?') kept.Append(c);
        return kept.ToString();
    }
}
