using System.Diagnostics;
using System.Net;
using Deltoid.Books;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Web.Tests;

/// <summary>A large file that many check: each chunk once, in order, and the bytes are the command line's.</summary>
public sealed class CheckingTests
{
    const int Small = 64 << 10;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>What the command line writes of a file.</summary>
    internal static async Task<byte[]> CommandLine(string file)
    {
        var output = file + ".by-command-line";
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Deltoid.Cli"),
            ["scrub", "--jsonl", "--output", output, file]) { RedirectStandardError = true })!;
        await process.WaitForExitAsync(Stop);
        Assert.InRange(process.ExitCode, 0, 1);
        return await File.ReadAllBytesAsync(output, Stop);
    }

    static async Task<byte[]> CommandLine(byte[] content)
    {
        var folder = Directory.CreateTempSubdirectory("deltoid-checked");
        var file = Path.Combine(folder.FullName, "claims.837");
        await File.WriteAllBytesAsync(file, content, Stop);
        var said = await CommandLine(file);
        folder.Delete(recursive: true);
        return said;
    }

    static Task<Job> Ask(ServedPractice served) => served.InStore(static db => Jobs.Ask(db, new()
    {
        Key = Guid.NewGuid(), Kind = JobKind.Check, Name = "a.837", At = DateTime.UtcNow
    }, null, Stop));

    static Task<int> Cut(ServedPractice served, Job job, byte[] content) =>
        served.InStore(async db =>
        {
            await Checking.Cut(db, ChartedClaims.BooksOf(served), job.Id, new MemoryStream(content),
                TimeProvider.System, Small, Stop);
            return await db.Chunks.CountAsync(Stop);
        });

    static Task<int> Do(ServedPractice served, Job job, int number) => served.InStore(db =>
        Checking.Do(db, ChartedClaims.BooksOf(served), job.Id, number, TimeProvider.System, Stop));

    static Task<byte[]> Found(ServedPractice served, Job job) => served.InStore(async db =>
    {
        using var all = new MemoryStream();
        await foreach (var (_, text) in Checking.Results(db, job.Id, stop: Stop)) await all.WriteAsync(text, Stop);
        return all.ToArray();
    });

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_file_dropped_to_be_checked_gives_the_command_lines_bytes_and_leaves_no_claim(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        using var client = await RouteTests.Client(served, Role.Biller);
        var content = ClaimsFiles.Write(1, "X", 5_000);
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await JobForms.Token(client)), "__RequestVerificationToken" },
            { new StringContent(Guid.NewGuid().ToString()), "key" }, { new StringContent("check"), "only" },
            { new ByteArrayContent(content), "files", "x.837" },
        };
        using (var answer = await client.PostAsync("/files", form, Stop))
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var job = await Ended(served);
        Assert.Equal((JobState.Done, 5_000L, 5_000L, 0), (job.State, job.Done, job.Total, job.Parts));
        Assert.StartsWith("5,000 claims checked, ", job.Says, StringComparison.Ordinal);
        var page = await client.GetStringAsync("/files", Stop);
        Assert.Contains($"/files/checks/{job.Id}", page, StringComparison.Ordinal);
        Assert.Equal(await CommandLine(content),
            await client.GetByteArrayAsync($"/files/checks/{job.Id}", Stop));
        Assert.Equal((0, 0, 0), await served.InStore(static async db => (await db.Claims.CountAsync(Stop),
            await db.Chunks.CountAsync(Stop), await db.Uploads.CountAsync(Stop))));
        var acts = await served.InStore(db => db.Events.Where(e => e.Subject == $"job/{job.Id}")
            .OrderBy(static e => e.Number).Select(static e => e.Act).ToListAsync(Stop));
        Assert.Equal(["ask", "end", "read"], acts);
    }

    static async Task<Job> Ended(ServedPractice served)
    {
        for (var i = 0; i < 600; i++)
        {
            var job = await served.InStore(static db => db.Jobs.AsNoTracking().SingleAsync(Stop));
            if (job.EndedAt is not null) return job;
            await Task.Delay(100, Stop);
        }
        throw new TimeoutException("the file was not checked within a minute");
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task Chunks_done_twice_in_any_order_and_cut_twice_are_there_once(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        var content = ClaimsFiles.Write(1, "X", 2_000);
        var job = await Ask(served);
        // the queue of the program itself stays out of it: a file that is being put into the queue is another's
        await served.InStore(db => db.Jobs.Where(j => j.Id == job.Id).ExecuteUpdateAsync(static set => set
            .SetProperty(static j => j.MovedAt, DateTime.UtcNow.AddHours(1)), Stop));
        var count = await Cut(served, job, content);
        Assert.InRange(count, 5, 50);
        await Cut(served, job, content);
        Assert.Equal(count, await served.InStore(static db => db.Chunks.CountAsync(Stop)));
        var numbers = Enumerable.Range(0, count).ToArray();
        new Random(7).Shuffle(numbers);
        Assert.Equal(0, (await Found(served, job)).Count(static b => b == (byte)'\n') - 1); // the head alone
        await Task.WhenAll(numbers.Concat(numbers.Take(3)).Select(number => Do(served, job, number)));
        var done = await served.InStore(static db => db.Jobs.AsNoTracking().SingleAsync(Stop));
        Assert.Equal((JobState.Done, 2_000L, 0), (done.State, done.Done, done.Parts));
        Assert.Equal(await CommandLine(content), await Found(served, job));
        Assert.Equal(0, await Do(served, job, 0)); // it is over
        Assert.Equal(count + 1, await served.InStore(static db => db.ChunkResults.CountAsync(Stop)));
        Assert.Null(await served.InStore(static db => db.VerifyEvents(Stop)));
    }

    [Fact]
    public async Task Chunks_that_stand_still_are_put_into_the_queue_again_by_one_program()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var job = await Ask(served);
        await served.InStore(db => db.Jobs.Where(j => j.Id == job.Id).ExecuteUpdateAsync(static set => set
            .SetProperty(static j => j.MovedAt, DateTime.UtcNow.AddHours(1)), Stop));
        var count = await Cut(served, job, ClaimsFiles.Write(1, "X", 1_000));
        var late = new ClockFrom(TimeProvider.System.GetUtcNow().AddHours(2));
        var soon = new ClockFrom(TimeProvider.System.GetUtcNow().AddHours(1));
        Task<List<int>> Take(TimeProvider clock) => served.InStore(db => Checking.Take(db, job.Id, clock, Stop));
        Assert.Empty(await Take(soon));
        var taken = await Task.WhenAll(Take(late), Take(late), Take(late));
        Assert.Equal([0, 0, count], taken.Select(static t => t.Count).Order());
    }

    [Fact]
    public async Task A_file_is_checked_by_one_code_book()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        var job = await Ask(served);
        await served.InStore(db => db.Jobs.Where(j => j.Id == job.Id).ExecuteUpdateAsync(static set => set
            .SetProperty(static j => j.MovedAt, DateTime.UtcNow.AddHours(1)), Stop));
        await Cut(served, job, ClaimsFiles.Write(1, "X", 100));
        await served.InStore(static db => db.Jobs.ExecuteUpdateAsync(static set => set
            .SetProperty(static j => j.Book, "of another day"), Stop));
        await Assert.ThrowsAsync<OtherBookException>(() => Do(served, job, 0));
        Assert.Equal(1, await served.InStore(static db => db.ChunkResults.CountAsync(Stop))); // the head
    }

    [Fact]
    public async Task A_file_without_claims_ends_at_once_and_is_said()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        foreach (var content in (byte[][])["hello"u8.ToArray(), [], ClaimsFiles.Write(1, "X", 1)[..120]])
        {
            var job = await Ask(served);
            await Cut(served, job, content);
            for (var i = 0; i < 100 && await served.InStore(db => db.Jobs.AnyAsync(j => j.Id == job.Id
                && j.EndedAt == null, Stop)); i++) await Task.Delay(100, Stop);
            var done = await served.InStore(db => db.Jobs.AsNoTracking().SingleAsync(j => j.Id == job.Id, Stop));
            Assert.Equal((JobState.Done, 0L), (done.State, done.Total));
            Assert.StartsWith("0 claims checked", done.Says, StringComparison.Ordinal);
        }
    }
}
