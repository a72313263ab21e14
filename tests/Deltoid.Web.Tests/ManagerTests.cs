using System.Net;
using Deltoid.Batch;
using Deltoid.Reports;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Web.Tests;

/// <summary>The manager's figures: what <c>deltoid report</c> says of the same claims, and the claims that each
/// counts.</summary>
public sealed class ManagerTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task The_screen_and_the_command_line_say_the_same_of_the_sample_practice(Ground ground)
    {
        await using var served = await SampleMonths.Start(ground);
        Assert.True(await SampleMonths.PostAll(served));
        var expected = await served.InStore(db => OfFiles(db, served.App.Services.GetRequiredService<Engine>()));
        var made = await served.InStore(static db => PracticeFigures.Load(db, 0, OutcomeFilter.Ever,
            SampleMonths.Today, Stop));
        string Of(Measure measure) => expected.Of(measure) is not { } figure ? "none"
            : $"{figure.Count.Hits}/{figure.Count.Of} {figure.Part?.Cents}/{figure.Whole?.Cents} {figure.Days}";
        var (sent, answered, open) = (made.Sent, made.Answered, made.Open);
        Assert.True(answered.Claims > 30 && answered.Refused > 5, $"{answered}");
        Assert.Equal(Of(Measures.Clean), $"{sent.Clean}/{sent.Claims} / ");
        Assert.Equal(Of(Measures.DeniedClaims), $"{answered.Denied}/{answered.Claims} / ");
        Assert.Equal(Of(Measures.Resolved), $"{answered.Claims - answered.Refused}/{answered.Claims} / ");
        Assert.Equal(Of(Measures.DeniedLines), $"{answered.RefusedLines}/{answered.Lines} / ");
        Assert.Equal(Of(Measures.DeniedDollars), $"0/{answered.Lines} {answered.RefusedCents}/{answered.Judged} ");
        Assert.Equal(Of(Measures.NetCollected), $"0/{answered.Lines} {answered.Paid}/{answered.Owed} ");
        Assert.Equal(Of(Measures.Overturned), made.OverturnedOf == 0 ? "none"
            : $"{made.Overturned}/{made.OverturnedOf} / ");
        var beyond = await served.InStore(db => OpenBeyondFiles(db, expected));
        Assert.Equal(expected.Of(Measures.DaysOpen)!.Part!.Value.Cents + beyond, open.Cents);
        Assert.Equal(decimal.Round(expected.Of(Measures.DaysOpen)!.Days!.Value * open.Cents
            / (open.Cents - beyond)), decimal.Round(open.Days!.Value));
        foreach (var month in made.Months)
            Assert.Equal(expected.Of(Measures.AtStake, "month", month.Name)?.Part?.Cents ?? 0, month.RefusedCents);
        foreach (var reason in made.Reasons.GroupBy(static r => r.Reason[3..]))
            Assert.Equal(expected.Of(Measures.AtStake, "reason", reason.Key)!.Part!.Value.Cents,
                reason.Sum(static r => r.Cents));
        Assert.Equal(made.Answered.RefusedCents, made.Causes.Sum(static c => c.Cents));
        await EachNumberIsItsClaims(served, made);
    }

    /// <summary>
    /// The ledger has open what <c>deltoid remit</c> leaves open, which knows the agreed price: a payment below it is
    /// open too, and no file says so.
    /// </summary>
    static async Task<long> OpenBeyondFiles(PracticeDb db, Figures files)
    {
        var (open, beyond) = (files.Standings.ToDictionary(static s => s.Claim.Text(Claims.ClaimText.Id)), 0L);
        foreach (var one in await db.ClaimOutcomes.AsNoTracking().Include(static o => o.Claim).ToListAsync(Stop))
        {
            var more = one.Open - open[one.Claim.Number].Open.Cents;
            if (more == 0) continue;
            using var answer = System.Text.Json.JsonDocument.Parse(one.Claim.Answer!);
            var left = answer.RootElement.GetProperty("posting").EnumerateArray().Where(static p =>
                AnswerJson.Text(p, "kind") is not ("payment" or "contractual" or "patient"))
                .Sum(static p => AnswerJson.Cents(p, "amount"));
            Assert.True(more > 0 && one.Open == left, $"{one.Claim.Number}: {one.Open} open, {left} left");
            beyond += more;
        }
        return beyond;
    }

    /// <summary>What the command line is given: the files that left and the remittances that are posted.</summary>
    static async Task<Figures> OfFiles(PracticeDb db, Engine engine)
    {
        var cohort = new Cohort();
        foreach (var file in await db.Files.AsNoTracking().OrderBy(static f => f.Id).ToListAsync(Stop))
            if (file.IsOutgoing || (file.Kind == "835" && await db.Remittances.AnyAsync(r => r.FileId == file.Id
                && r.State == RemittanceState.Posted, Stop)))
                new CohortRun(cohort).Read(new MemoryStream(file.Content), Stop);
        return new(cohort, engine.Book, SampleMonths.Today);
    }

    /// <summary>The list of a number has as many claims, and as much money, as the number says.</summary>
    static async Task EachNumberIsItsClaims(ServedPractice served, PracticeFigures made)
    {
        using var owner = await Browsing.As(served.Url, Sample.Owner);
        foreach (var month in made.Months.Select(static m => "?month=" + m.Name).Prepend(""))
        {
            var view = await served.InStore(db => ManagerView.Load(db, served.App.Services.GetRequiredService<Engine>(),
                ManagerRoutes.MonthOf(month.Length > 0 ? month[7..] : ""), SampleMonths.Today, Stop));
            var (status, page) = await owner.Get("/manager" + month);
            Assert.Equal(HttpStatusCode.OK, status);
            foreach (var key in view.Keys)
            {
                Assert.Contains(WebUtility.HtmlEncode(key.Behind.ToString()), page, StringComparison.Ordinal);
                Assert.Equal(key.Claims, await served.InStore(db => key.Behind.Of(db, SampleMonths.Today)
                    .LongCountAsync(Stop)));
            }
            foreach (var cause in view.Figures.Causes)
                Assert.Equal((cause.Claims, cause.Cents), await served.InStore(async db =>
                {
                    var behind = await OutcomeFilter.Parse(view.Link(OutcomeSet.Refused, cause.Cause).Split('?')[1])
                        .Of(db, SampleMonths.Today).ToListAsync(Stop);
                    return (behind.Count, behind.Sum(static o => o.Refused));
                }));
        }
        var (_, list) = await owner.Get("/manager/claims?set=Refused");
        Assert.Contains("id=\"behind\"", list, StringComparison.Ordinal);
        Assert.Contains(AsShown.Money(made.Answered.RefusedCents), list, StringComparison.Ordinal);
        var (_, csv) = await owner.Get("/manager.csv");
        Assert.Contains("figure,Clean claims,", csv, StringComparison.Ordinal);
        using var pdf = await owner.Send(HttpMethod.Get, "/manager.pdf");
        Assert.Equal("application/pdf", pdf.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_payment_that_is_taken_back_and_a_claim_written_off_move_the_figures()
    {
        await using var served = await SampleMonths.Start(Ground.Sqlite);
        await SampleMonths.PostAll(served);
        var engine = served.App.Services.GetRequiredService<Engine>();
        Task<PracticeFigures> Load() => served.InStore(async db =>
        {
            Assert.True(await Outcomes.CatchUp(db, engine, stop: Stop));
            return await PracticeFigures.Load(db, 0, OutcomeFilter.Ever, SampleMonths.Today, Stop);
        });
        var before = await Load();
        var file = await served.InStore(static db => db.Remittances.Where(static r => r.State == RemittanceState.Posted
            && r.Amount > 0).OrderBy(static r => r.Id).Select(static r => r.FileId).FirstAsync(Stop));
        await served.InStore(db => Remittances.TakeBack(db, engine, file, "wrong bank", SampleMonths.Now, Stop));
        var after = await Load();
        Assert.True(after.Answered.Claims < before.Answered.Claims && after.Answered.Paid < before.Answered.Paid
            && after.Open.Cents > before.Open.Cents, $"{before.Answered} {after.Answered}");
        await served.InStore(db => Remittances.Post(db, engine, [.. db.Remittances.Where(r => r.FileId == file)
            .Select(static r => r.Id)], SampleMonths.Now, Stop));
        var again = await Load();
        Assert.Equal((before.Answered, before.Open), (again.Answered, again.Open));
        var denied = await served.InStore(static db => db.ClaimOutcomes.AsNoTracking().Include(static o => o.Claim)
            .Where(static o => (o.Marks & OutcomeMarks.Refused) != 0 && o.Open > 0
                && o.Claim.Life == ClaimLife.Answered)
            .OrderBy(static o => o.Id).ToListAsync(Stop));
        foreach (var one in denied)
            if (await served.InStore(async db => Denials.Forbids(await db.Claims.SingleAsync(c => c.Id == one.ClaimId,
                Stop), "write-off") is null))
            {
                await served.InStore(db => Denials.WriteOff(db, one.ClaimId, "small", SampleMonths.Now, Stop));
                var last = await Load();
                Assert.Equal(again.Open.Cents - one.Open, last.Open.Cents);
                Assert.Equal(one.Open, last.Causes.Sum(static c => c.Lost));
                return;
            }
        Assert.Fail("no refused claim of the sample may be written off");
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task Kept_sums_are_the_counted_ones_after_payments_that_come_and_go(Ground ground)
    {
        await using var served = await SampleMonths.Start(ground);
        await SampleMonths.PostAll(served);
        var engine = served.App.Services.GetRequiredService<Engine>();
        var files = await served.InStore(static db => db.Remittances.Where(
            static r => r.State == RemittanceState.Posted).Select(static r => r.FileId).Distinct()
                .OrderBy(static id => id).ToListAsync(Stop));
        var (random, back) = (new Random(3), new HashSet<long>());
        for (var step = 0; step < 12; step++)
        {
            var file = files[random.Next(files.Count)];
            await served.InStore(async db => back.Add(file)
                ? await Remittances.TakeBack(db, engine, file, "wrong bank", SampleMonths.Now, Stop)
                : (await Remittances.Post(db, engine, await PostableOf(db, back, file), SampleMonths.Now, Stop)).Count);
            if (random.Next(3) > 0) await served.InStore(db => Outcomes.CatchUp(db, engine, stop: Stop));
            await served.InStore(SumsAreKept);
        }
        Assert.NotEmpty(back);
    }

    static async Task<List<long>> PostableOf(PracticeDb db, HashSet<long> back, long file)
    {
        back.Remove(file);
        return await db.Remittances.Where(r => r.FileId == file).Select(static r => r.Id).ToListAsync(Stop);
    }

    static async Task<int> SumsAreKept(PracticeDb db)
    {
        static string Line(Counted of, params long[] sums) => $"{of.PayerId} {of.ServiceMonth} {of.Month} {of.Cause} "
            + $"{of.Marks}: {string.Join(' ', sums)}";
        var counted = (await db.ClaimOutcomes.AsNoTracking().ToListAsync(Stop)).GroupBy(static o => (o.PayerId,
            o.ServiceMonth, o.Month, o.Cause, o.Marks)).Select(static g => Line(g.First(), g.Count(),
                g.Sum(static o => o.Charge), g.Sum(static o => o.Refused), g.Sum(static o => o.Open),
                g.Sum(static o => o.Received), g.Sum(static o => o.Lines), g.Sum(static o => o.RefusedLines),
                g.Sum(static o => o.Judged), g.Sum(static o => o.Paid), g.Sum(static o => o.Reduced),
                g.Sum(static o => o.Share), g.Sum(static o => o.WrittenOff), g.Sum(static o => o.Recovered)));
        var kept = (await db.OutcomeSums.AsNoTracking().ToListAsync(Stop)).Select(static s => (s.Claims, Line(s,
            s.Claims, s.Charge, s.Refused, s.Open, s.Received, s.Lines, s.RefusedLines, s.Judged, s.Paid, s.Reduced,
            s.Share, s.WrittenOff, s.Recovered))).ToList();
        Assert.Equal(counted.Order(StringComparer.Ordinal),
            kept.Where(static k => k.Claims != 0).Select(static k => k.Item2).Order(StringComparer.Ordinal));
        Assert.All(kept.Where(static k => k.Claims == 0), static k =>
            Assert.EndsWith("0 0 0 0 0 0 0 0 0 0 0 0 0", k.Item2, StringComparison.Ordinal));
        foreach (var set in Enum.GetValues<OutcomeSet>())
            foreach (var drug in (string[])["", await db.DrugOutcomes.Select(static d => d.Drug)
                .FirstOrDefaultAsync(Stop)
                ?? ""])
            {
                var filter = new OutcomeFilter(set, Drug: drug);
                var rows = await filter.Of(db, SampleMonths.Today).ToListAsync(Stop);
                Assert.Equal(new(rows.Count, rows.Sum(static o => o.Charge), rows.Sum(static o => o.Refused),
                    rows.Sum(static o => o.Open), rows.Sum(static o => o.Received)),
                    await filter.Sums(db, SampleMonths.Today, Stop));
                Assert.Equal(rows.OrderByDescending(static o => o.Refused).ThenByDescending(static o => o.Charge)
                    .ThenBy(static o => o.ClaimId).Select(static o => o.ClaimId).Take(20),
                    (await filter.Page(db, SampleMonths.Today, 0, 20, Stop)).Select(static o => o.ClaimId));
            }
        return 0;
    }

    [Fact]
    public void A_filter_reads_what_it_writes_and_takes_no_word_that_it_does_not_know()
    {
        foreach (var filter in new[]
            { new OutcomeFilter(OutcomeSet.Denied, 202611, 202611, 2, "DN-2", "CO-97", "a b&c"), new(OutcomeSet.Open) })
            Assert.Equal(filter, OutcomeFilter.Parse(filter.ToString()));
        Assert.Equal(new(OutcomeSet.Sent), OutcomeFilter.Parse("?set=99&from=-1&thru=99999999999&payer=x"));
    }

    [Fact]
    public async Task Without_a_claim_the_screen_says_so()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        using var owner = await Browsing.As(served.Url, Sample.Owner);
        var (_, page) = await owner.Get("/manager");
        Assert.Contains("No claim has left in this month", page, StringComparison.Ordinal);
        (_, page) = await owner.Get("/manager/books");
        Assert.Contains("Nothing is posted yet", page, StringComparison.Ordinal);
    }
}
