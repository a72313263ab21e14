using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>
/// The page of two codes on one day: what NCCI says of them in both directions, for practitioners and hospitals, with
/// its history.
/// </summary>
static class PairSheet
{
    /// <summary>Null when the book has one of them not.</summary>
    public static FactSheet? Of(Code left, Code right, CodeBook book, DateOnly day)
    {
        if (book.Codes[book.Id(left)].IsEmpty || book.Codes[book.Id(right)].IsEmpty) return null;
        var sheet = new FactSheet("pair", $"{left} + {right}", "");
        sheet.Add(left.ToString(), BookWords.Label(book, left));
        sheet.Add(right.ToString(), BookWords.Label(book, right));
        AddTable(sheet, book, book.PractitionerPairs, left, right, day, "practitioner");
        AddTable(sheet, book, book.HospitalPairs, left, right, day, "hospital");
        return sheet;
    }

    static void AddTable(FactSheet sheet, CodeBook book, PairTable table, Code left, Code right, DateOnly day,
        string name)
    {
        sheet.Begin($"NCCI ({name}), on {day.Iso()}");
        var today = Today(book, table, left, right, day) ?? Today(book, table, right, left, day);
        sheet.Add("", today ?? "no pair: NCCI asks for no modifier, and payers may still have rules of their own");
        foreach (var (one, two) in (ReadOnlySpan<(Code, Code)>)[(left, right), (right, left)])
            foreach (var (id, row) in table.ColumnOne(book.Id(one)))
                if (id == book.Id(two) && !row.Dates.Contains(day))
                    sheet.Add("", $"on other days: {one} over {two}, {Indicator(row.Indicator)}, {row.Dates}");
        if (today is not null) RuleSheet.AddRule(sheet, "INJ-161");
    }

    static string? Today(CodeBook book, PairTable table, Code one, Code two, DateOnly day)
    {
        if (!table.TryFind(book.Id(one), book.Id(two), day.DayNumber, out var row) || row.Indicator > 1) return null;
        var source = book.SourceId(row.Source) is { Length: > 0 } id ? $" [{id}]" : "";
        var way = row.Indicator == 0 ? "no modifier opens it" : Modifier(book, one, two, day);
        return $"{one} is paid and {two} is not ({Indicator(row.Indicator)}): {way}; {row.Dates}{source}";
    }

    static string Indicator(byte indicator) => indicator switch
    {
        0 => "indicator 0, never together",
        1 => "indicator 1, with a true modifier",
        _ => "indicator 9, void"
    };

    /// <summary>A visit takes 25; else the code in column two takes the most exact modifier.</summary>
    static string Modifier(CodeBook book, Code one, Code two, DateOnly day) =>
        IsVisit(book, two, day) ? $"25 on {two} when the visit has its own note"
        : IsVisit(book, one, day) ? $"25 on {one} when the visit has its own note and the services were separate"
        : $"XE, XS, XP or XU (59 when none fits) on {two} when it was distinct and the chart says so";

    static bool IsVisit(CodeBook book, Code code, DateOnly day) =>
        book.TryCode(code, day, out var row)
            && row.Groups.HasAny(Group.Visit | Group.OfficeVisit | Group.PreventiveVisit);
}
