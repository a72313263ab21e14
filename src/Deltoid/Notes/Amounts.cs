using System.Globalization;
using Deltoid.Values;

namespace Deltoid.Notes;

/// <summary>An amount with its unit as a note has it: <c>1,000 mcg</c>, <c>six milligrams</c>, <c>3O mg</c>.</summary>
internal readonly record struct AmountAt(Amount Amount, int FirstToken, int EndToken)
{
    public bool IsNone => Amount.IsNone;
}

/// <summary>
/// The grammar of amounts. A number is digits (with what scans make of 0 and 1) or words; a unit follows it, glued or
/// after a blank or one line break.
/// </summary>
internal static class Amounts
{
    /// <summary>The amount that begins at a token; false where no unit follows a number.</summary>
    public static bool TryRead(NoteText text, int token, out AmountAt found)
    {
        found = default;
        if (!Numbers.TryRead(text, token, out var value, out var end)) return false;
        var unit = UnitAt(text, Unbroken(text, end), out var after);
        if (unit == MeasureUnit.None) return false;
        found = new(new(value, unit), token, after);
        return true;
    }

    /// <summary>Past one line break and a glued hyphen: "30-mg", and a line that ends between number and
    /// unit.</summary>
    static int Unbroken(NoteText text, int token)
    {
        if (text.IsMark(token, '-') && text[token].Glue && token + 1 < text.Count && text[token + 1].Glue)
            return token + 1;
        return text.Kind(token) == TokenKind.Break && token < text.Count
            && text.LinesIn(token) == 1 ? token + 1 : token;
    }

    /// <summary>The unit at a token, and where it ends. Abbreviations with points are one unit: "I.U.".</summary>
    public static MeasureUnit UnitAt(NoteText text, int token, out int end)
    {
        end = token + 1;
        if (text.Kind(token) != TokenKind.Word) return MeasureUnit.None;
        var word = text.Word(token);
        switch (word)
        {
            case "million" or "mill" or "mil" or "millones" when IsUnits(text, token + 1, out end):
                return MeasureUnit.MillionUnits;
            case "thousand" when IsUnits(text, token + 1, out _): return MeasureUnit.None;
            case "international" or "usp" or "intl" when IsUnits(text, token + 1, out end): return MeasureUnit.Units;
            case "i" when text.IsMark(token + 1, '.') && text.Word(token + 2) is "u":
                end = token + 3;
                return MeasureUnit.Units;
            case "micro" when text.Word(token + 1) is "grams" or "gram":
                end = token + 2;
                return MeasureUnit.Mcg;
            case "cubic" when text.Word(token + 1) is "centimeters" or "centimeter":
                end = token + 2;
                return MeasureUnit.Ml;
        }
        return OfWord(word);
    }

    static bool IsUnits(NoteText text, int token, out int end)
    {
        end = token + 1;
        if (text.Word(token) is "de") end = ++token + 1;
        return text.Word(token) is "units" or "unit" or "u" or "iu" or "unidades" or "un" or "ui";
    }

    static MeasureUnit OfWord(ReadOnlySpan<char> word) => word switch
    {
        "mcg" or "mcgs" or "ug" or "ugs" or "microgram" or "micrograms" or "mikrograms" or "microgramos"
            or "microgramo" or "mcq" or "micgs" => MeasureUnit.Mcg,
        "mg" or "mgs" or "milligram" or "milligrams" or "miligrams" or "miligram" or "miligramos" or "miligramo"
            or "milligrms" or "mgm" or "mgms" => MeasureUnit.Mg,
        "g" or "gm" or "gms" or "gram" or "grams" or "gramo" or "gramos" or "gr" => MeasureUnit.G,
        "ng" or "nanogram" or "nanograms" => MeasureUnit.Ng,
        "ml" or "mls" or "cc" or "ccs" or "milliliter" or "milliliters" or "mililitros" or "mililitro" or "millilitres"
            or "millilitre" or "mililiters" or "mililiter" => MeasureUnit.Ml,
        "l" or "liter" or "liters" or "litre" or "litro" or "litros" => MeasureUnit.L,
        "units" or "unit" or "u" or "iu" or "ius" or "unidades" or "unidad" or "ui" or "unts" or "uts" =>
            MeasureUnit.Units,
        "mu" => MeasureUnit.MillionUnits,
        "meq" or "meqs" or "milliequivalents" => MeasureUnit.Meq,
        "mmol" or "millimoles" => MeasureUnit.Mmol,
        _ => MeasureUnit.None,
    };

    /// <summary>As the encounter writes it.</summary>
    public static string Written(Amount amount) => amount.ToString();

    public static string Written(decimal value) => value.ToString("0.#########", CultureInfo.InvariantCulture);
}
