using System.Buffers.Binary;
using System.IO.Compression;
using Deltoid.Codes.Packs;

namespace Deltoid.Pages.Site;

/// <summary>
/// The shipped book as it travels to a browser. A pack is rows as they are in memory, which LZMA hardly understands: so
/// the bytes of a column are put side by side, and where rows are sorted only the step from one to the next is kept;
/// columns of zeros are left out, and so is what can be made again (<see cref="SiteLeftOut"/>). <c>js/book.js</c> turns
/// it back; the bytes of the pack are the same.
/// </summary>
/// <remarks>
/// Four bytes say how many parts there are; each part has 12: row size, rows, and how it is written
/// (<see cref="Way"/>). Then the parts in their order: where they are columns, a byte for each that says whether it is
/// there, and those that are; texts are as <see cref="SiteTexts"/> says.
/// </remarks>
internal static class SiteBook
{
    enum Way { AsItIs, Columns, Steps, BytesOfSteps, Texts }

    const int PartLength = 12;

    /// <summary>What travels, before it is packed.</summary>
    public static byte[] Rewritten(byte[] whole)
    {
        var (pack, texts) = SiteLeftOut.Of(whole);
        var parts = PartsOf(pack);
        var head = new byte[4 + (parts.Count * PartLength)];
        BinaryPrimitives.WriteInt32LittleEndian(head, parts.Count);
        using var all = new MemoryStream();
        all.Write(head);
        for (var i = 0; i < parts.Count; i++)
        {
            var (name, offset, size, count) = parts[i];
            var rows = pack.AsSpan(offset, size * count);
            var (way, bytes) = name == "text" ? (Way.Texts, texts.Written(rows)) : Smallest(rows, size);
            var entry = head.AsSpan(4 + (i * PartLength));
            BinaryPrimitives.WriteInt32LittleEndian(entry, size);
            BinaryPrimitives.WriteInt32LittleEndian(entry[4..], count);
            BinaryPrimitives.WriteInt32LittleEndian(entry[8..], (int)way);
            all.Write(bytes);
        }
        all.Position = 0;
        all.Write(head);
        return all.ToArray();
    }

    /// <summary>Every byte of the pack: its sections, and what is between them as rows of one byte.</summary>
    static List<(string Name, int Offset, int Size, int Count)> PartsOf(byte[] pack)
    {
        var parts = new List<(string, int, int, int)>();
        var at = 0;
        foreach (var section in SiteSection.Of(pack))
        {
            if (section.Offset > at) parts.Add(("", at, 1, section.Offset - at));
            parts.Add((section.Name, section.Offset, section.Size, section.Count));
            at = section.End;
        }
        if (pack.Length > at) parts.Add(("", at, 1, pack.Length - at));
        return parts;
    }

    static (Way Way, byte[] Bytes) Smallest(ReadOnlySpan<byte> rows, int size)
    {
        var best = (Way: Way.AsItIs, Bytes: rows.ToArray());
        if (size == 1) return rows.ContainsAnyExcept((byte)0) ? best : (Way.Columns, [0]);
        var least = Length(best.Bytes);
        foreach (var way in (Way[])[Way.Columns, Way.Steps, Way.BytesOfSteps])
        {
            var bytes = WithoutZeros(Written(rows, size, way), size);
            if (Length(bytes) is var length && length >= least) continue;
            (least, best) = (length, (way, bytes));
        }
        return best;
    }

    /// <summary>What it comes to when packed, about.</summary>
    static long Length(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        return packed.Length;
    }

    static byte[] WithoutZeros(byte[] columns, int size)
    {
        var count = columns.Length / size;
        using var kept = new MemoryStream();
        var isThere = new byte[size];
        kept.Write(isThere);
        for (var k = 0; k < size; k++)
        {
            var column = columns.AsSpan(k * count, count);
            if (!column.ContainsAnyExcept((byte)0)) continue;
            isThere[k] = 1;
            kept.Write(column);
        }
        kept.Position = 0;
        kept.Write(isThere);
        return kept.ToArray();
    }

    /// <summary>First the first byte of every row, then the second of every row, and so on.</summary>
    static byte[] Written(ReadOnlySpan<byte> rows, int size, Way way)
    {
        var count = rows.Length / size;
        var written = new byte[rows.Length];
        for (var row = 0; row < count; row++)
        {
            var borrow = 0;
            for (var k = 0; k < size; k++)
            {
                var before = way == Way.Columns || row == 0 ? 0 : rows[((row - 1) * size) + k];
                var step = rows[(row * size) + k] - before - borrow;
                borrow = way == Way.Steps && step < 0 ? 1 : 0;
                written[(k * count) + row] = (byte)(step & 0xFF);
            }
        }
        return written;
    }
}
