using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Web.Tests;

/// <summary>The sample practice with its three months written, on a day that is always the same.</summary>
static class SampleMonths
{
    public static readonly DateOnly Today = new(2026, 11, 30);

    public static DateTime Now => Today.ToDateTime(new(15, 0), DateTimeKind.Utc);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static Task<ServedPractice> Start(Ground ground) =>
        ServedPractice.Start(ground, hasHistory: true, clock: ServedPractice.HistoryEnds);

    /// <summary>Waits until the program has written them.</summary>
    public static async Task AreWritten(ServedPractice served)
    {
        var state = served.App.Services.GetRequiredService<SampleState>();
        var end = DateTime.UtcNow.AddMinutes(4);
        while (await served.InStore(static db => db.Claims.CountAsync(Stop)) == 0 || state.IsFilling)
        {
            Assert.True(DateTime.UtcNow < end, "the sample is not finished");
            await Task.Delay(50, Stop);
        }
    }

    /// <summary>The biller posts what waits, and the outcomes are made.</summary>
    public static Task<bool> PostAll(ServedPractice served) => served.InStore(async db =>
    {
        var engine = served.App.Services.GetRequiredService<Engine>();
        var waiting = await db.Remittances.Where(static r => r.State == RemittanceState.Waiting)
            .Select(static r => r.Id).ToListAsync(Stop);
        await Remittances.Post(db, engine, waiting, Now, Stop);
        return await Outcomes.CatchUp(db, engine, stop: Stop);
    });
}
