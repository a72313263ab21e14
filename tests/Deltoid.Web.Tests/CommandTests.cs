using System.Diagnostics;

namespace Deltoid.Web.Tests;

/// <summary>The commands that start the application's program.</summary>
public sealed class CommandTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_stops_the_command_stops_the_application_and_its_trail_is_whole()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there, the command waits for the application");
        var folder = Directory.CreateTempSubdirectory("deltoid-command").FullName;
        using (var serve = Start("serve", "--sample", "--folder", folder, "--listen", "http://127.0.0.1:0"))
        {
            var says = await serve.StandardOutput.ReadLineAsync(Stop) ?? "";
            Assert.StartsWith("Deltoid is at ", says, StringComparison.Ordinal);
            using var client = new HttpClient { BaseAddress = new(says["Deltoid is at ".Length..]) };
            Assert.Equal("ok", await client.GetStringAsync("/healthz", Stop));
            using (var stop = Process.Start("kill", ["-TERM", $"{serve.Id}"])) await stop.WaitForExitAsync(Stop);
            await serve.WaitForExitAsync(Stop);
            Assert.Equal(0, serve.ExitCode);
            await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync("/healthz", Stop));
        }
        using (var verify = Start("audit", "verify", "--folder", folder))
        {
            var says = await verify.StandardOutput.ReadToEndAsync(Stop);
            await verify.WaitForExitAsync(Stop);
            Assert.True(verify.ExitCode == 0, says);
        }
        Directory.Delete(folder, recursive: true);
    }

    static Process Start(params string[] arguments)
    {
        var command = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Deltoid.Cli"), arguments)
        {
            RedirectStandardOutput = true
        };
        command.Environment["DELTOID_WEB"] = Path.Combine(AppContext.BaseDirectory, "Deltoid.Web");
        return Process.Start(command)!;
    }
}
