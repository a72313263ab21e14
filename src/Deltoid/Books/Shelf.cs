using System.Globalization;
using Deltoid.Codes;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Books;

/// <summary>A pack on a shelf.</summary>
/// <param name="Manifest">Null when it cannot be used.</param>
/// <param name="Fault">Why it cannot be used, empty when it can.</param>
internal sealed record Shelved(string Name, PackManifest? Manifest, long Length, bool IsCurrent, string Fault = "")
{
    /// <summary>The day it is of, which is in its name too; null when neither says it.</summary>
    public DateOnly? Release =>
        Manifest?.Release ?? (Days.TryRead(Name.AsSpan(0, Math.Min(Name.Length, 10)), out var day) ? day : null);
}

/// <summary>
/// A folder of packs, one for each release, none ever changed: <c>2026-10-01-3fd09c12ab34cd56.pack</c>. The file
/// <c>current</c> names those that were in use, the last line the one that is; to go back is to drop a line. A pack is
/// written beside its name, read back whole, and only then takes it; so a process that is killed in between leaves the
/// shelf as it was.
/// </summary>
/// <param name="folder">Need not exist before something is put there.</param>
internal sealed class Shelf(string folder)
{
    const string Ending = ".pack", Named = "current";

    public string Folder { get; } = folder;

    /// <summary>Puts a pack there and takes it into use; the same pack once more changes nothing.</summary>
    /// <returns>Its name.</returns>
    /// <exception cref="IOException">It cannot be written, or another process is at it.</exception>
    /// <exception cref="InputException">What was written is not what came back.</exception>
    public string Put(ReadOnlySpan<byte> pack)
    {
        Directory.CreateDirectory(Folder);
        using var alone = Alone();
        var manifest = Pack.Of(pack).Manifest;
        var name = $"{manifest.Release.Iso()}-{manifest.Hash.AsSpan(0, 16)}";
        var path = PathOf(name);
        if (!IsSound(path))
        {
            var half = path + ".half";
            using (var file = new FileStream(half, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                file.Write(pack);
                file.Flush(flushToDisk: true);
            }
            if (!IsSound(half)) throw new InputException(path, "was damaged while it was written", "look at the disk");
            File.Move(half, path, overwrite: true);
        }
        PackFile.Trusted(path);
        Use(name);
        return name;
    }

    /// <summary>All packs, the newest release first; those that cannot be used say why.</summary>
    /// <param name="verify">Read every byte of each, also of those that were found sound before.</param>
    public IReadOnlyList<Shelved> List(bool verify = false)
    {
        var (all, current) = (new List<Shelved>(), History() is [.., var last] ? last : "");
        if (!Directory.Exists(Folder)) return all;
        foreach (var path in Directory.EnumerateFiles(Folder, "*" + Ending).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            var length = new FileInfo(path).Length;
            try
            {
                var pack = verify ? PackFile.Verify(path) : PackFile.Trusted(path);
                all.Add(new(name, pack.Manifest, length, name == current));
            }
            catch (InputException e) { all.Add(new(name, null, length, name == current, e.Message)); }
            catch (UnauthorizedAccessException)
            {
                all.Add(new(name, null, length, name == current, "may not be read"));
            }
        }
        all.Reverse();
        return all;
    }

    /// <summary>Takes a pack into use, by its name or the beginning of it, after reading it whole.</summary>
    /// <exception cref="InputException">No pack, or several, are called so; or it is damaged.</exception>
    public string Choose(string name)
    {
        using var alone = Alone();
        var found = List().Where(p => IsCalled(p, name)).ToList();
        if (found.Count != 1)
            throw new InputException(Folder,
                found.Count == 0 ? $"has no book '{name}'" : $"has {found.Count} books that begin with '{name}'",
                "see 'deltoid codes list'");
        PackFile.Verify(PathOf(found[0].Name));
        Use(found[0].Name);
        return found[0].Name;
    }

    static bool IsCalled(Shelved pack, string name) =>
        pack.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase)
            || (pack.Manifest?.Hash.StartsWith(name, StringComparison.OrdinalIgnoreCase) ?? false);

    /// <summary>Goes back to the pack that was in use before.</summary>
    /// <exception cref="InputException">There was none.</exception>
    public string Back()
    {
        using var alone = Alone();
        var history = History();
        if (history.Length < 2)
            throw new InputException(Folder, "has no earlier book to go back to", "see 'deltoid codes list'");
        Write(history[..^1]);
        return history[^2];
    }

    /// <summary>
    /// The pack in use; or, as it was known on a day, that of the newest release which was out by then.
    /// </summary>
    /// <exception cref="InputException">There is none.</exception>
    public Pack Open(DateOnly? knownOn = null)
    {
        if (knownOn is not { } day)
            return History() is [.., var current]
                ? PackFile.Trusted(Existing(current))
                : throw new InputException(Folder, "has no book in use",
                    "make one: deltoid codes compile FILES --output " + Folder);
        var before = List().FirstOrDefault(p => p.Release <= day) ?? throw new InputException(Folder,
            $"has no book of {day.Iso()} or before", "see 'deltoid codes list'");
        return PackFile.Trusted(PathOf(before.Name));
    }

    /// <summary>The name of the pack in use; null where none is.</summary>
    public string? InUse => History() is [.., var current] ? current : null;

    string Existing(string name) =>
        File.Exists(PathOf(name))
            ? PathOf(name)
            : throw new InputException(PathOf(name), "is in use and is missing",
                "see 'deltoid codes list', and take another with 'deltoid codes use'");

    /// <summary>Whether a pack is there with every byte as it was made.</summary>
    static bool IsSound(string path)
    {
        if (!File.Exists(path)) return false;
        try { return PackFile.Open(path).IsSound; }
        catch (InputException) { return false; }
    }

    internal string PathOf(string name) => Path.Combine(Folder, name + Ending);

    string[] History() =>
        File.Exists(Path.Combine(Folder, Named)) ? File.ReadAllLines(Path.Combine(Folder, Named)) : [];

    void Use(string name)
    {
        var history = History();
        if (history is not [.., var last] || last != name) Write([.. history, name]);
    }

    void Write(string[] history)
    {
        var path = Path.Combine(Folder, Named);
        using (var file = new StreamWriter(new FileStream(path + ".half", FileMode.Create, FileAccess.Write,
            FileShare.None)) { NewLine = "\n" })
            foreach (var line in history) file.WriteLine(line);
        File.Move(path + ".half", path, overwrite: true);
    }

    /// <summary>One process at a time changes a shelf; those that read it are not held up.</summary>
    /// <exception cref="InUseException">Another does.</exception>
    FileStream Alone()
    {
        try
        {
            return new(Path.Combine(Folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1,
                FileOptions.DeleteOnClose);
        }
        catch (IOException e) when (InUseException.Says(e))
        {
            throw new InUseException(
                $"another process is changing the code books in {Folder}; run this again when it is done");
        }
    }
}

/// <summary>Which book to judge by, as people name one.</summary>
public static class BookName
{
    /// <summary>The name of the book that is built in.</summary>
    public const string Starter = "starter";

    /// <summary>
    /// Opens <c>starter</c>, a pack's file, a shelf (the book in use there) or a shelf as it was known on a day
    /// (<c>BOOKS@2026-07-01</c>); official rows lie over the shipped ones.
    /// </summary>
    /// <param name="allowsFalseDates">For measuring only.</param>
    /// <exception cref="InputException">There is no such book, it is damaged, or its dates are marked as made
    /// up.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static CodeBook Open(string name, bool allowsFalseDates = false)
    {
        if (name == Starter) return StarterBook.Open();
        var pack = PackOf(name);
        if (pack.Manifest.HasFalseDates && !allowsFalseDates)
            throw new InputException(name, "is built from files with synthetic dates: it is for benchmarks only",
                "compile a book of the published files");
        return StarterBook.Under(pack);
    }

    /// <summary>The pack of a name that is not the starter book's.</summary>
    internal static Pack PackOf(string name)
    {
        var at = name.LastIndexOf('@');
        if (at > 0 && Days.TryRead(name.AsSpan(at + 1), out var day)) return new Shelf(name[..at]).Open(day);
        if (Directory.Exists(name)) return new Shelf(name).Open();
        if (!File.Exists(name))
            throw new InputException(name, "is neither a code book nor a folder of code books",
                "make one: deltoid codes compile FILES --output BOOK; or 'starter' for the shipped rows");
        return PackFile.Trusted(name);
    }
}
