using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Deltoid.Batch;

/// <summary>
/// A number by which a part of bytes is known again: not against an adversary, but against the wrong file. The same
/// however the bytes come in pieces. Four sums side by side, since each step waits for the one before.
/// </summary>
internal sealed class Fingerprint
{
    const int Round = 32;

    readonly byte[] rest = new byte[Round];
    int held;
    ulong a = 0x9E3779B97F4A7C15, b = 0xC2B2AE3D27D4EB4F, c = 0x165667B19E3779F9, d = 0x27D4EB2F165667C5;

    public ulong Value
    {
        get
        {
            var hash = Mix(Mix(Mix(a, b), c), d);
            for (var at = 0; at < Round; at += 8)
                hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(rest.AsSpan(at)));
            return Mix(hash, (ulong)held);
        }
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (held > 0)
        {
            var count = Math.Min(Round - held, bytes.Length);
            bytes[..count].CopyTo(rest.AsSpan(held));
            held += count;
            bytes = bytes[count..];
            if (held < Round) return;
            AddRounds(rest);
            held = 0;
            rest.AsSpan().Clear();
        }
        var whole = bytes.Length - (bytes.Length % Round);
        AddRounds(bytes[..whole]);
        bytes[whole..].CopyTo(rest);
        held = bytes.Length - whole;
    }

    void AddRounds(ReadOnlySpan<byte> bytes)
    {
        var (e, f, g, h) = (a, b, c, d);
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        for (var i = 0; i + 3 < words.Length; i += 4)
        {
            e = Mix(e, Word(words[i]));
            f = Mix(f, Word(words[i + 1]));
            g = Mix(g, Word(words[i + 2]));
            h = Mix(h, Word(words[i + 3]));
        }
        a = e;
        b = f;
        c = g;
        d = h;
    }

    static ulong Word(ulong read) => BitConverter.IsLittleEndian ? read : BinaryPrimitives.ReverseEndianness(read);

    static ulong Mix(ulong hash, ulong word) =>
        unchecked(ulong.RotateLeft((hash ^ word) * 0xD6E8FEB86659FD93, 32)); // a hash: the product is meant to wrap
}
