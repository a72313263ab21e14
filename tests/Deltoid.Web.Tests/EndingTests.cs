using System.Text;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>Days that end: each is a task once, in its place among the others, until it is renewed.</summary>
public sealed class EndingTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static readonly DateOnly Today = DateOnly.FromDateTime(DateTime.Today);

    static DateTime Now => DateTime.UtcNow;

    static Task<(int Opened, int Closed)> Watch(ServedPractice served, int after = 0) =>
        served.InStore(db => Endings.Watch(db, Today.AddDays(after), Now, Stop));

    static Task<List<Ending>> Open(ServedPractice served) =>
        served.InStore(static db => Endings.Open(db, ofCompliance: true).ToListAsync(Stop));

    static string Contract(string thru) => $$"""
        { "rates": [ { "codes": ["96372"], "from": "2026-01-01", {{thru}} "method": "per-unit", "amount": 20,
          "source": "contract" } ] }
        """;

    /// <summary>What ends of a practice, by the days that are left.</summary>
    static async Task<(StoredClaim Claim, Lot Lot, Credential License)> Fill(ServedPractice served)
    {
        var engine = ChartedClaims.EngineOf(served);
        var claim = await ChartedClaims.Chart(served, "b12-shot-billing");
        var lot = await served.InStore(db => Stock.Receive(db, Vials(Today.AddDays(10)), 2, Now, Today, Stop));
        await Authorize(served, claim, Today.AddDays(15));
        await Order(served, claim.PatientId, Today.AddDays(20));
        var credential = await served.InStore(db => Credentials.Add(db, engine, new()
        {
            Subject = "practice", Kind = "business associate", Number = "the clearinghouse", From = new(2025, 1, 1),
            Expires = Today.AddDays(40),
        }, Now, Stop));
        await Agree(served, claim.PayerId, $"\"thru\": \"{Today.AddDays(50):yyyy-MM-dd}\",");
        return (claim, lot, credential);
    }

    static Lot Vials(DateOnly expires) => new()
    {
        Ndc = "00409379649", Drug = "ketorolac", Number = "ENDS-1", Expires = expires, Container = "single-dose",
        Holds = 60_000, Unit = "mg", Source = StockSource.Own,
    };

    static Task<RecordedFact> Authorize(ServedPractice served, StoredClaim claim, DateOnly thru) => served.InStore(db =>
        RecordFacts.Add(db, ChartedClaims.EngineOf(served), claim.Id, "authorization-on-file", isSo: true,
            new Dictionary<string, string> { ["number"] = "A1", ["thru"] = $"{thru:yyyy-MM-dd}" }, "", Now, Stop));

    static Task<int> Order(ServedPractice served, long patient, DateOnly thru) => served.InStore(db =>
    {
        db.StandingOrders.Add(new()
        {
            PatientId = patient, Drug = "ketorolac", By = "Dr. Sample", On = new(2026, 1, 5), Thru = thru,
        });
        return db.SaveChangesAsync(Stop);
    });

    static Task<int> Agree(ServedPractice served, long payer, string thru) => served.InStore(db => db.Payers
        .Where(p => p.Id == payer).ExecuteUpdateAsync(set => set.SetProperty(static p => p.Contract, Contract(thru)),
            Stop));

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task What_ends_soon_is_a_task_once_by_the_days_that_are_left(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground, change: ServedPractice.Unwatched);
        await Watch(served); // nobody was looked for yet: that is a task from the first day
        await Fill(served);
        Assert.Equal((5, 0), await Watch(served));
        Assert.Equal((0, 0), await Watch(served));
        Assert.Equal([Endings.OfExclusions, Endings.OfLot, Endings.OfAuthorization, Endings.OfOrder,
            Endings.OfCredential, Endings.OfContract], (await Open(served)).Select(static e => e.Kind));
        using var omar = await Browsing.As(served.Url, Sample.Owner);
        var page = Browsing.Words((await omar.Get("/tasks")).Body);
        var places = new[]
            {
                "list of excluded persons is due", "A lot expires and is not used up: ketorolac, ENDS-1",
                "10 days left", "The authorization of claim", "The standing order of ketorolac for Example, Pat ends",
                "A credential ends: business associate, Sample Street Clinic", "has no rates after this day",
            }.Select(words => (words, At: page.IndexOf(words, StringComparison.Ordinal))).ToList();
        Assert.All(places, static p => Assert.True(p.At > 0, p.words));
        using var bea = await Browsing.As(served.Url, Sample.Biller); // who does not keep the compliance program
        var hers = Browsing.Words((await bea.Get("/tasks")).Body);
        Assert.DoesNotContain("A credential ends", hers, StringComparison.Ordinal);
        Assert.Contains("ENDS-1", hers, StringComparison.Ordinal);
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task What_is_renewed_or_used_up_closes_its_task_and_what_is_over_stays(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground, change: ServedPractice.Unwatched);
        await Watch(served);
        var (claim, lot, credential) = await Fill(served);
        await Watch(served);
        // nobody did anything: all is over, and still a task, the same one
        Assert.Equal((0, 0), await Watch(served, after: 55));
        Assert.Equal(6, (await Open(served)).Count);

        var engine = ChartedClaims.EngineOf(served);
        await served.InStore(db => Credentials.Renew(db, engine, credential.Id, Today, Today.AddDays(400), Now, Stop));
        await Agree(served, claim.PayerId, "");
        await Order(served, claim.PatientId, Today.AddDays(300));
        await Authorize(served, claim, Today.AddDays(300));
        await served.InStore(db => Stock.CountLot(db, lot.Id, 0, "given away", Now, Today, Stop));
        await served.InStore(db => Exclusions.Check(db, "UPDATED.csv", Encoding.ASCII.GetBytes(
            "LASTNAME,FIRSTNAME,MIDNAME,BUSNAME,GENERAL,SPECIALTY,UPIN,NPI,DOB,ADDRESS,CITY,STATE,ZIP,EXCLTYPE,"
            + "EXCLDATE,REINDATE,WAIVERDATE,WVRSTATE\n"
            + "AAA,BBB,,,PHYSICIAN,FAMILY PRACTICE,,0000000000,19700101,1 ROAD,PEORIA,IL,61602,1128a1,20260101,"
            + "00000000,00000000,\n"), Today, Now, Stop));
        Assert.Equal((0, 6), await Watch(served));
        Assert.Empty(await Open(served));
        Assert.Equal((0, 0), await Watch(served));
        // some of the lot is found again: the same task is open again
        await served.InStore(db => Stock.CountLot(db, lot.Id, 1, "found again", Now, Today, Stop));
        Assert.Equal((1, 0), await Watch(served));
        Assert.Equal(Endings.OfLot, Assert.Single(await Open(served)).Kind);
        Assert.Equal((0, 0), await Watch(served));
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }

    /// <summary>An order that ended before anybody watched is no task; a license or a lot that did is one.</summary>
    [Fact]
    public async Task What_was_over_before_is_a_task_only_where_it_is_needed_or_lies_there_still()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite, change: ServedPractice.Unwatched);
        await Watch(served);
        await Fill(served);
        Assert.Equal((3, 0), await Watch(served, after: 55));
        Assert.Equal([Endings.OfContract, Endings.OfCredential, Endings.OfExclusions, Endings.OfLot],
            (await Open(served)).Select(static e => e.Kind).Order());
    }
}
