using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Deltoid.Answers;
using Deltoid.Batch;
using Deltoid.Books;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.Values;
using Deltoid.X12.Acknowledgments;
using Deltoid.X12.Claims;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;
using Deltoid.X12.Remittances;
using Deltoid.X12.Segments;

namespace Deltoid.Bench;

/// <summary>
/// X12 in and out: the usual claims (or a file that is given) and the hard ones, in MB/s, claims/s, and as a multiple
/// of a byte sum of the same file in the same run. What runs on one core is measured by the time of its thread, so that
/// a busy machine counts less.
/// </summary>
static class X12Bench
{
    const int Rounds = 7;

    static string? only;

    /// <param name="path">A file of 837, or null or "-" for our own.</param>
    /// <param name="work">Words of the works to measure; null for all.</param>
    /// <param name="cli">The command line program, for what is measured as a whole process; null leaves that
    /// out.</param>
    public static void Run(string? path, string? work, string? cli)
    {
        only = work;
        var book = StarterBook.Open();
        var isOurs = path is null or "-";
        if (isOurs) Claims("usual claims", ClaimFiles.Usual(20_000), book);
        else Claims(Path.GetFileName(path!), File.ReadAllBytes(path!), book);
        Claims("hard claims", ClaimFiles.Hard(4_000, book), book);
        Remittances(ClaimFiles.Remittance(20_000));
        if (cli is not null) ProcessBench.Run(cli, book);
    }

    static void Claims(string name, byte[] file, CodeBook book)
    {
        var blocks = Cut(file);
        var (claims, lines) = Count(blocks);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"\n{name}: {file.Length / 1e6m:0.0} MB, {claims:N0} claims, {lines:N0} lines"));
        sum = 0;
        sum = Time("byte sum", file.Length, claims, () => Sum(file), isAsked: true);
        Time("index every element", file.Length, claims, () => Index(blocks));
        Time("cut a stream into blocks", file.Length, claims, () => CutStream(file));
        var read = Time("read a stream into claims, fully checked", file.Length, claims, () => ReadStream(file));
        Time("check --jsonl, SNIP 1 to 7", file.Length, claims, () => Check(file, book, null, new FindingsLines(book)));
        var ack = Time("check --ack", file.Length, claims, () => Check(file, book, new Acknowledger(Terms), null));
        if (read > 0 && ack > 0) Ratio("check --ack of the read", () => ReadStream(file),
            () => Check(file, book, new Acknowledger(Terms), null));
        Time("write from the claim model", file.Length, claims, Writer(blocks));
        if (IsAsked("scrub")) Scrubs(file, claims, book);
        if (IsAsked("finding")) FindingsBench.Run(file, book);
        var allocated = Allocated(() => Read(blocks)) / Math.Max(claims, 1);
        var peak = Process.GetCurrentProcess().PeakWorkingSet64 >> 20;
        Console.WriteLine($"  allocated by a read: {allocated} bytes a claim; peak memory {peak} MB");
    }

    static void Scrubs(byte[] file, long claims, CodeBook book)
    {
        var scrubbed = Path.GetTempFileName();
        try
        {
            var cores = Environment.ProcessorCount;
            Time($"scrub to JSONL, {cores} cores", file.Length, claims, () => Scrub(file, book, scrubbed, cores),
                isAsked: true, ofThread: false);
            Time("scrub to JSONL, one core", file.Length, claims, () => Scrub(file, book, scrubbed, 1));
        }
        finally { File.Delete(scrubbed); }
    }

    public static readonly EnvelopeTerms Terms =
        new() { Sender = "OAKSTREET", Receiver = "PAYER", ContactName = "Billing", Day = new(2026, 3, 5),
            Time = new(9, 30) };

    static void Remittances(byte[] file)
    {
        var blocks = Cut(file);
        var (reader, remittance, sums, payment, found, claims) = (new RemittanceReader(), new Remittance(),
            new RemittanceSums(), new ClaimPayment(), new FindingList(), 0);
        void ReadAll()
        {
            claims = 0;
            foreach (var (block, setPart) in SetParts(blocks))
            {
                reader.Open(block.Bytes, setPart, remittance, sums);
                for (; reader.Read(payment, found); claims++) found.Clear();
                reader.SetFindings.Clear();
            }
        }
        ReadAll();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"\nremittance (835): {file.Length / 1e6m:0.0} MB, {claims:N0} claims"));
        sum = 0;
        sum = Time("byte sum", file.Length, claims, () => Sum(file), isAsked: true);
        Time("835: read into payments, balanced", file.Length, claims, ReadAll);
    }

    static List<Block> Cut(byte[] file)
    {
        var (source, blocks) = (new BlockSource(new MemoryStream(file)), new List<Block>());
        while (source.Next() is { } block) blocks.Add(block);
        return blocks;
    }

    static IEnumerable<(Block Block, SetPart SetPart)> SetParts(List<Block> blocks)
    {
        foreach (var block in blocks)
            foreach (var item in block.Items)
                if (item.SetPart is { } setPart) yield return (block, setPart);
    }

    static long Sum(byte[] file)
    {
        var total = Vector<byte>.Zero;
        foreach (var part in MemoryMarshal.Cast<byte, Vector<byte>>(file.AsSpan())) total += part;
        return Vector.Dot(total, Vector<byte>.One);
    }

    static void Index(List<Block> blocks)
    {
        var index = new SegmentIndex();
        foreach (var block in blocks) index.Build(block.Bytes.AsSpan(0, block.Length), Delimiters.Usual);
    }

    static (long Claims, long Lines) Count(List<Block> blocks)
    {
        var (claims, lines) = (0L, 0L);
        Read(blocks, claim =>
        {
            claims++;
            lines += claim.Lines.Length;
        });
        return (claims, lines);
    }

    static readonly ClaimReader Reader = new();
    static readonly Claim One = new();
    static readonly FindingList Found = new();

    static void CutStream(byte[] file)
    {
        var source = new BlockSource(new MemoryStream(file));
        while (source.Next() is { } block) source.Return(block);
    }

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
            if (item.SetPart is not { } setPart) continue;
            Reader.Open(block.Bytes, setPart);
            for (; Reader.Read(One, Found); Found.Clear()) take?.Invoke(One);
            Reader.SetFindings.Clear();
        }
    }

    public static void Check(byte[] file, CodeBook book, Acknowledger? acknowledger,
        FindingsWriter? writer) =>
        new CheckRun(new BlockSource(new MemoryStream(file)), book, acknowledger, writer,
            (_, _) => acknowledger?.Clear()).Run(CancellationToken.None);

    static Action Writer(List<Block> blocks)
    {
        var claims = new List<Claim>();
        if (IsAsked("write")) Read(blocks, claim => claims.Add(claim.Detach()));
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

    static void Scrub(byte[] file, CodeBook book, string path, int workers)
    {
        using var output = new FileStream(path, FileMode.Create);
        var source = new BlockSource(new MemoryStream(file));
        var run = new ScrubRun(source, book, null, () => new FindingsLines(book), (text, _) => output.Write(text.Span));
        run.Run(workers, 0, CancellationToken.None);
    }

    static decimal sum; // seconds of the byte sum

    static bool IsAsked(string work) => only is null
        || Array.Exists(only.Split(','), word => work.Contains(word, StringComparison.Ordinal));

    /// <summary>Seconds of one pass, the best of some; 0 when it is not asked for.</summary>
    static decimal Time(string what, long bytes, long claims, Action once, bool isAsked = false, bool ofThread = true)
    {
        if (!isAsked && !IsAsked(what)) return 0;
        for (var warm = Stopwatch.StartNew(); warm.ElapsedMilliseconds < 1500;)
            once(); // until all of it is compiled for speed
        var best = decimal.MaxValue;
        for (var i = 0; i < Rounds; i++) best = Math.Min(best, Measure.Seconds(once, ofThread));
        var (mb, k, sums) = (bytes / best / 1e6m, claims / best / 1_000, sum == 0 ? 1 : best / sum);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {what,-42} {mb,9:N0} MB/s {k,9:N0} k claims/s {sums,8:0.0} x the sum"));
        return best;
    }

    /// <summary>The first by the second, in turn: a machine is not as fast now as it was a moment ago.</summary>
    static void Ratio(string what, Action first, Action second)
    {
        var (one, two) = (decimal.MaxValue, decimal.MaxValue);
        for (var i = 0; i < Rounds * 3; i++)
        {
            one = Math.Min(one, Measure.Seconds(first, ofThread: true));
            two = Math.Min(two, Measure.Seconds(second, ofThread: true));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-42} {one / two * 100,9:0.0} %"));
    }

    static long Allocated(Action once)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        once();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
