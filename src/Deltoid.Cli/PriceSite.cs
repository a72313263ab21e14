using System.Globalization;
using Deltoid.Codes;

namespace Deltoid.Cli;

/// <summary>Where a service was given, as <c>deltoid price</c> was told it.</summary>
/// <param name="Note">What is not certain of it; empty when all is.</param>
sealed record PriceSite(string Locality, string State, string Note)
{
    /// <summary>The locality of a ZIP code; what is wrong when there is none.</summary>
    public static string? Find(CodeBook book, string text, DateOnly day, string state, out PriceSite site)
    {
        site = new("", state, "");
        if (!TryFive(text, out var zip)) return "--zip is a ZIP code of five digits such as 60601";
        if (book.Zips.Count == 0) return "--zip needs a code book with ZIP codes, and this one has none; 'deltoid codes compile' makes one with the zip of CMS that holds ZIP5_OCT2025.txt, and --book names it";
        if (!book.TryZip(zip, day, out var row)) return $"the code book has no ZIP code {text[..5]}; give --locality";
        var rowState = string.Create(CultureInfo.InvariantCulture, $"{(char)(row.State >> 8)}{(char)(row.State & 0xFF)}");
        site = new(string.Create(CultureInfo.InvariantCulture, $"{row.Carrier:00000}-{row.Locality:00}"), state.Length > 0 ? state : rowState, "");
        if (book.Locality(site.Locality, site.State, day) is null) return $"ZIP code {text[..5]} is in locality {site.Locality}, of which the code book has no indices on {day:yyyy-MM-dd}; give --locality";
        var notes = new List<string>();
        if (row.NeedsPlusFour != 0) notes.Add($"nine digits decide the locality in ZIP code {text[..5]}, and the file of five gives {site.Locality}");
        if (!row.Dates.Contains(day)) notes.Add(string.Create(CultureInfo.InvariantCulture, $"the ZIP codes are those {row.Dates}: the locality may have changed"));
        site = site with { Note = string.Join("; ", notes) };
        return null;
    }

    static bool TryFive(string text, out int zip)
    {
        zip = 0;
        var isNine = text.Length is 9 or 10 && (text.Length == 9 || text[5] == '-');
        if (text.Length != 5 && !isNine) return false;
        foreach (var c in text.Replace("-", "", StringComparison.Ordinal)) if (!char.IsAsciiDigit(c)) return false;
        return text.IndexOf('-', StringComparison.Ordinal) is -1 or 5 && int.TryParse(text.AsSpan(0, 5), NumberStyles.None, CultureInfo.InvariantCulture, out zip);
    }
}
