using System.Diagnostics;
using System.Text;
using Deltoid.Cli;

namespace Deltoid.Tests;

/// <summary>What only a process of its own shows: its streams closed, its output a pipe that ends.</summary>
public sealed class ProcessTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("deltoid").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Runs a line of the shell in which <c>deltoid</c> is the command.</summary>
    (string Out, string Error) Shell(string line, TimeSpan limit)
    {
        var start = new ProcessStartInfo("bash",
            ["-c", $"deltoid() {{ dotnet '{typeof(App).Assembly.Location}' \"$@\"; }}; {line}"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"'{line}' does not end");
        }
        return (output.Result, error.Result);
    }

    [Fact]
    public void Closed_standard_input_ends_at_once()
    {
        if (!OperatingSystem.IsLinux()) return;
        foreach (var command in (string[])["scrub", "code", "read", "check"])
        {
            var (output, error) = Shell($"deltoid {command} - <&-; echo $?", TimeSpan.FromSeconds(60));
            Assert.Equal(("5\n", true), (output, error.Contains("standard input is closed", StringComparison.Ordinal)));
        }
        // open, and empty
        Assert.Contains("3", Shell("deltoid scrub - </dev/null; echo $?", TimeSpan.FromSeconds(60)).Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Closed_standard_output_is_an_output_that_cannot_be_written()
    {
        if (!OperatingSystem.IsLinux()) return;
        File.WriteAllText(Path.Combine(folder, "a.837"), X12Samples.Faulty(12), Encoding.Latin1);
        var (output, error) = Shell("deltoid scrub a.837 >&-; r=$?; deltoid scrub a.837 --output out "
                + ">&- 2>&-; echo $r $?; cat out | head -c 6", TimeSpan.FromSeconds(60));
        Assert.Equal(("5 1\nclaim ", "deltoid: the output cannot be written\n"), (output, error));
    }

    [Fact]
    public void A_device_and_a_pipe_are_written_as_they_are()
    {
        if (!OperatingSystem.IsLinux()) return;
        File.WriteAllText(Path.Combine(folder, "a.837"), X12Samples.Faulty(12), Encoding.Latin1);
        var (output, error) = Shell(
            "mkfifo p; (deltoid scrub a.837 --output p 2>/dev/null &); head -c 6 p; echo; for f in /dev/full "
                + "/dev/null; do deltoid scrub a.837 --csv --output $f; echo $?; done; deltoid scrub a.837 --output "
                + "/dev/null --resume; deltoid scrub a.837 --output /dev/stdout 2>/dev/null | head -c 6; echo; ls",
            TimeSpan.FromSeconds(60));
        Assert.Equal("claim \n5\n1\nclaim \na.837\np\n", output);
        Assert.Contains("deltoid: the output cannot be written: no space is left\n", error, StringComparison.Ordinal);
        Assert.Contains("/dev/null is a device or a pipe", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Ctrl_C_says_how_to_continue_and_the_output_is_the_same()
    {
        if (!OperatingSystem.IsLinux()) return;
        File.WriteAllText(Path.Combine(folder, "big.837"),
            string.Concat(Enumerable.Repeat(X12Samples.Faulty(2_000), 60)), Encoding.Latin1);
        const string Stopped = "deltoid scrub big.837 --jsonl --output out & p=$!; for i in $(seq 400); do sleep "
            + "0.02; [ -s out.partial ] && [ -e out.journal ] && break; done; kill -INT $(pgrep "
            + "-P $p dotnet || echo $p); wait $p; echo $?";
        var (output, error) = Shell(Stopped, TimeSpan.FromSeconds(120));
        if (output == "1\n") return; // it was done before it could be stopped
        Assert.Equal("130\n", output);
        Assert.Contains("interrupted: what is done so far is kept in ", error, StringComparison.Ordinal);
        Assert.Contains("give the same command with --resume to continue", error, StringComparison.Ordinal);
        Shell("deltoid scrub big.837 --jsonl --output out --resume; deltoid scrub big.837 --jsonl --output whole",
            TimeSpan.FromSeconds(240));
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder, "whole")), File.ReadAllBytes(Path.Combine(folder, "out")));
    }

    [Fact]
    public void A_pipe_that_is_closed_stops_the_work()
    {
        if (!OperatingSystem.IsLinux()) return;
        File.WriteAllText(Path.Combine(folder, "big.837"),
            string.Concat(Enumerable.Repeat(X12Samples.Faulty(2_000), 20)), Encoding.Latin1);
        foreach (var command in (string[])["scrub", "scrub --jsonl", "check", "read", "read --json"])
        {
            var (output, error) = Shell($"deltoid {command} big.837 | head -1 >/dev/null; echo ${{PIPESTATUS[0]}}",
                TimeSpan.FromSeconds(120));
            Assert.Equal(("5\n", "deltoid: stopped: the reader of the output has closed it\n"), (output, error));
        }
    }

    [Fact]
    public void A_long_text_is_refused_before_it_is_read_whole()
    {
        if (!OperatingSystem.IsLinux()) return;
        var (output, error) = Shell("head -c 200000000 /dev/zero | tr '\\0' A | (ulimit -v unlimited; "
                + "deltoid scrub -); echo ${PIPESTATUS[2]}", TimeSpan.FromSeconds(60));
        Assert.Equal("3\n", output);
        Assert.Contains("longer than a claim in notation can be", error, StringComparison.Ordinal);
    }
}
