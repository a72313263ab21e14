using System.Net;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Deltoid.Web.Tests;

/// <summary>Work that goes on after its request: done once, from where it was.</summary>
public sealed class JobTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static Task<Job> Ask(ServedPractice served, JobKind kind, string name, byte[] bytes, Guid? key = null) =>
        served.InStore(db => Jobs.Ask(db, new()
        {
            Key = key ?? Guid.NewGuid(), Kind = kind, Name = name, At = DateTime.UtcNow
        }, bytes, Stop));

    static async Task<Job> Do(ServedPractice served, Job job, CancellationToken? stop = null)
    {
        await served.InStore(async db =>
        {
            await Jobs.Do(db, ChartedClaims.BooksOf(served), job.Id, TimeProvider.System, stop ?? Stop);
            return 0;
        });
        return await served.InStore(db => db.Jobs.AsNoTracking().SingleAsync(j => j.Id == job.Id, Stop));
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task Claims_of_another_program_are_imported_with_patients_charges_and_what_is_wrong(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var bytes = ClaimsFiles.Write(1, "C9", 1_203);
        var job = await Do(served, await Ask(served, JobKind.Import, "old.837", bytes));
        Assert.Equal((JobState.Done, 1_203L, 1_203L, 0L), (job.State, job.Done, job.Total, job.LeftOut));
        await served.InStore(async db =>
        {
            Assert.Equal(1_203, await db.Claims.CountAsync(
                static c => c.Life == ClaimLife.Sent && c.Charge == 5_050, Stop));
            Assert.Equal(1_203, await db.Patients.CountAsync(static p => p.Family.StartsWith("FIELD"), Stop));
            Assert.Equal(1, await db.Payers.CountAsync(static p => p.Number == "PAYER", Stop));
            // the other line's number follows from the claim's
            Assert.Equal(1_203, await db.LineNumbers.CountAsync(Stop));
            Assert.Equal(1_203 * 5_050, await db.Postings.Where(static p => p.Account == Account.Receivable)
                .SumAsync(static p => p.Cents, Stop));
            Assert.Equal(0, await db.Postings.SumAsync(static p => p.Cents, Stop));
            Assert.Null(await db.VerifyEvents(Stop));
            var claim = await db.Claims.Include(static c => c.Patient).SingleAsync(static c => c.Number == "C91", Stop);
            Assert.Equal(("M000001", "FIELD1"), (claim.MemberId, claim.Patient.Family));
            var found = ChartedClaims.EngineOf(served).Scrub(Documents.Claim(claim.Document), null);
            var errors = 0;
            foreach (ref readonly var finding in found.Span)
                if (finding.Severity == Findings.Severity.Error) errors++;
            Assert.Equal(errors, claim.Errors);
            return 0;
        });
        // a number that the practice would hand out is taken by an imported claim: the next free one follows
        Assert.Equal("C091204", (await ChartedClaims.Chart(served, "b12-shot-billing")).Number);
        var again = await Do(served, await Ask(served, JobKind.Import, "again.837", bytes));
        Assert.Contains("same file was received", again.Says, StringComparison.Ordinal);
        Assert.Equal(1_204, await served.InStore(db => db.Claims.CountAsync(Stop)));
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task An_import_that_was_stopped_goes_on_with_the_first_claim_that_is_not_there(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var asked = await Ask(served, JobKind.Import, "old.837", ClaimsFiles.Write(1, "X", 2_600));
        for (var i = 0; i < 3; i++)
        {
            using var stop = new CancellationTokenSource();
            var doing = Do(served, asked, stop.Token);
            while (!doing.IsCompleted
                && await served.InStore(db => db.Jobs.Select(static j => j.Done).SingleAsync(Stop)) <= i * 500)
                await Task.Delay(5, Stop);
            await stop.CancelAsync();
            await Record.ExceptionAsync(() => doing);
        }
        var before = await served.InStore(db => db.Claims.CountAsync(Stop));
        Assert.InRange(before, 1, 2_600);
        var job = await Do(served, asked);
        Assert.Equal((JobState.Done, 2_600L), (job.State, job.Done));
        Assert.Equal(2_600, await served.InStore(db => db.Claims.CountAsync(Stop)));
        Assert.Equal(2_600, await served.InStore(db => db.ClaimVersions.CountAsync(Stop)));
        Assert.Equal(5_200, await served.InStore(db => db.Postings.CountAsync(Stop)));
        Assert.Null(await served.InStore(db => db.VerifyEvents(Stop)));
    }

    [Fact]
    public async Task A_correction_is_the_next_version_and_a_number_that_is_taken_is_left_out_and_said()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        await Do(served, await Ask(served, JobKind.Import, "1.837", ClaimsFiles.Write(1, "X", 3)));
        await Do(served, await Ask(served, JobKind.Import, "7.837", ClaimsFiles.Write(2, "X", 2, '7', "20")));
        var claims = await served.InStore(db => db.Claims.AsNoTracking().OrderBy(static c => c.Id).ToListAsync(Stop));
        Assert.Equal([(2, 5_800L), (2, 5_800L), (1, 5_050L)], claims.Select(static c => (c.Version, c.Charge)));
        Assert.Equal((5_800, 0), await served.InStore(db => Ledger.Owed(db, claims[0].Id, Stop)));
        var taken = await Do(served, await Ask(served, JobKind.Import, "3.837", ClaimsFiles.Write(3, "X", 4)));
        Assert.Equal((4L, 3L), (taken.Done, taken.LeftOut));
        Assert.Contains("Claim X1 was left out", taken.Says, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_file_of_a_payer_fails_with_its_reason_and_leaves_nothing()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        foreach (var kind in (JobKind[])[JobKind.TakeIn, JobKind.Import])
        {
            var job = await Do(served, await Ask(served, kind, "note.txt", "hello"u8.ToArray()));
            Assert.Equal(JobState.Failed, job.State);
            Assert.Contains("in the file", job.Says, StringComparison.Ordinal);
        }
        Assert.Equal((0, 0), await served.InStore(async db =>
            (await db.Files.CountAsync(Stop), await db.Uploads.CountAsync(Stop))));
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_form_that_is_sent_twice_is_one_job_and_the_queue_does_it(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        using var client = await RouteTests.Client(served, Role.Biller);
        var (key, token) = (Guid.NewGuid(), await JobForms.Token(client));
        var bytes = ClaimsFiles.Write(1, "X", 20);
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.Redirect, await JobForms.Drop(client, token, key, ("old.837", bytes)));
        Assert.Equal(HttpStatusCode.Redirect, await JobForms.Drop(client, token, Guid.NewGuid(), ("p.835",
            PaymentFiles.Write(2, new PaidSet("T1", "20260401",
                [.. Enumerable.Range(1, 20).Select(static n =>
                    new PaidShot("X" + n, "I" + n, Member: $"M{n:000000}"))])))));
        for (var i = 0; i < 400 && await served.InStore(db => db.Jobs.AnyAsync(
            static j => j.State != JobState.Done, Stop)); i++) await Task.Delay(100, Stop);
        Assert.Equal(2, await served.InStore(db => db.Jobs.CountAsync(Stop)));
        Assert.Equal(20, await served.InStore(db =>
            db.Claims.CountAsync(static c => c.Life == ClaimLife.Closed, Stop)));
        var page = Browsing.Words(await client.GetStringAsync("/files", Stop));
        Assert.Contains("20 claims imported", page, StringComparison.Ordinal);
        Assert.Contains(": posted", page, StringComparison.Ordinal);
    }

    /// <summary>A host ends what runs beside the requests also where nobody has asked it to stop.</summary>
    [Fact]
    public async Task What_runs_beside_the_requests_ends_without_a_failure_whenever_it_is_ended()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var beside = served.App.Services.GetServices<IHostedService>().OfType<BackgroundService>()
            .Where(static s => s.GetType().Assembly == typeof(JobHost).Assembly).ToList();
        Assert.Contains(beside, static s => s is JobHost);
        foreach (var one in beside)
        {
            await one.StopAsync(Stop);
            Assert.True(one.ExecuteTask!.IsCompletedSuccessfully, $"{one.GetType().Name}: {one.ExecuteTask.Status}");
        }
    }
}
