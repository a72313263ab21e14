using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Deltoid.Pages.Site;

/// <summary>
/// Takes out what repeats far apart, which gzip does not see: it looks back 32 KB, and the years of a table are
/// megabytes apart.
/// </summary>
/// <remarks>
/// Four bytes for the length, four for the count of steps; a step is three numbers of four bytes: so many bytes as they
/// are, then so many copied, from so far back. Then the bytes that are as they are.
/// </remarks>
internal static class SiteRepeats
{
    const int BlockLength = 32, Shortest = 48;

    public static byte[] TakenOut(byte[] bytes)
    {
        var (steps, kept) = (new List<int>(), new MemoryStream());
        var seen = new Dictionary<ulong, int>(bytes.Length / BlockLength);
        var (begun, at, added) = (0, 0, 0);
        while (at + BlockLength <= bytes.Length)
        {
            for (; added + BlockLength <= at; added += BlockLength) seen[HashOf(bytes, added)] = added;
            if (!seen.TryGetValue(HashOf(bytes, at), out var from) || Match(bytes, from, at) is var length
                && length < Shortest)
            {
                at++;
                continue;
            }
            steps.AddRange([at - begun, length, at - from]);
            kept.Write(bytes, begun, at - begun);
            begun = at += length;
        }
        steps.AddRange([bytes.Length - begun, 0, 0]);
        kept.Write(bytes, begun, bytes.Length - begun);
        var head = new byte[8 + (steps.Count * 4)];
        BinaryPrimitives.WriteInt32LittleEndian(head, bytes.Length);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(4), steps.Count / 3);
        MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(steps)).CopyTo(head.AsSpan(8));
        return [.. head, .. kept.ToArray()];
    }

    static int Match(byte[] bytes, int from, int at) =>
        bytes.AsSpan(at).CommonPrefixLength(bytes.AsSpan(from, bytes.Length - at));

    static ulong HashOf(byte[] bytes, int at)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes.AsSpan(at, BlockLength));
        var hash = 0UL;
        foreach (var word in words)
            hash = unchecked((hash ^ word) * 0x9E3779B97F4A7C15UL); // a hash: the product is meant to wrap
        return hash ^ (hash >> 29);
    }
}
