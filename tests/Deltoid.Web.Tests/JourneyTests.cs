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

    [Theory, InlineData("lookup.mjs"), InlineData("ask.mjs")]
    public async Task A_question_is_answered_without_an_account(string script)
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        Run(script, served.Url);
        Assert.Equal(0, await served.InStore(static db => db.Claims.CountAsync())); // a question keeps nothing
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task What_is_set_up_and_by_whom_is_in_the_trail(Ground ground)
    {
        await using var served = await ServedPractice.Start(ground);
        Run("settings.mjs", served.Url);
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
