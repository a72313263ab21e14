using System.Text;
using Deltoid.Cli;

namespace Deltoid.Tests;

/// <summary>
/// <c>--output</c> loses nothing: not the input, whatever it is called, and not what was there when a run fails.
/// </summary>
public sealed class OutputFileTests : IDisposable
{
    static readonly string X12 = X12Samples.Faulty(12), Claim = X12Samples.ClaimJsonOf(1);

    readonly string folder = Directory.CreateTempSubdirectory("deltoid").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    string Put(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text, Encoding.Latin1);
        return path;
    }

    [Theory]
    [InlineData(Exit.Io, "scrub", "missing")]
    [InlineData(Exit.Unreadable, "scrub", "binary")]
    [InlineData(Exit.Unreadable, "scrub", "binary", "--jsonl")]
    [InlineData(Exit.Unreadable, "scrub", "empty", "--json")]
    [InlineData(Exit.Unreadable, "scrub", "binary", "--fix")]
    [InlineData(Exit.Unreadable, "scrub", "a.837", "--history", "binary")]
    [InlineData(Exit.Unreadable, "check", "empty", "--ack")]
    [InlineData(Exit.Unreadable, "emit", "binary")]
    [InlineData(Exit.Found, "emit", "a.json", "--production")]
    public void A_run_that_fails_leaves_what_was_there(int expected, params string[] args)
    {
        Put("a.837", X12);
        Put("a.json", """{"id":"A","lines":[]}""");
        Put("binary", "\u007FELF\u0002\u0001");
        Put("empty", "");
        var output = Put("out", "of an earlier run");
        var run = CommandLine.Run(
            [.. args.Select(a => a.Contains('-', StringComparison.Ordinal)
                    || a == args[0] ? a : Path.Combine(folder, a)), "--output", output]);
        Assert.True(expected == run.Exit, $"{run.Exit} {run.Error}");
        Assert.Equal("of an earlier run", File.ReadAllText(output));
        Assert.Equal(["a.837", "a.json", "binary", "empty", "out"],
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        if (expected != Exit.Found) Assert.NotEmpty(run.Error);
    }

    [Fact]
    public void A_run_that_succeeds_takes_the_name_and_leaves_nothing_beside_it()
    {
        var (input, output) = (Put("a.837", X12), Put("out", "of an earlier run"));
        Assert.Equal(Exit.Found, CommandLine.Run("scrub", input, "--output", output).Exit);
        Assert.StartsWith("claim ", File.ReadAllText(output), StringComparison.Ordinal);
        Assert.Equal(["a.837", "out"],
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void One_input_that_fails_does_not_keep_the_findings_of_the_others_out_of_the_file()
    {
        var (input, output) = (Put("a.837", X12), Put("out", "of an earlier run"));
        var (exit, _, error) = CommandLine.Run("scrub", Path.Combine(folder, "none"), input, "--jsonl", "--output",
            output);
        Assert.Equal(Exit.Io, exit);
        Assert.Contains("there is no such file", error, StringComparison.Ordinal);
        Assert.Contains("C000001", File.ReadAllText(output), StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_stays_a_link_and_rights_stay_rights()
    {
        if (OperatingSystem.IsWindows()) return;
        var (input, target, link) = (Put("a.837", X12), Put("target", "old"), Path.Combine(folder, "link"));
        File.CreateSymbolicLink(link, target);
        File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal(Exit.Found, CommandLine.Run("scrub", input, "--output", link).Exit);
        Assert.Equal(target, new FileInfo(link).LinkTarget);
        Assert.StartsWith("claim ", File.ReadAllText(target), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(target));
    }

    [Fact]
    public void A_hard_link_of_the_input_is_the_input()
    {
        if (!OperatingSystem.IsLinux()) return;
        var (input, hard) = (Put("a.837", X12), Path.Combine(folder, "hard.837"));
        using (var link = System.Diagnostics.Process.Start("ln", [input, hard])) link.WaitForExit();
        foreach (var args in (string[][])[["scrub", input], ["scrub", input, "--fix"], ["scrub", input, "--resume"],
            ["check", input, "--ack"]])
            Assert.Equal(Exit.Usage, CommandLine.Run([.. args, "--output", hard]).Exit);
        Assert.Equal(X12, File.ReadAllText(input, Encoding.Latin1));
    }

    [Fact]
    public void What_is_written_on_the_way_is_not_the_input_either()
    {
        var input = Put("out.partial", X12);
        Assert.Equal(Exit.Usage, CommandLine.Run("scrub", input, "--output", Path.Combine(folder, "out")).Exit);
        Assert.Equal(X12, File.ReadAllText(input, Encoding.Latin1));
    }

    [Fact]
    public void A_second_writer_is_refused_and_told_why()
    {
        var (input, output) = (Put("a.837", X12), Path.Combine(folder, "out"));
        using (new FileStream(output + ".partial", FileMode.Create, FileAccess.Write, FileShare.None))
            foreach (var args in (string[][])[["scrub", input], ["scrub", input, "--jsonl", "--resume"],
                ["scrub", input, "--fix"], ["check", input, "--ack"],
                ["emit", Put("a.json", Claim), "--contact", "Billing"]])
            {
                var (exit, _, error) = CommandLine.Run([.. args, "--output", output]);
                Assert.Equal(Exit.Io, exit);
                Assert.Contains($"another run is writing to {output}", error, StringComparison.Ordinal);
            }
        // what a run left that died is no lock
        Assert.Equal(Exit.Found, CommandLine.Run("scrub", input, "--output", output).Exit);
    }

    [Fact]
    public void An_output_without_its_folder_says_so()
    {
        var (exit, _, error) = CommandLine.Run("scrub", Put("a.837", X12), "--output",
            Path.Combine(folder, "none", "out"));
        Assert.Equal((Exit.Io, "deltoid: the output cannot be written: there is no such folder\n"), (exit, error));
    }
}
