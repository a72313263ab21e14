using System.Text;
using System.Text.Json;
using Deltoid.Values;

namespace Deltoid.Web.Api;

/// <summary>The note that a program sends: plain text, or <c>{ "text": "…" }</c>.</summary>
static class NoteAsked
{
    public static string Read(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body);
        if (!text.AsSpan().TrimStart().StartsWith("{\"")) return Some(text);
        try
        {
            using var document = JsonDocument.Parse(body);
            foreach (var field in document.RootElement.EnumerateObject())
                if (field.Name != "text") throw new InputException($"/{field.Name}", "there is no such field",
                    "send the note as text");
            return document.RootElement.TryGetProperty("text", out var note) && note.ValueKind == JsonValueKind.String
                ? Some(note.GetString()!)
                : throw new InputException("/text", "the text of the note is missing", "send { \"text\": \"…\" }");
        }
        catch (JsonException)
        {
            return text; // a note that begins with a brace and a quote is still a note
        }
    }

    static string Some(string text) => !string.IsNullOrWhiteSpace(text) ? text
        : throw new InputException("/text", "there is no text in it", "send the words of the note");
}
