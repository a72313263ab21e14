using System.Text.Json;
using Deltoid.Values;
using static Deltoid.Values.JsonOut;

namespace Deltoid.Answers;

/// <summary>The segments of an answer as they came: <c>other</c>, a text each, and their separators.</summary>
static class KeptJson
{
    public static void Read(ref JsonInput json, Answer answer)
    {
        for (json.EnterArray(); json.NextItem();) answer.Keep(json.TextBytes());
    }

    public static void Write(Answer answer, Utf8JsonWriter writer)
    {
        if (answer.Segments.IsEmpty) return;
        WriteSeparators(writer, answer.Delimiters);
        writer.WriteStartArray("other");
        foreach (ref readonly var segment in answer.Segments) writer.WriteStringValue(Readable(answer[segment.Text]));
        writer.WriteEndArray();
    }
}
