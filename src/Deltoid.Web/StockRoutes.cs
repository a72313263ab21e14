using System.Globalization;
using Deltoid.Codes;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using static Deltoid.Web.Texts;

namespace Deltoid.Web;

/// <summary>What the receiving form asks for, as it was typed.</summary>
public sealed record ReceiveForm
{
    public string Ndc { get; init => field = value ?? ""; } = "";

    public string Drug { get; init => field = value ?? ""; } = "";

    public string Lot { get; init => field = value ?? ""; } = "";

    public string Expires { get; init => field = value ?? ""; } = "";

    public string Container { get; init => field = value ?? ""; } = "";

    public string Holds { get; init => field = value ?? ""; } = "";

    public string Volume { get; init => field = value ?? ""; } = "";

    public string Source { get; init => field = value ?? ""; } = "";

    public string Containers { get; init => field = value ?? ""; } = "";

    /// <summary>What one container cost, in dollars; empty where it is not known.</summary>
    public string Cost { get; init => field = value ?? ""; } = "";
}

/// <summary>Screen 4: drugs on the shelf.</summary>
static class StockRoutes
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/stock", Show).Needs(Permission.ReadStock);
        app.MapPost("/stock/shots/{id:long}/not-billed", NotBilled).Needs(Permission.EditClaims);
        app.MapPost("/stock/scan", Scan).Needs(Permission.KeepStock);
        app.MapGet("/stock/receive", static () => Receiving(new ReceiveForm())).Needs(Permission.KeepStock);
        app.MapPost("/stock/receive", Receive).Needs(Permission.KeepStock);
        app.MapGet("/stock/lots/{id:long}", ShowLot).Needs(Permission.ReadStock);
        app.MapPost("/stock/lots/{id:long}/count", Count).Needs(Permission.KeepStock);
        app.MapPost("/stock/lots/{id:long}/remove", Remove).Needs(Permission.KeepStock);
        app.MapPost("/stock/lots/{id:long}/recall", Recall).Needs(Permission.KeepStock);
    }

    static bool MayKeep(HttpContext context) => May(context, Permission.KeepStock);

    static bool May(HttpContext context, Permission permission) =>
        Access.Allows(permission, context.User);

    static async Task<IResult> Show(PracticeDb db, Engine engine, TimeProvider clock, HttpContext context,
        [FromQuery] long? received)
    {
        var (lots, gaps) = await StockReports.Of(db, engine, clock.Today());
        return new RazorComponentResult<StockPage>(new
        {
            Lots = lots, Gaps = gaps, Today = clock.Today(), MayKeep = MayKeep(context),
            MayChart = May(context, Permission.Chart), MayBill = May(context, Permission.EditClaims),
            MayReadClaims = May(context, Permission.ReadClaims), Orders = await StockReports.Orders(db, clock.Today()),
            Received = received is { } id ? await db.Lots.AsNoTracking().FirstOrDefaultAsync(l => l.Id == id) : null,
        });
    }

    /// <summary>A shot is no found money after all, with the reason; without one it is again.</summary>
    static async Task<IResult> NotBilled(long id, [FromForm] string? why, PracticeDb db, TimeProvider clock)
    {
        if (!await db.Shots.AnyAsync(s => s.Id == id)) return TypedResults.NotFound();
        await Stock.NotBilled(db, id, why ?? "", clock.Now());
        return TypedResults.Redirect("/stock#gaps");
    }

    static IResult Receiving(ReceiveForm form, string notice = "",
        IReadOnlyList<string>? asked = null, InputException? fault = null) =>
        new RazorComponentResult<ReceivePage>(new { Form = form, Notice = notice, Asked = asked ?? [], Fault = fault })
        {
            StatusCode = fault is null ? 200 : 422,
        };

    /// <summary>A scan opens the lot that it names; what is not known is received.</summary>
    static async Task<IResult> Scan([FromForm] string? code, PracticeDb db, Engine engine)
    {
        if (PackageScan.Read(code ?? "", out var fault) is not { } scan) return Receiving(new(), fault);
        var lots = await db.Lots.AsNoTracking().Where(l => scan.Ndcs.Contains(l.Ndc)).ToListAsync();
        var same = lots.FindAll(l => l.Number.Equals(scan.Lot, StringComparison.OrdinalIgnoreCase));
        if (same is [var one] && (scan.Expires is null || one.Expires == scan.Expires) && !scan.IsTyped)
            return TypedResults.Redirect($"/stock/lots/{one.Id}");
        var known = scan.Ndcs.Where(n => lots.Exists(l => l.Ndc == n) || IsKnown(engine.Book, n)).ToList();
        var ndc = scan.Ndcs.Count == 1 ? scan.Ndcs[0] : known is [var only] && !scan.IsTyped ? only : "";
        var notice = same.Count > 0
            ? T("The stock has this lot with the expiry date {0}. Look at the label.",
                string.Join(", ", same.Select(static l => AsShown.Day(l.Expires))))
            : ndc.Length == 0 ? T("Ten digits can be read in three ways. Choose the NDC that is on the label.")
            : scan.Lot.Length == 0 ? T("The code has no lot number. Copy it from the label.") : "";
        return Receiving(Filled(engine.Book, lots.Find(l => l.Ndc == ndc), scan, ndc), notice,
            ndc.Length == 0 ? scan.Ndcs : []);
    }

    internal static bool IsKnown(CodeBook book, string text) => Ndc.TryParse(text, out var ndc, out _)
        && (book.TryContainer(ndc, out _, out _) || book.Ndcs.Of(ndc).Count > 0);

    /// <summary>What an earlier box, or the code book, says of the same NDC.</summary>
    internal static ReceiveForm Filled(CodeBook book, Lot? earlier, PackageScan scan, string text)
    {
        var form = new ReceiveForm
        {
            Ndc = PackageScan.Hyphenated(text), Lot = scan.Lot, Expires = scan.Expires?.Iso().ToString() ?? "",
        };
        if (earlier is not null)
            return form with
            {
                Drug = earlier.Drug, Container = earlier.Container, Source = earlier.Source.ToString(),
                Holds = Stock.Shown(earlier.Holds, earlier.Unit),
                Volume = earlier.Volume > 0 ? Stock.Shown(earlier.Volume, "mL") : "",
            };
        if (!Ndc.TryParse(text, out var ndc, out _)) return form;
        if (book.TryContainer(ndc, out var drug, out var vial))
            return form with
            {
                Drug = book.Drugs[drug].Name, Holds = vial.Content.ToString(),
                Container = vial.Container == ContainerKind.None ? "" : Words.Containers[vial.Container],
            };
        return book.Ndcs.Of(ndc) is { Count: > 0 } codes && book.DrugsBilledAs(codes[0].Code) is [var named]
            ? form with { Drug = book.Drugs[named].Name } : form;
    }

    static async Task<IResult> Receive([FromForm] ReceiveForm form, PracticeDb db, Engine engine, TimeProvider clock)
    {
        try
        {
            var lot = await Stock.Receive(db, LotOf(form, engine),
                long.TryParse(form.Containers, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var count)
                    ? count : 0, clock.Now(), clock.Today());
            return TypedResults.Redirect($"/stock?received={lot.Id}");
        }
        catch (InputException e)
        {
            return Receiving(form, fault: e);
        }
    }

    /// <summary>A receipt of an imported file; what its NDC says need not be written again.</summary>
    internal static async Task<(Lot Lot, long Containers)> Received(ImportRun run, ReceiveForm form)
    {
        if (!Ndc.TryParse(form.Ndc, out var ndc, out _)) return (LotOf(form, run.Engine), 0); // it says what is wrong
        var text = ndc.AsBilled.ToString();
        var earlier = await run.Db.Lots.AsNoTracking().FirstOrDefaultAsync(l => l.Ndc == text);
        var known = Filled(run.Engine.Book, earlier, new([text], null, "", false), text);
        static string Or(string said, string known) => said.Length > 0 ? said : known;
        form = form with
        {
            Ndc = text, Drug = Or(form.Drug, known.Drug), Holds = Or(form.Holds, known.Holds),
            Volume = Or(form.Volume, known.Volume), Container = Or(form.Container, known.Container),
        };
        return (LotOf(form, run.Engine), long.TryParse(form.Containers, NumberStyles.AllowThousands,
            CultureInfo.InvariantCulture, out var count) ? count : 0);
    }

    static Lot LotOf(ReceiveForm form, Engine engine)
    {
        if (!Ndc.TryParse(form.Ndc, out var ndc, out var why))
            throw new InputException("NDC", why == NdcFault.AmbiguousTenDigits
                ? "ten digits can be read in three ways" : "the NDC is not right",
                "copy it from the label with its hyphens");
        if (form.Drug.Trim().Length == 0) throw new InputException("Drug", "the drug is missing", "type its name");
        if (!Amount.TryParse(form.Holds, out var holds))
            throw new InputException("Holds", "what one vial holds is missing", "write it with its unit: 1000 mcg");
        var unit = holds.ToString().Split(' ', 2)[1];
        var volume = form.Volume.Trim().Length == 0 ? 0
            : Amount.TryParse(form.Volume, out var said) ? Stock.Count(said, "mL", "Volume")
            : throw new InputException("Volume", "this is no volume", "write it as 1 mL, or leave it empty");
        return new()
        {
            Ndc = ndc.AsBilled.ToString(), Drug = ChartViews.DrugOf(engine, form.Drug), Number = form.Lot.Trim(),
            Expires = ExpiryOf(form.Expires), Container = form.Container, Holds = Stock.Count(holds, unit, "Holds"),
            Unit = unit, Volume = volume,
            Source = Enum.TryParse<StockSource>(form.Source, out var source) ? source : 0, Cost = CostOf(form.Cost),
        };
    }

    static long? CostOf(string text) => text.Trim().Length == 0 ? null
        : TypedNumber.TryRead(text, out var dollars) && dollars is >= 0 and < 1_000_000
            ? Money.Round(dollars).Cents
            : throw new InputException("Cost", "this is no price", "write dollars, such as 25.00, or leave it empty");

    /// <summary>A day, or a month, which means its last day.</summary>
    static DateOnly ExpiryOf(string text)
    {
        foreach (var month in new[] { "yyyy-MM", "MM/yyyy" })
            if (DateOnly.TryParseExact(text.Trim(), month, CultureInfo.InvariantCulture, DateTimeStyles.None,
                out var first))
                return first.AddMonths(1).AddDays(-1);
        return DateOnly.TryParse(text, CultureInfo.InvariantCulture, out var day) ? day
            : throw new InputException("Expires", "the expiry date is missing", "copy it from the label: 03/2027");
    }

    static async Task<IResult> ShowLot(long id, PracticeDb db, TimeProvider clock, HttpContext context,
        [FromQuery] string? done) => await LotPageOf(id, db, clock, context, done ?? "", null);

    static async Task<IResult> LotPageOf(long id, PracticeDb db, TimeProvider clock, HttpContext context, string done,
        InputException? fault)
    {
        if (await db.Lots.AsNoTracking().FirstOrDefaultAsync(l => l.Id == id) is not { } lot)
            return TypedResults.NotFound();
        await db.Change(_ =>
        {
            db.Record(clock.Now(), "read", $"lot/{id}", "who got it");
            return Task.FromResult(0);
        });
        return new RazorComponentResult<LotPage>(new
        {
            Lot = lot, Left = await Stock.OnHand(db, id), Today = clock.Today(), MayKeep = MayKeep(context),
            Done = done, Fault = fault, Recipients = await StockReports.Recipients(db, lot),
            Movements = await db.Movements.AsNoTracking().Where(m => m.LotId == id)
                .OrderByDescending(static m => m.Id).Take(200).ToListAsync(),
        })
        { StatusCode = fault is null ? 200 : 422 };
    }

    /// <summary>A number of vials, or an amount with its unit, in thousandths of the lot's unit.</summary>
    static long QuantityOf(string text, Lot lot, string at)
    {
        if (TypedNumber.TryRead(text, out var vials) && vials is >= 0 and < 1_000_000)
        {
            var quantity = vials * lot.Holds;
            if (quantity == decimal.Truncate(quantity)) return (long)quantity;
        }
        return Amount.TryParse(text, out var amount) ? Stock.Count(amount, lot.Unit, at)
            : throw new InputException(at, "this is no amount",
                $"write how many vials, or an amount in {lot.Unit}");
    }

    static async Task<IResult> Changed(long id, PracticeDb db, TimeProvider clock, HttpContext context, string done,
        Func<Lot, DateTime, DateOnly, Task> change)
    {
        if (await db.Lots.AsNoTracking().FirstOrDefaultAsync(l => l.Id == id) is not { } lot)
            return TypedResults.NotFound();
        try
        {
            await change(lot, clock.Now(), clock.Today());
            return TypedResults.Redirect($"/stock/lots/{id}?done={done}");
        }
        catch (InputException e)
        {
            db.ChangeTracker.Clear();
            return await LotPageOf(id, db, clock, context, "", e);
        }
    }

    static Task<IResult> Count(long id, [FromForm] string? found, [FromForm] string? why, PracticeDb db,
        TimeProvider clock, HttpContext context) =>
        Changed(id, db, clock, context, "count", (lot, now, day) =>
            Stock.CountLot(db, id, QuantityOf(found ?? "", lot, "Found"), why ?? "", now, day));

    static Task<IResult> Remove(long id, [FromForm] string? kind, [FromForm] string? amount, [FromForm] string? witness,
        [FromForm] string? why, PracticeDb db, TimeProvider clock, HttpContext context) =>
        Changed(id, db, clock, context, "remove", (lot, now, day) =>
            Stock.Remove(db, id, Enum.TryParse<MovementKind>(kind, out var left) && left is MovementKind.Discarded
                or MovementKind.Returned or MovementKind.Expired ? left
                : throw new InputException("What", "what became of it is missing", "choose one"),
                QuantityOf(amount ?? "", lot, "Amount"), new(null, witness ?? "", why ?? ""), now, day));

    static Task<IResult> Recall(long id, PracticeDb db, TimeProvider clock, HttpContext context) =>
        Changed(id, db, clock, context, "recall", (_, now, day) => Stock.Recall(db, id, now, day));
}
