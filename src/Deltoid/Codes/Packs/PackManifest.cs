using System.Text.Json;
using Deltoid.Values;

namespace Deltoid.Codes.Packs;

/// <summary>One file that a pack was made of.</summary>
/// <param name="Table">The published table: <c>ncci-ptp-practitioner</c>.</param>
/// <param name="File">The file's name, after that of the zip it came in.</param>
/// <param name="Release">As the publisher calls it: <c>v32.3</c>, <c>2026 JUL</c>; empty where the file does not
/// say.</param>
/// <param name="Covers">The days for which the release decides; what is open in it continues after them until something
/// newer is known.</param>
/// <param name="IsWhole">It is a whole release: what is not in it is not in force. Of an excerpt only what it says
/// counts.</param>
/// <param name="HasFalseDates">Its dates are marked as made up: good for size and speed, not for a verdict.</param>
internal sealed record PackSource(string Table, string Title, string File, string Sha256, string Release,
    DateRange Covers, int Rows, bool IsWhole, bool HasFalseDates);

/// <summary>What a pack says of itself.</summary>
/// <param name="Release">The day from which its newest source is in force, or as the one who compiled it said.</param>
/// <param name="Hash">SHA-256 of everything after the head, in hex: the pack's name.</param>
internal sealed record PackManifest(DateOnly Release, string Hash, PackSource[] Sources)
{
    /// <summary>As a result carries it: release day and the first eight digits of the hash.</summary>
    public string Version => $"{Release.Iso()}+{Hash.AsSpan(0, 8)}";

    /// <summary>A source whose dates are made up taints every verdict.</summary>
    public bool HasFalseDates => Array.Exists(Sources, static s => s.HasFalseDates);

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("release"u8, $"{Release.Iso()}");
        json.WriteStartArray("sources"u8);
        foreach (var source in Sources) Write(json, source);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, PackSource source)
    {
        json.WriteStartObject();
        json.WriteString("table"u8, source.Table);
        json.WriteString("title"u8, source.Title);
        json.WriteString("file"u8, source.File);
        json.WriteString("sha256"u8, source.Sha256);
        json.WriteString("release"u8, source.Release);
        json.WriteNumber("from"u8, source.Covers.FromDay);
        json.WriteNumber("thru"u8, source.Covers.ThruDay);
        json.WriteNumber("known"u8, source.Covers.KnownDay);
        json.WriteNumber("rows"u8, source.Rows);
        json.WriteBoolean("whole"u8, source.IsWhole);
        json.WriteBoolean("falseDates"u8, source.HasFalseDates);
        json.WriteEndObject();
    }

    /// <exception cref="JsonException">It is not a manifest.</exception>
    internal static PackManifest Read(ReadOnlySpan<byte> utf8, string hash)
    {
        var reader = new Utf8JsonReader(utf8);
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        try
        {
            return new(Days.Read(root.GetProperty("release"u8).GetString()), hash,
                [.. root.GetProperty("sources"u8).EnumerateArray().Select(Source)]);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new JsonException("not a manifest of a code book", e);
        }
    }

    static PackSource Source(JsonElement source) =>
        new(Text(source, "table"u8), Text(source, "title"u8), Text(source, "file"u8), Text(source, "sha256"u8),
            Text(source, "release"u8),
            new(source.GetProperty("from"u8).GetInt32(), source.GetProperty("thru"u8).GetInt32(),
                source.GetProperty("known"u8).GetInt32()), source.GetProperty("rows"u8).GetInt32(),
            source.GetProperty("whole"u8).GetBoolean(), source.GetProperty("falseDates"u8).GetBoolean());

    static string Text(JsonElement source, ReadOnlySpan<byte> name) => source.GetProperty(name).GetString() ?? "";
}
