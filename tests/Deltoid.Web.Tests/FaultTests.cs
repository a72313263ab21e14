using System.Diagnostics;
using System.Net;
using Deltoid.Store.Model;
using Microsoft.Data.Sqlite;

namespace Deltoid.Web.Tests;

/// <summary>The database goes away, the disk is full: pages say what to do, and it mends by itself.</summary>
public sealed class FaultTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PostgreSQL_that_is_stopped_gives_503_soon_and_works_again_when_it_is_back()
    {
        Assert.SkipUnless(PostgresServer.IsHere, "PostgreSQL is not installed (./test --install)");
        using var server = PostgresServer.Own();
        var folder = Directory.CreateTempSubdirectory("deltoid-away").FullName;
        await using var served = await ServedPractice.Open(folder, server.Create());
        using var client = await RouteTests.Client(served, Role.Biller);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/worklist", Stop)).StatusCode);
        server.Stop();
        var watch = Stopwatch.StartNew();
        using (var away = await client.GetAsync("/worklist", Stop))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(5), away.Headers.RetryAfter?.Delta);
            Assert.Contains("away for the moment", await away.Content.ReadAsStringAsync(Stop),
                StringComparison.Ordinal);
        }
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 2);
        server.Start();
        watch.Restart();
        HttpStatusCode code;
        do code = (await client.GetAsync("/worklist", Stop)).StatusCode;
        while (code != HttpStatusCode.OK && watch.Elapsed.TotalSeconds < 5);
        Assert.Equal(HttpStatusCode.OK, code);
    }

    [Fact]
    public async Task A_full_disk_gives_507_and_keeps_what_is_there()
    {
        var folder = Directory.CreateTempSubdirectory("deltoid-full").FullName;
        Assert.SkipUnless(OperatingSystem.IsLinux()
            && Start("unshare", "-Urm", "mount", "-t", "tmpfs", "none", folder) == 0,
            "a small disk cannot be mounted here (unshare -Urm)");
        // the small disk is seen by the program alone; the test sees it through /proc
        using var process = await ServedProcess.Start(folder, "unshare", "-Urm", "sh", "-c",
            $"mount -t tmpfs -o size=24m none {folder} && exec \"$@\"", "sh");
        var cookies = new CookieContainer();
        var token = await process.SignIn(cookies);
        using var client = process.Client(cookies);
        Assert.Equal(HttpStatusCode.Redirect, await JobForms.Drop(client, token, Guid.NewGuid(), ("1.837",
            ClaimsFiles.Write(1, "A", 50))));
        var filler = $"/proc/{process.Id}/root{folder}/filler";
        await Fill(filler);
        var refused = await JobForms.Drop(client, token, Guid.NewGuid(), ("2.837", ClaimsFiles.Write(2, "B", 2_000)));
        Assert.Equal(HttpStatusCode.InsufficientStorage, refused);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/files", Stop)).StatusCode);
        File.Delete(filler);
        Assert.Equal(HttpStatusCode.Redirect, await JobForms.Drop(client, token, Guid.NewGuid(), ("3.837",
            ClaimsFiles.Write(3, "C", 50))));
        var names = "";
        for (var i = 0; i < 100 && !names.Contains("3.837: 50 claims", StringComparison.Ordinal); i++)
        {
            await Task.Delay(100, Stop);
            names = Browsing.Words(await client.GetStringAsync("/files", Stop));
        }
        Assert.Contains("3.837: 50 claims", names, StringComparison.Ordinal);
        Assert.DoesNotContain("2.837", names, StringComparison.Ordinal);
        process.Kill();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Writes until no byte is left.</summary>
    static async Task Fill(string path)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0);
            for (var size = 1 << 20; ; ) await file.WriteAsync(new byte[size], Stop);
        }
        catch (IOException)
        {
            // full
        }
    }

    static int Start(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
