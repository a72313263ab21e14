using System.Text.Json;
using Deltoid.Remits;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>The answer to a denied claim as JSON.</summary>
internal static class ResolutionJson
{
    public static void Write(Resolution of, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteMembers(of, writer);
        writer.WriteEndObject();
    }

    /// <summary>The members of the answer, for an object that has more of them.</summary>
    /// <param name="claim">Its number, where the answer has another or none.</param>
    public static void WriteMembers(Resolution of, Utf8JsonWriter writer, string? claim = null)
    {
        writer.WriteString("claim", claim ?? of.Claim);
        writer.WriteString("payerControl", of.PayerControl);
        writer.WriteString("kind", Steps.Kinds[of.Kind]);
        WriteCause(writer, "rootCause", of.Cause);
        WriteEvidence(of, writer);
        writer.WriteString("action", Steps.Words[of.Step]);
        writer.WriteStartArray("alternatives");
        foreach (var (step, when) in of.Alternatives) WritePair(writer, Steps.Words[step], "when", when);
        writer.WriteEndArray();
        writer.WriteStartArray("never");
        foreach (var (step, why) in of.Never) WritePair(writer, step, "why", why);
        writer.WriteEndArray();
        WriteChanges(of, writer);
        WriteDeadline(of, writer);
        JsonOut.WriteMoney(writer, "patientOwes", of.PatientOwes);
        WritePostings(of, writer);
        WriteLines(of, writer);
        writer.WriteString("confidence", Steps.Confidences[of.Confidence]);
        writer.WriteStartArray("questions");
        foreach (var question in of.Questions)
        {
            writer.WriteStartObject();
            writer.WriteString("fact", question.Fact);
            writer.WriteString("fields", question.Fields);
            writer.WriteString("decides", question.Decides);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        PriceJson.Write(of.Prices, writer);
    }

    static void WriteCause(Utf8JsonWriter writer, string name, CauseRow? row)
    {
        if (row is null)
        {
            writer.WriteNull(name);
            return;
        }
        writer.WriteStartObject(name);
        writer.WriteString("id", row.Cause);
        writer.WriteString("words", row.Words);
        writer.WriteEndObject();
    }

    static void WriteEvidence(Resolution of, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("evidence");
        foreach (var evidence in of.Evidence)
        {
            writer.WriteStartObject();
            writer.WriteString("fact", evidence.Fact);
            writer.WriteString("at", evidence.At);
            writer.WriteString("says", evidence.Says);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    static void WritePair(Utf8JsonWriter writer, string step, string name, string text)
    {
        writer.WriteStartObject();
        writer.WriteString("action", step);
        writer.WriteString(name, text);
        writer.WriteEndObject();
    }

    static void WriteChanges(Resolution of, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("change");
        foreach (var change in of.Changes)
        {
            writer.WriteStartObject();
            writer.WriteString("op", change.Op);
            writer.WriteString("path", change.Path);
            if (change.Value is { } value)
            {
                writer.WritePropertyName("value");
                writer.WriteRawValue(value);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    static void WriteDeadline(Resolution of, Utf8JsonWriter writer)
    {
        if (of.Deadline is not { } deadline)
        {
            writer.WriteNull("deadline");
            return;
        }
        writer.WriteStartObject("deadline");
        JsonOut.WriteDay(writer, "date", deadline.Date);
        writer.WriteString("from", deadline.From);
        writer.WriteNumber("days", deadline.Days);
        writer.WriteEndObject();
    }

    static void WritePostings(Resolution of, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("posting");
        foreach (var posting in of.Postings)
        {
            writer.WriteStartObject();
            writer.WriteNumber("line", posting.Line);
            writer.WriteString("kind", Steps.Postings[posting.Kind]);
            JsonOut.WriteCode(writer, "group", posting.Group);
            JsonOut.WriteCode(writer, "reason", posting.Reason);
            JsonOut.WriteMoney(writer, "amount", posting.Amount);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    static void WriteLines(Resolution of, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("lines");
        foreach (var line in of.Lines)
        {
            writer.WriteStartObject();
            writer.WriteNumber("number", line.Number);
            writer.WriteString("rootCause", line.Row.Cause);
            writer.WriteString("action", Steps.Words[line.Step]);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
