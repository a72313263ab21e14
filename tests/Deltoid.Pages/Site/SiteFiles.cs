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
    const string Runtime = "dotnet.native.wasm";

    readonly SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, string> pages = new(StringComparer.Ordinal);

    public void Add(string path, byte[] bytes) => files.Add(path, bytes);

    public void Add(string path, string text) => files.Add(path, Encoding.UTF8.GetBytes(text));

    /// <summary>A page, or the cases of one.</summary>
    public void AddPage(string path, string text) => pages.Add(path, text);

    /// <summary>
    /// The engine as its publish wrote it: scripts as they are, the runtime packed, and all assemblies packed in one
    /// file, since they are alike. Its first line names them with their lengths.
    /// </summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    public void AddEngine(string folder)
    {
        if (!File.Exists(Path.Combine(folder, "dotnet.js")))
            throw new FileNotFoundException($"{folder} has no engine: publish src/Deltoid.Browser first");
        foreach (var file in Directory.GetFiles(folder, "*.js"))
            Add("engine/" + Path.GetFileName(file), File.ReadAllBytes(file));
        var all = Directory.GetFiles(folder, "*.wasm").Order(StringComparer.Ordinal)
            .ToDictionary(static file => Path.GetFileName(file), File.ReadAllBytes);
        all.Remove(Runtime, out var runtime);
        Add($"engine/{Runtime}z", SitePacking.Packed(runtime!));
        var names = string.Join(' ', all.Select(static one => $"{one.Key} {one.Value.Length}")) + "\n";
        Add("engine/assemblies.packz",
            SitePacking.Packed([.. Encoding.UTF8.GetBytes(names), .. all.Values.SelectMany(static bytes => bytes)]));
    }

    /// <summary>The code book, which the engine opens.</summary>
    public void AddBook(byte[] pack) => Add("engine/book.packz", SitePacking.Packed(SiteBook.Rewritten(pack)));

    /// <summary>Writes all of it.</summary>
    /// <param name="keeper">The service worker, which gets the version of the files.</param>
    public void Write(string folder, string keeper)
    {
        var all = new JsonObject();
        foreach (var (path, text) in pages) all.Add(path, text);
        Add("pages.jsonz", SitePacking.Packed(Encoding.UTF8.GetBytes(all.ToJsonString())));
        var list = new JsonArray([.. files.Keys.Select(static path => (JsonNode)path)]);
        foreach (var (path, bytes) in files) Put(folder, path, bytes);
        foreach (var (path, text) in pages) Put(folder, path, Encoding.UTF8.GetBytes(text));
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
