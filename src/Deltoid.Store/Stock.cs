using System.Globalization;
using Deltoid.Encounters;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Store;

/// <summary>
/// Drug on the shelf. It is conserved: what is on hand is what was received less what was given, discarded, returned
/// and expired, with the differences that counts found.
/// </summary>
public static class Stock
{
    const int Thousand = 1000;

    /// <summary>An amount in thousandths of a unit.</summary>
    /// <exception cref="InputException">It cannot be counted in that unit exactly.</exception>
    internal static long Count(Amount amount, string unit, string at)
    {
        var measure = Amount.UnitOf(unit);
        if (!amount.IsComparableTo(new(1, measure)))
            throw new InputException(at, $"the vial is counted in {unit}, and this amount is not",
                $"write the amount in {unit}");
        var thousandths = amount.In(measure).Value * Thousand;
        return thousandths == decimal.Truncate(thousandths)
            ? (long)thousandths
            : throw new InputException(at, $"this amount is finer than a thousandth of a {unit}",
                "round it as the syringe is read");
    }

    /// <summary>An amount for people: <c>1,000 mcg</c>.</summary>
    public static string Shown(long thousandths, string unit) =>
        (thousandths / 1000m).ToString("#,0.###", CultureInfo.InvariantCulture) + " " + unit;

    /// <summary>
    /// What a lot holds, for people: <c>ketorolac 30 mg</c>. A label that ends with the amount does not say it twice.
    /// </summary>
    public static string Named(Lot lot)
    {
        var holds = Shown(lot.Holds, lot.Unit);
        return lot.Drug.EndsWith(holds, StringComparison.Ordinal) ? lot.Drug : $"{lot.Drug} {holds}";
    }

    /// <summary>Containers for people: <c>11</c>, <c>0.5</c>.</summary>
    public static string Containers(Lot lot, long thousandths) =>
        (Math.Floor(thousandths * 100m / lot.Holds) / 100m).ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>What is left of a lot, in thousandths of its unit.</summary>
    public static Task<long> OnHand(PracticeDb db, long lotId, CancellationToken stop = default) =>
        db.Movements.Where(m => m.LotId == lotId).SumAsync(static m => m.Quantity, stop);

    /// <summary>
    /// Lots of a drug that may be given on a day and have something left: what expires first comes first.
    /// </summary>
    public static async Task<List<(Lot Lot, long Left)>> Offers(PracticeDb db, string drug, DateOnly day,
        CancellationToken stop = default)
    {
        var lots = await db.Lots.AsNoTracking().Where(l => l.Drug == drug && l.RecalledOn == null && l.Expires >= day)
            .OrderBy(static l => l.Expires).ThenBy(static l => l.Id).Select(l => new
            {
                Lot = l, Left = db.Movements.Where(m => m.LotId == l.Id).Sum(static m => m.Quantity)
            }).ToListAsync(stop);
        return [.. lots.Where(l => l.Left > 0 && Refusal(l.Lot, l.Left, day) is null)
            .Select(static l => (l.Lot, l.Left))];
    }

    /// <summary>Why nothing of a lot may be given on a day; null when it may.</summary>
    public static string? Refusal(Lot lot, long left, DateOnly day)
    {
        if (lot.RecalledOn is { } recalled) return $"lot {lot.Number} was recalled on {Day(recalled)}";
        if (lot.Expires < day) return $"lot {lot.Number} expired on {Day(lot.Expires)}";
        return left % lot.Holds != 0 && BeyondUse(lot) is { } last && last < day
            ? $"the open vial of lot {lot.Number} was good until {Day(last)}"
            : null;
    }

    /// <summary>The last day on which the open multi-dose container may be used; null when none is open.</summary>
    public static DateOnly? BeyondUse(Lot lot) =>
        lot.Container == "multi-dose" && lot.OpenedOn is { } opened ? opened.AddDays(lot.DaysOpen) : null;

    static string Day(DateOnly day) => day.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture);

    /// <summary>Containers come in. A lot that is known gains; any other is new.</summary>
    /// <exception cref="InputException">A field is not as it must be.</exception>
    public static Task<Lot> Receive(PracticeDb db, Lot lot, long containers, DateTime now, DateOnly day,
        CancellationToken stop = default) =>
        db.Change(_ => Take(db, lot, containers, now, day, "", stop), stop);

    /// <summary>The same, as a part of a larger change.</summary>
    /// <param name="why">The receipt that it came with.</param>
    internal static async Task<Lot> Take(PracticeDb db, Lot lot, long containers, DateTime now, DateOnly day,
        string why, CancellationToken stop = default)
    {
        Check(lot, containers);
        var known = await db.Lots.FirstOrDefaultAsync(l => l.Ndc == lot.Ndc && l.Number == lot.Number
            && l.Expires == lot.Expires && l.Source == lot.Source && l.Holds == lot.Holds && l.Unit == lot.Unit, stop);
        if (known is null) db.Lots.Add(known = lot);
        known.Cost ??= lot.Cost;
        await db.SaveChangesAsync(stop); // its number, and what came before in the same change
        var (before, came) = (await OnHand(db, known.Id, stop), checked(containers * known.Holds));
        Move(db, known, MovementKind.Received, came, day, now, new(Why: why));
        db.Record(now, "receive", $"lot/{known.Id}", $"{containers} containers", Shelf(before, before + came));
        return known;
    }

    static void Check(Lot lot, long containers)
    {
        if (containers is < 1 or > 100_000)
            throw new InputException("Containers", "this is no number of vials", "write how many vials came");
        if (lot.Number.Trim().Length is 0 or > 20)
            throw new InputException("Lot", "the lot number is missing", "copy it from the label");
        if (!Ndc.TryParse(lot.Ndc, out var ndc, out _) || !ndc.WasBilledForm)
            throw new InputException("NDC", "the NDC is missing", "scan the box, or copy the NDC with its hyphens");
        if (lot.Holds <= 0 || Amount.UnitOf(lot.Unit) == MeasureUnit.None)
            throw new InputException("Holds", "what one vial holds is missing", "write it with its unit: 1000 mcg");
        if (!Words.Containers.TryRead(lot.Container, out _))
            throw new InputException("Container", "the kind of vial is missing", "choose one");
        if (!Enum.IsDefined(lot.Source))
            throw new InputException("Source", "who paid for it is missing", "choose one");
    }

    /// <summary>Beside a movement: for which claim, who saw it, and why.</summary>
    public readonly record struct About(long? ClaimId = null, string Witness = "", string Why = "");

    static void Move(PracticeDb db, Lot lot, MovementKind kind, long quantity, DateOnly day, DateTime now,
        in About about)
    {
        if (quantity == 0) return;
        db.Movements.Add(new()
        {
            LotId = lot.Id, Kind = kind, Quantity = quantity, Day = day, At = now, PersonId = db.PersonId,
            ClaimId = about.ClaimId, Witness = about.Witness?.Trim() ?? "", Why = about.Why?.Trim() ?? "",
        });
    }

    /// <summary>Drug leaves the shelf and is not given: discarded, returned or expired.</summary>
    /// <param name="quantity">Thousandths of the lot's unit, above zero.</param>
    /// <exception cref="InputException">More than is left, or nobody saw a waste.</exception>
    public static Task<Lot> Remove(PracticeDb db, long lotId, MovementKind kind, long quantity, About about,
        DateTime now, DateOnly day, CancellationToken stop = default) => db.Change(async _ =>
    {
        if (kind is not (MovementKind.Discarded or MovementKind.Returned or MovementKind.Expired))
            throw new InvalidOperationException("only what leaves the shelf is removed");
        if (kind == MovementKind.Discarded && string.IsNullOrWhiteSpace(about.Witness))
            throw new InputException("Witness", "nobody is named who saw the waste", "name the person who saw it");
        var lot = await LotOf(db, lotId, stop);
        var left = await OnHand(db, lotId, stop);
        if (quantity <= 0 || quantity > left)
            throw new InputException("Amount", $"lot {lot.Number} has {Shown(left, lot.Unit)} left",
                "write an amount up to that");
        Move(db, lot, kind, -quantity, day, now, about);
        if ((left - quantity) % lot.Holds == 0) lot.OpenedOn = null;
        db.Record(now, ActOf(kind), $"lot/{lotId}", about.Why ?? "", Shelf(left, left - quantity));
        return lot;
    }, stop);

    /// <summary>What the shelf held of a lot before and after, in thousandths of its unit.</summary>
    static object Shelf(long before, long after) => new { OnHand = new[] { before, after } };

    static string ActOf(MovementKind kind) => kind switch
    {
        MovementKind.Discarded => "discard", MovementKind.Returned => "return", _ => "expire",
    };

    /// <summary>What was found on the shelf; the difference is a movement with its reason.</summary>
    /// <param name="found">Thousandths of the lot's unit.</param>
    /// <returns>The difference: negative when something is missing.</returns>
    public static Task<long> CountLot(PracticeDb db, long lotId, long found, string why, DateTime now, DateOnly day,
        CancellationToken stop = default) => db.Change(async _ =>
    {
        if (found < 0) throw new InputException("Found", "less than nothing cannot be found", "write what is there");
        var lot = await LotOf(db, lotId, stop);
        var before = await OnHand(db, lotId, stop);
        var difference = found - before;
        Move(db, lot, MovementKind.Counted, difference, day, now, new(Why: why));
        if (found % lot.Holds == 0) lot.OpenedOn = null;
        db.Record(now, "count", $"lot/{lotId}", why, Shelf(before, found));
        return difference;
    }, stop);

    /// <summary>A maker calls a lot back: nothing of it is given any more, whatever its source.</summary>
    /// <returns>How many lots of the practice it is.</returns>
    public static Task<int> Recall(PracticeDb db, long lotId, DateTime now, DateOnly day,
        CancellationToken stop = default) => db.Change(async _ =>
    {
        var lot = await LotOf(db, lotId, stop);
        var same = await db.Lots.Where(l => l.Ndc == lot.Ndc && l.Number == lot.Number && l.RecalledOn == null)
            .ToListAsync(stop);
        foreach (var one in same)
        {
            one.RecalledOn = day;
            db.Record(now, "recall", $"lot/{one.Id}", "", new { RecalledOn = new[] { null, day.Iso() } });
        }
        return same.Count;
    }, stop);

    /// <exception cref="InputException">The practice has no such lot.</exception>
    internal static async Task<Lot> LotOf(PracticeDb db, long lotId, CancellationToken stop) =>
        await db.Lots.FirstOrDefaultAsync(l => l.Id == lotId, stop)
            ?? throw new InputException("Lot", "this lot is not in the stock", "scan the vial, or receive it first");

    /// <summary>A charted shot draws what was given and what was thrown away; a part of the change that charts it.</summary>
    /// <exception cref="InputException">The lot may not be given, or has too little.</exception>
    internal static async Task Draw(PracticeDb db, Lot lot, Administration charted, StoredClaim claim, string witness,
        DateTime now, CancellationToken stop)
    {
        var given = charted.Dose.IsNone || charted.Given == false ? 0 : DoseOf(lot, charted.Dose);
        var waste = charted.Discarded.IsNone ? 0 : DoseOf(lot, charted.Discarded);
        var left = await OnHand(db, lot.Id, stop);
        if (Refusal(lot, left, claim.ServiceDate) is { } refusal)
            throw new InputException("Vial", refusal + ": it cannot be charted", "choose another lot");
        if (given + waste > left) throw await TooLittle(db, lot, left, given + waste, stop);
        if (lot.Container == "multi-dose" && given + waste > left % lot.Holds) lot.OpenedOn = claim.ServiceDate;
        if ((left - given - waste) % lot.Holds == 0) lot.OpenedOn = null;
        Move(db, lot, MovementKind.Given, -given, claim.ServiceDate, now, new(claim.Id));
        Move(db, lot, MovementKind.Discarded, -waste, claim.ServiceDate, now, new(claim.Id, witness));
        await db.SaveChangesAsync(stop); // the next shot of the visit may draw from the same lot
    }

    /// <summary>An amount as the lot counts it; a volume by the strength of the container.</summary>
    static long DoseOf(Lot lot, Amount amount)
    {
        if (!amount.IsVolume || Amount.UnitOf(lot.Unit) is MeasureUnit.Ml or MeasureUnit.L || lot.Volume <= 0)
            return Count(amount, lot.Unit, "Dose");
        var exact = Count(amount, "mL", "Dose") * (decimal)lot.Holds / lot.Volume;
        return exact == decimal.Truncate(exact)
            ? (long)exact
            : throw new InputException("Dose", $"this volume is no exact amount in {lot.Unit}",
                $"write the dose in {lot.Unit}");
    }

    static async Task<InputException> TooLittle(PracticeDb db, Lot lot, long left, long needed, CancellationToken stop)
    {
        var last = await db.Movements.AsNoTracking().Where(m => m.LotId == lot.Id && m.ClaimId != null)
            .OrderByDescending(static m => m.Id)
            .Join(db.Claims, static m => m.ClaimId, static c => c.Id, static (m, c) => new { c.Number, m.Day })
            .FirstOrDefaultAsync(stop);
        var drew = last is null ? "" : $"; claim {last.Number} drew from it last, on {Day(last.Day)}";
        return new("Vial", $"lot {lot.Number} has {Shown(left, lot.Unit)} left, and this shot takes "
            + $"{Shown(needed, lot.Unit)}{drew}", "choose another lot, or count this one");
    }

    /// <summary>
    /// Nobody is billed for a shot, and this is why; an empty text takes that back. The claim itself stays as it is.
    /// </summary>
    /// <exception cref="InputException">There is no such shot.</exception>
    public static Task<Shot> NotBilled(PracticeDb db, long shotId, string why, DateTime now,
        CancellationToken stop = default) => db.Change(async _ =>
    {
        var shot = await db.Shots.FirstOrDefaultAsync(s => s.Id == shotId, stop)
            ?? throw new InputException("", "the shot is not here any more", "load the page again");
        if (why.Trim().Length > 200)
            throw new InputException("Why", "the reason is too long", "write it in at most 200 characters");
        var before = shot.NotBilled;
        shot.NotBilled = why.Trim();
        db.Record(now, shot.NotBilled.Length > 0 ? "not-billed" : "bill-after-all", $"claim/{shot.ClaimId}", "",
            new Dictionary<string, string?[]> { ["notBilled"] = [before, shot.NotBilled] });
        return shot;
    }, stop);

    /// <summary>What a claim has drawn goes back: its visit is charted again.</summary>
    internal static async Task Undo(PracticeDb db, StoredClaim claim, DateTime now, CancellationToken stop)
    {
        var drawn = await db.Movements.Where(m => m.ClaimId == claim.Id)
            .GroupBy(static m => new { m.LotId, m.Kind })
            .Select(static g => new { g.Key.LotId, g.Key.Kind, Quantity = g.Sum(static m => m.Quantity) })
            .ToListAsync(stop);
        foreach (var one in drawn)
            Move(db, await LotOf(db, one.LotId, stop), one.Kind, -one.Quantity, claim.ServiceDate, now,
                new(claim.Id, Why: "charted again"));
        await db.SaveChangesAsync(stop);
    }
}
