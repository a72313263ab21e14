using Deltoid.Values;
using Microsoft.AspNetCore.Http.Features;

namespace Deltoid.Web.Api;

/// <summary>The body of a request, read whole, and never more of it than the route takes.</summary>
static class ApiBody
{
    /// <summary>A document of JSON; a file of X12.</summary>
    public const int MostJson = 1 << 20, MostX12 = 4 << 20;

    /// <summary>A file that a practice sends by its token.</summary>
    public const int MostFile = 64 << 20;

    /// <exception cref="BadHttpRequestException">It is larger.</exception>
    public static async Task<byte[]> Read(HttpContext context, int most)
    {
        if (context.Request.ContentLength > most) throw TooLarge();
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = most;
        using var all = new MemoryStream((int)(context.Request.ContentLength ?? 4096));
        await context.Request.Body.CopyToAsync(all, context.RequestAborted);
        return all.Length > most ? throw TooLarge() : all.ToArray();
    }

    static BadHttpRequestException TooLarge() => new("too large", StatusCodes.Status413PayloadTooLarge);

    /// <summary>A body that is X12 begins with ISA, whatever its header says.</summary>
    public static bool IsX12(ReadOnlySpan<byte> body) => WithoutMark(body).TrimStart(" \r\n\t"u8).StartsWith("ISA"u8);

    static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> body) => body.StartsWith("\uFEFF"u8) ? body[3..] : body;

    /// <exception cref="InputException">There is nothing in it.</exception>
    public static byte[] Some(byte[] body) => WithoutMark(body).Trim(" \r\n\t"u8).IsEmpty
        ? throw new InputException("", "the body is empty", "send the document in the body") : body;
}
