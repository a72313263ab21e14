using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Deltoid.Store;

/// <summary>A backup cannot be made or used. Nothing was changed.</summary>
public sealed class BackupException(string message) : Exception(message);

/// <summary>
/// The files of a backup: a folder with the database, the keys of sessions, the anchors of the audit trail, what it is
/// (<see cref="About"/>), and the hash of each, in the form that <c>sha256sum -c</c> reads.
/// </summary>
public static partial class BackupFiles
{
    public const string Hashes = "SHA256SUMS", Database = "deltoid.db", About = "backup.json", Keys = "keys",
        Anchors = "anchors";

    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [GeneratedRegex(@"\A[0-9a-f]{64}  (?<path>[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*)\z")]
    private static partial Regex Line();

    /// <summary>An empty folder that nobody else may look into.</summary>
    public static void MakeFolder(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OwnerOnly);
    }

    /// <summary>Copies files whose names fit, through to the disk; a folder that is not there has none.</summary>
    public static void Copy(string from, string to, string names, bool isDeep = false)
    {
        if (!Directory.Exists(from)) return;
        var depth = isDeep ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly;
        foreach (var file in Directory.EnumerateFiles(from, names, depth))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            using var source = File.OpenRead(file);
            using var target = new FileStream(copy, FileMode.CreateNew);
            source.CopyTo(target);
            target.Flush(flushToDisk: true);
        }
    }

    public static void Write(string path, string text)
    {
        using var file = new FileStream(path, FileMode.CreateNew);
        file.Write(Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Writes the hashes, after which nothing in the folder may change.</summary>
    public static void Close(string folder) => Write(Path.Combine(folder, Hashes),
        string.Concat(PathsIn(folder).Select(path => $"{HashOf(Path.Combine(folder, path))}  {path}\n")));

    /// <summary>Whether every file is there as it was written, and no other.</summary>
    /// <exception cref="BackupException">One is missing, damaged or added.</exception>
    public static void Check(string folder)
    {
        var list = Path.Combine(folder, Hashes);
        if (!File.Exists(list))
            throw new BackupException($"{folder} is no whole backup: it has no file {Hashes}");
        var text = Encoding.Latin1.GetString(File.ReadAllBytes(list));
        var lines = text.Split('\n');
        if (lines[^1].Length > 0 || !Array.TrueForAll(lines[..^1], static l => Line().IsMatch(l)))
            throw new BackupException($"the backup is damaged: {Hashes} cannot be read");
        var known = lines[..^1].Select(static l => (Hash: l[..64], Path: l[66..])).ToList();
        var paths = PathsIn(folder).Where(static p => p != Hashes).ToList();
        if (!known.Select(static k => k.Path).SequenceEqual(paths, StringComparer.Ordinal)
            || !paths.Contains(Database) || !paths.Contains(About))
            throw new BackupException($"the backup is damaged: its files are not those of {Hashes}");
        foreach (var (hash, path) in known)
            if (HashOf(Path.Combine(folder, path)) != hash)
                throw new BackupException($"the backup is damaged: {path} is not as it was written");
    }

    static IEnumerable<string> PathsIn(string folder) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal);

    static string HashOf(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
