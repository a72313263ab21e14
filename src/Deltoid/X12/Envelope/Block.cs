using System.Buffers;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Envelope;

/// <summary>What of the envelope is at a place.</summary>
internal enum EnvelopeKind : byte { Interchange, Group, Set, SetEnd, GroupEnd, InterchangeEnd, Acknowledgment, Stray }

/// <summary>A segment of the envelope, or its absence, with what is wrong about it.</summary>
/// <param name="Text">The segment as it came, without its terminator; empty when it is missing.</param>
/// <param name="Place">Ordinals and byte of the segment.</param>
/// <param name="Set">Of a set's beginning and end.</param>
/// <param name="Count">Of an end: what it closes, counted: segments of a set, sets of a group, groups of an
/// interchange.</param>
internal sealed record EnvelopePart(EnvelopeKind Kind, byte[] Text, SourcePlace Place, Delimiters Delimiters,
    SetPlace? Set, int Count, FindingList Findings)
{
    /// <summary>An element as text, trimmed of the blanks that fill it.</summary>
    public string Element(int number) =>
        System.Text.Encoding.Latin1.GetString(SegmentText.Element(Text, number, Delimiters)).Trim();
}

/// <summary>One thing in a block: a part of the envelope, or a part of a set.</summary>
internal readonly record struct BlockItem(EnvelopePart? Part, SetPart? SetPart);

/// <summary>
/// A part of a file that one worker can read by itself: some 256 KB, with whatever of the envelope and of the levels
/// above is needed to understand it. Blocks are made in order and carry their number, so that what is made of them can
/// be put in order again.
/// </summary>
internal sealed class Block
{
    public byte[] Bytes { get; private set; } = BlockMemory.Rent(300 * 1024);

    public int Length { get; internal set; }

    public List<BlockItem> Items { get; } = [];

    /// <summary>From 0, in the order of the file.</summary>
    public long Number { get; internal set; }

    /// <summary>How far the file is read when this block is done, in bytes.</summary>
    public long Through { get; internal set; }

    internal void Clear()
    {
        Length = 0;
        Items.Clear();
    }

    internal int Append(ReadOnlySpan<byte> text)
    {
        if (Length + text.Length + SegmentReader.Slack > Bytes.Length)
            Bytes = BlockMemory.Grow(Bytes, Length, Length + text.Length + SegmentReader.Slack);
        text.CopyTo(Bytes.AsSpan(Length));
        Length += text.Length;
        return Length - text.Length;
    }

    /// <summary>Gives the memory back; the block is of no more use.</summary>
    internal void Release()
    {
        BlockMemory.Return(Bytes);
        (Bytes, Length) = ([], 0);
        Items.Clear();
    }
}

/// <summary>
/// Memory of blocks, used again for the next file: a program that reads many small ones would ask the system for a
/// megabyte for each.
/// </summary>
static class BlockMemory
{
    const int Largest = 1024 * 1024; // what a rare file needed beyond this is not kept

    public static byte[] Rent(int least) => ArrayPool<byte>.Shared.Rent(least);

    public static void Return(byte[] bytes)
    {
        if (bytes.Length <= Largest) ArrayPool<byte>.Shared.Return(bytes);
    }

    /// <summary>A larger array with the first bytes of one that is given back.</summary>
    public static byte[] Grow(byte[] bytes, int used, int least)
    {
        var larger = Rent(Math.Max(bytes.Length * 2, least));
        bytes.AsSpan(0, used).CopyTo(larger);
        Return(bytes);
        return larger;
    }
}
