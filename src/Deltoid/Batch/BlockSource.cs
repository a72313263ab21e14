using Deltoid.Values;
using Deltoid.X12;
using Deltoid.X12.Envelope;

namespace Deltoid.Batch;

/// <summary>Reads a stream of X12 and hands out its blocks in order, to any number of workers.</summary>
public sealed class BlockSource(Stream stream, int blockSize = BlockCutter.UsualSize)
{
    readonly BlockCutter cutter = new(TransactionSets.All, blockSize);
    bool ended, isOver;

    /// <summary>Bytes read so far.</summary>
    public long BytesRead { get; private set; }

    readonly Fingerprint fingerprint = new();
    long expectedAt = -1;
    ulong expected;

    /// <summary>How much was read, and the fingerprint of it.</summary>
    public (long Read, ulong Fingerprint) Mark()
    {
        lock (cutter) return (BytesRead, fingerprint.Value);
    }

    /// <summary>Says that so many bytes must have this fingerprint.</summary>
    public void Expect(long read, ulong print) => (expectedAt, expected) = (read, print);

    /// <summary>
    /// Reads as far as <see cref="Expect"/> said, so that another input is known before anything is made of it.
    /// </summary>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="InputException">It is not what <see cref="Expect"/> said.</exception>
    public void Verify()
    {
        lock (cutter)
            while (BytesRead < expectedAt) Fill();
    }

    /// <summary>The next block, or null at the end.</summary>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="InputException">It is not what <see cref="Expect"/> said.</exception>
    internal Block? Next()
    {
        lock (cutter)
        {
            while (true)
            {
                if (isOver) return null;
                if (cutter.TryTake(out var block)) return block;
                if (ended)
                {
                    cutter.Release();
                    isOver = true;
                    return null;
                }
                if (Fill() > 0) continue;
                ended = true;
                cutter.Complete();
            }
        }
    }

    int Fill()
    {
        var room = cutter.Room().Span;
        if (expectedAt > BytesRead) room = room[..(int)Math.Min(room.Length, expectedAt - BytesRead)];
        var count = stream.Read(room);
        fingerprint.Add(room[..count]);
        BytesRead += count;
        cutter.Advance(count);
        if ((expectedAt == BytesRead && fingerprint.Value != expected) || (count == 0 && expectedAt > BytesRead))
            throw OtherInput();
        return count;
    }

    /// <summary>What is said when a run is to continue with an input that it did not begin with.</summary>
    public static InputException OtherInput() =>
        new("", "the input is not the one that the run began with",
            "give the same input, or remove the output and its journal");

    /// <summary>Gives back a block that is done with.</summary>
    internal void Return(Block block) => cutter.Return(block);
}
