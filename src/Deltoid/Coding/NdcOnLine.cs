using Deltoid.Findings;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>The NDC of a drug line and the quantity in its own measure, independent of the billed units (INJ-120 to INJ-126).</summary>
internal static class NdcOnLine
{
    public static void Add(Case visit, Draft line, Given given, Amount dose)
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
            visit.Say(fault == NdcFault.AmbiguousTenDigits ? CodingFindings.NdcAmbiguous : CodingFindings.NdcUnreadable, given.At(Field.Ndc));
            return;
        }
        if (given.Drug is { } charted && visit.Book.TryContainer(ndc, out var named, out _) && named != charted.Index)
        {
            visit.Say(CodingFindings.NdcOfAnotherDrug, given.At(Field.Ndc), Arg.Drug(charted.Index), Arg.Drug(named));
            return; // a quantity by another drug's strength would be wrong too
        }
        line.Ndc = ndc.AsBilled;
        if (Quantity(visit, given, ndc, dose.IsNone ? given.Charted.Dose : dose, line.Givens.Count) is { } counted) (line.NdcUnit, line.NdcQuantity) = counted;
        else visit.Say(CodingFindings.NdcQuantityUnknown, given.At(Field.Volume), Case.Name(given));
        visit.Ask(line, Questions.Ndc, Answer.Yes, given.At(Field.Ndc));
    }

    /// <summary>A waste line counts what was discarded, where it is a liquid.</summary>
    public static void AddWaste(Case visit, Draft line, Given given, Amount discarded)
    {
        if (!line.Ndc.IsNone && Liquid(visit, given, line.Ndc, discarded) is { } volume) (line.NdcUnit, line.NdcQuantity) = (NdcUnit.ML, volume);
    }

    static (NdcUnit, Quantity)? Quantity(Case visit, Given given, Ndc ndc, Amount dose, int doses)
    {
        if (Liquid(visit, given, ndc, dose) is { } volume) return (NdcUnit.ML, volume);
        if (given.Charted.Volume.IsVolume && doses == 1 && Values.Quantity.TryFrom(given.Charted.Volume.In(MeasureUnit.Ml).Value, out var charted)) return (NdcUnit.ML, charted);
        // kits and syringes are counted; a powder's vials are, once its content is known
        if (given.Charted.Container is ContainerKind.Kit or ContainerKind.PrefilledSyringe or ContainerKind.OnBody) return (NdcUnit.UN, Values.Quantity.Of(doses));
        var content = given.Charted.ContainerAmount;
        return !content.IsNone && !content.IsVolume && content.Base > 0 && dose.IsComparableTo(content) && given.Drug is { Group: "antibiotic" } ? (NdcUnit.UN, Values.Quantity.Of(dose.CeilingOf(content))) : null;
    }

    /// <summary>The volume of an amount, by the charted concentration or the container that the NDC names; null when not exact to three decimals.</summary>
    static Quantity? Liquid(Case visit, Given given, Ndc ndc, Amount amount)
    {
        var (of, per) = (given.Charted.Concentration, given.Charted.ConcentrationPer);
        if (of.IsNone && visit.Book.TryContainer(ndc, out _, out var vial)) (of, per) = (vial.Strength, vial.StrengthPer);
        if (amount.IsVolume) return Values.Quantity.TryFrom(amount.In(MeasureUnit.Ml).Value, out var same) ? same : null;
        if (of.IsNone || !per.IsVolume || of.Base == 0 || !amount.IsComparableTo(of)) return null;
        var volume = decimal.Round(amount.Base * per.In(MeasureUnit.Ml).Value / of.Base, 3, MidpointRounding.AwayFromZero);
        return Values.Quantity.TryFrom(volume, out var quantity) ? quantity : null;
    }
}
