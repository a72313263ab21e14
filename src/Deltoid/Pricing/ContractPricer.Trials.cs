using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Pricing;

/// <summary>What the code book has beside the right price: years, places and quarters that a payer may mix up.</summary>
internal sealed partial class ContractPricer
{
    /// <summary>The years whose fee schedule the book has.</summary>
    public IEnumerable<int> Years() =>
        book.Factors.Where(static f => f.Dates.From is not null).Select(static f => f.Dates.From!.Value.Year).Distinct()
            .Order();

    /// <summary>
    /// Localities of the same state or contractor, without the line's own: the ones that are mixed up. More would fit
    /// by chance.
    /// </summary>
    public IEnumerable<LocalityRow> LocalitiesNear(Claim claim, ContractRate row, DateOnly day)
    {
        var at = row.Locality.Length > 0 ? (row.Locality, row.State) : (contract.Locality, contract.State);
        if (at.Item1.Length == 0) at = SiteOf(claim, day);
        if (book.Locality(at.Item1, at.Item2, day) is not { } own) return [];
        return book.Localities.Where(l => l != own && l.Dates.Contains(day)
            && (l.State == own.State || l.Mac == own.Mac));
    }

    /// <summary>The spans of a drug's payment limits, the newest first, up to the one after the day.</summary>
    public List<DateRange> QuartersOf(Code code, DateOnly day, int most)
    {
        var spans = new List<DateRange>();
        foreach (ref readonly var row in book.AspLimits[book.Id(code)]) spans.Add(row.Dates);
        spans.Sort(static (a, b) => b.FromDay.CompareTo(a.FromDay));
        var next = spans.FindLastIndex(s => s.FromDay > day.DayNumber);
        return [.. spans.Skip(Math.Max(next, 0)).Take(most)];
    }

    public bool IsFacility(Claim claim, int index)
    {
        var of = PricedOf(claim, index, Assumed.Nothing);
        return FeeSchedule.IsFacility(book, of.Place, of.Line.Date);
    }

    public bool IsProcedure(Code code, DateOnly day) =>
        book.TryCode(code, day, out var row) && row.Kind == CodeKind.Procedure;

    /// <summary>Whether a row is for the code of a line, on whatever day and wherever.</summary>
    public bool IsFor(ContractRate row, Claim claim, int index) =>
        row.IsFor(book, claim.Lines[index].Code, claim.Lines[index].Date);
}
