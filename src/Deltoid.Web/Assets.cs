using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Deltoid.Web;

/// <summary>
/// Style sheets, modules and pictures. Each is read once, compressed when it is first asked for, and named by its
/// content, so that a browser keeps it for a year and never shows an old one. Pages are not compressed: they hold
/// tokens and patients, and the length of a compressed answer can give a secret away (BREACH).
/// </summary>
sealed class Assets
{
    static readonly Dictionary<string, string> Types = new()
    {
        [".css"] = "text/css; charset=utf-8", [".js"] = "text/javascript; charset=utf-8", [".svg"] = "image/svg+xml",
        [".wasm"] = "application/wasm",
    };

    readonly Dictionary<string, Asset> byPath = [];

    public Assets(IWebHostEnvironment environment)
    {
        var root = environment.WebRootPath;
        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
            if (Types.TryGetValue(Path.GetExtension(file), out var type))
                byPath["/" + Path.GetRelativePath(root, file).Replace('\\', '/')] = new(type, File.ReadAllBytes(file));
    }

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

    sealed class Asset(string type, byte[] content)
    {
        /// <summary>Levels that cost some milliseconds, once.</summary>
        const int Quality = 9;

        readonly Lazy<byte[]> brotli = new(() => Packed(content, static to =>
            new BrotliStream(to, new BrotliCompressionOptions { Quality = Quality })));

        readonly Lazy<byte[]> gzip = new(() => Packed(content, static to =>
            new GZipStream(to, new ZLibCompressionOptions { CompressionLevel = Quality })));

        public string Type => type;

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
