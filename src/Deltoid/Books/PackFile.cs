using System.IO.MemoryMappedFiles;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Books;

/// <summary>Opens packs by mapping their files. A mapping stays while the process lives: whoever still reads an old book reads it whole.</summary>
public static unsafe class PackFile
{
    static readonly Dictionary<string, Pack> Opened = [];

    /// <exception cref="InputException">It is no pack, is cut, or of another format.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Pack Open(string path)
    {
        var file = new FileInfo(path);
        var key = $"{file.FullName}|{file.LastWriteTimeUtc.Ticks}|{file.Length}"; // packs never change; a file that did is another one
        lock (Opened)
        {
            if (Opened.TryGetValue(key, out var known)) return known;
            if (file.Length == 0) throw new InputException("", "is empty", "give a file that 'deltoid codes compile' made");
            var mapped = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
            var view = mapped.CreateViewAccessor(0, file.Length, MemoryMappedFileAccess.Read);
            byte* start = null;
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref start); // never released, on purpose
            return Opened[key] = new Pack(start + view.PointerOffset, file.Length, view);
        }
    }
}
