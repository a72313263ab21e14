using System.Text;
using Deltoid.Batch;
using Deltoid.Values;
using Deltoid.X12.Envelope;

namespace Deltoid.Tests;

/// <summary>The small parts that a run of many claims stands on.</summary>
public sealed class BatchUnitTests
{
    static readonly CancellationToken Never = CancellationToken.None;

    sealed record Ticket(long Number);

    static Func<Ticket?> Tickets(int count, int from = 0)
    {
        var next = from;
        return () => next < count ? new Ticket(next++) : null;
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 7)]
    [InlineData(8, 0)]
    public void Work_is_delivered_in_order_whoever_is_done_first(int workers, int first)
    {
        var (delivered, inDelivery) = (new List<long>(), 0);
        var run = new InOrder<Ticket, long>(Tickets(600, first), static t => t.Number, made =>
        {
            Assert.Equal(1, Interlocked.Increment(ref inDelivery));
            delivered.Add(made);
            Interlocked.Decrement(ref inDelivery);
        });
        run.Run(workers, () => static ticket =>
        {
            if (ticket.Number % 13 == 0) Thread.Sleep(1); // the others run ahead
            return ticket.Number;
        }, first, Never);
        Assert.Equal(Enumerable.Range(first, 600 - first).Select(static n => (long)n), delivered);
    }

    [Fact]
    public void Nobody_runs_far_ahead_of_the_slowest()
    {
        const int Workers = 4;
        var (delivered, furthest) = (0L, 0L);
        var run = new InOrder<Ticket, long>(Tickets(400), static t => t.Number,
            _ => Interlocked.Increment(ref delivered));
        run.Run(Workers, () => ticket =>
        {
            if (ticket.Number % 50 == 0) Thread.Sleep(20);
            lock (run) furthest = Math.Max(furthest, ticket.Number - Interlocked.Read(ref delivered));
            return ticket.Number;
        }, 0, Never);
        Assert.Equal(400, delivered);
        Assert.InRange(furthest, 1, (4 * Workers) + Workers);
    }

    [Theory]
    [InlineData("next")]
    [InlineData("worker")]
    [InlineData("make")]
    [InlineData("deliver")]
    public void A_failure_anywhere_ends_the_run_and_is_thrown_once_all_have_stopped(string where)
    {
        var next = Tickets(200);
        var delivered = new List<long>();
        var run = new InOrder<Ticket, long>(() =>
                next() is var ticket && where == "next" && ticket?.Number == 40 ? throw new IOException(where) : ticket,
            static t => t.Number, made =>
            {
                if (made > 20 && where == "deliver") throw new IOException(where);
                delivered.Add(made);
            });
        var thrown = Assert.Throws<IOException>(() =>
            run.Run(4, () => where == "worker" ? throw new IOException(where) : ticket => ticket.Number > 20
                && where == "make" ? throw new IOException(where) : ticket.Number, 0, Never));
        Assert.Equal(where, thrown.Message);
        Assert.Equal(delivered.Order(), delivered);
    }

    [Fact]
    public void A_run_that_is_stopped_has_delivered_the_first_pieces_without_a_gap()
    {
        using var stop = new CancellationTokenSource();
        var delivered = new List<long>();
        var run = new InOrder<Ticket, long>(Tickets(100_000), static t => t.Number, made =>
        {
            delivered.Add(made);
            if (made == 500) stop.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() =>
            run.Run(4, () => static ticket => ticket.Number, 0, stop.Token));
        Assert.InRange(delivered.Count, 501, 600);
        Assert.Equal(Enumerable.Range(0, delivered.Count).Select(static n => (long)n), delivered);
    }

    static ulong Print(params IEnumerable<byte[]> pieces)
    {
        var print = new Fingerprint();
        foreach (var piece in pieces) print.Add(piece);
        return print.Value;
    }

    [Fact]
    public void A_fingerprint_depends_on_the_bytes_and_not_on_their_pieces()
    {
        var random = new Random(5);
        for (var round = 0; round < 300; round++)
        {
            var bytes = new byte[random.Next(1, 70)];
            random.NextBytes(bytes);
            var pieces = new List<byte[]>();
            for (var at = 0; at < bytes.Length;)
            {
                var length = random.Next(0, Math.Min(20, bytes.Length - at) + 1);
                pieces.Add(bytes[at..(at + length)]);
                at += length;
            }
            Assert.Equal(Print(bytes), Print(pieces));
            var other = bytes.ToArray();
            other[random.Next(other.Length)] ^= (byte)(1 << random.Next(8));
            Assert.NotEqual(Print(bytes), Print(other));
            Assert.NotEqual(Print(bytes), Print([.. bytes, 0]));
        }
    }

    /// <summary>A stream that hands out a few bytes at a time, as a pipe may.</summary>
    sealed class Trickle(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(most, buffer.Length)]);
    }

    static List<string> BlocksOf(byte[] file, int size, int most)
    {
        var (source, blocks) = (new BlockSource(new Trickle(file, most), size), new List<string>());
        while (source.Next() is { } block)
        {
            blocks.Add($"{block.Number} {Encoding.Latin1.GetString(block.Bytes, 0, block.Length)} "
                + $"{string.Join(' ', block.Items.Select(i => i.Part?.Kind.ToString() ?? i.SetPart!.Data.Ordinal.ToString()))}");
            source.Return(block);
        }
        Assert.Equal(file.Length, source.BytesRead);
        return blocks;
    }

    [Fact]
    public void Blocks_are_the_same_however_the_bytes_arrive()
    {
        var file = Encoding.Latin1.GetBytes(X12Samples.File(60, perSet: 40));
        foreach (var size in (int[])[4096, 20_000])
        {
            var whole = BlocksOf(file, size, int.MaxValue);
            Assert.True(whole.Count > 1);
            foreach (var most in (int[])[1, 7, 509]) Assert.Equal(whole, BlocksOf(file, size, most));
        }
    }

    [Fact]
    public void A_long_set_is_cut_where_a_level_begins_and_each_part_holds_no_more_than_it_must()
    {
        const int Size = 8192;
        var text = X12Samples.File(200, perSet: 200);
        var parts = AnswerFiles.SetPartsOf(Encoding.Latin1.GetBytes(text), "837P", Size).ToList();
        Assert.True(parts.Count > 5);
        Assert.All(parts.Skip(1),
            part => Assert.StartsWith("HL*",
                Encoding.Latin1.GetString(part.Bytes, part.SetPart.Data.Start, part.SetPart.Data.Length),
                StringComparison.Ordinal));
        Assert.All(parts, part => Assert.InRange(part.SetPart.Data.Length, 1, Size + 1024));
        Assert.Equal([.. Enumerable.Repeat(false, parts.Count - 1), true], parts.Select(p => p.SetPart.IsLast));
        var whole = string.Concat(parts.Select(p =>
            Encoding.Latin1.GetString(p.Bytes, p.SetPart.Data.Start, p.SetPart.Data.Length)));
        Assert.Equal(text[text.IndexOf("ST*", StringComparison.Ordinal)..text.IndexOf("GE*", StringComparison.Ordinal)],
            whole);
    }

    [Fact]
    public void A_segment_without_end_is_given_up_and_not_held()
    {
        var file = X12Samples.File(1)
            .Replace("N3*210 Oak Street~", "N3*" + new string('A', 3 * BlockCutter.LongestSegment),
                StringComparison.Ordinal);
        var source = new BlockSource(new Trickle(Encoding.Latin1.GetBytes(file), 4096));
        var told = new List<string>();
        while (source.Next() is { } block)
            foreach (var item in block.Items)
                foreach (var finding in item.Part?.Findings.Span.ToArray() ?? []) told.Add(finding.Info.Name);
        Assert.NotEmpty(told);
    }

    [Fact]
    public void Another_input_than_expected_is_known_before_a_block_is_made_of_it()
    {
        var file = Encoding.Latin1.GetBytes(X12Samples.File(30));
        var source = new BlockSource(new MemoryStream(file), 4096);
        source.Next();
        var (read, print) = source.Mark();
        var same = new BlockSource(new MemoryStream(file), 4096);
        same.Expect(read, print);
        same.Verify();
        Assert.NotNull(same.Next());
        file[(int)read - 1] ^= 1;
        foreach (var other in (byte[][])[file, file[..((int)read - 1)], []])
        {
            var changed = new BlockSource(new MemoryStream(other), 4096);
            changed.Expect(read, print);
            Assert.Throws<InputException>(changed.Verify);
        }
    }
}
