using System.Text.Json;
using Deltoid.Values;

namespace Deltoid.Batch;

/// <summary>The values of a JSON text: one, those of a list, or one on each line.</summary>
internal static class JsonParts
{
    const int Deepest = 64;

    /// <summary>The lines of JSON lines: each is an object; empty where the text is no such lines.</summary>
    public static List<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> text)
    {
        var lines = Each(text);
        return lines.TrueForAll(static l => l.Span.Trim(" \t\r"u8) is [(byte)'{', .., (byte)'}']) ? lines : [];
    }

    /// <summary>The lines that are not blank, whatever is on them.</summary>
    public static List<ReadOnlyMemory<byte>> Each(ReadOnlyMemory<byte> text)
    {
        var lines = new List<ReadOnlyMemory<byte>>();
        while (!text.IsEmpty)
        {
            var end = text.Span.IndexOf((byte)'\n');
            var line = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + 1)..];
            if (!line.Span.Trim(" \t\r"u8).IsEmpty) lines.Add(line);
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
