using System.Buffers.Binary;

namespace Deltoid.Batch;

/// <summary>A number by which a stretch of bytes is known again: not against an adversary, but against the wrong file. The same however the bytes come in pieces.</summary>
public sealed class Fingerprint
{
    readonly byte[] rest = new byte[8];
    int held;
    ulong hash = 0x9E3779B97F4A7C15;

    public ulong Value => Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(rest) + (ulong)held);

    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (held > 0 && held < 8 && !bytes.IsEmpty) { rest[held++] = bytes[0]; bytes = bytes[1..]; }
        if (held == 8) { hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(rest)); held = 0; rest.AsSpan().Clear(); }
        for (; bytes.Length >= 8 && held == 0; bytes = bytes[8..]) hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var b in bytes) rest[held++] = b;
    }

    static ulong Mix(ulong hash, ulong word) => unchecked(ulong.RotateLeft((hash ^ word) * 0xD6E8FEB86659FD93, 32)); // a hash: the product is meant to wrap
}
