using System.Text.Json.Nodes;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Web.Tests;

/// <summary>What the shelf promises, on SQLite and on PostgreSQL alike.</summary>
public sealed class StockTests
{
    static readonly DateTime Now = new(2026, 3, 4, 15, 0, 0, DateTimeKind.Utc);
    static readonly DateOnly Day = new(2026, 3, 2);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    internal static Lot Vials(string number = "T-1", string container = "single-dose", long holds = 60,
        string unit = "mg", string drug = "ketorolac", StockSource source = StockSource.Own) => new()
    {
        Ndc = "00409379649", Drug = drug, Number = number, Expires = new(2027, 3, 31), Container = container,
        Holds = holds * 1000, Unit = unit, Source = source, Volume = 2000,
    };

    internal static Task<Lot> Receive(ServedPractice served, Lot lot, long vials = 2) =>
        served.InStore(db => Stock.Receive(db, lot, vials, Now, Day, Stop));

    internal static Task<long> Left(ServedPractice served, Lot lot) =>
        served.InStore(db => Stock.OnHand(db, lot.Id, Stop));

    /// <summary>A shot of the example patient; what is not named is not charted.</summary>
    internal static Func<string, string> Shot(Lot? lot, string dose, string discarded = "",
        string site = "left deltoid", string drug = "ketorolac") => number =>
    {
        var visit = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "examples",
            "b12-shot-billing.json")).Replace("SAMPLE-1", number, StringComparison.Ordinal))!.AsObject();
        var form = new ShotForm
        {
            Drug = drug, Dose = dose, Route = "im", Site = site, Discarded = discarded, OrderBy = "Dr. Sample",
            OrderOn = "2026-03-02", Diagnosis = "M54.50", Witness = discarded.Length > 0 ? "R. Nurse" : "",
        };
        visit["administrations"] = new JsonArray(form.Administration(lot, null));
        visit["diagnoses"] = new JsonArray("M54.50");
        visit["billing"]!["charges"]!["J1885"] = 15;
        return visit.ToJsonString();
    };

    internal static async Task<StoredClaim> Chart(ServedPractice served, Lot? lot, string dose, string discarded = "",
        string site = "left deltoid", Guid? key = null) => await served.InStore(async db =>
    {
        var patient = await db.Patients.Include(static p => p.Coverages).ThenInclude(static c => c.Payer)
            .OrderBy(static p => p.Id).FirstAsync(Stop);
        return await Visits.Chart(db, served.App.Services.GetRequiredService<Engine>(), patient,
            await db.Locations.FirstAsync(Stop), patient.Coverages[0].Payer,
            Shot(lot, dose, discarded, site), Now, [new(lot?.Id, discarded.Length > 0 ? "R. Nurse" : "")], key,
            stop: Stop);
    });

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_shot_draws_what_was_given_and_what_was_thrown_away(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var lot = await Receive(served, Vials());
        var claim = await Chart(served, lot, "30 mg", "30 mg");
        Assert.Equal(ClaimLife.Ready, claim.Life);
        Assert.Equal(60_000, await Left(served, lot));
        var moves = await served.InStore(db => db.Movements.Where(m => m.LotId == lot.Id).OrderBy(static m => m.Id)
            .ToListAsync(Stop));
        Assert.Equal([(MovementKind.Received, 120_000L, ""), (MovementKind.Given, -30_000L, ""),
            (MovementKind.Discarded, -30_000L, "R. Nurse")],
            moves.ConvertAll(static m => (m.Kind, m.Quantity, m.Witness)));
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task More_than_is_left_is_refused_and_the_claim_that_drew_it_is_named(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var lot = await Receive(served, Vials(), 1);
        var first = await Chart(served, lot, "60 mg");
        var refused = await Assert.ThrowsAsync<InputException>(() => Chart(served, lot, "30 mg", "30 mg"));
        Assert.Equal($"lot T-1 has 0 mg left, and this shot takes 60 mg; claim {first.Number} drew from it last, "
            + "on 03/02/2026", refused.Message);
        // nothing of the refused visit is there
        Assert.Equal((1, 1), await served.InStore(async db =>
            (await db.Visits.CountAsync(Stop), await db.Claims.CountAsync(Stop))));
        // and the database itself would not take it
        var byHand = await Assert.ThrowsAnyAsync<Exception>(() => served.InStore(async db =>
        {
            db.Movements.Add(new() { LotId = lot.Id, Kind = MovementKind.Given, Quantity = -1, Day = Day, At = Now });
            return await db.SaveChangesAsync(Stop);
        }));
        Assert.Contains("less than nothing", byHand.InnerException!.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_lot_that_is_expired_or_recalled_cannot_be_charted(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var old = Vials("OLD");
        old.Expires = Day.AddDays(-1);
        var expired = await Receive(served, old);
        Assert.Equal("lot OLD expired on 03/01/2026: it cannot be charted",
            (await Assert.ThrowsAsync<InputException>(() => Chart(served, expired, "60 mg"))).Message);
        var called = await Receive(served, Vials("BACK"));
        await Chart(served, called, "60 mg");
        // the same lot of another source is recalled with it
        var sample = await Receive(served, Vials("BACK", source: StockSource.Sample));
        Assert.Equal(2, await served.InStore(db => Stock.Recall(db, called.Id, Now, Day, Stop)));
        foreach (var lot in new[] { called, sample })
            Assert.Equal("lot BACK was recalled on 03/02/2026: it cannot be charted",
                (await Assert.ThrowsAsync<InputException>(() => Chart(served, lot, "60 mg"))).Message);
        var got = Assert.Single(await served.InStore(db => StockReports.Recipients(db, called, Stop)));
        Assert.Equal(("Example", "left deltoid", Day), (got.Patient.Family, got.Site, got.Day));
        Assert.DoesNotContain(await served.InStore(db => Stock.Offers(db, "ketorolac", Day, Stop)),
            o => o.Lot.Number is "OLD" or "BACK");
    }

    [Fact]
    public async Task What_expires_first_is_offered_first_and_what_is_empty_is_not()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var (late, soon, none) = (Vials("LATE"), Vials("SOON"), Vials("NONE"));
        (late.Expires, soon.Expires, none.Expires) = (Day.AddDays(300), Day.AddDays(10), Day.AddDays(1));
        foreach (var lot in new[] { late, soon }) await Receive(served, lot);
        await Chart(served, await Receive(served, none, 1), "60 mg");
        var offers = await served.InStore(db => Stock.Offers(db, "ketorolac", Day, Stop));
        Assert.Equal(["SOON", "LATE"], offers.Select(static o => o.Lot.Number).Where(static n => n is "SOON" or "LATE"
            or "NONE"));
    }

    [Theory, InlineData("2026-03-30", true), InlineData("2026-03-31", false)]
    public async Task An_open_multi_dose_vial_is_good_for_28_days(string on, bool isGood)
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var lot = await Receive(served, Vials(container: "multi-dose", holds: 300), 2);
        await Chart(served, lot, "30 mg");
        var stored = await served.InStore(db => db.Lots.SingleAsync(l => l.Id == lot.Id, Stop));
        Assert.Equal(Day, stored.OpenedOn);
        Assert.Equal(new DateOnly(2026, 3, 30), Stock.BeyondUse(stored));
        var day = DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(isGood ? null : "the open vial of lot T-1 was good until 03/30/2026",
            Stock.Refusal(stored, 570_000, day));
        // once the rest is off the shelf, the next vial may be opened
        await served.InStore(db => Stock.Remove(db, lot.Id, MovementKind.Discarded, 270_000,
            new(Witness: "R. Nurse"), Now, day, Stop));
        stored = await served.InStore(db => db.Lots.SingleAsync(l => l.Id == lot.Id, Stop));
        Assert.Null(Stock.Refusal(stored, 300_000, day));
    }

    [Fact]
    public async Task A_waste_has_a_witness_and_nothing_leaves_that_is_not_there()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var lot = await Receive(served, Vials());
        foreach (var (quantity, witness, at) in new[] { (60_000L, " ", "Witness"), (120_001L, "R. Nurse", "Amount"),
            (0L, "R. Nurse", "Amount"), (-5L, "R. Nurse", "Amount") })
            Assert.Equal(at, (await Assert.ThrowsAsync<InputException>(() => served.InStore(db => Stock.Remove(db,
                lot.Id, MovementKind.Discarded, quantity, new(Witness: witness), Now, Day, Stop)))).At);
        Assert.Equal(120_000, await Left(served, lot));
    }

    /// <summary>Any movements, allowed or refused: the shelf holds what a plain sum of those that were taken says.</summary>
    [Theory, InlineData(Ground.Sqlite, 120), InlineData(Ground.Postgres, 60)]
    public async Task Random_movements_conserve(Ground ground, int steps)
    {
        await using var served = await ServedPractice.Start(ground);
        var random = new Random(20260302);
        var expected = new Dictionary<long, long>();
        var lots = new List<Lot>();
        foreach (var source in Enum.GetValues<StockSource>())
            lots.Add(await Receive(served, source == StockSource.Own ? Vials("B", "multi-dose", 300)
                : Vials("A", source: source), 3));
        foreach (var lot in lots) expected[lot.Id] = 3 * lot.Holds;
        var refusals = 0;
        for (var i = 0; i < steps; i++)
        {
            var lot = lots[random.Next(lots.Count)];
            var quantity = random.Next(1, 90) * 1000L;
            try
            {
                expected[lot.Id] += await Step(served, lot, quantity, random.Next(7));
            }
            catch (InputException)
            {
                refusals++;
            }
            Assert.Equal(expected[lot.Id], await Left(served, lot));
            Assert.True(expected[lot.Id] >= 0);
        }
        foreach (var lot in lots) Assert.Equal(expected[lot.Id], await Left(served, lot));
        Assert.InRange(refusals, 1, steps - 10);
        Assert.Null(await served.InStore(static db => db.VerifyEvents(Stop)));
        Assert.Equal(0, await served.InStore(static db => db.Postings.SumAsync(static p => p.Cents, Stop)));
    }

    /// <returns>What the shelf gained.</returns>
    static async Task<long> Step(ServedPractice served, Lot lot, long quantity, int what)
    {
        switch (what)
        {
            case 0:
                await served.InStore(db => Stock.Receive(db, Vials(lot.Number, lot.Container, lot.Holds / 1000,
                    source: lot.Source), 1, Now, Day, Stop));
                return lot.Holds;
            case 1 or 2:
                await Chart(served, lot, $"{quantity / 1000} mg", "5 mg");
                return -quantity - 5000;
            case 3:
                var kind = (MovementKind)(3 + quantity / 1000 % 3);
                await served.InStore(db => Stock.Remove(db, lot.Id, kind, quantity, new(Witness: "R. Nurse"), Now, Day,
                    Stop));
                return -quantity;
            case 4:
                return await served.InStore(db => Stock.CountLot(db, lot.Id, quantity, "count", Now, Day, Stop));
            case 5: // the visit is charted again without the vial: all of it goes back
                await Complete(served, await Chart(served, lot, $"{quantity / 1000} mg", "5 mg"), null, "10 mg");
                return 0;
            default:
                var claim = await Chart(served, lot, $"{quantity / 1000} mg");
                try
                {
                    await Complete(served, claim, lot, "10 mg");
                    return -10_000;
                }
                catch (InputException)
                {
                    return -quantity; // what was charted first stands
                }
        }
    }

    internal static async Task<StoredClaim> Complete(ServedPractice served, StoredClaim claim, Lot? lot, string dose,
        int? version = null, string site = "left deltoid") => await served.InStore(async db =>
            await Visits.Complete(db, served.App.Services.GetRequiredService<Engine>(), claim.Id,
                version ?? claim.Version, claim.PatientId, Shot(lot, dose, site: site), Now, [new(lot?.Id)],
                stop: Stop));

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_held_claim_has_exactly_the_missing_facts_and_is_freed_by_them(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var lot = await Receive(served, Vials(holds: 30), 5);
        var held = await Chart(served, null, "30 mg", site: "");
        Assert.Equal((ClaimLife.Held, "8 9", "site not charted"), (held.Life, held.Missing, held.Cause));
        Assert.Equal(["site", "lot number"], Visits.MissingOf(held));
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => Complete(served, held, lot, "30 mg", 7));
        var charge = await served.InStore(db => Ledger.Owed(db, held.Id, Stop));
        var ready = await Complete(served, held, lot, "30 mg");
        Assert.Equal((ClaimLife.Ready, "", 2), (ready.Life, ready.Missing, ready.Version));
        Assert.Equal(120_000, await Left(served, lot));
        Assert.Equal(charge, await served.InStore(db => Ledger.Owed(db, held.Id, Stop)));
        Assert.Equal((1, 2, 1), await served.InStore(async db => (await db.VisitVersions.CountAsync(Stop),
            await db.ClaimVersions.CountAsync(Stop), await db.Shots.CountAsync(Stop))));
        // once it has left, its chart stays
        await served.InStore(db => Sending.Send(db, [ready.Id], Now, Stop));
        await Assert.ThrowsAsync<InputException>(() => Complete(served, ready, lot, "30 mg", 3));
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_form_that_is_sent_twice_is_charted_once(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var (lot, key) = (await Receive(served, Vials()), Guid.CreateVersion7());
        var both = new[] { await Chart(served, lot, "60 mg", key: key), await Chart(served, lot, "60 mg", key: key) };
        Assert.Equal(both[0].Id, both[1].Id);
        Assert.Equal(60_000, await Left(served, lot));
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task Vial_chart_and_claim_are_compared(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var engine = served.App.Services.GetRequiredService<Engine>();
        var (own, free) = (await Receive(served, Vials("OWN", holds: 30), 9),
            await Receive(served, Vials("FREE", holds: 30, source: StockSource.Sample), 9));
        await Chart(served, own, "30 mg");
        await Chart(served, free, "30 mg"); // not ours to bill
        var held = await Chart(served, own, "30 mg", site: "");
        var loose = await Chart(served, null, "30 mg");
        var (lots, gaps) = await served.InStore(db => StockReports.Of(db, engine, Day, Stop));
        Assert.Equal([(own.Number, 2, 1, 1), (free.Number, 1, 1, 0)], lots.Where(l => l.Lot.Number is "OWN" or "FREE")
            .OrderByDescending(static l => l.Lot.Number).Select(static l => (l.Lot.Number, l.Used, l.Billed, l.Gap)));
        Assert.Equal([(held.Id, "the claim is held: site not charted"), (loose.Id, "charted, and no vial was chosen")],
            gaps.OrderBy(static g => g.Claim.Id).Select(static g => (g.Claim.Id, g.Why)));
        // a person says why nobody is billed, and takes it back
        var shot = gaps.Single(g => g.Claim.Id == loose.Id).Shot;
        foreach (var (why, kind) in new[] { ("a courtesy of the house", GapKind.NotBilled), ("", GapKind.Open) })
        {
            await served.InStore(db => Stock.NotBilled(db, shot.Id, why, Now, Stop));
            (_, gaps) = await served.InStore(db => StockReports.Of(db, engine, Day, Stop));
            Assert.Equal((kind, 2), (gaps.Single(g => g.Shot.Id == shot.Id).Kind, gaps.Count));
        }
        // somebody writes more units on a claim than were drawn
        await served.InStore(async db =>
        {
            var claim = await db.Claims.OrderBy(static c => c.Id).FirstAsync(Stop);
            claim.Document = claim.Document.Replace("\"units\":2", "\"units\":20", StringComparison.Ordinal);
            return await db.SaveChangesAsync(Stop);
        });
        (_, gaps) = await served.InStore(db => StockReports.Of(db, engine, Day, Stop));
        Assert.Equal("J1885: 20 units are billed, and 2 were drawn",
            Assert.Single(gaps, static g => g.Kind == GapKind.Alarm).Why);
    }

    [Fact]
    public async Task What_was_free_is_not_a_reason_to_bill_more()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var engine = served.App.Services.GetRequiredService<Engine>();
        var lots = new[] { await Receive(served, Vials("OWN", holds: 30)),
            await Receive(served, Vials("FREE", holds: 30, source: StockSource.Sample)) };
        string Both(string number)
        {
            var (visit, other) = (JsonNode.Parse(Shot(lots[0], "30 mg")(number))!, Shot(lots[1], "30 mg")(number));
            visit["administrations"]!.AsArray().Add(JsonNode.Parse(other)!["administrations"]![0]!.DeepClone());
            visit["administrations"]![1]!["site"] = "left gluteal";
            return visit.ToJsonString();
        }
        var claim = await served.InStore(async db =>
        {
            var patient = await db.Patients.Include(static p => p.Coverages).ThenInclude(static c => c.Payer)
                .OrderBy(static p => p.Id).FirstAsync(Stop);
            return await Visits.Chart(db, engine, patient, await db.Locations.FirstAsync(Stop),
                patient.Coverages[0].Payer, Both, Now, [.. lots.Select(static l => new DrawnFrom(l.Id))], stop: Stop);
        });
        var drug = Assert.Single(Documents.Claim(claim.Document).Lines.ToArray(), static l => $"{l.Code}" == "J1885");
        Assert.Equal((2L, 3000L), (drug.Units.Whole, drug.Charge!.Value.Cents));
        async Task<List<string>> Alarms() => (await served.InStore(db => StockReports.Of(db, engine, Day, Stop))).Gaps
            .FindAll(static g => g.Kind == GapKind.Alarm).ConvertAll(static g => g.Why);
        Assert.Empty(await Alarms());
        // the sample is billed too
        await served.InStore(db => db.Claims.ExecuteUpdateAsync(s => s.SetProperty(static c => c.Document,
            claim.Document.Replace("\"units\":2", "\"units\":4", StringComparison.Ordinal)), Stop));
        Assert.Equal("J1885: 4 units are billed, and 2 were drawn", Assert.Single(await Alarms()));
    }

    [Fact]
    public async Task Another_practice_draws_nothing_of_this_shelf()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var lot = await Receive(served, Vials());
        await served.InStore(async db =>
        {
            db.PracticeId = 99;
            Assert.Empty(await Stock.Offers(db, "ketorolac", Day, Stop));
            Assert.Equal((0, 0, 0), (await db.Lots.CountAsync(Stop), await db.Movements.CountAsync(Stop),
                await db.Shots.CountAsync(Stop)));
            return 0;
        });
        Assert.Equal(120_000, await Left(served, lot));
    }
}
