using System.Diagnostics;
using Deltoid.Store;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>People's journeys in headless Chromium: each is a script of <c>tests/browser</c>.</summary>
public sealed class JourneyTests
{
    static string Scripts => Path.Combine(Repository.Root, "tests", "browser");

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_shot_is_charted_sent_and_paid(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        Run("first-shot.mjs", served.Url);
        Assert.Equal(0, await served.InStore(static db => db.Postings.SumAsync(static p => p.Cents)));
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }

    [Fact]
    public async Task A_shot_is_charted_by_keyboard_in_35_keys_and_nothing_typed_is_lost()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        Run("chart-j1.mjs", served.Url);
        Assert.Equal(11_000_000, await served.InStore(static async db => await Stock.OnHand(db,
            (await db.Lots.SingleAsync(static l => l.Number == "XYZ2025")).Id)));
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }

    [Fact]
    public async Task A_shot_without_vial_and_site_is_held_and_freed_and_the_shelf_agrees()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        Run("chart-j2.mjs", served.Url);
        Assert.Equal(0, await served.InStore(static db => db.Postings.SumAsync(static p => p.Cents)));
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }

    static void Run(string script, string url)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/chromium") && Directory.Exists(Path.Combine(Scripts, "node_modules")),
            "Chromium or the packages of tests/browser are not installed (./test --install)");
        var start = new ProcessStartInfo("node", [script])
        {
            WorkingDirectory = Scripts, RedirectStandardError = true, RedirectStandardOutput = true,
        };
        start.Environment["DELTOID_URL"] = url;
        start.Environment["DELTOID_PASSWORD"] = Sample.Password;
        start.Environment["DELTOID"] = Path.Combine(AppContext.BaseDirectory, "Deltoid.Cli");
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(TimeSpan.FromMinutes(2))) process.Kill(entireProcessTree: true);
        Assert.True(process.ExitCode == 0, $"{script}: {output.Result}\n{error.Result}");
    }
}
