using System.Globalization;
using System.Net;
using Deltoid.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Web.Tests;

/// <summary>The clock of the server jumps, back and far ahead: the trail keeps its order, and deadlines their days.
/// </summary>
public sealed class ClockTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A clock that somebody sets.</summary>
    sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 4, 15, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
    }

    [Fact]
    public async Task Events_keep_their_order_and_deadlines_their_days_when_the_clock_jumps()
    {
        var clock = new SetClock();
        await using var served = await ServedPractice.Start(Ground.Sqlite,
            change: builder => builder.Services.AddSingleton<TimeProvider>(clock));
        var (anchors, began) = (new AuditAnchors(Path.Combine(served.Folder, "noted")), clock.Now);
        using var early = await Browsing.As(served.Url, Sample.Owner);
        Assert.Equal(HttpStatusCode.OK, (await early.Get("/worklist")).Status);
        var (deadlines, last) = (new HashSet<DateOnly?>(), 0L);
        foreach (var moment in new[]
            {
                began, began.AddHours(-1), began.AddDays(1), new(2028, 2, 29, 23, 59, 59, TimeSpan.Zero),
                new(2099, 12, 31, 23, 59, 59, TimeSpan.Zero), new(2100, 1, 1, 0, 0, 1, TimeSpan.Zero), began,
            })
        {
            clock.Now = moment;
            using var browsing = await Browsing.As(served.Url, Sample.Biller);
            var claim = await ChartedClaims.Chart(served, "b12-shot-billing");
            deadlines.Add(claim.FileBy);
            Assert.Equal(HttpStatusCode.OK, (await browsing.Get($"/claims/{claim.Id}")).Status);
            Assert.Equal(HttpStatusCode.OK, (await browsing.Get("/worklist")).Status);
            var events = await served.InStore(db => db.Events.AsNoTracking().Where(e => e.Number > last)
                .OrderBy(static e => e.Number).ToListAsync(Stop));
            Assert.Equal(Enumerable.Range(1, events.Count).Select(n => last + n), events.Select(static e => e.Number));
            Assert.Contains(events, e => e.At == moment.UtcDateTime && e.Act == "read");
            last = events[^1].Number;
            await served.InStore(db => anchors.Write(db, clock.Now.UtcDateTime, Stop));
            using var said = new StringWriter(CultureInfo.InvariantCulture);
            Assert.True(await AuditCommand.Run(["verify", "--Folder", served.Folder,
                "--Anchors", Path.Combine(served.Folder, "noted")], said, said) == 0,
                said.ToString());
        }
        // one service day, one last day to file, whenever it was charted
        Assert.Single(deadlines);
        Assert.NotNull(deadlines.Single());
        // a day ahead the session of before is over
        clock.Now = began.AddDays(1);
        using var answer = await early.Send(HttpMethod.Get, "/worklist");
        Assert.True(Browsing.IsRefused(answer));
    }
}
