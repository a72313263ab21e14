using System.Collections.Concurrent;
using Deltoid.Codes;
using Deltoid.Edits;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.Values;
using Deltoid.X12.Envelope;

namespace Deltoid.Batch;

/// <summary>
/// Scrubs a stream of 837 on all cores: blocks are cut in order, scrubbed side by side and delivered in order, so that
/// the same input, book and history give the same bytes, however many workers there are.
/// </summary>
public sealed class ScrubRun(BlockSource source, CodeBook book, PatientHistory? history, Func<FindingsWriter> writers,
    Action<ReadOnlyMemory<byte>, Totals> deliver, Func<FindingInfo, bool>? keeps = null)
{
    readonly ConcurrentBag<ScrubbedBlock> free = [];
    int workersBegun;

    /// <summary>The edits that are asked: the shipped ones, and a user's rules beside them.</summary>
    internal EditSet Edits { get; init; } = Shipped.Edits;

    /// <summary>What was delivered so far.</summary>
    public Totals Totals { get; } = new();

    /// <summary>Blocks that were delivered.</summary>
    public long Blocks { get; private set; }

    /// <summary>Runs to the end of the stream.</summary>
    /// <param name="skip">Blocks at the beginning that were delivered by an earlier run.</param>
    /// <exception cref="IOException">The input cannot be read or the output not be written.</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop; what was delivered stands.</exception>
    public void Run(int workers, long skip, CancellationToken stop)
    {
        for (var i = 0L; i < skip && source.Next() is { } earlier; i++) source.Return(earlier);
        source.Verify();
        Blocks = skip;
        var run = new InOrder<Block, ScrubbedBlock>(source.Next, static block => block.Number, Deliver);
        run.Run(workers, Worker, skip, stop);
    }

    Func<Block, ScrubbedBlock> Worker()
    {
        var worker = new ScrubWorker(book, history, writers(), keeps, Edits);
        // the other reads the guide for the first block meanwhile
        if (Interlocked.Increment(ref workersBegun) == 2) book.Open();
        return block =>
        {
            if (!free.TryTake(out var made)) made = new ScrubbedBlock();
            worker.Scrub(block, made);
            source.Return(block);
            return made;
        };
    }

    void Deliver(ScrubbedBlock made)
    {
        deliver(made.Text.WrittenMemory, made.Totals);
        Totals.Add(made.Totals);
        Blocks++;
        made.Text.ResetWrittenCount();
        made.Totals.Clear();
        free.Add(made);
    }
}
