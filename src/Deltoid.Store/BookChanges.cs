using Deltoid.Batch;
using Deltoid.Books;
using Deltoid.Pricing;
using Deltoid.Results;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>Another book that the practice's claims may be asked of.</summary>
/// <param name="Pack">Its name on the shelf; empty: the book in use.</param>
public sealed record OtherBook(string Pack, string Version, DateOnly Release);

/// <summary>
/// What the claims of the last 90 days would come to by other rows: by the book in use on the first day of the next
/// quarter, or by another book of the shelf on the day of its release. The same as <c>deltoid codes impact</c>.
/// </summary>
/// <param name="Ids">The ids of the claims that changed most, by their numbers.</param>
/// <param name="IsCut">There are more claims than were asked; the latest were.</param>
/// <param name="KnownThru">Set where the other rows do not reach that day: no claim was asked.</param>
internal sealed record BookChanges(OtherBook Other, (DateOnly Before, DateOnly After) Days, Impacts Impacts,
    IReadOnlyDictionary<string, long> Ids, bool IsCut, DateOnly? KnownThru = null)
{
    public const int Days90 = 90;

    const int MostClaims = 20_000, AtOnce = 1_000, MostShown = 50;

    /// <summary>The first day of the next quarter: when codes, units and prices of drugs change.</summary>
    public static DateOnly NextQuarter(DateOnly today) =>
        new DateOnly(today.Year, (today.Month - 1) / 3 * 3 + 1, 1).AddMonths(3);

    /// <summary>The books to choose from, that in use first.</summary>
    public static IReadOnlyList<OtherBook> Choices(CodeBooks books)
    {
        var own = books.Engine.Book;
        return [new("", own.Version, own.Release), .. books.Shelved.Where(static p => p.Manifest is not null)
            .Select(static p => new OtherBook(p.Name, StarterBook.VersionUnder(p.Manifest!), p.Manifest!.Release))
            .Where(o => o.Version != own.Version)];
    }

    /// <summary>Asks the claims of the last 90 days.</summary>
    /// <param name="pack">A name of <see cref="Choices"/>; an unknown one is the book in use.</param>
    public static async Task<BookChanges> Of(PracticeDb db, CodeBooks books, string pack, PriceTerms prices,
        DateOnly today, CancellationToken stop = default)
    {
        var other = Choices(books).FirstOrDefault(o => o.Pack == pack) ?? Choices(books)[0];
        var before = books.Engine.Book;
        var after = other.Pack.Length == 0 ? before : books.Named(other.Pack) ?? before;
        var days = (today, other.Pack.Length == 0 ? NextQuarter(today) : other.Release);
        var impacts = new Impacts(MostShown);
        if (after.KnownThru < days.Item2)
            return new(other, days, impacts, new Dictionary<string, long>(), false, after.KnownThru);
        var run = new ImpactRun(new(before, after, prices, days), impacts);
        var from = today.AddDays(-Days90);
        var asked = await db.Claims.Where(c => c.ServiceDate >= from && c.ServiceDate <= today)
            .OrderByDescending(static c => c.ServiceDate).ThenByDescending(static c => c.Id).Select(static c => c.Id)
            .Take(MostClaims + 1).ToListAsync(stop);
        foreach (var some in asked.Take(MostClaims).Chunk(AtOnce))
            foreach (var document in await db.Claims.AsNoTracking().Where(c => some.Contains(c.Id))
                .OrderBy(static c => c.Id).Select(static c => c.Document).ToListAsync(stop))
                run.Add(Documents.Claim(document), "");
        var numbers = impacts.First.Select(static c => c.Claim).ToList();
        var ids = await db.Claims.Where(c => numbers.Contains(c.Number))
            .ToDictionaryAsync(static c => c.Number, static c => c.Id, stop);
        return new(other, days, impacts, ids, asked.Count > MostClaims);
    }
}
