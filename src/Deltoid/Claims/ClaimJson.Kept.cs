using System.Text.Json;
using Deltoid.Values;
using static Deltoid.Values.JsonOut;

namespace Deltoid.Claims;

/// <summary>Segments of X12 that have no field: <c>other</c>, in groups of one loop each.</summary>
public static partial class ClaimJson
{
    /// <summary>An object with a loop and its segments, or one segment as a text without its loop.</summary>
    static void ReadKept(ref JsonInput json, Claim claim)
    {
        if (json.Kind == JsonTokenType.String)
        {
            claim.Keep(json.TextBytes());
            return;
        }
        var first = claim.Segments.Length;
        var hasSegments = false;
        ushort place = 0;
        ulong seen = 0;
        json.EnterObject("{ \"loop\": \"2320\", \"segments\": [\"AMT*D*96\"] }");
        while (json.NextField(KeptFields, ref seen, out var name))
            switch (name)
            {
                case "loop": place = ReadLoop(ref json, claim); break;
                case "segments":
                    for (json.EnterArray(); json.NextItem();) claim.Keep(json.TextBytes());
                    hasSegments = true;
                    break;
            }
        if (place == 0) throw json.Wrong("its loop is missing", "add \"loop\": \"2300\" for the claim itself");
        if (!hasSegments) throw json.Wrong("its segments are missing", "add \"segments\": [\"AMT*D*96\"]");
        for (var i = first; i < claim.Segments.Length; i++) claim.Replace(i, claim.Segments[i] with { Place = place });
    }

    static ushort ReadLoop(ref JsonInput json, Claim claim)
    {
        var loop = json.TextBytes();
        if (!LoopPath.IsPath(loop))
            throw json.Wrong("this is not a loop",
            "write it as 2300, 2320[2]/2330B or 2400[1]");
        if (claim.IsFull) throw json.Wrong("the claim keeps segments in more than 65535 places", "split the claim");
        return claim.AddPlace(loop);
    }

    static void WriteOther(Claim claim, Utf8JsonWriter writer)
    {
        if (claim.Segments.IsEmpty) return;
        WriteSeparators(writer, claim.Delimiters);
        writer.WriteStartArray("other");
        for (var i = 0; i < claim.Segments.Length;)
        {
            if (claim.Segments[i].Place == 0) writer.WriteStringValue(Readable(claim[claim.Segments[i++].Text]));
            else i = WriteGroup(claim, i, writer);
        }
        writer.WriteEndArray();
    }

    /// <summary>Writes the segments of one loop; gives the first after them.</summary>
    static int WriteGroup(Claim claim, int from, Utf8JsonWriter writer)
    {
        var place = claim.Segments[from].Place;
        writer.WriteStartObject();
        writer.WriteString("loop", claim.PlaceOf(claim.Segments[from]));
        writer.WriteStartArray("segments");
        var i = from;
        for (; i < claim.Segments.Length && claim.Segments[i].Place == place; i++)
            writer.WriteStringValue(Readable(claim[claim.Segments[i].Text]));
        writer.WriteEndArray();
        writer.WriteEndObject();
        return i;
    }
}
