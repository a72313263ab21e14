using System.Diagnostics;
using System.Net;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Web.Tests;

/// <summary>
/// The real program, killed (kill -9) at random moments while it imports claims and takes in payments: what it
/// acknowledged is there once, and nothing is there by half.
/// </summary>
public sealed class KillTests
{
    const int Claims = 1_100;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_lost_or_doubled_when_the_program_is_killed()
    {
        var folder = Directory.CreateTempSubdirectory("deltoid-killed").FullName;
        var (random, acknowledged) = (new Random(96372), new HashSet<string>());
        var cookies = new CookieContainer();
        string token;
        using (var first = await ServedProcess.Start(folder)) token = await first.SignIn(cookies);
        for (var round = 1; round <= LongRun.Count(2, 200); round++)
        {
            using var process = await ServedProcess.Start(folder);
            using var client = process.Client(cookies);
            (string Name, byte[] Bytes)[] files =
            [
                ($"{round}.837", ClaimsFiles.Write(round, $"R{round}N", Claims)),
                ($"{round}.835", Paid(round)),
            ];
            var dropping = JobForms.Drop(client, token, Guid.NewGuid(), files);
            if (round % 2 == 0)
            {
                await dropping; // it is killed at work on what it has acknowledged
                await Task.Delay(random.Next(20, 2_000), Stop);
            }
            else await Task.WhenAny(dropping, Task.Delay(random.Next(20, 4_000), Stop));
            process.Kill();
            if (await Acknowledged(dropping)) acknowledged.UnionWith(files.Select(static f => f.Name));
        }
        Assert.NotEmpty(acknowledged);
        await using var served = await ServedPractice.Open(folder);
        for (var i = 0; i < 1_200 && await served.InStore(static db => db.Jobs.AnyAsync(
            static j => j.State != JobState.Done && j.State != JobState.Failed)); i++)
            await Task.Delay(100, Stop);
        // payments that came before their claims wait for a person
        await served.InStore(async db => await Remittances.Post(db, served.App.Services.GetRequiredService<Engine>(),
            await db.Remittances.Where(static r => r.State == RemittanceState.Waiting).Select(static r => r.Id)
                .ToListAsync(Stop), DateTime.UtcNow, Stop));
        await Check(served, acknowledged);
    }

    static async Task<bool> Acknowledged(Task<HttpStatusCode> dropping)
    {
        try { return await dropping == HttpStatusCode.Redirect; }
        catch (HttpRequestException) { return false; }
    }

    /// <summary>What a payer pays of the claims of a round.</summary>
    static byte[] Paid(int round) => PaymentFiles.Write(round + 1_000, new PaidSet($"T{round}", "20260401",
        [.. Enumerable.Range(1, Claims).Select(n => new PaidShot($"R{round}N{n}", $"I{round}N{n}",
            Member: $"M{n:000000}"))]));

    static async Task Check(ServedPractice served, HashSet<string> acknowledged) => await served.InStore(async db =>
    {
        Assert.Empty(await db.Jobs.Where(static j => j.State == JobState.Failed).Select(static j => j.Says)
            .ToListAsync(Stop));
        var files = await db.Files.Select(static f => f.Name).ToListAsync(Stop);
        Assert.Equal(files.Count, files.Distinct().Count());
        Assert.Empty(acknowledged.Except(files));
        var imported = files.Count(static f => f.EndsWith(".837", StringComparison.Ordinal));
        Assert.Equal(imported * Claims, await db.Claims.CountAsync(Stop));
        Assert.Equal(imported * Claims, await db.Claims.Select(static c => c.Number).Distinct().CountAsync(Stop));
        Assert.Equal(imported * Claims, await db.Postings.CountAsync(static p => p.Kind == "charge"
            && p.Account == Account.Receivable, Stop));
        var posted = await db.Remittances.CountAsync(static r => r.State == RemittanceState.Posted, Stop);
        Assert.Equal(files.Count - imported, posted);
        Assert.Equal(posted * Claims * 4_050L, await db.Postings.Where(static p => p.Account == Account.Cash)
            .SumAsync(static p => p.Cents, Stop));
        Assert.Equal(0, await db.Postings.SumAsync(static p => p.Cents, Stop));
        Assert.Equal(0, await db.Uploads.CountAsync(Stop));
        Assert.Null(await db.VerifyEvents(Stop));
        Assert.Equal("ok", await db.Database.SqlQueryRaw<string>("SELECT integrity_check AS \"Value\" FROM "
            + "pragma_integrity_check").FirstAsync(Stop));
        return 0;
    });
}
