using System.Text.Json;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary>The values of a JSON text: one, those of a list, or one on each line.</summary>
static class JsonParts
{
    const int Deepest = 64;

    /// <summary>The lines of JSON lines: each is an object; empty where the text is no such lines.</summary>
    public static List<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> text)
    {
        var (lines, from) = (new List<ReadOnlyMemory<byte>>(), 0);
        while (from < text.Length)
        {
            var end = text.Span[from..].IndexOf((byte)'\n');
            end = end < 0 ? text.Length : from + end;
            var line = text.Span[from..end].Trim(" \t\r"u8);
            if (!line.IsEmpty)
            {
                if (line is not [(byte)'{', .., (byte)'}']) return [];
                lines.Add(text[from..end]);
            }
            from = end + 1;
        }
        return lines;
    }

    /// <summary>The items of a list, or the one value.</summary>
    /// <exception cref="InputException">It is no JSON.</exception>
    public static List<ReadOnlyMemory<byte>> Of(ReadOnlyMemory<byte> text)
    {
        text = JsonInput.WithoutMark(text);
        if (!text.Span.TrimStart(" \t\r\n"u8).StartsWith("["u8)) return [text];
        var items = new List<ReadOnlyMemory<byte>>();
        var json = new Utf8JsonReader(text.Span, new() { MaxDepth = Deepest });
        try
        {
            json.Read();
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                var start = (int)json.TokenStartIndex;
                json.Skip();
                items.Add(text[start..(int)json.BytesConsumed]);
            }
            return items;
        }
        catch (JsonException e)
        {
            throw new InputException($"/{items.Count}", $"at line {e.LineNumber + 1}: this is not JSON",
                "look for a missing quote, comma or bracket just before");
        }
    }
}
