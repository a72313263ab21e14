using System.Globalization;
using System.Text.Json;
using Deltoid.Batch;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Cli;

/// <summary>What a run came to: the kinds of findings by how often they came, and the claims by kind of
/// payer.</summary>
static class Statistics
{
    /// <param name="most">Kinds of findings that are listed.</param>
    public static IEnumerable<string> Lines(Totals totals, int most = int.MaxValue)
    {
        var kinds = totals.Tally.Kinds.ToList();
        foreach (var (info, count) in kinds.Take(most))
            yield return Text($"  {count,9:N0}  {FindingText.Of(info.Severity),-7}  {info.Id}  {info.Name}");
        if (kinds.Count > most)
            yield return Text(
                $"  {kinds.Skip(most).Sum(static k => k.Value),9:N0}  of {kinds.Count - most} other kinds (--statistics lists them all)");
        for (var kind = 0; kind < totals.Tally.Payers.Length; kind++)
            if (totals.Tally.Payers[kind] is { Claims: > 0 } payer)
                yield return Text(
                    $"  {NameOf((PayerKind)kind)}: {Summary.Count(payer.Claims, "claim")}, {payer.Clean:N0} clean, {Summary.Count(payer.Errors, "error")}");
    }

    public static void Write(Totals totals, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("deltoid"u8, ResultJson.Version);
        json.WriteNumber("claims"u8, totals.Claims);
        json.WriteNumber("clean"u8, totals.Clean);
        json.WriteStartArray("findings"u8);
        foreach (var (info, count) in totals.Tally.Kinds) Write(info, count, json);
        json.WriteEndArray();
        json.WriteStartArray("payers"u8);
        for (var kind = 0; kind < totals.Tally.Payers.Length; kind++)
            if (totals.Tally.Payers[kind] is { Claims: > 0 } payer) Write((PayerKind)kind, payer, json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Write(FindingInfo info, long count, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, info.Id);
        json.WriteString("name"u8, info.Name);
        json.WriteString("severity"u8, FindingText.Of(info.Severity));
        json.WriteNumber("count"u8, count);
        json.WriteEndObject();
    }

    static void Write(PayerKind kind, PayerTally payer, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("kind"u8, NameOf(kind));
        json.WriteNumber("claims"u8, payer.Claims);
        json.WriteNumber("clean"u8, payer.Clean);
        json.WriteNumber("errors"u8, payer.Errors);
        json.WriteEndObject();
    }

    static string NameOf(PayerKind kind) => kind == PayerKind.None ? "unknown" : Deltoid.Values.Words.PayerKinds[kind];

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
