using System.Globalization;
using System.Runtime.InteropServices;

namespace Deltoid.Values;

/// <summary>What a drug amount is measured in. Amounts convert only within one dimension.</summary>
internal enum MeasureUnit : byte { None, Ng, Mcg, Mg, G, Ml, L, Units, MillionUnits, Meq, Mmol, Each, Cm2, Vg }

/// <summary>
/// An exact amount of drug, such as 1000 mcg. Arithmetic is decimal and exact; whatever cannot be exact is not offered.
/// "Units", "IU" and "USP units" are one measure, because HCPCS writes them interchangeably for one product.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct Amount(decimal Value, MeasureUnit Unit)
{
    public bool IsNone => Unit == MeasureUnit.None;

    static (byte Dimension, decimal Factor) Scale(MeasureUnit unit) => unit switch
    {
        MeasureUnit.Ng => (1, 1m),
        MeasureUnit.Mcg => (1, 1_000m),
        MeasureUnit.Mg => (1, 1_000_000m),
        MeasureUnit.G => (1, 1_000_000_000m),
        MeasureUnit.Ml => (2, 1m),
        MeasureUnit.L => (2, 1000m),
        MeasureUnit.Units => (3, 1m),
        MeasureUnit.MillionUnits => (3, 1_000_000m),
        MeasureUnit.Meq => (4, 1m),
        MeasureUnit.Mmol => (5, 1m),
        MeasureUnit.Each => (6, 1m),
        MeasureUnit.Cm2 => (7, 1m),
        MeasureUnit.Vg => (8, 1m),
        _ => (0, 0m),
    };

    public bool IsComparableTo(Amount other) => Scale(Unit).Dimension == Scale(other.Unit).Dimension && !IsNone;

    public bool IsVolume => Scale(Unit).Dimension == 2;

    /// <summary>The value in the smallest unit of its dimension (ng, mL, units …).</summary>
    public decimal Base => Value * Scale(Unit).Factor;

    /// <summary>The same amount in another unit of its dimension; exact, since factors are powers of ten.</summary>
    public Amount In(MeasureUnit unit) => new(Base / Scale(unit).Factor, unit);

    /// <exception cref="InvalidOperationException">The two are of different dimensions: milligrams and milliliters have
    /// no sum.</exception>
    public static Amount operator +(Amount left, Amount right) => new(left.Value + left.Same(right).Value, left.Unit);

    /// <exception cref="InvalidOperationException">The two are of different dimensions.</exception>
    public static Amount operator -(Amount left, Amount right) => new(left.Value - left.Same(right).Value, left.Unit);

    Amount Same(Amount other) =>
        IsComparableTo(other)
            ? other.In(Unit)
            : throw new InvalidOperationException($"{Unit} and {other.Unit} are of different dimensions");

    /// <summary>
    /// Reads <c>1,000 mcg</c>, <c>0.3mg</c>, <c>1.2 million units</c>. What follows a slash is handed back as the rest.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Amount amount, out ReadOnlySpan<char> rest)
    {
        amount = default;
        rest = default;
        text = text.Trim();
        var slash = text.IndexOf('/');
        if (slash >= 0)
        {
            rest = text[(slash + 1)..].Trim();
            text = text[..slash].Trim();
        }
        var digits = 0;
        while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] is '.' or ',')) digits++;
        if (digits is 0 or > 24) return false;
        Span<char> number = stackalloc char[24];
        var length = 0;
        foreach (var c in text[..digits])
            if (c != ',') number[length++] = c;
        if (!decimal.TryParse(number[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var value))
            return false;
        if (value > 1_000_000_000_000m || decimal.Round(value, 9) != value) return false;
        var unit = UnitOf(text[digits..].Trim());
        amount = new(value, unit);
        return unit != MeasureUnit.None;
    }

    public static bool TryParse(ReadOnlySpan<char> text, out Amount amount) =>
        TryParse(text, out amount, out var rest) && rest.IsEmpty;

    /// <summary>The unit as charted, in any usual spelling; none when not known.</summary>
    public static MeasureUnit UnitOf(ReadOnlySpan<char> word)
    {
        Span<char> lower = stackalloc char[16];
        var length = 0;
        foreach (var c in word)
            if (c is not (' ' or '.' or '-' or '(' or ')') && length < 16) lower[length++] = char.ToLowerInvariant(c);
        return lower[..length] switch
        {
            "ng" or "nanogram" or "nanograms" => MeasureUnit.Ng,
            "mcg" or "ug" or "µg" or "μg" or "microgram" or "micrograms" or "mcgs" => MeasureUnit.Mcg,
            "mg" or "mgs" or "milligram" or "milligrams" => MeasureUnit.Mg,
            "g" or "gm" or "gms" or "gram" or "grams" => MeasureUnit.G,
            "ml" or "mls" or "cc" or "milliliter" or "milliliters" => MeasureUnit.Ml,
            "l" or "liter" or "liters" or "litre" => MeasureUnit.L,
            "units" or "unit" or "u" or "iu" or "iunits" or "uspunits" or "internationalun" or "internationaluni"
                or "ius" => MeasureUnit.Units,
            "millionunits" or "million" or "mu" or "millionunit" or "millioniu" or "munits" => MeasureUnit.MillionUnits,
            "meq" or "meqs" or "milliequivalent" or "milliequivalents" => MeasureUnit.Meq,
            "mmol" or "millimole" or "millimoles" => MeasureUnit.Mmol,
            "each" or "ea" or "dose" or "doses" or "study" or "vial" or "vials" or "syringe" or "syringes" or "kit"
                or "kits" or "implant" or "implants" or "pellet" or "pellets" or "treatment" => MeasureUnit.Each,
            "cm2" or "sqcm" => MeasureUnit.Cm2,
            "vg" => MeasureUnit.Vg,
            _ => MeasureUnit.None,
        };
    }

    public override string ToString() =>
        IsNone ? "" : $"{Value.ToString("0.#########", CultureInfo.InvariantCulture)} {Name(Unit)}";

    static string Name(MeasureUnit unit) => unit switch
    {
        MeasureUnit.Ng => "ng",
        MeasureUnit.Mcg => "mcg",
        MeasureUnit.Mg => "mg",
        MeasureUnit.G => "g",
        MeasureUnit.Ml => "mL",
        MeasureUnit.L => "L",
        MeasureUnit.Units => "units",
        MeasureUnit.MillionUnits => "million units",
        MeasureUnit.Meq => "mEq",
        MeasureUnit.Mmol => "mmol",
        MeasureUnit.Each => "each",
        MeasureUnit.Cm2 => "cm2",
        MeasureUnit.Vg => "vg",
        _ => "",
    };
}
