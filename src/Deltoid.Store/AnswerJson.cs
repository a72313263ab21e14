using System.Globalization;
using System.Text.Json;

namespace Deltoid.Store;

/// <summary>Values of what <c>deltoid remit</c> answers; a member that is missing is empty.</summary>
public static class AnswerJson
{
    public static string Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <summary>Amounts are written with two decimals, from cents.</summary>
    public static long Cents(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            ? (long)(value.GetDecimal() * 100) : 0;

    /// <summary>A member that is an object; null where it is missing or null.</summary>
    public static JsonElement? Member(JsonElement of, string name) =>
        of.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Object ? member : null;

    /// <summary>The last day for the step that an answer proposes; null where it has none.</summary>
    public static DateOnly? LastDay(JsonElement answer) => Member(answer, "deadline") is { } deadline
        && DateOnly.TryParse(Text(deadline, "date"), CultureInfo.InvariantCulture, out var day) ? day : null;

    /// <summary>The number of the claim that a payment answers; empty where none is known.</summary>
    public static string Claim(JsonElement answer) =>
        Member(answer, "match") is { } match ? Text(match, "claim") : "";
}
