using System.Globalization;
using Deltoid.Codes;

namespace Deltoid.Cli;

/// <summary>The payment locality of a service, from what a person wrote: its number, its name, or a ZIP code.</summary>
/// <param name="Locality">MAC and number, <c>06102-16</c>; empty for the national amount.</param>
/// <param name="Note">What is not certain of it; empty when all is.</param>
sealed record PriceSite(string Locality, string State, string Note)
{
    const int MostListed = 12;

    /// <summary>The locality that a number or a name means on a day.</summary>
    /// <param name="text">Empty for the national amount.</param>
    /// <returns>What is wrong, when it means none or several.</returns>
    public static string? Named(CodeBook book, string text, string state, DateOnly day, out PriceSite site)
    {
        site = new("", state, "");
        if (text.Length == 0) return null;
        var localities = OnDay(book, state, day);
        if (localities.Count == 0) return NoneOn(book, state, day);
        var found = LocalitySearch.Find(localities, text);
        if (found.Count == 0) return NoneIs(localities, text, day);
        if (found.Count > 1) return $"'{text}' fits {found.Count} localities; give one of {Listed(found)}";
        site = new($"{found[0].Mac}-{found[0].Number}", found[0].State, "");
        return null;
    }

    static string NoneIs(List<LocalityRow> localities, string text, DateOnly day)
    {
        var isFive = text.Length == 5 && text.All(char.IsAsciiDigit);
        if (isFive) return $"'{text}' is no contractor; a ZIP code is given as --zip {text}";
        var contractor = localities.FindAll(row => text.StartsWith(row.Mac, StringComparison.Ordinal));
        var hint = contractor.Count > 0
            ? $"contractor {contractor[0].Mac} has {Listed(contractor)}"
            : "'deltoid codes localities' lists them, and --zip finds the one of a ZIP code";
        return $"no locality of {day:yyyy-MM-dd} is '{text}'; {hint}";
    }

    /// <summary>Which locality a name was taken for; empty when its number was given.</summary>
    public string Meaning(CodeBook book, string text, DateOnly day)
    {
        if (!text.Any(char.IsAsciiLetter) || book.Locality(Locality, State, day) is not { } row) return "";
        return $"'{text}' is locality {Locality}, {row.Name} ({row.State})";
    }

    /// <summary>The localities of a day, by number.</summary>
    /// <param name="state">Two letters; empty for all.</param>
    public static List<LocalityRow> OnDay(CodeBook book, string state, DateOnly day)
    {
        var rows = book.Localities.Where(row => row.Dates.Contains(day));
        if (state.Length > 0) rows = rows.Where(row => row.State.Equals(state, StringComparison.OrdinalIgnoreCase));
        return [.. rows.OrderBy(static row => row.Mac + row.Number, StringComparer.Ordinal)];
    }

    /// <summary>Why there is none: the book has none of the day, or the state none.</summary>
    public static string NoneOn(CodeBook book, string state, DateOnly day)
    {
        if (OnDay(book, "", day).Count > 0)
            return $"there is no locality in a state '{state}'; --state takes two letters such as IL";
        var days = book.Localities.Select(static row => $"{row.Dates}").Distinct().Order(StringComparer.Ordinal)
            .ToList();
        const string Compile = "'deltoid codes compile' takes them from the GPCI file of CMS";
        return days.Count == 0
            ? $"this code book has no localities; {Compile}"
            : $"this code book has no localities on {day:yyyy-MM-dd} (it has "
                + $"those {string.Join(", ", days)}); {Compile}";
    }

    static string Listed(List<LocalityRow> found)
    {
        var listed = found.Take(MostListed).Select(static row => $"{row.Mac}-{row.Number} {row.Name} ({row.State})");
        var words = string.Join(", ", listed);
        return found.Count > MostListed ? $"{words} and {found.Count - MostListed} more" : words;
    }

    /// <summary>The locality of a ZIP code.</summary>
    /// <returns>What is wrong, when there is none.</returns>
    public static string? OfZip(CodeBook book, string text, DateOnly day, string state, out PriceSite site)
    {
        site = new("", state, "");
        if (!TryFive(text, out var zip)) return "--zip is a ZIP code of five digits such as 60601";
        if (!book.TryZip(zip, day, out var row)) return $"the code book has no ZIP code {text[..5]}; give --locality";
        var rowState = string.Create(CultureInfo.InvariantCulture,
            $"{(char)(row.State >> 8)}{(char)(row.State & 0xFF)}");
        site = new(string.Create(CultureInfo.InvariantCulture, $"{row.Carrier:00000}-{row.Locality:00}"),
            state.Length > 0 ? state : rowState, "");
        if (book.Locality(site.Locality, site.State, day) is null)
            return $"ZIP code {text[..5]} is in locality {site.Locality}, of which the code book "
                + $"has no indices on {day:yyyy-MM-dd}; give --locality";
        var notes = new List<string>();
        if (row.NeedsPlusFour != 0)
            notes.Add($"nine digits decide the locality in ZIP code {text[..5]}, and "
                + $"the file of five gives {site.Locality}");
        if (!row.Dates.Contains(day))
            notes.Add(string.Create(CultureInfo.InvariantCulture,
                $"the ZIP codes are those {row.Dates}: the locality may have changed"));
        site = site with { Note = string.Join("; ", notes) };
        return null;
    }

    static bool TryFive(string text, out int zip)
    {
        zip = 0;
        var isNine = text.Length is 9 or 10 && (text.Length == 9 || text[5] == '-');
        if (text.Length != 5 && !isNine) return false;
        foreach (var c in text.Replace("-", "", StringComparison.Ordinal))
            if (!char.IsAsciiDigit(c)) return false;
        return text.IndexOf('-', StringComparison.Ordinal) is -1 or 5
            && int.TryParse(text.AsSpan(0, 5), NumberStyles.None, CultureInfo.InvariantCulture, out zip);
    }
}
