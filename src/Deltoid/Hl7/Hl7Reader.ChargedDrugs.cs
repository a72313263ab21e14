using Deltoid.Codes;
using Deltoid.Fhir;
using Deltoid.Values;

namespace Deltoid.Hl7;

/// <summary>Drugs that a DFT charges: what their codes, modifiers, packages and quantities say of what was given.
/// </summary>
internal sealed partial class Hl7Reader
{
    const int NdcQuantity = 43;

    /// <summary>
    /// A drug by its code. JZ says that nothing was discarded, JA and JB how it was given. Its units alone are no dose:
    /// a unit begun is a unit billed. A line with JW is what was discarded, and no second dose.
    /// </summary>
    void AddDrug(Charge charge)
    {
        var (one, s) = (new JsonDraft(), charge.Segment);
        if (charge.Modifiers.Contains("JW"))
        {
            charge.IsOpen = false;
            LeaveOut(message[s, 26], s + 1, "it is what was discarded of a drug, and units do not say the amount",
                "chart the amount that was discarded");
            return;
        }
        MarkCharge(s);
        one.Text("hcpcs", charge.Code);
        one.Text("ndc", message[s, 29].Text);
        foreach (var modifier in charge.Modifiers)
            if (modifier == "JZ") one.Text("discarded", "none");
            else if (modifier is "JA" or "JB") one.Text("route", modifier == "JA" ? "iv" : "sc");
        if (charge.Modifiers.All(static m => m is "JZ" or "JA" or "JB")) message.MarkRead(s, 26);
        message.MarkRead(s, 10);
        one.Text("dose", QuantityOfNdc(s));
        if (!one.Has("dose")) one.Text("dose", WholePackages(charge));
        if (one.Has("dose"))
            Say(ReadingNote.NoField, message[s, 10].Path, "units have no field: they are counted from what was given",
                "look whether the line has the same");
        else
            Say(ReadingNote.NotUnderstood, message[s, 10].Path, "the dose is not known: the units of a drug are "
                + "rounded up", "chart the dose and the route, or send the RAS of the administration");
        administrations.Add(new(one, s));
    }

    /// <summary>
    /// FT1-43 (2.8): how much of the package was given, in the units of a claim or of UCUM. What was discarded is a
    /// charge of its own, so this is the dose. A number of packages (UN) is none.
    /// </summary>
    string QuantityOfNdc(int s)
    {
        var quantity = message[s, NdcQuantity];
        if (quantity.IsEmpty) return "";
        var (value, unit) = (quantity.Text, quantity[2]);
        var word = unit.ToUpperInvariant() switch
        {
            "ML" => "mL", "ME" => "mg", "GR" => "g", "F2" => "units",
            _ => FhirConcepts.WordOf(FhirSystems.Ucum, unit, "unit") ?? "",
        };
        if (word != "each" && Amount.TryParse($"{value} {word}", out var amount) && amount.Value > 0)
            return $"{value} {word}";
        NotUnderstood(quantity, "how much was given of the package", "write its volume or weight: 2 with ML, ME, GR or "
            + "F2; a number of packages says no dose");
        return "";
    }

    /// <summary>
    /// Nothing was discarded (JZ), and the units are those of whole packages: all that they hold was given. Anything
    /// else leaves open how much of the last unit went in.
    /// </summary>
    string WholePackages(Charge charge)
    {
        if (book is null || !charge.Modifiers.Contains("JZ") || !Ndc.TryParse(charge.Ndc, out var ndc, out _)
            || !Code.TryParse(charge.Code, out var code) || !book.TryUnit(code, day, out var unit) || unit.IsPerDose
            || unit.UpTo)
            return "";
        var codes = book.CodesOf(ndc, day);
        for (var i = 0; i < codes.Count; i++)
            if (codes[i].Code == code && codes[i].Units > 0 && charge.Units.Thousandths * 10 % codes[i].Units == 0)
                return $"{unit.Unit with { Value = unit.Unit.Value * charge.Units.Value }}";
        return "";
    }
}
