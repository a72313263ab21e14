using System.Text.Json;
using Deltoid.Results;

namespace Deltoid.Fhir;

/// <summary>What was read from another form, as JSON: the encounter, and each element that is not in it.</summary>
internal static class ReadingJson
{
    /// <summary>Writes the whole answer.</summary>
    /// <param name="file">The name of the input.</param>
    public static void Write(ForeignVisit read, string file, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("deltoid", ResultJson.Version);
        json.WriteString("file", file);
        json.WritePropertyName("encounter");
        WriteEncounter(read, json);
        json.WriteStartArray("findings");
        foreach (var (note, places) in ReadingNote.Shown(read.Notes)) Write(note, places, json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes the encounter alone, with the line breaks of the writer.</summary>
    public static void WriteEncounter(ForeignVisit read, Utf8JsonWriter json)
    {
        using var encounter = JsonDocument.Parse(read.Encounter);
        encounter.RootElement.WriteTo(json);
    }

    static void Write(ReadingNote note, List<string> places, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id", note.Id);
        json.WriteString("severity", note.IsWarning ? "warning" : "info");
        json.WriteString("at", note.At);
        if (places.Count > 1)
        {
            json.WriteStartArray("also");
            foreach (var place in places.Skip(1)) json.WriteStringValue(place);
            json.WriteEndArray();
        }
        json.WriteString("message", Sentence.Capital(note.Message) + ".");
        json.WriteString("try", note.Try);
        json.WriteEndObject();
    }
}
