using System.Buffers;
using System.Text;
using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Edits;
using Deltoid.Findings;
using Deltoid.X12;
using Deltoid.X12.Claims;

namespace Deltoid.Results;

/// <summary>
/// Findings as results of SARIF 2.1.0 (OASIS), for tools that show the findings of any linter. The fingerprint of a
/// result is the finding's own key, so that it is known again when the file has changed around it.
/// </summary>
public sealed class FindingsSarif(CodeBook book, string file) : FindingsWriter
{
    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Between => ",\n"u8;

    /// <summary>What stands before the results: the tool and its rules.</summary>
    public static void WriteHead(IBufferWriter<byte> target, string version) =>
        WriteHead(target, version, Shipped.Edits);

    internal static void WriteHead(IBufferWriter<byte> target, string version, EditSet edits)
    {
        target.Write(
            "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":"u8);
        using (var json = ResultJson.Writer(target, indented: false))
        {
            json.WriteStartObject();
            json.WriteString("name"u8, "Deltoid");
            json.WriteString("version"u8, version);
            json.WriteStartArray("rules"u8);
            foreach (var info in FindingHelp.All(edits)) WriteRule(info, json);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        target.Write("},\"results\":[\n"u8);
    }

    /// <summary>What closes the document.</summary>
    public static ReadOnlySpan<byte> Foot => "\n]}]}\n"u8;

    static void WriteRule(FindingInfo info, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, info.Id);
        json.WriteString("name"u8, info.Name);
        json.WriteStartObject("shortDescription"u8);
        json.WriteString("text"u8, FindingHelp.Open(info.Message));
        json.WriteEndObject();
        json.WriteStartObject("properties"u8);
        json.WriteString("authority"u8, info.Citation.Section);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public override int Write(Claim claim, FindingList findings, IBufferWriter<byte> target) =>
        WriteAll(claim, findings, target);

    /// <inheritdoc/>
    public override int Write(in SourcePlace set, FindingList findings, IBufferWriter<byte> target) =>
        WriteAll(NoClaim, findings, target);

    int WriteAll(Claim claim, FindingList findings, IBufferWriter<byte> target)
    {
        var count = 0;
        var (keys, names) = (new FindingKey(claim), ResultJson.NamesOf(book));
        foreach (ref readonly var finding in findings.Span)
        {
            if (finding.Under != 0) continue;
            target.Write(Between);
            count++;
            using var json = ResultJson.Writer(target, indented: false);
            WriteResult(finding, claim, keys, names, json);
        }
        return count;
    }

    void WriteResult(in Finding finding, Claim claim, FindingKey keys, Func<Arg, string> names, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("ruleId"u8, finding.Info.Id);
        json.WriteString("level"u8,
            finding.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "note" });
        json.WriteStartObject("message"u8);
        json.WriteString("text"u8, Sentence.Of(finding, claim, names));
        json.WriteEndObject();
        WriteLocation(finding, claim, json);
        json.WriteStartObject("partialFingerprints"u8);
        json.WriteString("deltoid/v1"u8, keys.Of(finding));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    void WriteLocation(in Finding finding, Claim claim, Utf8JsonWriter json)
    {
        var at = finding.Info.Maker == Maker.File ? finding.Source : ClaimPlaces.Of(claim, finding);
        json.WriteStartArray("locations"u8);
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation"u8);
        json.WriteStartObject("artifactLocation"u8);
        json.WriteString("uri"u8,
            file == "-" ? "stdin" : Uri.EscapeDataString(file).Replace("%2F", "/", StringComparison.Ordinal));
        json.WriteEndObject();
        if (at.ByteOffset > 0)
        {
            json.WriteStartObject("region"u8);
            json.WriteNumber("byteOffset"u8, at.ByteOffset);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteStartArray("logicalLocations"u8);
        json.WriteStartObject();
        json.WriteString("fullyQualifiedName"u8,
            at.Interchange > 0 ? X12Path(finding, claim, at) : Places.Pointer(finding.Place, claim));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    static string X12Path(in Finding finding, Claim claim, in SourcePlace at)
    {
        var path = finding.Info.Maker == Maker.File
            ? FindingPaths.Of(finding)
            : ClaimPlaces.Path(claim, at, finding.Place.Line);
        return new StringBuilder().Append(System.Globalization.CultureInfo.InvariantCulture,
            $"ISA[{at.Interchange}]/GS[{at.Group}]/ST[{at.Set}]/{at.Segment}").Append(path.Length > 0 ? "/" : "")
            .Append(path).ToString();
    }
}
