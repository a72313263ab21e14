using Deltoid.Codes;
using Deltoid.Dosing;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>
/// The NDC of a drug line and the quantity in its own measure, independent of the billed units (INJ-120 to INJ-126).
/// </summary>
internal static class NdcOnLine
{
    /// <param name="supply">The doses of the line; null where the code does not count an amount.</param>
    public static void Add(Case visit, Draft line, Given given, Supply? supply)
    {
        var text = given.Charted.NdcText;
        if (text.Length == 0)
        {
            if (visit.Profile.NdcRequired) visit.Say(CodingFindings.NdcMissing, given.At(Field.Ndc), Case.Name(given));
            return;
        }
        if (!Ndc.TryParse(text, out var ndc, out var fault))
        {
            visit.Ask(line, Questions.Ndc, Answer.Unknown, given.At(Field.Ndc));
            visit.Say(fault == NdcFault.AmbiguousTenDigits ? CodingFindings.NdcAmbiguous : CodingFindings.NdcUnreadable,
                given.At(Field.Ndc));
            return;
        }
        if (given.Drug is { } charted
            && NdcCheck.OtherDrug(visit.Book, ndc, line.Code, charted, visit.Date) is { } named)
        {
            visit.Say(CodingFindings.NdcOfAnotherDrug, given.At(Field.Ndc), Arg.Drug(charted.Index),
                Arg.Drug(named.Index));
            return; // a quantity by another drug's strength would be wrong too
        }
        line.Ndc = ndc.AsBilled;
        if (QuantityOf(visit, line, given, supply) is { } counted) (line.NdcUnit, line.NdcQuantity) = counted;
        else visit.Say(CodingFindings.NdcQuantityUnknown, given.At(Field.Volume), Case.Name(given));
        visit.Ask(line, Questions.Ndc, Answer.Yes, given.At(Field.Ndc));
    }

    /// <summary>
    /// The line of what was discarded has the rest of the NDC quantity: both lines together count what was opened.
    /// </summary>
    public static void AddWaste(Case visit, Draft line, Draft waste, Given given, Supply supply, Ratio opened)
    {
        if (waste.Ndc.IsNone) return;
        waste.NdcUnit = line.NdcUnit;
        if (line.NdcUnit == NdcUnit.UN)
        {
            if (supply.ContentOf(given.Charted) is not { } content) return;
            line.NdcQuantity = (supply.Given / content).Rounded;
            waste.NdcQuantity = Quantity.Of((opened / content).Ceiling) - line.NdcQuantity;
            return;
        }
        if (Measure(line.NdcUnit) is { IsNone: false } measure
            && Strength.Charted(given.Charted, visit.Book).Count(supply.Unit, measure) is { } each)
            waste.NdcQuantity = ((opened - supply.Given) * each).Rounded;
        else
            waste.NdcUnit = NdcUnit.None;
    }

    static Amount Measure(NdcUnit unit) => unit switch
    {
        NdcUnit.ML => new(1, MeasureUnit.Ml),
        NdcUnit.ME => new(1, MeasureUnit.Mg),
        NdcUnit.GR => new(1, MeasureUnit.G),
        NdcUnit.F2 => new(1, MeasureUnit.Units),
        _ => default,
    };

    static (NdcUnit, Quantity)? QuantityOf(Case visit, Draft line, Given given, Supply? supply)
    {
        var unit = given.Drug is { } drug ? UnitOf(drug, given) : NdcUnit.None;
        if (unit == NdcUnit.UN) return Containers(given, supply) is { } vials ? (unit, vials) : null;
        if (given.Charted.Container == ContainerKind.Kit) return (NdcUnit.UN, Quantity.Of(line.Givens.Count));
        if (Measure(unit) is { IsNone: false } measure && Sum(visit, line, measure) is { } measured)
            return (unit, measured);
        if (Sum(visit, line, Measure(NdcUnit.ML)) is { } volume) return (NdcUnit.ML, volume);
        if (given.Charted.Container is not (ContainerKind.PrefilledSyringe or ContainerKind.OnBody)) return null;
        return (NdcUnit.UN, Quantity.Of(line.Givens.Count));
    }

    /// <summary>What the product's row says that its NDC quantity counts.</summary>
    static NdcUnit UnitOf(Drug drug, Given given)
    {
        foreach (ref readonly var row in drug.Products.Span)
            if (row.Hcpcs == given.Hcpcs && row.NdcUnit != NdcUnit.None) return row.NdcUnit;
        return NdcUnit.None;
    }

    /// <summary>
    /// Vials of a powder are counted, not measured after mixing; null where the content of one is not known.
    /// </summary>
    static Quantity? Containers(Given given, Supply? supply)
    {
        if (supply is null || supply.ContentOf(given.Charted) is not { } content) return null;
        var opening = supply.Open();
        return Quantity.Of(((opening.IsKnown ? opening.Opened : supply.Given) / content).Ceiling);
    }

    /// <summary>
    /// All doses of the line in the NDC's measure, to three decimals; null where that of one is not known.
    /// </summary>
    static Quantity? Sum(Case visit, Draft line, Amount measure)
    {
        var sum = Ratio.Zero;
        foreach (var given in line.Givens)
        {
            var strength = Strength.Charted(given.Charted, visit.Book);
            var counted = strength.Count(given.Charted.Dose, measure) ?? strength.Count(given.Charted.Volume, measure);
            if (counted is not { } known) return null;
            sum += known;
        }
        return sum.Rounded;
    }
}
