using System.Diagnostics;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Web.Tests;

/// <summary>The sample practice has a life behind it: every screen has something to show.</summary>
public sealed class SampleTests
{
    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task Three_months_are_charted_sent_answered_and_posted(Ground ground)
    {
        var watch = Stopwatch.StartNew();
        await using var served = await ServedPractice.Start(ground, hasHistory: true);
        var state = served.App.Services.GetRequiredService<SampleState>();
        Assert.True(state.IsWanted);
        var started = watch.Elapsed;
        while (await served.InStore(static db => db.Claims.CountAsync()) == 0 || state.IsFilling)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2), "the sample is not finished");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        TestContext.Current.SendDiagnosticMessage($"{ground}: served after {started}, filled after {watch.Elapsed}");
        var claims = await served.InStore(static db => db.Claims.AsNoTracking().Include(static c => c.Payer)
            .ToListAsync());
        Assert.InRange(claims.Count, 140, 160);
        Assert.True(claims.Select(static c => c.Payer.Kind).Distinct().Count() >= 7);
        foreach (var life in new[]
            { ClaimLife.Held, ClaimLife.Ready, ClaimLife.Sent, ClaimLife.Answered, ClaimLife.Closed })
            Assert.True(claims.Exists(c => c.Life == life), $"no claim is {life}");
        Assert.InRange(claims.Count(static c => c.Life == ClaimLife.Held), 10, 75);
        Assert.True(await served.InStore(static db => db.Remittances.CountAsync()) > 10);
        Assert.Equal(0, await served.InStore(static db => db.Postings.SumAsync(static p => p.Cents)));
        Assert.True(await served.InStore(static db => db.Postings.AnyAsync(static p => p.Kind == "payment")));
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
        // what is written from the shelf is understood, and what is kept back says what keeps it back
        Assert.DoesNotContain(claims, static c => c.Why.Contains("not understood", StringComparison.Ordinal));
        var kept = await served.InStore(static db => db.Remittances
            .Where(static r => r.State == RemittanceState.Aside && r.Verdict == "quarantine").ToListAsync());
        Assert.NotEmpty(kept);
        Assert.All(kept, static r => Assert.StartsWith("BPR02 says", r.Fault, StringComparison.Ordinal));
        await TheShelfHasALife(served);
    }

    /// <summary>Lots of every source, given and counted; one is called back, one has expired, one soon will.</summary>
    static async Task TheShelfHasALife(ServedPractice served)
    {
        var engine = served.App.Services.GetRequiredService<Engine>();
        var today = DateOnly.FromDateTime(DateTime.Now);
        var (lots, gaps) = await served.InStore(db => StockReports.Of(db, engine, today));
        Assert.Equal(Enum.GetValues<StockSource>(), lots.Select(static l => l.Lot.Source).Distinct().Order());
        Assert.Contains(lots, static l => l.Lot.RecalledOn is not null && l.Used > 0);
        Assert.Contains(lots, l => l.Left > 0 && l.Lot.Expires < today);
        Assert.Contains(lots, l => l.Left > 0 && l.Lot.Expires >= today && l.Lot.Expires < today.AddDays(30));
        Assert.Contains(gaps, static g => g.Kind == GapKind.Open);
        Assert.DoesNotContain(gaps, static g => g.Kind == GapKind.Alarm);
        Assert.True(lots.Sum(static l => l.Billed) > 50, $"{lots.Sum(static l => l.Billed)} are billed");
        Assert.NotEmpty(await served.InStore(db => StockReports.Orders(db, today)));
        Assert.True(await served.InStore(static db => db.Movements.AnyAsync(static m =>
            m.Kind == MovementKind.Counted && m.Quantity < 0)));
    }

    [Fact]
    public async Task Stopping_while_it_is_filled_leaves_whole_changes()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite, hasHistory: true);
        while (await served.InStore(static db => db.Claims.CountAsync()) < 5)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        await served.App.StopAsync(TestContext.Current.CancellationToken);
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
        Assert.Equal(await served.InStore(static db => db.Claims.CountAsync()),
            await served.InStore(static db => db.Events.CountAsync(static e => e.Act == "create")));
    }
}
