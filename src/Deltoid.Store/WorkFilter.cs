using System.Globalization;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>
/// Which claims a worklist shows, as its address says it: <c>life=Held&amp;cause=ndc-missing&amp;payer=2</c>. Open
/// claims where nothing is asked. The order is that of <see cref="Ranking"/>.
/// </summary>
public sealed record WorkFilter(ClaimLife? Life = null, string Cause = "", long? Payer = null)
{
    public static WorkFilter Parse(string? query)
    {
        var filter = new WorkFilter();
        foreach (var part in (query ?? "").TrimStart('?').Split('&'))
            filter = part.Split('=', 2) switch
            {
                ["life", var life] when Enum.TryParse<ClaimLife>(life, ignoreCase: true, out var known) =>
                    filter with { Life = known },
                ["cause", var cause] => filter with { Cause = Uri.UnescapeDataString(cause) },
                ["payer", var payer] when long.TryParse(payer, CultureInfo.InvariantCulture, out var id) =>
                    filter with { Payer = id },
                _ => filter,
            };
        return filter;
    }

    /// <summary>As an address says it.</summary>
    public override string ToString() => string.Join('&', new[]
    {
        Life is { } life ? $"life={life}" : "", Cause.Length > 0 ? "cause=" + Uri.EscapeDataString(Cause) : "",
        Payer is { } payer ? string.Create(CultureInfo.InvariantCulture, $"payer={payer}") : "",
    }.Where(static part => part.Length > 0));

    public IQueryable<StoredClaim> Of(PracticeDb db)
    {
        var claims = Life is { } life ? db.Claims.Where(c => c.Life == life)
            : db.Claims.Where(static c => c.Life != ClaimLife.Closed);
        if (Cause.Length > 0) claims = claims.Where(c => c.Cause == Cause);
        return Payer is { } payer ? claims.Where(c => c.PayerId == payer) : claims;
    }

    /// <summary>The claims that stand after this place of the list.</summary>
    public IQueryable<StoredClaim> After(PracticeDb db, long rank, long id) => Of(db)
        .Where(c => c.Rank < rank || (c.Rank == rank && c.Id > id));

    public static IOrderedQueryable<StoredClaim> InOrder(IQueryable<StoredClaim> claims) =>
        claims.OrderByDescending(static c => c.Rank).ThenBy(static c => c.Id);

    /// <summary>The claims before and after one in the list, and its position from 1.</summary>
    public async Task<(long? Previous, long? Next, int Position, int Count)> Around(PracticeDb db, StoredClaim claim,
        CancellationToken stop = default)
    {
        var (rank, id) = (claim.Rank, claim.Id);
        var before = Of(db).Where(c => c.Rank > rank || (c.Rank == rank && c.Id < id));
        var after = After(db, rank, id);
        var (earlier, later) = (await before.CountAsync(stop), await after.CountAsync(stop));
        var isIn = await Of(db).AnyAsync(c => c.Id == id, stop);
        return (await before.OrderBy(static c => c.Rank).ThenByDescending(static c => c.Id)
                .Select(static c => (long?)c.Id).FirstOrDefaultAsync(stop),
            await InOrder(after).Select(static c => (long?)c.Id).FirstOrDefaultAsync(stop),
            isIn ? earlier + 1 : 0, earlier + later + (isIn ? 1 : 0));
    }
}
