using Deltoid.Codes;
using Deltoid.Codes.Packs;

namespace Deltoid.Books;

/// <summary>
/// The code book that is shipped inside the library: rows that a clinic can begin with, each with its dates and its source
/// (<c>Codes/Starter/*.tsv</c>). Rows of official files are laid over it.
/// </summary>
public static class StarterBook
{
    /// <summary>The latest release the rows were checked against, and the starter layer's own number.</summary>
    public const string Version = "2026-10-01+starter.1";

    /// <summary>The day of the version.</summary>
    public static DateOnly Release => DateOnly.ParseExact(Version.AsSpan(0, 10), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Opens the shipped rows. A book is immutable: open one and share it among threads.</summary>
    /// <exception cref="RowException">A row does not read; a build whose rows do not read fails its tests.</exception>
    /// <exception cref="InvalidOperationException">A row file was not embedded.</exception>
    public static CodeBook Open() => Read(Version).Build();

    /// <summary>The shipped rows under the official ones of a pack.</summary>
    public static CodeBook Under(Pack pack)
    {
        var builder = Read($"{pack.Manifest.Version}+{Version.AsSpan(Version.IndexOf('+') + 1)}");
        builder.Layer(pack, Release);
        return builder.Build();
    }

    static CodeBookBuilder Read(string version)
    {
        var builder = new CodeBookBuilder(version);
        foreach (var name in CodeBookBuilder.Files) builder.Read(name, Bytes(name));
        return builder;
    }

    /// <summary>One row file as it is shipped, UTF-8.</summary>
    public static byte[] Bytes(string name)
    {
        using var stream = typeof(StarterBook).Assembly.GetManifestResourceStream($"starter/{name}.tsv") ?? throw new InvalidOperationException($"the starter code book has no {name}.tsv");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
