using System.Globalization;
using System.Text.Json;

namespace Deltoid.Notes;

/// <summary>A reading as JSON: the encounter that the words support, and beside it the words.</summary>
internal static class NoteJson
{
    public static void Write(NoteReading reading, Utf8JsonWriter json, string? file)
    {
        json.WriteStartObject();
        json.WriteString("deltoid", "1");
        if (file is not null) json.WriteString("file", file);
        json.WritePropertyName("encounter");
        WriteEncounter(reading.Facts, json);
        WriteEvidence(reading, json);
        WriteQuestions(reading, json);
        json.WriteStartArray("ignored");
        foreach (var each in reading.Ignored)
        {
            json.WriteStartObject();
            json.WriteString("quote", reading.Text[each.Start..each.End]);
            json.WriteNumber("start", each.Start);
            json.WriteNumber("end", each.End);
            json.WriteString("why", each.Why);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteEvidence(NoteReading reading, Utf8JsonWriter json)
    {
        json.WriteStartArray("evidence");
        foreach (var fact in reading.Facts)
        {
            json.WriteStartObject();
            json.WriteString("path", fact.Path);
            json.WritePropertyName("value");
            WriteValue(fact.Value, json);
            json.WriteString("quote", reading.Quote(fact));
            json.WriteNumber("start", fact.Start);
            json.WriteNumber("end", fact.End);
            json.WriteString("by", fact.By);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void WriteQuestions(NoteReading reading, Utf8JsonWriter json)
    {
        json.WriteStartArray("questions");
        foreach (var question in reading.Questions)
        {
            json.WriteStartObject();
            json.WriteString("fact", question.Fact);
            json.WriteString("path", question.Path);
            json.WriteString("decides", question.Decides);
            WriteTexts("candidates", question.Candidates, json);
            WriteTexts("quotes", question.Quotes, json);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void WriteTexts(string name, string[] texts, Utf8JsonWriter json)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    static void WriteValue(object value, Utf8JsonWriter json)
    {
        switch (value)
        {
            case bool flag: json.WriteBooleanValue(flag); break;
            case int number: json.WriteNumberValue(number); break;
            default: json.WriteStringValue((string)value); break;
        }
    }

    /// <summary>The encounter of some facts, as <c>code</c> takes it. Entries get names of their own: a1, a2.</summary>
    public static void WriteEncounter(IReadOnlyList<NotedFact> facts, Utf8JsonWriter json)
    {
        var root = new Branch();
        foreach (var top in new[] { "serviceDate", "payer", "patient", "provider", "diagnoses", "visits", "procedures",
            "administrations" })
            foreach (var fact in facts)
                if (fact.Path.StartsWith($"/{top}", StringComparison.Ordinal))
                    root.Put(fact.Path.AsSpan(1), fact.Value);
        root.Write(json);
    }

    /// <summary>A part of the encounter: a value, or named parts; parts that are named by numbers are a list.</summary>
    sealed class Branch
    {
        readonly List<(string Name, Branch Part)> parts = [];
        object? value;

        public void Put(ReadOnlySpan<char> path, object what)
        {
            var slash = path.IndexOf('/');
            var name = slash < 0 ? path : path[..slash];
            Branch? part = null;
            foreach (var (each, own) in parts)
                if (name.SequenceEqual(each)) part = own;
            if (part is null)
            {
                part = new();
                parts.Add((name.ToString(), part));
            }
            if (slash < 0) part.value = what;
            else part.Put(path[(slash + 1)..], what);
        }

        public void Write(Utf8JsonWriter json, string id = "")
        {
            if (value is not null)
            {
                WriteValue(value, json);
                return;
            }
            json.WriteStartObject();
            if (id.Length > 0) json.WriteString("id", id);
            foreach (var (name, part) in parts)
            {
                json.WritePropertyName(name);
                if (part.IsList) part.WriteList(json, name == "administrations");
                else part.Write(json);
            }
            json.WriteEndObject();
        }

        bool IsList => parts.Count > 0 && char.IsAsciiDigit(parts[0].Name[0]);

        void WriteList(Utf8JsonWriter json, bool hasIds)
        {
            json.WriteStartArray();
            for (var i = 0; i < parts.Count; i++)
                parts[i].Part.Write(json, hasIds ? "a" + (i + 1).ToString(CultureInfo.InvariantCulture) : "");
            json.WriteEndArray();
        }
    }
}
