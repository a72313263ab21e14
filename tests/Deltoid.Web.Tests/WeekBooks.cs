using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>What holds of a practice's books after every step of its week: twelve sentences and the trail.</summary>
sealed class WeekBooks(PracticeDb db, BillingWeek week)
{
    /// <summary>The first sentence that does not hold; null where all do.</summary>
    public async Task<string?> Fault()
    {
        var practice = await db.Practices.AsNoTracking().SingleAsync(p => p.Id == db.PracticeId);
        var claims = await db.Claims.AsNoTracking().OrderBy(static c => c.Id).ToListAsync();
        return OfClaims(practice, claims)
            ?? await OfVersions(claims)
            ?? await OfFiles(practice)
            ?? await OfMoney(claims)
            ?? await OfLists(claims)
            ?? await OfTrail();
    }

    async Task<string?> OfTrail()
    {
        foreach (var one in await db.Events.AsNoTracking().Where(e => e.Number > week.Trail.Count)
            .OrderBy(static e => e.Number).ToListAsync())
            if (!week.Trail.Take(one)) return $"0: the trail is broken at event {week.Trail.Fault!.Number}";
        return null;
    }

    static string? OfClaims(Practice practice, List<StoredClaim> claims)
    {
        for (var i = 0; i < claims.Count; i++)
            if (claims[i].Number != $"C{i + 1:000000}" || practice.NextClaim != claims.Count + 1)
                return $"1: the numbers of claims have a gap before {claims[i].Number}";
        if (claims.Find(static c => c.SentIn is null && c.Life is ClaimLife.Sent or ClaimLife.Accepted
            or ClaimLife.Rejected or ClaimLife.Answered) is { } unsent)
            return $"2: {unsent.Number} is with a payer, and no file took it there";
        return claims.Find(static c => c.Life == ClaimLife.Ready && c.Errors > 0) is { } wrong
            ? $"3: {wrong.Number} may leave with an error" : null;
    }

    async Task<string?> OfVersions(List<StoredClaim> claims)
    {
        var versions = await db.ClaimVersions.AsNoTracking().Select(static v => new { v.ClaimId, v.Version })
            .ToListAsync();
        foreach (var claim in claims)
            if (!versions.Where(v => v.ClaimId == claim.Id).Select(static v => v.Version).Distinct().Order()
                .SequenceEqual(Enumerable.Range(1, claim.Version)))
                return $"4: the versions of {claim.Number} have a gap";
        return null;
    }

    async Task<string?> OfFiles(Practice practice)
    {
        var files = await db.Files.AsNoTracking().OrderBy(static f => f.Id)
            .Select(static f => new { f.IsOutgoing, f.Control, f.Digest }).ToListAsync();
        if (!files.Where(static f => f.IsOutgoing).Select(static f => f.Control!.Value)
            .SequenceEqual(Enumerable.Range(1, practice.NextControl - 1)))
            return "5: the control numbers of files that left have a gap, or one is there twice";
        var came = files.Where(static f => !f.IsOutgoing).Select(static f => f.Digest).ToList();
        return came.Count != came.Distinct().Count() || !came.TrueForAll(week.Came.Contains)
            ? "6: a file that came is there twice, or never came" : null;
    }

    async Task<string?> OfMoney(List<StoredClaim> claims)
    {
        var postings = await db.Postings.AsNoTracking()
            .Select(static p => new { p.Entry, p.ClaimId, p.Account, p.Cents }).ToListAsync();
        if (postings.GroupBy(static p => p.Entry).Any(static e => e.Sum(static p => p.Cents) != 0))
            return "7: an entry does not come to zero";
        foreach (var claim in claims)
            if (-postings.Where(p => p.ClaimId == claim.Id && p.Account == Account.Revenue).Sum(static p => p.Cents)
                != claim.Charge)
                return $"8: what was charged for {claim.Number} is not what the books say";
        var posted = await db.Remittances.AsNoTracking().Where(static r => r.State == RemittanceState.Posted)
            .Select(static r => new { r.Key, r.Trace, r.Amount }).ToListAsync();
        if (posted.Select(static r => r.Key).Distinct().Count() != posted.Count)
            return "9: a payment is posted twice";
        if (posted.Find(r => !week.Paid.Contains((r.Trace, r.Amount))) is { } invented)
            return $"10: payment {invented.Trace} is posted, and the payer never paid it so";
        var cash = postings.Where(static p => p.Account == Account.Cash).Sum(static p => p.Cents);
        return cash != posted.Sum(static r => r.Amount)
            ? $"11: the books have {cash} cents of cash, posted payments {posted.Sum(static r => r.Amount)}" : null;
    }

    /// <summary>The numbers that the worklist shows are those of its claims.</summary>
    async Task<string?> OfLists(List<StoredClaim> claims)
    {
        var counts = await db.WorkCounts.AsNoTracking().GroupBy(static w => w.Life)
            .Select(static g => new { g.Key, Claims = g.Sum(static w => w.Claims), Cents = g.Sum(static w => w.Cents) })
            .Where(static g => g.Claims > 0).ToListAsync();
        var expected = claims.GroupBy(static c => c.Life)
            .Select(static g => (g.Key, (long)g.Count(), g.Sum(static c => c.Charge))).Order();
        return counts.Select(static c => (c.Key, c.Claims, c.Cents)).Order().SequenceEqual(expected)
            ? null : "12: the worklist counts other claims than there are";
    }
}
