using System.Globalization;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>What a worklist is grouped by.</summary>
public enum WorkGrouping { Cause, Payer, Owner }

/// <summary>
/// Which claims a worklist shows, as its address says it: <c>life=Held&amp;cause=ndc-missing&amp;payer=2</c>. Open
/// claims that are not snoozed where nothing is asked. The order is that of <see cref="Ranking"/>.
/// </summary>
/// <param name="Owner">Who works on it; 0 for nobody.</param>
/// <param name="IsAsleep">The snoozed ones instead.</param>
/// <param name="By">What the page groups by; it changes no list.</param>
public sealed record WorkFilter(ClaimLife? Life = null, string Cause = "", long? Payer = null, long? Owner = null,
    bool IsAsleep = false, WorkGrouping By = WorkGrouping.Cause)
{
    /// <summary>The most claims that are counted to say which place a claim has in its list.</summary>
    public const int MostCounted = 1000;

    public static WorkFilter Parse(string? query)
    {
        var filter = new WorkFilter();
        foreach (var part in (query ?? "").TrimStart('?').Split('&'))
            filter = part.Split('=', 2) switch
            {
                ["life", var life] when Enum.TryParse<ClaimLife>(life, ignoreCase: true, out var known)
                    && Enum.IsDefined(known) => filter with { Life = known },
                ["cause", var cause] => filter with { Cause = Uri.UnescapeDataString(cause) },
                ["payer", var payer] when long.TryParse(payer, CultureInfo.InvariantCulture, out var id) =>
                    filter with { Payer = id },
                ["owner", var owner] when long.TryParse(owner, CultureInfo.InvariantCulture, out var id) =>
                    filter with { Owner = id },
                ["asleep", "yes"] => filter with { IsAsleep = true },
                ["by", var by] when Enum.TryParse<WorkGrouping>(by, ignoreCase: true, out var grouping)
                    && Enum.IsDefined(grouping) => filter with { By = grouping },
                _ => filter,
            };
        return filter;
    }

    /// <summary>As an address says it.</summary>
    public override string ToString() => string.Join('&', new[]
    {
        Life is { } life ? $"life={life}" : "", Cause.Length > 0 ? "cause=" + Uri.EscapeDataString(Cause) : "",
        Payer is { } payer ? string.Create(CultureInfo.InvariantCulture, $"payer={payer}") : "",
        Owner is { } owner ? string.Create(CultureInfo.InvariantCulture, $"owner={owner}") : "",
        IsAsleep ? "asleep=yes" : "", By == WorkGrouping.Cause ? "" : $"by={By}",
    }.Where(static part => part.Length > 0));

    public IQueryable<StoredClaim> Of(PracticeDb db)
    {
        // the database finds an index of open claims by these very words
        var claims = Life == ClaimLife.Closed ? db.Claims : db.Claims.Where(static c => c.Life != ClaimLife.Closed);
        claims = IsAsleep ? claims.Where(static c => c.SnoozedUntil != null)
            : claims.Where(static c => c.SnoozedUntil == null);
        if (Life is { } life) claims = claims.Where(c => c.Life == life);
        if (Cause.Length > 0) claims = claims.Where(c => c.Cause == Cause);
        if (Payer is { } payer) claims = claims.Where(c => c.PayerId == payer);
        if (Owner == 0) claims = claims.Where(static c => c.OwnerId == null);
        else if (Owner is { } owner) claims = claims.Where(c => c.OwnerId == owner);
        return claims;
    }

    /// <summary>The counts of the claims of this list.</summary>
    public IQueryable<WorkCount> Counts(PracticeDb db)
    {
        var counts = db.WorkCounts.AsNoTracking().Where(w => w.IsAsleep == IsAsleep && w.Claims > 0);
        counts = Life is { } life ? counts.Where(w => w.Life == life)
            : counts.Where(static w => w.Life != ClaimLife.Closed);
        if (Cause.Length > 0) counts = counts.Where(w => w.Cause == Cause);
        if (Payer is { } payer) counts = counts.Where(w => w.PayerId == payer);
        if (Owner is { } owner) counts = counts.Where(w => w.OwnerId == owner);
        return counts;
    }

    /// <summary>The claims that stand after this place of the list.</summary>
    public IQueryable<StoredClaim> After(PracticeDb db, long rank, long id) => Of(db)
        .Where(c => c.Rank <= rank && (c.Rank < rank || c.Id > id)); // the first half is what an index begins with

    public static IOrderedQueryable<StoredClaim> InOrder(IQueryable<StoredClaim> claims) =>
        claims.OrderByDescending(static c => c.Rank).ThenBy(static c => c.Id);

    /// <summary>
    /// The claims before and after one in the list, its position from 1 and the length of the list. The position is 0
    /// where it is in none, or further down than <see cref="MostCounted"/>.
    /// </summary>
    public async Task<(long? Previous, long? Next, int Position, int Count)> Around(PracticeDb db, StoredClaim claim,
        CancellationToken stop = default)
    {
        var (rank, id) = (claim.Rank, claim.Id);
        var before = Of(db).Where(c => c.Rank >= rank && (c.Rank > rank || c.Id < id));
        var backwards = before.OrderBy(static c => c.Rank).ThenByDescending(static c => c.Id);
        var count = (int)await Counts(db).SumAsync(static w => w.Claims, stop);
        if (count == 0) return (null, null, 0, 0);
        var earlier = await backwards.Select(static c => c.Id).Take(MostCounted).CountAsync(stop);
        var isIn = await Of(db).AnyAsync(c => c.Id == id, stop);
        return (await backwards.Select(static c => (long?)c.Id).FirstOrDefaultAsync(stop),
            await InOrder(After(db, rank, id)).Select(static c => (long?)c.Id).FirstOrDefaultAsync(stop),
            isIn && earlier < MostCounted ? earlier + 1 : 0, count);
    }
}
