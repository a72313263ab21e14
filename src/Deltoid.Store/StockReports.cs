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

/// <summary>What a shot has to do with its claim.</summary>
public enum GapKind
{
    /// <summary>It was charted, and it is not on a claim that may leave.</summary>
    Open = 1,
    /// <summary>More is billed than was drawn.</summary>
    Alarm = 2,
    /// <summary>A person says why nobody is billed for it.</summary>
    NotBilled = 3,
}

/// <summary>Where vial, chart and claim do not agree.</summary>
public sealed record StockGap(Shot Shot, StoredClaim Claim, string Why, GapKind Kind);

/// <summary>What should be ordered of a drug, so that the shelf lasts.</summary>
/// <param name="Weekly">Vials that are used in a week, in thousandths.</param>
/// <param name="Left">Vials on the shelf that may be given, in thousandths.</param>
public sealed record OrderHint(Lot Like, long Weekly, long Left, long Order);

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
        var open = gaps.Where(static g => g.Kind == GapKind.Open).ToLookup(static g => g.Shot.LotId);
        var used = shots.ToLookup(static s => s.LotId);
        return ([.. lots.Where(l => l.Left > 0 || l.Lot.RecalledOn is not null || used[l.Lot.Id].Any())
            .Select(l => new LotLine(l.Lot, l.Left, used[l.Lot.Id].Count(),
                Math.Max(0, used[l.Lot.Id].Count() - open[l.Lot.Id].Count())))], gaps);
    }

    static async Task<List<StockGap>> Gaps(PracticeDb db, CodeBook book, List<Shot> shots, Dictionary<long, Lot> lots,
        DateOnly since, CancellationToken stop)
    {
        var ofShots = shots.Select(static s => s.ClaimId).ToHashSet(); // most claims of a large practice have none
        var claims = await db.Claims.AsNoTracking().Where(c => c.ServiceDate >= since && ofShots.Contains(c.Id))
            .ToDictionaryAsync(static c => c.Id, stop);
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
                if (WhyOpen(book, claim, shot, lot, lines) is not { } why) continue;
                gaps.Add(shot.NotBilled.Length > 0 ? new(shot, claim, shot.NotBilled, GapKind.NotBilled)
                    : new(shot, claim, why, GapKind.Open));
            }
            foreach (var drug in of.Select(static s => s.Drug).Distinct())
                if (IsOverbilled(book, drug, claim.ServiceDate, lines, [.. drawn[of.Key].Select(d =>
                    (lots[d.LotId], d.Quantity)).Where(d => d.Item1.Drug == drug)]) is { } alarm)
                    gaps.Add(new(of.First(s => s.Drug == drug), claim, alarm, GapKind.Alarm));
        }
        return gaps;
    }

    static string? WhyOpen(CodeBook book, StoredClaim claim, Shot shot, Lot? lot, Claims.ServiceLine[] lines)
    {
        if (lot is null) return "charted, and no vial was chosen";
        if (!IsBought(lot)) return null; // not ours to bill
        if (claim.Life is ClaimLife.Held or ClaimLife.Rejected)
            return $"the claim is {(claim.Life == ClaimLife.Held ? "held" : "rejected")}"
                + (claim.Cause.Length > 0 ? ": " + claim.Cause.Replace('-', ' ') : "");
        // a line at no charge is of another dose, which cost the practice nothing
        return lines.Any(l => IsOf(book, shot.Drug, l.Code) && l.Charge is not { Cents: 0 }) ? null
            : "the drug is not on the claim";
    }

    static bool IsBought(Lot lot) => lot.Source is StockSource.Own or StockSource.Discount340B;

    static bool IsOf(CodeBook book, string name, Code code)
    {
        if (book.DrugNamed(name) is not { } drug) return false;
        if (drug.Vaccine?.Code == code) return true;
        foreach (ref readonly var product in drug.Products.Span)
            if (product.Hcpcs == code) return true;
        return false;
    }

    /// <summary>
    /// Units on the claim above those that come of what was drawn from bought vials, each rounded up. Null where none
    /// are, or where the units count something else than the vial.
    /// </summary>
    static string? IsOverbilled(CodeBook book, string drug, DateOnly day, Claims.ServiceLine[] lines,
        List<(Lot Lot, long Quantity)> drawn)
    {
        foreach (var code in lines.Where(l => IsOf(book, drug, l.Code)).Select(static l => l.Code).Distinct())
        {
            if (!book.TryUnit(code, day, out var row) || row.IsPerDose || drawn.Count == 0) continue;
            var (limit, isKnown) = (0m, true);
            foreach (var (lot, quantity) in drawn.Where(static d => IsBought(d.Lot)))
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

    /// <summary>How far back the use of a drug is averaged, and for how long the shelf should last.</summary>
    const int UseWeeks = 8, LastsWeeks = 2;

    /// <summary>
    /// Drugs that the practice buys and that do not last two weeks at the pace of the last eight. Vials are whole: an
    /// order is rounded up.
    /// </summary>
    public static async Task<List<OrderHint>> Orders(PracticeDb db, DateOnly today, CancellationToken stop = default)
    {
        var since = today.AddDays(-7 * UseWeeks);
        var lots = await db.Lots.AsNoTracking()
            .Where(static l => l.Source == StockSource.Own || l.Source == StockSource.Discount340B)
            .OrderBy(static l => l.Id).Select(l => new
            {
                Lot = l, Left = db.Movements.Where(m => m.LotId == l.Id).Sum(static m => m.Quantity),
                Used = -db.Movements.Where(m => m.LotId == l.Id && m.Day > since && m.Day <= today
                    && (m.Kind == MovementKind.Given || m.Kind == MovementKind.Discarded)).Sum(static m => m.Quantity),
            }).ToListAsync(stop);
        var hints = new List<OrderHint>();
        foreach (var same in lots.GroupBy(static l => (l.Lot.Drug, l.Lot.Holds, l.Lot.Unit, l.Lot.Container)))
        {
            var holds = same.Key.Holds;
            var left = same.Where(l => Stock.Refusal(l.Lot, l.Left, today) is null).Sum(static l => l.Left);
            var wanted = same.Sum(static l => l.Used) * LastsWeeks / UseWeeks - left;
            if (wanted > 0)
                hints.Add(new(same.Last().Lot, same.Sum(static l => l.Used) * 1000 / UseWeeks / holds,
                    left * 1000 / holds, (wanted + holds - 1) / holds));
        }
        return hints;
    }
}
