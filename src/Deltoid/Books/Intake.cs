using System.IO.Compression;
using Deltoid.Codes.Official;
using Deltoid.Values;

namespace Deltoid.Books;

/// <summary>A file that was met: read into memory, or not, and why.</summary>
/// <param name="Why">Why it was not read; empty when it was.</param>
internal sealed record Met(string Path, OfficialFile? File, string Why, string Try);

/// <summary>
/// Goes through files, folders and zips and hands out what is in them, in the order of their names, one at a time.
/// Limits are checked before reading; the size that a zip declares is not trusted.
/// </summary>
internal sealed class Intake(CancellationToken stop)
{
    const long LargestFile = 1L << 30, LargestOfAll = 6L << 30;
    const int MostRatio = 200, MostEntries = 10_000, Deepest = 2;

    static readonly string[] Documents =
        [".pdf", ".doc", ".docx", ".rtf", ".png", ".jpg", ".gif", ".exe", ".htm", ".html", ".md"];

    long taken;
    int entries;

    /// <summary>Bytes of the files that were given and have been gone through, zips as they are packed.</summary>
    public long Taken { get; private set; }

    /// <exception cref="IOException">A path that was given cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public IEnumerable<Met> Of(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            if (!Directory.Exists(path))
            {
                foreach (var met in OfFile(path, Path.GetFileName(path))) yield return met;
                continue;
            }
            var root = Path.GetFullPath(path);
            foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal))
                foreach (var met in OfFile(file, Path.GetRelativePath(root, file).Replace('\\', '/'))) yield return met;
        }
    }

    IEnumerable<Met> OfFile(string file, string shown)
    {
        stop.ThrowIfCancellationRequested();
        var length = new FileInfo(file).Length;
        Taken += length;
        if (IsDocument(shown)) return [Left(shown)];
        if (length > LargestFile) return [TooLarge(shown)];
        return Of(new OfficialFile(Path.GetFileName(file), shown, File.ReadAllBytes(file))
            {
                Folder = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file))) ?? ""
            }, 0);
    }

    /// <summary>A file, or what is in it if it is a zip; of a spreadsheet its first sheet as text.</summary>
    IEnumerable<Met> Of(OfficialFile file, int depth)
    {
        taken += file.Bytes.Length;
        if (taken > LargestOfAll)
            return [new(file.Path, null, "would be more than 6 GB together with what was read before",
                    "compile fewer files at once")];
        if (!file.Bytes.Span.StartsWith("PK\x03\x04"u8)) return [new(file.Path, file, "", "")];
        try
        {
            using var zip = new ZipArchive(new MemoryStream(file.Bytes.ToArray()), ZipArchiveMode.Read);
            return zip.GetEntry("xl/workbook.xml") is not null ? [Sheet(file, zip)]
                : depth == Deepest ? [new(file.Path, null, "is a zip in a zip in a zip", "unpack it first")]
                : [.. Entries(file, zip, depth)];
        }
        catch (InvalidDataException)
        {
            return [new(file.Path, null, "is a zip that cannot be read: it is cut or damaged", "download it again")];
        }
    }

    static Met Sheet(OfficialFile file, ZipArchive zip)
    {
        try
        {
            return new(file.Path,
                new OfficialFile(file.Name + ".csv", file.Path, Spreadsheet.Text(zip)) { Folder = file.Folder }, "",
                "");
        } // known by what is in its sheet, as any CSV is
        catch (OfficialFileException e) { return new(file.Path, null, e.Message, e.Try); }
    }

    IEnumerable<Met> Entries(OfficialFile file, ZipArchive zip, int depth)
    {
        foreach (var entry in zip.Entries.OrderBy(static e => e.FullName, StringComparer.Ordinal))
        {
            stop.ThrowIfCancellationRequested();
            var shown = $"{file.Path}/{entry.FullName}";
            if (entry.FullName.EndsWith('/')) continue;
            if (++entries > MostEntries)
            {
                yield return new(file.Path, null, $"holds more than {MostEntries} files", "unpack what you need");
                yield break;
            }
            if (IsDocument(entry.Name))
            {
                yield return Left(shown);
                continue;
            }
            if (entry.Length > LargestFile || entry.Length / MostRatio > entry.CompressedLength + 1024)
            {
                yield return TooLarge(shown);
                continue;
            }
            if (Unpacked(entry) is not { } bytes)
            {
                yield return new(shown, null, "does not unpack to the size the zip says", "download the zip again");
                continue;
            }
            foreach (var met in Of(new OfficialFile(entry.Name, shown, bytes), depth + 1)) yield return met;
        }
    }

    /// <summary>An entry's bytes; null when it is longer or shorter than the zip says, or damaged.</summary>
    static byte[]? Unpacked(ZipArchiveEntry entry)
    {
        var bytes = new byte[entry.Length];
        try
        {
            using var stream = entry.Open();
            return stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length
                && stream.ReadByte() < 0
                ? bytes
                : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    static bool IsDocument(string name) =>
        Array.Exists(Documents, d => name.EndsWith(d, StringComparison.OrdinalIgnoreCase));

    static Met Left(string shown) => new(shown, null, "is a document", "");

    static Met TooLarge(string shown) =>
        new(shown, null, "is larger than any published table, or packed tighter than text is",
            "unpack it yourself if you trust it");
}
