using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;
using static Deltoid.Web.Tests.ChartedClaims;

namespace Deltoid.Web.Tests;

/// <summary>The worklist: its order, its pages, and what is fixed together.</summary>
public sealed class WorklistTests
{
    static readonly DateTime Now = new(2026, 3, 20, 15, 0, 0, DateTimeKind.Utc);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static StoredClaim Claim(long cents, int day, ClaimLife life = ClaimLife.Held) => new()
    {
        Number = "C", Document = "", Charge = cents, Life = life, ServiceDate = new(2026, 1, 1),
        FileBy = new DateOnly(2026, 6, 1).AddDays(day),
    };

    [Fact]
    public void More_money_an_earlier_limit_and_a_better_chance_come_first()
    {
        for (var cents = 1L; cents < 10_000_000_000; cents *= 3)
        {
            Assert.True(Ranking.Of(Claim(cents * 2, 0)) > Ranking.Of(Claim(cents, 0)));
            Assert.True(Ranking.Of(Claim(cents, 0)) > Ranking.Of(Claim(cents, 10)));
            Assert.True(Ranking.Of(Claim(cents, 0, ClaimLife.Ready)) > Ranking.Of(Claim(cents, 0, ClaimLife.Answered)));
            // thirty days are worth a doubling, to a thousandth
            Assert.InRange(Ranking.Of(Claim(cents * 2, 30)) - Ranking.Of(Claim(cents, 0)), -1, 1);
        }
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task Pages_have_every_claim_once_and_in_order(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var first = await Chart(served, "b12-shot-billing");
        var person = await served.InStore(static db => db.Users.Select(static u => u.Id).MinAsync(Stop));
        await served.InStore(async db =>
        {
            for (var i = 0; i < 137; i++) // many of one rank, too
                db.Claims.Add(new()
                {
                    Number = $"T{i}", PatientId = first.PatientId, PayerId = first.PayerId,
                    ServiceDate = new(2026, 1, 1),
                    Document = first.Document, Version = 1, Life = i % 3 == 0 ? ClaimLife.Held : ClaimLife.Ready,
                    Rank = i / 10, Cause = i % 2 == 0 ? "ndc-missing" : i % 5 == 0 ? "no-lot" : "",
                    FileBy = i < 20 ? null : new DateOnly(2026, 6, 1).AddDays((i * 7) % 50),
                    OwnerId = i % 4 == 0 ? person : null,
                });
            return await db.SaveChangesAsync(Stop);
        });
        await EachGroupHasItsFirstLimit(served, first.PayerId, person);
        foreach (var filter in new WorkFilter[] { new(), new(ClaimLife.Held), new(ClaimLife.Held, "ndc-missing") })
        {
            Assert.Equal(filter, WorkFilter.Parse(filter.ToString()));
            var all = await served.InStore(db => WorkFilter.InOrder(filter.Of(db)).Select(static c => c.Id)
                .ToListAsync(Stop));
            var paged = new List<long>();
            for (StoredClaim? last = null; ;)
            {
                var page = await served.InStore(db => WorkFilter.InOrder(last is null ? filter.Of(db)
                    : filter.After(db, last.Rank, last.Id)).AsNoTracking().Take(10).ToListAsync(Stop));
                if (page.Count == 0) break;
                paged.AddRange(page.Select(static c => c.Id));
                last = page[^1];
            }
            Assert.Equal(all, paged);
            var middle = await served.InStore(db => db.Claims.AsNoTracking().SingleAsync(c => c.Id == all[5], Stop));
            Assert.Equal((all[4], all[6], 6, all.Count),
                await served.InStore(db => filter.Around(db, middle, Stop)));
        }
    }

    static async Task EachGroupHasItsFirstLimit(ServedPractice served, long payer, long person)
    {
        foreach (var filter in new WorkFilter[]
            {
                new(), new(ClaimLife.Held), new(ClaimLife.Ready, "no-lot", payer), new(Owner: person),
                new(ClaimLife.Held, Payer: payer, Owner: 0),
            })
        {
            var view = await served.InStore(db => WorkView.Load(db, filter, null, new(2026, 3, 20),
                TimeProvider.System, mayComply: true));
            var claims = await served.InStore(db => (filter with { Cause = "" }).Of(db).ToListAsync(Stop));
            Assert.NotEmpty(view.Groups);
            Assert.Equal(claims.Where(static c => c.Cause != "").GroupBy(static c => c.Cause)
                .Select(static g => (g.Key, (long)g.Count(), g.Min(static c => c.FileBy))).Order(),
                view.Groups.Select(static g => (g.Key, g.Claims, g.First)).Order());
        }
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task The_same_clerical_change_is_made_together_and_undone_together(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var engine = EngineOf(served);
        for (var i = 0; i < 5; i++) Assert.Equal(ClaimLife.Held, (await WithoutNdc(served)).Life);
        var other = await Toradol(served);
        var fixes = await served.InStore(db => BulkFix.Plan(db, engine, new WorkFilter(ClaimLife.Held).Of(db), Stop));
        // what needs a person's word is in none of them
        Assert.DoesNotContain(fixes, static f => f.Rows.Exists(static r => r.Changes.Any(static c => c.After is "25")));
        var ndc = fixes[0];
        Assert.Equal(5, ndc.Rows.Count);
        Assert.Contains(ndc.Rows[0].Changes,
            static c => c is { Name: "line.2.ndc", After: "00517003125" or "00517-0031-25" });
        var ids = ndc.Rows.ConvertAll(static r => r.Claim.Id);
        // a claim that does not have the change is left, whoever asks
        var done = await served.InStore(db => BulkFix.Apply(db, engine, [.. ids, other.Id], ndc.Key, Now, Stop));
        Assert.Equal((5, other.Id), (done.Claims.Count, Assert.Single(done.Left).Id));
        Assert.All(done.Claims, static c => Assert.Equal((ClaimLife.Ready, 3), (c.Life, c.Version)));
        // again: nothing is left to do
        Assert.Empty((await served.InStore(db => BulkFix.Apply(db, engine, ids, ndc.Key, Now, Stop))).Claims);

        await served.InStore(db => Editing.Save(db, engine, ids[0], 3,
            new Dictionary<string, string> { ["authorization"] = "A-1" }, Now, stop: Stop));
        var undone = await served.InStore(db => BulkFix.Undo(db, engine, ids, done.Batch, Now, Stop));
        Assert.Equal((4, ids[0]), (undone.Claims.Count, Assert.Single(undone.Left).Id));
        Assert.All(undone.Claims, static c => Assert.Equal((ClaimLife.Held, 4), (c.Life, c.Version)));
        Assert.Equal(2, await served.InStore(db => db.Claims.Where(c => c.Id == other.Id)
            .Select(static c => c.Version).SingleAsync(Stop)));
        Assert.Null(await served.InStore(db => db.VerifyEvents(Stop)));
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task What_is_given_or_put_away_is_undone_and_wakes_by_day_or_by_news(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var engine = EngineOf(served);
        var bea = await served.InStore(static db => db.Users.Where(static u => u.UserName == Sample.Biller)
            .Select(static u => u.Id).SingleAsync(Stop));
        Task<T> As<T>(Func<PracticeDb, Task<T>> ask) => served.InStore(db => { db.PersonId = bea; return ask(db); });
        var ids = new List<long>();
        for (var i = 0; i < 4; i++) ids.Add((await Chart(served, "b12-shot-billing")).Id);
        var today = DateOnly.FromDateTime(Now);
        Task<int> Shown(WorkFilter filter) => served.InStore(db => filter.Of(db).CountAsync(Stop));

        var given = await As(db => Worklist.Assign(db, ids, bea, Now, Stop));
        Assert.Equal(4, given.Claims);
        Assert.Equal(4, await Shown(new(Owner: bea)));
        Assert.Equal(4, (await As(db => Worklist.Undo(db, given.Batch, Now, Stop))).Claims);
        Assert.Equal((0, 4), (await Shown(new(Owner: bea)), await Shown(new(Owner: 0))));
        // what is undone once is not undone again
        Assert.Equal(0, (await As(db => Worklist.Undo(db, given.Batch, Now, Stop))).Claims);

        await As(db => Worklist.Snooze(db, ids[..2], today.AddDays(7), isForNews: true, Now, Stop));
        await As(db => Worklist.Snooze(db, ids[2..3], today.AddDays(2), isForNews: false, Now, Stop));
        Assert.Equal((1, 3), (await Shown(new()), await Shown(new(IsAsleep: true))));
        await Counted(served);
        await served.InStore(db => Sending.Send(db, ids[..1], Now, Stop)); // news
        Assert.Equal((2, 2), (await Shown(new()), await Shown(new(IsAsleep: true))));
        await served.InStore(async db =>
        {
            await Worklist.Wake(db, engine, today.AddDays(2), Now.AddDays(2), Stop);
            return 0;
        });
        Assert.Equal((3, 1), (await Shown(new()), await Shown(new(IsAsleep: true))));
        await Assert.ThrowsAsync<Values.InputException>(() =>
            As(db => Worklist.Snooze(db, ids, today, isForNews: false, Now, Stop)));
        await Counted(served);
        Assert.Null(await served.InStore(static db => db.VerifyEvents(Stop)));
    }

    /// <summary>The counts that the database keeps are those that counting gives.</summary>
    static async Task Counted(ServedPractice served)
    {
        var counted = (await served.InStore(static db => db.Claims.AsNoTracking().ToListAsync(Stop)))
            .GroupBy(static c => (c.Life, c.Cause, c.PayerId, c.OwnerId ?? 0, c.SnoozedUntil is not null,
                c.LocationId ?? 0))
            .Select(static g => (g.Key, (long)g.Count(), g.Sum(static c => c.Charge))).Order().ToList();
        var kept = (await served.InStore(static db => db.WorkCounts.AsNoTracking().Where(static w => w.Claims != 0
            || w.Cents != 0).ToListAsync(Stop))).Select(static w =>
            ((w.Life, w.Cause, w.PayerId, w.OwnerId, w.IsAsleep, w.LocationId), w.Claims, w.Cents)).Order().ToList();
        Assert.Equal(counted, kept);
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task Counts_follow_every_row_that_is_written_changed_or_removed_by_whatever_writes_it(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var first = await Chart(served, "b12-shot-billing");
        var random = new Random(7);
        for (var round = 0; round < 20; round++)
        {
            await served.InStore(async db =>
            {
                for (var i = 0; i < 10; i++)
                    db.Claims.Add(new()
                    {
                        Number = $"R{round}-{i}", PatientId = first.PatientId, PayerId = first.PayerId,
                        Document = first.Document, Version = 1, Life = (ClaimLife)random.Next(1, 8),
                        Cause = random.Next(2) == 0 ? "" : "ndc-missing", Charge = random.Next(10_000),
                        LocationId = random.Next(3) is > 0 and var location ? location : null,
                    });
                await db.SaveChangesAsync(Stop);
                var (life, owner, some) = ((ClaimLife)random.Next(1, 8), random.Next(1, 4), random.Next(3));
                await db.Claims.Where(c => c.Id % 3 == some).ExecuteUpdateAsync(set => set
                    .SetProperty(static c => c.Life, life).SetProperty(static c => c.OwnerId, owner)
                    .SetProperty(static c => c.Charge, static c => c.Charge + 1), Stop);
                return await db.Claims.Where(c => EF.Functions.Like(c.Number, "R%") && c.Id % 7 == some)
                    .ExecuteDeleteAsync(Stop);
            });
            await Counted(served);
        }
    }

    [Fact]
    public async Task A_list_is_saved_without_formulas_and_its_rows_say_who_has_worked_on_them()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var (gone, stays) = (await Toradol(served), await Toradol(served));
        await served.InStore(async db =>
        {
            var patient = await db.Patients.OrderBy(static p => p.Id).FirstAsync(Stop);
            patient.Family = "=HYPERLINK(\"x\")";
            return await db.SaveChangesAsync(Stop);
        });
        using var bea = await Browsing.As(served.Url, "bea");
        var (_, csv) = await bea.Get("/worklist.csv?life=Held");
        var rows = csv.Trim('\uFEFF', '\r', '\n').Split('\n');
        Assert.Equal(3, rows.Length); // a heading, and a row for each claim of the list
        Assert.All(rows[1..], static row => Assert.Contains("\"'=HYPERLINK(\"\"x\"\"), Pat\"", row,
            StringComparison.Ordinal));
        Assert.Single((await bea.Get("/worklist.csv?life=Closed")).Body.Trim('\uFEFF', '\r', '\n').Split('\n'));
        Assert.True(await served.InStore(static db => db.Events.AnyAsync(static e => e.Act == "export")));
        var left = $"/worklist/left?life=Held&ids={gone.Id}+{stays.Id}";
        Assert.DoesNotContain("data-left", (await bea.Get(left)).Body, StringComparison.Ordinal);
        using var omar = await Browsing.As(served.Url, "omar");
        await omar.Post("/worklist/snooze", ("mark", $"{gone.Id}"),
            ("until", $"{DateTime.Now.AddDays(3):yyyy-MM-dd}"));
        var (_, after) = await bea.Get(left);
        Assert.Contains($"data-left=\"{gone.Id}\">Omar (owner) has worked on it", after, StringComparison.Ordinal);
        Assert.DoesNotContain($"data-left=\"{stays.Id}\"", after, StringComparison.Ordinal);
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task The_claims_of_a_file_are_found_by_an_index(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var claim = await Chart(served, "b12-shot-billing");
        var file = await served.InStore(db => Sending.Send(db, [claim.Id], Now, Stop));
        var inside = await served.InStore(db => FileInside.Of(db, file.Id, Stop));
        Assert.Equal(claim.Id, Assert.Single(inside!.Claims).Claim.Id);
        var plan = await served.InStore(async db =>
        {
            await db.Database.OpenConnectionAsync(Stop);
            if (ground == Ground.Postgres) // a table of a few rows is cheaper to read whole
                await db.Database.ExecuteSqlRawAsync("SET enable_seqscan = off", Stop);
            await using var command = ClaimStory.ClaimsOf(db, file.Id).CreateDbCommand();
            command.CommandText = (ground == Ground.Postgres ? "EXPLAIN " : "EXPLAIN QUERY PLAN ")
                + command.CommandText;
            var (text, lines) = (ground == Ground.Postgres ? 0 : 3, new List<string>());
            await using var reader = await command.ExecuteReaderAsync(Stop);
            while (await reader.ReadAsync(Stop)) lines.Add(reader.GetString(text));
            return lines;
        });
        Assert.Contains("IX_ClaimVersions_PracticeId_FileId_ClaimId", string.Join(' ', plan), StringComparison.Ordinal);
    }
}
