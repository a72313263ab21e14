using Deltoid.Codes;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Books;

/// <summary>
/// The code book that is shipped with the library: rows that a clinic can begin with, each with its dates and its
/// source (<c>Codes/Starter/*.tsv</c>). The build makes a pack of them, which is beside the assembly and is mapped.
/// Rows of official files are laid over it.
/// </summary>
public static class StarterBook
{
    /// <summary>The latest release the rows were checked against, and the starter layer's own number.</summary>
    public const string Version = "2026-10-01+starter.2";

    const string File = "starter.pack";

    /// <summary>The day of the version.</summary>
    public static DateOnly Release => Days.Read(Version.AsSpan(0, 10));

    /// <summary>The shipped rows as the build packed them.</summary>
    /// <exception cref="InputException">The file is missing, damaged, or of another version.</exception>
    internal static Pack Pack
    {
        get
        {
            var path = Path.Combine(AppContext.BaseDirectory, File);
            if (!System.IO.File.Exists(path))
                throw new InputException(File, "is missing: the shipped code book must be in the folder of the program",
                    "build or install Deltoid again");
            try { return PackFile.Open(path); }
            catch (InputException e) { throw new InputException(File, e.Message, "build or install Deltoid again"); }
        }
    }

    /// <summary>
    /// Opens the shipped rows: maps them, and reads small tables when they are first asked for. A book is immutable:
    /// open one and share it among threads. It takes about 0.04 seconds.
    /// </summary>
    /// <exception cref="InputException">The file is missing, damaged, or of another version.</exception>
    public static CodeBook Open() => CodeBookBuilder.Open(Pack, Version);

    /// <summary>The version of the book of a pack over the shipped rows.</summary>
    internal static string VersionUnder(PackManifest pack) =>
        $"{pack.Version}+{Version.AsSpan(Version.IndexOf('+') + 1)}";

    /// <summary>The shipped rows under the official ones of a pack.</summary>
    internal static CodeBook Under(Pack pack)
    {
        var builder = CodeBookBuilder.Over(Open(), VersionUnder(pack.Manifest));
        builder.Layer(pack, Release);
        return builder.Build();
    }

    /// <summary>Makes the pack of the row files; the build calls it. The same rows give the same bytes.</summary>
    /// <param name="rows">The folder of the row files.</param>
    /// <param name="pack">Where the pack is written.</param>
    /// <exception cref="RowException">A row does not read; the message names file, row and cell.</exception>
    public static void Write(string rows, string pack)
    {
        var bytes = CodeBookBuilder.Pack(Version, Release,
            name => System.IO.File.ReadAllBytes(Path.Combine(rows, name + ".tsv")));
        System.IO.File.WriteAllBytes(pack + ".half", bytes);
        System.IO.File.Move(pack + ".half", pack, overwrite: true);
    }
}
