using System.Buffers;
using System.Globalization;
using Deltoid.Batch;
using Deltoid.Binding;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.X12.Claims;

namespace Deltoid.Bench;

/// <summary>What it takes to write a finding, for claims that are scrubbed already.</summary>
static class FindingsBench
{
    const int Most = 2_000, Rounds = 12;

    public static void Run(byte[] file, CodeBook book)
    {
        var scrubbed = Scrub(file, book);
        var count = scrubbed.Sum(static s => s.Findings.Count);
        if (count == 0) return;
        var (lines, text) = (new FindingsLines(book), new ArrayBufferWriter<byte>(1 << 20));
        var best = decimal.MaxValue;
        var bytes = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            bytes = 0;
            best = Math.Min(best, Measure.Seconds(Write, ofThread: true));
        }
        var (micros, each) = (best / count * 1e6m, (decimal)count / scrubbed.Count);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  a finding written as JSON: {micros:0.00} µs, {bytes / count} bytes ({each:0.0} a claim)"));

        void Write()
        {
            foreach (var (claim, findings) in scrubbed)
            {
                lines.Write(claim, findings, text);
                bytes += text.WrittenCount;
                text.ResetWrittenCount();
            }
        }
    }

    static List<(Claim Claim, FindingList Findings)> Scrub(byte[] file, CodeBook book)
    {
        var (source, made) = (new BlockSource(new MemoryStream(file)), new List<(Claim, FindingList)>());
        var (reader, claim, scrubber, payers) = (new ClaimReader(), new Claim(), new Scrubber(), new ClaimPayers(book));
        while (source.Next() is { } block)
            foreach (var item in block.Items)
            {
                if (item.SetPart is not { } setPart) continue;
                reader.Open(block.Bytes, setPart);
                while (made.Count < Most)
                {
                    var findings = new FindingList();
                    if (!reader.Read(claim, findings)) break;
                    scrubber.Check(claim, book, payers.Of(claim), null, null, findings);
                    made.Add((claim.Detach(), findings));
                }
                reader.SetFindings.Clear();
            }
        return made;
    }
}
