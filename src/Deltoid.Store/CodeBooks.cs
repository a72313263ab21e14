using System.Collections.Concurrent;
using Deltoid.Books;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Store;

/// <summary>
/// The code books that a program judges by: the one in use, and those that work in hand began with. On a shelf another
/// one may be taken into use while the program runs (<c>deltoid codes use</c>), and gone back from. What is being
/// answered ends with the book that it began with.
/// </summary>
public sealed class CodeBooks
{
    /// <summary>Books that stay open: a file that is being checked needs the one that it began with.</summary>
    const int MostOpen = 4;

    readonly string name;
    readonly Shelf? shelf;
    readonly ConcurrentDictionary<string, Engine> open = new(StringComparer.Ordinal);
    readonly Lock looking = new();
    volatile Engine engine;
    string inUse = "";
    (string Pack, DateTime Written) refused;

    CodeBooks(string name, Shelf? shelf)
    {
        (this.name, this.shelf) = (name, shelf);
        inUse = shelf?.InUse ?? "";
        engine = Keep(BookName.Open(name));
    }

    /// <summary>Opens the book of a name: <c>starter</c>, a pack's file or a shelf.</summary>
    /// <exception cref="InputException">There is no such book, or it is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static CodeBooks Open(string name) => new(name, Directory.Exists(name) ? new(name) : null);

    /// <summary>That of the book in use.</summary>
    public Engine Engine => engine;

    /// <summary>Why the book that was chosen last is not in use; empty: it is.</summary>
    public string Fault { get; private set; } = "";

    /// <summary>Looks whether another book was chosen, and takes it into use.</summary>
    /// <returns>Whether another one is in use now, or the one that was chosen cannot be (<see cref="Fault"/>).</returns>
    public bool Look()
    {
        lock (looking)
        {
            try
            {
                if (shelf?.InUse is not { } chosen) return false;
                if (chosen == inUse)
                {
                    (refused, Fault) = (default, ""); // one that cannot be used was gone back from
                    return false;
                }
                var asked = (chosen, File.GetLastWriteTimeUtc(shelf.PathOf(chosen)));
                if (asked == refused) return false; // until it is written again
                refused = asked;
                engine = Keep(BookName.Open(name));
                (inUse, refused, Fault) = (chosen, default, "");
            }
            catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
            {
                Fault = e is InputException ? $"{refused.Pack} {e.Message}" : $"{refused.Pack} cannot be read";
            }
            return true;
        }
    }

    /// <summary>That of a book by its version: work ends with the book that it began with.</summary>
    /// <exception cref="OtherBookException">It is not here.</exception>
    internal Engine Of(string version)
    {
        if (open.TryGetValue(version, out var known)) return known;
        foreach (var pack in shelf?.List() ?? [])
            if (pack.Manifest is { } manifest && StarterBook.VersionUnder(manifest) == version)
                return Keep(BookName.Open(shelf!.PathOf(pack.Name)));
        throw new OtherBookException();
    }

    /// <summary>The books of the shelf, the newest release first; the one in use is among them.</summary>
    internal IReadOnlyList<Shelved> Shelved => shelf?.List() ?? [];

    /// <summary>A book of the shelf by its name; null: there is none, or it cannot be used.</summary>
    internal CodeBook? Named(string pack) => Shelved.FirstOrDefault(p => p.Name == pack)?.Manifest is { } manifest
        ? Of(StarterBook.VersionUnder(manifest)).Book : null;

    Engine Keep(CodeBook book)
    {
        if (open.Count >= MostOpen)
            foreach (var version in open.Keys)
                if (version != engine.Book.Version) open.TryRemove(version, out _);
        return open.GetOrAdd(book.Version, static (_, book) => new(book), book);
    }
}
