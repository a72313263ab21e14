using System.Buffers;
using System.Text;
using System.Text.Json;
using Deltoid.Batch;
using Deltoid.Binding;
using Deltoid.Claims;
using Deltoid.Cli;
using Deltoid.Findings;
using Deltoid.Payers;
using Deltoid.Results;
using Deltoid.X12.Envelope;

namespace Deltoid.Tests;

/// <summary>
/// An 837 of any size on any number of cores: the same bytes, in the order of the file, and no fault stops what follows
/// it.
/// </summary>
public sealed class StreamOfClaimsTests
{
    static readonly string File = X12Samples.Faulty(400, perSet: 150);

    static FindingsWriter Writer(string form) => form switch
    {
        "json" => new FindingsJson(EditPages.Book, null, full: true, trace: false, indented: true),
        "text" => new FindingsText(EditPages.Book, color: false, many: true),
        "sarif" => new FindingsSarif(EditPages.Book, "-"),
        _ => new FindingsLines(EditPages.Book),
    };

    static (string Text, Totals Totals, long Blocks) Scrub(string file, string form = "jsonl", int workers = 1,
        int blockSize = BlockCutter.UsualSize)
    {
        var text = new StringBuilder();
        var run = new ScrubRun(new BlockSource(new MemoryStream(Encoding.Latin1.GetBytes(file)), blockSize),
            EditPages.Book, null, () => Writer(form), (bytes, _) => text.Append(Encoding.UTF8.GetString(bytes.Span)));
        run.Run(workers, 0, TestContext.Current.CancellationToken);
        return (text.ToString(), run.Totals, run.Blocks);
    }

    static List<JsonElement> Lines(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];

    static IEnumerable<string> ClaimsOf(string text) =>
        Lines(text).Where(l => l.TryGetProperty("claim", out _)).Select(l => l.GetProperty("claim").GetString()!);

    static IEnumerable<string> Numbers(int from, int count) =>
        Enumerable.Range(from, count).Select(n => $"C{n:000000}");

    [Theory]
    [InlineData("jsonl")]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("sarif")]
    public void Workers_and_blocks_never_show_in_what_is_written(string form)
    {
        var (text, totals, _) = Scrub(File, form);
        Assert.True(totals.Findings.Sum() >= 100);
        foreach (var workers in (int[])[1, 2, 5])
            foreach (var size in (int[])[4096, 16 * 1024, 100_000, BlockCutter.UsualSize])
            {
                var again = Scrub(File, form, workers, size);
                Assert.True(text == again.Text, $"{workers} workers, blocks of {size}");
                Assert.Equal((totals.Items, totals.Claims, totals.Clean, totals.Read),
                    (again.Totals.Items, again.Totals.Claims, again.Totals.Clean, again.Totals.Read));
                Assert.Equal(totals.Findings, again.Totals.Findings);
            }
    }

    [Fact]
    public void A_claim_of_a_stream_is_told_the_same_as_the_claim_alone()
    {
        var (claims, read, scrubber) = (new ClaimSource(new MemoryStream(Encoding.Latin1.GetBytes(File))),
            new FindingList(), new Scrubber());
        var alone = new ArrayBufferWriter<byte>();
        while (claims.Read(read) is { } claim)
        {
            scrubber.Check(claim, EditPages.Book, new ClaimPayers(EditPages.Book).Of(claim), null, null, read);
            new FindingsLines(EditPages.Book).Write(claim, read, alone);
        }
        Assert.Equal(Encoding.UTF8.GetString(alone.WrittenSpan), Scrub(File, workers: 3, blockSize: 4096).Text);
    }

    [Fact]
    public void A_set_of_five_thousand_claims_is_divided_among_the_workers()
    {
        var (text, totals, blocks) = Scrub(X12Samples.File(5000, perSet: 5000), workers: 4);
        Assert.True(blocks > 4);
        Assert.Equal((5000, 1), (totals.Claims, totals.Read));
        Assert.Equal(Numbers(1, 5000), ClaimsOf(text));
    }

    /// <summary>Blocks hold more sets and fewer, in turn: none of their claims is left out.</summary>
    [Fact]
    public void Claims_are_read_one_by_one_over_all_blocks()
    {
        var (claims, read, ids) = (new ClaimSource(new MemoryStream(Encoding.Latin1.GetBytes(X12Samples.File(3000,
                perSet: 3000) + X12Samples.File(3000, perSet: 7)))), new FindingList(), new List<string>());
        while (claims.Read(read) is { } claim) ids.Add(claim.Text(ClaimText.Id));
        Assert.Equal([.. Numbers(1, 3000), .. Numbers(1, 3000)], ids);
    }

    /// <summary>
    /// Each of these stands in the second of four sets, or between two interchanges; all other claims are answered in
    /// their order.
    /// </summary>
    [Theory]
    [InlineData("CLM*C000004*", "CLM*C000004~CLM*C000004*")]
    [InlineData("ST*837*0002*", "ST*834*0002*")]
    [InlineData("HI*ABK:D510*", "HI*:::*")]
    [InlineData("SE*", "XX*")]
    [InlineData("SE*", "SX~~*~")]
    public void A_fault_stops_nothing_that_follows_it(string good, string bad)
    {
        var file = X12Samples.File(12, perSet: 3);
        var second = file.IndexOf("ST*837*0002*", StringComparison.Ordinal);
        var broken = file[..second] + Replaced(file[second..], good, bad);
        var (text, totals, _) = Scrub(broken, workers: 2, blockSize: 4096);
        Assert.True(totals.Findings[2] > 0);
        var claims = ClaimsOf(text).ToList();
        Assert.Equal(Numbers(1, 3), claims.Take(3));
        Assert.Equal(Numbers(7, 6), claims.TakeLast(6));
    }

    static string Replaced(string text, string good, string by) =>
        text.IndexOf(good, StringComparison.Ordinal) is >= 0 and var at
            ? text[..at] + by + text[(at + good.Length)..]
            : throw new ArgumentException(good);

    [Theory]
    [InlineData("\r\n\r\n")]
    [InlineData("%PDF-1.7 what is not X12 ~*~*~\n")]
    [InlineData("ISA*00*~")]
    public void What_stands_between_interchanges_is_passed_over(string between)
    {
        var (first, second) = (X12Samples.File(3),
            X12Samples.File(6).Replace("*000000001*", "*000000002*", StringComparison.Ordinal)
                .Replace("IEA*1*000000001", "IEA*1*000000002", StringComparison.Ordinal));
        var (text, totals, _) = Scrub(first + between + second, workers: 2);
        Assert.Equal([.. Numbers(1, 3), .. Numbers(1, 6)], ClaimsOf(text));
        Assert.Equal(between.Trim().Length == 0 ? 0 : 1, totals.Refused);
    }

    [Fact]
    public void The_same_claims_are_told_whatever_signs_separate_them()
    {
        var other = new string([.. File.Select(c =>
                c switch { '*' => '|', '~' => '\n', ':' => '>', '|' or '>' => '?', _ => c })]);
        Assert.Equal(Scrub(File).Text, Scrub(other).Text);
    }

    [Fact]
    public void What_does_not_read_blocks_nothing()
    {
        var good = X12Samples.File(3);
        var file = good + "garbage that is no X12 at all~"
            + good.Replace("ST*837*0001", "ST*850*0001", StringComparison.Ordinal) + "\r\n"
            + good.Replace("CLM*C000002*50.5", "CLM*C000002*fifty", StringComparison.Ordinal);
        var (exit, output, _) = CommandLine.RunWith(file, "scrub", "--jsonl", "-");
        var claims = output.Split('\n').Where(static l => l.StartsWith("{\"claim\":\"C", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(["C000001", "C000002", "C000003", "C000001", "C000002", "C000003"],
            claims.Select(static l => l[10..17]));
        Assert.Contains("set-not-supported", CommandLine.RunWith(file, "scrub", "--json", "-").Out,
            StringComparison.Ordinal);
        Assert.Equal(4, exit);
    }
}
