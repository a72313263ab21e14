using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deltoid.Results;

namespace Deltoid.Web.Api;

/// <summary>
/// The OpenAPI document: <c>openapi.json</c>, with the scopes of the one table, and the schemas of what the engine reads
/// and writes. Its examples, in their order, are the story of a visit; a test asks them all.
/// </summary>
static class ApiDocument
{
    public const string Path = "/api/v1/openapi.json";

    /// <summary>Schemas of the engine by their names in the document.</summary>
    static readonly (string Name, string Schema)[] Parts =
        [("Encounter", "encounter"), ("Claim", "claim"), ("Result", "result"), ("Finding", "finding")];

    static readonly JsonSerializerOptions Readable =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static readonly Lazy<byte[]> whole = new(static () =>
        JsonSerializer.SerializeToUtf8Bytes(Make(), Readable));

    public static void Map(WebApplication app) => app.MapGet(Path,
        static () => ApiAnswer.Bytes(whole.Value, "application/vnd.oai.openapi+json").Tagged()).ForAnyProgram();

    /// <summary>The whole document.</summary>
    internal static JsonObject Make()
    {
        using var stream = typeof(ApiDocument).Assembly.GetManifestResourceStream("Deltoid.Web.openapi.json")!;
        var document = JsonNode.Parse(stream)!.AsObject();
        var components = document["components"]!;
        components["securitySchemes"]!["token"]!["flows"]!["clientCredentials"]!["scopes"] = new JsonObject(
            Access.Scopes.Select(static s => KeyValuePair.Create(s.Name, (JsonNode?)s.Says)));
        foreach (var (name, schema) in Parts) Add(components["schemas"]!.AsObject(), name, schema);
        return document;
    }

    /// <summary>A schema of the document that names no other.</summary>
    internal static JsonElement Schema(string name)
    {
        using var document = JsonDocument.Parse(whole.Value);
        return document.RootElement.GetProperty("components").GetProperty("schemas").GetProperty(name).Clone();
    }

    /// <summary>Adds a schema, and what it names by reference beside it.</summary>
    static void Add(JsonObject schemas, string name, string schema)
    {
        var text = new ArrayBufferWriter<byte>(64 * 1024);
        Schemas.Write(schema, text);
        var root = JsonNode.Parse(text.WrittenSpan)!.AsObject();
        foreach (var own in (string[])["$schema", "$id", "title"]) root.Remove(own);
        var parts = root["$defs"]?.AsObject() ?? [];
        root.Remove("$defs");
        Point(root, name);
        foreach (var (part, of) in parts)
        {
            Point(of, name);
            schemas[$"{name}_{part}"] = of!.DeepClone();
        }
        schemas[name] = root.DeepClone();
    }

    /// <summary>References point to where the parts lie in this document.</summary>
    static void Point(JsonNode? node, string name)
    {
        if (node is JsonArray list)
            foreach (var item in list) Point(item, name);
        if (node is not JsonObject of) return;
        if (of["$ref"] is JsonValue reference)
            of["$ref"] = reference.GetValue<string>().Replace("#/$defs/", $"#/components/schemas/{name}_",
                StringComparison.Ordinal);
        foreach (var (_, value) in of.ToList()) Point(value, name);
    }
}
