using System.Buffers;
using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>How names of drugs are compared.</summary>
internal static class DrugName
{
    /// <summary>
    /// Lower case, one blank between words, no marks, no amount before the name ("1 ML ketorolac"), no words such as
    /// "injection" or "shot" at the end; the CDC's number of a vaccine in one word ("CVX 03" is "cvx3").
    /// </summary>
    public static string Fold(string name)
    {
        Span<char> folded = name.Length <= 128 ? stackalloc char[128] : new char[name.Length];
        var length = 0;
        foreach (var c in name)
        {
            var letter = char.ToLowerInvariant(c);
            if (char.IsLetterOrDigit(letter)) folded[length++] = letter;
            else if (letter is not ('\'' or '.' or '\u00ae' or '\u2122') && length > 0 && folded[length - 1] != ' ')
                folded[length++] = ' ';
        }
        var text = folded[..length].Trim();
        while (AmountBefore(text) is > 0 and var amount && amount < text.Length) text = text[amount..];
        foreach (var tail in Tails)
            if (text.EndsWith(tail)) text = text[..^tail.Length].TrimEnd();
        return text.StartsWith("cvx ") ? $"cvx{text[4..].TrimStart('0')}" : new string(text);
    }

    static readonly string[] Tails = [" shot", " injection", " injectable", " inj", " im", " vial", " syringe"];

    static readonly string[] Units =
        ["ml", "cc", "mg", "mcg", "ug", "g", "gm", "units", "unit", "unt", "iu", "meq", "hr", "vial"];

    /// <summary>
    /// How many letters of a folded name are an amount before the drug: digits, and a unit with or without a blank.
    /// RxNorm writes the volume of a vial or syringe there.
    /// </summary>
    static int AmountBefore(ReadOnlySpan<char> text)
    {
        var at = 0;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || (at > 0 && text[at] == ' '))) at++;
        if (at == 0) return 0;
        var end = text[at..].IndexOf(' ');
        if (end < 0) return 0;
        foreach (var unit in Units)
            if (text.Slice(at, end).SequenceEqual(unit)) return at + end + 1;
        return 0;
    }

    static readonly SearchValues<char> Digits = SearchValues.Create("0123456789 ");

    public static bool HasLetter(ReadOnlySpan<char> folded) => folded.ContainsAnyExcept(Digits);

    /// <summary>The words between square brackets that end a name: a brand; empty where there are none.</summary>
    public static string InBrackets(string name, out string before)
    {
        before = name;
        var close = name.LastIndexOf(']');
        var open = close > 0 ? name.LastIndexOf('[', close) : -1;
        if (open <= 0) return "";
        before = name[..open];
        return name[(open + 1)..close];
    }

    /// <summary>Forms and makers of one drug, whose names begin alike; vaccines of one product or one family.</summary>
    public static bool IsOneKind(Drug one, Drug other)
    {
        if (one.Index == other.Index) return true;
        if (one.Vaccine is { } a && other.Vaccine is { } b)
            return a.Family == b.Family && (a.Code.IsNone || b.Code.IsNone);
        return FirstWord(one.Name).Equals(FirstWord(other.Name), StringComparison.OrdinalIgnoreCase);
    }

    static ReadOnlySpan<char> FirstWord(string name)
    {
        var end = name.AsSpan().IndexOfAny(' ', '-');
        return name.AsSpan(0, end > 0 ? end : name.Length);
    }
}
