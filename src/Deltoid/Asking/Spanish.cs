using System.Globalization;
using System.Text;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>
/// What is said to a question in Spanish: the rows of spanish.tsv. What has no row is said in English, as all rules
/// are, whose words are those of the rows that are cited.
/// </summary>
internal static class Spanish
{
    static readonly Lazy<Dictionary<string, (string Said, string Why)>> shipped = new(static () =>
    {
        var all = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        var rows = ShippedRows.Open("asking/spanish.tsv");
        int key = rows.Column("key"), said = rows.Column("said"), why = rows.Column("why");
        while (rows.Next()) all.Add(new(rows[key]), (new(rows[said]), new(rows[why])));
        return all;
    });

    public static IReadOnlyCollection<string> Keys => shipped.Value.Keys;

    /// <summary>The lead of an intent, or its own English one.</summary>
    public static string Lead(Inquiry asked, string intent, string english) =>
        asked.IsSpanish && shipped.Value.TryGetValue(intent, out var row) ? row.Said : english;

    public static Missing Ask(Inquiry asked, string fact, Missing english) =>
        asked.IsSpanish && shipped.Value.TryGetValue("ask:" + fact, out var row) ? new(row.Said, row.Why) : english;

    /// <summary>A sentence with its parts; the English one to a question in English.</summary>
    /// <remarks>A cell has no blank at its end; the English sentence says whether one follows.</remarks>
    public static string Sentence(Inquiry asked, string name, string english, params object[] parts)
    {
        if (!asked.IsSpanish) return english;
        var said = string.Format(CultureInfo.InvariantCulture, CompositeFormat.Parse(shipped.Value["say:" + name].Said),
            parts);
        return english.EndsWith(' ') ? said + " " : said;
    }
}
