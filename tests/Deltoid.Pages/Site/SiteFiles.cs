using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Deltoid.Pages.Site;

/// <summary>
/// The files of the site. Pages are there one by one, and once more all in one file, from which a browser keeps them;
/// these, the engine's assemblies and the book are packed, so that any host sends them small.
/// </summary>
internal sealed class SiteFiles
{
    readonly SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, string> pages = new(StringComparer.Ordinal);

    public void Add(string path, byte[] bytes) => files.Add(path, bytes);

    public void Add(string path, string text) => files.Add(path, Encoding.UTF8.GetBytes(text));

    /// <summary>A page, or the cases of one.</summary>
    public void AddPage(string path, string text) => pages.Add(path, text);

    /// <summary>The engine as its publish wrote it: scripts as they are, assemblies packed as <c>.wasmz</c>.</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    public void AddEngine(string folder)
    {
        if (!File.Exists(Path.Combine(folder, "dotnet.js")))
            throw new FileNotFoundException($"{folder} has no engine: publish src/Deltoid.Browser first");
        foreach (var file in Directory.GetFiles(folder))
            if (Path.GetExtension(file) == ".js") Add("engine/" + Path.GetFileName(file), File.ReadAllBytes(file));
            else if (Path.GetExtension(file) == ".wasm")
                Add($"engine/{Path.GetFileName(file)}z", SitePacking.Packed(File.ReadAllBytes(file)));
    }

    /// <summary>The code book, which the engine opens.</summary>
    public void AddBook(byte[] pack) => Add("engine/book.packz", SitePacking.Packed(SiteBook.Rewritten(pack)));

    /// <summary>Writes all of it.</summary>
    /// <param name="keeper">The service worker, which gets the version of the files.</param>
    public void Write(string folder, string keeper)
    {
        var all = new JsonObject();
        foreach (var (path, text) in pages) all.Add(path, text);
        var list = new JsonArray([.. files.Keys.Select(static path => (JsonNode)path)]);
        foreach (var (path, bytes) in files) Put(folder, path, bytes);
        foreach (var (path, text) in pages) Put(folder, path, Encoding.UTF8.GetBytes(text));
        Put(folder, "pages.jsonz", SitePacking.Packed(Encoding.UTF8.GetBytes(all.ToJsonString())));
        Put(folder, "files.json", Encoding.UTF8.GetBytes(list.ToJsonString()));
        Put(folder, "sw.js", Encoding.UTF8.GetBytes(keeper.Replace("{version}", Version, StringComparison.Ordinal)));
        // for hosts that take headers from a file, and for the one that would leave out names with an underscore
        Put(folder, "_headers", Encoding.UTF8.GetBytes($"/*\n  Content-Security-Policy: {SiteShell.Policy}\n"
            + "  X-Content-Type-Options: nosniff\n  Referrer-Policy: no-referrer\n"));
        Put(folder, ".nojekyll", []);
    }

    /// <summary>Other bytes have another version.</summary>
    string Version
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var (path, bytes) in files)
            {
                hash.AppendData(Encoding.UTF8.GetBytes(path));
                hash.AppendData(bytes);
            }
            foreach (var (path, text) in pages) hash.AppendData(Encoding.UTF8.GetBytes(path + text));
            return "deltoid-" + Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
        }
    }

    static void Put(string folder, string path, byte[] bytes)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, bytes);
    }
}
