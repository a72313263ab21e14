using System.Diagnostics;
using System.Text;
using Deltoid.Batch;
using Deltoid.Books;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Results;

namespace Deltoid.Tests;

/// <summary>A stream of claims is scrubbed by many at once, and comes out as if by one: in order, whatever the blocks; and a run that was killed goes on to the same bytes.</summary>
public sealed class ScrubStreamTests : IDisposable
{
    static readonly CodeBook Book = StarterBook.Open();
    readonly string folder = Directory.CreateTempSubdirectory("deltoid-scrub-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static string Scrub(byte[] file, int workers, int block, Func<FindingsWriter> writers)
    {
        var output = new MemoryStream();
        new ScrubRun(new BlockSource(new MemoryStream(file), block), Book, null, writers, (text, _) => output.Write(text.Span)).Run(workers, 0, CancellationToken.None);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    [Fact]
    public void Workers_and_blocks_do_not_show()
    {
        var file = Encoding.ASCII.GetBytes(X12Samples.Faulty(400, perSet: 150));
        foreach (var writers in (Func<FindingsWriter>[])[() => new FindingsLines(Book), () => new FindingsText(Book, color: false, many: true)])
        {
            var expected = Scrub(file, 1, 256 * 1024, writers);
            Assert.Equal(400, writers() is FindingsLines ? expected.Split('\n').Count(static l => l.StartsWith("{\"claim\":\"C", StringComparison.Ordinal)) : 400);
            foreach (var workers in (int[])[1, 2, 5])
                foreach (var block in (int[])[4 * 1024, 20_000, 256 * 1024]) Assert.Equal(expected, Scrub(file, workers, block, writers));
        }
    }

    [Fact]
    public void What_does_not_read_blocks_nothing()
    {
        var good = X12Samples.File(3);
        var file = good + "garbage that is no X12 at all~" + good.Replace("ST*837*0001", "ST*850*0001", StringComparison.Ordinal) + "\r\n" + good.Replace("CLM*C000002*50.5", "CLM*C000002*fifty", StringComparison.Ordinal);
        var (exit, output, _) = CommandLine.RunWith(file, "scrub", "--jsonl", "-");
        var claims = output.Split('\n').Where(static l => l.StartsWith("{\"claim\":\"C", StringComparison.Ordinal)).ToList();
        Assert.Equal(["C000001", "C000002", "C000003", "C000001", "C000002", "C000003"], claims.Select(static l => l[10..17]));
        Assert.Contains("set-not-supported", CommandLine.RunWith(file, "scrub", "--json", "-").Out, StringComparison.Ordinal);
        Assert.Equal(4, exit);
    }

    [Fact]
    public void A_run_that_was_killed_goes_on_to_the_same_bytes()
    {
        var (input, whole, output) = (Path("in.837"), Path("whole.jsonl"), Path("out.jsonl"));
        File.WriteAllText(input, string.Concat(Enumerable.Repeat(X12Samples.Faulty(2_000), 40)));
        CommandLine.Run("scrub", "--jsonl", "--output", whole, input);
        var left = KilledWithJournal(input, output);
        File.AppendAllText(output, "torn at the end");
        Assert.True(left < new FileInfo(whole).Length);

        var other = Path("other.837");
        File.WriteAllText(other, File.ReadAllText(input).Replace("C000001", "D000001", StringComparison.Ordinal));
        Assert.NotInRange(CommandLine.Run("scrub", "--jsonl", "--output", output, "--resume", other).Exit, 0, 1);
        var (exit, _, error) = CommandLine.Run("scrub", "--sarif", "--output", output, "--resume", input);
        Assert.NotInRange(exit, 0, 1);
        Assert.Contains("other options", error, StringComparison.Ordinal);

        (exit, _, error) = CommandLine.Run("scrub", "--jsonl", "--output", output, "--resume", input);
        Assert.True(exit == 1, error);
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(output));
        Assert.False(File.Exists(output + ".journal"));
    }

    /// <summary>Kills a run while it writes; gives how much the output has then.</summary>
    static long KilledWithJournal(string input, string output)
    {
        for (var tries = 0; tries < 10; tries++)
        {
            var start = new ProcessStartInfo("dotnet", [typeof(Cli.App).Assembly.Location, "scrub", "--jsonl", "--output", output, input]) { RedirectStandardError = true };
            using var process = Process.Start(start)!;
            while (!process.HasExited && !(File.Exists(output + ".journal") && new FileInfo(output).Length > 0)) Thread.Sleep(2);
            process.Kill();
            process.WaitForExit();
            if (File.Exists(output + ".journal")) return new FileInfo(output).Length;
            File.Delete(output);
        }
        throw new InvalidOperationException("every run was done before it could be killed");
    }

    string Path(string name) => System.IO.Path.Combine(folder, name);
}
