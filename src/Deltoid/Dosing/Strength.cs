using System.Text.RegularExpressions;
using Deltoid.Codes;
using Deltoid.Encounters;
using Deltoid.Values;

namespace Deltoid.Dosing;

/// <summary>How much drug is in how much of what it is measured by: 30 mg in 1 mL.</summary>
internal readonly record struct Strength(Amount Of, Amount Per)
{
    public bool IsKnown => !Of.IsNone && !Per.IsNone && Of.Base > 0 && Per.Base > 0;

    /// <summary>
    /// The charted concentration; else the strength of the container that the charted NDC names; else the one in the
    /// drug's name; else dose and volume of one syringe.
    /// </summary>
    public static Strength Charted(Administration charted, CodeBook book)
    {
        if (charted.Dose.Unit == MeasureUnit.Each)
            return new(charted.ContainerAmount, new(1, MeasureUnit.Each)); // "2 vials"
        if (new Strength(charted.Concentration, charted.ConcentrationPer) is { IsKnown: true } concentration)
            return concentration;
        if (Container(charted, book) is { } vial
            && new Strength(vial.Strength, vial.StrengthPer) is { IsKnown: true } labelled)
            return labelled;
        if (Named(charted, book) is { IsKnown: true } named) return named;
        return charted.Dose.IsVolume || charted.DoseOfOthers.Length > 0 ? default : new(charted.Dose, charted.Volume);
    }

    /// <summary>A strength in a volume, as names of products have it: 30 MG/ML, 60 mg/2 mL, 100 UNT/ML.</summary>
    static readonly Regex InWords = new(
        @"(?<![\w.,])(\d[\d,.]*) ?(mcg|mg|gm?|units?|unt|meq) ?/ ?(\d[\d.]*)? ?(?:ml|cc)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The one strength that a name has; of two drugs in one product neither.</summary>
    static Strength Written(string name)
    {
        if (InWords.Matches(name) is not [var only]) return default;
        var unit = only.Groups[2].Value;
        if (unit.Equals("unt", StringComparison.OrdinalIgnoreCase)) unit = "units";
        var per = only.Groups[3].Length > 0 ? only.Groups[3].Value : "1";
        return Amount.TryParse($"{only.Groups[1].Value} {unit}", out var of)
            && Amount.TryParse($"{per} mL", out var volume) ? new(of, volume) : default;
    }

    /// <summary>The strength that a charted drug has in its name, or its brand: Kenalog-40.</summary>
    static Strength Named(Administration charted, CodeBook book)
    {
        if (!charted.Dose.IsVolume || book.DrugNamed(charted.Drug) is not { } drug) return default;
        if (Written(charted.Drug) is { IsKnown: true } written) return written;
        var name = DrugName.Fold(charted.Drug);
        foreach (ref readonly var row in drug.Products.Span)
        {
            if (row.MaxStrength == 0 || row.MinStrength != row.MaxStrength) continue;
            if (!name.Contains(DrugName.Fold(row.Brand), StringComparison.Ordinal)) continue;
            return new(new(row.MaxStrength, MeasureUnit.Mg), new(1, MeasureUnit.Ml));
        }
        return default;
    }

    /// <summary>The container that the charted NDC names; null where the book does not know it.</summary>
    public static VialRow? Container(Administration charted, CodeBook book) =>
        Ndc.TryParse(charted.NdcText, out var ndc, out _) && book.TryContainer(ndc, out _, out var vial) ? vial : null;

    /// <summary>
    /// How many of <paramref name="unit"/> an amount is, exactly; null where the two are of different measures and the
    /// strength does not tie them.
    /// </summary>
    /// <exception cref="OverflowException">The amounts are beyond any drug.</exception>
    public Ratio? Count(Amount amount, Amount unit)
    {
        if (amount.IsNone || unit.IsNone || unit.Base == 0) return null;
        if (amount.IsComparableTo(unit)) return Quotient(amount, unit);
        if (!IsKnown) return null;
        if (amount.IsComparableTo(Per) && Of.IsComparableTo(unit)) return Quotient(amount, Per) * Quotient(Of, unit);
        if (amount.IsComparableTo(Of) && Per.IsComparableTo(unit)) return Quotient(amount, Of) * Quotient(Per, unit);
        return null;
    }

    static Ratio Quotient(Amount one, Amount other) => Ratio.Of(one.Base) / Ratio.Of(other.Base);
}
