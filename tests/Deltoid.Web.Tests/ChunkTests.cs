using System.Buffers;
using System.Text;
using Deltoid.Batch;
using Deltoid.Books;
using Deltoid.Codes;
using Deltoid.Edits;
using Deltoid.Results;

namespace Deltoid.Web.Tests;

/// <summary>A file that is cut into chunks is scrubbed to the same bytes as in one piece, whatever is in it.</summary>
public sealed class ChunkTests
{
    static readonly CodeBook Book = StarterBook.Open();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The lines of one run over the whole file, and what it counted.</summary>
    static (string Text, Totals Totals) Whole(byte[] file)
    {
        var text = new ArrayBufferWriter<byte>();
        FindingsCatalogue.Write(Shipped.Edits, Book, text);
        var run = new ScrubRun(new(new MemoryStream(file)), Book, null, static () => new FindingsLines(Book),
            (more, _) => text.Write(more.Span));
        run.Run(2, 0, Stop);
        return (Encoding.UTF8.GetString(text.WrittenSpan), run.Totals);
    }

    static (string Text, Totals Totals, int Chunks, long Claims) ByChunks(byte[] file, int size)
    {
        var (text, totals, chunks, claims) = (new ArrayBufferWriter<byte>(), new Totals(), 0, 0L);
        FindingsCatalogue.Write(Shipped.Edits, Book, text);
        var source = new ChunkSource(new MemoryStream(file), Book, size);
        while (source.Next() is { } chunk)
        {
            Assert.Equal(chunks++, chunk.Number);
            claims += chunk.Claims;
            var made = new ChunkScrubber(Book).Scrub(chunk.Bytes); // each by another worker
            text.Write(made.Text.WrittenSpan);
            totals.Add(made.Totals);
        }
        return (Encoding.UTF8.GetString(text.WrittenSpan), totals, chunks, claims);
    }

    static void AssertSame(byte[] file, int size)
    {
        var (whole, counted) = Whole(file);
        var (text, totals, _, _) = ByChunks(file, size);
        Assert.Equal(whole, text);
        Assert.Equal([counted.Items, counted.Claims, counted.Clean, counted.Read, counted.Refused,
            .. counted.Findings], [totals.Items, totals.Claims, totals.Clean, totals.Read, totals.Refused,
            .. totals.Findings]);
    }

    [Theory, InlineData(1 << 10), InlineData(64 << 10), InlineData(1 << 20)]
    public void Whole_claims_in_chunks_of_any_size_come_to_the_same_lines(int size)
    {
        var file = ClaimsFiles.Write(1, "C", 1_000);
        AssertSame(file, size);
        var (_, totals, chunks, claims) = ByChunks(file, size);
        Assert.Equal((1_000L, 1_000L), (totals.Claims, claims));
        Assert.True(size > file.Length || chunks > 1, $"{chunks} chunks");
    }

    public static TheoryData<string, string> Faults => new()
    {
        { "SE*", "SE*9" }, { "GE*1*1", "GE*7*2" }, { "IEA*1*", "IEA*4*9" }, { "ST*837*0001", "ST*850*0001" },
        { "CLM*C7*50.5", "CLM*C7*fifty" }, { "GS*HC", "GS*HP" }, { "HL*5*", "HL*900*" }, { "~IEA", "~IE" },
        { "NM1*85*2*OAK STREET MEDICINE", "NM1*85*2*" }, { "ABK:D510", "ABK:XX" }, { "ISA*00", "noise ISA*00" },
    };

    [Theory, MemberData(nameof(Faults))]
    public void What_is_wrong_with_the_envelope_or_a_claim_is_said_in_its_place(string right, string wrong)
    {
        var text = Encoding.ASCII.GetString(ClaimsFiles.Write(1, "C", 300));
        Assert.Contains(right, text, StringComparison.Ordinal);
        var broken = Encoding.ASCII.GetBytes(text.Replace(right, wrong, StringComparison.Ordinal));
        Assert.NotEqual(Whole(ClaimsFiles.Write(1, "C", 300)).Text, Whole(broken).Text);
        AssertSame(broken, 1 << 10);
    }

    [Fact]
    public void Bytes_that_are_changed_cut_off_or_repeated_come_to_the_same_lines()
    {
        var good = ClaimsFiles.Write(1, "C", 200);
        for (var seed = 0; seed < LongRun.Count(60, 5_000); seed++)
        {
            var random = new Random(seed);
            var file = (byte[])good.Clone();
            for (var i = random.Next(1, 8); i > 0; i--)
                file[random.Next(file.Length)] = "~*:^A0\n\r \0"u8[random.Next(10)];
            if (seed % 3 == 0) file = file[..random.Next(file.Length)];
            if (seed % 5 == 0) file = [.. file, .. good];
            AssertSame(file, random.Next(1, 4) << 12);
        }
    }

    [Fact]
    public void A_chunk_that_is_damaged_is_refused_and_nothing_else_goes_wrong()
    {
        var chunk = new ChunkSource(new MemoryStream(ClaimsFiles.Write(1, "C", 50)), Book).Next()!.Bytes;
        Assert.Equal(50, new ChunkScrubber(Book).Scrub(chunk).Totals.Claims);
        var refused = 0;
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var damaged = (byte[])chunk.Clone();
            damaged[random.Next(200)] ^= (byte)(1 << random.Next(8));
            if (seed % 2 == 0) damaged = damaged[..random.Next(1, damaged.Length)];
            try
            {
                new ChunkScrubber(Book).Scrub(damaged);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 150, 300);
    }
}
