using System.Diagnostics;
using System.Net;
using Deltoid.Store;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>
/// The disk answers writes and syncs with errors (strace puts them in): what fails is refused, and what was
/// acknowledged is there.
/// </summary>
public sealed class WriteFaultTests
{
    const int Rounds = 50;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_failing_disk_acknowledged_is_there_and_nothing_by_half()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("DELTOID_LONG") == "1", "a long test (./test --long)");
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed (./test --install --long)");
        var folder = Directory.CreateTempSubdirectory("deltoid-failing").FullName;
        var (random, refused, kept) = (new Random(5), 0, new List<Guid>());
        using (var process = await ServedProcess.Start(folder))
        {
            var cookies = new CookieContainer();
            var token = await process.SignIn(cookies);
            using var client = process.Client(cookies);
            for (var round = 1; round <= Rounds; round++)
            {
                var fault = round % 2 == 0 ? "fsync,fdatasync:error=EIO" : "pwrite64:error=ENOSPC";
                using var injecting = Inject(process.Id, fault, random.Next(1, 12));
                for (var i = 0; i < 3; i++) await Drop(client, token, round * 10 + i);
                await Leave(injecting);
                await Drop(client, token, round * 10 + 9);
            }
            process.Kill();
        }
        Assert.InRange(refused, Rounds / 2, Rounds * 3);
        Assert.True(kept.Count >= Rounds, $"{kept.Count} kept, {refused} refused");
        await using var served = await ServedPractice.Open(folder);
        await served.InStore(async db =>
        {
            Assert.Empty(kept.Except(await db.Jobs.Select(static j => j.Key).ToListAsync(Stop)));
            Assert.Equal(0, await db.Postings.SumAsync(static p => p.Cents, Stop));
            Assert.Null(await db.VerifyEvents(Stop));
            Assert.Equal("ok", await db.Database.SqlQueryRaw<string>("SELECT integrity_check AS \"Value\" FROM "
                + "pragma_integrity_check").FirstAsync(Stop));
            return 0;
        });

        async Task Drop(HttpClient client, string token, int number)
        {
            var key = Guid.NewGuid();
            var status = await JobForms.Drop(client, token, key,
                ($"{number}.837", ClaimsFiles.Write(number, $"F{number}N", 2)));
            if (status == HttpStatusCode.Redirect) kept.Add(key);
            else
            {
                Assert.True((int)status >= 500, $"{(int)status}");
                refused++;
            }
        }
    }

    /// <summary>From the call of this number on, each thread gets an error.</summary>
    static Process Inject(int process, string fault, int from)
    {
        var strace = Process.Start(new ProcessStartInfo("strace", ["-f", "-q", "-o", "/dev/null", "-e",
            "trace=" + fault.Split(':')[0], "-e", $"inject={fault}:when={from}+", "-p", $"{process}"])
        {
            RedirectStandardError = true
        })!;
        // it is there when the kernel says so
        for (var i = 0; i < 200 && !File.ReadAllText($"/proc/{process}/status").Contains($"TracerPid:\t{strace.Id}",
            StringComparison.Ordinal); i++) Thread.Sleep(20);
        return strace;
    }

    /// <summary>The disk is well again.</summary>
    static async Task Leave(Process strace)
    {
        using (Process.Start("kill", ["-INT", $"{strace.Id}"])) await strace.WaitForExitAsync(Stop);
    }
}
