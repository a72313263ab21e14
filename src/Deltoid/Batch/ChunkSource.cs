using System.Buffers;
using Deltoid.Codes;
using Deltoid.Results;
using Deltoid.X12.Envelope;

namespace Deltoid.Batch;

/// <summary>
/// A piece of an 837 that any process can scrub by itself: parts of sets with whole claims, and between them what was
/// found of the envelope, as it is written.
/// </summary>
/// <param name="Number">From 0, in the order of the file.</param>
/// <param name="Bytes">As <see cref="ChunkFormat"/> writes it.</param>
/// <param name="Claims">CLM segments, for the progress that is shown.</param>
internal sealed record FileChunk(int Number, byte[] Bytes, int Claims);

/// <summary>
/// Cuts a stream of 837 into chunks, in order and on one thread. What <see cref="ChunkScrubber"/> makes of them, put
/// one after the other, is what <see cref="ScrubRun"/> writes of the stream, to the byte.
/// </summary>
internal sealed class ChunkSource(Stream stream, CodeBook book, int size = ChunkSource.UsualSize)
{
    /// <summary>
    /// Some 2,000 claims: a worker is busy with it for a moment, and little is done twice after a kill.
    /// </summary>
    public const int UsualSize = 1 << 20;

    readonly BlockSource source = new(stream, size);
    readonly ScrubWorker teller = new(book, null, new FindingsLines(book));
    readonly ScrubbedBlock told = new();
    readonly ArrayBufferWriter<byte> bytes = new(size + (size / 4));
    int number;

    /// <summary>The next chunk, or null at the end.</summary>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public FileChunk? Next()
    {
        while (source.Next() is { } block)
        {
            var claims = Write(block);
            source.Return(block);
            if (bytes.WrittenCount > 0) return new(number++, bytes.WrittenSpan.ToArray(), claims);
        }
        return null;
    }

    int Write(Block block)
    {
        bytes.ResetWrittenCount();
        var claims = 0;
        foreach (var item in block.Items)
        {
            if (item.Part is { } part)
            {
                teller.Tell(part, told);
                continue;
            }
            if (SetChoice.Claims.Of(item) is not { } setPart) continue;
            Settle();
            ChunkFormat.Write(bytes, block.Bytes, setPart);
            claims += CountClaims(block.Bytes.AsSpan(setPart.Data.Start, setPart.Data.Length));
        }
        Settle();
        return claims;
    }

    /// <summary>What was found of the envelope stands before the claims that follow it.</summary>
    void Settle()
    {
        if (told.Totals.Items + told.Totals.Read + told.Totals.Refused == 0) return;
        ChunkFormat.Write(bytes, told);
        told.Text.ResetWrittenCount();
        told.Totals.Clear();
    }

    static int CountClaims(ReadOnlySpan<byte> text)
    {
        var count = 0;
        for (int at; (at = text.IndexOf("CLM"u8)) >= 0; text = text[(at + 3)..])
            if (at > 0 && !char.IsAsciiLetterOrDigit((char)text[at - 1])) count++;
        return count;
    }
}

/// <summary>Scrubs chunks, one after the other: the tools of one worker, used again for every claim.</summary>
internal sealed class ChunkScrubber(CodeBook book)
{
    readonly ScrubWorker worker = new(book, null, new FindingsLines(book));
    readonly ScrubbedBlock made = new();
    readonly Block block = new();

    /// <summary>
    /// The lines of JSON that a chunk comes to, and what is counted of it; they hold until the next call.
    /// </summary>
    /// <exception cref="InvalidDataException">The bytes are no chunk.</exception>
    public ScrubbedBlock Scrub(ReadOnlySpan<byte> chunk)
    {
        made.Text.ResetWrittenCount();
        made.Totals.Clear();
        for (var reader = new ChunkReader(chunk); !reader.IsAtEnd;)
        {
            block.Clear();
            if (reader.ReadTold(made)) continue;
            var part = reader.ReadPart(block);
            worker.Scrub(block.Bytes, part, made);
        }
        return made;
    }
}
