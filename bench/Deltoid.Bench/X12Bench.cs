using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using Deltoid.Answers;
using Deltoid.Batch;
using Deltoid.Books;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.Values;
using Deltoid.X12;

namespace Deltoid.Bench;

/// <summary>
/// X12 in and out, one core but where it says so: the usual claims (or a file that is given) and the hard ones, in MB/s, claims/s, and
/// as a share of a byte sum of the same file in the same run.
/// </summary>
static class X12Bench
{
    const int Rounds = 7;

    public static void Run(string? path)
    {
        var book = StarterBook.Open();
        var usual = path is null ? ClaimFiles.Usual(20_000) : File.ReadAllBytes(path);
        Claims(path is null ? "usual claims" : Path.GetFileName(path), usual, book);
        Claims("hard claims", ClaimFiles.Hard(4_000, book), book);
        Remittances(ClaimFiles.Remittance(20_000));
    }

    static void Claims(string name, byte[] file, CodeBook book)
    {
        var blocks = Cut(file);
        var (claims, lines) = Count(blocks);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{name}: {file.Length / 1e6m:0.0} MB, {claims:N0} claims, {lines:N0} lines"));
        var sum = Time("byte sum", file.Length, claims, 0, () => Sum(file));
        Time("index every element", file.Length, claims, sum, () => Index(blocks));
        for (var warm = Stopwatch.StartNew(); warm.ElapsedMilliseconds < 1500;) ReadStream(file); // until all of it is compiled for speed
        Time("read a stream into claims, fully checked", file.Length, claims, sum, () => ReadStream(file));
        Time("check --jsonl, SNIP 1 to 7", file.Length, claims, sum, () => Check(file, book, null, new FindingsLines(book)));
        Time("check --ack", file.Length, claims, sum, () => Check(file, book, new Acknowledger(Terms), null));
        Time("write from the claim model", file.Length, claims, sum, Writer(blocks));
        var scrubbed = Path.GetTempFileName();
        try { Time($"scrub to JSONL, {Environment.ProcessorCount} cores", file.Length, claims, sum, () => Scrub(file, book, scrubbed)); }
        finally { File.Delete(scrubbed); }
        Console.WriteLine($"  allocated by a read: {Allocated(() => Read(blocks)) / Math.Max(claims, 1)} bytes a claim; peak memory {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB");
    }

    static readonly EnvelopeTerms Terms = new() { Sender = "OAKSTREET", Receiver = "PAYER", ContactName = "Billing", Day = new(2026, 3, 5), Time = new(9, 30) };

    static void Remittances(byte[] file)
    {
        var blocks = Cut(file);
        var (reader, remittance, sums, payment, found, claims) = (new RemittanceReader(), new Remittance(), new RemittanceSums(), new ClaimPayment(), new FindingList(), 0);
        void ReadAll()
        {
            claims = 0;
            foreach (var (block, stretch) in Stretches(blocks))
            {
                reader.Open(block.Bytes, stretch, remittance, sums);
                for (; reader.Read(payment, found); claims++) found.Clear();
                reader.SetFindings.Clear();
            }
        }
        ReadAll();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nremittance (835): {file.Length / 1e6m:0.0} MB, {claims:N0} claims"));
        var sum = Time("byte sum", file.Length, claims, 0, () => Sum(file));
        Time("read into payments, balanced", file.Length, claims, sum, ReadAll);
    }

    static List<Block> Cut(byte[] file)
    {
        var (source, blocks) = (new BlockSource(new MemoryStream(file)), new List<Block>());
        while (source.Next() is { } block) blocks.Add(block);
        return blocks;
    }

    static IEnumerable<(Block Block, Stretch Stretch)> Stretches(List<Block> blocks)
    {
        foreach (var block in blocks)
            foreach (var item in block.Items)
                if (item.Stretch is { } stretch) yield return (block, stretch);
    }

    static long Sum(byte[] file)
    {
        var sum = Vector<byte>.Zero;
        foreach (var part in System.Runtime.InteropServices.MemoryMarshal.Cast<byte, Vector<byte>>(file.AsSpan())) sum += part;
        return Vector.Dot(sum, Vector<byte>.One);
    }

    static void Index(List<Block> blocks)
    {
        var index = new SegmentIndex();
        foreach (var block in blocks) index.Build(block.Bytes.AsSpan(0, block.Length), Delimiters.Usual);
    }

    static (long Claims, long Lines) Count(List<Block> blocks)
    {
        var (claims, lines) = (0L, 0L);
        Read(blocks, claim => { claims++; lines += claim.Lines.Length; });
        return (claims, lines);
    }

    static readonly ClaimReader Reader = new();
    static readonly Claim One = new();
    static readonly FindingList Found = new();

    static void ReadStream(byte[] file)
    {
        var source = new BlockSource(new MemoryStream(file));
        for (; source.Next() is { } block; source.Return(block)) Read(block, null);
    }

    static void Read(List<Block> blocks, Action<Claim>? take = null)
    {
        foreach (var block in blocks) Read(block, take);
    }

    static void Read(Block block, Action<Claim>? take)
    {
        foreach (var item in block.Items)
        {
            if (item.Stretch is not { } stretch) continue;
            Reader.Open(block.Bytes, stretch);
            for (; Reader.Read(One, Found); Found.Clear()) take?.Invoke(One);
            Reader.SetFindings.Clear();
        }
    }

    static void Check(byte[] file, CodeBook book, Acknowledger? acknowledger, FindingsWriter? writer) =>
        new CheckRun(new BlockSource(new MemoryStream(file)), book, acknowledger, writer, (_, _) => acknowledger?.Clear()).Run(CancellationToken.None);

    static Action Writer(List<Block> blocks)
    {
        var claims = new List<Claim>();
        Read(blocks, claim => claims.Add(claim.Detach()));
        return () =>
        {
            var writer = new ClaimWriter(Terms);
            foreach (var claim in claims)
            {
                writer.Write(claim);
                if (writer.Output.Written.Length > 1 << 18) writer.Output.Clear();
            }
            writer.Finish();
        };
    }

    static void Scrub(byte[] file, CodeBook book, string path)
    {
        using var output = new FileStream(path, FileMode.Create);
        new ScrubRun(new BlockSource(new MemoryStream(file)), book, null, () => new FindingsLines(book), (text, _) => output.Write(text.Span)).Run(Environment.ProcessorCount, 0, CancellationToken.None);
    }

    static decimal Time(string what, long bytes, long claims, decimal sum, Action once)
    {
        for (var i = 0; i < 3; i++) once();
        var best = long.MaxValue;
        for (var i = 0; i < Rounds; i++)
        {
            var start = Stopwatch.GetTimestamp();
            once();
            best = Math.Min(best, Stopwatch.GetTimestamp() - start);
        }
        var seconds = (decimal)best / Stopwatch.Frequency;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-36} {bytes / seconds / 1e6m,9:N0} MB/s {claims / seconds / 1_000,9:N0} k claims/s  {(sum == 0 ? 1 : seconds / sum),8:0.0} x the sum"));
        return seconds;
    }

    static long Allocated(Action once)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        once();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
