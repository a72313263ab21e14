using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Deltoid.Values;
using Deltoid.X12;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;

namespace Deltoid.Batch;

/// <summary>
/// How a chunk lies in a store: entries one after the other, numbers little-endian. An entry is what was found of the
/// envelope (its text and its counts), or a part of a set with the copies that it needs.
/// </summary>
internal static class ChunkFormat
{
    public const byte Told = 1, Part = 2;

    public static void Write(ArrayBufferWriter<byte> to, ScrubbedBlock told)
    {
        Byte(to, Told);
        var totals = told.Totals;
        foreach (var count in (ReadOnlySpan<long>)[totals.Items, totals.Read, totals.Refused, .. totals.Findings])
            Long(to, count);
        Text(to, told.Text.WrittenSpan);
    }

    public static void Write(ArrayBufferWriter<byte> to, byte[] bytes, SetPart part)
    {
        var (set, marks) = (part.Set, part.Set.Delimiters);
        Byte(to, Part);
        Text(to, Encoding.ASCII.GetBytes(set.Guide!.Name));
        to.Write([marks.Element, marks.Component, marks.Repetition, marks.Segment, part.IsLast ? (byte)1 : (byte)0]);
        foreach (var number in (ReadOnlySpan<int>)[set.Interchange, set.Group, set.Set, part.Level,
            part.Context.Length])
            Long(to, number);
        foreach (var run in part.Context) Run(to, bytes, run);
        Run(to, bytes, part.Data);
    }

    static void Run(ArrayBufferWriter<byte> to, byte[] bytes, in SegmentRun run)
    {
        Long(to, run.FileOffset);
        Long(to, run.Ordinal);
        Text(to, bytes.AsSpan(run.Start, run.Length));
    }

    static void Byte(ArrayBufferWriter<byte> to, byte value) => to.Write([value]);

    static void Long(ArrayBufferWriter<byte> to, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(to.GetSpan(sizeof(long)), value);
        to.Advance(sizeof(long));
    }

    static void Text(ArrayBufferWriter<byte> to, ReadOnlySpan<byte> text)
    {
        Long(to, text.Length);
        to.Write(text);
    }
}

/// <summary>Reads what <see cref="ChunkFormat"/> wrote. It trusts no length.</summary>
internal ref struct ChunkReader(ReadOnlySpan<byte> chunk)
{
    const int MostContext = 64;

    ReadOnlySpan<byte> left = chunk;

    public readonly bool IsAtEnd => left.IsEmpty;

    /// <summary>Adds what was found of the envelope to what is made; false where a part of a set is next.</summary>
    /// <exception cref="InvalidDataException">The bytes are no chunk.</exception>
    public bool ReadTold(ScrubbedBlock made)
    {
        if (left[0] != ChunkFormat.Told) return false;
        left = left[1..];
        var totals = made.Totals;
        totals.Items += Long();
        totals.Read += Long();
        totals.Refused += Long();
        for (var i = 0; i < totals.Findings.Length; i++) totals.Findings[i] += Long();
        made.Text.Write(Text());
        return true;
    }

    /// <summary>The next part of a set; its bytes go into the block.</summary>
    /// <inheritdoc cref="ReadTold"/>
    public SetPart ReadPart(Block block)
    {
        if (Bytes(1)[0] != ChunkFormat.Part) throw Unreadable();
        var guide = TransactionSets.Named(Encoding.ASCII.GetString(Text())) ?? throw Unreadable();
        var marks = Bytes(5);
        var delimiters = new Delimiters(marks[0], marks[1], marks[2], marks[3]);
        var isLast = marks[4] == 1;
        var set = new SetPlace(Int(), Int(), Int(), delimiters, guide);
        var (level, count) = (Int(), Int());
        if (count is < 0 or > MostContext) throw Unreadable();
        var context = new SegmentRun[count];
        for (var i = 0; i < count; i++) context[i] = Run(block);
        return new(set, context, Run(block), level, isLast);
    }

    SegmentRun Run(Block block)
    {
        var (offset, ordinal) = (Long(), Int());
        var text = Text();
        return new(block.Append(text), text.Length, offset, ordinal);
    }

    ReadOnlySpan<byte> Bytes(long count)
    {
        if (count < 0 || count > left.Length) throw Unreadable();
        var taken = left[..(int)count];
        left = left[(int)count..];
        return taken;
    }

    ReadOnlySpan<byte> Text() => Bytes(Long());

    long Long() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(sizeof(long)));

    int Int() => Long() is >= int.MinValue and <= int.MaxValue and var value ? (int)value : throw Unreadable();

    static InvalidDataException Unreadable() => new("the bytes are no chunk of a file");
}
