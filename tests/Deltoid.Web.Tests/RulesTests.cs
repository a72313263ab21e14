using System.Net;
using Deltoid.Batch;
using Deltoid.PayerRules;
using Deltoid.Reports;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>Rules of the practice: tried on what was answered, switched on by a person, asked of every claim.</summary>
public sealed class RulesTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    const string Rule = """
        rule      OWN0001 b12-needs-authorization
        severity  warning
        outcome   denial
        predicts  CO-197
        message   This payer denies B12 without an authorization
        citation  Our remittances
        from      2026-01-01
        when      code is J3420
        case fires
          pos 11  dos 2026-03-02
          1  J3420-JZ  x1
        case quiet
          pos 11  dos 2026-03-02
          1  J1885  x1

        """;

    static readonly DateTime Now = new(2026, 4, 6, 15, 0, 0, DateTimeKind.Utc);

    static DateOnly Today => DateOnly.FromDateTime(Now);

    /// <summary>Twelve shots of B12 are sent; the payer refuses the drug on nine of them.</summary>
    static async Task Answer(ServedPractice served)
    {
        for (var i = 0; i < 12; i++) await ChartedClaims.Chart(served, "b12-shot-billing");
        await served.InStore(async db =>
        {
            var claims = await db.Claims.OrderBy(static c => c.Id).ToListAsync(Stop);
            await Sending.Send(db, claims.ConvertAll(static c => c.Id), Now.AddDays(-20), Stop);
            return await Receiving.Receive(db, ChartedClaims.EngineOf(served), "a.835", PaymentFiles.Write(1,
                new PaidSet("T1", "20260401", [.. claims.Select(static (c, i) => new PaidShot(c.Number, $"I{i}",
                    Drug: i < 9 ? 0 : 1_050))])), Now.AddDays(-5), Stop);
        });
        await served.InStore(db => Outcomes.CatchUp(db, ChartedClaims.EngineOf(served), stop: Stop));
    }

    static Task<string> CauseOf(ServedPractice served, long id) => served.InStore(db => db.Claims
        .Where(c => c.Id == id).Select(static c => c.Life + " " + c.Warnings + " " + c.Cause).SingleAsync(Stop));

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_rule_is_tried_as_the_command_line_counts_and_asks_every_claim_while_it_is_on(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var engine = ChartedClaims.EngineOf(served);
        await Answer(served);
        var test = await served.InStore(db => PracticeRules.Try(db, engine, Rule, Today, Stop));
        var counted = await served.InStore(db => Recount(db, engine));
        Assert.Equal((9, 0, 3, 9 * 1_250), (test.Right, test.Other, test.FalseAlarms, test.Refused));
        Assert.Equal(counted, (test.Right, test.Other, test.FalseAlarms, test.Refused));

        var waiting = await ChartedClaims.Chart(served, "b12-shot-billing");
        var before = await CauseOf(served, waiting.Id);
        Assert.DoesNotContain("b12-needs-authorization", before, StringComparison.Ordinal);
        var on = await served.InStore(db => PracticeRules.SwitchOn(db, engine, Rule, Now, Today, Stop));
        Assert.Equal((1, 1, 9, 3), (on.Number, on.Version, on.Right, on.FalseAlarms));
        Assert.Contains("b12-needs-authorization", await CauseOf(served, waiting.Id), StringComparison.Ordinal);
        var charted = await ChartedClaims.Chart(served, "b12-shot-billing");
        Assert.Contains("b12-needs-authorization", await CauseOf(served, charted.Id), StringComparison.Ordinal);

        await served.InStore(db => PracticeRules.SwitchOff(db, engine, 1, Now, Stop));
        Assert.Equal(before, await CauseOf(served, waiting.Id));
        var again = await served.InStore(db => PracticeRules.SwitchOn(db, engine, Rule, Now, Today, Stop));
        Assert.Equal(2, again.Version);
        await Assert.ThrowsAsync<InputException>(() => served.InStore(db =>
            PracticeRules.SwitchOff(db, engine, 7, Now, Stop)));
        Assert.Null(await served.InStore(static db => db.VerifyEvents(Stop)));
    }

    /// <summary>What <c>deltoid rules backtest</c> counts on the same files.</summary>
    static async Task<(long, long, long, long)> Recount(PracticeDb db, Engine engine, string rule = Rule)
    {
        var cohort = new Cohort();
        foreach (var file in await db.Files.AsNoTracking().OrderBy(static f => f.Id).ToListAsync(Stop))
            new CohortRun(cohort).Read(new MemoryStream(file.Content), Stop);
        var grader = new Grader(engine.Book, new(PayerRuleEdit.WithShipped(PayerRuleFile.Read(
            System.Text.Encoding.UTF8.GetBytes(rule)))));
        grader.AddAll(cohort);
        var own = grader.Grades.Single(static g => g.Info.Id == "OWN0001");
        return (own.True, own.Other, own.False, own.Refused.Cents);
    }

    [Fact]
    public async Task Another_practice_is_not_asked_by_it_and_a_rule_that_fails_its_cases_goes_nowhere()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var engine = ChartedClaims.EngineOf(served);
        await served.InStore(db => PracticeRules.SwitchOn(db, engine, Rule, Now, Today, Stop));
        Assert.NotSame(engine, await served.InStore(db => engine.For(db, Stop)));
        Assert.Same(engine, await served.InStore(async db =>
        {
            db.PracticeId = 99;
            return await engine.For(db, Stop);
        }));
        foreach (var wrong in new[]
            {
                Rule.Replace("code is J3420", "code is J9999", StringComparison.Ordinal), "", "rule",
                Rule + Rule.Replace("OWN0001 b12", "OWN0002 b13", StringComparison.Ordinal),
            })
            await Assert.ThrowsAsync<InputException>(() => served.InStore(db =>
                PracticeRules.SwitchOn(db, engine, wrong, Now, Today, Stop)));
        Assert.Equal(1, await served.InStore(static db => db.PracticeRules.CountAsync(Stop)));
    }

    [Fact]
    public async Task A_manager_tries_a_rule_on_the_screen_and_switches_it_on_and_off()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        using var owner = await Browsing.As(served.Url, Sample.Owner);
        var (status, page) = await owner.Post("/manager/rules/try", ("text", Rule));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("It spoke too rarely", page, StringComparison.Ordinal);
        (status, page) = await owner.Post("/manager/rules/try", ("text", "rule OWN0001"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("role=\"alert\"", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await owner.Post("/manager/rules/on", ("text", Rule))).Status);
        (_, page) = await owner.Get("/manager/rules");
        Assert.Contains("b12 needs authorization", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await owner.Post("/manager/rules/off", ("rule", "1"))).Status);
        using var biller = await Browsing.As(served.Url, Sample.Biller);
        (_, page) = await biller.Get("/manager/rules");
        Assert.DoesNotContain("name=\"text\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manager_finds_why_money_is_lost_and_makes_a_rule_of_it()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite, clock: "2026-04-06T15:00:00Z");
        await Answer(served);
        Journey.Run("manager.mjs", served.Url);
        var rule = await served.InStore(static db => db.PracticeRules.SingleAsync(Stop));
        Assert.True(rule.IsOn);
        var counted = await served.InStore(db => Recount(db, ChartedClaims.EngineOf(served), rule.Text));
        Assert.Equal(counted, (rule.Right, rule.Other, rule.FalseAlarms, rule.Refused));
        Assert.Equal(1, await served.InStore(static db => db.Events.CountAsync(static e => e.Act == "switch-on", Stop)));
        Assert.Null(await served.InStore(static db => db.VerifyEvents(Stop)));
    }

    [Fact]
    public async Task A_list_whose_denials_are_too_few_makes_no_rule()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        using var owner = await Browsing.As(served.Url, Sample.Owner);
        var (_, page) = await owner.Get("/manager/rules?of=" + Uri.EscapeDataString("set=Denied"));
        Assert.Contains("No denial of the list comes often enough", page, StringComparison.Ordinal);
    }
}
