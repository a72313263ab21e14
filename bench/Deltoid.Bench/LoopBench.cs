using System.Diagnostics;
using System.Globalization;
using Deltoid.Answers;
using Deltoid.Batch;
using Deltoid.Books;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.X12.Acknowledgments;
using Deltoid.X12.Claims;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;
using Deltoid.X12.Remittances;

namespace Deltoid.Bench;

/// <summary>One work, again and again on one core, for a profiler to watch.</summary>
static class LoopBench
{
    /// <param name="works">usual, hard or 835, which are read; scrub, ack, or these with -hard; several with
    /// commas.</param>
    public static void Run(string works, int seconds)
    {
        var book = StarterBook.Open();
        foreach (var work in works.Split(',')) Run(work, seconds, book);
    }

    static void Run(string work, int seconds, CodeBook book)
    {
        var file = work.EndsWith("hard", StringComparison.Ordinal) ? ClaimFiles.Hard(4_000, book)
            : work == "835" ? ClaimFiles.Remittance(20_000) : ClaimFiles.Usual(20_000);
        var once = work switch
        {
            "scrub" or "scrub-hard" => Scrub,
            "ack" or "ack-hard" => () => X12Bench.Check(file, book, new Acknowledger(X12Bench.Terms), null),
            "835" => Payments(),
            _ => Claims(),
        };
        var best = decimal.MaxValue;
        for (var watch = Stopwatch.StartNew(); watch.Elapsed.TotalSeconds < seconds;)
            best = Math.Min(best, Measure.Seconds(once, ofThread: true));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{work}: {file.Length / best / 1e6m:0.0} MB/s"));

        Action Claims()
        {
            var (reader, claim, found) = (new ClaimReader(), new Claim(), new FindingList());
            return () => Each(file, (block, setPart) =>
            {
                reader.Open(block.Bytes, setPart);
                while (reader.Read(claim, found)) found.Clear();
                reader.SetFindings.Clear();
            });
        }

        Action Payments()
        {
            var (reader, remittance, sums, payment, found) =
                (new RemittanceReader(), new Remittance(), new RemittanceSums(), new ClaimPayment(), new FindingList());
            return () => Each(file, (block, setPart) =>
            {
                reader.Open(block.Bytes, setPart, remittance, sums);
                while (reader.Read(payment, found)) found.Clear();
                reader.SetFindings.Clear();
            });
        }

        void Scrub()
        {
            var source = new BlockSource(new MemoryStream(file));
            var run = new ScrubRun(source, book, null, () => new FindingsLines(book), static (_, _) => { });
            run.Run(1, 0, CancellationToken.None);
        }
    }

    static void Each(byte[] file, Action<Block, SetPart> read)
    {
        var source = new BlockSource(new MemoryStream(file));
        for (; source.Next() is { } block; source.Return(block))
            foreach (var item in block.Items)
                if (item.SetPart is { } setPart) read(block, setPart);
    }
}
