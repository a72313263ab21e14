using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Deltoid.Values;

namespace Deltoid.Web.Api;

/// <summary>How days, moments, money and words are written in answers.</summary>
static class ApiParts
{
    public static void Day(this Utf8JsonWriter json, string name, DateOnly? day) =>
        json.WriteString(name, day?.Iso());

    public static void Moment(this Utf8JsonWriter json, string name, DateTime? at) => json.WriteString(name,
        at?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));

    /// <summary>Dollars with two decimals, written from whole cents.</summary>
    public static void Dollars(this Utf8JsonWriter json, string name, long cents)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(new Money(cents).ToString(), skipInputValidation: true);
    }

    public static void Id(this Utf8JsonWriter json, string name, long? id)
    {
        if (id is { } known) json.WriteNumber(name, known);
        else json.WriteNull(name);
    }

    /// <summary>Held is held: the word of a state.</summary>
    public static void Word<T>(this Utf8JsonWriter json, string name, T word) where T : struct, Enum =>
        json.WriteString(name, JsonNamingPolicy.KebabCaseLower.ConvertName(word.ToString()));

    /// <summary>Tags an answer by what it says.</summary>
    public static ApiAnswer Tagged(this ApiAnswer answer) =>
        answer with { Tag = Convert.ToHexStringLower(SHA256.HashData(answer.Body.Span))[..16] };
}
