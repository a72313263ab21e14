using System.Text.RegularExpressions;
using Deltoid.Values;

namespace Deltoid.Fhir;

/// <summary>What the words of a dosage say, where it has no codes: <c>60 mg, Intramuscular, Once</c>.</summary>
internal sealed partial class BundleReader
{
    /// <summary>A number with the word after it; not what is in each of something (5 mg/kg, 100 mL/hr).</summary>
    static readonly Regex AmountWord = new(@"(?<![\w.,/])(\d[\d,]*(?:\.\d+)?) ?([A-Za-zµ]+)(?! ?/| per )",
        RegexOptions.CultureInvariant);

    const int LongestRoute = 3;

    static HashSet<string> AmountsIn(string text) => [.. AmountWord.Matches(text)
        .Select(static m => $"{m.Groups[1].Value} {m.Groups[2].Value}")
        .Where(static a => Amount.TryParse(a, out var amount) && amount is { Unit: not MeasureUnit.Each, Value: > 0 })];

    /// <summary>The dose; in words alone the only amount that they have. Words of another amount contradict it.
    /// </summary>
    void ReadDose(FhirNode dosage, JsonDraft one)
    {
        var (dose, text) = (dosage["dose"u8], dosage["text"u8]);
        var said = AmountsIn(text.Peek());
        if (dose.IsNone && said.Count == 1) one.Text("dose", said.First());
        else if (dose.IsNone && text.Peek().Length > 0)
            NotUnderstood(text, "the dose, which is in words only,", "write it as dosage.dose, with value and unit");
        if (dose.IsNone) return;
        var amount = AmountOf(dose, "the dose");
        if (Amount.TryParse(amount, out var read)
            && said.Select(static a => Amount.TryParse(a, out var other) ? other : default)
                .Where(other => other.IsComparableTo(read)).ToList() is { Count: > 0 } alike
            && alike.TrueForAll(other => other.Base != read.Base))
            NotUnderstood(dose, "the dose, which the words of the dosage say otherwise,",
                "write what was given in both");
        else one.Text("dose", amount);
    }

    /// <summary>The only route that the words have.</summary>
    static void ReadRouteWords(FhirNode text, JsonDraft one)
    {
        var words = text.Peek().Split([' ', ',', ';', '.', '(', ')', '/'], StringSplitOptions.RemoveEmptyEntries);
        var routes = new HashSet<string>();
        for (var i = 0; i < words.Length; i++)
            for (var count = Math.Min(LongestRoute, words.Length - i); count > 0; count--)
                if (Values.Words.Routes.TryRead(string.Join(' ', words[i..(i + count)]), out var route))
                {
                    routes.Add(Values.Words.Routes[route]);
                    i += count - 1;
                    break;
                }
        if (routes.Count == 1) one.Text("route", routes.First());
    }
}
