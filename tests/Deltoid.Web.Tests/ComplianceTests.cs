using System.Net;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>Audits, what must be paid back, and who is taught what; on both engines.</summary>
public sealed class ComplianceTests
{
    static readonly DateTime Now = new(2026, 4, 6, 15, 0, 0, DateTimeKind.Utc);

    static readonly DateOnly Today = new(2026, 4, 6);

    static readonly SampleTerms March = new("March", new(2026, 3, 1), new(2026, 3, 31), SampleKind.Random, 5, "77");

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>So many B12 shots, each paid with 30.00 and 10.50.</summary>
    internal static async Task Paid(ServedPractice served, int claims, DateTime now)
    {
        var numbers = new List<PaidShot>();
        for (var i = 0; i < claims; i++)
        {
            var claim = await ChartedClaims.Chart(served, "b12-shot-billing");
            await served.InStore(db => Sending.Send(db, [claim.Id], now, Stop));
            numbers.Add(new(claim.Number, $"I{claim.Id}"));
        }
        await served.InStore(db => Receiving.Receive(db, ChartedClaims.EngineOf(served), "paid.835", PaymentFiles.Write(
            71, new PaidSet("T71", "20260401", numbers)), now, Stop));
    }

    static Task<AuditSample> Draw(ServedPractice served, SampleTerms terms) =>
        served.InStore(db => Audits.Draw(db, ChartedClaims.EngineOf(served), terms, Now, Stop));

    static Task<AuditResult> ResultOf(ServedPractice served, long sample) =>
        served.InStore(async db => (await AuditResult.Of(db, sample, Stop))!);

    /// <summary>Agrees with all lines but the drug of the first claim, which is not in the record.</summary>
    static async Task<AuditResult> Judged(ServedPractice served, long sample)
    {
        var result = await ResultOf(served, sample);
        foreach (var claim in result.Claims)
            await served.InStore(db => Audits.Judge(db, claim.Id, [.. claim.Lines.Select(l => claim.Place == 1
                && l.Line == 2 ? new JudgedLine(l.Id, LineVerdict.NotDocumented, "not in the record at all", "", "", "")
                : new JudgedLine(l.Id, LineVerdict.Agree, "", "", "", ""))], "looked", Now, Stop));
        return await ResultOf(served, sample);
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_sample_is_drawn_judged_and_says_what_holds_for_all_claims(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        await Paid(served, 12, Now);
        await ChartedClaims.Chart(served, "b12-shot-billing"); // was not paid, so it is not audited
        var sample = await Draw(served, March);
        var drawn = await ResultOf(served, sample.Id);
        Assert.Equal((12, 5, 0), (drawn.Estimate.Population, drawn.Claims.Count, drawn.Judged));
        Assert.All(drawn.Claims, static c => Assert.Equal([3_000L, 1_050L], c.Lines.Select(static l => l.Paid)));
        Assert.All(drawn.Claims, static c => Assert.InRange(c.Score!.Value, 1, 100));
        var result = await Judged(served, sample.Id);
        Assert.True(result.IsDone);
        Assert.Equal((new Money(1_050), new Money(2_520)), (result.Estimate.Found, result.Estimate.Point));
        Assert.Equal(("not in the record at all", 1, 1_050L), (result.Errors[0].Reason, result.Errors[0].Lines,
            result.Errors[0].Over));
        Assert.Equal((5, 10, 1, 0.9m), (result.Providers[0].Claims, result.Providers[0].Lines,
            result.Providers[0].Wrong, result.Providers[0].Accuracy));
        // the same seed draws the same claims again, another one does not have to
        var again = await ResultOf(served, (await Draw(served, March)).Id);
        Assert.Equal(drawn.Claims.Select(static c => c.ClaimId), again.Claims.Select(static c => c.ClaimId));
        Assert.Equal((drawn.Sample.Digest, again.Sample.Digest), (again.Sample.Digest, sample.Digest));
        Assert.Null(await served.InStore(static db => db.VerifyEvents(Stop)));
    }

    [Fact]
    public async Task What_was_found_wrong_before_and_what_is_unusual_is_drawn_first_by_risk()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        await Paid(served, 8, Now);
        Assert.All((await ResultOf(served, (await Draw(served, March)).Id)).Claims, static c => Assert.Equal("",
            c.Risks));
        await Judged(served, 1);
        var byRisk = await ResultOf(served, (await Draw(served, March with { Kind = SampleKind.ByRisk })).Id);
        Assert.All(byRisk.Claims, static c => Assert.Equal(
            "an audit found an error with J3420 of this provider", c.Risks));
    }

    [Theory]
    [InlineData("name"), InlineData("thru"), InlineData("size"), InlineData("seed"), InlineData("kind"), InlineData("")]
    public async Task A_sample_that_cannot_be_drawn_is_refused_with_its_field(string at)
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        await Paid(served, 1, Now);
        var refused = await Assert.ThrowsAsync<InputException>(() => Draw(served, at switch
        {
            "name" => March with { Name = " " },
            "thru" => March with { Thru = new(2026, 2, 1) },
            "size" => March with { Size = 1 },
            "seed" => March with { Seed = "seven" },
            "kind" => March with { Kind = 0 },
            _ => March with { Code = "J1885" },
        }));
        Assert.Equal(at, refused.At);
        Assert.Equal(0, await served.InStore(static db => db.AuditSamples.CountAsync(Stop)));
    }

    [Fact]
    public async Task A_word_on_a_line_must_fit_what_was_paid_and_the_amount_follows_from_the_units()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        await Paid(served, 2, Now);
        var claim = (await ResultOf(served, (await Draw(served, March)).Id)).Claims[0];
        var (shot, drug) = (claim.Lines[0].Id, claim.Lines[1].Id);
        Task<SampledClaim> Say(params JudgedLine[] lines) =>
            served.InStore(db => Audits.Judge(db, claim.Id, lines, "", Now, Stop));
        var agreed = new JudgedLine(shot, LineVerdict.Agree, "", "", "", "");
        var wrong = new JudgedLine(drug, LineVerdict.Over, "units do not fit the dose", "", "0.5", "");
        foreach (var refused in new[]
            {
                [agreed], // the other line has no word
                [agreed, wrong with { Verdict = LineVerdict.Open }], [agreed, wrong with { Reason = "because" }],
                [agreed, wrong with { RightUnits = "many" }], [agreed, wrong with { RightCode = "B12" }],
                [agreed, wrong with { Right = "99.00" }], [agreed, wrong with { RightUnits = "" }],
                new[] { agreed, wrong with { Verdict = LineVerdict.Under } },
            })
            await Assert.ThrowsAsync<InputException>(() => Say(refused));
        Assert.Equal(525, (await Say(agreed, wrong)).Lines.Single(l => l.Id == drug).Right);
        Assert.Equal(1_200, (await Say(agreed, new(drug, LineVerdict.Under, "billed too little", "", "", "$12.00")))
            .Lines.Single(l => l.Id == drug).Right);
        // the trail has the word before and the word after
        var said = await served.InStore(static db => db.Events.Where(static e => e.Act == "audit")
            .OrderByDescending(static e => e.Number).Select(static e => e.Changes).FirstAsync(Stop));
        Assert.Contains("Over units do not fit the dose", said, StringComparison.Ordinal);
        Assert.Contains("Under billed too little", said, StringComparison.Ordinal);
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task What_an_audit_finds_goes_back_within_60_days_and_leaves_the_books(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        await Paid(served, 3, Now);
        await Judged(served, (await Draw(served, March)).Id);
        var engine = ChartedClaims.EngineOf(served);
        var found = (await served.InStore(db => Overpayments.Found(db, engine, Today, Stop))).Single(
            static f => f.Source == OverpaymentSource.Audit);
        Assert.Equal(1_050, found.Cents);
        Task<Overpayment> Add(DateOnly known) => served.InStore(db => Overpayments.Add(db, engine, found.Key, "", 0, "",
            known, Now, Stop));
        await Assert.ThrowsAsync<InputException>(() => Add(Today.AddDays(1)));
        var of = await Add(Today.AddDays(-1));
        Assert.Equal(new(2026, 6, 4), Overpayments.DueOf(of, null));
        await Assert.ThrowsAsync<InputException>(() => Add(Today)); // it is in the log
        Task<Overpayment> Settle(OverpaymentEnd end, DateOnly day, string why) => served.InStore(db =>
            Overpayments.Settle(db, of.Id, end, day, why, Now, Stop));
        await Assert.ThrowsAsync<InputException>(() => Settle(OverpaymentEnd.Open, Today, "x"));
        await Assert.ThrowsAsync<InputException>(() => Settle(OverpaymentEnd.Refunded, Today, " "));
        await Assert.ThrowsAsync<InputException>(() => Settle(OverpaymentEnd.Refunded, Today.AddDays(1), "check 12"));
        var before = await served.InStore(db => Ledger.Owed(db, of.ClaimId!.Value, Stop));
        await Settle(OverpaymentEnd.Refunded, Today, "check 12");
        await served.InStore(async db =>
        {
            Assert.Equal(before, await Ledger.Owed(db, of.ClaimId!.Value, Stop)); // nothing is open that was not
            Assert.Equal(-1_050, await db.Postings.Where(static p => p.Account == Account.Cash && p.Kind == "refund")
                .SumAsync(static p => p.Cents, Stop));
            Assert.DoesNotContain(await Overpayments.Found(db, engine, Today, Stop), f => f.Key == found.Key);
            return 0;
        });
        await Assert.ThrowsAsync<InputException>(() => Settle(OverpaymentEnd.NotOwed, Today, "again"));
    }

    [Theory] // known on 01/10/2026: the 60th day is 03/11/2026
    [InlineData(null, null, "2026-03-11")]
    [InlineData("2026-01-10", null, "2026-09-07")] // at the latest: 180 days longer
    [InlineData("2026-01-20", "2026-02-19", "2026-04-10")] // 30 days longer
    [InlineData("2026-01-20", "2026-12-31", "2026-08-28")] // until 180 days after it was known
    [InlineData("2026-01-20", "2026-01-20", "2026-03-11")]
    public void An_inquiry_stops_the_clock_for_at_most_180_days(string? from, string? thru, string due)
    {
        static DateOnly? Day(string? text) => text is null ? null : DateOnly.Parse(text,
            System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(Day(due), Overpayments.DueOf(new()
        {
            Key = "", Why = "", KnownOn = new(2026, 1, 10), InquiryFrom = Day(from), InquiryThru = Day(thru),
        }, null));
    }

    [Fact]
    public async Task An_inquiry_begins_within_the_60_days_and_ends_once()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var claim = await ChartedClaims.Chart(served, "b12-shot-billing");
        var of = await served.InStore(db => Overpayments.Add(db, ChartedClaims.EngineOf(served), "", claim.Number, 500,
            "units", new(2026, 1, 10), Now, Stop));
        Task<Overpayment> Inquire(DateOnly day) => served.InStore(db => Overpayments.Inquire(db, of.Id, day, Now,
            Stop));
        await Assert.ThrowsAsync<InputException>(() => Inquire(new(2026, 3, 12)));
        await Assert.ThrowsAsync<InputException>(() => Inquire(new(2026, 1, 9)));
        await Inquire(new(2026, 1, 20));
        await Assert.ThrowsAsync<InputException>(() => Inquire(new(2026, 1, 19)));
        Assert.Equal(new(2026, 4, 10), Overpayments.DueOf(await Inquire(new(2026, 2, 19)), null));
        await Assert.ThrowsAsync<InputException>(() => Inquire(new(2026, 2, 20)));
    }

    [Theory] // known on 01/10/2026
    [InlineData("medicare", "{}", "2026-03-11")]
    [InlineData("medicaid", "{ \"refundDays\": 90 }", "2026-03-11")] // no contract makes a law's day later
    [InlineData("commercial", "{ \"refundDays\": 30 }", "2026-02-09")]
    [InlineData("commercial", "{}", null)]
    [InlineData("workers-comp", "{ \"appealDays\": 30 }", null)]
    public async Task By_when_it_goes_back_the_law_says_or_else_the_contract(string kind, string terms, string? due)
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var claim = await ChartedClaims.Chart(served, "b12-shot-billing");
        var of = await served.InStore(async db =>
        {
            await db.Payers.Where(p => p.Id == claim.PayerId).ExecuteUpdateAsync(s => s.SetProperty(p => p.Kind, kind)
                .SetProperty(p => p.Terms, terms), Stop);
            return await Overpayments.Add(db, ChartedClaims.EngineOf(served), "", claim.Number, 500, "units",
                new(2026, 1, 10), Now, Stop);
        });
        var payer = await served.InStore(db => db.Payers.SingleAsync(p => p.Id == claim.PayerId, Stop));
        Assert.Equal(due, Overpayments.DueOf(of, payer)?.Iso());
        Task<Overpayment> Inquire() => served.InStore(db => Overpayments.Inquire(db, of.Id, new(2026, 1, 20), Now,
            Stop));
        if (Overpayments.DaysByLaw(payer, of.KnownOn) is null) await Assert.ThrowsAsync<InputException>(Inquire);
        else Assert.Equal(new(2026, 1, 20), (await Inquire()).InquiryFrom);
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_lesson_closes_when_five_claims_after_it_are_clean_and_not_before(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        await Paid(served, 12, Now);
        await Judged(served, (await Draw(served, March)).Id);
        var found = (await served.InStore(db => Lessons.Found(db, Today, Stop))).Single(static f => f.Npi.Length > 0);
        Assert.Equal(("not in the record at all", 1, new DateOnly(2026, 3, 2)), (found.Rule, found.Times, found.First));
        var lesson = await served.InStore(db => Lessons.Assign(db, found.Rule, found.Npi, null, 5, Now, Stop));
        Assert.Equal(Today.AddDays(30), lesson.Due);
        Assert.DoesNotContain(await served.InStore(db => Lessons.Found(db, Today, Stop)), static f => f.Npi.Length > 0);
        Task<Lesson> Close() => served.InStore(db => Lessons.Close(db, lesson.Id, Now, Stop));
        await Assert.ThrowsAsync<InputException>(Close);
        await Assert.ThrowsAsync<InputException>(() => served.InStore(db => Lessons.Teach(db, lesson.Id,
            Today.AddDays(1), Now, Stop)));
        await served.InStore(db => Lessons.Teach(db, lesson.Id, new(2026, 3, 1), Now, Stop));
        await Assert.ThrowsAsync<InputException>(Close); // one of the five had the error after the lesson
        await served.InStore(async db =>
        {
            var wrong = await db.SampledLines.SingleAsync(static l => l.Verdict == LineVerdict.NotDocumented, Stop);
            (wrong.Verdict, wrong.Reason) = (LineVerdict.Agree, "");
            return await db.SaveChangesAsync(Stop);
        });
        Assert.True((await served.InStore(static db => Lessons.All(db, Stop)))[0] is { Clean: 5, MayClose: true });
        Assert.Equal(Today, (await Close()).ClosedOn);
        await Assert.ThrowsAsync<InputException>(Close);
    }

    [Fact]
    public async Task Other_practices_have_no_part_in_it()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        await Paid(served, 3, Now);
        var sample = await Draw(served, March);
        await served.InStore(async db =>
        {
            db.PracticeId = 2;
            Assert.Null(await AuditResult.Of(db, sample.Id, Stop));
            Assert.Empty(await Lessons.All(db, Stop));
            return 0;
        });
    }

    [Fact]
    public async Task An_auditor_draws_judges_and_prints_in_the_browser_and_changes_nothing_else()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var now = DateTime.UtcNow;
        await Paid(served, 4, now);
        await served.AddPerson("ada", Role.Auditor);
        using var ada = await Browsing.As(served.Url, "ada");
        (string, string)[] form = [("Name", "March"), ("From", "2026-03-01"), ("Thru", "2026-03-31"), ("Size", "3"),
            ("Seed", "77"), ("Kind", "ByAmount"), ("Npi", ""), ("Payer", ""), ("Code", "")];
        var (refused, why) = await ada.Post("/compliance/audits", [.. form[..4], ("Seed", "x"), .. form[5..]]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused);
        Assert.Contains("Seed: The seed is missing", Browsing.Words(why), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await ada.Post("/compliance/audits", form)).Status);
        var page = (await ada.Get("/compliance/claims/1")).Body;
        Assert.Contains("cyanocobalamin", page, StringComparison.Ordinal); // the chart is beside the lines
        var fields = PageForm.Of(page).Single(static f => f.Addresses.Contains("/compliance/claims/1")).Fields
            .Where(static f => f.Text is not null && f.Name != "__RequestVerificationToken")
            .Select(static f => (f.Name, f.Text!)).ToArray();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ada.Post("/compliance/claims/1", fields)).Status);
        foreach (var claim in new[] { 1, 2, 3 })
            Assert.Equal(HttpStatusCode.Redirect,
                (await ada.Post($"/compliance/claims/{claim}", [("all", "agree"), ("note", "")])).Status);
        var result = Browsing.Words(WebUtility.HtmlDecode((await ada.Get("/compliance/audits/1")).Body));
        Assert.Contains("3 of 3 claims judged", result, StringComparison.Ordinal);
        Assert.StartsWith("%PDF", (await ada.Get("/compliance/audits/1/report")).Body, StringComparison.Ordinal);
        Assert.StartsWith("Claim,Day,Payer", (await ada.Get("/compliance/audits/1/errors")).Body,
            StringComparison.Ordinal);
        using var forbidden = await ada.Send(HttpMethod.Post, "/compliance/overpayments", ("known", "2026-03-01"));
        Assert.True(Browsing.IsRefused(forbidden));
    }
}
