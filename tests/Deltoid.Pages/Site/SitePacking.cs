using System.Buffers.Binary;
using System.Numerics;
using SharpCompress.Compressors.LZMA;

namespace Deltoid.Pages.Site;

/// <summary>
/// LZMA: a fifth smaller than gzip, whatever the host does. <c>js/unpack.js</c> unpacks it: four bytes that say how
/// many bytes come out, then the stream.
/// </summary>
internal static class SitePacking
{
    const int MostAlike = 128; // a longer match is worth no search

    public static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        packed.Write(length);
        var seen = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(bytes.Length, 1 << 16));
        using (var lzma = LzmaStream.Create(new LzmaEncoderProperties(false, seen, MostAlike), false, packed))
            lzma.Write(bytes);
        return packed.ToArray();
    }
}
