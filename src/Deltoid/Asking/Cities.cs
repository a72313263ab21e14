using System.Globalization;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>Cities by a ZIP code in them (cities.tsv): most localities are not named after a city.</summary>
internal static class Cities
{
    /// <summary>A longer name is tried before a shorter one.</summary>
    const int MostWords = 3;

    static readonly Lazy<Dictionary<string, int>> shipped = new(static () =>
    {
        var all = new Dictionary<string, int>(StringComparer.Ordinal);
        var rows = ShippedRows.Open("asking/cities.tsv");
        int city = rows.Column("city"), zip = rows.Column("zip");
        while (rows.Next()) all.Add(new(rows[city]), int.Parse(rows[zip], CultureInfo.InvariantCulture));
        return all;
    });

    public static IReadOnlyDictionary<string, int> All => shipped.Value;

    /// <summary>The ZIP code of the city by which words begin; none where they name no city.</summary>
    public static int? ZipOf(string words)
    {
        var parts = words.Split(' ');
        for (var count = Math.Min(MostWords, parts.Length); count > 0; count--)
            if (shipped.Value.TryGetValue(string.Join(' ', parts[..count]), out var zip)) return zip;
        return null;
    }

    /// <summary>The ZIP code of the first city that a text names; none where it names none.</summary>
    public static int? ZipIn(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < words.Length; i++)
            if (ZipOf(string.Join(' ', words[i..Math.Min(words.Length, i + MostWords)])) is { } zip) return zip;
        return null;
    }
}
