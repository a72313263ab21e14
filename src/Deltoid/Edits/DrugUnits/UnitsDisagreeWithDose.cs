using Deltoid.Binding;
using Deltoid.Codes;
using Deltoid.Dosing;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Edits.DrugUnits;

/// <summary>
/// Billed units against the charted doses that are the practice's to bill. What coding itself counted from the chart is
/// not counted again.
/// </summary>
internal sealed class UnitsDisagreeWithDose : Edit
{
    public override FindingInfo Info { get; } = new()
    {
        Id = "DRG0110", Name = "units-disagree-with-dose", Severity = Severity.Error, Outcome = Outcome.Compliance,
        Citation = Cited.Claims("ch. 17, §10, §40; ch. 26, §10.4"),
        Message = "{1} units of {0} are billed; the charted dose makes {2}",
        Rules = "INJ-092 INJ-094", Fix = Remedy.Clerical("Change the units of line {line} to {2}"),
        Predicts = [new("CO-16", "M53"), new("CO-151", "N362")], Mandatory = true, Explains = "DRG0111",
    };

    public override CodeGroups All => Group.DrugCode | Group.ChartPresent;

    public override void Check(BoundClaim claim, FindingList findings)
    {
        if (claim.IsCoded) return;
        foreach (var i in claim.LinesIn(Group.DrugCode))
        {
            if (claim.ModifiersOf(i).Has(Modifier.JW) || claim.Is(i, Group.UnclassifiedDrug) || !IsOnlyLine(claim, i))
                continue;
            if (Charted(claim, i) is { } units && claim.Line(i).Units != units)
                Report(claim, findings, Info, i, Field.Units, CodeAt(claim, i), Arg.Of(claim.Line(i).Units),
                    Arg.Of(units), first: Replace(claim, i, Field.Units, Arg.Of(units)));
        }
    }

    static bool IsOnlyLine(BoundClaim claim, int line)
    {
        for (var i = 0; i < claim.Count; i++)
            if (i != line && claim.CodeOf(i) == claim.CodeOf(line) && !claim.ModifiersOf(i).Has(Modifier.JW))
                return false;
        return true;
    }

    /// <summary>
    /// The units of the charted doses that the practice bills; null when there are none, or one cannot be counted or
    /// distinguished.
    /// </summary>
    internal static Quantity? Charted(BoundClaim claim, int line)
    {
        if (claim.Encounter is not { } chart) return null;
        if (!claim.Book.TryUnit(claim.CodeOf(line), claim.Day(line), out var unit) || unit.IsPerDose) return null;
        var supply = new Supply(claim.Book, unit.Unit, unit.ByFirst, claim.CodeOf(line));
        foreach (var given in chart.Administrations)
        {
            if (!Ownership.IsOf(claim.Book, given, claim.CodeOf(line))) continue;
            if (Ownership.IsOfAnotherService(given.Purpose))
                return null; // whether the drug is billed there is coding's to say
            if (Ownership.IsBilled(given, false, claim.Payer) && supply.Add(given) != DoseFault.None) return null;
        }
        return supply.Count > 0 && supply.Units <= 1_000_000 ? Quantity.Of(supply.Units) : null;
    }
}
