using System.Text.Json;
using Deltoid.Values;

namespace Deltoid.Web.Api;

/// <summary>
/// An object that a program sent, read by the names that its route knows: a name that is not known, or comes twice, is
/// refused with its place.
/// </summary>
sealed class ApiJson
{
    const int Deepest = 64;

    readonly JsonElement root;

    ApiJson(JsonElement root) => this.root = root;

    /// <exception cref="InputException">It is no object of JSON, or has a name that is not known.</exception>
    public static ApiJson Read(byte[] body, params ReadOnlySpan<string> names)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(ApiBody.Some(body),
                new() { MaxDepth = Deepest, AllowDuplicateProperties = false });
            root = document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new InputException("", $"at line {e.LineNumber + 1}: this is not JSON",
                "look for a missing quote, comma or bracket, and for a name that comes twice");
        }
        return Of(root, "", names);
    }

    static ApiJson Of(JsonElement root, string at, ReadOnlySpan<string> names)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new InputException(at, "this is no object", "write it within braces");
        foreach (var member in root.EnumerateObject())
            if (!names.Contains(member.Name))
                throw new InputException($"{at}/{Short(member.Name)}", "this name is not known here",
                    $"known are: {string.Join(", ", names!)}");
        return new(root);
    }

    static string Short(string name) => name.Length > 60 ? name[..60] : name;

    bool Has(string name, out JsonElement value) =>
        root.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    T Of<T>(string name, JsonValueKind kind, string what, Func<JsonElement, T> read) =>
        Has(name, out var value) && value.ValueKind == kind ? read(value)
            : throw new InputException("/" + name, "this is missing or of another kind", $"write {what}");

    public string? Text(string name) =>
        Has(name, out _) ? Of(name, JsonValueKind.String, "a text", static v => v.GetString()) : null;

    public long? Number(string name) => !Has(name, out _) ? null : Of(name, JsonValueKind.Number, "a whole number",
        v => v.TryGetInt64(out var number) ? number
            : throw new InputException("/" + name, "this is no whole number", "write a whole number"));

    public bool? Flag(string name) => !Has(name, out var value) ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : throw new InputException("/" + name, "this is not true or false", "write true or false");

    public DateOnly? Day(string name) => Text(name) is not { } text ? null
        : Days.TryRead(text, out var day) ? day
        : throw new InputException("/" + name, "this is no day of the calendar", "write it as 2026-03-02");

    public List<string> Texts(string name) => !Has(name, out _) ? []
        : Of(name, JsonValueKind.Array, "a list of texts", v => v.EnumerateArray().Select((item, i) =>
            item.ValueKind == JsonValueKind.String ? item.GetString()!
                : throw new InputException($"/{name}/{i}", "this is no text", "write it within quotes")).ToList());

    public List<long> Numbers(string name) => !Has(name, out _) ? []
        : Of(name, JsonValueKind.Array, "a list of numbers", v => v.EnumerateArray().Select((item, i) =>
            item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out var number) ? number
                : throw new InputException($"/{name}/{i}", "this is no whole number",
                    "write a whole number")).ToList());

    /// <summary>The texts of an object by their names.</summary>
    public Dictionary<string, string> Fields(string name) => Of(name, JsonValueKind.Object, "an object of texts",
        v => v.EnumerateObject().ToDictionary(static f => f.Name, f => f.Value.ValueKind == JsonValueKind.String
            ? f.Value.GetString()! : throw new InputException($"/{name}/{Short(f.Name)}", "this is no text",
                "write it within quotes")));

    public JsonElement? Object(string name) =>
        Has(name, out _) ? Of(name, JsonValueKind.Object, "an object", static v => v) : null;

    public ApiJson? Part(string name, params ReadOnlySpan<string> names) =>
        Object(name) is { } part ? Of(part, "/" + name, names) : null;

    public List<ApiJson> Parts(string name, params string[] names) => !Has(name, out _) ? []
        : Of(name, JsonValueKind.Array, "a list of objects",
            v => v.EnumerateArray().Select((item, i) => Of(item, $"/{name}/{i}", names)).ToList());
}
