using System.Buffers;
using System.Text.Json;
using Deltoid.Answers;
using Deltoid.Batch;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;

namespace Deltoid.Cli;

/// <summary>
/// Writes what X12 says as JSON: a claim as claim JSON, which <c>scrub</c> and <c>emit</c> take; an answer as an object
/// that names it. A payment and its claims are one object; on lines, the claims first and each by itself, so that a
/// long one is never held.
/// </summary>
/// <param name="file">The name of the input, for what is not read whole.</param>
sealed class ReadItems(string file, ItemOutput output, Form form)
{
    readonly SetReadings readings = new();
    readonly FindingList unused = new(); // `check` reports what is wrong
    readonly ArrayBufferWriter<byte> listed = new(); // items that wait for their set

    /// <summary>Writes all of a stream.</summary>
    /// <returns>How many sets were read, and what was not, with the reason.</returns>
    public (int Read, List<string> Refused) Write(Stream stream, CancellationToken stop)
    {
        var source = new BlockSource(stream);
        var read = 0;
        while (source.Next() is { } block)
        {
            stop.ThrowIfCancellationRequested();
            foreach (var item in block.Items)
            {
                if (SetChoice.All.Of(item) is { } setPart) Write(block.Bytes, setPart);
                if (item.Part is not { } part) continue;
                if (ReadCommand.RefusalOf(part) is { } reason) refused.Add(reason);
                else if (part.Kind is EnvelopeKind.Set or EnvelopeKind.Acknowledgment) read++;
                if (part.Kind == EnvelopeKind.Acknowledgment) Write(part);
            }
            source.Return(block);
        }
        return (hasUnread && !hasWhole ? 0 : read, refused);
    }

    readonly List<string> refused = [];
    bool hasUnread, hasWhole; // items

    /// <summary>A claim that was not read whole is in its place, with the reason.</summary>
    void WriteUnread(SetReading reading, in Finding finding)
    {
        var error = UnreadItem.ErrorOf(reading, finding);
        hasUnread = true;
        refused.Add($"{error.At}: {error.Message}");
        output.PutObject(json => ResultJson.WriteError(file, error, reading.WriteItem, json));
    }

    void Write(byte[] bytes, SetPart setPart)
    {
        var reading = readings.Of(setPart.Set.Guide!.Set);
        reading.Open(bytes, setPart);
        for (; reading.Next(unused); unused.Clear()) WriteItem(reading);
        reading.SetFindings.Clear();
        if (!setPart.IsLast || reading.SetName.Length == 0) return;
        Put(reading.SetName, json =>
        {
            reading.WriteSet(json);
            if (form == Form.Json && reading.ListName.Length > 0) WriteListed(reading.ListName, json);
        });
        listed.ResetWrittenCount();
    }

    void WriteItem(SetReading reading)
    {
        hasWhole |= reading.Unread is null;
        if (reading.Unread is { } finding) WriteUnread(reading, finding);
        else if (reading.ItemName.Length == 0) output.PutObject(reading.WriteItem);
        else if (form == Form.JsonLines || reading.ListName.Length == 0) Put(reading.ItemName, reading.WriteItem);
        else
        {
            listed.Write(","u8);
            using var json = ResultJson.Writer(listed, indented: true);
            reading.WriteItem(json);
        }
    }

    void WriteListed(string name, Utf8JsonWriter json)
    {
        json.WriteStartArray(name);
        json.Flush();
        if (listed.WrittenCount > 0) json.WriteRawValue(listed.WrittenSpan[1..], skipInputValidation: true);
        json.WriteEndArray();
    }

    void Write(EnvelopePart part)
    {
        var verdict = new InterchangeAcknowledgment(part.Element(1), part.Element(2), part.Element(3),
            part.Element(4) is [var sign, ..] ? sign : '\0', part.Element(5));
        Put("interchangeAcknowledgment", json => AcknowledgmentJson.Write(verdict, json));
    }

    void Put(string name, Action<Utf8JsonWriter> write) => output.PutObject(json =>
    {
        json.WriteStartObject();
        json.WritePropertyName(name);
        write(json);
        json.WriteEndObject();
    });
}
