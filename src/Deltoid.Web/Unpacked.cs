using System.IO.Compression;
using Deltoid.Values;

namespace Deltoid.Web;

/// <summary>
/// What was dropped, file by file: a zip of a clearinghouse is its entries. All of it is unpacked before any of it is
/// taken, within limits, and nothing is written to a disk.
/// </summary>
static class Unpacked
{
    /// <summary>The most entries of a zip, the most bytes of all of them, and how far one may be packed.</summary>
    public const int MostEntries = 1_000, MostBytes = 256 << 20, MostRatio = 100;

    /// <summary>Small files are packed further, and do no harm.</summary>
    const int Small = 1 << 20;

    /// <exception cref="InputException">The zip does not read, or is beyond a limit; it names the entry.</exception>
    public static List<(string Name, byte[] Content)> Of(string name, byte[] content)
    {
        if (!IsZip(content)) return [(name, content)];
        try
        {
            using var zip = new ZipArchive(new MemoryStream(content));
            var entries = zip.Entries.Where(static e => e.Name.Length > 0
                && !e.Name.StartsWith('.') && !e.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal)).ToList();
            if (entries.Count == 0) throw Refused(name, "the zip is empty", "drop the files themselves");
            if (entries.Count > MostEntries)
                throw Refused(name, $"the zip has {entries.Count} files", $"at most {MostEntries} go at once");
            if (entries.Sum(static e => e.CompressedLength) > content.Length) throw new InvalidDataException();
            var left = (long)MostBytes;
            return entries.ConvertAll(entry =>
            {
                var bytes = Bytes(name, entry, left);
                left -= bytes.Length;
                return ($"{name}: {entry.Name}", bytes);
            });
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw Refused(name, "the zip does not read: it may be cut", "get it again, or drop the files themselves");
        }
    }

    static bool IsZip(ReadOnlySpan<byte> content) =>
        content.StartsWith("PK\u0003\u0004"u8) || content.StartsWith("PK\u0005\u0006"u8);

    static byte[] Bytes(string name, ZipArchiveEntry entry, long left)
    {
        if (entry.IsEncrypted)
            throw Refused(name, $"the file {entry.Name} in it is encrypted", "unpack the zip with its password, and drop the files");
        if (entry.Length > left)
            throw Refused(name, $"the files come to more than {MostBytes >> 20} MB", "drop them in several parts");
        if (entry.Length > Small && entry.Length / Math.Max(1, entry.CompressedLength) > MostRatio)
            throw Refused(name, $"the file {entry.Name} in it unpacks to more than {MostRatio} times its size",
                "unpack it yourself, and look what it is");
        var bytes = new byte[entry.Length];
        using var stream = entry.Open();
        stream.ReadExactly(bytes);
        return !IsZip(bytes) ? bytes
            : throw Refused(name, $"the file {entry.Name} in it is a zip again", "unpack it, and drop what is in it");
    }

    static InputException Refused(string name, string what, string next) => new(name, what, next);
}
