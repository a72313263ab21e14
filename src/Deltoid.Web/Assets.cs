using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Net.Http.Headers;

namespace Deltoid.Web;

/// <summary>
/// Style sheets, modules and pictures. Each is read once, compressed when it is first asked for, and named by its
/// content, so that a browser keeps it for a year and never shows an old one. Pages are not compressed: they hold
/// tokens and patients, and the length of a compressed answer can give a secret away (BREACH).
/// </summary>
sealed partial class Assets
{
    static readonly Dictionary<string, string> Types = new()
    {
        [".css"] = "text/css; charset=utf-8", [".js"] = "text/javascript; charset=utf-8", [".svg"] = "image/svg+xml",
        [".wasm"] = "application/wasm",
    };

    readonly Dictionary<string, Asset> byPath = [];

    /// <summary>A module that another one imports; it lies beside it.</summary>
    [GeneratedRegex(@"(?<=(?<isFirst>\bfrom )|\bimport\()'\./(?<name>[\w-]+\.js)'")]
    private static partial Regex Imported { get; }

    public Assets(IWebHostEnvironment environment)
    {
        var root = environment.WebRootPath;
        var files = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .ToDictionary(file => "/" + Path.GetRelativePath(root, file).Replace('\\', '/'), static file => file);
        foreach (var name in files.Keys) Read(name, files);
    }

    /// <summary>
    /// Reads a file, and before it the modules that it imports: it names them by their content, so that a browser does
    /// not ask for them again either, and each is there once for all that import it.
    /// </summary>
    void Read(string path, Dictionary<string, string> files)
    {
        if (byPath.ContainsKey(path) || !Types.TryGetValue(Path.GetExtension(path), out var type)) return;
        var content = File.ReadAllBytes(files[path]);
        if (Path.GetExtension(path) != ".js" || path.StartsWith("/lib/", StringComparison.Ordinal))
        {
            byPath[path] = new(type, content, []);
            return;
        }
        var first = new List<string>();
        var text = Imported.Replace(Encoding.UTF8.GetString(content), import =>
        {
            var name = import.Groups["name"].Value;
            Read("/" + name, files);
            if (import.Groups["isFirst"].Success) first.Add(name);
            return $"'.{this[name]}'";
        });
        byPath[path] = new(type, Encoding.UTF8.GetBytes(text), first);
    }

    /// <summary>
    /// The modules that these import, and what those import: a page names them all, so that a browser need not read one
    /// to learn of the next.
    /// </summary>
    public IEnumerable<string> ImportsOf(IEnumerable<string> modules) => modules
        .SelectMany(name => byPath["/" + name].Imports.SelectMany(import => ImportsOf([import]).Prepend(import)))
        .Distinct();

    /// <summary>The address of a file under <c>wwwroot</c> with the hash of its content.</summary>
    public string this[string name] => byPath.TryGetValue("/" + name, out var asset) ? $"/{name}?v={asset.Hash}"
        : throw new ArgumentException($"there is no file wwwroot/{name}", nameof(name));

    /// <summary>Answers what is asked by one of these names; all else is passed on.</summary>
    public async Task Answer(HttpContext context, Func<Task> next)
    {
        var request = context.Request;
        if (!byPath.TryGetValue(request.Path.Value ?? "", out var asset)
            || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)))
        {
            await next();
            return;
        }
        var (answer, tag) = (context.Response, $"\"{asset.Hash}\"");
        answer.Headers.ETag = tag;
        answer.Headers.Vary = "Accept-Encoding";
        // without its hash a name may mean other content tomorrow: the browser keeps it, and asks
        answer.Headers.CacheControl = request.Query["v"] == asset.Hash ? "public, max-age=31536000, immutable"
            : "no-cache";
        if (request.Headers.IfNoneMatch.Contains(tag))
        {
            answer.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        var (encoding, bytes) = asset.For(request.Headers.AcceptEncoding.ToString());
        answer.ContentType = asset.Type;
        answer.ContentLength = bytes.Length;
        if (encoding.Length > 0) answer.Headers[HeaderNames.ContentEncoding] = encoding;
        if (HttpMethods.IsGet(request.Method)) await answer.Body.WriteAsync(bytes, context.RequestAborted);
    }

    sealed class Asset(string type, byte[] content, IReadOnlyList<string> imports)
    {
        /// <summary>Levels that cost some milliseconds, once.</summary>
        const int Quality = 9;

        readonly Lazy<byte[]> brotli = new(() => Packed(content, static to =>
            new BrotliStream(to, new BrotliCompressionOptions { Quality = Quality })));

        readonly Lazy<byte[]> gzip = new(() => Packed(content, static to =>
            new GZipStream(to, new ZLibCompressionOptions { CompressionLevel = Quality })));

        public string Type => type;

        /// <summary>The modules that must be there before this one runs.</summary>
        public IReadOnlyList<string> Imports => imports;

        public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8));

        public (string Encoding, byte[] Bytes) For(string accepted) =>
            accepted.Contains("br", StringComparison.Ordinal) ? ("br", brotli.Value)
            : accepted.Contains("gzip", StringComparison.Ordinal) ? ("gzip", gzip.Value)
            : ("", content);

        static byte[] Packed(byte[] content, Func<Stream, Stream> open)
        {
            using var to = new MemoryStream();
            using (var packing = open(to)) packing.Write(content);
            return to.ToArray();
        }
    }
}
