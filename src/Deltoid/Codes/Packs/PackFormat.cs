using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Deltoid.Values;

namespace Deltoid.Codes.Packs;

/// <summary>
/// The bytes of a pack, little endian:
/// <code>
/// 0   8  "DELTPACK"        8   4  format          12  4  sections
/// 16 32  SHA-256 of all after byte 64             48  8  length of the file
/// 56  4  length of the manifest                    60 4  checksum of bytes 0 to 59, the directory and the manifest
/// 64     directory: for each section 24 bytes of name, 4 of row size, 4 of row count, 8 of offset, 8 of zeros
///        manifest in JSON; then the sections, each at a multiple of 64
/// </code>
/// A section is rows as they are in memory (<c>PackRows.cs</c>), so that a mapped file is read without being taken
/// apart.
/// </summary>
static class PackFormat
{
    public const int Format = 2, HeadLength = 64, EntryLength = 48, NameLength = 24;

    public static ReadOnlySpan<byte> Magic => "DELTPACK"u8;

    public static long Aligned(long offset) => (offset + 63) & ~63L;

    /// <summary>FNV-1a of the head, the directory and the manifest: where rows are is checked before any row is
    /// read.</summary>
    /// <param name="head">Bytes 0 to 59.</param>
    /// <param name="directory">The directory and the manifest, which follow the head.</param>
    public static uint Checksum(ReadOnlySpan<byte> head, ReadOnlySpan<byte> directory) =>
        Add(Add(2166136261u, head), directory);

    static uint Add(uint sum, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes) sum = unchecked((sum ^ b) * 16777619u); // a hash: the product is meant to wrap
        return sum;
    }
}

/// <summary>Puts sections together into the bytes of a pack: the same sections give the same bytes.</summary>
sealed class PackWriter
{
    readonly List<(string Name, int RowSize, int Count, byte[] Bytes)> sections = [];

    public void Add<T>(string name, ReadOnlySpan<T> rows) where T : unmanaged =>
        sections.Add((name, Unsafe.SizeOf<T>(), rows.Length, MemoryMarshal.AsBytes(rows).ToArray()));

    /// <summary>The whole pack.</summary>
    public byte[] Write(PackManifest manifest)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text)) manifest.Write(json);
        var manifestAt = PackFormat.HeadLength + (sections.Count * PackFormat.EntryLength);
        var offset = PackFormat.Aligned(manifestAt + text.Length);
        var offsets = new long[sections.Count];
        for (var i = 0; i < offsets.Length; i++)
        {
            offsets[i] = offset;
            offset = PackFormat.Aligned(offset + sections[i].Bytes.Length);
        }
        var pack = new byte[offset];
        for (var i = 0; i < offsets.Length; i++)
        {
            WriteEntry(pack.AsSpan(PackFormat.HeadLength + (i * PackFormat.EntryLength), PackFormat.EntryLength),
                sections[i].Name, sections[i].RowSize, sections[i].Count, offsets[i]);
            sections[i].Bytes.CopyTo(pack, offsets[i]);
        }
        text.ToArray().CopyTo(pack, manifestAt);
        WriteHead(pack, sections.Count, (int)text.Length,
            pack.AsSpan(PackFormat.HeadLength..(manifestAt + (int)text.Length)));
        return pack;
    }

    static void WriteEntry(Span<byte> entry, string name, int size, int count, long offset)
    {
        Encoding.ASCII.GetBytes(name, entry[..PackFormat.NameLength]);
        BinaryPrimitives.WriteInt32LittleEndian(entry[24..], size);
        BinaryPrimitives.WriteInt32LittleEndian(entry[28..], count);
        BinaryPrimitives.WriteInt64LittleEndian(entry[32..], offset);
    }

    static void WriteHead(byte[] pack, int sections, int manifestLength, ReadOnlySpan<byte> directory)
    {
        var head = pack.AsSpan(0, PackFormat.HeadLength);
        PackFormat.Magic.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], PackFormat.Format);
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], sections);
        SHA256.HashData(pack.AsSpan(PackFormat.HeadLength), head[16..48]);
        BinaryPrimitives.WriteInt64LittleEndian(head[48..], pack.Length);
        BinaryPrimitives.WriteInt32LittleEndian(head[56..], manifestLength);
        BinaryPrimitives.WriteUInt32LittleEndian(head[60..], PackFormat.Checksum(head[..60], directory));
    }
}
