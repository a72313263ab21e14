using System.Collections.Frozen;
using System.Globalization;
using System.Security.Claims;

namespace Deltoid.Web;

/// <summary>
/// The texts of the screens. The English text is the key; <c>Spanish.tsv</c> has the Spanish beside it. A text without
/// one is shown in English.
/// </summary>
static class Texts
{
    /// <summary>Languages of the screens with their own names.</summary>
    public static readonly (string Code, string Name)[] Languages = [("en", "English"), ("es", "Español")];

    /// <summary>The Spanish of each English text, in the order of the file.</summary>
    internal static readonly IReadOnlyList<KeyValuePair<string, string>> Spanish = Read("Deltoid.Web.Spanish.tsv");

    static readonly FrozenDictionary<string, string> spanish = Spanish.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What a text with a number first says of one: its English and its Spanish.</summary>
    internal static readonly IReadOnlyDictionary<string, (string English, string Spanish)> Ones =
        RowsOf("Deltoid.Web.Ones.tsv", 3).ToDictionary(static r => r[0], static r => (r[1], r[2]));

    static readonly AsyncLocal<string?> current = new();

    /// <summary>The language of this request: en or es.</summary>
    public static string Language => current.Value ?? "en";

    /// <summary>A text in the language of this request.</summary>
    public static string T(string english)
    {
        if (Language != "es" || english.Length == 0) return english;
        if (spanish.TryGetValue(english, out var text)) return text;
        Missed?.Invoke(english);
        return english;
    }

    /// <summary>An example to type: it is shown as it is, unless it says something in words.</summary>
    public static string Hint(string english) =>
        Language == "es" && spanish.TryGetValue(english, out var text) ? text : english;

    /// <summary>A text was shown that has no Spanish.</summary>
    internal static event Action<string>? Missed;

    /// <summary>A text with values in the places {0}, {1} …</summary>
    public static string T(string english, params ReadOnlySpan<object?> values) =>
        string.Format(CultureInfo.InvariantCulture, values is [1 or 1L or "1", ..]
            && Ones.TryGetValue(english, out var one) ? Language == "es" ? one.Spanish : one.English : T(english),
            values);

    /// <summary>Said by the engine, which speaks English: marked so on a page of another language.</summary>
    public static string? English => Language == "en" ? null : "en";

    internal static List<KeyValuePair<string, string>> Read(string resource) =>
        [.. RowsOf(resource, 2).Select(static r => KeyValuePair.Create(r[0], r[1]))];

    static List<string[]> RowsOf(string resource, int columns)
    {
        using var stream = typeof(Texts).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        var rows = new List<string[]>();
        while (reader.ReadLine() is { } line)
            if (line.Split('\t') is var row && row.Length == columns) rows.Add(row);
        return rows;
    }

    /// <summary>The language that a person has set, in the session.</summary>
    public const string OfPerson = "language-of-person";

    /// <summary>
    /// A person's own setting counts first, then what the browser asks for. Dates and money stay American: the program
    /// knows no other culture.
    /// </summary>
    public static Task Choose(HttpContext context, Func<Task> next)
    {
        var own = context.User.FindFirstValue(OfPerson);
        current.Value = Known(own) ?? context.Request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(static l => l.Quality ?? 1).Select(static l => Known(l.Value.Value))
            .FirstOrDefault(static l => l is not null);
        return next();
    }

    /// <summary>es of es-MX, where the screens have it.</summary>
    static string? Known(string? asked)
    {
        foreach (var (code, _) in Languages)
            if (asked == code || asked?.StartsWith(code + "-", StringComparison.OrdinalIgnoreCase) == true) return code;
        return null;
    }
}
