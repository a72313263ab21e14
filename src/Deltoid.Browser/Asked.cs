using System.Text;
using System.Text.Json;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Browser;

/// <summary>What a page asks: an object whose members are texts. A text may be empty or left out.</summary>
sealed class Asked(JsonElement members)
{
    /// <exception cref="InputException">It is no object.</exception>
    public static Asked Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? new(document.RootElement.Clone())
                : throw NoObject();
        }
        catch (JsonException) { throw NoObject(); }
    }

    static InputException NoObject() => new("", "this is no object of JSON", "send an object with texts");

    public string Text(string name) =>
        members.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String
            ? member.GetString()!
            : "";

    /// <summary>A text as the bytes that a file would have; null where it is left out.</summary>
    public byte[]? Bytes(string name) => Text(name) is { Length: > 0 } text ? Encoding.UTF8.GetBytes(text) : null;

    /// <summary>The input itself.</summary>
    public byte[] Input => Bytes("text") ?? [];

    /// <summary>What the input is called in the answer, as the command line says the name of a file.</summary>
    public string File => Text("file") is { Length: > 0 } name ? name : "-";

    /// <summary>The day that is meant; the release of the book where none is given.</summary>
    /// <exception cref="InputException">It is no day.</exception>
    public DateOnly Day(CodeBook book) =>
        Text("date") is not { Length: > 0 } text ? book.Release
            : Days.TryRead(text, out var day) ? day
            : throw new InputException("date", "this is no day", "write it as 2026-03-02");
}
