using System.Buffers;
using System.Text.Json;
using Deltoid.Results;

namespace Deltoid.Web.Api;

/// <summary>An answer of the API, written whole before its first byte leaves.</summary>
/// <param name="Tag">The version of the resource, without quotes; empty where it has none.</param>
sealed record ApiAnswer(ReadOnlyMemory<byte> Body, string Media, int Status = StatusCodes.Status200OK,
    string Tag = "", string Location = "") : IResult
{
    public const string JsonMedia = "application/json";

    public static ApiAnswer Bytes(ReadOnlyMemory<byte> body, string media) => new(body, media);

    public static ApiAnswer Json(Action<Utf8JsonWriter> write, bool indented = false)
    {
        var text = new ArrayBufferWriter<byte>(4096);
        using (var json = ResultJson.Writer(text, indented)) write(json);
        text.Write("\n"u8);
        return new(text.WrittenMemory, JsonMedia);
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        if (Tag.Length > 0)
        {
            response.Headers.ETag = $"\"{Tag}\"";
            if (HttpMethods.IsGet(httpContext.Request.Method)
                && httpContext.Request.Headers.IfNoneMatch.Contains($"\"{Tag}\""))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }
        if (Location.Length > 0) response.Headers.Location = Location;
        (response.StatusCode, response.ContentType, response.ContentLength) = (Status, Media, Body.Length);
        await response.BodyWriter.WriteAsync(Body, httpContext.RequestAborted);
    }
}
