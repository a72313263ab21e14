using System.Diagnostics;
using System.Globalization;
using Deltoid.Batch;
using Deltoid.Codes;
using Deltoid.Results;

namespace Deltoid.Bench;

/// <summary>
/// The command line program as a whole process, beside the same work in this process once it is warm.
/// </summary>
static class ProcessBench
{
    const int Rounds = 5;

    public static void Run(string cli, CodeBook book)
    {
        Console.WriteLine($"\nwhole process: {cli}");
        Print("deltoid --version", Best(() => Start(cli, "--version")), 0, 0);
        foreach (var claims in (ReadOnlySpan<int>)[20_000, 100_000, 400_000]) Scrub(cli, book, claims);
    }

    static void Scrub(string cli, CodeBook book, int claims)
    {
        var folder = Directory.CreateTempSubdirectory("deltoid-bench-").FullName;
        try
        {
            var (input, output) = (Path.Combine(folder, "in.837"), Path.Combine(folder, "out.jsonl"));
            File.WriteAllBytes(input, ClaimFiles.Usual(claims));
            var inside = Best(() => ScrubHere(input, output, book));
            var whole = Best(() => Start(cli, $"scrub --jsonl --output {output} {input}"));
            Print($"scrub of {claims:N0} claims, in process", inside, claims, 0);
            Print($"scrub of {claims:N0} claims, whole process", whole, claims, inside / whole);
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    static void ScrubHere(string input, string output, CodeBook book)
    {
        using var from = new FileStream(input, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        using var to = new FileStream(output, FileMode.Create);
        var run = new ScrubRun(
            new BlockSource(from), book, null, () => new FindingsLines(book), (text, _) => to.Write(text.Span));
        run.Run(Environment.ProcessorCount, 0, CancellationToken.None);
    }

    static void Start(string cli, string arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(cli, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
    }

    static decimal Best(Action once)
    {
        var best = decimal.MaxValue;
        for (var i = 0; i < Rounds; i++) best = Math.Min(best, Measure.Seconds(once, ofThread: false));
        return best;
    }

    static void Print(string what, decimal seconds, int claims, decimal share)
    {
        var invariant = CultureInfo.InvariantCulture;
        var rate = claims > 0 ? string.Create(invariant, $"{claims / seconds / 1000,7:N0} k claims/s") : "";
        var part = share > 0 ? string.Create(invariant, $"{share * 100,5:0} % of in process") : "";
        Console.WriteLine(string.Create(invariant, $"  {what,-46} {seconds,7:0.000} s {rate} {part}"));
    }
}
