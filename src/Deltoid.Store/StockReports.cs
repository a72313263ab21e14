using Deltoid.Codes;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>A lot in the list.</summary>
/// <param name="Left">Thousandths of its unit.</param>
/// <param name="Used">Shots that were drawn from it.</param>
/// <param name="Billed">Those of them that are settled: on a claim that may leave, or not ours to bill.</param>
public sealed record LotLine(Lot Lot, long Left, int Used, int Billed)
{
    public int Gap => Used - Billed;
}

/// <summary>Where vial, chart and claim do not agree.</summary>
/// <param name="LotId">Null where no vial was chosen.</param>
/// <param name="IsAlarm">More is billed than was drawn.</param>
public sealed record StockGap(long? LotId, long ClaimId, string ClaimNumber, Patient Patient, DateOnly Day, string Drug,
    string Why, bool IsAlarm);

/// <summary>Vial = chart = claim: each shot is drawn from a vial and is on a claim, and no claim has more.</summary>
public static class StockReports
{
    /// <summary>How many days the comparison of vials with claims goes back.</summary>
    public const int Days = 90;

    /// <summary>All lots that have something left, were used lately, or are recalled; first what expires first.</summary>
    public static async Task<(List<LotLine> Lots, List<StockGap> Gaps)> Of(PracticeDb db, Engine engine, DateOnly today,
        CancellationToken stop = default)
    {
        var since = today.AddDays(-Days);
        var shots = await db.Shots.AsNoTracking().Include(static s => s.Patient).Where(s => s.Day >= since)
            .OrderByDescending(static s => s.Day).ThenBy(static s => s.Id).ToListAsync(stop);
        var lots = await db.Lots.AsNoTracking().OrderBy(static l => l.Expires).ThenBy(static l => l.Id)
            .Select(l => new { Lot = l, Left = db.Movements.Where(m => m.LotId == l.Id).Sum(static m => m.Quantity) })
            .ToListAsync(stop);
        var byId = lots.ToDictionary(static l => l.Lot.Id, static l => l.Lot);
        var gaps = await Gaps(db, engine.Book, shots, byId, since, stop);
        var open = gaps.Where(static g => !g.IsAlarm).ToLookup(static g => g.LotId);
        var used = shots.ToLookup(static s => s.LotId);
        return ([.. lots.Where(l => l.Left > 0 || l.Lot.RecalledOn is not null || used[l.Lot.Id].Any())
            .Select(l => new LotLine(l.Lot, l.Left, used[l.Lot.Id].Count(),
                Math.Max(0, used[l.Lot.Id].Count() - open[l.Lot.Id].Count())))], gaps);
    }

    static async Task<List<StockGap>> Gaps(PracticeDb db, CodeBook book, List<Shot> shots, Dictionary<long, Lot> lots,
        DateOnly since, CancellationToken stop)
    {
        var claims = await db.Claims.AsNoTracking().Where(c => c.ServiceDate >= since).ToDictionaryAsync(
            static c => c.Id, stop);
        var drawn = (await db.Movements.AsNoTracking().Where(m => m.ClaimId != null && m.Day >= since)
            .GroupBy(static m => new { m.ClaimId, m.LotId })
            .Select(static g => new { g.Key.ClaimId, g.Key.LotId, Quantity = -g.Sum(static m => m.Quantity) })
            .ToListAsync(stop)).ToLookup(static d => d.ClaimId, static d => (d.LotId, d.Quantity));
        var gaps = new List<StockGap>();
        foreach (var of in shots.GroupBy(static s => s.ClaimId))
        {
            if (!claims.TryGetValue(of.Key, out var claim)) continue;
            var lines = Documents.Claim(claim.Document).Lines.ToArray();
            foreach (var shot in of)
            {
                var lot = shot.LotId is { } id ? lots.GetValueOrDefault(id) : null;
                if (WhyOpen(book, claim, shot, lot, lines) is { } why) gaps.Add(Gap(shot, claim, why, false));
            }
            foreach (var drug in of.Select(static s => s.Drug).Distinct())
                if (IsOverbilled(book, drug, claim.ServiceDate, lines, [.. drawn[of.Key].Select(d =>
                    (lots[d.LotId], d.Quantity)).Where(d => d.Item1.Drug == drug)]) is { } alarm)
                    gaps.Add(Gap(of.First(s => s.Drug == drug), claim, alarm, true));
        }
        return gaps;
    }

    static StockGap Gap(Shot shot, StoredClaim claim, string why, bool isAlarm) =>
        new(shot.LotId, claim.Id, claim.Number, shot.Patient, shot.Day, shot.Drug, why, isAlarm);

    static string? WhyOpen(CodeBook book, StoredClaim claim, Shot shot, Lot? lot, Claims.ServiceLine[] lines)
    {
        if (lot is null) return "charted, and no vial was chosen";
        if (lot.Source is not (StockSource.Own or StockSource.Discount340B)) return null; // not ours to bill
        if (claim.Life is ClaimLife.Held or ClaimLife.Rejected)
            return $"the claim is {(claim.Life == ClaimLife.Held ? "held" : "rejected")}"
                + (claim.Cause.Length > 0 ? ": " + claim.Cause.Replace('-', ' ') : "");
        return lines.Any(l => IsOf(book, shot.Drug, l.Code)) ? null : "the drug is not on the claim";
    }

    static bool IsOf(CodeBook book, string name, Code code)
    {
        if (book.DrugNamed(name) is not { } drug) return false;
        if (drug.Vaccine?.Code == code) return true;
        foreach (ref readonly var product in drug.Products.Span)
            if (product.Hcpcs == code) return true;
        return false;
    }

    /// <summary>
    /// Units on the claim above those that all that was drawn comes to, each vial rounded up. Null where none are, or
    /// where the units count something else than the vial.
    /// </summary>
    static string? IsOverbilled(CodeBook book, string drug, DateOnly day, Claims.ServiceLine[] lines,
        List<(Lot Lot, long Quantity)> drawn)
    {
        foreach (var code in lines.Where(l => IsOf(book, drug, l.Code)).Select(static l => l.Code).Distinct())
        {
            if (!book.TryUnit(code, day, out var row) || row.IsPerDose || drawn.Count == 0) continue;
            var (limit, isKnown) = (0m, true);
            foreach (var (lot, quantity) in drawn)
            {
                var amount = new Amount(quantity / 1000m, Amount.UnitOf(lot.Unit));
                if (amount.IsComparableTo(row.Unit)) limit += Math.Ceiling(amount.Base / row.Unit.Base);
                else isKnown = false;
            }
            var billed = lines.Where(l => l.Code == code).Sum(static l => l.Units.Thousandths) / 1000m;
            if (isKnown && billed > limit)
                return FormattableString.Invariant($"{code}: {billed:0.###} units are billed, and {limit:0} were drawn");
        }
        return null;
    }

    /// <summary>Who got a lot: one query over all that the practice has charted.</summary>
    public static Task<List<Shot>> Recipients(PracticeDb db, Lot lot, CancellationToken stop = default) =>
        (from shot in db.Shots.AsNoTracking().Include(static s => s.Patient)
            join drawn in db.Lots on shot.LotId equals drawn.Id
            where drawn.Ndc == lot.Ndc && drawn.Number == lot.Number
            orderby shot.Day descending, shot.Id descending
            select shot).ToListAsync(stop);
}
