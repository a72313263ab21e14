using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>
/// The shelf of the sample's three months: boxes that came from every source and were given, one count that differs,
/// one lot that its maker called back, one that has expired, one that soon will, and a drug that runs short.
/// </summary>
sealed class SampleShelf(PracticeDb db, Engine engine, DateOnly first, DateOnly today)
{
    /// <summary>Days before today on which a lot is called back, a shelf is counted, and vials go back.</summary>
    const int RecalledAgo = 10, CountedAgo = 14, ReturnedAgo = 1;

    const string Recalled = "SK-204", Miscounted = "SC-311", Short = "SD-407";

    /// <summary>Vials that stay of the drug that runs short: it is to be ordered on any day.</summary>
    const int Stay = 2;

    sealed record Box(string Drug, string Ndc, string Number, string Container, long Holds, string Unit, long Volume,
        StockSource Source, long Vials, int ExpiresIn);

    static readonly Box[] Boxes =
    [
        new("cyanocobalamin", "00517003125", "SB-101", "single-dose", 1000, "mcg", 1, StockSource.Own, 45, 240),
        new("cyanocobalamin", "00517003125", "SB-090", "single-dose", 1000, "mcg", 1, StockSource.Own, 40, -5),
        new("ketorolac", "00409379501", Recalled, "single-dose", 30, "mg", 1, StockSource.Own, 25, 260),
        new("ketorolac", "00409379501", "SK-230", "single-dose", 30, "mg", 1, StockSource.Own, 25, 420),
        new("medroxyprogesterone acetate", "00009074630", "SM-118", "single-dose", 150, "mg", 1,
            StockSource.Discount340B, 25, 300),
        new("ceftriaxone", "00143985725", Miscounted, "single-dose", 1000, "mg", 0, StockSource.Own, 40, 500),
        new("denosumab", "55513071001", "SP-660", "prefilled-syringe", 60, "mg", 1, StockSource.Own, 20, 20),
        new("denosumab", "55513071001", "SP-671", "prefilled-syringe", 60, "mg", 1, StockSource.Specialty, 8, 330),
        new("denosumab", "55513071001", "SP-690", "prefilled-syringe", 60, "mg", 1, StockSource.Patient, 4, 365),
        new("methylprednisolone acetate", "00009307301", "SD-407", "single-dose", 40, "mg", 1, StockSource.Own, 40,
            410),
        new("methylprednisolone acetate", "00009307301", "SD-900", "single-dose", 40, "mg", 1, StockSource.Sample, 4,
            200),
        new("Fluarix", "58160089052", "SF-512", "prefilled-syringe", 500, "mL", 500, StockSource.Vfc, 20, 150),
        new("Fluarix", "58160089052", "SF-530", "prefilled-syringe", 500, "mL", 500, StockSource.Own, 20, 150),
    ];

    readonly Dictionary<string, Lot> lots = [];

    /// <summary>All boxes come on the first day.</summary>
    public async Task Receive(CancellationToken stop)
    {
        foreach (var box in Boxes)
        {
            var scale = box.Unit == "mL" ? 1 : 1000; // half a milliliter is 500 thousandths
            lots[box.Number] = await Stock.Receive(db, new()
            {
                Ndc = box.Ndc, Drug = ChartViews.DrugOf(engine, box.Drug), Number = box.Number,
                Expires = today.AddDays(box.ExpiresIn), Container = box.Container, Holds = box.Holds * scale,
                Unit = box.Unit, Volume = box.Volume * scale, Source = box.Source,
            }, box.Vials, At(first), first, stop);
        }
        db.ChangeTracker.Clear();
    }

    static DateTime At(DateOnly day) => day.ToDateTime(new(8, 0), DateTimeKind.Utc);

    /// <summary>What happens on the shelf on a day: a lot is called back, a count differs, vials go back.</summary>
    public async Task Happen(DateOnly day, CancellationToken stop)
    {
        if (day == OnWeekday(RecalledAgo)) await Stock.Recall(db, lots[Recalled].Id, At(day), day, stop);
        if (day == OnWeekday(ReturnedAgo)) await Return(lots[Short], day, stop);
        if (day != OnWeekday(CountedAgo)) return;
        var lot = lots[Miscounted];
        var left = await Stock.OnHand(db, lot.Id, stop);
        await Stock.CountLot(db, lot.Id, left - lot.Holds, "one vial was broken", At(day), day, stop);
    }

    async Task Return(Lot lot, DateOnly day, CancellationToken stop)
    {
        var more = await Stock.OnHand(db, lot.Id, stop) - (Stay * lot.Holds);
        if (more > 0)
            await Stock.Remove(db, lot.Id, MovementKind.Returned, more, new(Why: "sent back: the box was damaged"),
                At(day), day, stop);
    }

    /// <summary>A day about so many days ago on which the practice was open.</summary>
    DateOnly OnWeekday(int ago)
    {
        var day = today.AddDays(-ago);
        return day.DayOfWeek switch
        {
            DayOfWeek.Saturday => day.AddDays(-1), DayOfWeek.Sunday => day.AddDays(-2), _ => day,
        };
    }

    /// <summary>
    /// The vial of a shot: of the source that fits who pays, what expires first. Null where nobody charted one: that is
    /// one of the sample's mistakes.
    /// </summary>
    public async Task<Lot?> VialFor(ShotForm shot, string payer, DateOnly day, CancellationToken stop)
    {
        if (shot.Container.Length == 0) return null;
        var drug = ChartViews.DrugOf(engine, shot.Drug);
        var own = (await Stock.Offers(db, drug, day, stop)).FindAll(o => lots.ContainsKey(o.Lot.Number)
            && Stock.Shown(o.Lot.Holds, o.Lot.Unit).Replace(",", "", StringComparison.Ordinal) == shot.Holds);
        foreach (var source in SourcesFor(payer))
            if (own.Find(o => o.Lot.Source == source && o.Left >= o.Lot.Holds).Lot is { } lot) return lot;
        return null;
    }

    static StockSource[] SourcesFor(string payer) => payer switch
    {
        "medicaid" => [StockSource.Vfc, StockSource.Discount340B, StockSource.Own],
        "commercial" => [StockSource.Specialty, StockSource.Own, StockSource.Discount340B],
        "tricare" => [StockSource.Patient, StockSource.Own, StockSource.Discount340B],
        "self-pay" => [StockSource.Sample, StockSource.Own, StockSource.Discount340B],
        _ => [StockSource.Own, StockSource.Discount340B],
    };
}
