using System.Text.Json;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Remits;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>
/// Acknowledgments led to the claims as JSON: the answer to each claim as of a remittance, and in <c>rejections</c> what
/// was refused, where, and which check finds it.
/// </summary>
internal static class RefusalJson
{
    static readonly Vocabulary<Caught> Words = new("caught", new(Caught.Yes, "yes"), new(Caught.No, "no"),
        new(Caught.Unknown, "unknown"));

    public static void Write(string file, List<AnsweredFile> answers, CodeBook book, Utf8JsonWriter json)
    {
        var names = ResultJson.NamesOf(book);
        json.WriteStartObject();
        json.WriteString("deltoid", ResultJson.Version);
        json.WriteString("codeBook", book.Version);
        json.WriteString("file", file);
        json.WriteStartArray("acknowledgments");
        foreach (var answer in answers) Write(answer, names, json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Write(AnsweredFile answer, Func<Arg, string> names, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("kind", answer.Kind);
        json.WriteString("control", answer.Control);
        json.WriteString("about", answer.About);
        json.WriteBoolean("accepted", answer.IsAccepted);
        json.WriteString("says", answer.Says);
        json.WriteStartArray("rejections");
        foreach (var claim in answer.Claims)
            if (claim.Resolution is null)
                foreach (var point in claim.Points) Write(point, claim, names, json);
        json.WriteEndArray();
        json.WriteStartArray("claims");
        foreach (var claim in answer.Claims)
            if (claim.Resolution is not null) WriteClaim(claim, names, json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>What is said of one claim; it has a resolution.</summary>
    public static void WriteClaim(RefusedClaim claim, Func<Arg, string> names, Utf8JsonWriter json) =>
        RemitJson.WriteClaim(claim.Resolution!, claim.Match, json, claim.Id, () =>
        {
            json.WriteStartArray("rejections");
            foreach (var point in claim.Points) Write(point, claim, names, json);
            json.WriteEndArray();
        });

    static void Write(RefusedPoint point, RefusedClaim claim, Func<Arg, string> names, Utf8JsonWriter json)
    {
        var sent = claim.Match.Sent?.Claim;
        var (place, hasField) = (point.Place, point.Place.ClaimField != Field.None);
        json.WriteStartObject();
        if (place.Line > 0) json.WriteNumber("line", place.Line);
        else json.WriteNull("line");
        json.WriteString("box", hasField ? Places.Box(place, sent?.Setting ?? Setting.Professional) : null);
        json.WriteString("field", hasField ? Places.Name(place.ClaimField) : null);
        json.WriteString("at", hasField || place.Line > 0 ? Places.ClaimPointer(place, sent) : null);
        if (point.Segment.Length == 0) json.WriteNull("x12");
        else
        {
            json.WriteStartObject("x12");
            json.WriteString("name", point.Segment);
            if (point.Ordinal > 0) json.WriteNumber("segment", point.Ordinal);
            if (point.Element > 0) json.WriteNumber("element", point.Element);
            if (point.Component > 0) json.WriteNumber("component", point.Component);
            json.WriteEndObject();
        }
        json.WriteString("codes", point.Codes);
        json.WriteString("says", point.Says);
        json.WriteString("caught", Words[point.Caught]);
        json.WriteStartArray("caughtBy");
        foreach (var finding in point.By)
        {
            json.WriteStartObject();
            json.WriteString("id", finding.Info.Id);
            json.WriteString("name", finding.Info.Name);
            json.WriteString("message", FindingText.Message(finding, names));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("do", point.Do);
        json.WriteEndObject();
    }
}
