using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Deltoid.Web.Cds;

/// <summary>
/// The uuid of a card (version 8, RFC 9562). Its first four bytes say which service showed which finding, so that
/// feedback can be counted without keeping what was shown; the rest is a hash of the call and the finding. The same
/// request gets the same ids.
/// </summary>
static class CdsCardId
{
    const string Signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    /// <param name="finding">An id: three signs of a group and four digits.</param>
    public static Guid Of(string instance, string key, string finding, CdsService service)
    {
        Span<byte> id = stackalloc byte[16];
        Hash(instance, key, "card").CopyTo(id);
        var kind = 0u;
        foreach (var sign in finding.AsSpan(0, 3))
            kind = kind * 36 + (uint)Signs.IndexOf(sign, StringComparison.Ordinal);
        kind = (kind * 10_000 + uint.Parse(finding.AsSpan(3), System.Globalization.CultureInfo.InvariantCulture)) * 4
            + (uint)Array.IndexOf(CdsService.All, service);
        BinaryPrimitives.WriteUInt32BigEndian(id, kind);
        return new(id, bigEndian: true);
    }

    /// <summary>The uuid of what belongs to a card: a suggestion.</summary>
    public static Guid Beside(string instance, string key, string what) =>
        new(Hash(instance, key, what), bigEndian: true);

    static ReadOnlySpan<byte> Hash(string instance, string key, string what)
    {
        var id = SHA256.HashData(Encoding.UTF8.GetBytes($"{instance} {key} {what}")).AsSpan(0, 16);
        (id[6], id[8]) = ((byte)(0x80 | (id[6] & 0x0F)), (byte)(0x80 | (id[8] & 0x3F)));
        return id;
    }

    /// <summary>What a card of a service was about; null: it is no card of it.</summary>
    public static string? FindingOf(Guid card, CdsService service)
    {
        Span<byte> id = stackalloc byte[16];
        card.TryWriteBytes(id, bigEndian: true, out _);
        var kind = BinaryPrimitives.ReadUInt32BigEndian(id);
        if (kind % 4 != Array.IndexOf(CdsService.All, service)) return null;
        kind /= 4;
        var (number, group) = (kind % 10_000, kind / 10_000);
        if (group >= 36 * 36 * 36) return null;
        return $"{Signs[(int)(group / 1296)]}{Signs[(int)(group / 36 % 36)]}{Signs[(int)(group % 36)]}{number:0000}";
    }
}
