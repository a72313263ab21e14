using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.Values;
using Microsoft.AspNetCore.WebUtilities;

namespace Deltoid.Web.Api;

/// <summary>
/// What a program gets when something went wrong (RFC 9457): the kind, what happened, what to do, and in
/// <c>findings</c> each fault with its place. Never a value of what was sent.
/// </summary>
sealed record ApiProblem(int Status, string Kind, string Detail, string Fix = "") : IResult
{
    public const string Media = "application/problem+json";

    /// <summary>Writes the items of <c>findings</c>; null where there are none.</summary>
    public Func<JsonArray>? Findings { get; init; }

    /// <summary>Whether a request is one of a program, which is answered in JSON.</summary>
    public static bool IsFor(HttpContext context) => context.Request.Path.StartsWithSegments("/api/v1")
        || context.Request.Path.StartsWithSegments(Cds.CdsRoutes.Path);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var text = new ArrayBufferWriter<byte>(1024);
        using (var json = ResultJson.Writer(text, indented: false))
        {
            json.WriteStartObject();
            json.WriteString("type", "urn:deltoid:problem:" + Kind);
            json.WriteString("title", ReasonPhrases.GetReasonPhrase(Status));
            json.WriteNumber("status", Status);
            json.WriteString("detail", Detail);
            if (Fix.Length > 0) json.WriteString("fix", Fix);
            json.WritePropertyName("findings");
            (Findings?.Invoke() ?? []).WriteTo(json);
            json.WriteEndObject();
        }
        (httpContext.Response.StatusCode, httpContext.Response.ContentType) = (Status, Media);
        await httpContext.Response.BodyWriter.WriteAsync(text.WrittenMemory, httpContext.RequestAborted);
    }

    /// <summary>An input that cannot be read, with all that is wrong with it.</summary>
    public static ApiProblem Of(InputException e) => new(StatusCodes.Status422UnprocessableEntity, "input",
        Results.Sentence.OfFault(e.Message), e.Try ?? "")
    {
        Findings = () => [.. e.Also.Prepend(e).Select(JsonNode (one) => new JsonObject
        {
            ["id"] = null, ["severity"] = "error", ["box"] = null, ["x12"] = null, ["pointer"] = one.At,
            ["message"] = one.Message,
            ["fix"] = one.Try is { Length: > 0 } next ? new JsonObject { ["text"] = next } : null,
            ["citation"] = null,
        })],
    };

    /// <summary>A claim that may not be taken as it is, with what the edits found.</summary>
    public static ApiProblem Of(string kind, string detail, string fix, Claim claim, FindingList findings,
        CodeBook book) => new(StatusCodes.Status422UnprocessableEntity, kind, detail, fix)
    {
        Findings = () => FindingsOf(claim, findings, book),
    };

    /// <summary>Findings as the problem has them: <c>at</c> is the JSON pointer.</summary>
    public static JsonArray FindingsOf(Claim claim, FindingList findings, CodeBook book)
    {
        var text = new ArrayBufferWriter<byte>(4096);
        using (var json = ResultJson.Writer(text, indented: false))
        {
            json.WriteStartObject();
            ResultJson.WriteFindings(findings, claim, book, json, full: true);
            json.WriteEndObject();
        }
        var list = JsonNode.Parse(text.WrittenSpan)!["findings"]!.AsArray();
        return [.. list.Select(static JsonNode (one) => new JsonObject
        {
            ["id"] = one!["id"]!.DeepClone(), ["severity"] = one["severity"]!.DeepClone(),
            ["box"] = one["box"]?.DeepClone(), ["x12"] = one["x12"]?.DeepClone(),
            ["pointer"] = one["at"]!.DeepClone(), ["message"] = one["message"]!.DeepClone(),
            ["fix"] = one["fix"]?.DeepClone(), ["citation"] = one["citation"]?.DeepClone(),
        })];
    }

    /// <summary>There is no such record, as far as this practice can see.</summary>
    public static ApiProblem NotFound { get; } = new(StatusCodes.Status404NotFound, "not-found",
        "There is nothing at this address.", "Look at the address: it may be of another practice.");

    /// <summary>There is no such address.</summary>
    public static ApiProblem NoRoute { get; } = NotFound with { Fix = "Look at /api/v1/openapi.json." };

    /// <summary>A number alone was to be answered.</summary>
    public static ApiProblem OfStatus(int status) => status switch
    {
        401 => new(401, "no-token", "This needs an access token that is in force.",
            "Get one at /connect/token, and send it as: Authorization: Bearer TOKEN."),
        403 => new(403, "scope", "The token does not have the scope of this route.",
            "Ask the owner of the practice for a client with this scope."),
        404 => NoRoute,
        405 => new(405, "method", "This address does not take this method.", "Look at /api/v1/openapi.json."),
        413 => new(413, "too-large", "The body is too large.", "Send it in smaller parts."),
        415 => new(415, "media-type", "This route does not take this content type.", "Look at /api/v1/openapi.json."),
        429 => new(429, "too-many", "There were too many requests in a short time.",
            "Wait as long as Retry-After says."),
        _ => new(status, "request", "This request cannot be read.", "Look at /api/v1/openapi.json."),
    };
}
