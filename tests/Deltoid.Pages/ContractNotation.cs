using System.Globalization;
using System.Text;
using System.Text.Json;
using Deltoid.Pricing;
using Deltoid.Remits;
using Deltoid.Values;

namespace Deltoid.Pages;

/// <summary>Contracts in the notation of pages: see <see cref="DenialPage"/>.</summary>
internal static class ContractNotation
{
    static readonly string[] Lists = ["codes", "modifiers", "places", "rankedPercents"];

    /// <summary>Fields as the members of a JSON object; an underscore is a blank.</summary>
    public static string Fields(string[] words) => string.Join(',', words.Select(static word =>
    {
        var cut = word.IndexOf('=', StringComparison.Ordinal);
        if (cut < 1) throw new FormatException($"{word} is no field=value");
        var (name, value) = (word[..cut], word[(cut + 1)..].Replace('_', ' '));
        return $"\"{name}\":{JsonOf(name, value)}";
    }));

    static string JsonOf(string name, string value) =>
        name == "modifierPercents"
            ? $"{{{string.Join(',', value.Split(',').Select(static p => $"\"{p.Split(':')[0]}\":{p.Split(':')[1]}"))}}}"
            : Array.IndexOf(Lists, name) >= 0
                ? $"[{string.Join(',', value.Split(',').Select(v => name == "rankedPercents" ? v : Quoted(v)))}]"
                : value is "true" or "false" || (name is not ("source" or "plan" or "locality" or "from" or "thru")
                    && decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out _)) ? value
                : Quoted(value);

    static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    /// <param name="fields">Its members but the rows, with a comma after them.</param>
    public static Contract Read(string fields, List<string> rates)
    {
        var json = new JsonInput(Encoding.UTF8.GetBytes($"{{{fields}\"rates\":[{string.Join(',', rates)}]}}"));
        var contract = ContractJson.Read(ref json);
        json.Close();
        return contract;
    }

    /// <summary><c>price 1 underpaid expected 30.00 allowed 24.00 earlier-year</c>.</summary>
    public static string Print(LinePrice line) => string.Create(CultureInfo.InvariantCulture,
        $"price {line.Number} {LinePrice.Verdicts[line.Verdict]}")
        + (line.Verdict == PriceVerdict.Unknown ? $": {line.Why}"
            : $" expected {line.Expected} allowed {line.Allowed}")
        + (line.Verdict is PriceVerdict.Underpaid or PriceVerdict.Overpaid ? " " + line.CauseId : "");
}
