using System.Net;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>Around the shot: who ordered it, how the patient did, what the patient pays.</summary>
public sealed class CareTests
{
    static readonly DateTime Now = new(2026, 4, 6, 15, 0, 0, DateTimeKind.Utc);

    static readonly DateOnly Today = new(2026, 4, 6);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static readonly NewPreVisit Ordered = new(2, new(2026, 3, 1), "video", 1, "cyanocobalamin", new(2026, 9, 1),
        "D51.0", "B12 level 142 pg/mL", new(2026, 3, 1), "agreed to monthly shots");

    static Task<PreVisit> Add(ServedPractice served, NewPreVisit of) =>
        served.InStore(db => PreVisits.Add(db, of, Now, Stop));

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_shot_takes_order_and_consent_from_the_visit_before_it_and_no_modifier(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        await Add(served, Ordered);
        using var mia = await Browsing.As(served.Url, Sample.Assistant);
        var (_, fields) = await mia.Post("/chart/fields", ("Patient", "2"), ("Day", "2026-03-20"), ("Act", "drug"),
            ("Value", "b12"), ("Shots[0].Drug", ""), ("Index", "0"));
        Assert.Contains("ordered in the visit of 03/01/2026 (video), the patient agreed on 03/01/2026",
            Browsing.Words(fields), StringComparison.Ordinal);
        Assert.Contains("value=\"Dana Sample MD\"", fields, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await mia.Post("/chart", ("Key", Guid.NewGuid().ToString()),
            ("Patient", "2"), ("Who", "Specimen, Lee · 11/02/1949"), ("Day", "2026-03-20"), ("Role", "ma"),
            ("Shots[0].Drug", "cyanocobalamin"), ("Shots[0].Dose", "1000 mcg"), ("Shots[0].Route", "im"),
            ("Shots[0].OrderBy", "Dana Sample MD"), ("Shots[0].OrderOn", "2026-03-01"))).Status);
        await served.InStore(async db =>
        {
            var document = await db.Visits.Select(static v => v.Document).SingleAsync(Stop);
            Assert.Contains("\"consent\":true", document, StringComparison.Ordinal);
            foreach (var line in Documents.Claim(await db.Claims.Select(static c => c.Document).SingleAsync(Stop))
                .Lines.ToArray())
                Assert.False(line.Modifiers.Has(Modifier.M25) || line.Modifiers.Has(Modifier.M95), $"{line.Code}");
            Assert.Single((await PreVisits.Of(db, 2, Stop))[0].Shots);
            return 0;
        });
    }

    [Fact]
    public async Task A_consent_or_an_order_of_another_drug_or_time_is_not_taken()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        await Add(served, Ordered);
        foreach (var (patient, drug, day) in new[] { (1L, "cyanocobalamin", "2026-03-20"), (2L, "ketorolac",
            "2026-03-20"), (2L, "cyanocobalamin", "2026-02-28"), (2L, "cyanocobalamin", "2026-09-02") })
            Assert.Null(await served.InStore(db => PreVisits.For(db, patient, drug, DateOnly.Parse(day,
                System.Globalization.CultureInfo.InvariantCulture), Stop)));
        foreach (var refused in new[]
            {
                Ordered with { Day = Today.AddDays(1) }, Ordered with { Mode = "letter" },
                Ordered with { ProviderId = 9 }, Ordered with { Drug = "" }, Ordered with { Thru = new(2027, 9, 1) },
                Ordered with { ConsentOn = new(2026, 2, 1) }, Ordered with { PatientId = 99 },
            })
            await Assert.ThrowsAsync<InputException>(() => Add(served, refused));
        Assert.Equal(1, await served.InStore(static db => db.PreVisits.CountAsync(Stop)));
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task What_is_asked_is_due_weeks_after_the_shot_and_what_was_said_is_kept(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var claim = await ChartedClaims.Chart(served, "b12-shot-billing"); // of 03/02/2026
        var engine = ChartedClaims.EngineOf(served);
        Task<OutcomeField> Ask(int low, int high, string weeks) => served.InStore(db => CareOutcomes.AddField(db,
            engine, 1, "pain", "", low, high, weeks, Now, Stop));
        foreach (var (low, high, weeks) in new[] { (5, 5, "2"), (0, 10, ""), (0, 10, "2 soon"), (0, 10, "0") })
            await Assert.ThrowsAsync<InputException>(() => Ask(low, high, weeks));
        var field = await Ask(0, 10, "6, 2 2");
        Assert.Equal("2 6", field.Weeks);
        async Task<List<OutcomeDue>> Due(DateOnly day) => await served.InStore(db =>
            CareOutcomes.Of(db, day, null, Stop));
        Assert.Empty(await Due(new(2026, 3, 8)));
        // a week before it is in the list
        Assert.Equal(new(2026, 3, 16), Assert.Single(await Due(new(2026, 3, 9))).Due);
        Assert.Equal(2, (await Due(Today)).Count);
        Assert.Empty(await Due(new(2026, 9, 1))); // nobody is asked half a year later
        Task<OutcomeValue> Say(int week, string value, string why = "") => served.InStore(db => CareOutcomes.Say(db,
            claim.VisitId!.Value, field.Id, week, value, why, Now, Stop));
        foreach (var (week, value) in new[] { (2, "11"), (2, "-1"), (2, "four"), (2, ""), (3, "4") })
            await Assert.ThrowsAsync<InputException>(() => Say(week, value));
        await Say(2, "7");
        await Say(2, "4"); // put right: both stay, the last counts
        Assert.Equal([6], (await Due(Today)).Select(static o => o.Week));
        Assert.Equal(4, (await served.InStore(db => CareOutcomes.Of(db, Today, claim.PatientId, Stop)))
            .Single(static o => o.Week == 2).Last!.Value);
        Assert.Null((await Say(6, "", "not reached")).Value);
        Assert.Equal(3, await served.InStore(static db => db.OutcomeValues.CountAsync(Stop)));
    }

    static readonly ExpectedClaim Allowed = new([Line(1, "96372", 1_500), Line(2, "J3420", 500)], false);

    static ExpectedLine Line(int number, string code, long cents, decimal percent = 20) =>
        new(number, code, cents, "", []) { Coinsurance = percent };

    static Benefit Says(long? deductible = null, long? copay = null, int? coinsurance = null, long? pocket = null) =>
        new() { Source = "portal", DeductibleLeft = deductible, Copay = copay, Coinsurance = coinsurance,
            PocketLeft = pocket };

    [Fact]
    public void The_share_is_the_deductible_then_copay_or_coinsurance_and_never_more_than_is_left()
    {
        foreach (var (kind, benefit, low, high) in new (string, Benefit?, long, long)[]
            {
                ("commercial", Says(0, 1_000), 1_000, 1_000), ("commercial", Says(0, 9_000), 2_000, 2_000),
                ("commercial", Says(0, coinsurance: 2_000), 400, 400), ("commercial", Says(5_000, 1_000), 2_000, 2_000),
                ("commercial", Says(500, coinsurance: 2_000), 800, 800),
                ("commercial", Says(500, coinsurance: 2_000, pocket: 300), 300, 300),
                ("commercial", Says(0, 0), 0, 0), // said to be nothing
                ("medicare", Says(0), 400, 400), ("medicare", null, 400, 2_000), // the deductible is not known
                ("commercial", null, 0, 2_000), ("medicaid", Says(0), 0, 2_000),
                ("commercial", Says(coinsurance: 1_000), 200, 2_000),
            })
        {
            var share = PatientShare.Of(Allowed, benefit, kind);
            Assert.Equal((kind, low, high), (kind, share.Low ?? -1, share.High ?? -1));
            Assert.Equal(low != high, share.NotKnown.Count > 0); // a range says why it is one
        }
    }

    [Fact]
    public void Of_a_drug_the_patient_pays_Medicares_own_percent()
    {
        var share = PatientShare.Of(new([Line(1, "96372", 1_592), Line(2, "J2315", 172_405, 19.283m),
            Line(3, "90674", 4_000, 0)], false), Says(0), "medicare");
        Assert.Equal(318 + 33_245, share.Low);
        Assert.Equal(share.Low, share.High);
        Assert.Contains(share.Steps, static s => s.Says == "coinsurance, 19.283 percent of 1724.05");
        var unknown = PatientShare.Of(new([Allowed.Lines[0] with { Coinsurance = null }], false), Says(0), "medicare");
        Assert.Equal((0, 1_500), (unknown.Low, unknown.High)); // no percent is made up
    }

    [Fact]
    public void What_nobody_knows_is_no_number()
    {
        var half = new ExpectedClaim([Allowed.Lines[0], new(2, "J3420", null, "no rate", [])], false);
        foreach (var share in new[] { PatientShare.Of(null, Says(0, 500), "commercial"),
            PatientShare.Of(half, Says(0, 500), "commercial"), PatientShare.Of(Allowed, null, "self-pay") })
        {
            Assert.Null(share.Low);
            Assert.Null(share.High);
            Assert.NotEmpty(share.NotKnown);
        }
        Assert.Contains("J3420", PatientShare.Of(half, null, "commercial").NotKnown[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_estimate_and_the_summary_are_shown_and_printed_in_plain_words()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var claim = await ChartedClaims.Chart(served, "b12-shot-billing");
        using var mia = await Browsing.As(served.Url, Sample.Assistant);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await mia.Post("/care/1/benefits", ("Coverage", "2"),
            ("Asked", "2026-04-01"), ("Source", "portal"))).Status); // another patient's plan
        Assert.Equal(HttpStatusCode.Redirect, (await mia.Post("/care/1/benefits", ("Coverage", "1"),
            ("Asked", "2026-04-01"), ("Deductible", "0"), ("Source", "portal"))).Status);
        var page = Browsing.Words((await mia.Get("/care/1/estimate?treatment=1")).Body);
        Assert.Contains("You will likely pay $", page, StringComparison.Ordinal);
        Assert.Contains("Coinsurance, 20 percent", page, StringComparison.Ordinal);
        foreach (var paper in new[] { "/care/1/estimate/paper?treatment=1", $"/care/visits/{claim.VisitId}/summary" })
            Assert.StartsWith("%PDF", (await mia.Get(paper)).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await mia.Get("/care/visits/999/summary")).Status);
        Assert.Contains("Example, Pat", (await mia.Post("/care/find", ("q", "exa"))).Body, StringComparison.Ordinal);
        Assert.Contains("Nobody is called so", (await mia.Post("/care/find", ("q", "%"))).Body,
            StringComparison.Ordinal);
    }
}
