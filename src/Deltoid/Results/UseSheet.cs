using Deltoid.Codes;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>The pages of modifiers and places of service.</summary>
static class UseSheet
{
    /// <summary>Null when neither the book nor the rules know the modifier.</summary>
    public static FactSheet? Of(Modifier modifier, CodeBook book)
    {
        var (rows, use) = (book.Modifier(modifier), Uses.Shipped.Modifier(modifier.ToString()));
        if (rows.Count == 0 && use is null) return null;
        var sheet = new FactSheet("modifier", modifier.ToString(), rows.Count > 0 ? rows[^1].Label : "");
        foreach (var row in rows)
            sheet.Add("in force",
                $"{row.Dates}{(book.SourceId(row.Source) is { Length: > 0 } source ? $" [{source}]" : "")}");
        if (rows.Count > 0 && rows[^1].Groups.HasFlag(ModifierGroups.Ncci))
            sheet.Add("NCCI", "opens a pair of indicator 1 when it is true");
        if (use is null) return sheet;
        sheet.Add("says", use.Says);
        sheet.Add("on", use.On);
        sheet.Add("chart", use.Chart);
        sheet.Add("never", use.Never);
        foreach (var id in use.Rules.Split(' ')) RuleSheet.AddRule(sheet, id);
        return sheet;
    }

    /// <summary>Null when the book does not have the place on the day.</summary>
    public static FactSheet? OfPlace(Code place, CodeBook book, DateOnly day)
    {
        if (book.Place(place, day) is not { } row) return null;
        var sheet = new FactSheet("place-of-service", row.Code.ToString(), row.Name);
        sheet.Add("in force", row.Dates.ToString());
        sheet.Add("Medicare", row.Facility ? "a facility in the fee schedule" : "not a facility in the fee schedule");
        if (Uses.Shipped.Place(row.Code.ToString()) is not { } use) return sheet;
        sheet.Add("injection", use.Says);
        foreach (var id in use.Rules.Split(' ')) RuleSheet.AddRule(sheet, id);
        return sheet;
    }
}
