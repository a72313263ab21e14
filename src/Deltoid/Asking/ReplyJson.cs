using System.Text.Json;
using Deltoid.Codes;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>An answer as JSON: the shape of the interface page.</summary>
internal static class ReplyJson
{
    /// <param name="id">The number of the question in its file; null for a question by itself.</param>
    public static void Write(Utf8JsonWriter json, Reply reply, CodeBook book, string? id)
    {
        json.WriteStartObject();
        json.WriteString("deltoid"u8, ResultJson.Version);
        json.WriteString("codeBook"u8, book.Version);
        if (id is not null) json.WriteString("id"u8, id);
        json.WriteString("kind"u8, KindOf(reply.Kind));
        json.WriteString("answer"u8, reply.Text);
        json.WriteString("intent"u8, reply.Intent);
        WriteCitations(json, reply.Citations);
        json.WriteStartArray("asks"u8);
        foreach (var ask in reply.Asks)
        {
            json.WriteStartObject();
            json.WriteString("fact"u8, ask.Fact);
            json.WriteString("why"u8, ask.Why);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteFacts(json, reply.Facts);
        json.WriteEndObject();
    }

    static void WriteCitations(Utf8JsonWriter json, IReadOnlyList<Cited> citations)
    {
        json.WriteStartArray("citations"u8);
        foreach (var cited in citations)
        {
            json.WriteStartObject();
            json.WriteString("authority"u8, cited.Authority);
            json.WriteString("section"u8, cited.Section);
            if (cited.Url.Length > 0) json.WriteString("url"u8, cited.Url);
            json.WriteString("date"u8, cited.Date.Iso());
            if (cited.Rule.Length > 0) json.WriteString("rule"u8, cited.Rule);
            json.WriteString("source"u8, cited.Source);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void WriteFacts(Utf8JsonWriter json, IReadOnlyList<Stated> facts)
    {
        json.WriteStartArray("facts"u8);
        foreach (var fact in facts)
        {
            json.WriteStartObject();
            json.WriteString("of"u8, fact.Of);
            json.WriteString("what"u8, fact.What);
            json.WriteString("value"u8, fact.Value);
            if (fact.From.Length > 0) json.WriteString("from"u8, fact.From);
            json.WriteString("edition"u8, fact.Edition);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static string KindOf(ReplyKind kind) =>
        kind switch { ReplyKind.Answer => "answer", ReplyKind.Ask => "ask", ReplyKind.Refuse => "refuse",
            _ => "unknown" };
}
