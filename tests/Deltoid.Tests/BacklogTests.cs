using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Deltoid.Cli;

namespace Deltoid.Tests;

/// <summary>A data engineer's backlog: a large file is scrubbed, and the laptop dies in the middle of it.</summary>
public sealed partial class BacklogTests : IDisposable
{
    /// <summary>Claims that one run of the sample has, and the most memory that a run takes, in KB.</summary>
    const int AtOnce = 2_000, MostMemory = 200_000;

    readonly string folder = Directory.CreateTempSubdirectory("deltoid-backlog").FullName;

    string At(string name) => Path.Combine(folder, name);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [GeneratedRegex("medicare: (?<claims>[0-9,]+) claims, (?<clean>[0-9,]+) clean")]
    private static partial Regex LastLine { get; }

    [Fact]
    public void A_backlog_is_scrubbed_through_a_kill_to_the_same_bytes_with_its_summary_its_SARIF_and_its_plots()
    {
        var claims = LongRun.Count(80_000, 1_000_000);
        var (input, whole, output) = (At("in.837"), At("whole.jsonl"), At("out.jsonl"));
        WriteBacklog(input, claims);
        var (exit, memory, _) = Finish(Start("scrub", "--jsonl", "--output", whole, input));
        Assert.Equal(Exit.Found, exit);
        Assert.InRange(memory, 1, MostMemory);

        var left = KilledWithJournal(input, output);
        Assert.True(left < new FileInfo(whole).Length);
        File.AppendAllText(output + ".partial", "torn at the end");
        RefusesWhatIsNotTheSame(input, output);

        var (resumed, most, says) = Finish(Start("scrub", "--jsonl", "--output", output, "--resume", input));
        Assert.True(resumed == Exit.Found, says);
        Assert.InRange(most, 1, MostMemory);
        Assert.True(SameBytes(whole, output));
        Assert.False(File.Exists(output + ".journal"));
        AssertSummary(input, claims);
        AssertSarif(input, File.ReadLines(output).Sum(static line => Findings(line)));
        AssertPlots();
    }

    /// <summary>Every fourth claim has a fault.</summary>
    void AssertSummary(string input, int claims)
    {
        var says = CommandLine.Run("scrub", "--output", At("out.txt"), input).Error;
        var summary = LastLine.Match(says);
        Assert.True(summary.Success, says);
        Assert.Equal((claims, claims - claims / 4), (Number(summary, "claims"), Number(summary, "clean")));
    }

    static int Number(Match match, string group) =>
        int.Parse(match.Groups[group].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    /// <summary>The same claims again and again, so that a million need no memory of their own.</summary>
    static void WriteBacklog(string file, int claims)
    {
        using var text = new StreamWriter(file);
        var once = X12Samples.Faulty(AtOnce);
        for (var i = 0; i < claims; i += AtOnce) text.Write(once);
    }

    static int Findings(string line)
    {
        using var claim = JsonDocument.Parse(line);
        return claim.RootElement.TryGetProperty("findings", out var findings) ? findings.GetArrayLength() : 0;
    }

    static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet",
        [typeof(App).Assembly.Location, .. arguments]) { RedirectStandardError = true })!;

    /// <summary>Waits for a run; says the most memory that it held, in KB, as the system counts it.</summary>
    static (int Exit, int Memory, string Says) Finish(Process process)
    {
        using var run = process;
        var (says, memory) = (run.StandardError.ReadToEndAsync(), 0);
        while (!run.WaitForExit(20))
            try
            {
                var line = File.ReadLines($"/proc/{run.Id}/status")
                    .FirstOrDefault(static l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
                if (line is not null) memory = int.Parse(line.Split(':', 'k')[1], CultureInfo.InvariantCulture);
            }
            catch (IOException)
            {
                // it has ended meanwhile
            }
        return (run.ExitCode, memory, says.Result);
    }

    /// <summary>Kills a run while it writes; gives how much the output has then.</summary>
    static long KilledWithJournal(string input, string output)
    {
        for (var tries = 0; tries < 10; tries++)
        {
            using var process = Start("scrub", "--jsonl", "--output", output, input);
            while (!process.HasExited
                && !(File.Exists(output + ".journal") && new FileInfo(output + ".partial").Length > 0))
                Thread.Sleep(2);
            process.Kill(); // -9
            process.WaitForExit();
            if (File.Exists(output + ".journal")) return new FileInfo(output + ".partial").Length;
            File.Delete(output);
        }
        throw new InvalidOperationException("every run was done before it could be killed");
    }

    void RefusesWhatIsNotTheSame(string input, string output)
    {
        var other = At("other.837");
        File.Copy(input, other);
        using (var changed = File.OpenWrite(other))
        {
            changed.Position = X12Samples.Faulty(AtOnce).IndexOf("C000001", StringComparison.Ordinal);
            changed.WriteByte((byte)'D');
        }
        Assert.NotInRange(CommandLine.Run("scrub", "--jsonl", "--output", output, "--resume", other).Exit, 0, 1);
        var (exit, _, error) = CommandLine.Run("scrub", "--sarif", "--output", output, "--resume", input);
        Assert.NotInRange(exit, 0, 1);
        Assert.Contains("other options", error, StringComparison.Ordinal);
        File.Delete(other);
    }

    static bool SameBytes(string one, string other)
    {
        using var a = new BufferedStream(File.OpenRead(one), 1 << 16);
        using var b = new BufferedStream(File.OpenRead(other), 1 << 16);
        if (a.Length != b.Length) return false;
        for (int read; (read = a.ReadByte()) >= 0;)
            if (read != b.ReadByte()) return false;
        return true;
    }

    void AssertSarif(string input, int found)
    {
        var file = At("out.sarif");
        Assert.Equal(Exit.Found, CommandLine.Run("scrub", "--sarif", "--output", file, input).Exit);
        using var sarif = JsonDocument.Parse(File.ReadAllBytes(file));
        Assert.Equal(found, sarif.RootElement.GetProperty("runs")[0].GetProperty("results").GetArrayLength());
    }

    /// <summary>What a payer says to some of them, as a page with plots.</summary>
    void AssertPlots()
    {
        var (claims, answers, page) = (At("some.837"), At("answers"), At("month.html"));
        File.WriteAllText(claims, X12Samples.Faulty(AtOnce));
        CommandLine.Run("payer", claims, "--output", answers);
        var files = Directory.GetFiles(answers)
            .Where(static f => !f.EndsWith("manifest.json", StringComparison.Ordinal));
        CommandLine.Run(["report", claims, .. files, "--html", page]);
        Assert.Contains("<svg", File.ReadAllText(page), StringComparison.Ordinal);
    }
}
