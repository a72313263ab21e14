using System.Diagnostics;

namespace Deltoid.Web.Tests;

/// <summary>People's journeys in headless Chromium: each is a script of <c>tests/browser</c>.</summary>
static class Journey
{
    static string Scripts => Path.Combine(Repository.Root, "tests", "browser");

    /// <summary>The Chromium that has no windows takes half the time; without it, the whole one.</summary>
    static readonly string? Chromium =
        Array.Find(["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"], File.Exists);

    /// <summary>
    /// Where the Chromium of the whole run is: starting one for each journey would take longer than most of them do.
    /// </summary>
    static readonly Lazy<string> Shared = new(static () =>
    {
        var start = new ProcessStartInfo("node", ["server.mjs"])
        {
            WorkingDirectory = Scripts, RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        start.Environment.TryAdd("CHROMIUM", Chromium);
        var process = Process.Start(start)!;
        AtTheEnd.Do(() =>
        {
            process.StandardInput.Close(); // it ends, and its Chromium with it
            process.WaitForExit();
            process.Dispose();
        });
        return process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("Chromium does not start");
    });

    /// <summary>On PostgreSQL in the long run: what differs there, the store's tests and two journeys hold.</summary>
    public static Task<ServedPractice> Served(Ground ground)
    {
        if (ground == Ground.Postgres) LongRun.Only();
        return ServedPractice.Start(ground);
    }

    public static void Run(string script, string url, params (string Name, string Value)[] about) =>
        Run(script, url, TimeSpan.FromMinutes(10), about);

    public static void Run(string script, string url, TimeSpan most, params (string Name, string Value)[] about)
    {
        Assert.SkipUnless(Chromium is not null && Directory.Exists(Path.Combine(Scripts, "node_modules")),
            "Chromium or the packages of tests/browser are not installed (./test --install)");
        var start = new ProcessStartInfo("node", [script])
        {
            WorkingDirectory = Scripts, RedirectStandardError = true, RedirectStandardOutput = true,
        };
        start.Environment.TryAdd("CHROMIUM", Chromium);
        start.Environment["CHROMIUM_AT"] = Shared.Value;
        start.Environment["DELTOID_URL"] = url;
        start.Environment["DELTOID_PASSWORD"] = Sample.Password;
        start.Environment["DELTOID"] = Path.Combine(AppContext.BaseDirectory, "Deltoid.Cli");
        foreach (var (name, value) in about) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(most)) process.Kill(entireProcessTree: true);
        Assert.True(process.ExitCode == 0, $"{script}: {output.Result}\n{error.Result}");
    }
}
