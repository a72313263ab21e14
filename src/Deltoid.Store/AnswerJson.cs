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

    /// <summary>The number of the claim that a payment answers; empty where none is known.</summary>
    public static string Claim(JsonElement answer) =>
        answer.TryGetProperty("match", out var match) && match.ValueKind == JsonValueKind.Object
            ? Text(match, "claim") : "";
}
