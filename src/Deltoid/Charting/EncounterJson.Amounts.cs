using System.Globalization;
using System.Text.Json;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Charting;

/// <summary>
/// Amounts of drug, as text (<c>1,000 mcg</c>) or as <c>{ "value": 1000, "unit": "mcg" }</c>. A number without a unit
/// is no amount.
/// </summary>
public static partial class EncounterJson
{
    /// <summary>
    /// The dose; <c>1,000 mcg/1 mL</c> states its volume too, <c>600 mg/900 mg</c> two drugs. "mcg/mL" without a number
    /// is a strength and no dose.
    /// </summary>
    static Amount Dose(ref JsonInput json, Administration given, Spot at, out Amount volume)
    {
        given.DoseCharted = json.Kind != JsonTokenType.String || !AmountText(ref json).IsEmpty;
        var dose = Combined(ref json, at, Field.Dose, out volume, out var others);
        given.DoseOfOthers = others;
        return dose;
    }

    static void ReadContainerAmount(ref JsonInput json, Administration given, Spot at)
    {
        given.ContainerAmount = Combined(ref json, at, Field.ContainerAmount, out _, out var others);
        given.ContainerOfOthers = others;
    }

    /// <summary>An amount that may be of several drugs, and may state its volume.</summary>
    static Amount Combined(ref JsonInput json, Spot at, Field field, out Amount volume, out Amount[] others)
    {
        (volume, others) = (default, []);
        if (json.Kind != JsonTokenType.String) return Measure(ref json, at, field);
        var text = AmountText(ref json);
        if (text.IsEmpty) return default;
        if (CombinedAmount.TryParse(text, out var combined))
        {
            (volume, others) = (combined.Volume, combined.Others);
            return combined.First;
        }
        at.Unread(field);
        return default;
    }

    /// <summary>An amount, or none, noted as unread.</summary>
    static Amount Measure(ref JsonInput json, Spot at, Field field)
    {
        if (json.Kind == JsonTokenType.StartObject)
        {
            var (value, unit, _, _) = Parts(ref json, AmountFields);
            if (TryAmount(value, unit, out var measured)) return measured;
        }
        else
        {
            var text = AmountText(ref json);
            if (text.IsEmpty) return default;
            if (Amount.TryParse(text, out var amount)) return amount;
        }
        at.Unread(field);
        return default;
    }

    static Amount Volume(ref JsonInput json, Spot at)
    {
        var volume = Measure(ref json, at, Field.Volume);
        if (volume.IsNone || volume.IsVolume) return volume;
        at.Unread(Field.Volume);
        return default;
    }

    /// <summary>An amount, or a word or a zero that says that nothing was discarded.</summary>
    static void ReadDiscarded(ref JsonInput json, Administration given, Spot at)
    {
        if (IsNothing(ref json))
        {
            given.NothingDiscarded = true;
            return;
        }
        if (json.Kind == JsonTokenType.Number) throw json.Due("an amount with its unit");
        if (json.Kind == JsonTokenType.StartObject)
        {
            var (value, unit, _, _) = Parts(ref json, AmountFields);
            if (value == 0)
            {
                given.NothingDiscarded = true;
                return;
            }
            given.Discarded = TryAmount(value, unit, out var amount) ? amount : default;
            if (given.Discarded.IsNone) at.Unread(Field.Discarded);
            return;
        }
        given.Discarded = Measure(ref json, at, Field.Discarded);
        if (given.Discarded is not { IsNone: false, Value: 0 }) return;
        given.NothingDiscarded = true;
        given.Discarded = default;
    }

    static bool IsNothing(ref JsonInput json) => json.Kind switch
    {
        JsonTokenType.Number => json.Number() == 0,
        JsonTokenType.String =>
            json.Text().Trim().ToUpperInvariant() is "NONE" or "0" or "0.0" or "ZERO" or "NOTHING" or "NIL"
                or "NO WASTE" or "NO WASTAGE",
        _ => false,
    };

    /// <summary>
    /// Strength per volume: <c>30 mg/mL</c>, <c>1000 mcg/1 mL</c>, <c>30 mg per mL</c>, <c>1%</c>, <c>1:1000</c>, or
    /// <c>{ value, unit, per: { value, unit } }</c>.
    /// </summary>
    static void ReadConcentration(ref JsonInput json, Administration given, Spot at)
    {
        Amount strength, per;
        if (json.Kind == JsonTokenType.StartObject)
        {
            var (value, unit, perValue, perUnit) = Parts(ref json, ConcentrationFields);
            TryAmount(value, unit, out strength);
            TryAmount(perValue, perUnit, out per);
        }
        else
        {
            var text = AmountText(ref json).ToString().Replace(" per ", "/", StringComparison.OrdinalIgnoreCase);
            if (text.Length == 0) return;
            if (!TryShare(text, out strength, out per))
            {
                if (!Amount.TryParse(text, out strength, out var rest)) strength = default;
                per = Per(rest);
            }
        }
        if (strength.IsNone || strength.IsVolume || per is not { IsVolume: true, Value: > 0 })
        {
            at.Unread(Field.Concentration);
            return;
        }
        given.Concentration = strength;
        given.ConcentrationPer = per;
    }

    /// <summary><c>1%</c> is 1 g in 100 mL, <c>1:1000</c> is 1 g in 1000 mL.</summary>
    static bool TryShare(ReadOnlySpan<char> text, out Amount strength, out Amount per)
    {
        (strength, per) = (new(1, MeasureUnit.G), new(100, MeasureUnit.Ml));
        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands;
        if (text.EndsWith("%")
            && decimal.TryParse(text[..^1].TrimEnd(), Style, CultureInfo.InvariantCulture, out var percent)
            && percent is > 0 and <= 100)
        {
            strength = new(percent, MeasureUnit.G);
            return true;
        }
        if (!text.StartsWith("1:")
            || !decimal.TryParse(text[2..].Trim(), Style, CultureInfo.InvariantCulture, out var parts)
            || parts is < 1 or > 1_000_000)
            return false;
        per = new(parts, MeasureUnit.Ml);
        return true;
    }

    /// <summary>What follows "per": <c>1 mL</c>, or <c>mL</c> for one.</summary>
    static Amount Per(ReadOnlySpan<char> text) =>
        Amount.TryParse(text, out var amount) ? amount : new Amount(1, Amount.UnitOf(text));

    /// <summary>The members of an amount object; a value that is missing is null, a unit not known is none.</summary>
    static (decimal? Value, MeasureUnit Unit, decimal? PerValue, MeasureUnit PerUnit) Parts(ref JsonInput json,
        FieldNames fields)
    {
        decimal? value = null, perValue = null;
        MeasureUnit unit = default, perUnit = default;
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(fields, ref seen, out var name))
            switch (name)
            {
                case "value": value = AmountNumber(ref json); break;
                case "unit": unit = Amount.UnitOf(json.Text()); break;
                case "per" when json.Kind == JsonTokenType.String:
                    var per = Per(AmountText(ref json));
                    (perValue, perUnit) = (per.Value, per.Unit);
                    break;
                case "per": (perValue, perUnit, _, _) = Parts(ref json, AmountFields); break;
            }
        return (value, unit, perValue, perUnit);
    }

    static bool TryAmount(decimal? value, MeasureUnit unit, out Amount amount)
    {
        var known = unit != MeasureUnit.None && value is { } number && decimal.Round(number, 9) == number;
        amount = known ? new Amount(value.GetValueOrDefault(), unit) : default;
        return known;
    }

    static decimal? AmountNumber(ref JsonInput json)
    {
        if (json.Kind != JsonTokenType.String)
        {
            var value = json.Number();
            return value < 0 ? throw json.Negative() : value;
        }
        var text = AmountText(ref json);
        return text.Length <= 24
            && decimal.TryParse(text, NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }

    /// <summary>
    /// The text of an amount, trimmed. A negative number, or one above a million millions, is no charting but a fault.
    /// </summary>
    static ReadOnlySpan<char> AmountText(ref JsonInput json)
    {
        if (json.Kind is not JsonTokenType.String) throw json.Due("an amount with its unit");
        var text = json.Text().AsSpan().Trim();
        if (IsNegative(text)) throw json.Negative();
        if (IsTooLarge(text))
            throw json.Wrong("the amount is larger than 1000000000000", "check its unit and its decimal point");
        return text;
    }

    static bool IsTooLarge(ReadOnlySpan<char> text)
    {
        const int MostDigits = 13;
        Span<char> digits = stackalloc char[MostDigits];
        var length = 0;
        foreach (var c in text)
        {
            if (c == ',' || (c == '0' && length == 0)) continue;
            if (!char.IsAsciiDigit(c)) break;
            if (length == MostDigits) return true;
            digits[length++] = c;
        }
        return length == MostDigits
            && long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) > 1_000_000_000_000;
    }
}
