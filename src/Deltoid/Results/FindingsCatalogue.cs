using System.Buffers;
using System.Text.Json;
using Deltoid.Codes;
using Deltoid.Edits;
using Deltoid.Findings;

namespace Deltoid.Results;

/// <summary>The first line of JSON lines: what all findings of an id have in common, once.</summary>
internal static class FindingsCatalogue
{
    public static void Write(EditSet edits, CodeBook book, IBufferWriter<byte> target)
    {
        using (var json = ResultJson.Writer(target, indented: false))
        {
            json.WriteStartObject();
            json.WriteString("deltoid"u8, ResultJson.Version);
            json.WriteString("codeBook"u8, book.Version);
            json.WriteStartObject("catalogue"u8);
            foreach (var info in FindingHelp.OfClaims(edits)) WriteInfo(info, json);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        target.Write("\n"u8);
    }

    static void WriteInfo(FindingInfo info, Utf8JsonWriter json)
    {
        json.WriteStartObject(info.Id);
        json.WriteString("name"u8, info.Name);
        json.WriteString("rules"u8, info.Rules);
        ResultJson.WritePredictions(info, json);
        ResultJson.WriteCitation(info.Citation, json);
        json.WriteString("page"u8, info.Maker == Maker.PayerRule
            ? "payer-rules.md"
            : (Shipped.Edits.Find(info.Id)?.Info.Name ?? info.Name) + ".md");
        json.WriteEndObject();
    }
}
