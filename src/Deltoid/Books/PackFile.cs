using System.Globalization;
using System.IO.MemoryMappedFiles;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Books;

/// <summary>
/// Opens packs by mapping their files. A mapping stays while the process lives: who still reads an old book reads
/// it whole.
/// </summary>
internal static unsafe class PackFile
{
    static readonly Dictionary<string, Pack> Opened = [];

    /// <summary>Opens a pack; of its bytes the head, the directory and the manifest are checked.</summary>
    /// <exception cref="InputException">It is no pack, is cut, or of another format.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Pack Open(string path)
    {
        var file = new FileInfo(path);
        var key = $"{file.FullName}|{Stamp(file)}"; // packs never change; a file that did is another one
        lock (Opened)
        {
            if (Opened.TryGetValue(key, out var known)) return known;
            if (file.Length == 0)
                throw new InputException(path, "is empty", "compile it again from the official files");
            var mapped = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
            var view = mapped.CreateViewAccessor(0, file.Length, MemoryMappedFileAccess.Read);
            byte* start = null;
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref start); // never released, on purpose
            try { return Opened[key] = new Pack(start + view.PointerOffset, file.Length, view); }
            catch (InputException e) { throw new InputException(path, e.Message, e.Try); }
        }
    }

    /// <summary>Opens a pack and reads every byte of it.</summary>
    /// <exception cref="InputException">As <see cref="Open"/>, or a byte is not as it was written.</exception>
    public static Pack Verify(string path)
    {
        var (stamp, pack) = (Stamp(new FileInfo(path)), Open(path));
        if (!pack.IsSound) throw Pack.Damaged(path, "bytes in it were changed after it was compiled");
        Note(path, stamp);
        return pack;
    }

    /// <summary>
    /// Opens a pack to judge by it. It is verified once after it was written, copied or changed: a file beside it notes
    /// the length and the time of the file that was found sound. Where no file can be written there, it is verified
    /// each time.
    /// </summary>
    public static Pack Trusted(string path) => NotedOf(path) == Stamp(new FileInfo(path)) ? Open(path) : Verify(path);

    static string Stamp(FileInfo file) =>
        string.Create(CultureInfo.InvariantCulture, $"{file.Length} {file.LastWriteTimeUtc.Ticks}");

    static string NotedOf(string path)
    {
        try { return File.ReadAllText(path + Verified); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return ""; }
    }

    static void Note(string path, string stamp)
    {
        try { File.WriteAllText(path + Verified, stamp); }
        // the folder is not ours to write in
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { }
    }

    const string Verified = ".verified";
}
