using System.Buffers;
using System.Text.Json;
using Deltoid.Fhir;
using Deltoid.Values;

namespace Deltoid.Web.Cds;

/// <summary>
/// What became of cards, one line of JSON each in a file of the data folder: which card, taken or not, why by its code,
/// when. What a person typed is not kept: it may name a patient. The file does not grow without end.
/// </summary>
sealed class CdsFeedback(ServeOptions options)
{
    public const int MostItems = 100;
    const long Largest = 16 << 20;

    readonly Lock gate = new();

    string File => Path.Combine(options.Folder, "cds-feedback.jsonl");

    /// <exception cref="InputException">It is no feedback.</exception>
    public void Keep(ReadOnlyMemory<byte> body, CdsService service, DateTime now)
    {
        var items = FhirTree.Read(body).Root["feedback"u8].Items.ToList();
        if (items.Count is 0 or > MostItems)
            throw new InputException("feedback", $"there are not 1 to {MostItems} items", "send what became of cards");
        var lines = new ArrayBufferWriter<byte>();
        for (var i = 0; i < items.Count; i++) Write(items[i], i, service, now, lines);
        lock (gate)
        {
            if (System.IO.File.Exists(File) && new FileInfo(File).Length > Largest)
                System.IO.File.Move(File, File + ".old", overwrite: true);
            using var file = new FileStream(File, FileMode.Append);
            file.Write(lines.WrittenSpan);
        }
    }

    static void Write(FhirNode item, int index, CdsService service, DateTime now, ArrayBufferWriter<byte> lines)
    {
        var outcome = item["outcome"u8].Peek();
        if (!Guid.TryParse(item["card"u8].Peek(), out var card))
            throw new InputException($"feedback[{index}].card", "this is no UUID", "send the uuid of the card");
        if (outcome is not ("accepted" or "overridden"))
            throw new InputException($"feedback[{index}].outcome", "this is no outcome",
                "write accepted or overridden");
        using (var json = new Utf8JsonWriter(lines))
        {
            json.WriteStartObject();
            json.WriteString("at", now);
            json.WriteString("service", service.Id);
            json.WriteString("card", card);
            json.WriteString("outcome", outcome);
            var reason = item["overrideReason"u8]["reason"u8]["code"u8].Peek();
            if (reason.Length is > 0 and <= 40 && reason.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-'))
                json.WriteString("reason", reason);
            json.WriteStartArray("suggestions");
            foreach (var taken in item["acceptedSuggestions"u8].Items.Take(10))
                if (Guid.TryParse(taken["id"u8].Peek(), out var id)) json.WriteStringValue(id);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        lines.Write("\n"u8);
    }
}
