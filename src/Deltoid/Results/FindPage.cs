using System.Text.Json;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>
/// Codes that were found, a line for each; one that is out of force on the day is struck, with what took over from it.
/// </summary>
internal static class FindPage
{
    public static void Write(TextPage page, IReadOnlyList<CodeHit> hits, DateOnly day)
    {
        foreach (var hit in hits)
        {
            var label = hit.Label.Length > 0 ? hit.Label : "(no label in this code book)";
            var line = $"{Written(hit),-10}{label}{(hit.Ndc.Length > 0 ? $", NDC {Hyphenated(hit.Ndc)}" : "")}"
                + $"{(hit.IsHeader ? " (a header: more characters are needed)" : "")}";
            page.Line(hit.IsInForce ? line
                : page.Color ? $"\e[9m{line}\e[0m{Next(hit)}"
                : $"{line}, {When(hit.Dates, day)}{Next(hit)}");
        }
    }

    static string Written(CodeHit hit) => hit.Kind == FindKind.Diagnosis ? hit.Code.ToDiagnosis() : hit.Code.ToString();

    static string Hyphenated(string ndc) => $"{ndc.AsSpan(0, 5)}-{ndc.AsSpan(5, 4)}-{ndc.AsSpan(9)}";

    static string When(DateRange dates, DateOnly day) =>
        dates.Thru is { } last && last < day ? $"until {last.Iso()}"
            : dates.From is { } first && first > day ? $"from {first.Iso()}"
            : $"not in force on {day.Iso()}";

    static string Next(CodeHit hit) => hit.Successors.Count == 0 ? "" : $" → {string.Join(", ", hit.Successors)}";

    /// <summary>The same as a JSON list.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<CodeHit> hits)
    {
        json.WriteStartArray();
        foreach (var hit in hits) Write(json, hit);
        json.WriteEndArray();
    }

    static void Write(Utf8JsonWriter json, CodeHit hit)
    {
        json.WriteStartObject();
        json.WriteString("kind"u8,
            hit.Kind switch
            {
                FindKind.Drug => "drug"u8, FindKind.Diagnosis => "diagnosis"u8, FindKind.Package => "package"u8,
                FindKind.Modifier => "modifier"u8, _ => "code"u8
            });
        if (!hit.Code.IsNone) json.WriteString("code"u8, Written(hit));
        json.WriteString("label"u8, hit.Label);
        if (hit.Drug is not null) json.WriteString("drug"u8, hit.Drug.Name);
        if (hit.Ndc.Length > 0) json.WriteString("ndc"u8, hit.Ndc);
        json.WriteBoolean("inForce"u8, hit.IsInForce);
        if (hit.IsHeader) json.WriteBoolean("header"u8, true);
        if (hit.Dates.From is { } from) json.WriteString("from"u8, $"{from.Iso()}");
        if (hit.Dates.Thru is { } thru) json.WriteString("thru"u8, $"{thru.Iso()}");
        if (hit.Successors.Count > 0)
        {
            json.WriteStartArray("successors"u8);
            foreach (var next in hit.Successors) json.WriteStringValue(next.ToString());
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }
}
