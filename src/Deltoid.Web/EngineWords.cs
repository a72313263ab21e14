using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;
using static Deltoid.Web.Texts;

namespace Deltoid.Web;

/// <summary>
/// What the engine and the store say, in the language of the screen. They speak English, and some of it is kept as
/// English in the store; <c>SpanishSaid.tsv</c> has the Spanish beside each text. A row with places ({0}, {line}) is a
/// pattern: the words of the text in a place are its value. A text that no row knows stays English.
/// </summary>
static partial class EngineWords
{
    /// <summary>The Spanish of each English text, in the order of the file.</summary>
    internal static readonly IReadOnlyList<KeyValuePair<string, string>> Rows = Read("Deltoid.Web.SpanishSaid.tsv");

    static readonly FrozenDictionary<string, string> whole = Rows.Where(static r => !r.Key.Contains('{'))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What says more comes first.</summary>
    static readonly SaidPattern[] patterns = [.. Rows.Where(static r => r.Key.Contains('{'))
        .Select(static r => new SaidPattern(r.Key, r.Value)).OrderByDescending(static p => p.Says)];

    /// <summary>A text of the engine as the screen shows it.</summary>
    public static string InLanguage(string english) => Language == "es" ? Spanish(english) ?? english : english;

    /// <summary>The language of what <see cref="InLanguage"/> gives, where it is not that of the page.</summary>
    public static string? LanguageOf(string english) =>
        Language == "en" || Spanish(english) is not null ? null : English;

    /// <summary>A text of the engine in Spanish; null where a part of it has none.</summary>
    internal static string? Spanish(string english) => new Search().Find(english.Trim());

    /// <summary>One text is taken apart: sentences, a subject, a list, the values of a pattern.</summary>
    sealed partial class Search
    {
        /// <summary>What people have typed may have many parts: it is not looked through without an end.</summary>
        const int MostTries = 400, MostParts = 24, Longest = 1000;

        int tries;

        public string? Find(string text) => text.Length == 0 || IsNeutral(text) ? text
            : text.Length > Longest || ++tries > MostTries ? null
            : AsOne(text) ?? AfterSubject(text) ?? Matched(text) ?? Parted(text, ". ") ?? Parted(text, "; ")
                ?? Parted(text, ", ");

        /// <summary>A row as it is. The engine begins its sentences small, and ends some with a full stop.</summary>
        static string? AsOne(string text) => whole.GetValueOrDefault(text) ?? Capital(text)
            ?? (text[^1] == '.' ? (whole.GetValueOrDefault(text[..^1]) ?? Capital(text[..^1])) is { } found
                ? found.TrimEnd('.') + "." : null : null);

        static string? Capital(string text) => Small(text) is { } small
            && whole.TryGetValue(small, out var found) ? Results.Sentence.Capital(found) : null;

        static string? Small(string text) => text.Length > 1 && char.IsUpper(text[0]) && !char.IsUpper(text[1])
            ? char.ToLowerInvariant(text[0]) + text[1..] : null;

        /// <summary>Line 2, J3420: no container is charted.</summary>
        string? AfterSubject(string text)
        {
            var cut = text.IndexOf(": ", StringComparison.Ordinal);
            return cut > 0 && Find(text[..cut]) is { } subject && Find(text[(cut + 2)..]) is { } rest
                ? $"{subject}: {rest}" : null;
        }

        string? Matched(string text) => Pattern(text)
            ?? (Small(text) is { } small && Pattern(small) is { } said ? Results.Sentence.Capital(said) : null)
            ?? (text[^1] == '.' && text.Length > 1 && Matched(text[..^1]) is { } sentence
                ? sentence.TrimEnd('.') + "." : null);

        string? Pattern(string text)
        {
            foreach (var pattern in patterns)
                if (pattern.ValuesOf(text) is { } values && pattern.With(values, Value) is { } spanish) return spanish;
            return null;
        }

        /// <summary>A value in Spanish where it has words, else as it is.</summary>
        (string Text, bool IsKnown) Value(string text)
        {
            // the rest of a list begins with its mark, which stays
            foreach (var mark in (ReadOnlySpan<string>)[", ", ": "])
                if (text.StartsWith(mark, StringComparison.Ordinal))
                    return Find(text[mark.Length..]) is { } rest ? (mark + rest, true) : (text, false);
            return Find(text) is { } found ? (found, true) : (text, false);
        }

        /// <summary>Several texts in a row, each of which is known; one may hold the mark itself.</summary>
        string? Parted(string text, string mark)
        {
            var parts = text.Split(mark);
            if (parts.Length is 1 or > MostParts) return null;
            var (all, isSaid) = (new StringBuilder(), false);
            for (var at = 0; at < parts.Length;)
            {
                var end = parts.Length;
                string? found = null;
                for (; end > at; end--)
                    if ((found = end == at + 1 ? Find(parts[at]) : Run(string.Join(mark, parts[at..end]))) is not null)
                        break;
                if (found is null) return null;
                isSaid |= !IsNeutral(found);
                all.Append(at > 0 ? mark : "").Append(found);
                at = end;
            }
            return isSaid ? all.ToString() : null;
        }

        string? Run(string text) => AsOne(text) ?? Matched(text);

        /// <summary>Codes, numbers and days are the same in both languages.</summary>
        static bool IsNeutral(string text) => !Words().IsMatch(text);

        [GeneratedRegex(@"\b(?!mcg\b)[A-Za-z]*[a-z]{3}")]
        private static partial Regex Words();
    }
}

/// <summary>A row whose English has places for values.</summary>
sealed partial class SaidPattern
{
    /// <summary>A row that says less than this is known only where its values are known too.</summary>
    const int Enough = 12;

    readonly string[] words, places;
    readonly string spanish;

    public SaidPattern(string english, string spanish)
    {
        (words, places, this.spanish) = (Places().Split(english), [.. Places().Matches(english)
            .Select(static m => m.Value)], spanish);
        Says = words.Sum(static w => w.Count(char.IsLetter));
    }

    /// <summary>Letters beside the values.</summary>
    public int Says { get; }

    /// <summary>The values of a text, in the order of the places; null where it has other words.</summary>
    public string[]? ValuesOf(string text)
    {
        if (!text.StartsWith(words[0], StringComparison.Ordinal) || !text.EndsWith(words[^1], StringComparison.Ordinal))
            return null;
        var values = new string[places.Length];
        var at = words[0].Length;
        for (var i = 0; i < places.Length; i++)
        {
            var end = i == places.Length - 1 ? text.Length - words[^1].Length
                : at <= text.Length ? text.IndexOf(words[i + 1], at, StringComparison.Ordinal) : -1;
            if (end < at || (end == at && !MayBeEmpty(places[i]))) return null;
            values[i] = text[at..end];
            if (Array.IndexOf(places, places[i]) is var first && values[first] != values[i]) return null;
            at = end + words[i + 1].Length;
        }
        return values;
    }

    /// <summary>The rest of a list, where there is more.</summary>
    static bool MayBeEmpty(string place) => place[1] is ',' or ':' or 'n' or 'f';

    /// <summary>The Spanish with the values; null where the row says little and a value is not known.</summary>
    public string? With(string[] values, Func<string, (string Text, bool IsKnown)> value)
    {
        var said = Array.ConvertAll(values, v => value(v));
        if (Says < Enough && !Array.TrueForAll(said, static v => v.IsKnown)) return null;
        return Places().Replace(spanish, m => said[Array.IndexOf(places, m.Value)].Text).TrimEnd();
    }

    /// <summary>Places that touch are one: what is there cannot be divided.</summary>
    [GeneratedRegex(@"(?:\{[^{}]+\})+")]
    internal static partial Regex Places();
}
